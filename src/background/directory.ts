/**
 * The local directory: people and accounts read from opened pages, so that `@` works offline. Reading a page writes
 * no fact. A copy is refreshed when its page is opened again and an hour has passed. That the pull met a person or an
 * account is no reading of the page: the pull brings those in its scope, the page brings the account's people.
 */
import type { About, RecordRef, RemoteContact } from '../crm/adapter.ts';
import { connectionId, type House } from './house.ts';
import type { ConnectionRow, PersonRow } from './store/schema.ts';
import { mayKeep } from './suppression.ts';

const FRESH_FOR_MS = 60 * 60_000;

export const aboutFor = (abouts: readonly About[], url: string | null): { about: About; record: RecordRef } | null => {
  if (!url) return null;
  for (const about of abouts) {
    const record = about.recordFromUrl(url);
    if (record) return { about, record };
  }
  return null;
};

/**
 * The same, where the address is proof enough: a page that only looks like a CRM which organisations host themselves
 * is nobody's record until that very address was connected.
 */
export const provenBy = (abouts: readonly About[], url: string | null): { about: About; record: RecordRef } | null => {
  const found = aboutFor(abouts, url);
  return found?.about.selfHosted ? null : found;
};

/** The record and connection behind a tab's address; null where no CRM record is or its CRM is not connected. */
export const locate = async (
  house: House,
  url: string | null,
): Promise<{ about: About; record: RecordRef; connection: ConnectionRow } | null> => {
  const found = aboutFor(house.abouts, url);
  if (!found) return null;
  const connection = await house.store.read((tx) =>
    tx.get('connections', connectionId(found.about.id, found.record.tenant)),
  );
  return connection ? { ...found, connection } : null;
};

export const personRow = (connection: string, contact: RemoteContact, readAt: string): PersonRow => ({
  connection,
  remoteId: contact.id,
  name: contact.name,
  title: contact.title,
  email: contact.email,
  country: contact.country,
  ...(contact.region ? { region: contact.region } : {}),
  accountId: contact.accountId,
  accountName: contact.accountName,
  createdAt: contact.createdAt,
  readAt,
});

/** Used of late: the pull leaves them where they are, whether or not its scope lets them in. */
const keep = (
  house: House,
  connection: string,
  contacts: readonly RemoteContact[],
  account: { id: string; name: string } | null,
): Promise<void> => {
  const readAt = new Date(house.platform.now()).toISOString();
  return house.store.write(async (tx) => {
    const may = await mayKeep(tx);
    for (const contact of contacts) {
      if (may(contact)) await tx.put('people', { ...personRow(connection, contact, readAt), openedAt: readAt });
    }
    if (account) {
      await tx.put('accounts', { connection, remoteId: account.id, name: account.name, readAt, openedAt: readAt });
    }
  });
};

const isFresh = (openedAt: string | undefined, now: number): boolean =>
  openedAt !== undefined && now - Date.parse(openedAt) < FRESH_FOR_MS;

/** Reads the record of an opened page and its account's people, unless a fresh copy is here. Rejects as the CRM refuses. */
export const readRecord = async (house: House, connection: ConnectionRow, record: RecordRef): Promise<void> => {
  const { store, platform } = house;
  const fresh = await store.read(async (tx) => {
    const now = platform.now();
    const person = record.type === 'contact' ? await tx.get('people', [connection.id, record.id]) : undefined;
    if (record.type === 'contact' && !isFresh(person?.openedAt, now)) return false;
    const id = record.type === 'account' ? record.id : person?.accountId;
    return !id || isFresh((await tx.get('accounts', [connection.id, id]))?.openedAt, now);
  });
  if (fresh) return;
  const api = house.api(connection);
  if (record.type === 'account') {
    const account = await api.readAccount(record.id);
    if (account) await keep(house, connection.id, await api.contactsOfAccount(account.id), account);
    return;
  }
  const contact = await api.readContact(record.id);
  if (!contact) return;
  const colleagues = contact.accountId ? await api.contactsOfAccount(contact.accountId) : [];
  const account =
    contact.accountId && contact.accountName ? { id: contact.accountId, name: contact.accountName } : null;
  await keep(house, connection.id, [...colleagues.filter(({ id }) => id !== contact.id), contact], account);
};

/** Asks the CRM for people by name and keeps what it answers. Empty when there is nobody to ask. */
export const searchCrm = async (house: House, connection: ConnectionRow, words: string): Promise<void> => {
  if (connection.state !== 'connected' || !house.platform.online()) return;
  const found = await house.api(connection).findContacts(words);
  if (found.length > 0) await keep(house, connection.id, found, null);
};
