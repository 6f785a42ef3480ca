/**
 * A whole background in Node: the real handlers, ledger, gate, sync and adapter, on a memory store, under a clock the
 * test moves, against the demo org over loopback. "Killing the worker" drops the instance and keeps the store.
 */

import { readFileSync } from 'node:fs';
import { type DemoOrg, type DemoOrgOptions, startDemoOrg } from '../../demo/crm/index.ts';
import { buildHouse } from '../../src/background/building.ts';
import { connectionId, type House } from '../../src/background/house.ts';
import type { Platform, Room } from '../../src/background/platform.ts';
import { tokenName } from '../../src/background/sign-in.ts';
import { memoryStore } from '../../src/background/store/memory.ts';
import type { Store } from '../../src/background/store/store.ts';
import { watched } from '../../src/background/store/watched.ts';
import { type Sender, sender } from '../../src/background/sync.ts';
import { sayer } from '../../src/words.ts';
import { type Asking, asking, logAt, settle, tellAt } from './asking.ts';

const words = JSON.parse(readFileSync(new URL('../../_locales/en/messages.json', import.meta.url), 'utf8')) as Record<
  string,
  { message: string } | undefined
>;
export const getMessage = (key: string, gaps: readonly string[] = []): string =>
  (words[key]?.message ?? '').replace(/\$(\d)/gu, (_, n: string) => gaps[Number(n) - 1] ?? '');
export const say = sayer(getMessage, 'en');

export interface TestPlatform extends Platform {
  /** Epoch ms; tests set it. */
  time: number;
  isOnline: boolean;
  permitted: boolean;
  /** Permissions beside hosts, and what the browser's cookie jar holds: origin and name → value. */
  readonly permissions: Set<string>;
  readonly cookies: Map<string, string>;
  /** Every request that left, in order. */
  readonly sent: { readonly url: string; readonly method: string; readonly body: string }[];
  readonly told: string[];
  readonly popups: number[];
  tabUrl: string | null;
  /** What the organisation manages. */
  policies: Record<string, unknown>;
  roomThere: Room | null;
  isPlain: boolean;
  /** Called before a request leaves; what it throws is what the network does. */
  beforeFetch: (url: string) => void;
  /** What else happens while the CRM answers. */
  whileFetching: (url: string) => Promise<void>;
}

let ids = 0;

export const testPlatform = (route: (url: string) => string, time: number): TestPlatform => {
  const session = new Map<string, unknown>();
  const locks = new Set<string>();
  const platform: TestPlatform = {
    time,
    isOnline: true,
    permitted: true,
    permissions: new Set(),
    cookies: new Map(),
    sent: [],
    told: [],
    popups: [],
    tabUrl: null,
    policies: {},
    managed: async () => platform.policies,
    roomThere: null,
    isPlain: true,
    beforeFetch: () => {},
    whileFetching: async () => {},
    now: () => platform.time,
    id: () => `0190-${String(++ids).padStart(8, '0')}`,
    salt: () => String(++ids).padStart(32, '0'),
    secret: () => `secret-${++ids}-`.padEnd(43, 'x'),
    challenge: async (verifier) => {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
      return Buffer.from(digest).toString('base64url');
    },
    chance: () => 0.5,
    after: async () => {},
    later: () => () => {},
    zone: () => 'Europe/Berlin',
    language: () => 'en',
    say: (key, args) => getMessage(key, args),
    online: () => platform.isOnline,
    fetch: async (url, { method, headers, body }) => {
      if (!platform.isOnline) throw new TypeError('offline');
      platform.beforeFetch(url);
      platform.sent.push({ url, method, body: body ?? '' });
      const answer = await fetch(route(url), {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
        redirect: 'error',
      });
      await platform.whileFetching(url);
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    },
    alone: async (lock, body) => {
      if (locks.has(lock)) return false;
      locks.add(lock);
      try {
        await body();
      } finally {
        locks.delete(lock);
      }
      return true;
    },
    session: {
      get: async (name) => session.get(name),
      set: async (name, value) => {
        session.set(name, value);
      },
      remove: async (name) => {
        session.delete(name);
      },
    },
    ensureAlarm: async () => {},
    clearAlarm: async () => {},
    tellTab: async (tab, { announce }) => {
      platform.told.push(`${tab}:${announce}`);
      if (announce === 'show') await platform.session.set(`ready/${tab}`, true);
      return { shown: true };
    },
    tellAll: () => {},
    room: async () => platform.roomThere,
    plain: async () => platform.isPlain,
    pointToToolbar: async (tab) => {
      platform.told.push(`${tab}:toolbar`);
    },
    activeTab: async () => (platform.tabUrl === null ? null : { id: 1, url: platform.tabUrl }),
    openTab: async () => {},
    openPopup: async () => {
      platform.popups.push(platform.time);
    },
    count: async () => {},
    granted: async (_origins, permissions = []) =>
      platform.permitted && permissions.every((one) => platform.permissions.has(one)),
    giveBack: async (permission) => {
      platform.permissions.delete(permission);
    },
    cookie: async (origin, name) => {
      if (!platform.permissions.has('cookies')) throw new Error('the permission is not held');
      return platform.cookies.get(`${origin} ${name}`) ?? null;
    },
    redirectUri: () => 'https://candor.chromiumapp.org/',
    authorize: async (url) => {
      const answer = await fetch(route(url), { redirect: 'manual' });
      return answer.headers.get('location') ?? '';
    },
  };
  return platform;
};

