/** The CRM asked to be left alone: nothing goes out, whoever was told and whoever would ask. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse, tell, tokenName } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
  await tell(house, 'Dana Reyes');
  house.platform.time += 11_000;
});
afterEach(() => house.close());

const paused = { status: 503, retryAfter: '120' } as const;
const events = () => house.org.records.all('Event');
const dueBy = async (ms: number): Promise<void> => {
  house.platform.time += ms;
  await house.sender.run();
};

describe('inside the wait that the CRM asked for', () => {
  it('nobody is looked up', async () => {
    house.org.faults.add({ match: { pathIncludes: '/composite/' }, do: paused });
    await house.log('Dana Reyes', 'met @dana, all well');
    await dueBy(11_000);
    const before = house.platform.sent.length;
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    house.platform.time += 60_000;
    const form = await house.ask('openForm');
    await house.ask('findPeople', { formId: form.formId, words: 'somebody else', inCrm: true });
    expect(house.platform.sent).toHaveLength(before);
  });

  it('nothing is sent when it was a read that was told', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    house.org.faults.add({ match: { pathIncludes: '/search' }, do: paused });
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const form = await house.ask('openForm');
    await house.ask('findPeople', { formId: form.formId, words: 'somebody else', inCrm: true });
    await dueBy(60_000);
    expect(events()).toHaveLength(0);
    await dueBy(61_000);
    expect(events()).toHaveLength(1);
  });

  it('nothing is sent when it was the sign-in that was told', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    await house.platform.session.remove(tokenName(house.connection));
    house.org.faults.add({ match: { pathIncludes: '/oauth2/token' }, do: paused });
    await dueBy(11_000);
    const before = house.platform.sent.length;
    await dueBy(60_000);
    expect(house.platform.sent).toHaveLength(before);
    await dueBy(61_000);
    expect(events()).toHaveLength(1);
  });

  it('signing in again forgives nothing', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    house.org.faults.add({ match: { pathIncludes: '/composite/' }, do: paused });
    let pausing = false;
    house.platform.whileFetching = async (url) => {
      if (pausing || !url.includes('/oauth2/token')) return;
      // While the person signs in, the sender is told to wait.
      pausing = true;
      await dueBy(11_000);
    };
    await house.ask('connect', { address: house.org.hosts.ui, clientId: 'candor-demo-client' });
    await dueBy(60_000);
    expect(events()).toHaveLength(0);
    await dueBy(61_000);
    expect(events()).toHaveLength(1);
  });
});
