/** One world from one seed: clock, disk, browser, network, CRM, a worker that comes and goes, and who watches. */
import type { Reply } from '../../src/messenger.ts';
import { Browser, EXTENSION, useBrowser } from './browser.ts';
import { Chance } from './chance.ts';
import { OAuth } from './crm/oauth.ts';
import { type CrmRecord, Org } from './crm/org.ts';
import { Disk } from './disk/disk.ts';
import { useDisk } from './disk/idb.ts';
import type { Image } from './disk/image.ts';
import { Network } from './network.ts';
import { afterEffect } from './oracle/effects.ts';
import { leaves, staysPrivate } from './oracle/leaving.ts';
import { Oracle } from './oracle/oracle.ts';
import { afterCompletion, nothingLost } from './oracle/stored.ts';
import { type Owner, Scheduler } from './scheduler.ts';
import { boot, type Seams, type Worker } from './worker.ts';

export const START = Date.parse('2026-11-18T10:30:00Z');
const IDLE_MS = 30_000;

/** A prepared beginning: connected, people read, two of them told. */
export interface Beginning {
  readonly image: Image;
  readonly org: readonly CrmRecord[];
  readonly oauth: OAuth;
  readonly session: ReadonlyMap<string, unknown>;
}

export class World {
  readonly scheduler: Scheduler;
  readonly disk: Disk;
  readonly browser: Browser;
  readonly org = new Org();
  readonly oauth: OAuth;
  readonly network: Network;
  readonly oracle: Oracle;
  readonly seams: Seams;
  worker: Worker | null = null;
  wallOffset = 0;
  boots = 0;
  /** Questions whose answer somebody waits for. */
  pending = 0;
  readonly landed = new Map<string, { fired: number; landed: number }>();
  private lastActive = 0;
  private refreshing: Owner | null = null;
  private effects = 0;
  private readonly god: Owner = { name: 'world', alive: true };

  constructor(
    readonly seed: number,
    from: Beginning | null,
  ) {
    const chance = (actor: string): Chance => new Chance(seed, actor);
    this.scheduler = new Scheduler(chance('scheduler'));
    const owner = (): Owner => this.worker?.owner ?? this.god;
    this.browser = new Browser(this.scheduler, chance('browser'), owner);
    this.disk = new Disk(
      this.scheduler,
      chance('disk'),
      {
        completed: (changes) => {
          this.scheduler.trace(changes.map(({ table, id }) => table + id).join());
          afterCompletion(this.oracle, changes);
        },
        rolledBack: () => {
          this.oracle.readAll();
          nothingLost(this.oracle);
        },
        misuse: (what) => this.oracle.broken('store', what),
      },
      from?.image ?? null,
    );
    this.oauth = from ? from.oauth.copy(chance('oauth')) : new OAuth(chance('oauth'));
    for (const { type, fields, by } of from?.org ?? []) this.org.plant(type, { ...fields }, by);
    this.browser.session = new Map(from?.session);
    this.network = new Network(
      this.scheduler,
      chance('network'),
      this.org,
      this.oauth,
      {
        leaves: (call, by) => {
          const refresh = call.body.includes('grant_type=refresh_token');
          this.scheduler.trace(call.body);
          leaves(
            this.oracle,
            call,
            this.oauth.userOf(call.headers.authorization) ?? this.whose(),
            this.refreshing === by,
          );
          if (refresh) this.refreshing = by;
        },
        answered: ({ body }) => {
          if (body.includes('grant_type=refresh_token')) this.refreshing = null;
        },
        askedToWait: (ms) => {
          // At the sign-in window it is the person who is told, and who decides when to try again.
          if (this.oracle.personAsks > 0) return;
          const until = this.scheduler.time + Math.min(ms ?? 0, 3_600_000);
          this.oracle.quiet = { until, certain: false };
          const { worker } = this;
          // The worker has two seconds to write it down; killed before, it cannot know.
          this.scheduler.in(2_000, this.god, 'quiet', () => {
            if (this.oracle.quiet?.until === until && this.worker === worker) this.oracle.quiet.certain = true;
          });
        },
        struck: (fault) => this.count(fault, true),
      },
      () => this.wall(),
    );
    this.oracle = new Oracle(this);
    this.seams = {
      scheduler: this.scheduler,
      chance: chance('worker'),
      wall: () => this.wall(),
      fetch: async (url, { method, headers, body }) => {
        const call = { method, url, headers, body: body ?? '' };
        return this.network.fetch(call, owner(), () => this.browser.online);
      },
      report: (said) => {
        this.scheduler.trace(said);
        staysPrivate(this.oracle, 'the console', said);
      },
    };
    useDisk(this.disk, owner);
    useBrowser(this.browser);
    this.browser.onAlarm = () => this.rouse().wake();
    this.browser.onAlarmFault = (fault) => this.count(`alarm-${fault}`);
    this.browser.onSaid = (where, what) => staysPrivate(this.oracle, where, JSON.stringify(what));
    this.browser.signIn = (url) => this.oauth.authorize(url);
    this.scheduler.afterDrain = () => this.disk.commitIdle();
    this.scheduler.onStep = (by) => {
      if (by === this.worker?.owner) this.lastActive = this.scheduler.time;
    };
  }

