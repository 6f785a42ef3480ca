/** Plays seeds on as many threads as there are cores, and adds up what they saw. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ROOT } from './bundle.ts';
import { addLandings, type Landings } from './landings.ts';
import type { Order, Report } from './thread.ts';

export interface Wanted {
  readonly first: number;
  readonly seeds: number;
  readonly threads?: number;
  readonly twice?: boolean;
  readonly stop?: boolean;
  readonly shrink?: boolean;
}

export const simulate = async (thread: string, wanted: Wanted): Promise<Report> => {
  const { first, seeds, twice = true, stop = false, shrink = true } = wanted;
  const threads = Math.max(1, Math.min(wanted.threads ?? Math.min(availableParallelism(), 2), seeds));
  const reports = await Promise.all(
    Array.from({ length: threads }, (_, at) => {
      const count = Math.floor(seeds / threads) + (at < seeds % threads ? 1 : 0);
      const words = join(ROOT, '_locales/en/messages.json');
      return one(thread, { words, first: first + at, count, step: threads, twice, stop, shrink });
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

const one = (thread: string, order: Order): Promise<Report> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: order });
    worker.once('message', (report: Report) => {
      resolve(report);
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a thread of the simulator ended with ${code}`)));
  });
