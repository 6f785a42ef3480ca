/**
 * Where a CRM takes no key of ours, the same delivery twice would be two records. So a row that may have been stored
 * is looked for before anything of it is sent again, whatever lies between: a lost answer, a stopped worker, a restart.
 *
 * In two phases, so that the gate is asked again: *found* settles the row with what its own lease let cross, not with
 * what may cross now; *absent* only clears the row, and the ordinary lease decides afresh what leaves. No answer: wait.
 *
 * **What remains**: a line that delivers one call twice makes two records, and so does a call that the CRM answers
 * nobody and carries out more than a minute later. The first is found at the next question (two marks: parked, with
 * their number), if there is one; neither can be prevented without a key.
 */
import type { Outcome } from '../crm/adapter.ts';
import type { Delivery } from '../domain/delivery.ts';
import { isDue } from './due.ts';
import type { House } from './house.ts';
import { PermissionMissing } from './send.ts';
import { SignInNeeded } from './sign-in.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';

/** A call may still be at work in the CRM after we gave it up: only after so long does *absent* mean never stored. */
export const QUIET_MS = 60_000;

/** A row as it came back: `outcome` null where the CRM holds no such record. */
export interface Answered {
  readonly row: OutboxRow;
  readonly outcome: Outcome | null;
}

/** It may have been stored, and nobody knows. */
export const isSought = ({ state, sentAt }: OutboxRow): boolean => state === 'queued' && (sentAt ?? null) !== null;

/** Certainly not stored, or not yet. */
export const absent = (row: OutboxRow, now: number): OutboxRow => {
  const quiet = (row.sentAt ?? 0) + QUIET_MS;
  return now < quiet ? { ...row, notBefore: quiet } : { ...row, sentAt: null };
};

const stepOf = (step: string): Delivery['step'] => (step.startsWith('task/') ? 'task' : 'record');

/** Looks for every row of a connection whose time has come, and hands on what was found. */
export const readBack =
  (
    { store, platform, abouts, api, changed }: House,
    settle: (id: string, answers: readonly Answered[]) => Promise<void>,
  ) =>
  async (connectionId: string): Promise<void> => {
    const { connection, sought } = await store.read(async (tx) => {
      const now = platform.now();
      const row = await tx.get('connections', connectionId);
      const about = abouts.find(({ id }) => id === row?.crm);
      const found: { row: OutboxRow; kind: Delivery['kind'] }[] = [];
      if (row?.state === 'connected' && row.pausedUntil <= now && about?.idempotency === 'read_back') {
        for (const one of await tx.all('outbox', { index: 'state', prefix: [connectionId, 'queued'] })) {
          if (!isSought(one) || !isDue(one.notBefore, now) || one.user !== row.userId) continue;
          const activity = await tx.get('activities', one.activity);
          if (activity) found.push({ row: one, kind: activity.kind });
        }
      }
      return { connection: row, sought: found };
    });
    if (!connection || sought.length === 0) return;
    let answers: readonly (Outcome | null)[];
    try {
      const look = api(connection).find;
      if (!look) throw new Error('no way to look');
      answers = await look(sought.map(({ row, kind }) => ({ key: row.key, kind, step: stepOf(row.step) })));
    } catch (error) {
      answers = sought.map(() => noAnswer(error));
      if (error instanceof PermissionMissing) await permissionMissing(store, connection);
    }
    const none: Outcome = { is: 'unknown', why: 'no answer' };
    await settle(
      connectionId,
      sought.map(({ row }, index) => ({
        row,
        outcome: answers[index] === undefined ? none : (answers[index] ?? null),
      })),
    );
    changed();
  };

const noAnswer = (error: unknown): Outcome =>
  error instanceof SignInNeeded
    ? { is: 'sign_in_needed', why: error.message }
    : { is: 'unknown', why: error instanceof Error ? error.name : 'error' };

const permissionMissing = (store: House['store'], { id }: ConnectionRow): Promise<void> =>
  store.write(async (tx) => {
    const row = await tx.get('connections', id);
    if (row) await tx.put('connections', { ...row, state: 'permission_missing' });
  });
