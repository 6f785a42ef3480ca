/**
 * Lease → gate again → push → settle. A row is marked in flight in the transaction in which the gate allowed it, with
 * the ledger head it was allowed by; it leaves only in the transaction that writes its receipt. One sender runs.
 */
import { type Outcome, Refused } from '../crm/adapter.ts';
import { activityStream, type NewFact } from '../domain/events.ts';
import { isWaitedFor, renewed } from '../domain/own-fields.ts';
import { BACKOFF_CAP_MS, nextDue, recover } from './due.ts';
import type { House } from './house.ts';
import { keepTrying } from './keep-trying.ts';
import { authorOf, type Lease, leaser, PAUSE_CAP_MS } from './lease.ts';
import { append } from './ledger.ts';
import { passer } from './passing-on.ts';
import { replan } from './planning.ts';
import { type Answered, absent, isSought, readBack } from './read-back.ts';
import { rulesOf } from './rules.ts';
import { PermissionMissing } from './send.ts';
import { SignInNeeded } from './sign-in.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';
import type { WriteTx } from './store/store.ts';

const LOCK = 'candor.sender';
const BACKOFF_BASE_MS = 2_000;
/** A step that the CRM answers with the same passing error this often is shown to the person. */
const PATIENCE = 10;
/** The same for a step that fails while others of its connection are stored: it is the step, not the CRM. */
const PATIENCE_WHILE_OTHERS_FLOW = 5;

export interface Sender {
  /** Sends all that is due; answers when nothing is due any more. A call while one runs makes that one look again. */
  run(): Promise<void>;
}

export const sender = (house: House, whenDue: (at: number | null) => void): Sender => {
  const { store, platform } = house;
  let again = false;

  const lease = leaser(house);
  const passOn = passer(house);
  const lookBack = readBack(house, (id, answers) => settle(id, answers));

  const settle = (connectionId: string, settled: readonly Answered[]): Promise<void> =>
    store.write(async (tx) => {
      const connection = await tx.get('connections', connectionId);
      if (!connection) return;
      const rules = await rulesOf(tx, platform);
      let next: ConnectionRow = connection;
      const touched = new Set<string>();
      for (const { row, outcome } of settled) {
        const current = await tx.get('outbox', row.key);
        if (!current || !(current.state === 'in_flight' || isSought(current))) continue;
        touched.add(row.activity);
        if (outcome) next = await settleOne(tx, next, current, outcome);
        else await tx.put('outbox', absent(current, platform.now()));
      }
      if (next !== connection) await tx.put('connections', next);
      for (const activity of touched) await replan(tx, platform, authorOf(connection), activity, rules);
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
              // A removal leaves nothing; where the CRM forbids it, its words were replaced.
              fields: outcome.neutral ? ['neutral'] : row.step.startsWith('retract') ? [] : row.fields,
              people: row.crosses?.people ?? [],
              words: row.words,
            },
          },
        ]);
        // A completion may be due again when more may leave later; its row is planned afresh then.
        if (row.step === 'completion') await tx.remove('outbox', row.key);
        else await tx.put('outbox', { ...row, state: 'settled', why: null, sentAt: null });
        return { ...connection, storedAt: now };
      }
      case 'throttled': {
        const wait = Math.min(outcome.after ?? backoff(row.attempts + 1), PAUSE_CAP_MS);
        await tx.put('outbox', { ...row, state: 'queued', attempts: row.attempts + 1, head: null });
        return { ...connection, pausedUntil: Math.max(connection.pausedUntil, now + wait) };
      }
      case 'sign_in_needed':
        await tx.put('outbox', { ...row, state: 'queued', head: null });
        return { ...connection, state: 'sign_in_needed' };
      case 'transient':
      case 'unknown': {
        const attempts = row.attempts + 1;
        const failures = (row.failures ?? 0) + 1;
        const failingSince = row.failingSince ?? now;
        const poison = failures >= PATIENCE_WHILE_OTHERS_FLOW && (connection.storedAt ?? 0) > failingSince;
        if (poison || (outcome.is === 'transient' && attempts >= PATIENCE)) {
          await park(tx, connection, row, outcome);
        } else {
          const notBefore = now + backoff(attempts);
          await tx.put('outbox', { ...row, state: 'queued', attempts, failures, failingSince, notBefore });
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
    // A refusal of what was sent says that nothing was stored; one of our question says nothing.
    const sentAt = isSought(row) || outcome.is === 'transient' ? (row.sentAt ?? null) : null;
    // Refused in so many words: nothing of it arrived.
    const head = outcome.is === 'invalid' || outcome.is === 'forbidden' ? null : row.head;
    await tx.put('outbox', { ...row, state: 'needs_you', attempts: row.attempts + 1, head, why, sentAt });
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
    if (!outcomes.some(isRefusal)) return outcomes;
    const later = (): readonly Outcome[] =>
      outcomes.map((outcome) => (isRefusal(outcome) ? { is: 'unknown', why: 'set-up' } : outcome));
    try {
      const { missing, required } = await house.api(connection).setup();
      // Newly demanded, or a choice that was taken away: the log waits for its value instead of being refused.
      const own = renewed(connection.own, required);
      if (missing.length === 0 && !isWaitedFor(own)) return outcomes;
      await store.write(async (tx) => {
        const row = await tx.get('connections', connection.id);
        if (row) await tx.put('connections', { ...row, own: renewed(row.own, required) });
      });
      if (missing.length > 0) await mark(connection.id, 'waiting_for_setup', missing);
      return later();
    } catch (error) {
      // It could not be looked at now: the refusal is neither believed nor forgotten, the row is asked for again.
      return error instanceof Refused && isRefusal(error.outcome) ? outcomes : later();
    }
  };

  const push = async ({ connection, leased }: Lease): Promise<void> => {
    let outcomes: readonly Outcome[];
    try {
      outcomes = await house.api(connection).push(leased.map(({ delivery }) => delivery));
      outcomes = await blameSetup(connection, outcomes);
    } catch (error) {
      const unknown = (why: string): readonly Outcome[] => leased.map(() => ({ is: 'unknown', why }));
      if (error instanceof Refused) outcomes = leased.map(() => error.outcome);
      else if (error instanceof SignInNeeded)
        outcomes = leased.map(() => ({ is: 'sign_in_needed', why: error.message }));
      else if (error instanceof PermissionMissing) {
        await mark(connection.id, 'permission_missing');
        outcomes = unknown('permission');
      } else outcomes = unknown(error instanceof Error ? error.name : 'error');
    }
    const settled = leased.map(({ row }, index) => ({
      row,
      outcome: outcomes[index] ?? ({ is: 'unknown', why: 'no outcome' } as const),
    }));
    await keepTrying(platform, () => settle(connection.id, settled));
    house.changed();
  };

  const drain = async (): Promise<void> => {
    do {
      again = false;
      if (!platform.online()) break;
      for (const { id } of await store.read((tx) => tx.all('connections'))) {
        for (;;) {
          await passOn(id);
          await lookBack(id);
          const leased = await lease(id);
          if (!leased) break;
          await push(leased);
        }
      }
    } while (again);
  };

  return {
    run: async () => {
      again = true;
      await platform.alone(LOCK, async () => {
        await recover(store);
        await drain();
      });
      whenDue(await nextDue(store, platform.now));
    },
  };
};

const isRefusal = ({ is }: Outcome): boolean => is === 'forbidden' || is === 'invalid' || is === 'gone';
