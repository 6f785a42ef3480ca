/** What is put right after it crossed: corrections by id, and removals; where those are forbidden, neutral words instead. */
import * as v from 'valibot';
import type { Delivery, Outcome, Send } from '../adapter.ts';
import { orUnknown, type Refusal } from '../exchange.ts';
import { itemOf, sendCollection } from './collection.ts';
import { type ActivityObject, BASE } from './fields.ts';
import { exchange, refusalOf } from './outcome.ts';
import { type RecordBody, times, words } from './payload.ts';

type Step<S extends Delivery['step']> = Extract<Delivery, { step: S }>;

/** An empty note is emptied in so many words; everything else is named. */
export const amendBody = (delivery: Step<'amend' | 'amend_task'>, type: ActivityObject, id: string): RecordBody => ({
  attributes: { type },
  id,
  ...(delivery.step === 'amend'
    ? { Description: null, ...words(delivery.subject, delivery.note ?? undefined), ...times(type, delivery) }
    : { ...words(delivery.text, undefined), ActivityDate: delivery.due }),
});

/** Nothing that somebody wrote stays: neither here nor, for a task, its day. */
export const neutralBody = (delivery: Step<'retract'>, type: ActivityObject, id: string): RecordBody => ({
  attributes: { type },
  id,
  Subject: delivery.subject,
  Description: null,
});

interface Removal {
  readonly identity: string;
  readonly body: RecordBody;
}

const UNREADABLE: Refusal = { is: 'unknown', why: 'the answer could not be read' };
/** Not allowed to this user, or locked by a rule of the organisation. */
const FORBIDS = new Set([
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'DELETE_FAILED',
  'ENTITY_IS_LOCKED',
  'CANNOT_DELETE_ENTITY',
  'FIELD_INTEGRITY_EXCEPTION',
]);

/** Gone already is what was asked for: a removal whose answer was lost is repeated without harm. */
export const remove = async (send: Send, jobs: readonly Removal[]): Promise<readonly Outcome[] | Refusal> => {
  const ids = jobs.map(({ identity }) => identity).join(',');
  const path = `${BASE}/composite/sobjects?ids=${ids}&allOrNone=false`;
  const answer = await orUnknown(exchange(send, { method: 'DELETE', path }, v.array(v.unknown())));
  if ('is' in answer) return answer.is === 'gone' ? { is: 'forbidden', why: answer.why } : answer;
  if (answer.value.length !== jobs.length) return { is: 'unknown', why: 'the answers do not match the records' };
  const items = answer.value.map(itemOf);
  const outcomes = items.map((item, at): Outcome => {
    if (item.is === 'odd') return UNREADABLE;
    const remoteId = jobs[at]?.identity ?? '';
    if (item.is === 'done') return item.id === remoteId ? { is: 'stored', remoteId } : UNREADABLE;
    const refusal = refusalOf(item.problem, null);
    return refusal.is === 'gone' ? { is: 'stored', remoteId } : refusal;
  });
  const forbidden = items.flatMap((item, at) => {
    const job = jobs[at];
    return item.is === 'failed' && FORBIDS.has(item.problem.code) && job ? [{ job, at }] : [];
  });
  if (forbidden.length > 0) {
    const replaced = await sendCollection(
      send,
      'PATCH',
      '',
      forbidden.map(({ job }) => job.body),
    );
    forbidden.forEach(({ job, at }, index) => {
      if ('is' in replaced) {
        outcomes[at] = replaced;
        return;
      }
      const item = replaced[index];
      if (item?.is === 'done') outcomes[at] = { is: 'stored', remoteId: job.identity, neutral: true };
      else outcomes[at] = item?.is === 'failed' ? refusalOf(item.problem, null) : UNREADABLE;
    });
  }
  return outcomes;
};
