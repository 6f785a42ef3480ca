/** A store that says what was written, once the write is complete: for what is kept in memory beside it. */
import type { Key, Rows, Table } from './schema.ts';
import type { Store, WriteTx } from './store.ts';

export type Change = {
  readonly [T in Table]:
    | { readonly table: T; readonly put: Rows[T] }
    /** The key of a row that is gone. */
    | { readonly table: T; readonly gone: Key };
}[Table];

export interface Watched extends Store {
  /** Heard in the order of the writes, before whoever wrote goes on; nothing is heard of a write that failed. */
  watch(tables: readonly Table[], hear: (changes: readonly Change[]) => void): void;
}

export const watched = (store: Store): Watched => {
  const watchers: { readonly tables: readonly Table[]; readonly hear: (changes: readonly Change[]) => void }[] = [];
  const noting = (tx: WriteTx, changes: Change[]): WriteTx => ({
    ...tx,
    put: async (table, row) => {
      await tx.put(table, row);
      changes.push({ table, put: row } as Change);
    },
    remove: async (table, key) => {
      await tx.remove(table, key);
      changes.push({ table, gone: key } as Change);
    },
  });
  return {
    ...store,
    write: async (body) => {
      let changes: Change[] = [];
      const answer = await store.write((tx) => {
        changes = [];
        return body(noting(tx, changes));
      });
      for (const { tables, hear } of watchers) {
        const heard = changes.filter(({ table }) => tables.includes(table));
        if (heard.length > 0) hear(heard);
      }
      return answer;
    },
    watch: (tables, hear) => {
      watchers.push({ tables, hear });
    },
  };
};
