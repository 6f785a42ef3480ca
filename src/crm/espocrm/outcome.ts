/** What an answer means: response → outcome. Bodies are often empty; the reason then is in a header. */
import * as v from 'valibot';
import type { Response } from '../adapter.ts';
import { exchanges, parsed, type Refusal, told } from '../exchange.ts';
import { retryAfter } from '../retry-after.ts';

const Body = v.object({
  messageTranslation: v.object({
    label: v.string(),
    data: v.nullish(v.object({ field: v.nullish(v.string()), type: v.nullish(v.string()) })),
  }),
});

/** A locked-out address: whoever tries again before it is over is locked out longer. */
const LOCKED_OUT_MS = 600_000;

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

export const { exchange, reading } = exchanges(refusalOf);
