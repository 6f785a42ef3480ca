/** Rules about what is stored: I1, I2, I3 (the lease), I5, I8. Asked after each completed transaction and each crash. */
import { createHash } from 'node:crypto';
import type { ActivityRow, ContentRow, FactRow, OutboxRow, PayloadRow } from '../../../src/background/store/schema.ts';
import { KEY } from '../crm/org.ts';
import type { Change } from '../disk/image.ts';
import type { Oracle, Told } from './oracle.ts';

type Rule = (oracle: Oracle, changes: readonly Change[], facts: readonly Told[]) => string | null;

const of = (changes: readonly Change[], table: Change['table']): readonly Change[] =>
  changes.filter((change) => change.table === table);

/** JSON with sorted members: RFC 8785 for what we store (no numbers but whole ones). */
const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical((value as Record<string, unknown>)[name])}`).join(',')}}`;
};

/** I5: facts, payloads and logs are added, never changed or removed. */
const appendOnly: Rule = (_, changes) => {
  for (const { table, before, after, id } of changes) {
    const kept = table === 'facts' || table === 'payloads';
    if (kept && before && JSON.stringify(before) !== JSON.stringify(after)) return `${table} ${id} was changed`;
    if (table === 'activities' && before && !after) return `activity ${id} was removed`;
  }
  return null;
};

/** I5: each new fact follows the last of its chain, is hashed right and committed to its payload. */
const chained: Rule = (oracle, changes, facts) => {
  for (const { row } of facts) {
    const { hash, ...core } = row;
    const chain = (oracle.streams.get(row.stream) ?? []).filter((one) => one.row.device === row.device);
    const before = chain[chain.findIndex((one) => one.row === row) - 1]?.row;
    if (row.seq !== (before?.seq ?? 0) + 1) return `${row.stream} goes from ${before?.seq ?? 0} to ${row.seq}`;
    if (row.prev !== (before?.hash ?? '0'.repeat(64))) return `${row.stream} ${row.seq} does not follow its chain`;
    if (createHash('sha256').update(canonical(core)).digest('hex') !== hash) return `${row.id} has another hash`;
    const held = of(changes, 'payloads').find(({ key }) => key === row.id)?.after as PayloadRow | undefined;
    if (!held) return `${row.id} came without its payload`;
    const commit = createHash('sha256').update(Buffer.from(held.salt, 'hex')).update(canonical(held.payload));
    if (commit.digest('hex') !== row.commit) return `${row.id} is not committed to its payload`;
  }
  return null;
};

/** I5: what has crossed changes only with a receipt, and a row settles only with one. */
const receipted: Rule = (_, changes, facts) => {
  const stored = facts.filter(({ row }) => row.type === 'delivery.stored');
  const has = (activity: string, step: string | null): boolean =>
    stored.some(
      ({ row, payload }) =>
        (row.stream === `activity/${activity}` || row.stream === activity) && (step === null || payload?.step === step),
    );
  const refused = new Set<string>(
    facts.filter(({ row }) => row.type === 'delivery.refused').map(({ row }) => row.stream),
  );
  for (const { before, after, key } of of(changes, 'activities')) {
    const was = before as unknown as ActivityRow | undefined;
    const is = after as unknown as ActivityRow | undefined;
    if (was && is && canonical(was.crossed) !== canonical(is.crossed) && !has(String(key), null))
      return `activity ${key} says something crossed, without a receipt`;
  }
  for (const { before, after } of of(changes, 'outbox')) {
    const was = before as unknown as OutboxRow | undefined;
    const is = after as unknown as OutboxRow | undefined;
    if (was?.state !== 'in_flight') continue;
    // A copy that the CRM refused is given up, and that is a fact too.
    if (!is && was.step === 'status' && refused.has(was.activity)) continue;
    if ((!is || is.state === 'settled') && !has(was.activity, was.step)) return `${was.key} left without a receipt`;
  }
  return null;
};

