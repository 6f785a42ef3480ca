/** Questions: SOQL and SOSL text with everything that was given escaped, and answers that come in pages. */
import * as v from 'valibot';
import type { Send } from '../adapter.ts';
import { get, type Refusal } from '../exchange.ts';
import { BASE } from './fields.ts';
import { exchange } from './outcome.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

/** A SOQL string with its quotes. */
export const quoted = (text: string): string =>
  `'${text.replace(/[\\'"]/g, '\\$&').replace(/[\n\r\t\b\f]/g, (letter) => ESCAPES[letter] ?? '')}'`;

export const oneOf = (texts: Iterable<string>): string => `(${[...new Set(texts)].map(quoted).join(', ')})`;

/**
 * The words of a search, each as the beginning of a word; null when there is nothing worth asking. A word of one
 * letter is refused by the CRM; where one sign is a word of its own it is asked for.
 */
export const searchWords = (words: string): string | null => {
  const asked = words
    .slice(0, 80)
    .split(/[\s\p{Cc}]+/u)
    .filter((word) => word.length > 1 || /^[^\p{ASCII}]$/u.test(word))
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, 6);
  if (asked.length === 0) return null;
  return asked.map((word) => `${word.replace(/[\\?&|!{}[\]()^~*:"'+-]/g, '\\$&')}*`).join(' ');
};

export const queryPath = (soql: string): string => `${BASE}/query?q=${encodeURIComponent(soql)}`;
export const searchPath = (sosl: string): string => `${BASE}/search?q=${encodeURIComponent(sosl)}`;

const Rows = v.object({ records: v.array(v.unknown()), nextRecordsUrl: v.nullish(v.string()) });
const MOST_PAGES = 20;

/** Every row of a query that can be read; a page that does not come makes the whole a refusal. */
export const rowsOf = async <S extends v.GenericSchema>(
  send: Send,
  soql: string,
  schema: S,
): Promise<{ readonly value: readonly v.InferOutput<S>[] } | Refusal> => {
  const rows: v.InferOutput<S>[] = [];
  let path = queryPath(soql);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await exchange(send, get(path), Rows);
    if ('is' in answer) return answer;
    for (const row of answer.value.records) {
      const read = v.safeParse(schema, row);
      if (read.success) rows.push(read.output);
    }
    const next = answer.value.nextRecordsUrl;
    if (!next) return { value: rows };
    if (!next.startsWith(`${BASE}/query/`)) break;
    path = next;
  }
  return { is: 'unknown', why: 'the answer goes on too long' };
};
