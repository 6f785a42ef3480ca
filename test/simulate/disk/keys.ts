/** IndexedDB's keys: what a row's key is, their order, and what a range holds. */
import type { Key } from '../../../src/background/store/schema.ts';

export type Row = Readonly<Record<string, unknown>>;

const isKey = (value: unknown): value is Key =>
  typeof value === 'string' || typeof value === 'number' || (Array.isArray(value) && value.every(isKey));

/** Undefined where IndexedDB would leave the row out of an index. */
export const keyOf = (path: string | readonly string[], row: Row): Key | undefined => {
  if (typeof path === 'string') return isKey(row[path]) ? (row[path] as Key) : undefined;
  const parts = path.map((part) => row[part]);
  return parts.every(isKey) ? (parts as Key[]) : undefined;
};

const rank = (key: Key): number => (typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2);

export const compareKeys = (a: Key, b: Key): number => {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'object' && typeof b === 'object') {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      const order = compareKeys(a[at] as Key, b[at] as Key);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Stands in for `IDBKeyRange`. */
export type Range = { readonly low: Key; readonly high: Key };
export const ranges = {
  bound: (low: Key, high: Key): Range => ({ low, high }),
  only: (key: Key): Range => ({ low: key, high: key }),
};

export const within = (key: Key, range: Range | null | undefined): boolean =>
  !range || (compareKeys(key, range.low) >= 0 && compareKeys(key, range.high) <= 0);

/** A copy nobody can change: rows are copied in; one copy then serves every reader. */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as T;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = frozen(value[name]);
  return Object.freeze(copy) as T;
};
