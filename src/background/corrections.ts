/** Putting a log right: what may still be done to it, and the facts that do it. Runs in the caller's transaction. */
import type { NewFact } from '../domain/events.ts';
import { activityStream } from '../domain/events.ts';
import type { Author } from './ledger.ts';
import type { ActivityRow, OutboxRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

/** What a log can be taken back in, and how long sending waits for that. */
export const UNDO_MS = 10_000;

/** `left`: the CRM has it. `unknown`: it was sent, and no answer says yet whether it arrived. */
export type Whereabouts = 'here' | 'unknown' | 'left';

export const whereabouts = ({ crossed }: ActivityRow, rows: readonly OutboxRow[]): Whereabouts => {
  if (crossed.remoteId !== null || crossed.tasks.length > 0) return 'left';
  return rows.every(({ state, head }) => state !== 'in_flight' && state !== 'settled' && head === null)
    ? 'here'
    : 'unknown';
};

/** Words that crossed, or may have, cannot become private. */
export const wordsAreHere = ({ crossed }: ActivityRow, rows: readonly OutboxRow[]): boolean =>
  !crossed.words &&
  crossed.tasks.length === 0 &&
  rows.every(({ state, head, crosses }) => state === 'settled' || head === null || crosses?.words !== true);

export const rowsOf = (tx: ReadTx, activity: string): Promise<readonly OutboxRow[]> =>
  tx.all('outbox', { index: 'activity', prefix: activity });

/** The fact that takes a log back, by an id of its own, and those that take back what it said of its people. */
export const retraction = async (
  tx: ReadTx,
  activity: ActivityRow,
  id: string,
  reason: 'edited' | 'taken_back',
  left: boolean,
  now: string,
): Promise<readonly NewFact[]> => {
  const facts: NewFact[] = [
    { id, stream: activityStream(activity.id), type: 'activity.retracted', occurredAt: now, payload: { reason } },
  ];
  const own = (fact: string): boolean => fact.startsWith(`${activity.id}/`);
  for (const contact of activity.attendees) {
    const all = await tx.all('facts', { prefix: [`contact/${contact}`] });
    // Nobody else ever said a word about this person: nothing of them is held any more.
    const alone = !left && all.every((fact) => own(fact.id));
    for (const fact of all) {
      if (!own(fact.id)) continue;
      // What reached the CRM was told and held in truth; only the log itself is taken back.
      if (!alone && fact.type !== 'contact.logged' && (left || fact.type !== 'notice.delivered')) continue;
      facts.push({
        id: `${id}/voided/${fact.id}`,
        stream: fact.stream,
        type: 'fact.voided',
        occurredAt: now,
        payload: { ref: fact.id, reason: 'undone' },
      });
    }
  }
  return facts;
};

export const authorOf = (activity: ActivityRow): Author => ({
  actor: activity.user ?? 'this-device',
  role: 'manager',
});
