/** Storage stumbles while something is on its way. */
import { afterEach, describe, expect, it } from 'vitest';
import type { DemoOrgOptions } from '../../demo/crm/index.ts';
import type { Platform } from '../../src/background/platform.ts';
import { puller } from '../../src/background/pull.ts';
import { memoryStore } from '../../src/background/store/memory.ts';
import { StorageRefused } from '../../src/background/store/store.ts';
import { wake } from '../../src/background/wake.ts';
import { openHouse, type TestHouse, tell, tokenName } from '../support/house.ts';

let house: TestHouse | null = null;
afterEach(async () => {
  await house?.close();
  house = null;
});

const paused = { status: 503, retryAfter: '120' } as const;

/** A house whose storage aborts the next two transactions once a request to `path` was answered. */
const stumblingAfter = async (path: string, options: DemoOrgOptions = {}): Promise<TestHouse> => {
  let aborts = 0;
  const store = memoryStore({
    beforeComplete: () => {
      if (aborts > 0) {
        aborts -= 1;
        throw new StorageRefused('aborted');
      }
    },
  });
  house = await openHouse(options, store);
  await tell(house, 'Dana Reyes');
  house.platform.time += 11_000;
  house.platform.whileFetching = async (url) => {
    if (!url.includes(path)) return;
    if (house) house.platform.whileFetching = async () => {};
    aborts = 2;
  };
  return house;
};

/** Nothing leaves inside the two minutes, in this worker or the next; after them the log does. */
const heeds = async (from: TestHouse): Promise<void> => {
  const before = from.platform.sent.length;
  from.platform.time += 60_000;
  await from.reboot().sender.run();
  expect(from.platform.sent).toHaveLength(before);
  from.platform.time += 61_000;
  await from.sender.run();
  expect(from.org.records.all('Event')).toHaveLength(1);
};

describe('what the CRM answered is kept when the transaction that writes it is aborted', () => {
  it('the wait that a push was told', async () => {
    const { log, org, sendAll } = await stumblingAfter('/composite/');
    await log('Dana Reyes', 'met @dana, all well');
    org.faults.add({ match: { pathIncludes: '/composite/' }, do: paused });
    await sendAll();
    await heeds(house as TestHouse);
  });

  it('the wait that a search was told', async () => {
    const { log, org, platform, ask, contactUrl } = await stumblingAfter('/search');
    await log('Dana Reyes', 'met @dana, all well');
    org.faults.add({ match: { pathIncludes: '/search' }, do: paused });
    platform.tabUrl = contactUrl('Dana Reyes');
    const { formId } = await ask('openForm');
    await ask('findPeople', { formId, words: 'somebody else', inCrm: true });
    await heeds(house as TestHouse);
  });

  it('the wait that the directory was told', async () => {
    const { log, org, house: inside } = await stumblingAfter('SystemModstamp');
    await log('Dana Reyes', 'met @dana, all well');
    org.faults.add({ match: { pathIncludes: 'SystemModstamp' }, do: paused });
    await puller(inside).run();
    await heeds(house as TestHouse);
  });

  it('the token that takes the place of a spent one: nobody has to sign in again', async () => {
    const { log, platform, sendAll, org, connection } = await stumblingAfter('/oauth2/token', {
      rotateRefreshTokens: true,
    });
    for (const time of [1, 2]) {
      await platform.session.remove(tokenName(connection));
      await log('Dana Reyes', `met @dana, all well ${time}`);
      await sendAll();
      expect(org.records.all('Event')).toHaveLength(time);
    }
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
