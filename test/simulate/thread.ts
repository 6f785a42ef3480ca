/** One thread of the crew: plays a range of seeds, each twice, and says what it saw. Bundled; see bundle.ts. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { beginning } from './beginning.ts';
import { useWords } from './browser.ts';
import { FAULT_NAMES } from './faults.ts';
import { addLandings, type Landings } from './landings.ts';
import { heardByNobody, type Played, play } from './run.ts';
import { type Focus, scheduleFor } from './schedule.ts';
import { shrunk } from './shrink.ts';

export interface Order {
  readonly words: string;
  readonly first: number;
  readonly count: number;
  readonly step: number;
  readonly twice: boolean;
  /** Stop at the first seed that fails. */
  readonly stop: boolean;
  readonly shrink: boolean;
  readonly focus: Focus;
}

export interface Failure {
  readonly seed: number;
  readonly focus: Focus;
  readonly rule: string;
  readonly says: string;
  readonly events: readonly string[];
  readonly of: number;
  readonly lines: readonly string[];
}

export interface Report {
  readonly schedules: number;
  readonly steps: number;
  readonly virtualMs: number;
  readonly boots: number;
  readonly requests: number;
  readonly landed: Readonly<Record<string, { readonly fired: number; readonly landed: number }>>;
  readonly failures: readonly Failure[];
}

const order = workerData as Order;

const work = (): Report => {
  useWords(JSON.parse(readFileSync(order.words, 'utf8')));
  const from = beginning();
  if ('rule' in from) {
    // Broken before any seed: there is nothing to play.
    const failure = { seed: 0, focus: order.focus, rule: from.rule, says: from.says, events: [], of: 0, lines: [] };
    return { schedules: 0, steps: 0, virtualMs: 0, boots: 0, requests: 0, landed: {}, failures: [failure] };
  }
  const failures: Failure[] = [];
  const landed: Landings = Object.fromEntries(FAULT_NAMES.map((name) => [name, { fired: 0, landed: 0 }]));
  const sum = { schedules: 0, steps: 0, virtualMs: 0, boots: 0, requests: 0 };
  for (let at = 0; at < order.count; at += 1) {
    const seed = order.first + at * order.step;
    const schedule = scheduleFor(seed, order.focus);
    const played = play(schedule, from);
    const again: Played | null = order.twice && played.violations.length === 0 ? play(schedule, from) : null;
    sum.schedules += 1;
    sum.steps += played.steps;
    sum.virtualMs += played.virtualMs;
    sum.boots += played.boots;
    sum.requests += played.requests;
    addLandings(landed, played.landed);
    const differs = again !== null && again.hash !== played.hash;
    const [first] = played.violations;
    if (!first && !differs) continue;
    const rule = first?.rule ?? 'I9 determinism';
    const small = order.shrink && first ? shrunk(schedule, from, rule) : { schedule, played };
    const why = small.played.violations[0] ?? first;
    failures.push({
      seed,
      focus: order.focus,
      rule,
      says: why?.says ?? `two runs, two traces: ${played.hash} and ${again?.hash}`,
      events: small.schedule.events.map(
        ({ id, does, at: when, steps }) => `${id}: ${does} at ${when} + ${steps} steps`,
      ),
      of: schedule.events.length,
      lines: order.shrink ? (play(small.schedule, from, true).lines ?? []).slice(-60) : [],
    });
    if (order.stop) break;
  }
  return { ...sum, landed, failures };
};

process.on('unhandledRejection', (error) => heardByNobody(error));
setImmediate(() => parentPort?.postMessage(work()));
