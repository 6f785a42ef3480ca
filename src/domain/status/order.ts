/**
 * The order in which facts are read, and what counts as one fact. Neither depends on the order in which they arrived.
 */
import type { Entry, FactType } from '../events.ts';
import { mayRecord } from '../who.ts';

/** Restrictive facts: on equal times they come last and so win; nobody but their author, at once, takes one back. */
const RESTRICTIVE: ReadonlySet<FactType> = new Set<FactType>([
  'objection.raised',
  'notice.failed',
  'fact.voided',
  'consent.withdrawn',
  'consent.refused',
  'consent.revoked',
  'consent.invalidated',
  'restriction.set',
  'ownership.disputed',
  'erasure.requested',
  'erasure.executed',
]);
export const isRestrictive = (type: FactType): boolean => RESTRICTIVE.has(type);

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Instants by their moment, however they are written; what is no instant comes first. */
const moment = (instant: string): number => Date.parse(instant) || 0;

/** What decides the order of facts. */
export interface Place {
  readonly at: number;
  readonly restrictive: number;
  readonly hlc: string;
  readonly device: string;
  readonly seq: number;
  readonly id: string;
}
export const placeOf = ({ fact }: Entry): Place => ({
  at: moment(fact.occurredAt),
  restrictive: Number(isRestrictive(fact.type)),
  hlc: fact.hlc,
  device: fact.device,
  seq: fact.seq,
  id: fact.id,
});

/** (occurredAt, restrictive, clock, device, seq, id): total, and the same on every device. */
export const byPlace = (a: Place, b: Place): number =>
  a.at - b.at ||
  a.restrictive - b.restrictive ||
  compare(a.hlc, b.hlc) ||
  compare(a.device, b.device) ||
  a.seq - b.seq ||
  compare(a.id, b.id);

export const sorted = (entries: readonly Entry[]): readonly Entry[] =>
  entries
    .map((entry) => ({ entry, place: placeOf(entry) }))
    .sort((a, b) => byPlace(a.place, b.place))
    .map(({ entry }) => entry);

/** Something about the ledger itself that is wrong, for the officer. */
export type Alarm =
  | { readonly is: 'same_id'; readonly id: string; readonly hashes: readonly string[] }
  | {
      readonly is: 'fork';
      readonly stream: string;
      readonly device: string;
      readonly seq: number;
      readonly hashes: readonly string[];
    };

/** What its author may not record never stands in for another; an erasure goes before every other restriction. */
const weightOf = ({ fact: { type, role } }: Entry): number =>
  !mayRecord(type, role) ? 0 : type === 'erasure.executed' ? 2 : Number(isRestrictive(type));

/** Of two facts under one id the more restrictive one is read, then the one with the smaller hash: never the one that came later. */
const preferred = (a: Entry, b: Entry): Entry => {
  const restrictive = weightOf(b) - weightOf(a);
  const order = restrictive || compare(a.hash, b.hash) || Number(a.payload === null) - Number(b.payload === null);
  return order <= 0 ? a : b;
};

/**
 * One entry per id. The same id with two contents is corruption or an attack, two hashes at one place of a device's chain
 * are a fork: both are alarms.
 */
export const unique = (
  entries: readonly Entry[],
): { readonly entries: readonly Entry[]; readonly alarms: readonly Alarm[] } => {
  const byId = new Map<string, Entry>();
  const twice = new Map<string, Set<string>>();
  for (const entry of entries) {
    const { id } = entry.fact;
    const held = byId.get(id);
    if (held === undefined) {
      byId.set(id, entry);
      continue;
    }
    if (held === entry) continue;
    byId.set(id, preferred(held, entry));
    if (held.hash === entry.hash) continue;
    const hashes = twice.get(id) ?? new Set([held.hash]);
    twice.set(id, hashes.add(entry.hash));
  }
  const alarms: Alarm[] = [...twice].map(([id, hashes]) => ({ is: 'same_id', id, hashes: [...hashes].sort() }));
  return {
    entries: [...byId.values()],
    alarms: [...alarms, ...forksIn(entries)].sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b))),
  };
};

const forksIn = (entries: readonly Entry[]): readonly Alarm[] => {
  const places = new Map<string, Set<string>>();
  for (const { fact, hash } of entries) {
    const place = `${fact.stream} ${fact.device} ${fact.seq}`;
    const hashes = places.get(place);
    if (hashes) hashes.add(hash);
    else places.set(place, new Set([hash]));
  }
  const forks: Alarm[] = [];
  for (const [place, hashes] of places) {
    if (hashes.size === 1) continue;
    const [stream = '', device = '', seq = ''] = place.split(' ');
    forks.push({ is: 'fork', stream, device, seq: Number(seq), hashes: [...hashes].sort() });
  }
  return forks;
};
