/** What the company set once. Where it is established and who works alone are facts too: they decide what may leave. */
import { POLICY_STREAM } from '../../domain/events.ts';
import { BUILT_IN } from '../../domain/policy/built-in.ts';
import { jurisdictionOf } from '../../domain/policy/resolve.ts';
import { decideAlone } from '../../domain/who.ts';
import { managedRolesOf } from '../authority.ts';
import { append, deviceOf } from '../ledger.ts';
import { type Settings, saveSettings as save, settingsOf } from '../settings.ts';
import { done, type Handler, refused } from './handler.ts';

export const settings: Handler<'settings'> = ({ store, platform }) => store.read((tx) => settingsOf(tx, platform));

const sameRules = (a: Settings['controller'], b: Settings['controller']): boolean =>
  a.zone === b.zone && a.country === b.country && JSON.stringify(a.holidays ?? []) === JSON.stringify(b.holidays ?? []);

export const saveSettings: Handler<'saveSettings'> = async (house, { controller, worksAlone }) => {
  const { store, platform } = house;
  const { name, privacyContact, zone } = controller;
  const country = controller.country?.trim() ?? '';
  if (!isZone(zone)) return refused('refuseZone', zone);
  if (country !== '' && jurisdictionOf(country, null, (key) => BUILT_IN.jurisdictions.has(key)) === null)
    return refused('refuseCountry', country);
  const noticePage = controller.noticePage?.trim() ?? '';
  if (noticePage !== '' && !isPage(noticePage)) return refused('refuseNoticePage', noticePage);
  const managed = await managedRolesOf(platform);
  const answer = await store.write(async (tx) => {
    const before = await settingsOf(tx, platform);
    const now = new Date(platform.now()).toISOString();
    const author = { actor: 'this-device', role: 'manager' as const };
    const holidays = [...new Set(controller.holidays ?? [])].sort();
    const next: Settings = {
      controller: {
        name: name.trim(),
        privacyContact: privacyContact.trim(),
        zone,
        ...(country === '' ? {} : { country }),
        ...(holidays.length === 0 ? {} : { holidays }),
        ...(noticePage === '' ? {} : { noticePage }),
      },
      zoneAssumed: false,
      worksAlone,
    };
    if (worksAlone !== before.worksAlone) {
      const device = await deviceOf(tx, platform);
      const decision = decideAlone(
        worksAlone,
        { managed, alone: before.worksAlone },
        { device, commandId: platform.id(), now },
      );
      if ('refused' in decision) return refused('refuseManaged');
      await append(tx, platform, author, decision.facts);
    }
    if (!sameRules(before.controller, next.controller)) {
      await append(tx, platform, author, [
        {
          id: platform.id(),
          stream: POLICY_STREAM,
          type: 'controller.changed',
          occurredAt: now,
          payload: { country: country === '' ? null : country, zone, holidays },
        },
      ]);
    }
    await save(tx, next);
    return done;
  });
  if (answer.is === 'done') {
    house.changed();
    house.wake();
  }
  return answer;
};

/** A page that anybody can open: nothing but https, and no name or password in it. */
const isPage = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '';
};

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};
