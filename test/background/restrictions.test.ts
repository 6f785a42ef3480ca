/** Restrictions are never delayed: they reach every CRM that already holds the person, whatever else is withheld. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse, tell } from '../support/house.ts';

let house: TestHouse;
let ids = 0;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const personOn = async (name: string): Promise<string> => {
  house.platform.tabUrl = house.contactUrl(name);
  return (await house.ask('openForm')).pageContact?.id ?? '';
};
const object = async (contact: string, scope: 'general' | 'direct_marketing' = 'direct_marketing') => {
  ids += 1;
  return house.ask('raiseObjection', { commandId: `objection-${ids}`, contact, scope });
};
const flags = (name: string) => {
  const { HasOptedOutOfEmail, DoNotCall } = house.org.records.contact(name);
  return { HasOptedOutOfEmail, DoNotCall };
};
const rows = () => house.store.read(async (tx) => (await tx.all('outbox')).filter(({ about }) => about));
const keyOf = async (name: string) =>
  (await house.store.read((tx) => tx.all('contacts'))).find((row) => row.name === name)?.contact ?? '';

describe('an objection', () => {
  it('closes every channel in the CRM although the person was never told, and its receipt is a fact', async () => {
    await object(await personOn('Li Wei'));
    await house.sendAll();
    expect(flags('Li Wei')).toEqual({ HasOptedOutOfEmail: true, DoNotCall: true });
    const key = await keyOf('Li Wei');
    const types = (await house.store.read((tx) => tx.all('facts', { prefix: [`contact/${key}`] }))).map(
      (one) => one.type,
    );
    expect(types).toContain('delivery.stored');
    expect((await rows()).map(({ state }) => state)).toEqual(['settled']);
  });

  it('is sent once, however often the sender runs', async () => {
    await object(await personOn('Li Wei'));
    await house.sendAll();
    await house.sendAll();
    await house.reboot().sender.run();
    const writes = house.platform.sent.filter(({ body }) => body.includes('HasOptedOutOfEmail'));
    expect(writes).toHaveLength(1);
  });

  it('that was taken back within its ten seconds closes nothing', async () => {
    await object(await personOn('Li Wei'));
    const contact = await keyOf('Li Wei');
    await house.ask('voidFact', { commandId: 'undo', contact, ref: `objection-${ids}` });
    await house.sendAll();
    expect(flags('Li Wei')).toEqual({ HasOptedOutOfEmail: false, DoNotCall: false });
    expect(await rows()).toEqual([]);
  });

  it('of somebody whom no CRM holds is recorded, and nothing is sent', async () => {
    await house.log('Dana Reyes', 'met @Ada Lovelace');
    await object(await keyOf('Ada Lovelace'), 'general');
    house.platform.sent.length = 0;
    await house.sendAll();
    expect(house.platform.sent.filter(({ body }) => body.includes('HasOptedOutOfEmail'))).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it('waits for the network, and goes when it is back', async () => {
    await object(await personOn('Li Wei'));
    house.platform.isOnline = false;
    await house.sendAll();
    expect(flags('Li Wei').HasOptedOutOfEmail).toBe(false);
    house.platform.isOnline = true;
    house.platform.time += 60_000;
    await house.sendAll();
    expect(flags('Li Wei').HasOptedOutOfEmail).toBe(true);
  });
});

describe('an answer that was lost', () => {
  it('is asked for again by the person’s own id, which changes nothing twice', async () => {
    await object(await personOn('Li Wei'));
    house.org.faults.add({ match: { bodyIncludes: 'HasOptedOutOfEmail' }, do: 'drop_after' });
    await house.sendAll();
    expect((await rows()).map(({ state }) => state)).toEqual(['queued']);
    house.platform.time += 60_000;
    await house.sendAll();
    expect(flags('Li Wei')).toEqual({ HasOptedOutOfEmail: true, DoNotCall: true });
    expect((await rows()).map(({ state }) => state)).toEqual(['settled']);
  });
});

describe('other restrictions', () => {
  it('a withdrawal for one channel closes that channel only', async () => {
    const contact = await personOn('Li Wei');
    const payload = { purpose: 'direct_marketing', channel: 'phone', via: 'call' } as const;
    expect(
      await house.ask('act', { commandId: 'withdrawn', contact, act: { type: 'consent.withdrawn', payload } }),
    ).toEqual({ is: 'done' });
    await house.sendAll();
    expect(flags('Li Wei')).toEqual({ HasOptedOutOfEmail: false, DoNotCall: true });
  });

  it('a notice that came back restricts nobody', async () => {
    await tell(house, 'Li Wei');
    const contact = await keyOf('Li Wei');
    const timeline = await house.ask('timeline', { contact });
    const ref = timeline?.entries.find(({ type }) => type === 'notice.delivered')?.id ?? '';
    await house.ask('noticeFailed', { commandId: 'bounced', contact, ref, reason: 'bounced' });
    await house.sendAll();
    expect(flags('Li Wei')).toEqual({ HasOptedOutOfEmail: false, DoNotCall: false });
  });

  it('what the CRM refuses waits for somebody, with its reason, and is on the officer’s desk', async () => {
    const contact = await personOn('Li Wei');
    await object(contact);
    house.org.faults.add({
      match: { bodyIncludes: 'HasOptedOutOfEmail' },
      do: { status: 403, body: [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'no access to this field' }] },
    });
    await house.sendAll();
    expect((await rows()).map(({ state, why }) => [state, why?.is])).toEqual([['needs_you', 'forbidden']]);
    expect((await house.ask('desk')).stuck).toMatchObject([{ name: 'Li Wei', sentence: { key: 'deskStuck' } }]);
    expect(await house.ask('retry', { activity: `contact/${await keyOf('Li Wei')}` })).toEqual({ is: 'done' });
    await house.sendAll();
    expect(flags('Li Wei')).toEqual({ HasOptedOutOfEmail: true, DoNotCall: true });
    expect((await house.ask('desk')).stuck).toEqual([]);
  });
});
