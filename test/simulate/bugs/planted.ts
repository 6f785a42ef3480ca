/** A bug put into the product on purpose: exact text, another text, and in a sentence what then goes wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Change, ROOT } from '../bundle.ts';

export interface Planted {
  readonly name: string;
  readonly says: string;
  readonly changes: readonly Change[];
  /** Within so many seeds it must be caught. */
  readonly within: number;
  /** Where to begin: near a seed that is known to meet it, for those that are met rarely. */
  readonly from?: number;
}

export const planted = (
  name: string,
  says: string,
  file: string,
  finds: readonly (readonly [find: string, replace: string])[],
  within = 400,
): Planted => ({ name, says, within, changes: finds.map(([find, replace]) => ({ file, find, replace })) });

/** Each change whose text is not exactly once where it should be, as a sentence. */
export const stale = ({ name, changes }: Planted): readonly string[] =>
  changes.flatMap(({ file, find }) => {
    const times = readFileSync(join(ROOT, file), 'utf8').split(find).length - 1;
    if (times === 1) return [];
    return [
      `Refresh the planted bug ${name}: ${file} holds its text ${times} times, not once: ${JSON.stringify(find)}`,
    ];
  });
