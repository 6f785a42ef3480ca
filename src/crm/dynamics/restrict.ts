/** *Do not contact* on a contact: columns that every environment has; true means that it is not allowed. */
import type { Channel } from '../../domain/events/words.ts';
import type { Api, Outcome, Send } from '../adapter.ts';
import { BASE } from './fields.ts';
import { HEADERS, orUnknown, type Refusal, refusalOf } from './outcome.ts';
import { canonicalId } from './record-id.ts';

const NOT_AN_ID: Refusal = { is: 'invalid', field: null, why: 'not the id of a contact' };
const COLUMNS: Readonly<Record<Channel, readonly string[]>> = {
  email: ['donotbulkemail'],
  phone: ['donotphone'],
  post: ['donotbulkpostalmail'],
  message: ['donotsendmm'],
};

export const restrictor =
  (send: Send): NonNullable<Api['restrict']> =>
  async (restrictions) => {
    const outcomes: Outcome[] = [];
    let ended: Refusal | null = null;
    for (const { who, channels } of restrictions) {
      const id = canonicalId(who);
      if (!id || ended) {
        outcomes.push(ended ?? NOT_AN_ID);
        continue;
      }
      const body = Object.fromEntries(channels.flatMap((channel) => COLUMNS[channel]).map((column) => [column, true]));
      // By id and only where it exists: a contact that somebody deleted is not brought back.
      const headers = { ...HEADERS, 'If-None-Match': 'null', 'If-Match': '*' };
      const answer = await orUnknown(send({ method: 'PATCH', path: `${BASE}/contacts(${id})`, headers, body }));
      const outcome: Outcome =
        'is' in answer
          ? answer
          : answer.status >= 200 && answer.status < 300
            ? { is: 'stored', remoteId: id }
            : refusalOf(answer);
      if (outcome.is === 'throttled' || outcome.is === 'sign_in_needed') ended = outcome;
      outcomes.push(outcome);
    }
    return outcomes;
  };
