/** What the organisation lacks for Candor to work. Reads the person's own rights, changes nothing. */
import * as v from 'valibot';
import type { Kind } from '../../domain/activity.ts';
import { type Api, type OwnField, Refused, type Send } from '../adapter.ts';
import { get } from '../exchange.ts';
import { BASE, type Entity, SHAPES } from './fields.ts';
import { exchange, reading } from './outcome.ts';
import { ME, Me } from './read.ts';

const ENTITIES: readonly Entity[] = ['Meeting', 'Call', 'Task'];

/** Rights of one entity: `false` for none at all, else a level for each act. */
const mayWrite = (rights: unknown): boolean => {
  if (rights === true) return true;
  const { create, edit } = Object(rights) as { readonly create?: unknown; readonly edit?: unknown };
  return create === 'yes' && edit !== undefined && edit !== 'no';
};

const Definitions = v.record(
  v.string(),
  v.looseObject({
    type: v.nullish(v.string(), ''),
    required: v.nullish(v.boolean(), false),
    isCustom: v.nullish(v.boolean(), false),
    readOnly: v.nullish(v.boolean(), false),
    default: v.optional(v.unknown()),
    options: v.nullish(v.array(v.string()), []),
    label: v.nullish(v.string()),
  }),
);
const HOLDS: Readonly<Record<string, OwnField['holds']>> = {
  varchar: 'text',
  text: 'text',
  url: 'text',
  enum: 'choice',
  bool: 'flag',
  int: 'number',
  float: 'number',
  date: 'day',
};
/** What every log fills by itself. */
const OURS = new Set(['name', 'status', 'dateStart', 'dateEnd', 'assignedUser', 'parent', 'description', 'reminders']);

/** Fields an entity demands that nothing in a log fills, from the instance's own metadata. */
const demanded = async (send: Send, entity: Entity): Promise<readonly OwnField[]> => {
  const path = `${BASE}/Metadata?key=entityDefs.${entity}.fields`;
  const answer = await exchange(send, get(path), Definitions);
  // Metadata is everybody's; where a firewall keeps it back, the first refusal will say.
  if ('is' in answer) {
    if (answer.is === 'throttled' || answer.is === 'sign_in_needed' || answer.is === 'transient')
      throw new Refused(answer);
    return [];
  }
  return Object.entries(answer.value).flatMap(([name, field]): OwnField[] => {
    const known = field.type && Object.hasOwn(HOLDS, field.type) ? HOLDS[field.type] : undefined;
    // What the instance brings itself and we do not know, it fills itself.
    const holds = known ?? (field.isCustom ? 'other' : null);
    if (!holds || !field.required || field.readOnly || OURS.has(name) || (field.default ?? null) !== null) return [];
    const of = [
      ...(Object.keys(SHAPES) as Kind[]).filter((kind) => SHAPES[kind].entity === entity),
      ...(entity === 'Task' ? (['task'] as const) : []),
    ];
    const choices = (field.options ?? []).filter(Boolean).map((value) => ({ value, label: value }));
    return [{ name, label: field.label || name, of, holds, choices }];
  });
};

export const setupReader =
  (send: Send): Api['setup'] =>
  async () => {
    const { user, acl } = await reading(send, get(ME), Me);
    const table = acl?.table ?? {};
    const writable =
      user.type === 'admin' || user.type === 'super-admin' || ENTITIES.every((entity) => mayWrite(table[entity]));
    const required: OwnField[] = [];
    for (const entity of ENTITIES) required.push(...(await demanded(send, entity)));
    return { missing: writable ? [] : ['activity_access'], attendeeLinks: true, required };
  };