/** I2: the words of a log and each step have at most one receipt; one line makes one log. */
const receiptedOnce: Rule = (oracle, changes, facts) => {
  for (const { row, payload } of facts) {
    // What becomes of a person changes; each time it is passed on, and each has its receipt.
    if (row.type !== 'delivery.stored' || row.stream.startsWith('contact/')) continue;
    const all = (oracle.streams.get(row.stream) ?? []).filter((one) => one.row.type === 'delivery.stored');
    const same = all.filter((one) => one.payload?.step === payload?.step);
    if (payload?.step !== 'completion' && same.length > 1) return `${row.stream} has two receipts for ${payload?.step}`;
    const worded = all.filter(
      (one) => one.payload?.words && (one.payload.step === 'record' || one.payload.step === 'completion'),
    );
    const told = worded.filter((one) => sealedNote(oracle, one) !== null);
    if (told.length > 1) return `the words of ${row.stream} crossed twice`;
  }
  for (const { after, before, key } of of(changes, 'activities')) {
    const marker = /pub\w+/u.exec(((after as unknown as ActivityRow | undefined)?.words.note ?? '') || '')?.[0];
    if (before || !marker) continue;
    const other = oracle.logged.get(marker);
    if (other && other !== key) return `one line made two logs: ${other} and ${key}`;
    oracle.logged.set(marker, String(key));
  }
  return null;
};

const sealedNote = (oracle: Oracle, { payload }: Told): unknown => {
  const ref = (payload?.words as { content: string } | null)?.content ?? '';
  const words = (oracle.world.disk.image.get('contents', ref) as ContentRow | undefined)?.words;
  return (words as { note?: unknown } | undefined)?.note ?? null;
};

/** I3: a row is marked in flight with the gate decision that allowed it, made in the same transaction. */
const leasedByTheGate: Rule = (oracle, changes, facts) => {
  for (const { after, before } of of(changes, 'outbox')) {
    const row = after as unknown as OutboxRow | undefined;
    if (row?.state !== 'in_flight' || (before as unknown as OutboxRow | undefined)?.state === 'in_flight') continue;
    if (row.about) {
      oracle.standings.set(row.key, oracle.standing(row.about.contact, oracle.settledBefore));
      continue;
    }
    const decision = facts.find(
      (one) => one.row.hash === row.head && one.row.type === 'gate.decided' && one.payload?.step === row.step,
    );
    if (!decision) return `${row.key} is in flight without a gate decision`;
    const activity = oracle.activity(row.activity);
    if (!activity) return `${row.key} is in flight for no log`;
    oracle.leases.set(row.key, oracle.gate(activity));
  }
  return null;
};

/** I6: what writes to a record is leased when the record's id is known, and nothing of a log goes before the log. */
const inOrder: Rule = (oracle, changes) => {
  for (const { after } of of(changes, 'outbox')) {
    const row = after as unknown as OutboxRow | undefined;
    if (row?.state !== 'in_flight' || (row.step !== 'completion' && !row.step.startsWith('link/'))) continue;
    if (!oracle.activity(row.activity)?.crossed.remoteId) return `${row.key} is in flight before its record is known`;
  }
  return null;
};

/** I3: what was taken back had not left. */
const takenBackInTime: Rule = (oracle, changes, facts) => {
  for (const { row } of facts) {
    if (row.type !== 'activity.retracted') continue;
    const id = row.stream.slice('activity/'.length);
    const left = of(changes, 'outbox').some(({ before }) => {
      const was = before as unknown as OutboxRow | undefined;
      return was?.activity === id && (was.state === 'in_flight' || was.state === 'settled');
    });
    const stays = oracle.world.disk
      .rows<OutboxRow>('outbox')
      .some(({ activity, state }) => activity === id && (state === 'in_flight' || state === 'settled'));
    if (left || stays) return `${id} was taken back after it had left`;
  }
  return null;
};

