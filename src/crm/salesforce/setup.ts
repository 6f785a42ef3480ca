/** What the organisation lacks for Candor to work. Reads descriptions, changes nothing. */
import * as v from 'valibot';
import { type Api, Refused, type Send } from '../adapter.ts';
import { BASE, KEY_FIELD, LINKS } from './fields.ts';
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
    }),
  ),
});
type Description = v.InferOutput<typeof Description>;

export const setupReader =
  (send: Send): Api['setup'] =>
  async () => {
    /** Null where the organisation, or this person, has no such object. */
    const describe = async (object: string): Promise<Description | null> => {
      const path = `${BASE}/sobjects/${object}/describe`;
      const answer = await exchange(send, { method: 'GET', path }, Description);
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
      attendeeLinks: link?.fields.some(({ name, createable }) => name === 'IsParent' && createable) ?? false,
    };
  };
