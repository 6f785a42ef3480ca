/** Every row of a question, page by page; and long questions cut into several. */
import * as v from 'valibot';
import type { Send } from '../adapter.ts';
import type { Refusal } from '../exchange.ts';
import { MOST_PAGES } from './fields.ts';
import { ask, exchange } from './outcome.ts';
import { nextPath } from './read.ts';

export type Row = Readonly<Record<string, unknown>>;
const Page = v.object({
  value: v.array(v.record(v.string(), v.unknown())),
  '@odata.nextLink': v.nullish(v.string(), null),
});

/** A page that does not come makes the whole a refusal: rows that were left out would be taken for rows that are not there. */
export const rowsOf = async (send: Send, first: string): Promise<{ readonly value: readonly Row[] } | Refusal> => {
  const rows: Row[] = [];
  let path: string | null = first;
  for (let page = 0; path !== null && page < MOST_PAGES; page += 1) {
    const answer: { readonly value: v.InferOutput<typeof Page> } | Refusal = await exchange(send, ask(path), Page);
    if ('is' in answer) return answer;
    rows.push(...answer.value.value);
    const link: string | null = answer.value['@odata.nextLink'];
    path = nextPath(link);
    if (link && path === null) break;
    if (path === null) return { value: rows };
  }
  return { is: 'unknown', why: 'the answer goes on too long' };
};

/** Letters of one condition as it stands in an address: what every proxy lets through, with room for the rest. */
const LONGEST = 1_400;

/** `a or b or c`, as many conditions in each as an address may carry. */
export const anyOf = (conditions: readonly string[]): readonly string[] => {
  const made: string[] = [];
  for (const condition of new Set(conditions)) {
    const last = made.at(-1);
    const longer = last === undefined ? condition : `${last} or ${condition}`;
    if (last !== undefined && encodeURIComponent(longer).length <= LONGEST) made[made.length - 1] = longer;
    else made.push(condition);
  }
  return made;
};
