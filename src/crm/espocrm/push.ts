/**
 * Deliveries → outcomes, one call after the other: this CRM has no batch. A record is made; completions and links are
 * written by id, so that a second time changes nothing. What was refused for all alike ends the rest unsent.
 */
import * as v from 'valibot';
import type { Api, Delivery, Outcome, Send } from '../adapter.ts';
import { get, orRefused, parsed, type Refusal } from '../exchange.ts';
import { BASE, type Entity } from './fields.ts';
import { markOf } from './mark.ts';
import { exchange, isTooLong } from './outcome.ts';
import { type Attributes, amendBody, completionBody, recordBody, shapeOf } from './payload.ts';
import { Id, isId } from './read.ts';

type Step<S extends Delivery['step']> = Extract<Delivery, { step: S }>;
type Written = { readonly value: { readonly id: string } } | Refusal;

const stored = (remoteId: string): Outcome => ({ is: 'stored', remoteId });
const NOT_AN_ID: Refusal = { is: 'invalid', field: null, why: 'not the id of a record' };
const ONE_PERSON: Refusal = { is: 'invalid', field: 'parent', why: 'a task belongs to one person' };
const NOT_TRIED: Refusal = { is: 'unknown', why: 'not tried: the CRM does not answer' };
/** Calls without any answer, one after the other, after which the rest is left for later. */
const SILENCE = 2;

/** Of an answer to a write only the id is believed: its other values are not yet what is stored. */
const Made = v.object({ id: Id });
const Shown = v.object({ id: Id, description: v.nullish(v.string(), null) });
const Twins = v.array(Shown);
const MaxLength = v.nullable(v.number());

/** An organisation may have a check for duplicates of its own: where the twin is our own record, it is stored. */
const twinIn = (text: string, mark: string): string | null => {
  const twins = v.safeParse(Twins, parsed(text));
  return (twins.success && twins.output.find(({ description }) => description?.includes(mark))?.id) || null;
};

export const pusher = (send: Send, userId: () => Promise<string>): Api['push'] => {
  /** How long a name may be here, from the organisation's own description. */
  const nameLength = async (entity: Entity): Promise<number | null> => {
    const path = `${BASE}/Metadata?key=entityDefs.${entity}.fields.name.maxLength`;
    const answer = await exchange(send, get(path), MaxLength);
    return 'is' in answer ? null : answer.value;
  };

  /** Writes; once more with a shorter name where the name was too long, since then certainly nothing was stored. */
  const write = async (
    through: Send,
    method: 'POST' | 'PATCH',
    entity: Entity,
    path: string,
    body: (most?: number) => Attributes,
  ): Promise<Written> => {
    const first = await exchange(through, { method, path: `${BASE}/${entity}${path}`, body: body() }, Made);
    if (!('is' in first) || !isTooLong(first)) return first;
    const most = await nameLength(entity);
    if (!most) return first;
    return exchange(through, { method, path: `${BASE}/${entity}${path}`, body: body(most) }, Made);
  };

  const create = async (delivery: Step<'record' | 'task'>): Promise<Outcome> => {
    const { entity } = shapeOf(delivery);
    const assigned = await userId();
    let twin: string | null = null;
    let nowhere = false;
    const watched: Send = async (request) => {
      const answer = await send(request);
      if (answer.status === 409) twin = twinIn(answer.text, markOf(delivery.key));
      nowhere = answer.status === 404;
      return answer;
    };
    const made = await write(watched, 'POST', entity, '', (most) => recordBody(delivery, assigned, most));
    if (!('is' in made)) return stored(made.value.id);
    if (twin) return stored(twin);
    // There is no such entity for this person: that is not a deleted record.
    return nowhere && made.is === 'gone' ? { is: 'forbidden', why: made.why } : made;
  };

  /** One person beside a meeting or call. Relating somebody a second time changes nothing. */
  const relate = async (entity: Entity, id: string, who: string): Promise<Outcome> => {
    const path = `${BASE}/${entity}/${id}/contacts`;
    const answer = await exchange(send, { method: 'POST', path, body: { id: who } }, v.literal(true));
    return 'is' in answer ? answer : stored(id);
  };

  const complete = async (delivery: Step<'completion'>): Promise<Outcome> => {
    const { entity } = shapeOf(delivery);
    const { remoteId, who } = delivery;
    // What people wrote in the CRM meanwhile stays, and so does the mark: the record is read before it is changed.
    const shown = await exchange(send, get(`${BASE}/${entity}/${remoteId}`), Shown);
    if ('is' in shown) return shown;
    const body = (most?: number): Attributes => completionBody(delivery, shown.value.description, most);
    if (Object.keys(body()).length > 0) {
      const written = await write(send, 'PATCH', entity, `/${remoteId}`, body);
      if ('is' in written) return written;
    }
    return who !== undefined && entity !== 'Task' ? relate(entity, remoteId, who) : stored(remoteId);
  };

  const amend = async (delivery: Step<'amend' | 'amend_task'>): Promise<Outcome> => {
    const { entity } = shapeOf(delivery);
    const { remoteId } = delivery;
    const shown = await exchange(send, get(`${BASE}/${entity}/${remoteId}`), Shown);
    if ('is' in shown) return shown;
    const body = (most?: number): Attributes => amendBody(delivery, shown.value.description, most);
    const written = await write(send, 'PATCH', entity, `/${remoteId}`, body);
    return 'is' in written ? written : stored(remoteId);
  };

  /** Deleted by id; what somebody deleted there before has nothing left to take back. */
  const retract = async (delivery: Step<'retract'>): Promise<Outcome> => {
    const path = `${BASE}/${shapeOf(delivery).entity}/${delivery.remoteId}`;
    const answer = await exchange(send, { method: 'DELETE', path }, v.literal(true));
    return !('is' in answer) || answer.is === 'gone' ? stored(delivery.remoteId) : answer;
  };

  const deliver = async (delivery: Delivery): Promise<Outcome> => {
    if (delivery.step === 'record' || delivery.step === 'task') return create(delivery);
    if (!isId(delivery.remoteId)) return NOT_AN_ID;
    if (delivery.step === 'completion') return complete(delivery);
    if (delivery.step === 'amend' || delivery.step === 'amend_task') return amend(delivery);
    if (delivery.step === 'retract') return retract(delivery);
    const { entity } = shapeOf(delivery);
    if (!isId(delivery.who)) return NOT_AN_ID;
    return entity === 'Task' ? ONE_PERSON : relate(entity, delivery.remoteId, delivery.who);
  };

  return async (deliveries) => {
    const outcomes: Outcome[] = [];
    const made = new Map<string, Outcome>();
    let ended: Refusal | null = null;
    let silent = 0;
    for (const delivery of deliveries) {
      let outcome: Outcome | undefined = ended ?? made.get(delivery.key);
      if (!outcome) {
        const answered = await orRefused(deliver(delivery).then((value) => ({ value })));
        outcome = 'is' in answered ? answered : answered.value;
        silent = outcome.is === 'unknown' && 'is' in answered ? silent + 1 : 0;
        if (silent >= SILENCE) ended = NOT_TRIED;
        if (outcome.is === 'throttled' || outcome.is === 'sign_in_needed') ended = outcome;
        made.set(delivery.key, outcome);
      }
      outcomes.push(outcome);
    }
    return outcomes;
  };
};
