/** What the organisation lacks for Candor to work. Reads the person's own rights, changes nothing. */
import type { Api, Send } from '../adapter.ts';
import type { Entity } from './fields.ts';
import { reading } from './outcome.ts';
import { ME, Me } from './read.ts';

const ENTITIES: readonly Entity[] = ['Meeting', 'Call', 'Task'];

/** Rights of one entity: `false` for none at all, else a level for each act. */
const mayWrite = (rights: unknown): boolean => {
  if (rights === true) return true;
  const { create, edit } = Object(rights) as { readonly create?: unknown; readonly edit?: unknown };
  return create === 'yes' && edit !== undefined && edit !== 'no';
};

export const setupReader =
  (send: Send): Api['setup'] =>
  async () => {
    const { user, acl } = await reading(send, ME, Me);
    const table = acl?.table ?? {};
    const writable =
      user.type === 'admin' || user.type === 'super-admin' || ENTITIES.every((entity) => mayWrite(table[entity]));
    return { missing: writable ? [] : ['activity_access'], attendeeLinks: true };
  };
