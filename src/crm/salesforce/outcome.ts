/** What an answer means: response → outcome. One class for each row of the taxonomy; what cannot be read is unknown. */
import * as v from 'valibot';
import type { Response } from '../adapter.ts';
import { exchanges, parsed, type Refusal, told } from '../exchange.ts';
import { retryAfter } from '../retry-after.ts';

/** Single calls name the code `errorCode`, results inside a collection `statusCode`; both are taken from either. */
export const Problem = v.pipe(
  v.object({
    errorCode: v.nullish(v.string()),
    statusCode: v.nullish(v.string()),
    message: v.nullish(v.string()),
    fields: v.nullish(v.array(v.string())),
  }),
  v.transform(({ errorCode, statusCode, message, fields }) => ({
    code: errorCode ?? statusCode ?? '',
    message: message ?? '',
    fields: fields ?? [],
  })),
  v.check(({ code }) => code !== ''),
);
export type Problem = v.InferOutput<typeof Problem>;

const Problems = v.union([
  v.pipe(v.array(Problem), v.minLength(1)),
  v.pipe(
    Problem,
    v.transform((one) => [one]),
  ),
]);

type Class = 'transient' | 'sign_in_needed' | 'forbidden' | 'gone' | 'conflict' | 'throttled';

const CLASSES: ReadonlyMap<string, Class> = new Map<string, Class>([
  ['INVALID_SESSION_ID', 'sign_in_needed'],
  ['INVALID_AUTH_HEADER', 'sign_in_needed'],
  ['REQUEST_LIMIT_EXCEEDED', 'throttled'],
  ['SERVER_UNAVAILABLE', 'throttled'],
  ['UNABLE_TO_LOCK_ROW', 'transient'],
  ['UNKNOWN_EXCEPTION', 'transient'],
  ['QUERY_TIMEOUT', 'transient'],
  ['REQUEST_RUNNING_TOO_LONG', 'transient'],
  ['PROCESSING_HALTED', 'transient'],
  ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'transient'],
  ['ENTITY_IS_DELETED', 'gone'],
  ['NOT_FOUND', 'gone'],
  ['INVALID_CROSS_REFERENCE_KEY', 'gone'],
  ['API_DISABLED_FOR_ORG', 'forbidden'],
  ['API_CURRENTLY_DISABLED', 'forbidden'],
  ['FUNCTIONALITY_NOT_ENABLED', 'forbidden'],
  ['INSUFFICIENT_ACCESS', 'forbidden'],
  ['INSUFFICIENT_ACCESS_OR_READONLY', 'forbidden'],
  ['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'forbidden'],
  ['INVALID_TYPE', 'forbidden'],
  ['OAUTH_APP_BLOCKED', 'forbidden'],
  ['STORAGE_LIMIT_EXCEEDED', 'forbidden'],
  ['DUPLICATE_EXTERNAL_ID', 'conflict'],
  ['PRECONDITION_FAILED', 'conflict'],
]);

/** Signing in again does not help these sessions: told apart by their sentence only. */
const NEVER_FOR_US = /not valid for use with the (?:REST )?API/i;

/** The field a refusal is about, from its list or from its sentence. */
const fieldOf = ({ fields, message }: Problem): string | null =>
  fields[0] ??
  /(?:No such column '|Required fields are missing: \[|Unable to create\/update fields: |duplicate value found: )(\w+)/.exec(
    message,
  )?.[1] ??
  null;

/** `status` is that of the whole answer; null for a result inside a collection. */
export const refusalOf = (problem: Problem, status: number | null, after: number | null = null): Refusal => {
  const why = told(problem.message || problem.code);
  const is =
    CLASSES.get(problem.code) ??
    (status === 401 ? 'sign_in_needed' : status === 403 ? 'forbidden' : status && status >= 500 ? 'transient' : null);
  switch (is) {
    case null:
      return { is: 'invalid', field: fieldOf(problem), why };
    case 'throttled':
      return { is, after };
    case 'gone':
      return { is, mergedInto: null, why };
    case 'sign_in_needed':
      return NEVER_FOR_US.test(problem.message) ? { is: 'forbidden', why } : { is, why };
    default:
      return { is, why };
  }
};

/** What an answer other than a plain success means. */
export const refusalOfResponse = (response: Response): Refusal => {
  const { status, headers, text } = response;
  const after = retryAfter(headers);
  const problems = v.safeParse(Problems, parsed(text));
  const why = told(`HTTP ${status}`);
  if (status === 429 || status === 420 || status === 503) return { is: 'throttled', after };
  if (status === 300) return { is: 'conflict', why: 'several records carry this key' };
  if (status === 409 || status === 412) return { is: 'conflict', why };
  if (problems.success && status >= 400) return refusalOf(problems.output[0]!, status, after);
  // The identity service answers with a bare word.
  if (status === 401 || (status === 403 && /^\s*(?:Bad|Missing)_OAuth_Token/.test(text))) {
    return { is: 'sign_in_needed', why };
  }
  if (status === 403) return { is: 'forbidden', why };
  if (status === 408 || status >= 500) return { is: 'transient', why };
  return { is: 'unknown', why: status < 300 ? 'the answer could not be read' : why };
};

export const { exchange, reading } = exchanges(refusalOfResponse);
