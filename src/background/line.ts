/** What a typed line means here: the grammar's draft, with every mention resolved against the directory. */
import type { LineDraft, Mention } from '../domain/quick-log/draft.ts';
import { parse } from '../domain/quick-log/parse.ts';
import { byRemote, everybody, fits, folded, type Known, nearTo, ranked, resolveMention, type Scope } from './people.ts';
import type { FormRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

export type Named =
  | { readonly is: 'one'; readonly mention: Mention | null; readonly known: Known }
  | { readonly is: 'several'; readonly mention: Mention; readonly among: readonly Known[] }
  /** `near`: whom a slip of the finger may have meant; offered, never taken. */
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

const RECENT = 50;
const NAMES_IN_SCOPE = 500;

/** Who stands near a form: its page, the page's account, and whom the person logged last. */
export const scopeOf = async (tx: ReadTx, form: FormRow): Promise<Scope & { readonly pageContact: Known | null }> => {
  const { record, connection } = form;
  const pageContact = record?.type === 'contact' && connection ? await byRemote(tx, connection, record.id) : null;
  const logs = await tx.all('activities', { index: 'loggedAt', from: 'last', limit: RECENT });
  return {
    pageContact,
    page: pageContact?.id ?? null,
    connection,
    account: record?.type === 'account' ? record.id : (pageContact?.accountId ?? null),
    recent: [...new Set(logs.flatMap(({ attendees }) => attendees))],
  };
};

/** Names the grammar may reach over: those near first, then whoever fits a typed mention. */
const namesFor = (text: string, people: readonly Known[], scope: Scope): readonly string[] => {
  const near = ranked(people, scope).slice(0, NAMES_IN_SCOPE);
  const firsts = [...text.matchAll(/@([\p{L}\p{M}'’-]+)/gu)].map((match) => match[1] ?? '');
  const further = people.filter((known) => firsts.some((first) => fits(known, first)));
  return [...new Set([...near, ...further].map(({ name }) => name))];
};

/** "ada lovelace" → "Ada Lovelace"; a name typed with capitals stays as it is. */
const properName = (words: string): string =>
  words === words.toLocaleLowerCase('und')
    ? words.replace(/(^|[\s-])(\p{Ll})/gu, (_, gap: string, letter: string) => gap + letter.toLocaleUpperCase('und'))
    : words;

export const readLine = async (tx: ReadTx, form: FormRow, text: string, language: string): Promise<Line> => {
  const scope = await scopeOf(tx, form);
  const people = await everybody(tx);
  const draft = parse(text, { now: form.openedAt, zone: form.zone, names: namesFor(text, people, scope), language });
  const named: Named[] = [];
  const pageJoins = scope.pageContact !== null && !(draft.mentionsAreAll && draft.mentions.length > 0);
  if (scope.pageContact && pageJoins) named.push({ is: 'one', mention: null, known: scope.pageContact });
  for (const mention of draft.mentions) {
    const found = resolveMention(people, mention.words, scope, form.choices[folded(mention.words)]);
    if (found.is === 'several') named.push({ ...found, mention });
    else if (found.is === 'nobody') {
      const near = nearTo(people, mention.words, scope);
      named.push({ is: 'new', mention, name: properName(mention.words), near });
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
