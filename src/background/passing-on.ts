/**
 * Sends on what became of a person: leased as they stand then, written by their own id, and the receipt is a fact about
 * them. Restrictions go first and are followed to whoever a person was merged into; what only brings the CRM's copy up
 * to date goes behind them, and asks nobody when it cannot be written.
 */
import { Refused, type StatusMap, type StatusOutcome, type StatusWrite } from '../crm/adapter.ts';
import { LIMITS } from '../domain/crm-status.ts';
import { contactStream, type Entry, type NewFact } from '../domain/events.ts';
import { closedChannels } from '../domain/restrictions.ts';
import { BACKOFF_CAP_MS, isDue } from './due.ts';
import type { House } from './house.ts';
import { keepTrying } from './keep-trying.ts';
import { PAUSE_CAP_MS } from './lease.ts';
import { append, entriesOf } from './ledger.ts';
import { copyOf, observation, stopsOf } from './observing.ts';
import { byId, statusOf } from './people.ts';
import { rulesOf } from './rules.ts';
import { PermissionMissing } from './send.ts';
import { SignInNeeded } from './sign-in.ts';
import { fieldsOf } from './status-fields.ts';
import type { ConnectionRow, OutboxRow } from './store/schema.ts';
import type { ReadTx, WriteTx } from './store/store.ts';

const BATCH = 50;
const PATIENCE = 10;
const RETRY_MS = 30_000;

interface Passing {
  readonly row: OutboxRow;
  readonly write: StatusWrite;
}

/** Rows and the sign-in under which they may leave. */
interface Lease {
  readonly connection: ConnectionRow;
  readonly due: readonly Passing[];
}

/** Sends what is due about people of one connection; answers when nothing is. */
export const passer =
  (house: House) =>
  async (connectionId: string): Promise<void> => {
    for (;;) {
      const { connection, due } = (await leaseDue(house, connectionId)) ?? { connection: null, due: [] };
      if (!connection || due.length === 0) return;
      await sendAll(house, connection, due);
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
    for (const row of queued.toSorted((a, b) => Number(b.step === 'restriction') - Number(a.step === 'restriction'))) {
      if (due.length === BATCH) break;
      if (!row.about || !isDue(row.notBefore, platform.now()) || row.user !== connection.userId) continue;
      const { contact, remoteId } = row.about;
      if (waiting.has(contact)) continue;
      const known = await byId(tx, contact);
      const status = known ? statusOf(known, connection, now, rules) : null;
      if (!known || !status || !(await leaves(tx, row, status))) {
        await tx.remove('outbox', row.key);
        continue;
      }
      const copy = await copyOf(tx, { ...known, contact, remoteId }, status, rules);
      const write = row.about.survivor ? onlyStops(copy) : copy;
      const inFlight: OutboxRow = { ...row, state: 'in_flight', fields: stopsOf(write) };
      await tx.put('outbox', inFlight);
      due.push({ row: inFlight, write });
    }
    return { connection, due };
  });

/** A record that took somebody in is another person's: what restricts holds for both, a permission for neither. */
const onlyStops = (copy: StatusWrite): StatusWrite => ({
  ...copy,
  limits: Object.fromEntries(Object.entries(copy.limits).filter(([, ruling]) => ruling.is === 'stop')),
});

/** What such a record says of its own person, their notice and their line in our ledger, stays theirs. */
const mapFor = ({ about }: OutboxRow, map: StatusMap): StatusMap =>
  about?.survivor ? Object.fromEntries(LIMITS.flatMap((limit) => (map[limit] ? [[limit, map[limit]]] : []))) : map;

type Standing = ReturnType<typeof statusOf>;

/**
 * A restriction that closes nothing any more is dropped. Of a manager's own contact the firm's CRM learns restrictions
 * only; of somebody who was not told it learns so only where it was told something else before.
 */
const leaves = async (tx: ReadTx, { step, about }: OutboxRow, status: Standing): Promise<boolean> => {
  if (step === 'restriction') return closedChannels(status).length > 0;
  const { ownership, lifecycle } = status;
  if (ownership === 'claimed' || ownership === 'confirmed' || lifecycle === 'erased') return false;
  return status.told !== null || (await entriesOf(tx, contactStream(about?.contact ?? ''))).some(isCopied);
};

const isCopied = ({ fact, payload }: Entry): boolean =>
  fact.type === 'delivery.stored' &&
  ['status', 'restriction'].includes((payload as { step?: string } | null)?.step ?? '');

/** One after the other, each settled at once; what is refused for everybody alike ends the rest unsent. */
const sendAll = async (house: House, connection: ConnectionRow, due: readonly Passing[]): Promise<void> => {
  let ended: StatusOutcome | null = null;
  for (const passing of due) {
    const outcome: StatusOutcome = ended ?? (await outcomeOf(house, connection, passing));
    if (outcome.is === 'throttled' || outcome.is === 'sign_in_needed') ended = outcome;
    await keepTrying(house.platform, () => house.store.write((tx) => settle(house, tx, connection, passing, outcome)));
  }
};

