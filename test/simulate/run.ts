/** Plays one schedule: what happens, a calm tail without faults, and what must hold then. */
import { Chance } from './chance.ts';
import { userId } from './crm/org.ts';
import { Desk } from './desk.ts';
import { FAULTS, strike } from './faults.ts';
import { NETWORK_FAULTS } from './network.ts';
import type { Violation } from './oracle/oracle.ts';
import { connectionOf, unrest } from './oracle/rest.ts';
import { nothingLost } from './oracle/stored.ts';
import type { Event, Schedule } from './schedule.ts';
import { type Beginning, World } from './world.ts';

const CALM_MS = 15 * 60_000;
/** More steps than this without an end is a loop. */
const MOST_STEPS = 60_000;

export interface Played {
  readonly hash: string;
  readonly steps: number;
  readonly virtualMs: number;
  readonly boots: number;
  readonly requests: number;
  readonly violations: readonly Violation[];
  readonly landed: ReadonlyMap<string, { readonly fired: number; readonly landed: number }>;
  readonly lines: readonly string[] | null;
}

const FAULT_NAMES = new Set<string>([...Object.keys(FAULTS), ...NETWORK_FAULTS]);

const act = (desk: Desk, { does, id }: Event, chance: Chance): void => {
  const { world } = desk;
  world.scheduler.trace(`* ${does} ${id}`);
  if (FAULT_NAMES.has(does)) strike(does, world, chance, desk);
  else if (does === 'log') void desk.log(chance, `q${id}z`);
  else if (does === 'tell') void desk.tell(chance, `tell-${id}`);
  else if (does === 'object') void desk.object(chance, `object-${id}`);
  else if (does === 'retry') void desk.retryAll();
  else if (does === 'look') void desk.look();
  else if (does === 'navigate') void desk.navigate(chance);
  else if (does === 'search') void desk.search(chance);
  else if (does === 'syncNow') void desk.ask('syncNow', null);
  else throw new Error(`nobody knows how to ${does}`);
};

let present: World | null = null;

/** A rejection that no part of the product waits for: in a browser it would be an error on a page nobody reads. */
export const heardByNobody = (error: unknown): void => {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (!present) throw error;
  present.oracle.broken('R8 a named state', `nobody hears of ${said}`);
};

export const play = (schedule: Schedule, from: Beginning, record = false): Played => {
  const world = new World(schedule.seed, from);
  present = world;
  const desk = new Desk(world);
  const { scheduler, oracle } = world;
  const person = { name: 'person', alive: true };
  if (record) scheduler.lines = [];
  const until = (time: number): boolean => {
    while (scheduler.step(time)) {
      world.look();
      if (oracle.violations.length > 0) return false;
      if (scheduler.steps > MOST_STEPS) {
        oracle.broken('I7 liveness', `no end after ${MOST_STEPS} steps`);
        return false;
      }
    }
    return oracle.violations.length === 0;
  };
  scheduler.in(0, person, 'start', () => world.workers.rouse());
  let last = 0;
  for (const event of schedule.events) {
    last = Math.max(last, event.at);
    const chance = new Chance(schedule.seed, `event ${event.id}`);
    scheduler.in(event.at, person, `begins ${event.does}`, () => {
      if (event.steps === 0) act(desk, event, chance);
      else scheduler.inSteps(event.steps, () => act(desk, event, chance));
    });
  }
  if (until(last + 15_000)) calm(world, desk, until);
  world.close();
  return {
    hash: scheduler.hash,
    steps: scheduler.steps,
    virtualMs: scheduler.time,
    boots: world.workers.boots,
    requests: oracle.requests.length,
    violations: oracle.violations,
    landed: world.landed,
    lines: scheduler.lines,
  };
};

/** No more faults: what may leave must leave, by itself, in bounded time. */
const calm = (world: World, desk: Desk, until: (time: number) => boolean): void => {
  const { scheduler, oracle, disk, browser } = world;
  scheduler.trace('calm');
  world.network.armed.length = 0;
  disk.openFault = null;
  disk.abortNext = 0;
  disk.fullNext = 0;
  browser.alarmFault = null;
  const began = scheduler.time;
  let deadline = began + CALM_MS;
  let next = began;
  let retried = 0;
  let looked = -1;
  let rests = false;
  while (scheduler.time < deadline) {
    world.org.keyField = true;
    browser.permitted = true;
    if (!browser.online) {
      browser.online = true;
      world.workers.worker?.wake();
    }
    next += 1_000;
    if (!until(next)) return;
    const connection = connectionOf(oracle);
    const pause = (connection?.pausedUntil ?? 0) - world.wall();
    if (pause > 0) deadline = Math.max(deadline, scheduler.time + Math.min(pause, 3_600_000) + 5 * 60_000);
    // Nothing new was written and the CRM did nothing: what was amiss a second ago is amiss now.
    const seen = oracle.completions + world.org.effects.length;
    if (seen !== looked) rests = unrest(oracle, userId('ann')) === null;
    looked = seen;
    if (rests && scheduler.time > began + 2_000 && world.pending === 0) break;
    // The person does what the screen asks for, and nothing else.
    if (world.pending > 0) continue;
    if (connection?.state === 'sign_in_needed' || connection?.userId !== userId('ann')) void desk.signIn('ann');
    else if (connection.state !== 'connected') void desk.testConnection();
    else if (scheduler.time - began > (retried + 1) * 120_000 && retried < 3) {
      retried += 1;
      void desk.retryAll();
    }
  }
  const says = unrest(oracle, userId('ann'));
  if (says)
    oracle.broken('I7 liveness', `${Math.round((scheduler.time - began) / 1000)} s after the last fault: ${says}`);
  nothingLost(oracle);
  void desk.ask('verify', null, 'dashboard').then((verified) => {
    if ('ok' in verified && verified.ok.verdict === 'damaged')
      oracle.broken('I5 ledger', `verification finds ${verified.ok.findings.map(({ key }) => key).join()}`);
  });
  void desk.look();
  until(scheduler.time + 3_000);
};
