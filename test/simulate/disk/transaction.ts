/** One transaction as the engine plays it: waits for its turn, serves requests at once, completes later or not at all. */
import type { Owner } from '../scheduler.ts';
import type { Connection, Disk } from './disk.ts';
import type { Change } from './image.ts';

export class Transaction {
  state: 'waiting' | 'active' | 'committing' | 'over' = 'waiting';
  readonly done: Promise<void>;
  readonly changes: Change[] = [];
  private waiting: ((refused: DOMException | null) => void)[] = [];
  private scheduled = false;
  private resolve: () => void = () => {};
  private reject: (error: DOMException) => void = () => {};

  constructor(
    private readonly disk: Disk,
    private readonly connection: Connection,
    readonly mode: 'readonly' | 'readwrite',
    private readonly strict: boolean,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  get owner(): Owner {
    return this.connection.owner;
  }

  schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    const { scheduler } = this.disk;
    const what = this.mode === 'readonly' ? 'read' : 'write';
    scheduler.in(this.disk.chance.next() * 2, this.connection.owner, what, () => {
      if (this.state !== 'waiting') return;
      this.state = 'active';
      for (const run of this.waiting.splice(0)) run(null);
    });
  }

  request<T>(run: () => T): Promise<T> {
    if (this.state === 'waiting') {
      return new Promise((resolve, reject) => {
        this.waiting.push((refused) => {
          try {
            if (refused) reject(refused);
            else resolve(run());
          } catch (error) {
            reject(error);
          }
        });
      });
    }
    if (this.state !== 'active') {
      this.disk.watch.misuse('a request in a transaction that is over');
      return Promise.reject(new DOMException('The transaction is not active.', 'TransactionInactiveError'));
    }
    try {
      return Promise.resolve(run());
    } catch (error) {
      return Promise.reject(error);
    }
  }

  write(change: () => Change | null, refused: string | null): Promise<void> {
    return this.request(() => {
      if (this.disk.fullNext > 0) {
        this.disk.fullNext -= 1;
        const full = new DOMException('The disk is full.', 'QuotaExceededError');
        this.fail(full);
        throw full;
      }
      const made = change();
      if (made) this.changes.push(made);
      else if (refused) {
        const twice = new DOMException(refused, 'ConstraintError');
        this.fail(twice);
        throw twice;
      }
    });
  }

  /** Called when everything waits: an active transaction without a request commits by itself. */
  idle(): boolean {
    if (this.state !== 'active') return false;
    const { disk, connection } = this;
    if (this.mode === 'readonly') {
      this.end();
      this.resolve();
      return true;
    }
    this.state = 'committing';
    disk.scheduler.in(1 + disk.chance.next() * 9, connection.owner, 'complete', () => {
      if (this.state !== 'committing') return;
      if (disk.abortNext > 0) {
        disk.abortNext -= 1;
        this.fail(new DOMException('aborted after success', 'AbortError'));
        return;
      }
      this.commit();
      this.resolve();
    });
    return false;
  }

  private commit(): void {
    this.end();
    this.disk.complete(this.changes, this.strict);
  }

  private end(): void {
    this.state = 'over';
    this.disk.over(this);
  }

  private undo(): void {
    for (const change of this.changes.splice(0).reverse()) this.disk.image.revert(change);
  }

  fail(error: DOMException): void {
    if (this.state === 'over') return;
    this.disk.lastTrouble = this.disk.scheduler.time;
    this.undo();
    this.state = 'over';
    for (const run of this.waiting.splice(0)) run(error);
    this.disk.over(this);
    this.reject(error);
  }

  abort(): void {
    if (this.state === 'over') throw new DOMException('over', 'InvalidStateError');
    this.fail(new DOMException('aborted', 'AbortError'));
  }

  /** Its owner is gone. */
  drop(committed: boolean): void {
    if (this.state === 'committing' && committed) {
      this.state = 'over';
      this.disk.complete(this.changes, this.strict);
      return;
    }
    if (this.state !== 'over') this.undo();
    this.state = 'over';
  }
}
