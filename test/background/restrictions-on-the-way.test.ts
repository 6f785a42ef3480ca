/** What happens to a restriction between the device and the CRM: stopped clocks, waits, sign-ins, storage. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/background/store/memory.ts';
import { StorageRefused } from '../../src/background/store/store.ts';
import { openHouse, type TestHouse, tell, tokenName } from '../support/house.ts';

let house: TestHouse;
let aborts = 0;
let ids = 0;
beforeEach(async () => {
  aborts = 0;
  const beforeComplete = (): void => {
    if (aborts > 0) {
      aborts -= 1;
      throw new StorageRefused('aborted');
    }
  };
  house = await openHouse({}, memoryStore({ beforeComplete }));
});
afterEach(() => house.close());

const personOn = async (name: string): Promise<string> => {
  house.platform.tabUrl = house.contactUrl(name);
  return (await house.ask('openForm')).pageContact?.id ?? '';
};
const object = async (contact: string) => {
  ids += 1;
  return house.ask('raiseObjection', { commandId: `on-the-way-${ids}`, contact, scope: 'general' });
};
const closed = (name: string): unknown => house.org.records.contact(name).HasOptedOutOfEmail;
const rows = () => house.store.read(async (tx) => (await tx.all('outbox')).filter(({ about }) => about));
const dueBy = async (ms: number): Promise<void> => {
  house.platform.time += ms;
  await house.sender.run();
};
const match = { bodyIncludes: 'HasOptedOutOfEmail' };
const DAY = 86_400_000;

describe('an objection on its way', () => {
  it('does not wait for years when the clock is put back', async () => {
    await object(await personOn('Li Wei'));
    await dueBy(-365 * DAY);
    expect(closed('Li Wei')).toBe(true);
  });

  it('that was told to wait stops everything else as well, also when storage stumbles, and goes afterwards', async () => {
    await tell(house, 'Dana Reyes');
    house.platform.time += 11_000;
    await object(await personOn('Li Wei'));
    await house.log('Dana Reyes', 'met @dana, all well');
    house.org.faults.add({ match, do: { status: 503, retryAfter: '120' } });
    house.platform.whileFetching = async () => {
      house.platform.whileFetching = async () => {};
      aborts = 2;
    };
    await dueBy(11_000);
    const before = house.platform.sent.length;
    await dueBy(60_000);
    expect(house.platform.sent).toHaveLength(before);
    await dueBy(61_000);
    expect(closed('Li Wei')).toBe(true);
    expect(house.org.records.all('Event')).toHaveLength(1);
  });

  it('is not put before a person because nobody was signed in', async () => {
    await object(await personOn('Li Wei'));
    await house.platform.session.remove(tokenName(house.connection));
    house.org.faults.add({
      match: { pathIncludes: '/oauth2/token' },
      do: { status: 400, body: { error: 'invalid_grant' } },
    });
    await dueBy(11_000);
    expect((await house.store.read((tx) => tx.get('connections', house.connection)))?.state).toBe('sign_in_needed');
    expect((await rows()).map(({ state, attempts }) => [state, attempts])).toEqual([['queued', 0]]);
    await house.ask('connect', { address: house.org.hosts.ui, clientId: 'candor-demo-client' });
    await dueBy(1_000);
    expect(closed('Li Wei')).toBe(true);
  });

  it('waits for the permission that was taken back', async () => {
    await object(await personOn('Li Wei'));
    house.platform.permitted = false;
    await dueBy(11_000);
    expect((await house.store.read((tx) => tx.get('connections', house.connection)))?.state).toBe('permission_missing');
    expect((await rows()).map(({ state }) => state)).toEqual(['queued']);
  });

  it('is asked for again however long nobody answers', async () => {
    await object(await personOn('Li Wei'));
    house.platform.beforeFetch = () => {
      throw new TypeError('no network');
    };
    for (let tries = 0; tries < 15; tries += 1) await dueBy(300_000);
    expect((await rows()).map(({ state }) => state)).toEqual(['queued']);
    house.platform.beforeFetch = () => {};
    await dueBy(300_000);
    expect(closed('Li Wei')).toBe(true);
  });

  it('follows somebody to whom the CRM merged them into, whose own notice and line stay as they are', async () => {
    await tell(house, 'Dana Reyes');
    await dueBy(11_000);
    const before = house.org.records.contact('Dana Reyes');
    const own = (row: typeof before) => [row.Candor_Disclosure__c, row.Candor_Told_On__c, row.Candor_Status__c];
    expect(own(before)[0]).toBe('told');
    const kept = own(before);
    const li = await personOn('Li Wei');
    await object(li);
    house.org.mergeContacts(String(before.Id), String(house.org.records.contact('Li Wei').Id));
    await dueBy(11_000);
    await dueBy(60_000);
    expect(closed('Dana Reyes')).toBe(true);
    expect(own(house.org.records.contact('Dana Reyes'))).toEqual(kept);
    expect((await rows()).map(({ state }) => state)).toEqual(['settled']);
  });

  it('holds although the log in which the person was met first is taken back', async () => {
    const activity = await house.log('Li Wei', 'met @li, all well');
    const contact = (await house.store.read((tx) => tx.all('contacts'))).at(-1)?.contact ?? '';
    await object(contact);
    expect(await house.ask('undo', { activity })).toEqual({ is: 'done' });
    expect(await personOn('Li Wei')).toBe(contact);
    await dueBy(11_000);
    expect(closed('Li Wei')).toBe(true);
  });

  it('keeps its ten seconds although an older one of the same person is due', async () => {
    const contact = await personOn('Li Wei');
    const payload = { purpose: 'direct_marketing', channel: 'phone', via: 'call' } as const;
    await house.ask('act', { commandId: 'older', contact, act: { type: 'consent.withdrawn', payload } });
    house.platform.isOnline = false;
    await dueBy(11_000);
    house.platform.isOnline = true;
    await object(contact);
    await dueBy(5_000);
    expect(closed('Li Wei')).toBe(false);
    await dueBy(6_000);
    expect(closed('Li Wei')).toBe(true);
  });
});
