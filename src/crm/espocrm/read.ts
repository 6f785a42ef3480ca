/** Who am I, people and accounts. Reads only. */
import * as v from 'valibot';
import { type Api, Refused, type RemoteContact, type Send } from '../adapter.ts';
import { get } from '../exchange.ts';
import { fromCrm } from './dates.ts';
import { BASE, CONTACT_ATTRIBUTES, MOST_FOUND } from './fields.ts';
import { exchange, reading } from './outcome.ts';
import { listPath } from './query.ts';

const ID = /^[\da-zA-Z-]{1,36}$/;
export const Id = v.pipe(v.string(), v.regex(ID));
export const isId = (text: string): boolean => ID.test(text);

const maybe = v.nullish(v.string(), null);
/** Nothing is ever told from an empty text. */
const filled = v.pipe(
  maybe,
  v.transform((text) => text || null),
);

export const Contact = v.pipe(
  v.object({
    id: Id,
    name: maybe,
    firstName: v.nullish(v.string(), ''),
    lastName: v.nullish(v.string(), ''),
    title: filled,
    emailAddress: filled,
    addressCountry: filled,
    addressState: filled,
    accountId: v.nullish(Id, null),
    accountName: filled,
    createdAt: v.pipe(
      v.string(),
      v.transform(fromCrm),
      v.check((at) => at !== null),
    ),
  }),
  v.transform(
    (row): RemoteContact => ({
      id: row.id,
      name: row.name ?? `${row.firstName} ${row.lastName}`.trim(),
      firstName: row.firstName,
      lastName: row.lastName,
      title: row.title,
      email: row.emailAddress,
      country: row.addressCountry,
      ...(row.addressState ? { region: row.addressState } : {}),
      accountId: row.accountId,
      accountName: row.accountName,
      createdAt: row.createdAt ?? '',
    }),
  ),
);
const Account = v.object({ id: Id, name: v.string() });
const List = v.object({ list: v.array(v.unknown()) });

/** Who am I: what this CRM answers is long, and only this is read. */
export const Me = v.object({
  user: v.object({ id: Id, name: maybe, userName: maybe, type: maybe }),
  acl: v.nullish(v.object({ table: v.nullish(v.record(v.string(), v.unknown()), {}) }), { table: {} }),
  settings: v.nullish(v.object({ siteUrl: maybe, applicationName: maybe }), null),
});
export const ME = `${BASE}/App/user`;

export const reader = (
  send: Send,
): Pick<Api, 'whoAmI' | 'readContact' | 'readAccount' | 'contactsOfAccount' | 'findContacts'> => {
  const one = async <S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S> | null> => {
    const answer = await exchange(send, get(path), schema);
    if (!('is' in answer)) return answer.value;
    if (answer.is === 'gone') return null;
    throw new Refused(answer);
  };
  const contacts = async (path: string): Promise<readonly RemoteContact[]> =>
    (await reading(send, get(path), List)).list
      .map((row) => v.safeParse(Contact, row))
      .flatMap((read) => (read.success ? [read.output] : []));

  return {
    whoAmI: async () => {
      const { user, settings } = await reading(send, get(ME), Me);
      return {
        userId: user.id,
        userName: user.name || user.userName || user.id,
        organisation: settings?.siteUrl || settings?.applicationName || '',
      };
    },
    readContact: async (id) => (isId(id) ? one(`${BASE}/Contact/${id}`, Contact) : null),
    readAccount: async (id) => (isId(id) ? one(`${BASE}/Account/${id}`, Account) : null),
    contactsOfAccount: async (id) =>
      isId(id) ? contacts(listPath(`Account/${id}/contacts`, { select: CONTACT_ATTRIBUTES, orderBy: 'name' })) : [],
    findContacts: async (words) => {
      const value = words
        .replace(/[\s%*"]+/g, ' ')
        .trim()
        .slice(0, 80);
      if (!/[\p{L}\p{N}]/u.test(value)) return [];
      return contacts(
        listPath('Contact', { select: CONTACT_ATTRIBUTES, where: [{ type: 'textFilter', value }], most: MOST_FOUND }),
      );
    },
  };
};
