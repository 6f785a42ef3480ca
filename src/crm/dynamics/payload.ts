/** Delivery → operations, from named public fields only. What is absent stays absent: it is never sent empty. */
import type { Delivery } from '../adapter.ts';
import { BASE, DONE, remoteIdOf, SETS, SHAPES, SUBJECT_LENGTH, type Table } from './fields.ts';
import { guidFor } from './guid.ts';
import { canonicalId } from './record-id.ts';

/** One call inside a batch. */
export interface Operation {
  readonly method: 'GET' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What one delivery becomes: operations that are done together or not at all, on one record of ours or by its id. */
export interface Writing {
  readonly remoteId: string;
  /** Its address, which a success names again. */
  readonly entity: string;
  /** True where the record must not exist yet: then "it exists" is what we wanted. */
  readonly creates: boolean;
  /** Takes a log back by leaving neutral words: a completed activity stays, its words do not. */
  readonly neutral?: true;
  /** Words that go above what people wrote in the record meanwhile: it is read first. */
  readonly keeps?: true;
  readonly operations: readonly Operation[];
}

type Step<S extends Delivery['step']> = Extract<Delivery, { step: S }>;

/** Never an update of what is there. */
const NEW = { 'If-None-Match': '*' };
/** Never a record brought back that somebody deleted. */
const EXISTING = { 'If-Match': '*' };

const address = (table: Table | 'connection', guid: string): string => `${SETS[table]}(${guid})`;

const patch = (entity: string, headers: Readonly<Record<string, string>>, body: Operation['body']): Operation => ({
  method: 'PATCH',
  path: `${BASE}/${entity}`,
  headers,
  ...(body ? { body } : {}),
});

/** A subject that is too long is cut where it is shown and kept whole in the description. */
const words = (subject: string | undefined, note: string | undefined): Record<string, string> => {
  const letters = [...(subject ?? '')];
  const cut = letters.length > SUBJECT_LENGTH;
  const description = [...(cut && subject ? [subject] : []), ...(note === undefined ? [] : [note])].join('\n\n');
  return {
    ...(subject === undefined ? {} : { subject: cut ? `${letters.slice(0, SUBJECT_LENGTH - 1).join('')}…` : subject }),
    ...(description === '' ? {} : { description }),
  };
};

/**
 * What an activity regards: one record. A person comes before the account, whose own timeline gathers its people's.
 * Null where an id was given that is none.
 */
const regards = (
  table: Table,
  given: { readonly who?: string; readonly account?: string },
): Record<string, string> | null => {
  const [target, set, raw] =
    given.who === undefined
      ? (['account', 'accounts', given.account] as const)
      : (['contact', 'contacts', given.who] as const);
  if (raw === undefined) return {};
  const id = canonicalId(raw);
  return id ? { [`regardingobjectid_${target}_${table}@odata.bind`]: `/${set}(${id})` } : null;
};

const times = (table: Table, { start, end }: Step<'record'>): Record<string, string | number> => {
  const minutes = Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
  return {
    scheduledstart: start,
    scheduledend: end,
    ...(table !== 'appointment' && minutes > 0 ? { actualdurationminutes: minutes } : {}),
  };
};

const recordWriting = (delivery: Step<'record'>): Writing | null => {
  const { table, fixed } = SHAPES[delivery.kind];
  const guid = guidFor('activity', delivery.key);
  const entity = address(table, guid);
  const about = regards(table, delivery);
  const body = {
    ...delivery.own,
    ...words(delivery.subject, delivery.note),
    ...times(table, delivery),
    ...fixed,
    ...about,
  };
  return (
    about && {
      remoteId: remoteIdOf(table, guid),
      entity,
      creates: true,
      operations: [patch(entity, NEW, body), patch(entity, EXISTING, DONE[table])],
    }
  );
};

const taskWriting = (delivery: Step<'task'>): Writing | null => {
  const guid = guidFor('activity', delivery.key);
  const entity = address('task', guid);
  const about = regards('task', delivery);
  // A due date is a moment there: noon UTC is the same day almost everywhere.
  const due = delivery.due === null ? {} : { scheduledend: `${delivery.due}T12:00:00Z` };
  const body = { ...delivery.own, ...words(delivery.text, undefined), ...due, ...about };
  return (
    about && {
      remoteId: remoteIdOf('task', guid),
      entity,
      creates: true,
      operations: [patch(entity, NEW, body)],
    }
  );
};

/** An activity of ours by the id we gave it. */
const activityOf = (remoteId: string): { readonly table: Table; readonly guid: string } | null => {
  const [table = '', raw = ''] = remoteId.split(':');
  const guid = canonicalId(raw);
  return guid && Object.hasOwn(DONE, table) ? { table: table as Table, guid } : null;
};

const completionWriting = (delivery: Step<'completion'>): Writing | null => {
  const activity = activityOf(delivery.remoteId);
  if (!activity) return null;
  const { table, guid } = activity;
  const entity = address(table, guid);
  const about = regards(table, delivery.who === undefined ? {} : { who: delivery.who });
  return (
    about && {
      remoteId: remoteIdOf(table, guid),
      entity,
      creates: false,
      ...(delivery.note === undefined ? {} : { keeps: true as const }),
      operations: [patch(entity, EXISTING, { ...words(delivery.subject, delivery.note), ...about })],
    }
  );
};

/** A correction of words and times that are there, by id; null words are taken out, not left. */
const amendWriting = (delivery: Step<'amend' | 'amend_task' | 'retract'>): Writing | null => {
  const activity = activityOf(delivery.remoteId);
  if (!activity) return null;
  const { table, guid } = activity;
  const entity = address(table, guid);
  const body =
    delivery.step === 'amend'
      ? {
          description: null,
          ...words(delivery.subject, delivery.note ?? undefined),
          scheduledstart: delivery.start,
          scheduledend: delivery.end,
        }
      : delivery.step === 'amend_task'
        ? {
            ...words(delivery.text, undefined),
            scheduledend: delivery.due === null ? null : `${delivery.due}T12:00:00Z`,
          }
        : { subject: delivery.subject, description: null };
  return {
    remoteId: remoteIdOf(table, guid),
    entity,
    creates: false,
    ...(delivery.step === 'retract' ? { neutral: true as const } : {}),
    operations: [patch(entity, EXISTING, body)],
  };
};

/** The id comes from the two that are connected, so that they are connected once whoever asks. */
const linkWriting = (delivery: Step<'link'>): Writing | null => {
  const activity = activityOf(delivery.remoteId);
  const who = canonicalId(delivery.who);
  if (!activity || !who) return null;
  const { table, guid } = activity;
  const entity = address('connection', guidFor('connection', `${guid}/${who}`));
  const body = {
    [`record1id_${table}@odata.bind`]: `/${SETS[table]}(${guid})`,
    'record2id_contact@odata.bind': `/contacts(${who})`,
  };
  return { remoteId: remoteIdOf(table, guid), entity, creates: true, operations: [patch(entity, NEW, body)] };
};

/** Null where an id in the delivery cannot be one. */
export const writingFor = (delivery: Delivery): Writing | null => {
  switch (delivery.step) {
    case 'record':
      return recordWriting(delivery);
    case 'task':
      return taskWriting(delivery);
    case 'completion':
      return completionWriting(delivery);
    case 'link':
      return linkWriting(delivery);
    case 'amend':
    case 'amend_task':
    case 'retract':
      return amendWriting(delivery);
    default:
      return delivery satisfies never;
  }
};
