/** The directory: people pulled by what changed, a page at a time, politely, and no more of them than were asked for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForPull, puller } from '../../src/background/pull.ts';
import { openHouse, say, type TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const HOURS = 3_600_000;
const run = () => puller(house.house).run();
const people = () => house.store.read((tx) => tx.all('people'));
const names = async () => (await people()).map(({ name }) => name).sort();
const view = async () => {
  const [directory] = await house.ask('directories');
  if (!directory) throw new Error('no directory');
  return directory;
};
const setScope = (scope: 'mine_and_recent' | 'all_visible') =>
  house.ask('pullDirectory', { connection: house.connection, scope });
const mine = () => {
  const [user] = house.org.records.all('User');
  return house.org.records
    .all('Contact')
    .filter(({ OwnerId }) => OwnerId === user?.Id)
    .map(({ Name, FirstName, LastName }) => String(Name ?? [FirstName, LastName].filter(Boolean).join(' ')))
    .sort();
};
const asked = () => house.platform.sent.filter(({ url }) => /query/u.test(url));

describe('the directory', () => {
  it('brings those the user owns and nobody else, unless everybody is asked for', async () => {
    await run();
    expect(await names()).toEqual(mine());
    expect(mine().length).toBeLessThan(house.org.records.all('Contact').length);
    await setScope('all_visible');
    await run();
    expect(await people()).toHaveLength(house.org.records.all('Contact').length);
    expect(say((await view()).sentence)).toMatch(/^\d+ people, found without the network\.$/u);
  });

  it('leaves out again whoever is outside when the scope becomes narrow', async () => {
    await setScope('all_visible');
    await run();
    house.platform.time += 60_000;
    await setScope('mine_and_recent');
    await run();
    expect(await names()).toEqual(mine());
  });

  it('keeps whom an opened page brought when the scope becomes narrow, also if the wide pull met them before', async () => {
    await setScope('all_visible');
    await run();
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const { account } = await house.ask('openForm');
    const met = (await people()).filter(({ openedAt }) => openedAt !== undefined).map(({ name }) => name);
    expect(met).toHaveLength((account?.told ?? 0) + (account?.untold ?? 0));
    expect(met.filter((name) => !mine().includes(name)).length).toBeGreaterThan(0);
    house.platform.time += 60_000;
    await setScope('mine_and_recent');
    await run();
    expect(await names()).toEqual([...new Set([...mine(), ...met])].sort());
    expect((await house.ask('openForm')).account).toEqual(account);
  });

  it('does not take the place of reading an opened page: the account knows its people, and so does @', async () => {
    await run();
    const dana = house.org.records.contact('Dana Reyes');
    const others = house.org.records.all('Contact').filter(({ AccountId }) => AccountId === dana.AccountId);
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const form = await house.ask('openForm');
    expect((form.account?.told ?? 0) + (form.account?.untold ?? 0)).toBe(others.length);
    const stranger = others.find(({ Id }) => !form.people.some(({ id }) => id.endsWith(String(Id))));
    expect(stranger).toBeUndefined();
    const asked = house.platform.sent.length;
    await house.ask('openForm');
    expect(house.platform.sent, 'within the hour it is not read again').toHaveLength(asked);
  });

  it('asks at most every four hours, and then only for what changed', async () => {
    await run();
    const first = asked().length;
    house.platform.time += HOURS;
    await run();
    expect(asked()).toHaveLength(first);
    house.platform.time += 4 * HOURS;
    await run();
    const later = asked().slice(first);
    expect(later.length).toBeGreaterThan(0);
    expect(later.every(({ url }) => /SystemModstamp|LastViewedDate/u.test(decodeURIComponent(url)))).toBe(true);
    expect(later.some(({ url }) => url.includes('COUNT'))).toBe(false);
  });

  it('goes on at the page it had reached when the worker was stopped', async () => {
    await setScope('all_visible');
    let pages = 0;
    house.platform.beforeFetch = (url) => {
      if (!decodeURIComponent(url).includes('ORDER BY')) return;
      pages += 1;
      if (pages === 2) throw new TypeError('worker stopped');
    };
    await run();
    const half = (await people()).length;
    house.platform.beforeFetch = () => {};
    house.platform.time += 6 * 60_000;
    const before = asked().length;
    await puller(house.reboot().house).run();
    expect(half).toBeGreaterThan(0);
    expect(await people()).toHaveLength(house.org.records.all('Contact').length);
    expect(
      asked()
        .slice(before)
        .some(({ url }) => url.includes('COUNT')),
    ).toBe(false);
  });

  it('waits when the CRM asks to wait, and so does the sender', async () => {
    house.org.faults.add({ match: { pathIncludes: '/query' }, do: { status: 503, retryAfter: '120' } });
    await run();
    const before = house.platform.sent.length;
    house.platform.time += 60_000;
    await run();
    await house.sender.run();
    expect(house.platform.sent).toHaveLength(before);
    expect(say((await view()).sentence)).toBe('The CRM asked to wait. It goes on by itself.');
    house.platform.time += 61_000;
    await run();
    expect(await names()).toEqual(mine());
  });

  it('does not ask while the sender was told to wait', async () => {
    await house.store.write(async (tx) => {
      const row = await tx.get('connections', house.connection);
      if (row) await tx.put('connections', { ...row, pausedUntil: house.platform.time + 1000 });
    });
    const before = house.platform.sent.length;
    await run();
    expect(house.platform.sent).toHaveLength(before);
  });

  it('stops when it is told to, says so, and goes on when it is asked to', async () => {
    await house.ask('cancelPull', { connection: house.connection });
    await run();
    expect(await people()).toEqual([]);
    expect(say((await view()).sentence)).toBe('Stopped. 0 people are here.');
    await house.ask('pullDirectory', { connection: house.connection });
    await run();
    expect(await names()).toEqual(mine());
  });

  it('shows how far it is', async () => {
    await setScope('all_visible');
    expect(await view()).toMatchObject({ pulling: true, got: 0 });
    const seen: string[] = [];
    let look = Promise.resolve();
    const changed = () => {
      look = look.then(async () => void seen.push(say((await view()).sentence)));
    };
    let requests = 0;
    house.platform.beforeFetch = (url) => {
      if (decodeURIComponent(url).includes('ORDER BY') && ++requests === 2) throw new TypeError('offline');
    };
    await puller({ ...house.house, changed }).run();
    await house.store.write((tx) => askForPull(tx, house.connection));
    const all = new Intl.NumberFormat('en').format(house.org.records.all('Contact').length);
    expect(say((await view()).sentence)).toBe(`200 of about ${all} people`);
    await run();
    await look;
    expect(seen.length).toBeGreaterThan(0);
    expect((await view()).pulling).toBe(false);
  });

  it('writes no fact: looking is not holding', async () => {
    const before = await house.store.read((tx) => tx.count('facts'));
    await run();
    expect(await house.store.read((tx) => tx.count('facts'))).toBe(before);
    expect((await house.ask('contacts')).rows).toEqual([]);
  });
});

describe('a name nobody has', () => {
  const preview = async (text: string) => {
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const form = await house.ask('openForm');
    return { form, shown: await house.ask('preview', { formId: form.formId, text }) };
  };

  it('is offered whom one slip of the finger may have meant, and is new all the same until one is chosen', async () => {
    const { form, shown } = await preview('met @Dnaa Reyes, all well');
    const [person] = shown.people.filter(({ span }) => span !== null);
    expect(person).toMatchObject({ isNew: true, leaves: 'when_told' });
    expect(person?.alternatives.map(({ name }) => name)).toContain('Dana Reyes');
    expect(shown.refusal).toBeNull();
    expect(shown.stays.map((sentence) => say(sentence)).join()).toContain('Did you mean Dana Reyes');
    const chosen = person?.alternatives[0]?.id ?? '';
    await house.ask('choosePerson', { formId: form.formId, mention: 'Dnaa Reyes', person: chosen });
    const after = await house.ask('preview', { formId: form.formId, text: 'met @Dnaa Reyes, all well' });
    expect(after.people.some(({ isNew }) => isNew)).toBe(false);
  });

  it('is offered nobody when it is more than a slip away, and a short name never', async () => {
    for (const name of ['Ada Lovelace', 'Lo']) {
      const { shown } = await preview(`met @${name}, all well`);
      expect(shown.people.filter(({ isNew }) => isNew).flatMap(({ alternatives }) => alternatives)).toEqual([]);
    }
  });
});
