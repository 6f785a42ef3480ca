/** Plants one bug in a copy of the product and plays seeds until the simulator complains. */
import { bundle } from '../bundle.ts';
import { simulate } from '../crew.ts';
import type { Failure } from '../thread.ts';
import { decidingBugs } from './deciding.ts';
import type { Planted } from './planted.ts';
import { sendingBugs } from './sending.ts';
import { storageBugs } from './storage.ts';

export const BUGS: readonly Planted[] = [...storageBugs, ...sendingBugs, ...decidingBugs];

export interface Caught {
  readonly failure: Failure | null;
  readonly schedules: number;
}

export const catchIt = async ({ changes, within }: Planted): Promise<Caught> => {
  const report = await simulate(await bundle(changes), {
    first: 1,
    seeds: within,
    twice: false,
    stop: true,
    shrink: false,
  });
  return { failure: report.failures[0] ?? null, schedules: report.schedules };
};