  /** While no token is valid the sender may still be right about whose rows they are. */
  private whose(): string | null {
    return (this.disk.rows<{ userId: string | null }>('connections')[0] ?? { userId: null }).userId;
  }

  wall(): number {
    return Math.round(START + this.scheduler.time + this.wallOffset);
  }

  /** After each step: what the CRM did, and rules of the browser. */
  look(): void {
    const { effects } = this.org;
    for (; this.effects < effects.length; this.effects += 1) {
      const effect = effects[this.effects];
      if (effect) afterEffect(this.oracle, effect);
    }
    const [twice] = this.browser.twiceCreated.splice(0);
    if (twice) this.oracle.broken('R14 alarms', `the alarm ${twice} was created although it was there`);
  }

  /** Whether a fault now strikes something under way. */
  get busy(): boolean {
    if (this.pending > 0 || this.network.inFlight > 0 || this.disk.busy) return true;
    return this.disk.rows<{ state: string }>('outbox').some(({ state }) => state === 'queued' || state === 'in_flight');
  }

  count(fault: string, landed = this.busy): void {
    const counted = this.landed.get(fault) ?? { fired: 0, landed: 0 };
    counted.fired += 1;
    if (landed) counted.landed += 1;
    this.landed.set(fault, counted);
    this.scheduler.trace(`! ${fault}`);
  }

  /** The living worker, started if need be. */
  rouse(): Worker {
    if (this.worker) return this.worker;
    this.boots += 1;
    const owner: Owner = { name: `w${this.boots}`, alive: true };
    this.lastActive = this.scheduler.time;
    this.worker = { owner } as Worker;
    this.worker = boot(this.seams, owner);
    this.watchIdle(this.worker);
    return this.worker;
  }

  private watchIdle(worker: Worker): void {
    this.scheduler.in(this.lastActive + IDLE_MS - this.scheduler.time, this.god, 'idle', () => {
      if (this.worker !== worker) return;
      if (this.scheduler.time - this.lastActive >= IDLE_MS) this.kill();
      else this.watchIdle(worker);
    });
  }

  /** Stops the worker: its instance and all that waits for a seam are gone; what it had sent is on its way. */
  kill(): void {
    if (!this.worker) return;
    this.worker.owner.alive = false;
    for (const [name, holder] of this.browser.locks) if (!holder.alive) this.browser.locks.delete(name);
    if (this.refreshing === this.worker.owner) this.refreshing = null;
    if (this.oracle.quiet && !this.oracle.quiet.certain) this.oracle.quiet = null;
    this.worker = null;
    this.network.inFlight = 0;
    this.disk.dropConnections();
    for (const gone of this.onKilled.splice(0)) gone();
  }
  readonly onKilled: (() => void)[] = [];

  /** One message and its reply; null when the worker went away before it answered. */
  ask(ask: string, given: unknown, from: { path: string; frameId?: number; tab?: { id: number; url: string } }) {
    return new Promise<Reply | null>((resolve) => {
      this.pending += 1;
      let open = true;
      const end = (reply: Reply | null): void => {
        if (!open) return;
        open = false;
        this.pending -= 1;
        if (reply && from.path.includes('panel'))
          staysPrivate(this.oracle, 'an answer to a guest', JSON.stringify(reply));
        resolve(reply);
      };
      this.scheduler.in(1, this.god, `ask ${ask}`, () => {
        const worker = this.rouse();
        this.onKilled.push(() => {
          if (open) this.scheduler.in(0, this.god, `nobody answers ${ask}`, () => end(null));
        });
        const url = from.path.startsWith('/') ? `${EXTENSION}${from.path}` : from.path;
        this.lastActive = this.scheduler.time;
        worker.answer({ candor: 1, ask, with: given }, { id: 'candor', ...from, url })?.then((reply) => {
          this.scheduler.in(1, this.god, `reply ${ask}`, () => end(reply));
        });
      });
    });
  }

  close(): void {
    this.kill();
  }
}
