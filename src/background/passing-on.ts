/** Sends restrictions on: leased as the person stands then, written by their own id, and the receipt is a fact about them. */
import type { Outcome, Restriction } from '../crm/adapter.ts';
import { contactStream, type NewFact } from '../domain/events.ts';
import { closedChannels } from '../domain/restrictions.ts';
import type { House } from './house.ts';
import { append } from './ledger.ts';
import { byId, statusOf } from './people.ts';
import { rulesOf } from './rules.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';

const BATCH = 50;
const PATIENCE = 10;
const RETRY_MS = 30_000;

interface Passing {
  readonly row: OutboxRow;
  readonly restriction: Restriction;
}

/** Sends what restrictions of one connection are due; answers when none is. */
export const passer =
  (house: House) =>
  async (connectionId: string): Promise<void> => {
    for (;;) {
      const due = await leaseDue(house, connectionId);
      const [connection] = due.length > 0 ? [await house.store.read((tx) => tx.get('connections', connectionId))] : [];
      if (!connection) return;
      const outcomes = await outcomesOf(house, connection, due);
      await settle(house, connection, due, outcomes);
      house.changed();
    }
  };

/** As the person stands now: a slip taken back closes nothing, and two restrictions close what both say. */
const leaseDue = ({ store, platform }: House, connectionId: string): Promise<readonly Passing[]> =>
  store.write(async (tx) => {
    const connection = await tx.get('connections', connectionId);
    if (connection?.state !== 'connected' || connection.pausedUntil > platform.now()) return [];
    const rules = await rulesOf(tx, platform);
    const now = new Date(platform.now()).toISOString();
    const due: Passing[] = [];
    for (const row of await tx.all('outbox', { index: 'state', prefix: [connectionId, 'queued'] })) {
      if (due.length === BATCH) break;
      if (!row.about || row.notBefore > platform.now() || row.user !== connection.userId) continue;
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
    return due;
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
    // Nothing was sent: no permission or no sign-in. It stays queued, and the connection says what it needs elsewhere.
    return due.map(() => ({ is: 'unknown', why: error instanceof Error ? error.name : 'error' }));
  }
};

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
      const passes = outcome.is === 'throttled' || outcome.is === 'transient' || outcome.is === 'unknown';
      if (outcome.is === 'sign_in_needed' || (passes && attempts < PATIENCE)) {
        const wait = outcome.is === 'throttled' ? (outcome.after ?? RETRY_MS) : RETRY_MS;
        await tx.put('outbox', { ...current, state: 'queued', attempts, notBefore: now + wait });
        if (outcome.is === 'sign_in_needed') {
          const latest = await tx.get('connections', connection.id);
          if (latest) await tx.put('connections', { ...latest, state: 'sign_in_needed' });
        }
        continue;
      }
      const why = outcome.is === 'throttled' ? '' : outcome.why;
      const field = outcome.is === 'invalid' ? outcome.field : null;
      await tx.put('outbox', { ...current, state: 'needs_you', attempts, why: { is: outcome.is, field, why } });
      const payload = { step: 'restriction', outcome: outcome.is, why };
      await append(tx, platform, author, [fact({ type: 'delivery.refused', payload })]);
    }
  });
