/**
 * Lease → gate again → push → settle. A row is marked in flight in the transaction in which the gate allowed it, with
 * the ledger head it was allowed by; it leaves only in the transaction that writes its receipt. One sender runs.
 */
import type { Outcome } from '../crm/adapter.ts';
import type { Kind } from '../domain/activity.ts';
import type { Delivery } from '../domain/delivery.ts';
import { activityStream, type NewFact } from '../domain/events.ts';
import { leaving, type Phrases, waitsForRecord } from '../domain/outbox.ts';
import type { House } from './house.ts';
import { type Author, append, sealer } from './ledger.ts';
import { gateFact, replan, weigh } from './planning.ts';
import { PermissionMissing } from './send.ts';
import { policyOf } from './settings.ts';
import { SignInNeeded } from './sign-in.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';
import type { WriteTx } from './store/store.ts';

const LOCK = 'candor.sender';
const BATCH = 200;
const BACKOFF_BASE_MS = 2_000;
const BACKOFF_CAP_MS = 5 * 60_000;
const PAUSE_CAP_MS = 60 * 60_000;
/** A step that the CRM answers with the same passing error this often is shown to the person. */
const PATIENCE = 10;

export interface Sender {
  /** Sends all that is due; answers when nothing is due any more. A call while one runs makes that one look again. */
  run(): Promise<void>;
}

interface Leased {
  readonly row: OutboxRow;
  readonly delivery: Delivery;
}

/** Everything the sender writes is its own doing, in the role of the manager whose log it is. */
const authorOf = (connection: ConnectionRow): Author => ({
  actor: connection.userId ?? connection.id,
  role: 'manager',
});

