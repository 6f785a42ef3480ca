/** Signing in by the session of the person's own pages: read for each request, kept nowhere, never under another name. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionsBack } from '../../src/background/session-back.ts';
import { SignInNeeded } from '../../src/background/sign-in.ts';
import { TABLES } from '../../src/background/store/schema.ts';
import { openHouse, type TestHouse, tell, tokenName } from '../support/house.ts';

let house: TestHouse;
const jar = (): string => `${house.org.origins.api} sid`;
/** The person loads a page of the CRM: their browser has the session that is theirs then. */
const visit = (): string => {
  const { value } = house.org.pageCookie();
  house.platform.cookies.set(jar(), value);
  return value;
};
const connect = () => house.ask('connect', { address: house.org.hosts.ui, clientId: '', session: true });
const row = async () => {
  const found = await house.store.read((tx) => tx.get('connections', house.connection));
  if (!found) throw new Error('not connected');
  return found;
};
const view = async () => (await house.ask('connections'))[0];
const events = () => house.org.records.all('Event');
const asked = () => house.org.requests.filter(({ path }) => path.includes('/userinfo'));
const comeBack = () => sessionsBack(house.house)();
/** Everything that is on disk or in the browser's memory, as text. */
const kept = async (): Promise<string> => {
  const all = await Promise.all(TABLES.map((table) => house.store.read((tx) => tx.all(table))));
  return JSON.stringify([all, await house.platform.session.get(tokenName(house.connection))]);
};

beforeEach(async () => {
  house = await openHouse();
  await tell(house, 'Dana Reyes');
  house.platform.time += 11_000;
  house.platform.permissions.add('cookies');
  visit();
  const connected = await connect();
  expect(connected).toMatchObject({ state: 'connected', auth: 'session', user: 'Mara Lindqvist', clientId: '' });
  // What is to be said of Dana herself goes first, so that each test has its own log to wait for.
  await house.sender.run();
});
afterEach(() => house.close());

