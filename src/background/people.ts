/**
 * Who is meant: the person behind an id, a record page or a mention, from the ledger's contacts and the local directory.
 * A person id is a contact key, or `crm:<connection>:<remote id>` for somebody the ledger holds nothing about yet.
 */
import type { Attendee } from '../domain/decide.ts';
import { otherWordsOf, wordsOf } from '../domain/people/folding.ts';
import type { Fit } from '../domain/people/seeker.ts';
import {
  type ContactState,
  type ContactStatus,
  isHeld,
  type Obtained,
  statusAt,
  unknownContact,
} from '../domain/status.ts';
import type { Rules } from './rules.ts';
import type { ConnectionRow, ContactRow, PersonRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

export interface Known {
  readonly id: string;
  /** Null while the ledger holds nothing. */
  readonly contact: string | null;
  readonly connection: string | null;
  readonly remoteId: string | null;
  readonly name: string;
  readonly title: string | null;
  readonly email: string | null;
  /** Where the person works, as the CRM writes it: decides which law counts. */
  readonly country: string | null;
  readonly region: string | null;
  readonly accountId: string | null;
  readonly company: string | null;
  readonly createdAt: string | null;
  readonly state: ContactState;
}

export const crmId = (connection: string, remoteId: string): string => `crm:${connection}:${remoteId}`;

/** Letters without marks, in lower case: "Zoë" and "zoe" are one. */
export const folded = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('und').trim();

const knownFrom = (contact: ContactRow | null, person: PersonRow | null): Known => {
  const link = contact?.state.links[0];
  return {
    id: contact ? contact.contact : crmId(person?.connection ?? '', person?.remoteId ?? ''),
    contact: contact?.contact ?? null,
    connection: person?.connection ?? link?.connection ?? null,
    remoteId: person?.remoteId ?? link?.remoteId ?? null,
    name: person?.name ?? contact?.name ?? '',
    title: person?.title ?? null,
    email: person?.email ?? null,
    country: person?.country ?? null,
    region: person?.region ?? null,
    accountId: person?.accountId ?? null,
    company: person?.accountName ?? null,
    createdAt: person?.createdAt ?? null,
    state: contact?.state ?? unknownContact,
  };
};

/** Somebody whom neither ledger nor directory know: a name in a line. */
export const stranger = (name: string): Known => ({
  id: `new:${name}`,
  contact: null,
  connection: null,
  remoteId: null,
  name,
  title: null,
  email: null,
  country: null,
  region: null,
  accountId: null,
  company: null,
  createdAt: null,
  state: unknownContact,
});

const contactByLink = async (tx: ReadTx, connection: string, remoteId: string): Promise<ContactRow | null> =>
  (await tx.all('contacts', { index: 'link', prefix: `${connection}|${remoteId}`, limit: 1 }))[0] ?? null;

/** Somebody of the CRM; null when neither ledger nor directory know them. */
export const byRemote = async (tx: ReadTx, connection: string, remoteId: string): Promise<Known | null> => {
  const [contact, person = null] = await Promise.all([
    contactByLink(tx, connection, remoteId),
    tx.get('people', [connection, remoteId]),
  ]);
  return contact || person ? knownFrom(contact, person) : null;
};

export const byId = async (tx: ReadTx, id: string): Promise<Known | null> => {
  if (id.startsWith('crm:')) {
    // A connection may have a port in it, a remote id has no colon.
    const at = id.lastIndexOf(':');
    return byRemote(tx, id.slice('crm:'.length, at), id.slice(at + 1));
  }
  const contact = await tx.get('contacts', id);
  if (!contact) return null;
  const link = contact.state.links[0];
  const person = link ? ((await tx.get('people', [link.connection, link.remoteId])) ?? null) : null;
  return knownFrom(contact, person);
};

/** Everybody the device knows: the directory, and local contacts that no CRM record stands for. */
export const everybody = async (tx: ReadTx): Promise<readonly Known[]> => {
  const contacts = await tx.all('contacts');
  const byLink = new Map(contacts.flatMap((contact) => contact.links.map((link) => [link, contact] as const)));
  const people = await tx.all('people');
  const seen = new Set<string>();
  const known = people.map((person) => {
    const contact = byLink.get(`${person.connection}|${person.remoteId}`) ?? null;
    if (contact) seen.add(contact.contact);
    return knownFrom(contact, person);
  });
  const local = contacts.filter(({ contact, state }) => !seen.has(contact) && isHeld(state));
  return [...known, ...local.map((contact) => knownFrom(contact, null))];
};

export interface Scope {
  /** Person id of the page's contact. */
  readonly page: string | null;
  readonly connection: string | null;
  readonly account: string | null;
  /** Contact keys of recent logs, latest first. */
  readonly recent: readonly string[];
}

const rank = (known: Known, { page, account, recent }: Scope): number => {
  if (known.id === page) return 0;
  if (account !== null && known.accountId === account) return 1;
  if (known.contact && recent.includes(known.contact)) return 2;
  return 3;
};

/** Best first: the page, its account, recent people, the rest; then by name. */
export const ranked = (people: readonly Known[], scope: Scope): readonly Known[] =>
  people
    .map((known) => ({ known, order: rank(known, scope), recency: scope.recent.indexOf(known.contact ?? '') }))
    .sort(
      (a, b) =>
        a.order - b.order || (a.order === 2 ? a.recency - b.recency : 0) || a.known.name.localeCompare(b.known.name),
    )
    .map(({ known }) => known);

/** Offered for a name that nobody has. */
const NEAR_SHOWN = 3;

export type Resolved =
  | { readonly is: 'one'; readonly known: Known }
  | { readonly is: 'several'; readonly among: readonly Known[] }
  /** `near`: whom it may have meant; offered, never taken. */
  | { readonly is: 'nobody'; readonly near: readonly Known[] };

/**
 * Whether these words name the person: whole words of the name or their beginnings, or such with words of the company
 * after them. Initials, what stands inside a word, a slip and the company alone may mean somebody; they name nobody.
 */
export const isNamed = (name: string, fit: Fit, words: string): boolean => {
  if (fit !== 'company') return fit === 'name' || fit === 'word' || fit === 'beginning';
  const [first = ''] = wordsOf(words);
  return [...wordsOf(name), ...otherWordsOf(name)].some((word) => word.startsWith(first));
};

/**
 * Whom a mention means, of those the search found. The nearest circle that has a fit decides (page, account, recent,
 * everybody); an exact full name wins within it; two in one circle are never guessed between.
 */
export const resolveMention = (
  found: readonly { readonly known: Known; readonly fit: Fit }[],
  words: string,
  scope: Scope,
): Resolved => {
  const fitting = found.filter(({ known, fit }) => isNamed(known.name, fit, words));
  if (fitting.length === 0) return { is: 'nobody', near: found.slice(0, NEAR_SHOWN).map(({ known }) => known) };
  const nearest = Math.min(...fitting.map(({ known }) => rank(known, scope)));
  const circle = fitting.filter(({ known }) => rank(known, scope) === nearest);
  const exact = circle.filter(({ fit }) => fit === 'name');
  const [only, ...others] = exact.length > 0 ? exact : circle;
  if (only && others.length === 0) return { is: 'one', known: only.known };
  return {
    is: 'several',
    among: ranked(
      circle.map(({ known }) => known),
      scope,
    ),
  };
};

/** The anchor that the CRM shows for somebody about whom the ledger holds nothing (day-one rule). */
export const metIn = (known: Known, connection: ConnectionRow | null): Obtained | null =>
  known.createdAt === null || known.state.obtained
    ? null
    : { at: known.createdAt, kind: 'indirect', anchorFromCrm: true, connectedAt: connection?.connectedAt ?? null };

/** The status of a person under the law that counts for them. */
export const statusOf = (known: Known, connection: ConnectionRow | null, now: string, rules: Rules): ContactStatus =>
  statusAt(known.state, now, rules.policyFor(known), metIn(known, connection), {
    superseded: rules.superseded,
  });

/** A person as a decision needs them; `freshKey` becomes the contact's key if the ledger holds nothing yet. */
export const attendeeFor = (
  known: Known,
  connection: ConnectionRow | null,
  now: string,
  rules: Rules,
  freshKey: () => string,
): Attendee => ({
  contact: known.contact ?? freshKey(),
  name: known.name,
  state: known.state,
  status: statusOf(known, connection, now, rules),
  link: known.connection && known.remoteId ? { connection: known.connection, remoteId: known.remoteId } : null,
  createdAt: known.createdAt,
  connectedAt: connection?.connectedAt ?? null,
});
