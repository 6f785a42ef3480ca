/**
 * Keeps the outbox equal to the plan: after a log, a fact about an attendee, a receipt or a change of set-up. Runs in
 * the caller's transaction, so a row and the fact that justifies it are written together.
 */
import { aboutById } from '../crm/by-id.ts';
import type { NewFact } from '../domain/events.ts';
import { activityStream } from '../domain/events.ts';
import { type GateAttendee, gate } from '../domain/gate.ts';
import { sha256Hex } from '../domain/hash.ts';
import { type PlanInput, plan, type StepName } from '../domain/outbox.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { waitUntil } from './due.ts';
import { type Author, append } from './ledger.ts';
import { byId, statusOf } from './people.ts';
import type { Platform } from './platform.ts';
import { isSought } from './read-back.ts';
import type { Rules } from './rules.ts';
import type { ActivityRow, OutboxRow } from './store/schema.ts';
import type { ReadTx, WriteTx } from './store/store.ts';

export interface Weighed extends PlanInput {
  readonly activity: ActivityRow;
  /** Heads of the attendees' chains: what the gate saw. */
  readonly heads: readonly string[];
  /** The policies it was decided under, one for each law that counts for somebody here. */
  readonly policy: { readonly key: string; readonly version: string };
}

/** An activity with everything a plan is made from, as the ledger stands in this transaction. */
export const weigh = async (tx: ReadTx, activity: ActivityRow, now: string, rules: Rules): Promise<Weighed> => {
  const connection = activity.connection ? ((await tx.get('connections', activity.connection)) ?? null) : null;
  const remoteIds = new Map<string, string>();
  const heads: string[] = [];
  const attendees: GateAttendee[] = [];
  for (const contact of activity.attendees) {
    const known = await byId(tx, contact);
    if (!known) continue;
    const link = known.state.links.find((one) => one.connection === activity.connection);
    if (link) remoteIds.set(contact, link.remoteId);
    for (const head of await tx.all('heads', { prefix: [`contact/${contact}`] })) heads.push(head.hash);
    attendees.push({
      contact,
      status: statusOf(known, connection, now, rules),
      policy: rules.policyFor(known),
    });
  }
  return {
    activity,
    gate: gate(attendees, rules.house),
    crossed: activity.crossed,
    remoteIds,
    attendeeLinks:
      (connection?.attendeeLinks ?? true) && !aboutById(connection?.crm ?? '')?.oneAttendee?.includes(activity.kind),
    heads,
    policy: namesOf(attendees.map(({ policy }) => policy ?? rules.house)),
  };
};

const namesOf = (policies: readonly Policy[]): Weighed['policy'] => {
  const distinct = [...new Map(policies.map((one) => [one.key, one])).values()];
  return { key: distinct.map(({ key }) => key).join(' '), version: distinct.map(({ version }) => version).join(' ') };
};

const signature = ({ gate: { mode, held, released, withheld, words }, policy }: Weighed): string =>
  sha256Hex(JSON.stringify([mode, held, released, withheld, words, policy]));

/** The gate's decision as a fact: the reason for each thing that waits can be read years later. */
export const gateFact = (
  id: string,
  activity: string,
  step: string,
  at: 'planned' | 'leased',
  { gate: decision, policy }: Weighed,
  now: string,
): NewFact => ({
  id,
  stream: activityStream(activity),
  type: 'gate.decided',
  occurredAt: now,
  payload: {
    step,
    at,
    mode: decision.mode,
    released: [...decision.released, ...(decision.words ? ['words'] : [])],
    withheld: [
      ...decision.withheld.map(({ contact, reason }) => ({ part: contact, reason })),
      ...decision.wordsWithheld.map((reason) => ({ part: 'words', reason })),
    ],
    policy,
  },
});

/** Nobody knows yet what became of it, or everybody does: a plan changes nothing of it. */
const isFixed = (row: OutboxRow): boolean => row.state === 'in_flight' || row.state === 'settled' || isSought(row);

export const rowKey = (activity: string, step: StepName): string => `${activity}/${step}`;

/**
 * Plans one activity again. Rows in flight, settled ones and those that must be looked for first stay as they are; a step that needs the person stays with
 * them. What opens now is sent no earlier than `holdUntil` (epoch ms): the undo of whatever opened it.
 */
export const replan = async (
  tx: WriteTx,
  platform: Platform,
  author: Author,
  activityId: string,
  rules: Rules,
  holdUntil = 0,
): Promise<void> => {
  const row = await tx.get('activities', activityId);
  if (!row) return;
  const now = new Date(platform.now()).toISOString();
  const weighed = await weigh(tx, row, now, rules);
  const seen = signature(weighed);
  const changed = seen !== row.gateSeen;
  // Kept with the log: a step that is planned only later, or on its way already and carries more now, waits too.
  const held = waitUntil(row.heldUntil, platform.now());
  const heldUntil = changed ? Math.max(held, holdUntil) : held;
  if (row.connection !== null && !row.retracted && changed) {
    const fact = gateFact(platform.id(), row.id, 'all', 'planned', weighed, now);
    await append(tx, platform, author, [fact], [], weighed.heads);
    await tx.put('activities', { ...row, gateSeen: seen, heldUntil });
  }
  const steps = plan(weighed);
  const before = new Map((await tx.all('outbox', { index: 'activity', prefix: row.id })).map((one) => [one.key, one]));
  for (const { step, state, because } of steps) {
    const key = rowKey(row.id, step);
    const old = before.get(key);
    before.delete(key);
    if (old && (isFixed(old) || (old.state === 'needs_you' && state === 'queued'))) continue;
    await tx.put('outbox', {
      ...(old ?? freshRow(key, row, step)),
      state,
      because,
      // Whom it needed once, it needs no more: what is withheld waits for the gate, what goes out again is tried anew.
      why: null,
      notBefore: Math.max(
        waitUntil(old?.notBefore ?? 0, platform.now()),
        heldUntil,
        state === 'queued' && old?.state !== 'queued' ? holdUntil : 0,
      ),
    });
  }
  for (const left of before.values()) {
    if (!isFixed(left)) await tx.remove('outbox', left.key);
  }
};

const freshRow = (key: string, activity: ActivityRow, step: StepName): OutboxRow => ({
  key,
  activity: activity.id,
  connection: activity.connection ?? '',
  user: activity.user,
  step,
  state: 'queued',
  because: [],
  notBefore: activity.heldUntil,
  attempts: 0,
  sentAt: null,
  head: null,
  crosses: null,
  fields: [],
  words: null,
  why: null,
});

/** Plans again every activity that a contact takes part in: a notice opens, an objection closes. */
export const replanFor = async (
  tx: WriteTx,
  platform: Platform,
  author: Author,
  contact: string,
  rules: Rules,
  holdUntil = 0,
): Promise<void> => {
  for (const { id } of await tx.all('activities', { index: 'attendee', prefix: contact })) {
    await replan(tx, platform, author, id, rules, holdUntil);
  }
};
