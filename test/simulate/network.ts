/** Between the worker and the CRM: time passes, answers get lost, proxies answer instead, the CRM says no for a while. */
import type { FetchAnswer } from '../../src/background/platform.ts';
import type { Chance } from './chance.ts';
import type { OAuth } from './crm/oauth.ts';
import type { Org } from './crm/org.ts';
import { answer, type Call, json, problem, type Result } from './crm/rest.ts';
import type { Owner, Scheduler } from './scheduler.ts';

export const NETWORK_FAULTS = [
  'drop-before',
  'drop-after',
  'cut',
  'stall',
  'slow',
  'html',
  'throttled-429',
  'throttled-503',
  'quota-403',
  'server-error',
  'row-lock',
  'short-list',
  'extra-list',
  'reordered-list',
  'refresh-lost',
] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export interface Armed {
  readonly fault: NetworkFault;
  left: number;
}

export interface NetworkWatch {
  /** Bytes leave the device. */
  leaves(call: Call, owner: Owner): void;
  /** The CRM asked to wait (milliseconds, as far as it can be read), and the worker heard it. */
  askedToWait(ms: number | null, owner: Owner): void;
  struck(fault: NetworkFault, call: Call): void;
  answered(call: Call, owner: Owner): void;
}

/** Faults that only make sense for some calls. */
const FITS: Partial<Record<NetworkFault, (call: Call) => boolean>> = {
  'row-lock': ({ url, method }) =>
    url.includes('/composite/') || (method === 'PATCH' && url.includes('/sobjects/Contact/')),
  'short-list': ({ url }) => url.includes('/composite/'),
  'extra-list': ({ url }) => url.includes('/composite/'),
  // Only where an answer says which record it is about can another order be noticed.
  'reordered-list': ({ url, method }) => method === 'PATCH' && url.endsWith('/composite/sobjects'),
  'refresh-lost': ({ url }) => url.includes('/oauth2/token'),
};

export class Network {
  readonly armed: Armed[] = [];
  /** How many answers each worker waits for. */
  private readonly flying = new Map<Owner, number>();
  private readonly wire: Owner = { name: 'net', alive: true };

  constructor(
    private readonly scheduler: Scheduler,
    private readonly chance: Chance,
    private readonly org: Org,
    private readonly oauth: OAuth,
    private readonly watch: NetworkWatch,
  ) {}

  get inFlight(): number {
    let sum = 0;
    for (const [owner, count] of this.flying) if (owner.alive) sum += count;
    return sum;
  }

  private fly(owner: Owner, count: 1 | -1): void {
    this.flying.set(owner, (this.flying.get(owner) ?? 0) + count);
  }

  fetch(call: Call, owner: Owner, online: () => boolean): Promise<FetchAnswer> {
    return new Promise((resolve, reject) => {
      const { scheduler, chance } = this;
      const back = (ms: number, what: string, run: () => void): void => {
        scheduler.in(ms, owner, `${what} ${short(call)}`, () => {
          this.fly(owner, -1);
          this.watch.answered(call, owner);
          run();
        });
      };
      this.fly(owner, 1);
      if (!online()) return back(1, 'offline', () => reject(new TypeError('offline')));
      this.watch.leaves(call, owner);
      const armed = this.armed.find((each) => each.left > 0 && (FITS[each.fault]?.(call) ?? true));
      if (armed) armed.left -= 1;
      const fault = armed?.fault;
      if (fault) this.watch.struck(fault, call);
      const there = (fault === 'slow' ? 8_000 : 20) + chance.next() * 300;
      if (fault === 'drop-before') return back(there, 'dropped', () => reject(new TypeError('reset')));
      if (fault === 'html') return back(there, 'html', () => resolve(PORTAL));
      const stalled = fault === 'stall';
      // What arrives at the CRM happens there, whether or not anybody still waits for the answer.
      scheduler.in(there, this.wire, `arrives ${short(call)}`, () => {
        const given =
          this.refusal(fault) ?? this.spoiled(fault, answer(this.org, this.oauth, call, fault === 'row-lock'));
        if (stalled) return back(25_000, 'timed out', () => reject(new DOMException('timeout', 'TimeoutError')));
        back(20 + chance.next() * 300, 'answer', () => {
          const lost = fault === 'drop-after' || fault === 'refresh-lost' || !online();
          if (lost) return reject(new TypeError('connection lost'));
          if (fault === 'throttled-429' || fault === 'throttled-503' || fault === 'quota-403')
            this.watch.askedToWait(seconds(given), owner);
          resolve(given);
        });
      });
    });
  }

  /** The CRM says no before doing anything. */
  private refusal(fault: NetworkFault | undefined): FetchAnswer | null {
    switch (fault) {
      case 'throttled-429':
      case 'throttled-503':
        return { ...problem(Number(fault.slice(-3)), 'SERVER_UNAVAILABLE', 'busy'), headers: this.retryAfter() };
      case 'quota-403':
        return problem(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
      case 'server-error':
        return this.chance.flip()
          ? problem(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.')
          : { status: 502, headers: {}, text: '<html>Bad gateway</html>' };
      default:
        return null;
    }
  }

  /** In seconds, as a date by the CRM's own clock, not at all, unreadable, or far too long. */
  private retryAfter(): Readonly<Record<string, string>> {
    const wait = this.chance.from(5, 120);
    // The CRM's clock has nothing to do with the device's.
    const server = Date.parse('2026-11-18T10:00:00Z') + this.scheduler.time;
    const date = new Date(server).toUTCString();
    switch (this.chance.from(0, 5)) {
      case 0:
        return { date, 'retry-after': new Date(server + wait * 1000).toUTCString() };
      case 1:
        return { date };
      case 2:
        return { date, 'retry-after': 'soon, we hope' };
      case 3:
        return { date, 'retry-after': '864000' };
      default:
        return { date, 'retry-after': String(wait) };
    }
  }

  /** The CRM did it, and the answer suffers on its way. */
  private spoiled(fault: NetworkFault | undefined, given: FetchAnswer): FetchAnswer {
    if (fault === 'cut')
      return { ...given, text: given.text.slice(0, Math.floor(given.text.length * this.chance.next())) };
    if (given.status !== 200 || !fault?.endsWith('-list')) return given;
    const list = JSON.parse(given.text) as Result[];
    if (fault === 'short-list') list.splice(this.chance.from(0, list.length - 1), 1);
    if (fault === 'extra-list') list.splice(this.chance.from(0, list.length), 0, list[0] as Result);
    if (fault === 'reordered-list') list.reverse();
    return json(200, list);
  }
}

const PORTAL: FetchAnswer = { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>Welcome</html>' };

const short = ({ method, url }: Call): string => `${method} ${url.slice(url.indexOf('.com') + 4).slice(0, 60)}`;

const seconds = ({ headers }: FetchAnswer): number | null => {
  const asked = headers['retry-after'];
  if (asked === undefined) return null;
  if (/^\d+$/u.test(asked)) return Number(asked) * 1000;
  const wait = Date.parse(asked) - Date.parse(headers.date ?? '');
  return Number.isNaN(wait) ? null : wait;
};
