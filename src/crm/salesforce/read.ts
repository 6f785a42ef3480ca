/** Who am I, people and accounts. Reads only. */
import * as v from 'valibot';
import { type Api, Refused, type RemoteContact, type Send } from '../adapter.ts';
import { get } from '../exchange.ts';
import { CONTACT_FIELDS, MOST_CONTACTS, MOST_FOUND } from './fields.ts';
import { reading } from './outcome.ts';
import { quoted, rowsOf, searchPath, searchWords } from './query.ts';
import { canonicalId } from './record-id.ts';

/** Ids are kept in one form, whatever form came. */
export const Id = v.pipe(
  v.string(),
  v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
    const id = canonicalId(dataset.value);
    if (id) return id;
    addIssue({ message: 'not an id' });
    return NEVER;
  }),
);

/** The CRM writes `2026-03-01T08:00:00.000+0000`. */
export const Instant = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/([+-]\d\d):?(\d\d)$/, '$1:$2')),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => new Date(Date.parse(text)).toISOString()),
);

export const Contact = v.pipe(
  v.object({
    Id,
    Name: v.string(),
    FirstName: v.nullish(v.string(), ''),
    LastName: v.nullish(v.string(), ''),
    Title: v.nullish(v.string(), null),
    Email: v.nullish(v.string(), null),
    MailingCountry: v.nullish(v.string(), null),
    MailingState: v.nullish(v.string(), null),
    AccountId: v.nullish(Id, null),
    Account: v.nullish(v.object({ Name: v.string() }), null),
    CreatedDate: Instant,
  }),
  v.transform(
    (row): RemoteContact => ({
      id: row.Id,
      name: row.Name,
      firstName: row.FirstName,
      lastName: row.LastName,
      title: row.Title,
      email: row.Email,
      country: row.MailingCountry,
      ...(row.MailingState ? { region: row.MailingState } : {}),
      accountId: row.AccountId,
      accountName: row.Account?.Name ?? null,
      createdAt: row.CreatedDate,
    }),
  ),
);

const Account = v.pipe(
  v.object({ Id, Name: v.string() }),
  v.transform((row) => ({ id: row.Id, name: row.Name })),
);

const User = v.object({
  user_id: Id,
  organization_id: Id,
  name: v.nullish(v.string()),
  preferred_username: v.nullish(v.string()),
});

const Found = v.object({ searchRecords: v.array(v.unknown()) });

export const reader = (
  send: Send,
): Pick<Api, 'whoAmI' | 'readContact' | 'readAccount' | 'contactsOfAccount' | 'findContacts'> => {
  const rows = async <S extends v.GenericSchema>(soql: string, schema: S): Promise<readonly v.InferOutput<S>[]> => {
    const answer = await rowsOf(send, soql, schema);
    if ('is' in answer) throw new Refused(answer);
    return answer.value;
  };
  const where = (field: string, id: string): string => `WHERE ${field} = ${quoted(id)}`;

  return {
    whoAmI: async () => {
      const user = await reading(send, get('/services/oauth2/userinfo'), User);
      return {
        userId: user.user_id,
        userName: user.name ?? user.preferred_username ?? user.user_id,
        organisation: user.organization_id,
      };
    },
    readContact: async (id) => {
      const known = canonicalId(id);
      if (!known) return null;
      return (await rows(`SELECT ${CONTACT_FIELDS} FROM Contact ${where('Id', known)} LIMIT 1`, Contact))[0] ?? null;
    },
    readAccount: async (id) => {
      const known = canonicalId(id);
      if (!known) return null;
      return (await rows(`SELECT Id, Name FROM Account ${where('Id', known)} LIMIT 1`, Account))[0] ?? null;
    },
    contactsOfAccount: async (accountId) => {
      const known = canonicalId(accountId);
      if (!known) return [];
      const soql = `SELECT ${CONTACT_FIELDS} FROM Contact ${where('AccountId', known)} ORDER BY Name LIMIT ${MOST_CONTACTS}`;
      return (await rows(soql, Contact)).slice(0, MOST_CONTACTS);
    },
    findContacts: async (words) => {
      const asked = searchWords(words);
      if (!asked) return [];
      const sosl = `FIND {${asked}} IN NAME FIELDS RETURNING Contact(${CONTACT_FIELDS} LIMIT ${MOST_FOUND})`;
      const { searchRecords } = await reading(send, get(searchPath(sosl)), Found);
      return searchRecords
        .slice(0, MOST_FOUND)
        .map((row) => v.safeParse(Contact, row))
        .flatMap((read) => (read.success ? [read.output] : []));
    },
  };
};
