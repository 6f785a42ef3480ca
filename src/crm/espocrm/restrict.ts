/** Opt-outs of a contact: of its primary address, and *do not call*. Post and messages have no field of their own. */
import * as v from 'valibot';
import type { Api, Outcome, Send } from '../adapter.ts';
import { BASE } from './fields.ts';
import { exchange, orUnknown, type Refusal } from './outcome.ts';
import { Id, isId } from './read.ts';

const NOT_AN_ID: Refusal = { is: 'invalid', field: null, why: 'not the id of a contact' };
const FIELDS = { email: 'emailAddressIsOptedOut', phone: 'doNotCall' } as const;

export const restrictor =
  (send: Send): NonNullable<Api['restrict']> =>
  async (restrictions) => {
    const outcomes: Outcome[] = [];
    let ended: Refusal | null = null;
    for (const { who, channels } of restrictions) {
      const fields = Object.entries(FIELDS).filter(([channel]) => channels.includes(channel as keyof typeof FIELDS));
      const body = Object.fromEntries(fields.map(([, name]) => [name, true]));
      const outcome: Outcome = ended
        ? ended
        : !isId(who)
          ? NOT_AN_ID
          : fields.length === 0
            ? { is: 'stored', remoteId: who }
            : await close(send, who, body);
      if (outcome.is === 'throttled' || outcome.is === 'sign_in_needed') ended = outcome;
      outcomes.push(outcome);
    }
    return outcomes;
  };

const close = async (send: Send, who: string, body: Readonly<Record<string, boolean>>): Promise<Outcome> => {
  const path = `${BASE}/Contact/${who}`;
  const answer = await orUnknown(exchange(send, { method: 'PATCH', path, body }, v.object({ id: Id })));
  return 'is' in answer ? answer : { is: 'stored', remoteId: who };
};