export const sender = (house: House, whenDue: (at: number | null) => void): Sender => {
  const { store, platform, say } = house;
  let again = false;

  const phrasesFor = (kind: Kind): Phrases => ({
    neutral: say(`neutral_${kind}`),
    promise: (words) => say('crmPromise', words),
    matter: (words) => say('crmMatter', words),
  });

  const lease = (connectionId: string): Promise<readonly Leased[]> =>
    store.write(async (tx) => {
      const connection = await tx.get('connections', connectionId);
      if (connection?.state !== 'connected' || connection.pausedUntil > platform.now()) return [];
      const policy = await policyOf(tx, platform);
      const at = new Date(platform.now()).toISOString();
      const leased: Leased[] = [];
      for (const row of await tx.all('outbox', { index: 'state', prefix: [connectionId, 'queued'] })) {
        if (leased.length === BATCH) break;
        // Never under another identity: the queue of another user waits until that user signs in again.
        if (row.notBefore > platform.now() || row.user !== connection.userId) continue;
        const activity = await tx.get('activities', row.activity);
        if (!activity || (waitsForRecord(row.step) && activity.crossed.remoteId === null)) continue;
        const weighed = await weigh(tx, activity, at, policy);
        const leaves = leaving(row.step, row.key, weighed, phrasesFor(activity.kind));
        if (!leaves) {
          await replan(tx, platform, authorOf(connection), activity.id, policy);
          continue;
        }
        const fact = gateFact(platform.id(), activity.id, row.step, 'leased', weighed.gate, at);
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
          fields: Object.keys(leaves.delivery).filter(
            (name) => !['key', 'kind', 'step', 'remoteId', 'day'].includes(name),
          ),
          words,
        };
        await tx.put('outbox', inFlight);
        leased.push({ row: inFlight, delivery: leaves.delivery });
      }
      return leased;
    });

  const settle = (
    connectionId: string,
    settled: readonly { readonly row: OutboxRow; readonly outcome: Outcome }[],
  ): Promise<void> =>
    store.write(async (tx) => {
      const connection = await tx.get('connections', connectionId);
      if (!connection) return;
      const policy = await policyOf(tx, platform);
      let next: ConnectionRow = connection;
      const touched = new Set<string>();
      for (const { row, outcome } of settled) {
        const current = await tx.get('outbox', row.key);
        if (current?.state !== 'in_flight') continue;
        touched.add(row.activity);
        next = await settleOne(tx, next, current, outcome);
      }
      if (next !== connection) await tx.put('connections', next);
      for (const activity of touched) await replan(tx, platform, authorOf(connection), activity, policy);
    });

  const settleOne = async (
    tx: WriteTx,
    connection: ConnectionRow,
    row: OutboxRow,
    outcome: Outcome,
  ): Promise<ConnectionRow> => {
    const now = platform.now();
    switch (outcome.is) {
      case 'stored': {
        await append(tx, platform, authorOf(connection), [
          {
            id: platform.id(),
            stream: activityStream(row.activity),
            type: 'delivery.stored',
            occurredAt: new Date(now).toISOString(),
            payload: {
              step: row.step,
              remoteId: outcome.remoteId,
              fields: row.fields,
              people: row.crosses?.people ?? [],
              words: row.words,
            },
          },
        ]);
        // A completion may be due again when more may leave later; its row is planned afresh then.
        if (row.step === 'completion') await tx.remove('outbox', row.key);
        else await tx.put('outbox', { ...row, state: 'settled', why: null });
        return connection;
      }
      case 'throttled': {
        const wait = Math.min(outcome.after ?? backoff(row.attempts + 1), PAUSE_CAP_MS);
        await tx.put('outbox', { ...row, state: 'queued', attempts: row.attempts + 1 });
        return { ...connection, pausedUntil: Math.max(connection.pausedUntil, now + wait) };
      }
      case 'sign_in_needed':
        await tx.put('outbox', { ...row, state: 'queued' });
        return { ...connection, state: 'sign_in_needed' };
      case 'transient':
      case 'unknown': {
        const attempts = row.attempts + 1;
        if (outcome.is === 'transient' && attempts >= PATIENCE) {
          await park(tx, connection, row, outcome);
        } else {
          await tx.put('outbox', { ...row, state: 'queued', attempts, notBefore: now + backoff(attempts) });
        }
        return connection;
      }
      case 'forbidden':
      case 'invalid':
      case 'gone':
      case 'conflict':
        await park(tx, connection, row, outcome);
        return connection;
      default:
        return outcome satisfies never;
    }
  };

  /** Refused for good: the reason becomes a fact, and the log asks for its person. Nothing is dropped. */
  const park = async (
    tx: WriteTx,
    connection: ConnectionRow,
    row: OutboxRow,
    outcome: Exclude<Outcome, { is: 'stored' | 'throttled' }>,
  ): Promise<void> => {
    const why = { is: outcome.is, field: outcome.is === 'invalid' ? outcome.field : null, why: outcome.why };
    await tx.put('outbox', { ...row, state: 'needs_you', attempts: row.attempts + 1, why });
    const refused: NewFact = {
      id: platform.id(),
      stream: activityStream(row.activity),
      type: 'delivery.refused',
      occurredAt: new Date(platform.now()).toISOString(),
      payload: { step: row.step, outcome: outcome.is, why: outcome.why },
    };
    await append(tx, platform, authorOf(connection), [refused]);
  };

  /** Full jitter: anywhere between nothing and the doubled wait, so that many clients never return together. */
  const backoff = (attempts: number): number =>
    Math.round(platform.chance() * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(attempts, 20)));

  const mark = (connectionId: string, state: ConnectionRow['state'], missing?: readonly string[]): Promise<void> =>
    store.write(async (tx) => {
      const row = await tx.get('connections', connectionId);
      if (row) await tx.put('connections', { ...row, state, ...(missing ? { missing } : {}) });
    });

  /** Before a refusal is believed, the organisation's set-up is looked at: a missing field is the administrator's, not the manager's. */
  const blameSetup = async (connection: ConnectionRow, outcomes: readonly Outcome[]): Promise<readonly Outcome[]> => {
    if (!outcomes.some(({ is }) => is === 'forbidden' || is === 'invalid' || is === 'gone')) return outcomes;
    const setup = await house
      .api(connection)
      .setup()
      .catch(() => null);
    if (!setup || setup.missing.length === 0) return outcomes;
    await mark(connection.id, 'waiting_for_setup', setup.missing);
    return outcomes.map((outcome) =>
      outcome.is === 'forbidden' || outcome.is === 'invalid' || outcome.is === 'gone'
        ? { is: 'unknown', why: 'set-up' }
        : outcome,
    );
  };

  const push = async (connection: ConnectionRow, leased: readonly Leased[]): Promise<void> => {
    let outcomes: readonly Outcome[];
    try {
      outcomes = await house.api(connection).push(leased.map(({ delivery }) => delivery));
      outcomes = await blameSetup(connection, outcomes);
    } catch (error) {
      const unknown = (why: string): readonly Outcome[] => leased.map(() => ({ is: 'unknown', why }));
      if (error instanceof SignInNeeded) outcomes = leased.map(() => ({ is: 'sign_in_needed', why: error.message }));
      else if (error instanceof PermissionMissing) {
        await mark(connection.id, 'permission_missing');
        outcomes = unknown('permission');
      } else outcomes = unknown(error instanceof Error ? error.name : 'error');
    }
    await settle(
      connection.id,
      leased.map(({ row }, index) => ({ row, outcome: outcomes[index] ?? { is: 'unknown', why: 'no outcome' } })),
    );
    house.changed();
  };

  /** Rows left in flight by a worker that was stopped: nobody knows what became of them. Their key makes asking again harmless. */
  const recover = (): Promise<void> =>
    store.write(async (tx) => {
      for (const connection of await tx.all('connections')) {
        for (const row of await tx.all('outbox', { index: 'state', prefix: [connection.id, 'in_flight'] })) {
          await tx.put('outbox', { ...row, state: 'queued' });
        }
      }
    });

  /** When the next row may go, and how many rows are on their way at all. */
  const nextDue = (): Promise<number | null> =>
    store.read(async (tx) => {
      let due: number | null = null;
      for (const connection of await tx.all('connections')) {
        if (connection.state !== 'connected') continue;
        for (const row of await tx.all('outbox', { index: 'state', prefix: [connection.id, 'queued'] })) {
          if (row.user !== connection.userId) continue;
          if (waitsForRecord(row.step) && (await tx.get('activities', row.activity))?.crossed.remoteId === null)
            continue;
          const at = Math.max(row.notBefore, connection.pausedUntil);
          due = due === null ? at : Math.min(due, at);
        }
      }
      return due;
    });

  const drain = async (): Promise<void> => {
    do {
      again = false;
      if (!platform.online()) break;
      for (const { id } of await store.read((tx) => tx.all('connections'))) {
        for (;;) {
          const leased = await lease(id);
          if (leased.length === 0) break;
          const connection = await store.read((tx) => tx.get('connections', id));
          if (!connection) break;
          await push(connection, leased);
        }
      }
    } while (again);
  };

  return {
    run: async () => {
      again = true;
      await platform.alone(LOCK, async () => {
        await recover();
        await drain();
      });
      whenDue(await nextDue());
    },
  };
};

/** The words of a delivery, for its receipt. */
const wordsOf = (delivery: Delivery): unknown =>
  delivery.step === 'task'
    ? { text: delivery.text, due: delivery.due }
    : delivery.step === 'link'
      ? null
      : { subject: delivery.subject ?? null, note: delivery.note ?? null };
