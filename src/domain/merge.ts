/**
 * Facts of several devices become one set. Union, nothing else: what is held stays, what is new is added, what contradicts
 * the chains is refused and raises an alarm. Contradictions of *meaning* are the fold's (`conflicts`), for an officer.
 */
import type { Entry, Fact } from './events.ts';
import { hashFact } from './hash.ts';
import { SKEW_MS } from './status/step.ts';
import type { ContactStatus } from './status.ts';
import { mayRecord } from './who.ts';

/** One sentence each in `_locales` (`alarm…`). */
export const ALARMS = {
  same_id: 'alarmSameId',
  fork: 'alarmFork',
  hash: 'alarmHash',
  broken_chain: 'alarmBrokenChain',
  gap: 'alarmGap',
  clock_skew: 'alarmClockSkew',
} as const;

export interface MergeAlarm {
  readonly is: keyof typeof ALARMS;
  readonly fact: string;
  readonly device: string;
  readonly stream: string;
  readonly hashes: readonly string[];
}

export interface Merged {
  /** New facts, to be put beside what is held. Payloads of the erased are dropped, their hashes stay. */
  readonly added: readonly Entry[];
  readonly rejected: readonly Entry[];
  readonly alarms: readonly MergeAlarm[];
}

const placeOf = ({ stream, device, seq }: Fact): string => `${stream} ${device} ${seq}`;
const coreOf = ({ fact }: Entry): Fact => fact;

const alarm = (is: MergeAlarm['is'], { fact, hash }: Entry, ...others: readonly string[]): MergeAlarm => ({
  is,
  fact: fact.id,
  device: fact.device,
  stream: fact.stream,
  hashes: [hash, ...others].sort(),
});

/** `serverNow`: the time a server said at this exchange; without one, clocks cannot be compared. */
export const mergeFacts = (
  held: readonly Entry[],
  incoming: readonly Entry[],
  serverNow: string | null = null,
): Merged => {
  const ids = new Map(held.map((entry) => [entry.fact.id, entry]));
  const places = new Map(held.map((entry) => [placeOf(entry.fact), entry]));
  const added: Entry[] = [];
  const rejected: Entry[] = [];
  const alarms: MergeAlarm[] = [];
  const refuse = (entry: Entry, is: MergeAlarm['is'], ...others: readonly string[]): void => {
    rejected.push(entry);
    alarms.push(alarm(is, entry, ...others));
  };
  const bySeq = [...incoming].sort((a, b) => a.fact.seq - b.fact.seq || (a.fact.id < b.fact.id ? -1 : 1));
  for (const entry of bySeq) {
    const { fact, hash } = entry;
    const same = ids.get(fact.id);
    if (same?.hash === hash) continue;
    const there = places.get(placeOf(fact));
    if (hashFact(coreOf(entry)) !== hash) refuse(entry, 'hash');
    else if (same) refuse(entry, 'same_id', same.hash);
    else if (there) refuse(entry, 'fork', there.hash);
    else {
      ids.set(fact.id, entry);
      places.set(placeOf(fact), entry);
      added.push(entry);
      if (serverNow !== null && Date.parse(fact.recordedAt) - Date.parse(serverNow) > SKEW_MS)
        alarms.push(alarm('clock_skew', entry));
    }
  }
  return { added: withoutErased([...held, ...added], added), rejected, alarms: [...alarms, ...breaks(added, places)] };
};

/** Each new fact continues the one before it in its device's chain; what is missing in between is a gap. */
const breaks = (added: readonly Entry[], places: ReadonlyMap<string, Entry>): readonly MergeAlarm[] =>
  added.flatMap((entry) => {
    const { fact } = entry;
    if (fact.seq === 1) return [];
    const before = places.get(placeOf({ ...fact, seq: fact.seq - 1 }));
    if (before === undefined) return [alarm('gap', entry)];
    return before.hash === fact.prev ? [] : [alarm('broken_chain', entry, before.hash)];
  });

/** What arrives about an erased person is absorbed: the hash is kept, the payload dropped, nobody resurrected. */
const withoutErased = (all: readonly Entry[], added: readonly Entry[]): readonly Entry[] => {
  const erased = new Set(
    all
      .filter(({ fact }) => fact.type === 'erasure.executed' && mayRecord(fact.type, fact.role))
      .map(({ fact }) => fact.stream),
  );
  return added.map((entry) =>
    erased.has(entry.fact.stream) && entry.fact.type !== 'erasure.executed'
      ? ({ ...entry, payload: null } as Entry)
      : entry,
  );
};

/** What waits for an officer, for one person: contradictions of meaning, alarms about the chains, acts without effect. */
export interface QueueEntry {
  readonly contact: string;
  readonly is: string;
  readonly about: string;
  readonly facts: readonly string[];
}
export const officerQueue = (
  people: readonly { readonly contact: string; readonly status: ContactStatus }[],
): readonly QueueEntry[] =>
  people.flatMap(({ contact, status }) => [
    ...status.alarms.map((one) => ({
      contact,
      is: one.is,
      about: one.is === 'fork' ? `${one.device}#${one.seq}` : one.id,
      facts: one.hashes,
    })),
    ...status.conflicts.map(({ id, is, facts }) => ({ contact, is, about: id, facts })),
    ...status.findings.map(({ is, fact }) => ({ contact, is, about: fact, facts: [fact] })),
  ]);
