/** What an answer means: response → outcome. Bodies are often empty; the reason then is in a header. */
import * as v from 'valibot';
import { type Outcome, Refused, type Request, type Response, type Send, Unanswered } from '../adapter.ts';
import { retryAfter } from '../retry-after.ts';

export type Refusal = Exclude<Outcome, { is: 'stored' }>;

const Body = v.object({
  messageTranslation: v.object({
    label: v.string(),
    data: v.nullish(v.object({ field: v.nullish(v.string()), type: v.nullish(v.string()) })),
  }),
});

/** A locked-out address: whoever tries again before it is over is locked out longer. */
const LOCKED_OUT_MS = 600_000;

/** Text of the CRM's, on its way to a screen and a receipt: one line, of bounded length. */
const told = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);

/** The field and the rule that refused it, from the body or from the header (`field: name, type: maxLength`). */
const failureIn = (reason: string, body: v.InferOutput<typeof Body> | null): { field: string; type: string } | null => {
  const { field, type } = body?.messageTranslation.data ?? {};
  if (field) return { field, type: type ?? '' };
  const said = /\bfield: (\w+)(?:, type: (\w+))?/.exec(reason);
  return said ? { field: said[1]!, type: said[2] ?? '' } : null;
};

export const refusalOf = ({ status, headers, text }: Response): Refusal => {
  const reason = told(headers['x-status-reason'] ?? '');
  const read = v.safeParse(Body, parsed(text));
  const body = read.success ? read.output : null;
  const label = body?.messageTranslation.label ?? '';
  const why = reason || label || `HTTP ${status}`;
  switch (status) {
    case 429:
    case 503:
      return { is: 'throttled', after: retryAfter(headers) };
    case 401:
      return { is: 'sign_in_needed', why };
    case 403:
      if (label === 'cannotRelateNonExisting' || /non-existing record/.test(reason))
        return { is: 'gone', mergedInto: null, why };
      return /max failed .*attempts/i.test(reason)
        ? { is: 'throttled', after: LOCKED_OUT_MS }
        : { is: 'forbidden', why };
    case 404:
      return { is: 'gone', mergedInto: null, why };
    case 409:
    case 412:
      return { is: 'conflict', why };
    case 408:
      return { is: 'transient', why };
    case 400: {
      const failure = failureIn(reason, body);
      return { is: 'invalid', field: failure?.field ?? null, why: failure?.type ? `${why} (${failure.type})` : why };
    }
    default:
      if (status >= 500) return { is: 'transient', why };
      if (status >= 400) return { is: 'invalid', field: null, why };
      return { is: 'unknown', why: status < 300 ? 'the answer could not be read' : why };
  }
};

/** The name is longer than this organisation lets it be. */
export const isTooLong = (outcome: Refusal): boolean =>
  outcome.is === 'invalid' && outcome.field === 'name' && /maxLength/.test(outcome.why);

/** JSON, or undefined. Objects are only ever read through a schema: odd keys lead nowhere. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The answer of one call, read by a schema; or why there is none. What `send` rejects with passes through. */
export const exchange = async <S extends v.GenericSchema>(
  send: Send,
  request: Request,
  schema: S,
): Promise<{ readonly value: v.InferOutput<S> } | Refusal> => {
  const response = await send(request);
  const good = response.status >= 200 && response.status < 300;
  const read = good ? v.safeParse(schema, parsed(response.text)) : null;
  return read?.success ? { value: read.output } : refusalOf(response);
};

/** A call without an answer is unknown, a refused question its refusal. Any other rejection means nothing was sent. */
export const orUnknown = async <T>(call: Promise<T>): Promise<T | Refusal> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Unanswered) return { is: 'unknown', why: 'no answer' };
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
};

/** For reads: the value, or `Refused`. No answer stays `Unanswered`. */
export const reading = async <S extends v.GenericSchema>(
  send: Send,
  path: string,
  schema: S,
): Promise<v.InferOutput<S>> => {
  const answer = await exchange(send, { method: 'GET', path }, schema);
  if ('is' in answer) throw new Refused(answer);
  return answer.value;
};