const outcomeOf = async (house: House, connection: ConnectionRow, { row, write }: Passing): Promise<StatusOutcome> => {
  try {
    const api = house.api(connection);
    const { map } = await fieldsOf(house, connection);
    const outcome = await api.writeStatus(write, mapFor(row, map));
    if (outcome.is !== 'invalid' && outcome.is !== 'forbidden') return outcome;
    // The organisation may have another schema than the one that was looked at: tried once more if it has.
    const now = await fieldsOf(house, connection, 'again');
    return JSON.stringify(now.map) === JSON.stringify(map)
      ? outcome
      : await api.writeStatus(write, mapFor(row, now.map));
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    if (error instanceof SignInNeeded) return { is: 'sign_in_needed', why: error.message };
    // Nothing was sent. It stays queued, and the connection says what it needs.
    if (error instanceof PermissionMissing) {
      await house.store.write(async (tx) => {
        const row = await tx.get('connections', connection.id);
        if (row) await tx.put('connections', { ...row, state: 'permission_missing' });
      });
    }
    return { is: 'unknown', why: error instanceof Error ? error.name : 'error' };
  }
};

/** Later each time, never longer than a row may wait. */
const retryIn = (attempts: number): number => Math.min(RETRY_MS * 2 ** Math.min(attempts - 1, 10), BACKOFF_CAP_MS);

const isErased = async (tx: ReadTx, contact: string): Promise<boolean> =>
  ((await tx.get('contacts', contact))?.state.erasure.executedAt ?? null) !== null;

const settle = async (
  { platform }: House,
  tx: WriteTx,
  connection: ConnectionRow,
  { row, write }: Passing,
  outcome: StatusOutcome,
): Promise<void> => {
  const now = platform.now();
  const author = { actor: connection.userId ?? connection.id, role: 'manager' as const };
  const current = await tx.get('outbox', row.key);
  if (current?.state !== 'in_flight' || !row.about) return;
  const { contact } = row.about;
  const attempts = current.attempts + 1;
  const fact = (said: Pick<NewFact, 'type' | 'payload'>): NewFact =>
    ({
      id: platform.id(),
      stream: contactStream(contact),
      occurredAt: new Date(now).toISOString(),
      ...said,
    }) as NewFact;
  const { step } = row;

  if (outcome.is === 'stored') {
    if (await isErased(tx, contact)) {
      // A receipt would name the record again that the erasure has just unlinked.
      await tx.remove('outbox', row.key);
      return;
    }
    if (step === 'status') await tx.remove('outbox', row.key);
    else await tx.put('outbox', { ...current, state: 'settled', why: null });
    const fields = row.about.survivor
      ? row.fields
      : [...row.fields, ...(write.toldOn ? ['told_on'] : []), 'disclosure'];
    const payload = { step, remoteId: outcome.remoteId, fields, people: [contact], words: null };
    const observed = await observation(tx, connection, contact, outcome.seen, write, outcome.kept);
    const facts = [fact({ type: 'delivery.stored', payload }), ...(observed ? [fact(observed)] : [])];
    await append(tx, platform, author, facts);
    return;
  }
  // Whom somebody became is named by the CRM itself: what restricts the one restricts the other.
  if (outcome.is === 'gone' && outcome.mergedInto && step === 'restriction') {
    const about = { contact, remoteId: outcome.mergedInto, survivor: true };
    await tx.put('outbox', { ...current, state: 'queued', attempts, about });
    return;
  }
  const latest = await tx.get('connections', connection.id);
  if (outcome.is === 'throttled') {
    // The CRM's wish is everybody's: nothing else goes out inside it either.
    const until = now + Math.min(outcome.after ?? RETRY_MS, PAUSE_CAP_MS);
    await tx.put('outbox', { ...current, state: 'queued', attempts });
    if (latest && latest.pausedUntil < until) await tx.put('connections', { ...latest, pausedUntil: until });
    return;
  }
  if (outcome.is === 'sign_in_needed') {
    await tx.put('outbox', { ...current, state: 'queued' });
    if (latest) await tx.put('connections', { ...latest, state: 'sign_in_needed' });
    return;
  }
  // Nobody answered: that is no reason to ask a person, however long it lasts. A change in between is read again.
  const passes = outcome.is === 'transient' || outcome.is === 'conflict';
  if (outcome.is === 'unknown' || (passes && attempts < PATIENCE)) {
    await tx.put('outbox', { ...current, state: 'queued', attempts, notBefore: now + retryIn(attempts) });
    return;
  }
  const { why } = outcome;
  const field = outcome.is === 'invalid' ? outcome.field : null;
  // A copy that cannot be kept is no task for a manager; a restriction that does not arrive is.
  if (step === 'status') await tx.remove('outbox', row.key);
  else await tx.put('outbox', { ...current, state: 'needs_you', attempts, why: { is: outcome.is, field, why } });
  const payload = { step, outcome: outcome.is, why };
  await append(tx, platform, author, [fact({ type: 'delivery.refused', payload })]);
};
