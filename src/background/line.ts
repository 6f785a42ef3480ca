/** What a typed line means here: the grammar's draft, with every mention resolved against the directory. */

import type { SearchScope } from '../domain/people/search.ts';
import type { LineDraft, Mention } from '../domain/quick-log/draft.ts';
import { parse } from '../domain/quick-log/parse.ts';
import { byId, byRemote, crmId, folded, type Known, resolveMention, type Scope } from './people.ts';
import { accountKey, type PeopleSearch } from './people-search.ts';
import type { FormRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

export type Named =
  | { readonly is: 'one'; readonly mention: Mention | null; readonly known: Known }
  | { readonly is: 'several'; readonly mention: Mention; readonly among: readonly Known[] }
  /** `near`: whom it may have meant; offered, never taken. */
  | { readonly is: 'new'; readonly mention: Mention; readonly name: string; readonly near: readonly Known[] };

export interface Line {
  readonly draft: LineDraft;
  readonly named: readonly Named[];
  /** The CRM's id of the account the log belongs to. */
  readonly account: string | null;
  /** The connection it goes to, and whose user; null while no CRM is connected. */
  readonly connection: string | null;
  readonly user: string | null;
}

/** As many of one name as a person may be asked to choose among. */
const FITTING = 24;
const NAMES_FOR_A_WORD = 24;

/** Who stands near a form: its page, the page's account, and whom the person logged last. */
export const scopeOf = async (
  tx: ReadTx,
  search: PeopleSearch,
  form: FormRow,
): Promise<Scope & { readonly pageContact: Known | null }> => {
  const { record, connection } = form;
  const pageContact = record?.type === 'contact' && connection ? await byRemote(tx, connection, record.id) : null;
  return {
    pageContact,
    page: pageContact?.id ?? null,
    connection,
    account: record?.type === 'account' ? record.id : (pageContact?.accountId ?? null),
    recent: await search.recent(tx),
  };
};

/** The same, in the words of the index. */
export const nearOf = (
  search: PeopleSearch,
  { record, connection }: FormRow,
  { account, recent }: Scope,
): SearchScope => ({
  page: record?.type === 'contact' && connection ? crmId(connection, record.id) : null,
  account: connection && account ? accountKey(connection, account) : null,
  recent: recent.flatMap((contact) => search.idsOf(contact)),
});

const MENTION = /@([\p{L}\p{M}'’.-]+(?:[^\S\n]+[\p{L}\p{M}'’.-]+){0,4})/gu;

/** Names the grammar may reach over: whoever is found by the words after an `@`, one word more at a time. */
const namesFor = (text: string, search: PeopleSearch, near: SearchScope): readonly string[] => {
  const names = new Set<string>();
  for (const [, words = ''] of text.matchAll(MENTION)) {
    const typed = words.split(/\s+/u);
    for (let many = 1; many <= typed.length; many += 1) {
      const found = search.names(typed.slice(0, many).join(' '), near, NAMES_FOR_A_WORD);
      if (found.length === 0) break;
      for (const name of found) names.add(name);
    }
  }
  return [...names];
};

/** "ada lovelace" → "Ada Lovelace"; a name typed with capitals stays as it is. */
const properName = (words: string): string =>
  words === words.toLocaleLowerCase('und')
    ? words.replace(/(^|[\s-])(\p{Ll})/gu, (_, gap: string, letter: string) => gap + letter.toLocaleUpperCase('und'))
    : words;

/** The search is ready before the transaction begins. */
export const readLine = async (
  tx: ReadTx,
  search: PeopleSearch,
  form: FormRow,
  text: string,
  language: string,
): Promise<Line> => {
  const scope = await scopeOf(tx, search, form);
  const near = nearOf(search, form, scope);
  const draft = parse(text, { now: form.openedAt, zone: form.zone, names: namesFor(text, search, near), language });
  const named: Named[] = [];
  const pageJoins = scope.pageContact !== null && !(draft.mentionsAreAll && draft.mentions.length > 0);
  if (scope.pageContact && pageJoins) named.push({ is: 'one', mention: null, known: scope.pageContact });
  for (const mention of draft.mentions) {
    const words = folded(mention.words);
    // A name may be one that every object answers to.
    const choice = Object.hasOwn(form.choices, words) ? form.choices[words] : undefined;
    const chosen = choice === undefined ? null : await byId(tx, choice);
    const found = chosen
      ? ({ is: 'one', known: chosen } as const)
      : resolveMention(await search.meant(tx, mention.words, near, FITTING), mention.words, scope);
    if (found.is === 'several') named.push({ ...found, mention });
    else if (found.is === 'nobody') {
      named.push({ is: 'new', mention, name: properName(mention.words), near: found.near });
    } else if (!named.some((one) => one.is === 'one' && one.known.id === found.known.id)) {
      named.push({ is: 'one', mention, known: found.known });
    }
  }
  const first = named.find((one) => one.is === 'one')?.known ?? null;
  const connection = form.connection ?? first?.connection ?? (await onlyConnection(tx));
  const user = connection ? ((await tx.get('connections', connection))?.userId ?? null) : null;
  return { draft, named, account: scope.account ?? first?.accountId ?? null, connection, user };
};

const onlyConnection = async (tx: ReadTx): Promise<string | null> => {
  const [only, another] = await tx.all('connections', { limit: 2 });
  return only && !another ? only.id : null;
};
