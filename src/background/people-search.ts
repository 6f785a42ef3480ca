/**
 * The people search of a running worker: one index of everybody the device knows, built from the store in slices when it
 * is first asked for, and kept as people change. It is a copy that can be lost at any time; what it finds is read from the store.
 */
import { buildIndex, type PeopleIndex, type Person } from '../domain/people/people-index.ts';
import { type FoundPerson, type SearchScope, search } from '../domain/people/search.ts';
import type { Fit } from '../domain/people/seeker.ts';
import { isHeld } from '../domain/status.ts';
import { byId, crmId, isNamed, type Known } from './people.ts';
import type { ContactRow, Key, PersonRow, Rows } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';
import type { Change, Watched } from './store/watched.ts';

/** Taken into the index at a time: between two of these the worker answers what it is asked. */
const SLICE = 500;
/** Logs looked back at for who is recent. */
const RECENT = 50;
const NOWHERE: SearchScope = { page: null, account: null, recent: [] };
/** A whole account fits the name of its company; whoever is called so stands behind them. */
const MEANT_AMONG = 128;
/** Whoever has the words as typed is in the dashboard's rows anyway; this is for slips and initials, which fit few. */
const CONTACTS_FOUND = 300;

export interface Found {
  readonly known: Known;
  readonly fit: Fit;
}

export interface PeopleSearch {
  /** Resolves when the index of everybody is there. Awaited before a transaction begins, never inside one. */
  ready(): Promise<void>;
  /** Resolves as soon as some are in it: whether that is everybody. Whom a line means is asked of everybody only. */
  begun(): Promise<boolean>;
  /** Best first, each person once, as the store has them now. */
  find(tx: ReadTx, words: string, near: SearchScope, most: number): Promise<readonly Found[]>;
  /** Whom words in a line may mean: those they name before those they only may mean, however near these are. */
  meant(tx: ReadTx, words: string, near: SearchScope, most: number): Promise<readonly Found[]>;
  /** Names of which some words begin as typed, best first: how far a mention may reach. */
  names(words: string, near: SearchScope, most: number): readonly string[];
  /** Keys of the ledger's contacts that fit, best first. */
  contacts(words: string): readonly string[];
  /** Contact keys of recent logs, latest first. Needs no index. */
  recent(tx: ReadTx): Promise<readonly string[]>;
  /** What stands for a contact in the index: itself, and the records it is linked to. */
  idsOf(contact: string): readonly string[];
}

/** Accounts of two connections may have the same id. */
export const accountKey = (connection: string, account: string): string => `${connection}|${account}`;

const ofPerson = ({ connection, remoteId, name, accountId, accountName }: PersonRow): Person => ({
  id: crmId(connection, remoteId),
  name,
  company: accountName,
  account: accountId === null ? null : accountKey(connection, accountId),
});

const ofContact = ({ contact, name }: ContactRow): Person => ({ id: contact, name, company: null, account: null });

const hasName = ({ state, name }: ContactRow): boolean => isHeld(state) && name !== '';

const linkId = (link: string): string => {
  const at = link.lastIndexOf('|');
  return crmId(link.slice(0, at), link.slice(at + 1));
};

const same = (a: Person | undefined, b: Person): boolean =>
  a !== undefined && a.name === b.name && a.company === b.company && a.account === b.account;

class Book {
  readonly index: PeopleIndex = buildIndex([]);
  /** The records of each contact, and the contact of each record. */
  readonly #links = new Map<string, readonly string[]>();
  readonly #contacts = new Map<string, string>();

  addContacts(rows: readonly ContactRow[]): void {
    this.index.addAll(rows.filter(hasName).map(ofContact));
    for (const { contact, links } of rows) this.#link(contact, links.map(linkId));
  }

  addPeople(rows: readonly PersonRow[]): void {
    this.index.addAll(rows.map(ofPerson));
  }

  take(change: Change): void {
    if (change.table === 'people') {
      if ('put' in change) this.#put(ofPerson(change.put));
      else this.index.remove(crmId(...(change.gone as readonly [string, string])));
    } else if (change.table === 'contacts') {
      if ('put' in change) this.#record(change.put);
      else this.#forget(change.gone as string);
    }
  }

  isContact(id: string): boolean {
    return this.#links.has(id);
  }

  idsOf(contact: string): readonly string[] {
    return [contact, ...(this.#links.get(contact) ?? [])];
  }

  /** Somebody both in the CRM and in the ledger stands in the index twice: as one id. */
  oneId(id: string): string {
    return this.#contacts.get(id) ?? id;
  }

  #record(row: ContactRow): void {
    if (hasName(row)) this.#put(ofContact(row));
    else this.index.remove(row.contact);
    this.#link(row.contact, row.links.map(linkId));
  }

  #link(contact: string, ids: readonly string[]): void {
    for (const id of this.#links.get(contact) ?? []) this.#contacts.delete(id);
    for (const id of ids) this.#contacts.set(id, contact);
    this.#links.set(contact, ids);
  }

  #forget(contact: string): void {
    this.index.remove(contact);
    this.#link(contact, []);
    this.#links.delete(contact);
  }

