/**
 * The seams: clock, chance, timers, network, locks, alarms, tabs. The raw globals appear here and nowhere else in
 * what decides, stores or sends, so that one process can later play thousands of schedules from a seed.
 */
import browser from 'webextension-polyfill';
import type { Announcement } from '../messenger.ts';
import { looksPlain } from './plain.ts';
import { lookForRoom } from './room.ts';

export interface FetchAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, read to the end; rejects past the cap. */
  readonly text: string;
}

export interface Platform {
  /** Epoch milliseconds. */
  now(): number;
  /** A fresh id, sortable by time (UUID version 7, RFC 9562). */
  id(): string;
  /** 16 random bytes, hex. */
  salt(): string;
  /** 32 random bytes, base64url: PKCE verifier and OAuth state (RFC 7636 §4.1). */
  secret(): string;
  /** SHA-256 of a text, base64url: the PKCE challenge. */
  challenge(verifier: string): Promise<string>;
  /** Uniform in [0, 1): jitter. */
  chance(): number;
  after(ms: number): Promise<void>;
  /** Runs once after so many milliseconds; returns the way to cancel. */
  later(ms: number, then: () => void): () => void;
  zone(): string;
  language(): string;
  say(key: string, args?: readonly string[]): string;
  online(): boolean;
  /** No cookies, no redirects, no cache; rejects when no whole answer came in time. */
  fetch(
    url: string,
    init: { method: string; headers: Readonly<Record<string, string>>; body?: string },
  ): Promise<FetchAnswer>;
  /** Runs the body if nobody else holds the lock; answers whether it ran. */
  alone(lock: string, body: () => Promise<void>): Promise<boolean>;
  /** What the organisation manages through the browser; empty where it manages nothing. */
  managed(): Promise<Readonly<Record<string, unknown>>>;
  /** Memory that outlives the worker but not the browser; trusted contexts only. */
  session: {
    get(name: string): Promise<unknown>;
    set(name: string, value: unknown): Promise<void>;
    remove(name: string): Promise<void>;
  };
  /** A reminder, created only if it is missing. */
  ensureAlarm(name: string, everyMinutes: number): Promise<void>;
  clearAlarm(name: string): Promise<void>;
  tellTab(tab: number, announcement: Announcement): Promise<unknown>;
  tellAll(announcement: Announcement): void;
  /** What stands where the frame would be, on either side of a tab's page; null where nobody may look. */
  room(tab: number): Promise<Room | null>;
  /** Whether a tab's page is drawn as it is: see plain.ts. */
  plain(tab: number): Promise<boolean>;
  /** On one tab's toolbar button: there is something to know, and it is this. */
  pointToToolbar(tab: number, words: string): Promise<void>;
  activeTab(): Promise<{ readonly id: number; readonly url: string | null } | null>;
  openTab(path: string): Promise<void>;
  openPopup(): Promise<void>;
  count(waiting: number): Promise<void>;
  granted(origins: readonly string[], permissions?: readonly Permission[]): Promise<boolean>;
  /** Hands a permission back that was asked for with a click; answers at once where it is not held. */
  giveBack(permission: Permission): Promise<void>;
  /** One cookie of exactly this origin's host, out of the browser's ordinary jar; null where there is none. */
  cookie(origin: string, name: string): Promise<string | null>;
  redirectUri(): string;
  /** Shows the CRM's own sign-in; answers with the address it came back to. */
  authorize(url: string): Promise<string>;
}

/** What may be asked for beside hosts, with a click. */
export type Permission = 'cookies';

/** How many of the page's own controls a frame on this side would cover, and whether a drawer or dialog stands there. */
export interface Room {
  readonly left: { readonly controls: number; readonly taken: boolean };
  readonly right: { readonly controls: number; readonly taken: boolean };
}

const ANSWER_WITHIN_MS = 25_000;
const ANSWER_AT_MOST_BYTES = 16 * 1024 * 1024;

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** UUID version 7: 48 bits of time, the rest random. */
const uuid7 = (now: number): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(now / 65_536));
  new DataView(bytes.buffer).setUint16(4, now % 65_536);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
};

