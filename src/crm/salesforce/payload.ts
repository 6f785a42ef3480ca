/** Delivery → record body, from named public fields only. What is absent stays absent: it is never sent empty. */
import type { Delivery } from '../adapter.ts';
import { type ActivityObject, KEY_FIELD, LINKS, SHAPES, SUBJECT_LENGTH } from './fields.ts';

export interface RecordBody {
  readonly attributes: { readonly type: string };
  readonly [field: string]: unknown;
}

type Step<S extends Delivery['step']> = Extract<Delivery, { step: S }>;

/** A subject that is too long is cut where it is shown and kept whole in the description. */
export const words = (subject: string | undefined, note: string | undefined): Record<string, string> => {
  const letters = [...(subject ?? '')];
  const cut = letters.length > SUBJECT_LENGTH;
  const description = [...(cut && subject ? [subject] : []), ...(note === undefined ? [] : [note])].join('\n\n');
  return {
    ...(subject === undefined ? {} : { Subject: cut ? `${letters.slice(0, SUBJECT_LENGTH - 1).join('')}…` : subject }),
    ...(description === '' ? {} : { Description: description }),
  };
};

const people = ({ who, account }: { readonly who?: string; readonly account?: string }): Record<string, string> => ({
  ...(who === undefined ? {} : { WhoId: who }),
  ...(account === undefined ? {} : { WhatId: account }),
});

/** A task knows a day, not a time: the day it was for the person. */
export const times = (
  object: ActivityObject,
  delivery: Pick<Step<'record'>, 'start' | 'end' | 'day' | 'kind'>,
): Record<string, string | number> => {
  const { start, end, kind } = delivery;
  if (object === 'Event') return { StartDateTime: start, EndDateTime: end };
  const seconds = Math.round((Date.parse(end) - Date.parse(start)) / 1000);
  return { ActivityDate: delivery.day, ...(kind === 'call' && seconds > 0 ? { CallDurationInSeconds: seconds } : {}) };
};

export const objectFor = (delivery: Step<'record' | 'task'>): ActivityObject =>
  delivery.step === 'task' ? 'Task' : SHAPES[delivery.kind].object;

export const recordBody = (delivery: Step<'record' | 'task'>): RecordBody => {
  const type = objectFor(delivery);
  const own =
    delivery.step === 'task'
      ? { ...words(delivery.text, undefined), ...(delivery.due === null ? {} : { ActivityDate: delivery.due }) }
      : { ...words(delivery.subject, delivery.note), ...times(type, delivery), ...SHAPES[delivery.kind].fixed };
  return { ...delivery.own, attributes: { type }, [KEY_FIELD]: delivery.key, ...own, ...people(delivery) };
};

/** By id, never by key: a log that somebody deleted in the CRM is not brought back. */
export const completionBody = (delivery: Step<'completion'>, type: ActivityObject, id: string): RecordBody => ({
  attributes: { type },
  id,
  ...words(delivery.subject, delivery.note),
  ...people(delivery.who === undefined ? {} : { who: delivery.who }),
});

export const linkBody = (object: ActivityObject, activity: string, who: string): RecordBody => {
  const link = LINKS[object];
  return { attributes: { type: link.object }, [link.activity]: activity, RelationId: who, ...link.fixed };
};
