/** When rows may go: what is due next, and what a stopped worker left in flight. */
import type { Kind } from '../domain/activity.ts';
import { waitsForRecord } from '../domain/outbox.ts';
import { type Made, ownFor } from '../domain/own-fields.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';
import type { Store } from './store/store.ts';

/** The longest that a row ever waits for its next try. */
export const BACKOFF_CAP_MS = 5 * 60_000;

/** A moment to wait for; 0 where it is further off than any wait we set: the clock was put back since. */
export const waitUntil = (moment: number, now: number): number => (moment - now > BACKOFF_CAP_MS ? 0 : moment);

export const isDue = (notBefore: number, now: number): boolean => waitUntil(notBefore, now) <= now;

export const makesRecord = (step: OutboxRow['step']): boolean => step === 'record' || step.startsWith('task/');
export const madeBy = (step: OutboxRow['step'], kind: Kind): Made => (step.startsWith('task/') ? 'task' : kind);

/** Whether a step would be refused for something that nobody was asked for yet. */
const waitsForOwn = ({ own }: ConnectionRow, step: OutboxRow['step'], kind: Kind): boolean =>
  makesRecord(step) && ownFor(own, madeBy(step, kind)).missing.length > 0;

/** Rows left in flight by a worker that was stopped: nobody knows what became of them. Their key makes asking again harmless, or they are looked for first. */
export const recover = (store: Store): Promise<void> =>
  store.write(async (tx) => {
    for (const connection of await tx.all('connections')) {
      for (const row of await tx.all('outbox', { index: 'state', prefix: [connection.id, 'in_flight'] })) {
        // More may leave with it than when it was leased, and the undo of that may still run.
        const heldUntil = (await tx.get('activities', row.activity))?.heldUntil ?? 0;
        await tx.put('outbox', { ...row, state: 'queued', notBefore: Math.max(row.notBefore, heldUntil) });
      }
    }
  });

/** When the next row may go (epoch ms); null while nothing is on its way. */
export const nextDue = (store: Store, now: () => number): Promise<number | null> =>
  store.read(async (tx) => {
    let due: number | null = null;
    for (const connection of await tx.all('connections')) {
      if (connection.state !== 'connected') continue;
      for (const row of await tx.all('outbox', { index: 'state', prefix: [connection.id, 'queued'] })) {
        if (row.user !== connection.userId) continue;
        const activity = await tx.get('activities', row.activity);
        if (waitsForRecord(row.step) && activity?.crossed.remoteId === null) continue;
        if (activity && waitsForOwn(connection, row.step, activity.kind)) continue;
        const at = Math.max(waitUntil(row.notBefore, now()), connection.pausedUntil, activity?.editingUntil ?? 0);
        due = due === null ? at : Math.min(due, at);
      }
    }
    return due;
  });
