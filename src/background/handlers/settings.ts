/** What the company set once. */
import { saveSettings as save, settingsOf } from '../settings.ts';
import { done, type Handler, refused } from './handler.ts';

export const settings: Handler<'settings'> = ({ store, platform }) => store.read((tx) => settingsOf(tx, platform));

export const saveSettings: Handler<'saveSettings'> = async (house, { controller, worksAlone }) => {
  const { name, privacyContact, zone } = controller;
  if (!isZone(zone)) return refused('refuseZone', zone);
  await house.store.write((tx) =>
    save(tx, {
      controller: { name: name.trim(), privacyContact: privacyContact.trim(), zone },
      zoneAssumed: false,
      worksAlone,
    }),
  );
  house.changed();
  return done;
};

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};
