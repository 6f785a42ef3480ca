/** The badge on a record page, and what a click on it opens. */
import type { BadgeView } from '../../contract.ts';
import type { Announcement } from '../../messenger.ts';
import { isolated } from '../../words.ts';
import { locate, readRecord } from '../directory.ts';
import { dockFor } from '../dock.ts';
import type { House } from '../house.ts';
import { byRemote } from '../people.ts';
import { isPlain } from '../plain.ts';
import { light } from '../views/light.ts';
import { badgeLabel, personView } from '../views/person.ts';
import { SIGNS } from '../views/sign.ts';
import type { Handler } from './handler.ts';

export const badge: Handler<'badge'> = async (house, _ask, { tab }) => {
  const found = await locate(house, tab?.url ?? null);
  if (!found) return null;
  const { record, connection } = found;
  const { store, say } = house;
  // They may just have signed in on this very page.
  if (connection.session && connection.state !== 'connected') house.wake();
  try {
    await readRecord(house, connection, record);
  } catch {
    // Offline or signed out: the badge shows what the device knows; the state of the connection is said elsewhere.
  }
  return store.read(async (tx): Promise<BadgeView | null> => {
    const lit = await light(tx, house);
    // Offline on a page that was never opened here: it says so, and is drawn again when the record was read.
    const unread: BadgeView = {
      recordId: record.id,
      name: '',
      flag: 'unread',
      sign: SIGNS.unread,
      label: say('badgeUnread'),
      owner: 'company',
      waiting: 0,
      action: say('badgeUnreadAction'),
    };
    const waits = async (contact: string | null): Promise<number> => {
      if (!contact) return 0;
      let waiting = 0;
      for (const { id } of await tx.all('activities', { index: 'attendee', prefix: contact })) {
        const rows = await tx.all('outbox', { index: 'activity', prefix: id });
        if (rows.some(({ state }) => state !== 'settled')) waiting += 1;
      }
      return waiting;
    };
    if (record.type === 'account') {
      const account = await tx.get('accounts', [connection.id, record.id]);
      if (!account) return unread;
      const people = await tx.all('people', { index: 'account', prefix: [connection.id, record.id] });
      let untold = 0;
      for (const { remoteId } of people) {
        const known = await byRemote(tx, connection.id, remoteId);
        if (known && personView(known, connection, lit).status.flag !== 'told') untold += 1;
      }
      return {
        recordId: record.id,
        name: account.name,
        flag: untold > 0 ? 'not_told' : 'told',
        sign: SIGNS[untold > 0 ? 'not_told' : 'told'],
        label: say(
          'badgeNamed',
          isolated(account.name),
          say(untold > 0 ? { key: 'badgeAccount', args: [untold], count: untold } : 'badgeAccountTold'),
        ),
        owner: 'company',
        waiting: 0,
        action: say('badgeAction', isolated(account.name)),
      };
    }
    const known = await byRemote(tx, connection.id, record.id);
    if (!known) return unread;
    const person = personView(known, connection, lit);
    return {
      recordId: record.id,
      name: known.name,
      flag: person.status.flag,
      sign: SIGNS[person.status.flag],
      label: say('badgeNamed', isolated(known.name), say(badgeLabel(person.status))),
      owner: person.owner,
      waiting: await waits(known.contact),
      action: say('badgeAction', isolated(known.name)),
    };
  });
};

export interface Opening {
  readonly by: 'command' | 'badge';
  readonly at: number;
}
export const openingName = (tab: number): string => `opening/${tab}`;
/** How long a frame has to report after the person asked for it. */
export const OPENS_WITHIN_MS = 1_000;

/**
 * Shows the panel over a page because the person asked: by the browser's own command, or by a click on a badge that
 * was seen. Where the page does not let it appear within a second, the toolbar popup opens with the same draft.
 */
export const showPanel = async (house: House, tab: number, by: Opening['by']): Promise<void> => {
  const { platform } = house;
  const opening: Opening = { by, at: platform.now() };
  // All at once: the person has pressed, and nothing is on screen yet.
  const [dock] = await Promise.all([
    dockFor(house, tab),
    platform.session.set(openingName(tab), opening),
    platform.session.remove(`ready/${tab}`),
  ]);
  const order: Announcement<'show'> = { candor: 1, announce: 'show', with: dock };
  const shown = await platform.tellTab(tab, order).catch(() => null);
  const accepted = (shown as { shown?: boolean } | null)?.shown === true;
  if (accepted) await platform.after(OPENS_WITHIN_MS);
  if (accepted && (await platform.session.get(`ready/${tab}`))) return;
  // Asked for again within the second: that opening decides, and this one must not close its frame.
  const latest = (await platform.session.get(openingName(tab))) as Opening | undefined;
  if (latest && latest.at !== opening.at) return;
  await platform.tellTab(tab, { candor: 1, announce: 'hide', with: null }).catch(() => {});
  await platform.openPopup();
};

export const badgeClicked: Handler<'badgeClicked'> = async (house, { visible }, { tab }) => {
  if (!tab) return null;
  if (visible && (await isPlain(house, tab.id))) await showPanel(house, tab.id, 'badge');
  else await house.platform.openPopup();
  return null;
};

export const badgeTaken: Handler<'badgeTaken'> = async ({ platform, say }, _ask, { tab }) => {
  if (tab) await platform.pointToToolbar(tab.id, say('toolbarInstead'));
  return null;
};
