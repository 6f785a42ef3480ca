import { ApiError } from './errors.ts';
import type { Org, Row } from './org.ts';
import type { ObjectType } from './schema.ts';
import { type Found, parseTail, resolveFields, selectRows, show } from './soql.ts';

/** SOSL: FIND {words} IN … FIELDS RETURNING Object(fields WHERE … ORDER BY … LIMIT n), … LIMIT n. */

const malformed = (message: string) => new ApiError(400, 'MALFORMED_SEARCH', message);

const SCOPES: Record<string, readonly string[]> = {
  ALL: [
    'Name',
    'FirstName',
    'LastName',
    'Email',
    'Phone',
    'Title',
    'Department',
    'Industry',
    'Subject',
    'Description',
    'Username',
  ],
  NAME: ['Name', 'FirstName', 'LastName', 'Subject'],
  EMAIL: ['Email', 'Username'],
  PHONE: ['Phone', 'MobilePhone'],
  SIDEBAR: ['Name', 'Email', 'Phone'],
};

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

interface Word {
  readonly source: string;
  readonly phrase: boolean;
}

/** The words of a search, with escapes undone; `*` and `?` stay wildcards unless escaped. */
function parseWords(text: string): RegExp[] {
  const words: Word[] = [];
  let source = '';
  let length = 0;
  let inPhrase = false;
  const flush = () => {
    if (source === '') return;
    if (length < 2 && /^[\x20-\x7e\\]+$/.test(source))
      throw malformed(`search term must be longer than one character: ${text}`);
    words.push({ source, phrase: inPhrase });
    source = '';
    length = 0;
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '\\') {
      at += 1;
      source += fold(text.charAt(at)).replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
      length += 1;
    } else if (letter === '"') {
      flush();
      inPhrase = !inPhrase;
    } else if (letter === '*') {
      source += '[^\\s]*';
    } else if (letter === '?') {
      source += '[^\\s]';
      length += 1;
    } else if (/[&|!{}[\]()^~:+'-]/.test(letter) && letter !== "'" && letter !== '-') {
      throw malformed(`unexpected token: '${letter}'`);
    } else if (/\s/.test(letter) && !inPhrase) {
      flush();
    } else {
      source += fold(letter).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
      length += 1;
    }
  }
  flush();
  if (words.length === 0) throw malformed('search term must be longer than one character');
  return words
    .filter((word) => !/^(and|or)$/.test(word.source))
    .map(({ source: body }) =>
      // Scripts without spaces between words are found anywhere; others from the start to the end of a word.
      /[\u3040-\u9fff]/.test(body)
        ? new RegExp(body, 'u')
        : new RegExp(`(^|[^\\p{L}\\p{N}])${body}($|[^\\p{L}\\p{N}])`, 'u'),
    );
}

/** Splits at commas that are outside parentheses. */
function splitReturning(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += letter;
  }
  if (depth !== 0) throw malformed("expecting ')'");
  parts.push(current);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function haystack(org: Org, type: ObjectType, row: Row, scope: readonly string[]): string {
  return scope
    .map((name) => {
      const each = type.byName.get(name.toLowerCase());
      return each === undefined ? '' : fold(String(org.value(type, row, each) ?? ''));
    })
    .join('\n');
}

export function runSosl(org: Org, base: string, text: string): Found[] {
  const head = /^\s*FIND\s*\{((?:[^}\\]|\\.)*)\}\s*(?:IN\s+(\w+)\s+FIELDS)?\s*(?:RETURNING\s+([\s\S]+))?$/i.exec(text);
  if (head === null) throw malformed(`No valid FIND clause: ${text.slice(0, 60)}`);
  const [, wordText = '', scopeName = 'ALL', returning = 'Contact(Id), Account(Id)'] = head;
  const scope = SCOPES[scopeName.toUpperCase()];
  if (scope === undefined) throw malformed(`unexpected token: '${scopeName}'`);
  const words = parseWords(wordText);
  const overall = /\)\s*LIMIT\s+(\d+)\s*$/i.exec(returning) ?? /^[^(]*\bLIMIT\s+(\d+)\s*$/i.exec(returning);
  const list = overall === null ? returning : returning.slice(0, returning.search(/\s*LIMIT\s+\d+\s*$/i));
  const found: Found[] = [];
  for (const part of splitReturning(list)) {
    const match = /^(\w+)\s*(?:\(([\s\S]*)\))?$/.exec(part);
    if (match === null) throw malformed(`unexpected token: '${part}'`);
    const [, name = '', inner = 'Id'] = match;
    const cut = inner.search(/\s(WHERE|ORDER\s+BY|LIMIT|OFFSET)\s/i);
    const fieldText = cut === -1 ? inner : inner.slice(0, cut);
    const tail = parseTail(cut === -1 ? '' : inner.slice(cut), name);
    const { type, rows } = selectRows(org, { ...tail, limit: undefined, offset: 0 }, false);
    const paths = resolveFields(
      org,
      type,
      fieldText.split(',').map((each) => each.trim()),
    );
    const hits = rows.filter((row) => {
      const hay = haystack(org, type, row, scope);
      return words.every((word) => word.test(hay));
    });
    const from = tail.offset;
    for (const row of hits.slice(from, tail.limit === undefined ? undefined : from + tail.limit))
      found.push(show(org, base, type, row, paths));
  }
  return overall === null ? found : found.slice(0, Number(overall[1]));
}
