/** A CRM whose sign-in lives on another origin than its API: what is asked for, where tokens go, where they do not. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATAVERSE_CLIENT_ID, type DemoDataverse, startDataverse } from '../../demo/crm/dynamics/index.ts';
import { buildHouse } from '../../src/background/building.ts';
import { connect, recognise } from '../../src/background/handlers/connections.ts';
import type { Asker } from '../../src/background/handlers/handler.ts';
import { connectionId, type House } from '../../src/background/house.ts';
import { PermissionMissing, sendFor } from '../../src/background/send.ts';
import { SignInNeeded, tokenName } from '../../src/background/sign-in.ts';
import { memoryStore } from '../../src/background/store/memory.ts';
import { watched } from '../../src/background/store/watched.ts';
import { abouts } from '../../src/crm/abouts.ts';
import { NOW, say, type TestPlatform, testPlatform } from '../support/house.ts';

let org: DemoDataverse;
let house: House;
let platform: TestPlatform;
const own: Asker = { caller: 'own', tab: null };

beforeEach(async () => {
  org = await startDataverse({ autoApprove: true, now: () => new Date(platform?.time ?? NOW) });
  platform = testPlatform((url) => {
    const to = new URL(url);
    if (to.origin !== org.origins.api && to.origin !== org.origins.signIn)
      throw new TypeError(`no route to ${to.origin}`);
    return `${org.origins.loopback}${to.pathname}${to.search}`;
  }, NOW);
  // As the browser does for an extension: it adds its own origin to what is posted elsewhere.
  const { fetch: plain } = platform;
  platform.fetch = (url, init) =>
    plain(url, {
      ...init,
      headers: init.method === 'POST' ? { ...init.headers, origin: 'chrome-extension://candor' } : init.headers,
    });
  const store = watched(memoryStore());
  house = buildHouse({ store, platform, say, changed: () => {}, wake: () => {} });
});
afterEach(() => org.close());

const id = (): string => connectionId('dynamics', org.hosts.org);
const row = async () => {
  const found = await house.store.read((tx) => tx.get('connections', id()));
  if (!found) throw new Error('not connected');
  return found;
};
const join = () => connect(house, { address: org.hosts.org, clientId: DATAVERSE_CLIENT_ID }, own);

describe('a sign-in elsewhere', () => {
  it('is one more origin to ask for, and the host of pages and API is asked for once', async () => {
    expect(await recognise(house, { address: org.hosts.org }, own)).toMatchObject({
      tenant: org.hosts.org,
      origins: [`${org.origins.ui}/*`, 'https://login.microsoftonline.com/*'],
    });
  });

  it('connects with a scope for the tenant, and each origin gets only what is its own', async () => {
    expect(await join()).toMatchObject({ state: 'connected', user: 'Mara Lindqvist', attendeeLinks: true });
    const signIn = platform.sent.filter(({ url }) => url.startsWith('https://login.microsoftonline.com/'));
    expect(signIn.map(({ url }) => new URL(url).pathname)).toEqual(['/organizations/oauth2/v2.0/token']);
    expect(new Set(platform.sent.map(({ url }) => new URL(url).origin))).toEqual(
      new Set([org.origins.signIn, org.origins.api]),
    );
  });

  it('renews there, keeps the rotated token, and ends in a state when its day is over', async () => {
    await join();
    const before = (await row()).refreshToken;
    org.expireTokens();
    expect(await house.api(await row()).whoAmI()).toMatchObject({ userName: 'Mara Lindqvist' });
    expect((await row()).refreshToken).not.toBe(before);
    platform.time += 25 * 3_600_000;
    org.expireTokens();
    await expect(house.api(await row()).whoAmI()).rejects.toBeInstanceOf(SignInNeeded);
  });

  it('without its permission nothing is sent at all', async () => {
    await join();
    const sent = platform.sent.length;
    platform.granted = async (origins) => !origins.includes('https://login.microsoftonline.com/*');
    await expect(house.api(await row()).whoAmI()).rejects.toBeInstanceOf(PermissionMissing);
    expect(platform.sent).toHaveLength(sent);
    expect(await join()).toMatchObject({ is: 'refused', why: { key: 'refusePermission' } });
  });
});

describe('a request that brings its own text', () => {
  it('goes as it is, with its media type, to the API only', async () => {
    await join();
    const about = abouts.find((each) => each.id === 'dynamics');
    if (!about) throw new Error('no such CRM');
    await platform.session.set(tokenName(id()), org.issueToken().accessToken);
    const whoIs = () => Promise.reject(new Error('nobody asks'));
    const send = sendFor({ store: house.store, platform, about, connection: await row() }, whoIs);
    const raw = { type: 'multipart/mixed; boundary=b', text: '--b\r\n--b--\r\n' };
    await send({ method: 'POST', path: '/api/data/v9.2/$batch', raw });
    expect(platform.sent.at(-1)?.body).toBe(raw.text);
    expect(org.requests.at(-1)?.headers['content-type']).toBe(raw.type);
    await expect(send({ method: 'POST', path: 'https://evil.test/', raw })).rejects.toThrow('refused to send');
  });
});
