/** The store on IndexedDB: strict durability, acknowledged on `complete`, reopened when the connection closes under us. */
import { type IDBPDatabase, type IDBPObjectStore, type IDBPTransaction, openDB } from 'idb';
import { migrate, VERSION } from './migrations.ts';
import { type Key, type Rows, TABLES, type Table } from './schema.ts';
import { type Query, type ReadTx, StorageRefused, type Store, type Witness, type WriteTx } from './store.ts';

const NAME = 'candor';
/** `open` may never settle (a profile on a broken disk); a named state within five seconds instead. */
const OPEN_WITHIN_MS = 5_000;

export interface IdbOptions {
  readonly name?: string;
  /** The platform's timer: rejects after so many milliseconds. */
  readonly after: (ms: number) => Promise<void>;
  readonly witness?: Witness;
}

export const openStore = ({ name = NAME, after, witness }: IdbOptions): Store => {
  let opening: Promise<IDBPDatabase> | null = null;
  /** Whether the witness knows of the ledger; without one nobody asks. */
  let witnessed = witness === undefined;

  /** An empty ledger where one was is refused; one that is there is witnessed. */
  const compare = async (db: IDBPDatabase): Promise<void> => {
    if (!witness) return;
    const before = await witness.hasSeen();
    if ((await db.count('facts')) > 0) {
      if (!before) await witness.sees();
      witnessed = true;
    } else if (before) throw new StorageRefused('ledger_gone');
  };
  /** After a write that may have brought the first fact. It is complete by then: what the witness says of itself waits for the next. */
  const tellWitness = async (db: IDBPDatabase): Promise<void> => {
    if (!witness || witnessed || (await db.count('facts')) === 0) return;
    await witness.sees();
    witnessed = true;
  };

  const open = (): Promise<IDBPDatabase> => {
    opening ??= connect().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };

  const connect = async (): Promise<IDBPDatabase> => {
    let refuse: (refused: StorageRefused) => void = () => {};
    const refused = new Promise<never>((_, reject) => {
      refuse = reject;
    });
    const openIt = async (): Promise<IDBPDatabase> => {
      const db = await openDB(name, VERSION, {
        upgrade: (db, from, _to, tx) => migrate(db, from, tx as never),
        blocked: () => refuse(new StorageRefused('blocked')),
        // Newer code wants to upgrade: step aside at once; the next operation opens again.
        blocking: (_current, _blocked, event) => {
          (event.target as IDBDatabase).close();
          opening = null;
        },
        terminated: () => {
          opening = null;
        },
      });
      try {
        await compare(db);
      } catch (error) {
        db.close();
        throw error;
      }
      return db;
    };
    const opened = openIt();
    const late = after(OPEN_WITHIN_MS).then(() => {
      throw new StorageRefused('cannot_open');
    });
    try {
      return await Promise.race([opened, refused, late]);
    } catch (error) {
      // A connection that arrives after we gave up must not stay open and block others.
      opened.then((db) => db.close()).catch(() => {});
      throw error instanceof StorageRefused ? error : new StorageRefused('cannot_open', { cause: error });
    }
  };

  /** The one place where a transaction begins. */
  const begin = async <M extends 'readonly' | 'readwrite'>(mode: M): Promise<IDBPTransaction<unknown, string[], M>> => {
    const start = async (): Promise<IDBPTransaction<unknown, string[], M>> =>
      (await open()).transaction([...TABLES], mode, { durability: 'strict' });
    try {
      return await start();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      // Closed between two operations: open again, once.
      opening = null;
      return start().catch((again: unknown) => {
        throw again instanceof StorageRefused ? again : new StorageRefused('closed', { cause: again });
      });
    }
  };

  const run = async <M extends 'readonly' | 'readwrite', A>(
    mode: M,
    body: (tx: IDBPTransaction<unknown, string[], M>) => Promise<A>,
  ): Promise<A> => {
    const tx = await begin(mode);
    // Settled here so that an abort during the body is not an unhandled rejection.
    const completed = tx.done.then(
      () => null,
      (error: unknown) => ({ error }),
    );
    let answer: A;
    try {
      answer = await body(tx);
    } catch (error) {
      try {
        tx.abort();
      } catch {
        // Already over: the engine aborted it first.
      }
      const ended = await completed;
      throw isEngine(error) ? refusedBy(error, ended?.error) : error;
    }
    const ended = await completed;
    if (ended) throw refusedBy(ended.error);
    // The write is complete: that its witness could not be told is no failure of it, and the next write tells again.
    if (mode === 'readwrite' && !witnessed)
      await open()
        .then(tellWitness)
        .catch(() => undefined);
    return answer;
  };

  return {
    read: (body) => run('readonly', (tx) => body(readTx(tx))),
    write: (body) => run('readwrite', (tx) => body(writeTx(tx))),
    close: async () => {
      const current = opening;
      opening = null;
      (await current)?.close();
    },
    ...(witness ? { startAnew: () => witness.forgets() } : {}),
  };
};

const isEngine = (error: unknown): boolean => error instanceof DOMException;

/** The body may see only an abort while the transaction knows the quota, or the other way round. */
const refusedBy = (...errors: readonly unknown[]): StorageRefused => {
  const full = errors.some((error) => error instanceof DOMException && error.name === 'QuotaExceededError');
  return new StorageRefused(full ? 'quota' : 'aborted', { cause: errors[0] });
};

/** `[]` sorts after every text and number, so `[prefix, []]` ends a prefix. */
const rangeOf = (prefix: Key): IDBKeyRange =>
  Array.isArray(prefix) ? IDBKeyRange.bound(prefix, [...(prefix as Key[]), []]) : IDBKeyRange.only(prefix);

type AnyStore = IDBPObjectStore<unknown, string[], string, 'readonly' | 'readwrite'>;

const readTx = (tx: IDBPTransaction<unknown, string[], 'readonly' | 'readwrite'>): ReadTx => {
  const source = (table: Table, { index }: Query) => {
    const store = tx.objectStore(table) as AnyStore;
    return index ? store.index(index) : store;
  };
  return {
    get: <T extends Table>(table: T, key: Key) =>
      tx.objectStore(table).get(key as IDBValidKey) as Promise<Rows[T] | undefined>,
    all: async <T extends Table>(table: T, query: Query = {}) => {
      const range =
        query.after !== undefined
          ? IDBKeyRange.lowerBound(query.after as IDBValidKey, true)
          : query.prefix === undefined
            ? null
            : rangeOf(query.prefix);
      if (query.from !== 'last') return (await source(table, query).getAll(range, query.limit)) as Rows[T][];
      const rows: Rows[T][] = [];
      let cursor = await source(table, query).openCursor(range, 'prev');
      while (cursor && rows.length < (query.limit ?? Number.POSITIVE_INFINITY)) {
        rows.push(cursor.value as Rows[T]);
        cursor = await cursor.continue();
      }
      return rows;
    },
    count: (table, query = {}) =>
      source(table, query).count(query.prefix === undefined ? null : rangeOf(query.prefix)) as Promise<number>,
  };
};

const writeTx = (tx: IDBPTransaction<unknown, string[], 'readwrite'>): WriteTx => ({
  ...readTx(tx),
  put: async (table, row) => {
    await tx.objectStore(table).put(row);
  },
  remove: async (table, key) => {
    await tx.objectStore(table).delete(key as IDBValidKey);
  },
});
