/** What the organisation lacks for Candor to work. Reads descriptions, changes nothing. */
import * as v from 'valibot';
import type { Kind } from '../../domain/activity.ts';
import { type Api, type OwnField, Refused, type Send } from '../adapter.ts';
import { get } from '../exchange.ts';
import { type ActivityObject, BASE, KEY_FIELD, LINKS, SHAPES } from './fields.ts';
import { exchange } from './outcome.ts';

const Description = v.object({
  createable: v.boolean(),
  updateable: v.boolean(),
  fields: v.array(
    v.object({
      name: v.string(),
      createable: v.boolean(),
      updateable: v.boolean(),
      externalId: v.nullish(v.boolean(), false),
      unique: v.nullish(v.boolean(), false),
      custom: v.nullish(v.boolean(), false),
      nillable: v.nullish(v.boolean(), true),
      defaultedOnCreate: v.nullish(v.boolean(), false),
      label: v.nullish(v.string(), ''),
      type: v.nullish(v.string(), ''),
      picklistValues: v.nullish(
        v.array(
          v.object({ value: v.string(), label: v.nullish(v.string(), ''), active: v.nullish(v.boolean(), true) }),
        ),
        [],
      ),
    }),
  ),
});
type Description = v.InferOutput<typeof Description>;

const HOLDS: Readonly<Record<string, OwnField['holds']>> = {
  string: 'text',
  textarea: 'text',
  email: 'text',
  phone: 'text',
  url: 'text',
  boolean: 'flag',
  double: 'number',
  int: 'number',
  currency: 'number',
  percent: 'number',
  picklist: 'choice',
  multipicklist: 'choice',
  date: 'day',
};

const kindsOf = (object: ActivityObject): readonly Kind[] =>
  (Object.keys(SHAPES) as Kind[]).filter((kind) => SHAPES[kind].object === object);

/** Fields of the organisation's own without which nothing can be stored. What a layout or a rule demands is not said here. */
const demanded = (object: Description | null, name: ActivityObject): readonly OwnField[] =>
  (object?.fields ?? []).flatMap((field) => {
    const holds = (Object.hasOwn(HOLDS, field.type) && HOLDS[field.type]) || 'other';
    const open = field.custom && field.createable && !field.nillable && !field.defaultedOnCreate;
    if (!open || field.name === KEY_FIELD) return [];
    return [
      {
        name: field.name,
        label: field.label || field.name,
        of: [...kindsOf(name), ...(name === 'Task' ? (['task'] as const) : [])],
        holds,
        choices: field.picklistValues
          .filter(({ active }) => active)
          .map(({ value, label }) => ({ value, label: label || value })),
      },
    ];
  });

export const setupReader =
  (send: Send): Api['setup'] =>
  async () => {
    /** Null where the organisation, or this person, has no such object. */
    const describe = async (object: string): Promise<Description | null> => {
      const path = `${BASE}/sobjects/${object}/describe`;
      const answer = await exchange(send, get(path), Description);
      if (!('is' in answer)) return answer.value;
      if (answer.is === 'gone') return null;
      throw new Refused(answer);
    };
    const event = await describe('Event');
    const task = await describe('Task');
    const link = await describe(LINKS.Event.object);

    const keys = [event, task].map((object) => object?.fields.find(({ name }) => name === KEY_FIELD));
    const usable = keys.every((key) => key?.createable && key.updateable && key.externalId);
    const writable = [event, task].every((object) => object?.createable && object.updateable);
    return {
      missing: [
        ...(writable ? [] : (['activity_access'] as const)),
        // Without access nothing can be said of the field: one thing is asked for at a time.
        ...(writable && !usable ? (['key_field'] as const) : []),
        ...(writable && usable && !keys.every((key) => key?.unique) ? (['key_field_unique'] as const) : []),
      ],
      // The field is visible only where people can share an activity; without it a second person would be invited.
      required: [...demanded(event, 'Event'), ...demanded(task, 'Task')],
      attendeeLinks: link?.fields.some(({ name, createable }) => name === 'IsParent' && createable) ?? false,
    };
  };
