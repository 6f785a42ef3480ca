/** Had the author of a fact seen another one? Read from the chains: `prev` and `parents` make them a graph. */
import type { Entry } from '../events.ts';
import type { Mark } from './state.ts';

export type Knowing = (entry: Entry) => (earlier: Mark) => boolean;

export const knowing = (entries: readonly Entry[]): Knowing => {
  let byHash: ReadonlyMap<string, Entry> | null = null;
  const ancestors = new Map<string, ReadonlySet<string>>();
  const known = (): ReadonlyMap<string, Entry> => {
    byHash ??= new Map(entries.map((entry) => [entry.hash, entry]));
    return byHash;
  };
  const before = (entry: Entry): ReadonlySet<string> => {
    const found = ancestors.get(entry.hash);
    if (found) return found;
    const seen = new Set<string>();
    const todo = [entry.fact.prev, ...entry.fact.parents];
    for (let hash = todo.pop(); hash !== undefined; hash = todo.pop()) {
      const parent = seen.has(hash) ? undefined : known().get(hash);
      seen.add(hash);
      if (parent) todo.push(parent.fact.prev, ...parent.fact.parents);
    }
    ancestors.set(entry.hash, seen);
    return seen;
  };
  return (entry) => (earlier) => {
    if (earlier.device !== entry.fact.device) return before(entry).has(earlier.hash);
    // One device knows what it wrote before, in whichever of its chains.
    const other = known().get(earlier.hash);
    return other !== undefined && other.fact.hlc < entry.fact.hlc;
  };
};
