/** Everything that can go wrong, by name. Each strikes the world at a moment, and says whether work was under way. */
import type { Chance } from './chance.ts';
import { type CrmRecord, KEY } from './crm/org.ts';
import { CONNECTION, type Desk, PEOPLE } from './desk.ts';
import { NETWORK_FAULTS, type NetworkFault } from './network.ts';
import type { World } from './world.ts';

type Strike = (world: World, chance: Chance, desk: Desk) => void | Promise<void>;

const DAY = 86_400_000;

const restart = (world: World, chance: Chance): void => {
  world.workers.killAll();
  world.browser.forget();
  world.scheduler.in(chance.from(200, 20_000), { name: 'browser', alive: true }, 'starts', () => world.workers.rouse());
};

const openFault =
  (fault: World['disk']['openFault']): Strike =>
  async (world, chance, desk) => {
    world.disk.openFault = fault;
    world.disk.closeConnections();
    await desk.wait(chance.from(500, 20_000));
    world.disk.openFault = null;
  };

const jump = (world: World, ms: number): void => {
  world.wallOffset += ms;
  world.oracle.lastJump = world.scheduler.time;
  // A wait kept by the clock ends early when the clock is put forward: nobody can know better.
  if (ms > 0) world.oracle.quiet = null;
};

const far = (chance: Chance): number => chance.pick([60_000, 3_600_000, DAY, 40 * DAY, 3_650 * DAY]);

const alarm =
  (fault: World['browser']['alarmFault']): Strike =>
  ({ browser }) => {
    browser.alarmFault = fault;
  };

const record = (world: World, chance: Chance) =>
  chance.pick([...world.org.live('Event'), ...world.org.live('Task')].filter(({ fields }) => KEY in fields));

/** Gone, at this moment by the CRM's own clock. */
const remove = ({ org }: World, contact: CrmRecord): void => {
  contact.deleted = true;
  org.touch(contact);
};

export const FAULTS: Readonly<Record<string, Strike>> = {
  'worker-killed': (world) => world.workers.kill(),
  'second-worker': ({ workers }, chance) => workers.startSecond(chance.from(500, 20_000)),
  'browser-killed': restart,
  'power-cut': (world, chance) => {
    world.workers.killAll();
    world.disk.powerCut();
    restart(world, chance);
  },
  'tx-aborted': ({ disk }, chance) => {
    disk.abortNext = chance.from(1, 3);
  },
  'disk-full': ({ disk }, chance) => {
    disk.fullNext = chance.from(1, 3);
  },
  'open-hangs': openFault('hangs'),
  'open-blocked': openFault('blocked'),
  'open-fails': openFault('fails'),
  'connection-closed': ({ disk }) => disk.closeConnections(),
  'alarm-late': alarm('late'),
  'alarm-twice': alarm('twice'),
  'alarm-never': alarm('never'),
  'clock-forward': (world, chance) => jump(world, far(chance)),
  'clock-back': (world, chance) => jump(world, -far(chance)),
  sleep: async (world, chance, desk) => {
    world.browser.online = false;
    jump(world, chance.from(1, 60) * 600_000);
    await desk.wait(500);
    world.browser.online = true;
    world.workers.worker?.wake();
  },
  offline: async (world, chance, desk) => {
    world.browser.online = false;
    await desk.wait(chance.from(500, 60_000));
    world.browser.online = true;
    world.workers.worker?.wake();
  },
  'token-expired': ({ oauth }) => oauth.expire(),
  'grant-revoked': ({ oauth }) => oauth.revoke(),
  'refresh-rotates': ({ oauth }) => {
    oauth.rotates = true;
    oauth.expire();
  },
  'session-lost': ({ browser }) => {
    browser.session = new Map();
  },
  'setup-broken': async ({ org }, chance, desk) => {
    org.keyField = false;
    await desk.wait(chance.from(5_000, 90_000));
    org.keyField = true;
    if (chance.flip()) await desk.testConnection();
  },
  'permission-revoked': async ({ browser }, chance, desk) => {
    browser.permitted = false;
    await desk.wait(chance.from(2_000, 60_000));
    browser.permitted = true;
    if (chance.flip()) await desk.testConnection();
  },
  'signed-out': async (_world, chance, desk) => {
    await desk.ask('disconnect', { connection: CONNECTION }, 'dashboard');
    await desk.wait(chance.from(1_000, 40_000));
    await desk.signIn('ann');
  },
  'other-user': async (_world, chance, desk) => {
    await desk.signIn('bob');
    await desk.wait(chance.from(5_000, 60_000));
    if (chance.flip()) await desk.signIn('ann');
  },
  'crm-record-deleted': (world, chance) => {
    const gone = record(world, chance);
    if (gone) gone.deleted = true;
  },
  'crm-contact-deleted': (world, chance) => {
    const contact = world.org.live('Contact')[chance.from(0, PEOPLE.length - 1)];
    if (contact) remove(world, contact);
  },
  /** A colleague edits a person in the CRM, and may tick an opt-out there; none is ever taken back. */
  'crm-contact-changed': ({ org }, chance) => {
    const contact = org.live('Contact')[chance.from(0, PEOPLE.length - 1)];
    if (!contact) return;
    contact.fields.Title = `Head of ${chance.pick(['Freight', 'Docks', 'Roads'])}`;
    if (chance.flip(0.3)) contact.fields[chance.pick(['HasOptedOutOfEmail', 'DoNotCall'])] = true;
    org.touch(contact);
  },
  'crm-contact-merged': (world, chance) => {
    const [survivor, ...others] = world.org.live('Contact');
    const loser = others.length > 0 ? chance.pick(others) : undefined;
    if (!survivor || !loser) return;
    remove(world, loser);
    loser.mergedInto = survivor.Id;
  },
};

const onTheWire = new Set<string>(NETWORK_FAULTS);
export const FAULT_NAMES: readonly string[] = [...Object.keys(FAULTS), ...NETWORK_FAULTS];

/** Counted when they strike, not when they are armed. */
const LATER = new Set(['alarm-late', 'alarm-twice', 'alarm-never']);

export const strike = (fault: string, world: World, chance: Chance, desk: Desk): void => {
  if (onTheWire.has(fault)) {
    const most = fault === 'drop-before' || fault === 'server-error' ? 3 : 2;
    world.network.armed.push({ fault: fault as NetworkFault, left: chance.from(1, most) });
    return;
  }
  if (!LATER.has(fault)) world.count(fault);
  void FAULTS[fault]?.(world, chance, desk);
};
