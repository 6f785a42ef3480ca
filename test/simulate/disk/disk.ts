/**
 * A database with two images. What a strict transaction wrote is durable when it completes; what a relaxed one wrote is
 * only in the volatile image until something later is flushed. A power cut keeps the durable image and a random prefix
 * of the rest. Everything else that storage does to an extension is here too: abort after success, a full disk, an open
 * that hangs, is blocked or fails, a connection closed underneath, a store that is gone.
 */
import type { Table } from '../../../src/background/store/schema.ts';
import type { Chance } from '../chance.ts';
import type { Owner, Scheduler } from '../scheduler.ts';
import { type Change, Image } from './image.ts';
import { Transaction } from './transaction.ts';

export type OpenFault = 'hangs' | 'blocked' | 'fails';

export interface DiskWatch {
  /** A transaction completed; null where only reads happened. */
  completed(changes: readonly Change[]): void;
  /** The volatile image went back. */
  rolledBack(): void;
  misuse(what: string): void;
}

export class Connection {
  closed = false;
  constructor(
    readonly disk: Disk,
    readonly owner: Owner,
    readonly terminated: () => void,
  ) {}
}

export class Disk {
  image: Image;
  private durable: Image;
  /** Completed but not flushed, in order. */
  private unflushed: (readonly Change[])[] = [];
  private queue: Transaction[] = [];
  private connections = new Set<Connection>();
  created: boolean;
  abortNext = 0;
  fullNext = 0;
  openFault: OpenFault | null = null;
  /** When storage last said no. */
  lastTrouble = Number.NEGATIVE_INFINITY;

  constructor(
    readonly scheduler: Scheduler,
    readonly chance: Chance,
    readonly watch: DiskWatch,
    from: Image | null,
  ) {
    this.created = from !== null;
    this.image = new Image(from ?? undefined);
    this.durable = new Image(from ?? undefined);
  }

  get busy(): boolean {
    return this.queue.length > 0;
  }

  connect(owner: Owner, terminated: () => void): Connection {
    const connection = new Connection(this, owner, terminated);
    this.connections.add(connection);
    return connection;
  }

  close(connection: Connection): void {
    connection.closed = true;
    this.connections.delete(connection);
  }

  begin(connection: Connection, mode: 'readonly' | 'readwrite', durability: string | undefined): Transaction {
    if (connection.closed) throw new DOMException('The database connection is closing.', 'InvalidStateError');
    const transaction = new Transaction(this, connection, mode, durability === 'strict');
    this.queue.push(transaction);
    this.startWaiting();
    return transaction;
  }

  /** Reads run side by side; a write runs alone, in the order of creation. */
  private startWaiting(): void {
    for (const [at, transaction] of this.queue.entries()) {
      const writes = transaction.mode === 'readwrite';
      if (writes && at > 0) return;
      if (transaction.state === 'waiting') transaction.schedule();
      if (writes) return;
    }
  }

  /** Transactions with nothing left to wait for commit by themselves. */
  commitIdle(): boolean {
    let settled = false;
    for (const transaction of [...this.queue]) settled = transaction.idle() || settled;
    return settled;
  }

  over(transaction: Transaction): void {
    this.queue = this.queue.filter((each) => each !== transaction);
    this.startWaiting();
  }

  complete(changes: readonly Change[], strict: boolean): void {
    if (changes.length === 0) return;
    this.unflushed.push(changes);
    if (strict) this.flush(this.unflushed.length);
    this.watch.completed(changes);
  }

  private flush(count: number): void {
    for (const changes of this.unflushed.splice(0, count)) for (const change of changes) this.durable.apply(change);
  }

  /** The worker or browser is gone: what was being committed may or may not have been; the rest never happened. */
  dropConnections(owner: Owner): void {
    for (const transaction of [...this.queue].reverse())
      if (transaction.owner === owner) transaction.drop(this.chance.flip());
    this.queue = this.queue.filter((transaction) => transaction.owner !== owner);
    for (const connection of [...this.connections]) if (connection.owner === owner) this.close(connection);
    this.startWaiting();
  }

  powerCut(): void {
    this.flush(this.chance.from(0, this.unflushed.length));
    this.unflushed = [];
    this.image = new Image(this.durable);
    this.watch.rolledBack();
  }

  closeConnections(): void {
    for (const transaction of [...this.queue]) transaction.fail(new DOMException('closed', 'AbortError'));
    for (const connection of [...this.connections]) {
      this.close(connection);
      // The page hears of it a little later; what it begins before then is refused.
      this.scheduler.in(this.chance.from(0, 40), connection.owner, 'closed', connection.terminated);
    }
  }

  vanish(): void {
    this.closeConnections();
    this.created = false;
    this.image = new Image();
    this.durable = new Image();
    this.unflushed = [];
    this.watch.rolledBack();
  }

  rows<Row>(table: Table): Row[] {
    return this.image.rows(table) as Row[];
  }
}
