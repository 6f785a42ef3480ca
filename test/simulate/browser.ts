/**
 * Stands in for webextension-polyfill: the real src/background/platform.ts keeps alarms, session memory, tabs and
 * permissions on the model browser of the present world.
 */
import type { Chance } from './chance.ts';
import type { Owner, Scheduler } from './scheduler.ts';

export interface Alarm {
  readonly name: string;
  readonly period: number;
  cancelled: boolean;
}

export const EXTENSION = 'chrome-extension://candor';

export class Browser {
  readonly alarms = new Map<string, Alarm>();
  session = new Map<string, unknown>();
  /** On disk: it survives whatever ends the browser. */
  local = new Map<string, unknown>();
  /** Held locks and who holds them. */
  readonly locks = new Map<string, Owner>();
  permitted = true;
  online = true;
  tab: { id: number; url: string } = { id: 7, url: 'about:blank' };
  /** Where the CRM's sign-in comes back to; null when the person closes it. */
  signIn: (url: string) => string | null = () => null;
  onAlarm: (name: string) => void = () => {};
  /** What left for a page or a surface. */
  onSaid: (where: string, what: unknown) => void = () => {};
  alarmFault: 'late' | 'twice' | 'never' | null = null;
  onAlarmFault: (fault: string) => void = () => {};
  twiceCreated: string[] = [];

  constructor(
    readonly scheduler: Scheduler,
    readonly chance: Chance,
    readonly owner: () => Owner,
  ) {}

  private readonly self: Owner = { name: 'browser', alive: true };

  createAlarm(name: string, minutes: number): void {
    const before = this.alarms.get(name);
    if (before) {
      before.cancelled = true;
      this.twiceCreated.push(name);
    }
    const alarm: Alarm = { name, period: Math.max(0.5, minutes) * 60_000, cancelled: false };
    this.alarms.set(name, alarm);
    this.ring(alarm, alarm.period);
  }

  clearAlarm(name: string): void {
    const alarm = this.alarms.get(name);
    if (alarm) alarm.cancelled = true;
    this.alarms.delete(name);
  }

  private ring(alarm: Alarm, ms: number): void {
    this.scheduler.in(ms, this.self, `alarm ${alarm.name}`, () => {
      if (alarm.cancelled) return;
      const fault = this.alarmFault;
      this.alarmFault = null;
      if (fault) this.onAlarmFault(fault);
      this.ring(alarm, alarm.period);
      if (fault === 'never') return;
      const late = fault === 'late' ? this.chance.from(1_000, 120_000) : 0;
      for (let times = fault === 'twice' ? 2 : 1; times > 0; times -= 1) {
        this.scheduler.in(late, this.self, 'alarm fires', () => this.onAlarm(alarm.name));
      }
    });
  }

  /** The browser closed: what lives in its memory is gone, and alarms may be. */
  forget(): void {
    this.session = new Map();
    this.locks.clear();
    if (this.chance.flip()) for (const name of [...this.alarms.keys()]) this.clearAlarm(name);
  }

  later<T>(what: string, run: () => T): Promise<T> {
    return this.scheduler.wait(0, 2, this.owner(), what).then(run);
  }
}

let present: Browser | null = null;
export const useBrowser = (browser: Browser): void => {
  present = browser;
};
const now = (): Browser => {
  if (!present) throw new Error('no browser');
  return present;
};

const locks = {
  request: async (
    name: string,
    _options: unknown,
    body: (held: object | null) => Promise<unknown>,
  ): Promise<unknown> => {
    const browser = now();
    const owner = browser.owner();
    await browser.scheduler.wait(0, 1, owner, `lock ${name}`);
    if (browser.locks.has(name)) return body(null);
    browser.locks.set(name, owner);
    try {
      return await body({});
    } finally {
      if (browser.locks.get(name) === owner) browser.locks.delete(name);
    }
  },
};
Object.defineProperty(globalThis, 'navigator', {
  configurable: true,
  value: {
    locks,
    get onLine() {
      return now().online;
    },
  },
});

let words: Readonly<Record<string, { readonly message: string } | undefined>> = {};
export const useWords = (given: typeof words): void => {
  words = given;
};

export default {
  runtime: {
    id: 'candor',
    getURL: (path: string) => `${EXTENSION}/${path.replace(/^\//u, '')}`,
    sendMessage: async (said: unknown) => now().onSaid('surfaces', said),
  },
  i18n: {
    getUILanguage: () => 'en',
    getMessage: (key: string, gaps: readonly string[] = []) =>
      (words[key]?.message ?? '').replace(/\$(\d)/gu, (_: string, n: string) => gaps[Number(n) - 1] ?? ''),
  },
  storage: {
    managed: { get: async () => ({}) },
    local: {
      get: (name: string) => now().later('local get', () => ({ [name]: now().local.get(name) })),
      set: (values: Record<string, unknown>) =>
        now().later('local set', () => {
          for (const [name, value] of Object.entries(values)) now().local.set(name, value);
        }),
      remove: (name: string) => now().later('local remove', () => void now().local.delete(name)),
    },
    session: {
      get: (name: string) => now().later('session get', () => ({ [name]: now().session.get(name) })),
      set: (values: Record<string, unknown>) =>
        now().later('session set', () => {
          for (const [name, value] of Object.entries(values)) now().session.set(name, value);
        }),
      remove: (name: string) => now().later('session remove', () => void now().session.delete(name)),
    },
  },
  alarms: {
    get: async (name: string) => now().alarms.get(name),
    create: (name: string, { periodInMinutes }: { periodInMinutes: number }) =>
      now().createAlarm(name, periodInMinutes),
    clear: async (name: string) => now().clearAlarm(name),
  },
  tabs: {
    query: async () => [now().tab],
    create: async () => ({}),
    sendMessage: async (_tab: number, said: { announce?: string }) => {
      now().onSaid('page', said);
      return { shown: true };
    },
  },
  action: {
    openPopup: async () => {},
    setBadgeText: async (said: unknown) => now().onSaid('toolbar', said),
  },
  // Nothing beyond the hosts was ever given, so there is nothing to give back.
  permissions: { contains: async () => now().permitted, remove: async () => true },
  identity: {
    getRedirectURL: () => 'https://candor.chromiumapp.org/',
    launchWebAuthFlow: async ({ url }: { url: string }) => {
      await now().scheduler.wait(500, 3_000, now().owner(), 'sign-in window');
      const back = now().signIn(url);
      if (back === null) throw new Error('closed');
      return back;
    },
  },
};
