/** Plays seeds on as many threads as there are cores, and adds up what they saw. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from './bundle.ts';
import { addLandings, type Landings } from './landings.ts';
import type { Focus } from './schedule.ts';
import type { Order, Report } from './thread.ts';

export interface Wanted {
  readonly first: number;
  readonly seeds: number;
  readonly threads?: number;
  readonly twice?: boolean;
  readonly stop?: boolean;
  readonly shrink?: boolean;
  readonly focus?: Focus;
}

export const simulate = async (thread: string, wanted: Wanted): Promise<Report> => {
  const { first, seeds, twice = true, stop = false, shrink = true, focus = [] } = wanted;
  const threads = Math.max(1, Math.min(wanted.threads ?? Math.min(availableParallelism(), 8), seeds));
  const crew: Worker[] = [];
  const reports = await Promise.all(
    Array.from({ length: threads }, async (_, at) => {
      const count = Math.floor(seeds / threads) + (at < seeds % threads ? 1 : 0);
      const words = join(ROOT, '_locales/en/messages.json');
      const worker = new Worker(thread, {
        workerData: { words, first: first + at, count, step: threads, twice, stop, shrink, focus } satisfies Order,
      });
      crew.push(worker);
      const report = await reportOf(worker);
      // One failure was asked for: the others need not go on.
      if (stop && report.failures.length > 0) for (const each of crew) void each.terminate();
      return report;
    }),
  );
  const landed: Landings = {};
  for (const report of reports) addLandings(landed, Object.entries(report.landed));
  const sum = (what: 'schedules' | 'steps' | 'virtualMs' | 'boots' | 'requests'): number =>
    reports.reduce((total, report) => total + report[what], 0);
  return {
    schedules: sum('schedules'),
    steps: sum('steps'),
    virtualMs: sum('virtualMs'),
    boots: sum('boots'),
    requests: sum('requests'),
    landed,
    failures: reports.flatMap(({ failures }) => failures).sort((a, b) => a.seed - b.seed),
  };
};

const NOTHING: Report = { schedules: 0, steps: 0, virtualMs: 0, boots: 0, requests: 0, landed: {}, failures: [] };

const reportOf = (worker: Worker): Promise<Report> =>
  new Promise((resolve, reject) => {
    worker.once('message', (report: Report) => {
      resolve(report);
      void worker.terminate();
    });
    worker.once('error', reject);
    // Terminated, because another had what was asked for.
    worker.once('exit', () => resolve(NOTHING));
  });