describe('connecting with the session of a tab', () => {
  it('logs a meeting with no application, with the session as bearer, at the API’s own origin only', async () => {
    const value = visit();
    house.org.requests.length = 0;
    await house.log('Dana Reyes', 'met @dana, all well');
    await house.sendAll();
    expect(events()).toMatchObject([{ Description: 'all well' }]);
    const api = house.org.requests.filter(({ path }) => path.startsWith('/services/'));
    expect(new Set(api.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${value}`]));
    expect(api.some(({ path }) => path.startsWith('/services/oauth2/token'))).toBe(false);
    expect(new Set(house.platform.sent.map(({ url }) => new URL(url).origin))).toEqual(
      new Set([house.org.origins.api]),
    );
    expect(house.platform.sent.map(({ url, body }) => url + body).join()).not.toContain(value);
  });

  it('keeps the session nowhere, and forgets the tokens of the application that was there before', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    await house.sendAll();
    const all = await kept();
    expect(all).not.toContain(visit());
    expect(all).not.toContain(house.platform.cookies.get(jar()));
    expect((await row()).refreshToken).toBeNull();
    expect(await house.platform.session.get(tokenName(house.connection))).toBeUndefined();
    // The view that surfaces are shown has no more of it.
    expect(JSON.stringify(await view())).not.toContain(visit());
  });

  it('says so when nobody is signed in there, and changes nothing of what was connected', async () => {
    const before = await row();
    house.platform.cookies.clear();
    expect(await connect()).toMatchObject({ is: 'refused', why: { key: 'refuseNoSession' } });
    expect(await row()).toEqual(before);
  });

  it('says so when the organisation lets no session use its API: the page host’s own session is such a one', async () => {
    const page = await fetch(`${house.org.origins.loopback}/lightning/o/Contact/list`);
    const sid = /sid=([^;]+)/.exec(page.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(sid).toMatch(/^ui!/);
    house.platform.cookies.set(jar(), sid);
    house.org.faults.add({
      do: { status: 403, body: [{ errorCode: 'API_DISABLED_FOR_ORG', message: 'The REST API is not enabled' }] },
      match: ({ path }) => path.includes('/userinfo'),
    });
    const before = await row();
    expect(await connect()).toMatchObject({ is: 'refused', why: { key: 'refuseSessionNotAllowed' } });
    expect(await row()).toEqual(before);
  });

  it('asks for nothing while the permission is not there', async () => {
    house.platform.permissions.clear();
    const sent = house.platform.sent.length;
    expect(await connect()).toMatchObject({ is: 'refused', why: { key: 'refusePermission' } });
    expect(house.platform.sent).toHaveLength(sent);
  });

  it('is offered with the host whose session it is; other CRMs have no such way', async () => {
    expect(await house.ask('recognise', { address: house.org.hosts.ui })).toMatchObject({
      auth: 'oauth',
      session: house.org.hosts.api,
    });
    expect(await house.ask('recognise', { address: 'https://acme.crm4.dynamics.com' })).toMatchObject({
      session: null,
    });
  });
});

describe('an organisation that manages the browser and forbids it', () => {
  it.each([false, 'no', null])(
    'with %j: it is not offered, not connected, and one in use is not used any more',
    async (said) => {
      await house.log('Dana Reyes', 'met @dana, all well');
      house.platform.policies = { signInBySession: said };
      const sent = house.platform.sent.length;
      await house.sendAll();
      await comeBack();
      expect(house.platform.sent).toHaveLength(sent);
      expect(await view()).toMatchObject({ state: 'waiting_for_setup', waiting: 1 });
      expect(await house.ask('recognise', { address: house.org.hosts.ui })).toMatchObject({ session: null });
      expect(await connect()).toMatchObject({ is: 'refused', why: { key: 'refuseSessionNotAllowed' } });
      expect(house.platform.sent).toHaveLength(sent);
      house.platform.policies = { signInBySession: true };
      await house.ask('testConnection', { connection: house.connection });
      await house.sender.run();
      expect(events()).toHaveLength(1);
    },
  );
});

describe('a session that is over', () => {
  it('is a named state with the queue kept; signing in again in the tab sends it, without a click here', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    house.org.expireTokens();
    await house.sendAll();
    expect(events()).toEqual([]);
    expect(await view()).toMatchObject({ state: 'sign_in_needed', session: { other: null, off: false }, waiting: 1 });

    // Nothing changed yet: nothing is asked again with a session that is over.
    const sent = house.platform.sent.length;
    await comeBack();
    await comeBack();
    expect(house.platform.sent.length - sent).toBeLessThanOrEqual(1);

    house.org.signInPages();
    visit();
    await comeBack();
    expect(await view()).toMatchObject({ state: 'connected' });
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('is not asked for again and again: neither by what reads, nor by what would go on by itself', async () => {
    house.org.expireTokens();
    const dana = String(house.org.records.contact('Dana Reyes').Id);
    const read = async () => house.house.api(await row()).readContact(dana);
    // Refused, and then asked once whose it is now: nobody's.
    await expect(read()).rejects.toThrow();
    await expect(read()).rejects.toBeInstanceOf(SignInNeeded);
    const sent = house.platform.sent.length;
    for (let times = 0; times < 3; times += 1) await expect(read()).rejects.toBeInstanceOf(SignInNeeded);
    expect(house.platform.sent).toHaveLength(sent);
  });

  it('that is somebody’s and yet refused by the rest of the API is tried once to go on with', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    const over = { status: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] };
    for (let times = 0; times < 20; times += 1)
      house.org.faults.add({ do: over, match: ({ path }) => path.startsWith('/services/data') });
    await house.sendAll();
    expect(await view()).toMatchObject({ state: 'sign_in_needed', waiting: 1 });
    await comeBack();
    const sent = house.platform.sent.length;
    for (let times = 0; times < 3; times += 1) await comeBack();
    expect(house.platform.sent).toHaveLength(sent);
    expect(await view()).toMatchObject({ state: 'sign_in_needed', waiting: 1 });
  });

  it('is read again at the refusal: one that was renewed meanwhile goes on, with one question for all who met it', async () => {
    const first = visit();
    house.org.expireTokens();
    // The pages renewed it, and the request that met the refusal finds the new one.
    const renewed = house.org.pageCookie().value;
    expect(renewed).not.toBe(first);
    house.platform.whileFetching = async () => {
      house.platform.cookies.set(jar(), renewed);
    };
    const before = asked().length;
    const api = house.house.api(await row());
    const dana = String(house.org.records.contact('Dana Reyes').Id);
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => api.readContact(dana)));
    expect(all.map((one) => one?.name)).toEqual(Array(5).fill('Dana Reyes'));
    expect(asked().length - before).toBe(1);
    expect(await view()).toMatchObject({ state: 'connected' });
  });

  it('is one too when the person signs out: nothing leaves, also after the worker was started again', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    house.platform.cookies.clear();
    const sent = house.platform.sent.length;
    house = house.reboot();
    await house.sendAll();
    expect(house.platform.sent).toHaveLength(sent);
    expect(await view()).toMatchObject({ state: 'sign_in_needed', waiting: 1 });
    visit();
    await comeBack();
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });
});

describe('somebody else signs in on the same pages', () => {
  const other = () => String(house.org.records.user('Tomasz Okonbrandt').Id);
  const nameOf = () => 'Tomasz Okonbrandt';

  it('sends nothing under their name: who it is is asked before anything else, and said on the connection', async () => {
    await house.log('Dana Reyes', 'met @dana, all well >send pricing fri');
    house.org.signInPages(other());
    const foreign = visit();
    const before = house.org.requests.length;
    await house.sendAll();
    const since = house.org.requests.slice(before);
    expect(since.map(({ path }) => path)).toEqual(['/services/oauth2/userinfo']);
    expect(since[0]?.headers.authorization).toBe(`Bearer ${foreign}`);
    expect(events()).toEqual([]);
    expect(await view()).toMatchObject({
      state: 'sign_in_needed',
      user: 'Mara Lindqvist',
      session: { other: nameOf() },
      waiting: 2,
    });

    // Nothing of itself adopts them, however often it is looked at.
    await comeBack();
    await house.ask('testConnection', { connection: house.connection });
    expect(await view()).toMatchObject({
      state: 'sign_in_needed',
      user: 'Mara Lindqvist',
      session: { other: nameOf() },
    });

    house.org.signInPages(String(house.org.records.user('Mara Lindqvist').Id));
    visit();
    await comeBack();
    expect(await view()).toMatchObject({ state: 'connected', user: 'Mara Lindqvist', session: { other: null } });
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('between two requests of one push: the second does not leave', async () => {
    await house.log('Dana Reyes', 'met @dana, all well >send pricing fri');
    house.platform.whileFetching = async (url) => {
      if (!url.includes('/composite/') || events().length === 0) return;
      house.org.signInPages(other());
      visit();
    };
    await house.sendAll();
    house.platform.whileFetching = async () => {};
    expect(events()).toHaveLength(1);
    expect(house.org.records.all('Task')).toHaveLength(0);
    expect(await view()).toMatchObject({ state: 'sign_in_needed', session: { other: nameOf() } });
  });

  it('whom a click makes the one who logs: what waited stays with who wrote it', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    const mara = (await row()).userId;
    house.org.signInPages(other());
    visit();
    expect(await connect()).toMatchObject({ state: 'connected', user: nameOf(), session: { other: null } });
    await house.sendAll();
    expect(events()).toEqual([]);
    await house.log('Dana Reyes', 'called @dana');
    await house.sendAll();
    expect(house.org.records.all('Task')).toMatchObject([{ OwnerId: other() }]);
    expect((await house.store.read((tx) => tx.all('outbox'))).filter(({ user }) => user === mara)).not.toEqual([]);
    expect(events()).toEqual([]);
  });
});

describe('the permission', () => {
  it('taken back at any time is a named state with the queue kept, and no cookie is read', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    house.platform.permissions.clear();
    const sent = house.platform.sent.length;
    // The stand-in for the browser throws where a cookie is read without it.
    await comeBack();
    expect(await view()).toMatchObject({ state: 'permission_missing', waiting: 1 });
    await house.sendAll();
    expect(house.platform.sent).toHaveLength(sent);
    house.platform.permissions.add('cookies');
    await comeBack();
    expect(await view()).toMatchObject({ state: 'connected' });
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('is met by a push as well: the rows stay queued', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    house.platform.permissions.clear();
    await house.sendAll();
    expect(await view()).toMatchObject({ state: 'permission_missing', waiting: 1 });
  });

  it('is handed back by Disconnect; nothing takes the session again but a click', async () => {
    await house.log('Dana Reyes', 'met @dana, all well');
    await house.ask('disconnect', { connection: house.connection });
    expect([...house.platform.permissions]).toEqual([]);
    const sent = house.platform.sent.length;
    house.platform.permissions.add('cookies');
    await comeBack();
    await house.sendAll();
    await house.ask('testConnection', { connection: house.connection });
    const dana = String(house.org.records.contact('Dana Reyes').Id);
    await expect(house.house.api(await row()).readContact(dana)).rejects.toBeInstanceOf(SignInNeeded);
    expect(house.platform.sent).toHaveLength(sent);
    expect(await view()).toMatchObject({ state: 'sign_in_needed', session: { off: true }, waiting: 1 });
    expect(await connect()).toMatchObject({ state: 'connected', session: { off: false } });
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('is handed back when an application takes its place', async () => {
    await house.ask('connect', { address: house.org.hosts.ui, clientId: 'candor-demo-client' });
    expect(await view()).toMatchObject({ state: 'connected', auth: 'oauth', session: null });
    expect([...house.platform.permissions]).toEqual([]);
  });
});
