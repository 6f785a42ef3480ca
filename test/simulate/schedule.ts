/** What happens in one world, drawn from its seed: a few things a person does, and a subset of all faults. */
import { Chance } from './chance.ts';
import { FAULT_NAMES } from './faults.ts';

export interface Event {
  /** Draws its own chance by this number, so that leaving others out changes nothing in it. */
  readonly id: number;
  /** Virtual milliseconds. */
  readonly at: number;
  /** Then so many steps later: into the middle of whatever was set off. */
  readonly steps: number;
  readonly does: string;
}

export interface Schedule {
  readonly seed: number;
  readonly events: readonly Event[];
}

/** What a person does, and how often. */
const ACTS: readonly (readonly [string, number])[] = [
  ['log', 12],
  ['tell', 5],
  ['object', 1],
  ['retry', 1],
  ['look', 2],
  ['navigate', 2],
  ['search', 2],
  ['syncNow', 1],
];
const DRAWN = ACTS.flatMap(([act, weight]) => Array<string>(weight).fill(act));
/** Of what is drawn, how much more often an act is than others when it is looked at closely. */
const CLOSE = 12;

/** Acts and faults of these names are in every schedule: to look closely at what meets rarely. */
export type Focus = readonly string[];

export const scheduleFor = (seed: number, focus: Focus = []): Schedule => {
  const stranger = focus.find((name) => !FAULT_NAMES.includes(name) && !DRAWN.includes(name));
  if (stranger !== undefined) throw new Error(`no act or fault is called ${stranger}`);
  const acting = [...DRAWN, ...focus.filter((name) => DRAWN.includes(name)).flatMap((act) => Array(CLOSE).fill(act))];
  const chance = new Chance(seed, 'schedule');
  const events: Event[] = [];
  let at = 1_000;
  const acts = chance.from(3, 6);
  for (let count = 0; count < acts; count += 1) {
    events.push({ id: events.length, at, steps: 0, does: count === 0 ? 'log' : chance.pick(acting) });
    at += chance.flip(0.3)
      ? chance.from(0, 300)
      : chance.flip(0.85)
        ? chance.from(500, 16_000)
        : chance.from(30_000, 240_000);
  }
  // Swarm: a subset of faults, so that rare pairs meet.
  const drawn = chance.some(FAULT_NAMES, 4);
  const faults = [...focus.filter((name) => FAULT_NAMES.includes(name) && !drawn.includes(name)), ...drawn];
  const moments = [...events];
  for (const does of faults) {
    for (let times = chance.flip(0.7) ? 1 : chance.from(2, 3); times > 0; times -= 1) {
      const near = chance.pick(moments).at;
      // With what somebody does, when the ten seconds of undo end, or at any time.
      const when = chance.flip(0.45)
        ? near + chance.from(0, 60)
        : chance.flip(0.8)
          ? near + 9_900 + chance.from(0, 1_200)
          : chance.from(0, at);
      events.push({ id: events.length, at: when, steps: chance.from(0, 40), does });
    }
  }
  return { seed, events };
};
