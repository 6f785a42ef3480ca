/** Waits: the undo of what opens something, and clocks that are put back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse, tell } from '../support/house.ts';

const LINE = 'met @dana and @li 45m yesterday 3pm, she wants pricing by region';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
  await tell(house, 'Dana Reyes');
  house.platform.time += 11_000;
});
afterEach(() => house.close());

const events = () => house.org.records.all('Event');
const bodies = () => house.platform.sent.map(({ body }) => body).join('\n');
const li = () => String(house.org.records.contact('Li Wei').Id);

describe('what a confirmation opens waits for its undo', () => {
  it('also when the log was on its way already', async () => {
    house.platform.isOnline = false;
    await house.log('Dana Reyes', LINE);
    house.platform.time += 60_000;
    await tell(house, 'Li Wei');
    house.platform.isOnline = true;
    house.platform.sent.length = 0;
    await house.sender.run();
    expect(bodies()).not.toMatch(/pricing/);
    expect(bodies()).not.toContain(li());
    await house.sendAll();
    expect(events()[0]).toMatchObject({ Description: 'she wants pricing by region' });
  });

  it('also when the record was on the wire, and its completion is planned only afterwards', async () => {
    await house.log('Dana Reyes', LINE);
    house.platform.time += 10_000;
    let told = false;
    house.platform.whileFetching = async (url) => {
      if (told || !url.includes('/composite/')) return;
      told = true;
      await tell(house, 'Li Wei');
    };
    await house.sender.run();
    expect(events()).toHaveLength(1);
    expect(bodies()).not.toMatch(/pricing/);
    await house.sendAll();
    expect(events()[0]).toMatchObject({ Description: 'she wants pricing by region' });
  });

  it('also when the worker was stopped with the record on the wire', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    house.platform.time += 10_000;
    await house.store.write(async (tx) => {
      const row = await tx.get('outbox', `${activity}/record`);
      if (row) await tx.put('outbox', { ...row, state: 'in_flight' });
    });
    await tell(house, 'Li Wei');
    await house.reboot().sender.run();
    expect(bodies()).not.toMatch(/pricing/);
    await house.sendAll();
    expect(events()[0]).toMatchObject({ Description: 'she wants pricing by region' });
  });
});

describe('a clock that is put back', () => {
  it('keeps no log waiting until it has caught up', async () => {
    await house.log('Dana Reyes', LINE);
    house.platform.time -= 40 * 86_400_000;
    await house.sendAll();
    expect(events()).toHaveLength(1);
  });

  it('still keeps the CRM’s pause, for the longest that it can be', async () => {
    house.org.faults.add({ match: { pathIncludes: '/composite/' }, do: { status: 503, retryAfter: '120' } });
    await house.log('Dana Reyes', LINE);
    await house.sendAll();
    house.platform.time -= 40 * 86_400_000;
    const before = house.platform.sent.length;
    await house.sendAll();
    expect(house.platform.sent).toHaveLength(before);
    house.platform.time += 60 * 60_000;
    await house.sendAll();
    expect(events()).toHaveLength(1);
  });
});
