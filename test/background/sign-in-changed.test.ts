/** Whose rows leave under whose sign-in. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse, tell } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
  await tell(house, 'Dana Reyes');
  house.platform.time += 11_000;
});
afterEach(() => house.close());

const events = () => house.org.records.all('Event');
const tasks = () => house.org.records.all('Task');
const connection = () => house.store.read((tx) => tx.get('connections', house.connection));
const signInMeanwhile = (): void => {
  let signing = false;
  house.platform.whileFetching = async (url) => {
    if (signing || !url.includes('/composite/')) return;
    signing = true;
    await house.ask('connect', { address: house.org.hosts.ui, clientId: 'candor-demo-client' });
  };
};

describe('somebody else signs in while a log is on the wire', () => {
  it('sends nothing more of it with their token, and everything later under its own sign-in', async () => {
    await house.log('Dana Reyes', 'met @dana, all well >send pricing fri');
    house.platform.time += 10_000;
    const tokens = new Set<string>();
    const { fetch } = house.platform;
    house.platform.fetch = (url, init) => {
      if (url.includes('/composite/')) tokens.add(init.headers.authorization ?? '');
      return fetch(url, init);
    };
    signInMeanwhile();
    await house.sender.run();
    expect(events()).toHaveLength(1);
    expect(tasks()).toHaveLength(0);
    expect(tokens.size).toBe(1);
    house.platform.whileFetching = async () => {};
    house.platform.time += 10 * 60_000;
    await house.sender.run();
    expect(tasks()).toHaveLength(1);
  });

  it('believes of two sign-ins at once the later one', async () => {
    const first = (await connection())?.signIn;
    let second: Promise<unknown> | null = null;
    house.platform.whileFetching = async (url) => {
      if (second || !url.includes('userinfo')) return;
      second = house.ask('connect', { address: house.org.hosts.ui, clientId: 'candor-demo-client' });
      await second;
      await house.store.write(async (tx) => {
        const row = await tx.get('connections', house.connection);
        if (row) await tx.put('connections', { ...row, userId: 'somebody else' });
      });
    };
    await house.ask('connect', { address: house.org.hosts.ui, clientId: 'candor-demo-client' });
    expect((await connection())?.signIn).not.toBe(first);
    expect((await connection())?.userId).toBe('somebody else');
  });
});
