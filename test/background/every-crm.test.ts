/** What the sender keeps whichever CRM it sends to: waits, sign-ins, identity, and one bad log among good ones. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CRMS, type Crm, type CrmHouse, openCrmHouse } from '../support/crm-house.ts';

const MINUTE = 60_000;

describe.each(CRMS)('sending to %s', (crm: Crm) => {
  let house: CrmHouse;
  beforeEach(async () => {
    house = await openCrmHouse(crm);
  });
  afterEach(() => house.close());

  const asked = () => house.crm.requests.length;
  const states = async () => (await house.rows()).filter(({ step }) => step === 'record').map(({ state }) => state);
  const isWrite = ({ method }: { readonly method: string }): boolean => method !== 'GET';

  it('asks nothing inside a wait that was asked for, by the clock of the CRM and not by ours', async () => {
    await house.log('Dana Reyes', 'met 45m');
    await house.log('Li Wei', 'called 15m');
    // The CRM's clock is years off: a date is taken relative to the date of the answer.
    house.crm.faults.add({ do: { status: 429, retryAfter: '120' }, match: isWrite });
    await house.sendAll();
    const before = asked();
    for (let minute = 0; minute < 110; minute += 10) await house.sendAll(1_000 * 10);
    expect(asked()).toBe(before);
    await house.sendAll(MINUTE);
    expect(house.crm.activities()).toHaveLength(2);
    expect(await states()).toEqual(['settled', 'settled']);
  });

  it('asks nothing inside a wait of unavailability either, and pauses no longer than an hour at once', async () => {
    await house.log('Dana Reyes', 'met 45m');
    house.crm.faults.add({ do: { status: 503, retryAfter: '999999' }, match: isWrite });
    await house.sendAll();
    const before = asked();
    await house.sendAll(59 * MINUTE);
    expect(asked()).toBe(before);
    await house.sendAll(2 * MINUTE);
    expect(house.crm.activities()).toHaveLength(1);
  });

  it('refreshes a token that expires among many logs once, and the rest goes on', async () => {
    for (let n = 0; n < 25; n += 1) await house.log('Dana Reyes', `met 45m re number ${n}`);
    let writes = 0;
    house.crm.faults.add({
      do: 'expire',
      match: (request) => {
        if (!isWrite(request) || /oauth2/.test(request.path)) return false;
        writes += 1;
        return writes === (crm === 'salesforce' ? 1 : 3);
      },
    });
    await house.sendAll();
    const refreshes = house.crm.requests.filter(({ path }) => /oauth2.*token/.test(path));
    if (crm === 'espocrm') {
      // A key is not refreshed: the person is asked, nothing is tried again, and everything waits.
      expect((await house.row()).state).toBe('sign_in_needed');
      expect(house.crm.requests.filter(({ status }) => status === 401)).toHaveLength(1);
      expect((await states()).filter((state) => state === 'settled')).toHaveLength(2);
      expect((await states()).filter((state) => state === 'queued')).toHaveLength(23);
    } else {
      expect(refreshes).toHaveLength(1);
      expect(house.crm.activities()).toHaveLength(25);
      expect(new Set(await states())).toEqual(new Set(['settled']));
    }
  });

  it('sends nothing of one user under another’s name', async () => {
    await house.log('Dana Reyes', 'met 45m');
    const row = await house.row();
    await house.store.write((tx) => tx.put('connections', { ...row, userId: 'somebody-else' }));
    const before = asked();
    await house.sendAll();
    expect(asked()).toBe(before);
    expect(await states()).toEqual(['queued']);
  });

  it('keeps the queue and says so when the permission was taken back, and sends once it is given again', async () => {
    await house.log('Dana Reyes', 'met 45m');
    house.platform.permitted = false;
    const before = asked();
    await house.sendAll();
    expect((await house.row()).state).toBe('permission_missing');
    expect(await states()).toEqual(['queued']);
    expect(asked()).toBe(before);
    house.platform.permitted = true;
    expect(await house.ask('testConnection', { connection: house.connection })).toMatchObject({ state: 'connected' });
    await house.sendAll(MINUTE);
    expect(await states()).toEqual(['settled']);
  });

  it('parks one log that fails five times by itself, while the others flow', async () => {
    await house.tell('Dana Reyes');
    for (let n = 0; n < 5; n += 1) await house.log('Dana Reyes', `met 45m re number ${n}${n === 2 ? ' poison' : ''}`);
    house.crm.faults.add({
      do: { status: 500, body: {} },
      times: 1_000,
      match: (request) => isWrite(request) && request.body.includes('poison'),
    });
    for (let round = 0; round < 14; round += 1) {
      await house.sendAll(10 * MINUTE);
      if (round === 2) await house.log('Dana Reyes', 'called 15m re later');
    }
    const rows = (await house.rows()).filter(({ step }) => step === 'record');
    const parked = rows.filter(({ state }) => state === 'needs_you');
    expect(parked).toHaveLength(1);
    expect(parked[0]?.why?.is).toMatch(/transient|unknown/);
    expect(parked[0]?.attempts).toBeLessThanOrEqual(6);
    expect(rows.filter(({ state }) => state === 'settled')).toHaveLength(5);
    expect(
      house.crm
        .activities()
        .map(({ subject }) => subject)
        .join(),
    ).not.toContain('poison');
  });

  it('parks nothing because the CRM was away for an hour', async () => {
    await house.log('Dana Reyes', 'met 45m');
    await house.log('Li Wei', 'met 30m');
    house.crm.faults.add({ do: 'drop_before', times: 40 });
    for (let round = 0; round < 12; round += 1) await house.sendAll(5 * MINUTE);
    expect(await states()).toEqual(['queued', 'queued']);
    house.crm.faults.clear();
    for (let round = 0; round < 3; round += 1) await house.sendAll(6 * MINUTE);
    expect(await states()).toEqual(['settled', 'settled']);
    expect(house.crm.activities()).toHaveLength(2);
  });

  it('says that a person who was deleted in the CRM is gone, and attaches the log to nobody', async () => {
    await house.log('Dana Reyes', 'met 45m');
    await house.tell('Dana Reyes');
    house.crm.removeContact(house.crm.contact('Dana Reyes'));
    await house.sendAll();
    await house.sendAll(MINUTE);
    const rows = (await house.rows()).filter(({ step }) => step === 'record');
    expect(rows).toMatchObject([{ state: 'needs_you', why: { is: 'gone' } }]);
    expect(house.crm.activities()).toEqual([]);
  });

  it('follows no redirect to another host, and tells it no token', async () => {
    const heard: IncomingMessage[] = [];
    const stranger = createServer((request, response) => {
      heard.push(request);
      response.end('{}');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', () => resolve()));
    const to = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    const mover = createServer((_, response) => response.writeHead(307, { Location: to }).end());
    await new Promise<void>((resolve) => mover.listen(0, '127.0.0.1', () => resolve()));
    const moved = `http://127.0.0.1:${(mover.address() as AddressInfo).port}`;
    await house.log('Dana Reyes', 'met 45m');
    const real = house.platform.fetch;
    house.platform.fetch = (url, init) => {
      const { pathname, search } = new URL(url);
      const there = new URL(pathname + search, moved).href;
      return fetch(there, {
        method: init.method,
        headers: init.headers,
        ...(init.body === undefined ? {} : { body: init.body }),
        redirect: 'error',
      }).then(async (answer) => ({
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        text: await answer.text(),
      }));
    };
    await house.sendAll();
    expect(heard).toEqual([]);
    expect(await states()).toEqual(['queued']);
    house.platform.fetch = real;
    await house.sendAll(2 * MINUTE);
    await house.sendAll(2 * MINUTE);
    expect(await states()).toEqual(['settled']);
    for (const server of [stranger, mover]) server.close();
  });

  it('takes a sign-in page with status 200 for no answer, keeps the log, and stores it once', async () => {
    await house.log('Dana Reyes', 'met 45m');
    house.crm.faults.add({ do: { status: 200, body: '<html>Please sign in</html>' }, match: isWrite });
    await house.sendAll();
    expect(await states()).toEqual(['queued']);
    for (let round = 0; round < 3; round += 1) await house.sendAll(2 * MINUTE);
    expect(await states()).toEqual(['settled']);
    expect(house.crm.activities()).toHaveLength(1);
  });
});
