/**
 * Numbered migrations. Each takes the database from `n - 1` to `n` inside the upgrade transaction; a number that
 * was shipped is never edited. Each has a test that starts from a literal old state.
 */
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { SCHEMA, TABLES } from './schema.ts';

type Upgrade = (db: IDBPDatabase, tx: IDBPTransaction<unknown, string[], 'versionchange'>) => void;

const migrations: readonly Upgrade[] = [
  // 1: the first layout.
  (db) => {
    for (const table of TABLES) {
      const { key, indexes } = SCHEMA[table];
      const store = db.createObjectStore(table, { keyPath: typeof key === 'string' ? key : [...key] });
      for (const [name, { path, unique, many }] of Object.entries(indexes)) {
        store.createIndex(name, typeof path === 'string' ? path : [...path], {
          unique: unique ?? false,
          multiEntry: many ?? false,
        });
      }
    }
  },
];

export const VERSION = migrations.length;

/** Runs every migration after `from`, in order. */
export const migrate: (
  db: IDBPDatabase,
  from: number,
  tx: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void = (db, from, tx) => {
  for (const upgrade of migrations.slice(from)) upgrade(db, tx);
};
