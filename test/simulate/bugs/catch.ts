/** Plants one bug in a copy of the product and plays seeds until the simulator complains. */
import { bundle } from '../bundle.ts';
import { simulate } from '../crew.ts';
import type { Failure } from '../thread.ts';
import { decidingBugs } from './deciding.ts';
import type { Planted } from './planted.ts';
import { sendingBugs } from './sending.ts';
import { storageBugs } from './storage.ts';

export const BUGS: readonly Planted[] = [...storageBugs, ...sendingBugs, ...decidingBugs];

/** The first failure; null when it was missed. */
export const catchIt = async ({ changes, within, focus = [] }: Planted): Promise<Failure | null> => {
  const wanted = { first: 1, seeds: within, twice: false, stop: true, shrink: false, focus };
  const { failures } = await simulate(await bundle(changes), wanted);
  return failures[0] ?? null;
};
