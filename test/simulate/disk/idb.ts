/** Stands in for the `idb` package: the real src/background/store/idb.ts runs on the model disk of the present world. */
import type { Key, Table } from '../../../src/background/store/schema.ts';
import type { Owner } from '../scheduler.ts';
import type { Connection, Disk } from './disk.ts';
import { type Range, type Row, ranges } from './keys.ts';
import type { Transaction } from './transaction.ts';

interface Callbacks {
  upgrade(db: unknown, from: number, to: number, tx: unknown): void;
  blocked(): void;
  terminated(): void;
}

let present: { readonly disk: Disk; readonly owner: () => Owner } | null = null;
export const useDisk = (disk: Disk, owner: () => Owner): void => {
  present = { disk, owner };
};
(globalThis as { IDBKeyRange?: unknown }).IDBKeyRange = ranges;

const NO_STORE = { createObjectStore: () => ({ createIndex: () => {} }) };

export const openDB = (_name: string, version: number, callbacks: Callbacks): Promise<Database> => {
  if (!present) throw new Error('no disk');
  const { disk } = present;
  const owner = present.owner();
  return new Promise((resolve, reject) => {
    const wait = disk.chance.next() * 8;
    const fault = disk.openFault;
    if (fault) disk.lastTrouble = disk.scheduler.time;
    disk.scheduler.in(wait, owner, `open${fault ? ` ${fault}` : ''}`, () => {
      if (fault === 'hangs') return;
      if (fault === 'fails') return reject(new DOMException('Internal error opening backing store.', 'UnknownError'));
      if (fault === 'blocked') return callbacks.blocked();
      if (!disk.created) {
        callbacks.upgrade(NO_STORE, 0, version, null);
        disk.created = true;
      }
      resolve(new Database(disk, disk.connect(owner, callbacks.terminated)));
    });
  });
};

class Database {
  constructor(
    private readonly disk: Disk,
    private readonly connection: Connection,
  ) {}

  transaction(_tables: readonly string[], mode: 'readonly' | 'readwrite', options?: { durability?: string }) {
    const transaction = this.disk.begin(this.connection, mode, options?.durability);
    return {
      done: transaction.done,
      abort: () => transaction.abort(),
      objectStore: (table: Table) => source(this.disk, transaction, table, null),
    };
  }

  count(table: Table): Promise<number> {
    const transaction = this.disk.begin(this.connection, 'readonly', undefined);
    // Of a reading nobody asks how its transaction ended.
    transaction.done.catch(() => {});
    return transaction.request(() => this.disk.image.all(table, null, null).length);
  }

  close(): void {
    this.disk.close(this.connection);
  }
}

const source = (disk: Disk, transaction: Transaction, table: Table, index: string | null) => {
  const rows = (range?: Range | null): Row[] => disk.image.all(table, index, range);
  return {
    get: (key: Key) => transaction.request(() => disk.image.get(table, key)),
    getAll: (range?: Range | null, limit?: number) => transaction.request(() => rows(range).slice(0, limit)),
    count: (range?: Range | null) => transaction.request(() => rows(range).length),
    openCursor: (range: Range | null, direction: string) =>
      transaction.request(() => cursor(transaction, direction === 'prev' ? rows(range).reverse() : rows(range))),
    index: (name: string) => source(disk, transaction, table, name),
    put: (row: object) =>
      transaction.write(() => disk.image.put(table, row), `a unique index of ${table} refused the row`),
    delete: (key: Key) => transaction.write(() => disk.image.remove(table, key), null),
  };
};

interface Cursor {
  readonly value: Row;
  continue(): Promise<Cursor | null>;
}

const cursor = (transaction: Transaction, [value, ...rest]: readonly Row[]): Cursor | null =>
  value ? { value, continue: () => transaction.request(() => cursor(transaction, rest)) } : null;
