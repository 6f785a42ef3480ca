/** The store in memory: the reference for the contract suite, and the test double for everything above it. */
import { type Key, type Rows, SCHEMA, TABLES, type Table, type TableShape } from './schema.ts';
import { type Query, type ReadTx, StorageRefused, type Store, type WriteTx } from './store.ts';

type Image = ReadonlyMap<Table, ReadonlyMap<string, unknown>>;

export interface MemoryOptions {
  /** Test seam: called when a write is about to complete; what it throws aborts the write. */
  readonly beforeComplete?: () => void;
}

export const memoryStore = ({ beforeComplete }: MemoryOptions = {}): Store => {
  let image: Image = new Map(TABLES.map((table) => [table, new Map()]));
  let last: Promise<unknown> = Promise.resolve();

  const write = async <A>(body: (tx: WriteTx) => Promise<A>): Promise<A> => {
    const next = new Map(image);
    const written = new Map<Table, Map<string, unknown>>();
    /** A table is copied before its first change. */
    const changing = (table: Table): Map<string, unknown> => {
      const rows = written.get(table) ?? new Map(image.get(table));
      written.set(table, rows);
      next.set(table, rows);
      return rows;
    };
    const tx: WriteTx = {
      ...reading(next),
      put: async (table, row) => {
        const rows = changing(table);
        const key = JSON.stringify(keyOf(SCHEMA[table].key, row));
        for (const [name, { path, unique }] of Object.entries(SCHEMA[table].indexes)) {
          const wanted = unique ? keyOf(path, row) : undefined;
          // A row without the key is not in the index.
          if (wanted === undefined) continue;
          for (const [other, held] of rows) {
            if (compareKeys(keyOf(path, held), wanted) === 0 && other !== key) {
              throw new StorageRefused('aborted', { cause: new Error(`${table}.${name} is not unique`) });
            }
          }
        }
        rows.set(key, structuredClone(row));
      },
      remove: async (table, key) => {
        changing(table).delete(JSON.stringify(key));
      },
    };
    const answer = await body(tx);
    beforeComplete?.();
    image = next;
    return answer;
  };

  return {
    read: (body) => last.catch(() => {}).then(() => body(reading(image))),
    write: (body) => {
      const turn = last.catch(() => {}).then(() => write(body));
      last = turn;
      return turn;
    },
    close: async () => {},
  };
};

const reading = (image: Image): ReadTx => {
  const matching = (table: Table, { index, prefix, after, limit, from }: Query): unknown[] => {
    const path = index ? indexOf(SCHEMA[table], index) : { path: SCHEMA[table].key };
    const found: { readonly key: Key; readonly primary: Key; readonly row: unknown }[] = [];
    for (const [primary, row] of image.get(table) ?? []) {
      const key = keyOf(path.path, row);
      const keys = path.many ? (Array.isArray(key) ? [...new Set(key as Key[])] : []) : key === undefined ? [] : [key];
      for (const one of keys) {
        const goesOn = after === undefined || compareKeys(one, after) > 0;
        if (goesOn && (prefix === undefined || startsWith(one, prefix))) {
          found.push({ key: one, primary: JSON.parse(primary) as Key, row });
        }
      }
    }
    found.sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.primary, b.primary));
    if (from === 'last') found.reverse();
    return found.slice(0, limit ?? found.length).map(({ row }) => structuredClone(row));
  };
  return {
    get: async <T extends Table>(table: T, key: Key) => {
      const row = image.get(table)?.get(JSON.stringify(key));
      return row === undefined ? undefined : (structuredClone(row) as Rows[T]);
    },
    all: async <T extends Table>(table: T, query: Query = {}) => matching(table, query) as Rows[T][],
    count: async (table, query = {}) => matching(table, query).length,
  };
};

const indexOf = (shape: TableShape, name: string): TableShape['indexes'][string] => {
  const index = shape.indexes[name];
  if (!index) throw new Error(`no index ${name}`);
  return index;
};

/** The key IndexedDB would take from a row; undefined where it would leave the row out of an index. */
const keyOf = (path: string | readonly string[], row: unknown): Key | undefined => {
  if (typeof path === 'string') {
    const value = (row as Record<string, unknown>)[path];
    return isKey(value) ? value : undefined;
  }
  const parts = path.map((part) => (row as Record<string, unknown>)[part]);
  return parts.every(isKey) ? (parts as Key[]) : undefined;
};

const isKey = (value: unknown): value is Key =>
  typeof value === 'string' || typeof value === 'number' || (Array.isArray(value) && value.every(isKey));

const startsWith = (key: Key, prefix: Key): boolean =>
  Array.isArray(prefix)
    ? Array.isArray(key) && prefix.every((part, index) => compareKeys((key as Key[])[index] as Key, part as Key) === 0)
    : compareKeys(key, prefix) === 0;

const rank = (key: Key): number => (typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2);

/** IndexedDB's order: numbers, then texts by UTF-16 code unit, then arrays part by part. */
const compareKeys = (a: Key | undefined, b: Key | undefined): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index++) {
      const order = compareKeys(a[index] as Key, b[index] as Key);
      if (order) return order;
    }
    return a.length - b.length;
  }
  return a < b ? -1 : a > b ? 1 : 0;
};