export interface TestHouse {
  readonly org: DemoOrg;
  readonly house: House;
  readonly store: Store;
  readonly platform: TestPlatform;
  readonly sender: Sender;
  readonly connection: string;
  readonly ask: Asking;
  /** Opens a form on a contact's page and saves the line; answers with the activity's id. */
  log(name: string, line: string): Promise<string>;
  /** Moves the clock past the undo and sends what is due. */
  sendAll(): Promise<void>;
  /** A new worker on the same store. */
  reboot(): TestHouse;
  contactUrl(name: string, account?: string): string;
  close(): Promise<void>;
}

export const NOW = Date.parse('2026-11-18T10:30:00Z');

export const openHouse = async (options: DemoOrgOptions = {}, plain: Store = memoryStore()): Promise<TestHouse> => {
  const store = watched(plain);
  const clock = { time: NOW };
  const org = await startDemoOrg({ autoApprove: true, now: () => new Date(clock.time), ...options });
  const route = (url: string): string => {
    const to = new URL(url);
    if (to.origin !== org.origins.api) throw new TypeError(`no route to ${to.origin}`);
    return `${org.origins.loopback}${to.pathname}${to.search}`;
  };
  const platform = testPlatform(route, NOW);
  Object.defineProperty(clock, 'time', { get: () => platform.time });
  const connection = connectionId('salesforce', org.hosts.ui);

  const build = (): TestHouse => {
    const house = buildHouse({ store, platform, say, changed: () => {}, wake: () => {} });
    const sending = sender(house, () => {});
    const ask = asking(house);
    const contactUrl = (name: string, account?: string): string =>
      `${org.origins.ui}/lightning/r/Contact/${String(org.records.contact(name, account).Id)}/view`;
    return {
      org,
      house,
      store,
      platform,
      sender: sending,
      connection,
      ask,
      contactUrl,
      log: (name, line) => logAt(ask, platform, contactUrl(name), line),
      sendAll: async () => {
        platform.time += 10_000;
        await sending.run();
      },
      reboot: build,
      close: () => org.close(),
    };
  };

  const opened = build();
  await settle(opened.ask);
  const connected = await opened.ask('connect', { address: org.hosts.ui, clientId: 'candor-demo-client' });
  if ('is' in connected) throw new Error(`not connected: ${JSON.stringify(connected)}`);
  return opened;
};

/** Makes somebody told through the product's own messages. */
export const tell = async ({ ask, platform, contactUrl, org }: TestHouse, name: string): Promise<void> => {
  await tellAt(ask, platform, contactUrl(name), `${name}-${org.port}`);
};

export { tokenName };
