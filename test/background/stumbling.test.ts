/** Storage stumbles while something is on its way. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Platform } from '../../src/background/platform.ts';
import { memoryStore } from '../../src/background/store/memory.ts';
import { StorageRefused } from '../../src/background/store/store.ts';
import { wake } from '../../src/background/wake.ts';
import { openHouse, type TestHouse, tell } from '../support/house.ts';

let house: TestHouse | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

describe('what the CRM answered', () => {
  it('is kept when the transaction that writes it is aborted: the pause holds', async () => {
    let aborts = 0;
    const store = memoryStore({
      beforeComplete: () => {
        if (aborts > 0) {
          aborts -= 1;
          throw new StorageRefused('aborted');
        }
      },
    });
    house = await openHouse({}, store);
    await tell(house, 'Dana Reyes');
    house.platform.time += 11_000;
    await house.log('Dana Reyes', 'met @dana, all well');
    house.org.faults.add({ match: { pathIncludes: '/composite/' }, do: { status: 503, retryAfter: '120' } });
    house.platform.whileFetching = async (url) => {
      if (url.includes('/composite/')) aborts = 2;
    };
    await house.sendAll();
    const before = house.platform.sent.length;
    house.platform.time += 60_000;
    await house.reboot().sender.run();
    expect(house.platform.sent).toHaveLength(before);
    house.platform.whileFetching = async () => {};
    house.platform.time += 61_000;
    await house.sender.run();
    expect(house.org.records.all('Event')).toHaveLength(1);
  });
});

describe('the reminder', () => {
  const alarms = () => {
    const set: string[] = [];
    const did: string[] = [];
    const timers: (() => void)[] = [];
    const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    const platform = {
      now: () => 0,
      online: () => true,
      later: (_ms: number, then: () => void) => {
        timers.push(then);
        return () => {};
      },
      ensureAlarm: async (name: string) => {
        const there = set.includes(name);
        await settled();
        if (there) return;
        did.push(`create ${name}`);
        set.push(name);
      },
      clearAlarm: async (name: string) => {
        did.push(`clear ${name}`);
        set.splice(set.indexOf(name), 1);
      },
    } as unknown as Platform;
    return { platform, did, timers, settled };
  };

  it('is there before the first look and stays when that look fails', async () => {
    const { platform, did, timers, settled } = alarms();
    const { now } = wake(
      platform,
      async () => {
        throw new StorageRefused('aborted');
      },
      () => {},
    );
    now();
    timers.pop()?.();
    for (let round = 0; round < 5; round += 1) await settled();
    expect(did).toEqual(['create candor.wake']);
  });

  it('is made once however many ask for it at the same time, and goes when nothing is due', async () => {
    const { platform, did, settled } = alarms();
    const { now, at } = wake(
      platform,
      async () => {},
      () => {},
    );
    now();
    at(60_000);
    now();
    for (let round = 0; round < 5; round += 1) await settled();
    expect(did).toEqual(['create candor.wake']);
    at(null);
    for (let round = 0; round < 5; round += 1) await settled();
    expect(did.at(-1)).toBe('clear candor.wake');
  });
});
