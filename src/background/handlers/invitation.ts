/** Who of an invitation is known here: by address first, and asked for in the CRM by name before anybody counts as new. */
import { searchCrm } from '../directory.ts';
import { everybody, folded, type Known } from '../people.ts';
import { light } from '../views/light.ts';
import { shower } from './form.ts';
import type { Handler } from './handler.ts';

/** An invitation to a hall does not become a hundred questions to the CRM. */
const ASKED_FOR = 5;

const address = (email: string | null): string => (email ?? '').trim().toLowerCase();

export const findByEmail: Handler<'findByEmail'> = async (house, { formId, people }) => {
  const { store } = house;
  const look = () =>
    store.read(async (tx) => {
      const form = await tx.get('forms', formId);
      if (!form) return null;
      const known = new Map<string, Known>();
      for (const one of await everybody(tx)) if (one.email) known.set(address(one.email), one);
      const show = await shower(tx, await light(tx, house));
      const me = (await tx.all('connections')).map(({ userName }) => folded(userName ?? ''));
      const connection = form.connection ? await tx.get('connections', form.connection) : undefined;
      const answers = people.map(({ email, name }) => {
        const found = known.get(address(email));
        return { person: found ? show(found) : null, isMe: !found && name !== '' && me.includes(folded(name)) };
      });
      return { answers, connection };
    });
  const local = await look();
  const { connection, answers = [] } = local ?? {};
  if (!connection) return answers;
  const unknown = people.filter(({ name }, at) => name.trim().length > 1 && !answers[at]?.person && !answers[at]?.isMe);
  if (unknown.length === 0) return answers;
  for (const { name } of unknown.slice(0, ASKED_FOR)) await searchCrm(house, connection, name).catch(() => {});
  return (await look())?.answers ?? answers;
};
