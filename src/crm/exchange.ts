/** One call and what its answer means, the same for every CRM; which refusal an answer is, each CRM says itself. */
import * as v from 'valibot';
import { type Outcome, Refused, type Request, type Response, type Send, Unanswered } from './adapter.ts';

export type Refusal = Exclude<Outcome, { is: 'stored' }>;

/** Text of the CRM's, on its way to a screen and a receipt: one line, of bounded length. */
export const told = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);

/** JSON, or undefined. Objects are only ever read through a schema: odd keys lead nowhere. */
export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** For writes: a call without an answer is unknown, and only that call. Any other rejection means nothing was sent. */
export const orUnknown = async <T>(call: Promise<T>): Promise<T | Refusal> => {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Unanswered) return { is: 'unknown', why: 'no answer' };
    throw error;
  }
};

/** The same for a write that asks a question on its way: a refused question is its refusal. */
export const orRefused = async <T>(call: Promise<T>): Promise<T | Refusal> => {
  try {
    return await orUnknown(call);
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
};

export const get = (path: string): Request => ({ method: 'GET', path });

export interface Exchanges {
  /** The answer of one call, read by a schema; or why there is none. What `send` rejects with passes through. */
  exchange<S extends v.GenericSchema>(
    send: Send,
    request: Request,
    schema: S,
  ): Promise<{ readonly value: v.InferOutput<S> } | Refusal>;
  /** For reads: the value, or `Refused`. No answer stays `Unanswered`. */
  reading<S extends v.GenericSchema>(send: Send, request: Request, schema: S): Promise<v.InferOutput<S>>;
}

/** `refusalOf` says what an answer other than a plain success means; also one whose body cannot be read. */
export const exchanges = (refusalOf: (response: Response) => Refusal): Exchanges => {
  const exchange: Exchanges['exchange'] = async (send, request, schema) => {
    const response = await send(request);
    const good = response.status >= 200 && response.status < 300;
    const read = good ? v.safeParse(schema, parsed(response.text)) : null;
    return read?.success ? { value: read.output } : refusalOf(response);
  };
  return {
    exchange,
    reading: async (send, request, schema) => {
      const answer = await exchange(send, request, schema);
      if ('is' in answer) throw new Refused(answer);
      return answer.value;
    },
  };
};