/** Reads a body to the end, or gives up past the cap: an endless answer must not fill memory. */
const readText = async (answer: globalThis.Response): Promise<string> => {
  const reader = answer.body?.getReader();
  if (!reader) return '';
  if (Number(answer.headers.get('content-length')) > ANSWER_AT_MOST_BYTES) {
    await reader.cancel();
    throw new Error('answer too large');
  }
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > ANSWER_AT_MOST_BYTES) {
      await reader.cancel();
      throw new Error('answer too large');
    }
    text += decoder.decode(value, { stream: true });
  }
};

/** No cookies, no redirects, no cache; rejects when no whole answer came within so many milliseconds. */
export const fetchWithin =
  (within: number): Platform['fetch'] =>
  async (url, { method, headers, body }) => {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(within),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await readText(answer) };
  };

export const browserPlatform: Platform = {
  now: () => Date.now(),
  id: () => uuid7(Date.now()),
  salt: () => hex(crypto.getRandomValues(new Uint8Array(16))),
  secret: () => base64url(crypto.getRandomValues(new Uint8Array(32))),
  challenge: async (verifier) =>
    base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)))),
  chance: () => Math.random(),
  after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  later: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  language: () => browser.i18n.getUILanguage(),
  say: (key, args = []) => browser.i18n.getMessage(key, [...args]) || key,
  online: () => navigator.onLine,
  fetch: fetchWithin(ANSWER_WITHIN_MS),
  alone: async (lock, body) =>
    navigator.locks.request(lock, { ifAvailable: true }, async (held) => {
      if (held) await body();
      return held !== null;
    }),
  managed: async () => {
    // Rejects where the browser has no managed storage at all: then nothing is managed.
    const said = await browser.storage.managed.get().catch(() => ({}));
    return said as Readonly<Record<string, unknown>>;
  },
  session: {
    get: async (name) => (await browser.storage.session.get(name))[name],
    set: (name, value) => browser.storage.session.set({ [name]: value }),
    remove: (name) => browser.storage.session.remove(name),
  },
  ensureAlarm: async (name, everyMinutes) => {
    if (!(await browser.alarms.get(name))) browser.alarms.create(name, { periodInMinutes: everyMinutes });
  },
  clearAlarm: async (name) => {
    await browser.alarms.clear(name);
  },
  tellTab: (tab, announcement) => browser.tabs.sendMessage(tab, announcement),
  tellAll: (announcement) => {
    // Nobody listening is the ordinary case: no surface is open.
    browser.runtime.sendMessage(announcement).catch(() => {});
  },
  room: async (tab) => {
    const [answer] = await browser.scripting.executeScript({ target: { tabId: tab }, func: lookForRoom });
    return (answer?.result as Room | undefined) ?? null;
  },
  plain: async (tab) => {
    const [answer] = await browser.scripting.executeScript({ target: { tabId: tab }, func: looksPlain });
    return answer?.result === true;
  },
  pointToToolbar: async (tab, words) => {
    await browser.action.setTitle({ tabId: tab, title: words });
    await browser.action.setBadgeText({ tabId: tab, text: '!' });
  },
  activeTab: async () => {
    const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
    return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? null };
  },
  openTab: async (path) => {
    await browser.tabs.create({ url: browser.runtime.getURL(path) });
  },
  openPopup: () => browser.action.openPopup(),
  count: async (waiting) => {
    await browser.action.setBadgeText({ text: waiting > 0 ? String(waiting) : '' });
  },
  granted: (origins, permissions = []) =>
    browser.permissions.contains({ origins: [...origins], permissions: [...permissions] }),
  giveBack: async (permission) => {
    await browser.permissions.remove({ permissions: [permission] });
  },
  cookie: async (origin, name) => {
    const host = new URL(origin).hostname;
    // A cookie of a wider domain may be another organisation's: only the host's own counts.
    const own = (await browser.cookies.getAll({ url: `${origin}/`, name })).filter(
      ({ domain, secure }) => secure && domain.replace(/^\./u, '') === host,
    );
    return own[0]?.value || null;
  },
  redirectUri: () => browser.identity.getRedirectURL(),
  authorize: (url) => browser.identity.launchWebAuthFlow({ url, interactive: true }),
};
