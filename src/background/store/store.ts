/**
 * The store's port, and its guarantee in words.
 *
 * - `write` is atomic: all of its puts and removes happen, or none. It resolves only when the transaction is
 *   **complete and durable** (strict: flushed, so that a power cut after it cannot lose it). Whoever says "saved"
 *   has awaited it.
 * - If the body throws, or the engine refuses (quota, abort, closed connection), nothing is written and `write`
 *   rejects: with what the body threw, or with `StorageRefused`.
 * - Writes are serial: a body sees every write that completed before it, and none that comes later. Reads see one
 *   moment.
 * - Inside a body only the given transaction may be awaited. Awaiting anything else ends the transaction early
 *   (the engine's rule) and rejects.
 * - Rows are copied in and out: changing one afterwards changes nothing stored.
 */
import type { Key, Rows, Table } from './schema.ts';

export interface Query {
  readonly index?: string;
  /** Rows whose key, or index key, is this or begins with this; all rows when absent. */
  readonly prefix?: Key;
  /** Rows whose key is greater: where a list read in parts goes on. Of the table's own key only. */
  readonly after?: Key;
  readonly limit?: number;
  /** `last` reads from the end. */
  readonly from?: 'first' | 'last';
}

export interface ReadTx {
  get<T extends Table>(table: T, key: Key): Promise<Rows[T] | undefined>;
  /** In key order (or index key order). */
  all<T extends Table>(table: T, query?: Query): Promise<Rows[T][]>;
  count<T extends Table>(table: T, query?: Query): Promise<number>;
}

export interface WriteTx extends ReadTx {
  put<T extends Table>(table: T, row: Rows[T]): Promise<void>;
  remove<T extends Table>(table: T, key: Key): Promise<void>;
}

export interface Store {
  read<A>(body: (tx: ReadTx) => Promise<A>): Promise<A>;
  write<A>(body: (tx: WriteTx) => Promise<A>): Promise<A>;
  close(): Promise<void>;
  /**
   * After `ledger_gone`, because the person said so: the empty store is the ledger from now on. Absent where a store
   * cannot vanish without its witness.
   */
  startAnew?(): Promise<void>;
}

/**
 * Remembers, in another storage than the database, that a ledger was there. A database that comes back empty would
 * otherwise look like a new one: objections forgotten, people told twice.
 */
export interface Witness {
  hasSeen(): Promise<boolean>;
  sees(): Promise<void>;
  forgets(): Promise<void>;
}

/** Why storage said no; the text that was to be saved stays where it was typed. */
export class StorageRefused extends Error {
  override readonly name = 'StorageRefused';
  constructor(
    readonly reason: 'quota' | 'cannot_open' | 'blocked' | 'closed' | 'aborted' | 'ledger_gone',
    options?: ErrorOptions,
  ) {
    super(`storage refused: ${reason}`, options);
  }
}
