/**
 * The worker that lives, and now and then a second one beside it on the same database: an old one that has not ended
 * yet, or another context of the extension. Both are booted, idle and killed here.
 */
import type { Owner, Scheduler } from './scheduler.ts';
import { boot, type Seams, type Worker } from './worker.ts';

const IDLE_MS = 30_000;

interface Living {
  readonly owner: Owner;
  worker: Worker | null;
  lastActive: number;
  readonly whenGone: (() => void)[];
}

export class Workers {
  boots = 0;
  private first: Living | null = null;
  private second: Living | null = null;
  private readonly god: Owner = { name: 'world', alive: true };

  constructor(
    private readonly scheduler: Scheduler,
    private readonly seams: () => Seams,
    /** Its owner is dead by then. */
    private readonly gone: (owner: Owner) => void,
  ) {}

  get worker(): Worker | null {
    return this.first?.worker ?? null;
  }

  /** Whose step this is; the first worker's where nobody's. */
  get present(): Owner {
    const { running } = this.scheduler;
    if (running && (running === this.first?.owner || running === this.second?.owner)) return running;
    return this.first?.owner ?? this.god;
  }

  /** The living worker, started if need be. */
  rouse(): Worker {
    this.first ??= this.start(() => this.kill());
    return this.first.worker as Worker;
  }

  /** Another starts beside it and ends after so long. */
  startSecond(ms: number): void {
    if (this.second) return;
    const second = this.start(() => this.end(second));
    this.second = second;
    this.scheduler.in(ms, this.god, 'second worker ends', () => this.end(second));
  }

  private start(idle: () => void): Living {
    this.boots += 1;
    const owner: Owner = { name: `w${this.boots}`, alive: true };
    const living: Living = { owner, worker: null, lastActive: this.scheduler.time, whenGone: [] };
    living.worker = boot(this.seams(), owner);
    this.watchIdle(living, idle);
    return living;
  }

  private watchIdle(living: Living, idle: () => void): void {
    const { scheduler } = this;
    scheduler.in(living.lastActive + IDLE_MS - scheduler.time, this.god, 'idle', () => {
      if (!living.owner.alive) return;
      if (scheduler.time - living.lastActive >= IDLE_MS) idle();
      else this.watchIdle(living, idle);
    });
  }

  stepped(by: Owner): void {
    for (const living of [this.first, this.second]) if (living?.owner === by) living.lastActive = this.scheduler.time;
  }

  /** Who answers a message: any living context may be the one that hears it. */
  hears(second: boolean): { readonly worker: Worker; readonly whenGone: (() => void)[] } {
    this.rouse();
    const living = (second ? this.second : null) ?? (this.first as Living);
    living.lastActive = this.scheduler.time;
    // What it does at once with the message is its own doing.
    this.scheduler.running = living.owner;
    return { worker: living.worker as Worker, whenGone: living.whenGone };
  }

  /** Stops the worker: its instance and all that waits for a seam are gone; what it had sent is on its way. */
  kill(): void {
    if (this.first) this.end(this.first);
  }

  killAll(): void {
    this.kill();
    if (this.second) this.end(this.second);
  }

  private end(living: Living): void {
    if (!living.owner.alive) return;
    living.owner.alive = false;
    if (this.first === living) this.first = null;
    if (this.second === living) this.second = null;
    this.gone(living.owner);
    for (const each of living.whenGone.splice(0)) each();
  }
}
