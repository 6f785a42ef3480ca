/** Sends restrictions on: leased as the person stands then, written by their own id, and the receipt is a fact about them. */
import { type Outcome, Refused, type Restriction } from '../crm/adapter.ts';
import { contactStream, type NewFact } from '../domain/events.ts';
import { closedChannels } from '../domain/restrictions.ts';
import { BACKOFF_CAP_MS, isDue } from './due.ts';
import type { House } from './house.ts';
import { keepTrying } from './keep-trying.ts';
import { PAUSE_CAP_MS } from './lease.ts';
import { append } from './ledger.ts';
import { byId, statusOf } from './people.ts';
import { rulesOf } from './rules.ts';
import { PermissionMissing } from './send.ts';
import { SignInNeeded } from './sign-in.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

const BATCH = 50;
const PATIENCE = 10;
const RETRY_MS = 30_000;

interface Passing {
  readonly row: OutboxRow;
  readonly restriction: Restriction;
}

/** Rows and the sign-in under which they may leave. */
interface Lease {
  readonly connection: ConnectionRow;
  readonly due: readonly Passing[];
}

/** Sends what restrictions of one connection are due; answers when none is. */
export const passer =
  (house: House) =>
  async (connectionId: string): Promise<void> => {
    for (;;) {
      const { connection, due } = (await leaseDue(house, connectionId)) ?? { connection: null, due: [] };
      if (!connection || due.length === 0) return;
      const outcomes = await outcomesOf(house, connection, due);
      await keepTrying(house.platform, () => settle(house, connection, due, outcomes));
      house.changed();
    }
  };

/** People of whom something new may still be taken back: what an older row would say of them waits as long. */
const inUndo = (rows: readonly OutboxRow[], now: number): ReadonlySet<string> =>
  new Set(
    rows.flatMap(({ about, attempts, notBefore }) =>
      about && attempts === 0 && !isDue(notBefore, now) ? [about.contact] : [],
    ),
  );

/** As the person stands now: a slip taken back closes nothing, and two restrictions close what both say. */
const leaseDue = ({ store, platform }: House, connectionId: string): Promise<Lease | null> =>
  store.write(async (tx) => {
    const connection = await tx.get('connections', connectionId);
    if (connection?.state !== 'connected' || connection.pausedUntil > platform.now()) return null;
    const rules = await rulesOf(tx, platform);
    const now = new Date(platform.now()).toISOString();
    const due: Passing[] = [];
    const queued = await tx.all('outbox', { index: 'state', prefix: [connectionId, 'queued'] });
    const waiting = inUndo(queued, platform.now());
    for (const row of queued) {
      if (due.length === BATCH) break;
      if (!row.about || !isDue(row.notBefore, platform.now()) || row.user !== connection.userId) continue;
      if (waiting.has(row.about.contact)) continue;
      const known = await byId(tx, row.about.contact);
      const channels = known ? closedChannels(statusOf(known, connection, now, rules)) : [];
      if (channels.length === 0) {
        await tx.remove('outbox', row.key);
        continue;
      }
      const inFlight: OutboxRow = { ...row, state: 'in_flight', fields: channels };
      await tx.put('outbox', inFlight);
      due.push({ row: inFlight, restriction: { key: row.key, who: row.about.remoteId, channels } });
    }
    return { connection, due };
  });

const outcomesOf = async (
  house: House,
  connection: ConnectionRow,
  due: readonly Passing[],
): Promise<readonly Outcome[]> => {
  const { restrict } = house.api(connection);
  if (!restrict) return due.map(() => ({ is: 'forbidden', why: house.say('restrictionNoField') }));
  try {
    return await restrict(due.map(({ restriction }) => restriction));
  } catch (error) {
    if (error instanceof Refused) return due.map(() => error.outcome);
    if (error instanceof SignInNeeded) return due.map(() => ({ is: 'sign_in_needed', why: error.message }));
    // It stays queued, and the connection says what it needs.
    if (error instanceof PermissionMissing) await mark(house, connection.id, 'permission_missing');
    return due.map(() => ({ is: 'unknown', why: error instanceof Error ? error.name : 'error' }));
  }
};

const isErased = async (tx: ReadTx, contact: string): Promise<boolean> =>
  ((await tx.get('contacts', contact))?.state.erasure.executedAt ?? null) !== null;

const mark = ({ store }: House, id: string, state: ConnectionRow['state']): Promise<void> =>
  store.write(async (tx) => {
    const row = await tx.get('connections', id);
    if (row) await tx.put('connections', { ...row, state });
  });

/** Later each time, never longer than a row may wait. */
const retryIn = (attempts: number): number => Math.min(RETRY_MS * 2 ** Math.min(attempts - 1, 10), BACKOFF_CAP_MS);

const settle = (
  { store, platform }: House,
  connection: ConnectionRow,
  due: readonly Passing[],
  outcomes: readonly Outcome[],
): Promise<void> =>
  store.write(async (tx) => {
    const now = platform.now();
    const author = { actor: connection.userId ?? connection.id, role: 'manager' as const };
    for (const [index, { row }] of due.entries()) {
      const outcome = outcomes[index] ?? { is: 'unknown', why: 'no outcome' };
      const current = await tx.get('outbox', row.key);
      if (current?.state !== 'in_flight' || !row.about) continue;
      const attempts = current.attempts + 1;
      const stream = contactStream(row.about.contact);
      const fact = (said: Pick<NewFact, 'type' | 'payload'>): NewFact =>
        ({ id: platform.id(), stream, occurredAt: new Date(now).toISOString(), ...said }) as NewFact;
      if (outcome.is === 'stored' && (await isErased(tx, row.about.contact))) {
        // A receipt would name the record again that the erasure has just unlinked.
        await tx.remove('outbox', row.key);
        continue;
      }
      if (outcome.is === 'stored') {
        await tx.put('outbox', { ...current, state: 'settled', why: null });
        const payload = {
          step: 'restriction',
          remoteId: outcome.remoteId,
          fields: row.fields,
          people: [row.about.contact],
          words: null,
        };
        await append(tx, platform, author, [fact({ type: 'delivery.stored', payload })]);
        continue;
      }
      const latest = await tx.get('connections', connection.id);
      if (outcome.is === 'throttled') {
        // The CRM's wish is everybody's: nothing else goes out inside it either.
        const until = now + Math.min(outcome.after ?? RETRY_MS, PAUSE_CAP_MS);
        await tx.put('outbox', { ...current, state: 'queued', attempts });
        if (latest && latest.pausedUntil < until) await tx.put('connections', { ...latest, pausedUntil: until });
        continue;
      }
      if (outcome.is === 'sign_in_needed') {
        await tx.put('outbox', { ...current, state: 'queued' });
        if (latest) await tx.put('connections', { ...latest, state: 'sign_in_needed' });
        continue;
      }
      // Nobody answered: that is no reason to ask a person, however long it lasts.
      if (outcome.is === 'unknown' || (outcome.is === 'transient' && attempts < PATIENCE)) {
        await tx.put('outbox', { ...current, state: 'queued', attempts, notBefore: now + retryIn(attempts) });
        continue;
      }
      const { why } = outcome;
      const field = outcome.is === 'invalid' ? outcome.field : null;
      await tx.put('outbox', { ...current, state: 'needs_you', attempts, why: { is: outcome.is, field, why } });
      const payload = { step: 'restriction', outcome: outcome.is, why };
      await append(tx, platform, author, [fact({ type: 'delivery.refused', payload })]);
    }
  });
