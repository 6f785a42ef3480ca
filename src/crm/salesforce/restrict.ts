/** Opt-outs of a contact: the two fields that every organisation has. Post and messages have none of their own. */
import type { Api, Outcome, Send } from '../adapter.ts';
import { chunks, sendCollection } from './collection.ts';
import { MOST } from './fields.ts';
import { type Refusal, refusalOf } from './outcome.ts';
import type { RecordBody } from './payload.ts';
import { canonicalId } from './record-id.ts';

const NOT_AN_ID: Refusal = { is: 'invalid', field: null, why: 'not the id of a contact' };
const UNREADABLE: Refusal = { is: 'unknown', why: 'the answer could not be read' };
/** A field that this user may not edit is the administrator's to open; the rest of the record is not written either. */
const FIELDS = { email: 'HasOptedOutOfEmail', phone: 'DoNotCall' } as const;

export const restrictor =
  (send: Send): NonNullable<Api['restrict']> =>
  async (restrictions) => {
    const outcomes: Outcome[] = restrictions.map(() => NOT_AN_ID);
    const jobs = restrictions.flatMap(({ who, channels }, at) => {
      const id = canonicalId(who);
      const fields = Object.entries(FIELDS).filter(([channel]) => channels.includes(channel as keyof typeof FIELDS));
      if (!id?.startsWith('003')) return [];
      // Nothing there says it: known here, and there is nothing to write.
      if (fields.length === 0) outcomes[at] = { is: 'stored', remoteId: id };
      const body: RecordBody = {
        attributes: { type: 'Contact' },
        id,
        ...Object.fromEntries(fields.map(([, name]) => [name, true])),
      };
      return fields.length === 0 ? [] : [{ at, identity: id, body }];
    });
    // The CRM refuses a call that names a record twice.
    for (const batch of chunks(jobs, MOST)) {
      const items = await sendCollection(
        send,
        'PATCH',
        '',
        batch.map(({ body }) => body),
      );
      batch.forEach(({ at, identity }, index) => {
        if ('is' in items) outcomes[at] = items;
        else {
          const item = items[index];
          outcomes[at] =
            item?.is === 'failed'
              ? refusalOf(item.problem, null)
              : item?.is === 'done' && item.id === identity
                ? { is: 'stored', remoteId: identity }
                : UNREADABLE;
        }
      });
    }
    return outcomes;
  };
