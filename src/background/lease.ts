/**
 * Lease: marks rows in flight in the transaction in which the gate allows them, with the ledger head it was allowed by.
 */
import type { Kind } from '../domain/activity.ts';
import type { Delivery } from '../domain/delivery.ts';
import { leaving, type Phrases } from '../domain/leaving.ts';
import { waitsForRecord } from '../domain/outbox.ts';
import { type OwnValues, ownFor } from '../domain/own-fields.ts';
import { isDue, madeBy, makesRecord } from './due.ts';
import type { House } from './house.ts';
import { type Author, append, sealer } from './ledger.ts';
import { gateFact, replan, weigh } from './planning.ts';
import { isSought } from './read-back.ts';
import { rulesOf } from './rules.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';

/** In one push. Fewer where there is no key: what a stopped worker leaves behind must be looked for one by one. */
const BATCH = 200;
const BATCH_WITHOUT_KEY = 10;
/** What failed goes in ever smaller company, at last alone: one that makes its whole call fail is then found. */
const COMPANY = [BATCH, 50, 12, 3, 1] as const;
export const companyOf = ({ failures = 0 }: Pick<OutboxRow, 'failures'>): number => COMPANY[failures] ?? 1;
/** No CRM's wish to be left alone is heeded longer in one go. */
export const PAUSE_CAP_MS = 60 * 60_000;

export interface Leased {
  readonly row: OutboxRow;
  readonly delivery: Delivery;
}

/** Rows and the sign-in under which they may leave: whoever signs in next is somebody else. */
export interface Lease {
  readonly connection: ConnectionRow;
  readonly leased: readonly Leased[];
}

/** Everything the sender writes is its own doing, in the role of the manager whose log it is. */
export const authorOf = (connection: ConnectionRow): Author => ({
  actor: connection.userId ?? connection.id,
  role: 'manager',
});

const phrasesFor = (say: House['say'], kind: Kind): Phrases => ({
  neutral: say(`neutral_${kind}`),
  promise: (words) => say('crmPromise', words),
  matter: (words) => say('crmMatter', words),
});

const withOwn = (delivery: Delivery, values: OwnValues): Delivery =>
  (delivery.step === 'record' || delivery.step === 'task') && Object.keys(values).length > 0
    ? { ...delivery, own: values }
    : delivery;

export const leaser =
  ({ store, platform, say, abouts }: House) =>
  (connectionId: string): Promise<Lease | null> =>
    store.write(async (tx) => {
      const connection = await tx.get('connections', connectionId);
      if (connection?.state !== 'connected') return null;
      if (connection.pausedUntil > platform.now()) {
        // Further off than any pause: the clock was put back. How much of it is left nobody knows, so the longest it can be.
        const longest = platform.now() + PAUSE_CAP_MS;
        if (connection.pausedUntil > longest) await tx.put('connections', { ...connection, pausedUntil: longest });
        return null;
      }
      const keyless = abouts.find(({ id }) => id === connection.crm)?.idempotency === 'read_back';
      const rules = await rulesOf(tx, platform);
      const at = new Date(platform.now()).toISOString();
      const leased: Leased[] = [];
      let company: number | null = null;
      for (const row of await tx.all('outbox', { index: 'state', prefix: [connectionId, 'queued'] })) {
        if (leased.length >= Math.min(company ?? BATCH, keyless ? BATCH_WITHOUT_KEY : BATCH)) break;
        if (company !== null && companyOf(row) !== company) continue;
        // Never under another identity: the queue of another user waits until that user signs in again.
        if (!isDue(row.notBefore, platform.now()) || row.user !== connection.userId) continue;
        if (isSought(row)) continue;
        const activity = await tx.get('activities', row.activity);
        if (activity && (activity.editingUntil ?? 0) > platform.now()) continue;
        if (!activity || (waitsForRecord(row.step) && activity.crossed.remoteId === null)) continue;
        const own = ownFor(connection.own, madeBy(row.step, activity.kind));
        // Never sent to be refused: it goes once somebody was asked.
        if (makesRecord(row.step) && own.missing.length > 0) continue;
        const weighed = await weigh(tx, activity, at, rules);
        const leaves = leaving(row.step, row.key, weighed, phrasesFor(say, activity.kind));
        if (!leaves) {
          await replan(tx, platform, authorOf(connection), activity.id, rules);
          continue;
        }
        const fact = gateFact(platform.id(), activity.id, row.step, 'leased', weighed, at);
        // Words sealed for a lease that came to nothing are dropped; these are the ones that leave now.
        if (row.words) await tx.remove('contents', row.words.content);
        const { seal, sealed } = sealer(platform);
        const words = leaves.crosses.words ? seal(wordsOf(leaves.delivery)) : null;
        const [head] = await append(tx, platform, authorOf(connection), [fact], sealed, weighed.heads);
        const inFlight: OutboxRow = {
          ...row,
          state: 'in_flight',
          head: head ?? null,
          crosses: leaves.crosses,
          fields: [
            ...Object.keys(leaves.delivery).filter(
              (name) => !['key', 'kind', 'step', 'remoteId', 'day'].includes(name),
            ),
            ...(makesRecord(row.step) ? Object.keys(own.values) : []),
          ],
          words,
          // What is written to a known record is written by its id: a second time changes nothing.
          sentAt: keyless && makesRecord(row.step) ? platform.now() : null,
        };
        await tx.put('outbox', inFlight);
        leased.push({ row: inFlight, delivery: withOwn(leaves.delivery, own.values) });
        company = companyOf(row);
      }
      return leased.length > 0 ? { connection, leased } : null;
    });

/** The words of a delivery, for its receipt. */
const wordsOf = (delivery: Delivery): unknown =>
  delivery.step === 'task' || delivery.step === 'amend_task'
    ? { text: delivery.text, due: delivery.due }
    : delivery.step === 'link' || delivery.step === 'retract'
      ? null
      : { subject: delivery.subject ?? null, note: delivery.note ?? null };
