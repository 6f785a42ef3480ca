/** What an answer means: response → outcome. One class for each row of the taxonomy; what cannot be read is unknown. */
import * as v from 'valibot';
import type { Request, Response } from '../adapter.ts';
import { exchanges, parsed, type Refusal, told } from '../exchange.ts';
import { retryAfter } from '../retry-after.ts';

/** `{"error":{"code":"0x80040217","message":"…"}}`; the code is empty where the service has none. */
const Problem = v.pipe(
  v.object({ error: v.object({ code: v.nullish(v.string(), ''), message: v.nullish(v.string(), '') }) }),
  v.transform(({ error }) => ({ code: error.code.toLowerCase(), message: error.message })),
);
export type Problem = v.InferOutput<typeof Problem>;

type Class = 'transient' | 'forbidden' | 'gone' | 'conflict' | 'throttled';

const CLASSES: ReadonlyMap<string, Class> = new Map<string, Class>([
  // Service protection: too many requests, too much time, too many at once.
  ['0x80072322', 'throttled'],
  ['0x80072321', 'throttled'],
  ['0x80072326', 'throttled'],
  // The record is not there.
  ['0x80040217', 'gone'],
  // The privilege, the access to this record, the person in this organisation, the table or its address is missing.
  ['0x80040220', 'forbidden'],
  ['0x80042f09', 'forbidden'],
  ['0x80048306', 'forbidden'],
  ['0x80072560', 'forbidden'],
  ['0x8006088a', 'forbidden'],
  ['0x80060888', 'forbidden'],
  // Another version than the one that was read.
  ['0x80060882', 'conflict'],
  // The database, a lock, a time limit.
  ['0x80044151', 'transient'],
  ['0x80040216', 'transient'],
  ['0x80044150', 'transient'],
]);

/** The column a refusal is about, from its sentence. */
const fieldOf = ({ message }: Problem): string | null =>
  /(?:length of the '|value \S+ of '|undeclared property '|attribute '|property named '|field '|column ')([\w.@]+)'/i.exec(
    message,
  )?.[1] ?? null;

export const problemOf = ({ text }: Response): Problem | null => {
  const read = v.safeParse(Problem, parsed(text));
  return read.success ? read.output : null;
};

/** What an answer other than a plain success means, of a whole call or of one inside a batch. */
export const refusalOf = (response: Response): Refusal => {
  const { status, headers } = response;
  const problem = problemOf(response);
  const why = told(problem?.message || problem?.code || `HTTP ${status}`);
  const known = problem && CLASSES.get(problem.code);
  if (known === 'throttled' || status === 429 || status === 503) return { is: 'throttled', after: retryAfter(headers) };
  // The words of somebody on the way, a proxy for instance, are not the CRM's; its status is still worth something.
  if (status === 401) return { is: 'sign_in_needed', why };
  if (known === 'gone') return { is: 'gone', mergedInto: null, why };
  if (known) return { is: known, why };
  if (status === 403 || status === 405) return { is: 'forbidden', why };
  if (status === 404) {
    // A record that is not there says so; an address that is not there is not a deleted record.
    return problem && /does ?n[o']t exist/i.test(problem.message)
      ? { is: 'gone', mergedInto: null, why }
      : { is: 'forbidden', why };
  }
  if (status === 409 || status === 412) return { is: 'conflict', why };
  if (status === 413) return { is: 'invalid', field: null, why };
  if (status === 408 || status >= 500) return { is: 'transient', why };
  if (status >= 400 && problem) return { is: 'invalid', field: fieldOf(problem), why };
  return { is: 'unknown', why: status < 300 ? 'the answer could not be read' : why };
};

/**
 * 412 to a write that had to make a record (`If-None-Match: *`). It is said of the record that we wanted (0x80060892, or
 * no code), of a twin by an organisation's own rule, and of a key of the database that does not say whose it is
 * (0x80040237): that one has to be asked for by its id. Of a version it cannot be said, since none was sent.
 */
export const meaningOfExists = (response: Response): 'ours' | 'twin' | 'ask' | null => {
  if (response.status !== 412 && response.status !== 409) return null;
  const problem = problemOf(response);
  if (problem?.code === '0x80040333') return 'twin';
  if (problem?.code === '0x80060882') return null;
  // Said in these words of the key in the address. Of a key that an administrator defined it is said in others.
  return problem && /record with matching key values already exists/i.test(problem.message) ? 'ours' : 'ask';
};

export const HEADERS: Readonly<Record<string, string>> = {
  'OData-MaxVersion': '4.0',
  'OData-Version': '4.0',
  // As the vendor advises: no cache on the way answers with what was.
  'If-None-Match': 'null',
};

export const ask = (path: string, headers: Readonly<Record<string, string>> = {}): Request => ({
  method: 'GET',
  path,
  headers: { ...HEADERS, ...headers },
});

export const { exchange, reading } = exchanges(refusalOf);
