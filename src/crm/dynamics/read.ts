/** Who am I, people and accounts. Reads only. */
import * as v from 'valibot';
import { type Api, Refused, type RemoteContact, type Send } from '../adapter.ts';
import { BASE, CONTACT, MOST_CONTACTS, MOST_FOUND, MOST_PAGES, PAGE_SIZE } from './fields.ts';
import { ask, exchange, reading } from './outcome.ts';
import { canonicalId } from './record-id.ts';

/** Ids are kept in one form, whatever form came. */
const Id = v.pipe(
  v.string(),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const id = canonicalId(dataset.value);
    if (id) return id;
    addIssue({ message: 'not an id' });
    return NEVER;
  }),
);

const Instant = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => new Date(Date.parse(text)).toISOString()),
);

const Text = v.nullish(v.string(), null);

export const Contact = v.pipe(
  v.object({
    contactid: Id,
    fullname: v.nullish(v.string(), ''),
    firstname: v.nullish(v.string(), ''),
    lastname: v.nullish(v.string(), ''),
    jobtitle: Text,
    emailaddress1: Text,
    address1_country: Text,
    address1_stateorprovince: Text,
    createdon: Instant,
    parentcustomerid_account: v.nullish(v.object({ accountid: Id, name: v.nullish(v.string(), '') }), null),
  }),
  v.transform(
    (row): RemoteContact => ({
      id: row.contactid,
      name: row.fullname || [row.firstname, row.lastname].filter(Boolean).join(' '),
      firstName: row.firstname,
      lastName: row.lastname,
      title: row.jobtitle,
      email: row.emailaddress1,
      country: row.address1_country,
      ...(row.address1_stateorprovince ? { region: row.address1_stateorprovince } : {}),
      accountId: row.parentcustomerid_account?.accountid ?? null,
      accountName: row.parentcustomerid_account?.name || null,
      createdAt: row.createdon,
    }),
  ),
);

const Account = v.pipe(
  v.object({ accountid: Id, name: v.nullish(v.string(), '') }),
  v.transform((row) => ({ id: row.accountid, name: row.name })),
);

export const WhoAmI = v.object({ UserId: Id, OrganizationId: Id });
const User = v.object({ fullname: v.nullish(v.string()), domainname: v.nullish(v.string()) });
const Rows = v.object({ value: v.array(v.unknown()), '@odata.nextLink': v.nullish(v.string()) });

/** An OData string with its quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The words of a search; none when there is nothing worth asking. A sign that is a word of its own is one. */
export const searchWords = (words: string): readonly string[] =>
  words
    .slice(0, 80)
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word.length > 1 || /^[^\p{ASCII}]$/u.test(word))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 6);

/** The table, then what is asked of it: spaces and everything given are escaped, the query's own signs are not. */
export const query = (table: string, ...parts: readonly string[]): string =>
  `${BASE}/${table}?${parts.map((part) => part.replace(/^(\$\w+)=(.*)$/s, (_, name: string, value: string) => `${name}=${encodeURIComponent(value)}`)).join('&')}`;

export const CONTACT_PARTS = CONTACT.split('&');

export const reader = (
  send: Send,
): Pick<Api, 'whoAmI' | 'readContact' | 'readAccount' | 'contactsOfAccount' | 'findContacts'> => {
  /** One record by its id; null where it is not there. */
  const one = async <S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S> | null> => {
    const answer = await exchange(send, ask(path), schema);
    if (!('is' in answer)) return answer.value;
    if (answer.is === 'gone') return null;
    throw new Refused(answer);
  };

  /** At most so many contacts, page by page: a service that answers in pages says where the next one is. */
  const contacts = async (first: string, most: number): Promise<readonly RemoteContact[]> => {
    const found: RemoteContact[] = [];
    // A preferred page makes the service ignore `$top`: only who asks for all of them prefers one.
    const headers = first.includes('$top=') ? {} : { Prefer: `odata.maxpagesize=${PAGE_SIZE}` };
    let path: string | null = first;
    for (let page = 0; path !== null && found.length < most && page < MOST_PAGES; page += 1) {
      const rows: v.InferOutput<typeof Rows> = await reading(send, ask(path, headers), Rows);
      for (const row of rows.value) {
        const read = v.safeParse(Contact, row);
        if (read.success) found.push(read.output);
      }
      path = nextPath(rows['@odata.nextLink']);
    }
    return found.slice(0, most);
  };

  return {
    whoAmI: async () => {
      const { UserId, OrganizationId } = await reading(send, ask(`${BASE}/WhoAmI`), WhoAmI);
      const user = await one(`${BASE}/systemusers(${UserId})?$select=fullname,domainname`, User);
      return {
        userId: UserId,
        userName: user?.fullname || user?.domainname || UserId,
        organisation: OrganizationId,
      };
    },
    readContact: async (id) => {
      const known = canonicalId(id);
      return known ? one(query(`contacts(${known})`, ...CONTACT_PARTS), Contact) : null;
    },
    readAccount: async (id) => {
      const known = canonicalId(id);
      return known ? one(query(`accounts(${known})`, '$select=accountid,name'), Account) : null;
    },
    contactsOfAccount: async (accountId) => {
      const known = canonicalId(accountId);
      if (!known) return [];
      const filter = `$filter=_parentcustomerid_value eq ${known} and statecode eq 0`;
      return contacts(
        query('contacts', ...CONTACT_PARTS, filter, '$orderby=fullname asc,contactid asc'),
        MOST_CONTACTS,
      );
    },
    findContacts: async (words) => {
      const asked = searchWords(words);
      if (asked.length === 0) return [];
      const names = asked.map((word) => `contains(fullname,${quoted(word)})`);
      const filter = `$filter=${[...names, 'statecode eq 0'].join(' and ')}`;
      return contacts(query('contacts', ...CONTACT_PARTS, filter, `$top=${MOST_FOUND}`), MOST_FOUND);
    },
  };
};

/** Only ever a path of the API on the connection's own origin, whatever origin the link names. */
export const nextPath = (link: string | null | undefined): string | null => {
  if (!link || !URL.canParse(link)) return null;
  const { pathname, search } = new URL(link);
  return pathname.startsWith(`${BASE}/`) ? pathname + search : null;
};