  #put(person: Person): void {
    const place = this.index.place(person.id);
    const before = place === undefined ? undefined : this.index.entry(place)?.person;
    if (!same(before, person)) this.index.add(person);
  }
}

export const peopleSearch = (store: Watched): PeopleSearch => {
  let book: Book | null = null;
  /** As far as it came. */
  let growing: Book | null = null;
  let building: { readonly whole: Promise<void>; readonly some: Promise<void> } | null = null;
  /** Written while the index is being built: taken in again afterwards, which changes nothing if it was seen. */
  let meanwhile: Change[] = [];
  let recent: readonly string[] | null = null;
  let logged = 0;

  store.watch(['people', 'contacts'], (changes) => {
    if (book) for (const change of changes) book.take(change);
    else if (building) meanwhile.push(...changes);
  });
  store.watch(['activities'], () => {
    logged += 1;
    recent = null;
  });

  /** Rows of a table, a slice at a time; each slice is read anew, and what changes between them is heard. */
  const slices = async <T extends 'people' | 'contacts'>(
    table: T,
    keyOf: (row: Rows[T]) => Key,
    take: (rows: readonly Rows[T][]) => void,
  ): Promise<void> => {
    let after: Key | undefined;
    for (;;) {
      const rows = await store.read((tx) => tx.all(table, { limit: SLICE, ...(after === undefined ? {} : { after }) }));
      take(rows);
      const last = rows.at(-1);
      if (!last || rows.length < SLICE) return;
      after = keyOf(last);
    }
  };

  const build = async (some: () => void): Promise<void> => {
    meanwhile = [];
    const built = new Book();
    // Those whom the ledger holds first: they are whom the person deals with.
    await slices(
      'contacts',
      ({ contact }) => contact,
      (rows) => built.addContacts(rows),
    );
    await slices(
      'people',
      ({ connection, remoteId }) => [connection, remoteId],
      (rows) => {
        built.addPeople(rows);
        growing = built;
        // The last slice is followed by everybody.
        if (rows.length === SLICE) some();
      },
    );
    for (const change of meanwhile) built.take(change);
    meanwhile = [];
    book = built;
  };

  const start = (): { readonly whole: Promise<void>; readonly some: Promise<void> } => {
    let begin: () => void = () => undefined;
    const some = new Promise<void>((settle) => {
      begin = settle;
    });
    const whole = build(begin).finally(() => {
      // A store that refuses is asked again the next time.
      building = null;
      growing = null;
    });
    return { whole, some };
  };

  const ready = async (): Promise<void> => {
    if (book) return;
    building ??= start();
    await building.whole;
  };

  const open = (): Book => {
    const there = book ?? growing;
    if (!there) throw new Error('the people search was asked before it was ready');
    return there;
  };

  const read = async (tx: ReadTx, people: readonly FoundPerson[], most: number): Promise<readonly Found[]> => {
    const hits = new Map<string, Fit>();
    for (const { person, fit } of people) {
      const id = open().oneId(person.id);
      if (!hits.has(id)) hits.set(id, fit);
    }
    const best = [...hits].slice(0, most);
    const known = await Promise.all(best.map(([id]) => byId(tx, id)));
    return best.flatMap(([, fit], at) => {
      const one = known[at];
      return one ? [{ known: one, fit }] : [];
    });
  };

  return {
    ready,
    begun: async () => {
      const whole = ready();
      await Promise.race([whole, building?.some]);
      return book !== null;
    },
    find: (tx, words, near, most) => read(tx, search(open().index, words, near, most * 2), most),
    meant: (tx, words, near, most) => {
      const found = search(open().index, words, near, MEANT_AMONG);
      const named = found.filter(({ person, fit }) => isNamed(person.name, fit, words));
      return read(tx, named.length > 0 ? named : found, most);
    },
    names: (words, near, most) =>
      search(open().index, words, near, most, 'beginnings').map(({ person }) => person.name),
    contacts: (words) =>
      search(open().index, words, NOWHERE, CONTACTS_FOUND)
        .map(({ person }) => person.id)
        .filter((id) => open().isContact(id)),
    recent: async (tx) => {
      if (recent) return recent;
      const at = logged;
      const logs = await tx.all('activities', { index: 'loggedAt', from: 'last', limit: RECENT });
      const contacts = [...new Set(logs.flatMap(({ attendees }) => attendees))];
      if (at === logged) recent = contacts;
      return contacts;
    },
    idsOf: (contact) => open().idsOf(contact),
  };
};
