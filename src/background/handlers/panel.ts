/** The panel's frame: it reports itself, grows, goes, or hands over to a surface the page cannot touch. */
import type { Announcement } from '../../messenger.ts';
import { grown, moved } from '../dock.ts';
import type { Handler } from './handler.ts';

export const frameReady: Handler<'frameReady'> = async (house, { height }, { tab }) => {
  if (!tab) return null;
  const { platform } = house;
  await platform.session.set(`ready/${tab.id}`, true);
  const order: Announcement<'resize'> = {
    candor: 1,
    announce: 'resize',
    with: await grown(house, tab.id, height),
  };
  // The frame may be gone by the time its height arrives.
  await platform.tellTab(tab.id, order).catch(() => {});
  return null;
};

export const closePanel: Handler<'closePanel'> = async ({ platform }, _ask, { tab }) => {
  if (tab) await platform.tellTab(tab.id, { candor: 1, announce: 'hide', with: null }).catch(() => {});
  return null;
};

export const dockPanel: Handler<'dockPanel'> = async (house, _ask, { tab }) => {
  if (!tab) return null;
  const order: Announcement<'resize'> = { candor: 1, announce: 'resize', with: await moved(house, tab.id) };
  await house.platform.tellTab(tab.id, order).catch(() => {});
  return null;
};

export const continueInPopup: Handler<'continueInPopup'> = async ({ platform }) => {
  await platform.openPopup();
  return null;
};

export const openDashboard: Handler<'openDashboard'> = async ({ platform }, { view, contact }) => {
  const place = contact ? `contacts/${encodeURIComponent(contact)}` : (view ?? 'today');
  await platform.openTab(`src/dashboard/index.html#/${place}`);
  return null;
};
