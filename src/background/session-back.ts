/**
 * Goes on by itself where a connection lives on the session of the person's pages: they sign in there again, and nobody
 * tells us. So it is looked at whenever the worker wakes and whenever a page of theirs asks for its badge; once per session.
 */
import { Refused, Unanswered } from '../crm/adapter.ts';
import type { House } from './house.ts';
import { keep, look } from './looking.ts';
import { forgetSession, isFreshSession } from './page-session.ts';
import { isGranted } from './send.ts';
import type { ConnectionRow } from './store/schema.ts';

export const sessionsBack = (house: House) => async (): Promise<void> => {
  const { store, platform, abouts } = house;
  for (const connection of await store.read((tx) => tx.all('connections'))) {
    const about = abouts.find(({ id }) => id === connection.crm);
    if (!about || !connection.session || connection.session.off) continue;
    const wire = { store, platform, about, connection };
    if (!(await isGranted(wire))) {
      forgetSession(store, connection.id);
      if (connection.state !== 'permission_missing') await markMissing(house, connection);
      continue;
    }
    if (connection.state === 'connected' || connection.state === 'waiting_for_setup' || !platform.online()) continue;
    if (!(await isFreshSession(wire))) continue;
    try {
      const looked = await look(house, connection);
      if (looked.state !== connection.state) await keep(house, looked);
    } catch (error) {
      // No answer changes nothing; the next wake asks again.
      forgetSession(store, connection.id);
      if (!(error instanceof Unanswered || error instanceof Refused)) throw error;
    }
  }
};

/** The permission was taken back: said at once, whether or not anything waits. */
const markMissing = async ({ store, changed }: House, { id }: ConnectionRow): Promise<void> => {
  await store.write(async (tx) => {
    const row = await tx.get('connections', id);
    if (row) await tx.put('connections', { ...row, state: 'permission_missing' });
  });
  changed();
};