/** I8: what the device calls the CRM's record is the CRM's record of this log; a reason is shown as long as it lasts. */
const trueStatus: Rule = (oracle, changes) => {
  for (const { after, key } of of(changes, 'activities')) {
    const remoteId = (after as unknown as ActivityRow | undefined)?.crossed.remoteId;
    if (!remoteId) continue;
    const record = oracle.world.org.find(remoteId);
    if (record?.fields[KEY] !== `${key}/record`)
      return `log ${key} is said to be ${remoteId}, which is ${record ? String(record.fields[KEY]) : 'nothing'}`;
  }
  for (const { after, before } of of(changes, 'outbox')) {
    const row = after as unknown as OutboxRow | undefined;
    if (row && (row.state === 'needs_you') !== (row.why !== null))
      return `${row.key} is ${row.state}, why ${row.why?.is}`;
    if (before && !row && (before as unknown as OutboxRow).state === 'needs_you') {
      const activity = oracle.activity((before as unknown as OutboxRow).activity);
      if (activity && !activity.retracted)
        return `${(before as unknown as OutboxRow).key} needed its person and is gone`;
    }
  }
  return null;
};

/** I1: a draft goes only in the transaction that saves its log. */
const draftKept: Rule = (_, changes) => {
  for (const { before, after, key } of of(changes, 'drafts')) {
    const text = `${before?.text ?? ''}${before?.private ?? ''}`;
    if (after || text === '' || of(changes, 'activities').some((change) => change.key === key && change.after))
      continue;
    return `the draft of ${key} is gone and its log is not saved`;
  }
  return null;
};

const RULES: readonly (readonly [string, Rule])[] = [
  ['I5 ledger: append-only', appendOnly],
  ['I5 ledger: chained', chained],
  ['I5 ledger: receipts', receipted],
  ['I2 at most one', receiptedOnce],
  ['I3 gate: the lease', leasedByTheGate],
  ['I6 order', inOrder],
  ['I3 gate: taken back', takenBackInTime],
  ['I8 truth', trueStatus],
  ['I1 no lost draft', draftKept],
];

export const afterCompletion = (oracle: Oracle, changes: readonly Change[]): void => {
  oracle.completions += 1;
  const facts = oracle.takeIn(changes);
  for (const [name, rule] of RULES) {
    const says = rule(oracle, changes, facts);
    if (says) oracle.broken(name, says);
  }
};

/** I1: every log acknowledged as saved, and every acknowledged draft and word about a person, is still there. */
export const nothingLost = (oracle: Oracle): void => {
  if (oracle.vanished) return;
  const { image } = oracle.world.disk;
  for (const { formId, acked, marker, other, hasPrivate } of oracle.intents.values()) {
    if (!acked) continue;
    const activity = oracle.activity(formId);
    const note = activity?.words.note ?? '';
    if (!note.includes(`pub${marker}`) && !(other && note.includes(`pub${other}`)))
      oracle.broken('I1 no lost save', `log ${formId} (${marker}) is ${note || 'gone'}`);
    if (hasPrivate && !sealedPrivate(oracle, formId)?.includes(`priv${marker}`))
      oracle.broken('I1 no lost save', `the private words of ${formId} are gone`);
  }
  for (const [formId, text] of oracle.drafts) {
    if (oracle.activity(formId)) continue;
    const draft = image.get('drafts', formId) as { text: string; private: string | null } | undefined;
    if (!draft || !`${draft.text}${draft.private ?? ''}`.includes(text))
      oracle.broken('I1 no lost draft', `the draft of ${formId} is gone`);
  }
  const ids = new Set([...oracle.streams.values()].flatMap((told) => told.map(({ row }: { row: FactRow }) => row.id)));
  for (const command of oracle.commands)
    if (!ids.has(command)) oracle.broken('I1 no lost save', `what was acknowledged about a person is gone: ${command}`);
};

const sealedPrivate = (oracle: Oracle, formId: string): string | undefined => {
  const logged = oracle.streams.get(`activity/${formId}`)?.find(({ row }) => row.type === 'activity.logged');
  const ref = (logged?.payload?.private as { content: string } | null)?.content ?? '';
  const words = (oracle.world.disk.image.get('contents', ref) as ContentRow | undefined)?.words;
  return (words as { private?: string } | undefined)?.private;
};
