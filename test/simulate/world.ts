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
import { Oracle, type Quiet } from './oracle/oracle.ts';
import { connectionOf } from './oracle/rest.ts';
import { afterCompletion, nothingLost } from './oracle/stored.ts';
import { type Owner, Scheduler } from './scheduler.ts';
import type { Seams } from './worker.ts';
import { Workers } from './workers.ts';

export const START = Date.parse('2026-11-18T10:30:00Z');

/** A prepared beginning: connected, people read, two of them told. */
export interface Beginning {
  readonly image: Image;
  readonly org: readonly CrmRecord[];
  readonly oauth: OAuth;
  readonly session: ReadonlyMap<string, unknown>;
  readonly local: ReadonlyMap<string, unknown>;
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
  readonly workers: Workers;
  wallOffset = 0;
  /** Questions whose answer somebody waits for. */
  pending = 0;
  readonly landed = new Map<string, { fired: number; landed: number }>();
  private readonly refreshing = new Set<Owner>();
  private readonly voices: Chance;
  private effects = 0;
  private readonly god: Owner = { name: 'world', alive: true };

  constructor(
    readonly seed: number,
    from: Beginning | null,
  ) {
    const chance = (actor: string): Chance => new Chance(seed, actor);
    this.scheduler = new Scheduler(chance('scheduler'));
    this.workers = new Workers(
      this.scheduler,
      () => this.seams,
      (gone) => this.bury(gone),
    );
    const owner = (): Owner => this.workers.present;
    this.voices = chance('voices');
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
    this.org.now = () => START + this.scheduler.time;
    this.oauth = from ? from.oauth.copy(chance('oauth')) : new OAuth(chance('oauth'));
    for (const { type, fields, by } of from?.org ?? []) this.org.plant(type, { ...fields }, by);
    this.browser.session = new Map(from?.session);
    this.browser.local = new Map(from?.local);
    this.network = new Network(this.scheduler, chance('network'), this.org, this.oauth, {
      leaves: (call, by) => {
        const refresh = call.body.includes('grant_type=refresh_token');
        this.scheduler.trace(call.body);
        leaves(
          this.oracle,
          call,
          this.oauth.userOf(call.headers.authorization) ?? this.whose(),
          this.refreshing.has(by),
        );
        if (refresh) this.refreshing.add(by);
      },
      answered: ({ body }, by) => {
        if (body.includes('grant_type=refresh_token')) this.refreshing.delete(by);
      },
      askedToWait: (ms, by) => {
        // At the sign-in window it is the person who is told, and who decides when to try again.
        if (this.oracle.personAsks > 0) return;
        const until = this.scheduler.time + Math.min(ms ?? 0, 3_600_000);
        const quiet: Quiet = { until, certain: false, heardBy: by };
        this.oracle.quiet = quiet;
        this.expectQuiet(quiet);
      },
      struck: (fault) => this.count(fault, true),
    });
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
    this.browser.onAlarm = () => this.workers.rouse().wake();
    this.browser.onAlarmFault = (fault) => this.count(`alarm-${fault}`);
    this.browser.onSaid = (where, what) => staysPrivate(this.oracle, where, JSON.stringify(what));
    this.browser.signIn = (url) => this.oauth.authorize(url);
    this.scheduler.afterDrain = () => this.disk.commitIdle();
    this.scheduler.onStep = (by) => this.workers.stepped(by);
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

  /** The worker has two seconds to write a wait down, and ten more after storage last said no. */
  private expectQuiet(quiet: Quiet): void {
    this.scheduler.in(2_000, this.god, 'quiet', () => {
      if (this.oracle.quiet !== quiet) return;
      quiet.certain = this.isPaused || this.scheduler.time - this.disk.lastTrouble > 10_000;
      if (!quiet.certain) this.expectQuiet(quiet);
    });
  }

  private get isPaused(): boolean {
    return (connectionOf(this.oracle)?.pausedUntil ?? 0) > this.wall();
  }

  /** A worker is gone: what it held, it holds no more. */
  private bury(owner: Owner): void {
    for (const [name, holder] of this.browser.locks) if (!holder.alive) this.browser.locks.delete(name);
    this.refreshing.delete(owner);
    if (this.oracle.quiet?.heardBy === owner && !this.isPaused) this.oracle.quiet = null;
    this.disk.dropConnections(owner);
  }

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
        const { worker, whenGone } = this.workers.hears(this.voices.flip());
        whenGone.push(() => {
          if (open) this.scheduler.in(0, this.god, `nobody answers ${ask}`, () => end(null));
        });
        const url = from.path.startsWith('/') ? `${EXTENSION}${from.path}` : from.path;
        worker.answer({ candor: 1, ask, with: given }, { id: 'candor', ...from, url })?.then((reply) => {
          this.scheduler.in(1, this.god, `reply ${ask}`, () => end(reply));
        });
      });
    });
  }

  close(): void {
    this.workers.killAll();
  }
}
