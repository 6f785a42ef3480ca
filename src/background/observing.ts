/**
 * What our ledger says of a person beside what a CRM says. Where the CRM says *stop* and our ledger does not, that is a
 * fact about the CRM: evidence that an officer may look into, no act of the person, and no status follows from it.
 */
import { type Limit, Refused, type StatusSeen, type StatusWrite } from '../crm/adapter.ts';
import { copyFor } from '../domain/crm-copy.ts';
import { contactStream, type NewFact } from '../domain/events.ts';
import { dayIn } from '../domain/policy/deadline.ts';
import type { ContactStatus } from '../domain/status.ts';
import type { House } from './house.ts';
import { append, entriesOf } from './ledger.ts';
import { byRemote, type Known, statusOf } from './people.ts';
import { type Rules, rulesOf } from './rules.ts';
import { fieldsOf } from './status-fields.ts';
import type { ConnectionRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

/** People read back for one page of changes: each is a call where a CRM knows no other way. */
const MOST = 20;

/** What a CRM is told of a person now. */
export const copyOf = async (
  tx: ReadTx,
  known: Known & { readonly contact: string; readonly remoteId: string },
  status: ContactStatus,
  rules: Rules,
): Promise<StatusWrite> => {
  const { contact, remoteId, state } = known;
  const { zone } = rules.policyFor(known);
  const heads = await tx.all('heads', { prefix: [contactStream(contact)] });
  // The last fact about them that this device holds.
  const head = heads.toSorted((a, b) => b.seq - a.seq)[0]?.hash ?? '';
  return copyFor({ contact, remoteId, state, status, head, dayOf: (instant) => dayIn(instant, zone) });
};

export const stopsOf = ({ limits }: Pick<StatusWrite, 'limits'>): readonly Limit[] =>
  (Object.entries(limits) as [Limit, StatusWrite['limits'][Limit]][]).flatMap(([limit, ruling]) =>
    ruling?.is === 'stop' ? [limit] : [],
  );

/** What the CRM says beyond our ledger, once; null where that is known already. */
export const observation = async (
  tx: ReadTx,
  { id: connection }: Pick<ConnectionRow, 'id'>,
  contact: string,
  seen: StatusSeen,
  ours: Pick<StatusWrite, 'limits'>,
  kept: readonly Limit[],
): Promise<Pick<NewFact, 'type' | 'payload'> | null> => {
  const mine = stopsOf(ours);
  const stops = (Object.entries(seen.stops) as [Limit, boolean][]).flatMap(([limit, is]) =>
    is && !mine.includes(limit) ? [limit] : [],
  );
  const known = (await entriesOf(tx, contactStream(contact))).flatMap(({ fact, payload }) => {
    const said =
      fact.type === 'crm.value_observed'
        ? (payload as { stops: readonly Limit[]; link: { connection: string } } | null)
        : null;
    return said?.link.connection === connection ? [said.stops] : [];
  });
  if ((known.at(-1) ?? []).join() === stops.join()) return null;
  const payload = { link: { connection, remoteId: seen.id }, stops, kept, changedAt: seen.changedAt };
  return { type: 'crm.value_observed', payload };
};

/** Once more with the fields that there are now, where the organisation has no longer those that were looked at. */
const statusesOf = async (house: House, connection: ConnectionRow, ids: readonly string[]) => {
  const api = house.api(connection);
  const { map } = await fieldsOf(house, connection);
  try {
    return await api.readStatus(ids, map);
  } catch (error) {
    const { is } = error instanceof Refused ? error.outcome : { is: null };
    if (is !== 'invalid' && is !== 'forbidden') throw error;
    const now = await fieldsOf(house, connection, 'again');
    if (JSON.stringify(now.map) === JSON.stringify(map)) throw error;
    return api.readStatus(ids, now.map);
  }
};

/** Reads back those of some changed people whom the ledger holds. Rejects as reads do. */
export const readBackStatus = async (
  house: House,
  connection: ConnectionRow,
  changed: readonly string[],
): Promise<void> => {
  const { store, platform } = house;
  const held = await store.read(async (tx) => {
    const found: string[] = [];
    for (const id of changed) if ((await byRemote(tx, connection.id, id))?.contact) found.push(id);
    return found.slice(0, MOST);
  });
  if (held.length === 0) return;
  const all = await statusesOf(house, connection, held);
  await store.write(async (tx) => {
    const rules = await rulesOf(tx, platform);
    const now = new Date(platform.now()).toISOString();
    for (const [index, remoteId] of held.entries()) {
      const seen = all[index];
      const known = await byRemote(tx, connection.id, remoteId);
      if (!seen || !known?.contact) continue;
      const { contact } = known;
      const ours = await copyOf(tx, { ...known, contact, remoteId }, statusOf(known, connection, now, rules), rules);
      const observed = await observation(tx, connection, contact, seen, ours, []);
      if (!observed) continue;
      const fact = { id: platform.id(), stream: contactStream(contact), occurredAt: now, ...observed } as NewFact;
      await append(tx, platform, { actor: connection.userId ?? connection.id, role: 'manager' }, [fact]);
    }
  });
};
