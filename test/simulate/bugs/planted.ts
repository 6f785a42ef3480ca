/** A bug put into the product on purpose: exact text, another text, and in a sentence what then goes wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Change, ROOT } from '../bundle.ts';
import type { Focus } from '../schedule.ts';

export interface Planted {
  readonly name: string;
  readonly says: string;
  readonly changes: readonly Change[];
  /** Within so many seeds it must be caught. */
  readonly within: number;
  /** What the schedules that should catch it are about, where it is met too rarely otherwise. */
  readonly focus?: Focus;
}

const WITHIN = 400;

export const planted = (
  name: string,
  says: string,
  file: string,
  finds: readonly (readonly [find: string, replace: string])[],
  focus: Focus = [],
): Planted => ({
  name,
  says,
  within: WITHIN,
  focus,
  changes: finds.map(([find, replace]) => ({ file, find, replace })),
});

/** Each change whose text is not exactly once where it should be, as a sentence. */
export const stale = ({ name, changes }: Planted): readonly string[] =>
  changes.flatMap(({ file, find }) => {
    const times = readFileSync(join(ROOT, file), 'utf8').split(find).length - 1;
    if (times === 1) return [];
    return [
      `Refresh the planted bug ${name}: ${file} holds its text ${times} times, not once: ${JSON.stringify(find)}`,
    ];
  });
