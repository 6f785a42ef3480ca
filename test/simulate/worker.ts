/**
 * The product's own composition on the seams of a world: what src/background/index.ts does with a browser. A worker is
 * an owner; killing it drops every continuation that waits for a seam, and another is built from what is stored.
 */
import { startHouse } from '../../src/background/building.ts';
import { showPanel } from '../../src/background/handlers/badge.ts';
import { handlers } from '../../src/background/handlers/index.ts';
import type { House } from '../../src/background/house.ts';
import { browserPlatform, type FetchAnswer, type Platform } from '../../src/background/platform.ts';
import { type Router, router } from '../../src/background/router.ts';
import { openStore } from '../../src/background/store/idb.ts';
import { watched } from '../../src/background/store/watched.ts';
import { witness } from '../../src/background/witness.ts';
import type { Announcement } from '../../src/messenger.ts';
import { type Say, sayer } from '../../src/words.ts';
import { EXTENSION } from './browser.ts';
import type { Chance } from './chance.ts';
import type { Owner, Scheduler } from './scheduler.ts';

export interface Seams {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  wall(): number;
  fetch(
    url: string,
    init: { method: string; headers: Readonly<Record<string, string>>; body?: string },
  ): Promise<FetchAnswer>;
  /** What the worker wrote to its console. */
  report(said: string): void;
}

export interface Worker {
  readonly owner: Owner;
  readonly house: House;
  readonly answer: Router['answer'];
  /** An alarm, `online`, or the start itself. */
  wake(): void;
  command(tab: number): void;
}

/** UUID version 7 from the virtual clock and the seed. */
const uuid7 = (now: number, chance: Chance): string => {
  const time = Math.max(0, now).toString(16).padStart(12, '0');
  const rest = chance.hex(18);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
};

let say: Say | null = null;

export const platformFor = ({ scheduler, chance, wall, fetch }: Seams, owner: Owner): Platform => ({
  ...browserPlatform,
  now: wall,
  id: () => uuid7(wall(), chance),
  salt: () => chance.hex(32),
  secret: () => chance.hex(43),
  challenge: async (verifier) => verifier,
  chance: () => chance.next(),
  after: (ms) => scheduler.wait(ms, ms, owner, 'after'),
  later: (ms, then) => {
    let cancelled = false;
    scheduler.in(ms, owner, 'timer', () => {
      if (!cancelled) then();
    });
    return () => {
      cancelled = true;
    };
  },
  zone: () => 'Europe/Berlin',
  fetch,
});

export const boot = (seams: Seams, owner: Owner): Worker => {
  const platform = platformFor(seams, owner);
  say ??= sayer((key, gaps) => platform.say(key, gaps), 'en');
  const report = (error: unknown): void => {
    seams.report(error instanceof Error ? `${error.name} ${error.message}` : 'error');
  };
  const store = watched(openStore({ after: platform.after, witness }));
  const changed = (): void => {
    const said: Announcement<'changed'> = { candor: 1, announce: 'changed', with: null };
    platform.tellAll(said);
  };
  const { house, reminder } = startHouse({ store, platform, say, changed }, report);
  const { answer } = router(
    handlers,
    () => house,
    { id: 'candor', origin: EXTENSION },
    () => {},
  );
  reminder.now();
  return {
    owner,
    house,
    answer,
    wake: () => reminder.now(),
    command: (tab) => void showPanel(house, tab, 'command').catch(report),
  };
};
