/** Many records in one call: HTTP 200 says only that each item has its own answer. */
import * as v from 'valibot';
import type { Request, Send } from '../adapter.ts';
import { orUnknown, type Refusal } from '../exchange.ts';
import { BASE } from './fields.ts';
import { exchange, Problem } from './outcome.ts';
import type { RecordBody } from './payload.ts';
import { canonicalId } from './record-id.ts';

export type Item =
  | { readonly is: 'done'; readonly id: string }
  | { readonly is: 'failed'; readonly problem: Problem }
  /** Neither can be read from it. */
  | { readonly is: 'odd' };

const Result = v.object({
  success: v.boolean(),
  id: v.nullish(v.string()),
  errors: v.nullish(v.array(v.unknown()), []),
});

export const itemOf = (raw: unknown): Item => {
  const result = v.safeParse(Result, raw);
  if (!result.success) return { is: 'odd' };
  const { success, errors } = result.output;
  const id = canonicalId(result.output.id ?? '');
  if (success) return id && errors.length === 0 ? { is: 'done', id } : { is: 'odd' };
  const problem = v.safeParse(Problem, errors[0]);
  return problem.success ? { is: 'failed', problem: problem.output } : { is: 'odd' };
};

/** One item per record, in the same order; or one refusal for all. */
export const sendCollection = async (
  send: Send,
  method: Request['method'],
  path: string,
  records: readonly RecordBody[],
): Promise<readonly Item[] | Refusal> => {
  const request: Request = { method, path: `${BASE}/composite/sobjects${path}`, body: { allOrNone: false, records } };
  const answer = await orUnknown(exchange(send, request, v.array(v.unknown())));
  if ('is' in answer) {
    // The call itself has no such address, for instance no key field: that is not a deleted record.
    return answer.is === 'gone' ? { is: 'forbidden', why: answer.why } : answer;
  }
  // Items are known by their position alone: in a list of another length no position means anything.
  if (answer.value.length !== records.length) return { is: 'unknown', why: 'the answers do not match the records' };
  return answer.value.map(itemOf);
};

/** In order, at most `most` in one, and nothing twice in one: the CRM refuses both rows when a key comes twice. */
export const chunks = <T extends { readonly identity: string }>(jobs: readonly T[], most: number): readonly T[][] => {
  const made: { readonly jobs: T[]; readonly held: Set<string> }[] = [];
  // Twice in different calls is right: the first that has room and has not got it.
  let open = 0;
  for (const job of jobs) {
    while (made[open] && made[open]!.jobs.length >= most) open += 1;
    let at = open;
    while (made[at] && (made[at]!.jobs.length >= most || made[at]!.held.has(job.identity))) at += 1;
    made[at] ??= { jobs: [], held: new Set() };
    made[at]!.jobs.push(job);
    made[at]!.held.add(job.identity);
  }
  return made.map((chunk) => chunk.jobs);
};
