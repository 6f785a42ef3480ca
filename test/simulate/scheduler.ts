/**
 * Virtual time and order. Every call of a seam waits here as one entry; each step takes the earliest (a seeded draw
 * among equals), settles it, and lets the product run until it waits for the next. Nothing else moves.
 */
import type { Chance } from './chance.ts';

/** Whose continuation an entry is: dead owners are never continued. */
export interface Owner {
  readonly name: string;
  alive: boolean;
}

interface Entry {
  readonly at: number;
  readonly tie: number;
  readonly owner: Owner;
  readonly what: string;
  readonly run: () => void;
}

/** Runs every waiting microtask now: the product goes on until each of its parts waits for the simulator. */
const drain = (process as unknown as { _tickCallback(): void })._tickCallback;

export class Scheduler {
  /** Monotonic virtual milliseconds. */
  time = 0;
  steps = 0;
  /** Asked after each drain; true when it settled something, so that one more is needed. */
  afterDrain: () => boolean = () => false;
  /** Whose step this is. */
  running: Owner | null = null;
  /** Told of each step with its owner. */
  onStep: (owner: Owner) => void = () => {};
  lines: string[] | null = null;
  private heap: Entry[] = [];
  private hashA = 0x811c9dc5;
  private hashB = 0x1000193;
  private countdowns: { left: number; readonly run: () => void }[] = [];

  constructor(private readonly chance: Chance) {}

  trace(text: string): void {
    let [a, b] = [this.hashA, this.hashB];
    for (let at = 0; at < text.length; at += 1) {
      a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
      b = Math.imul(b + text.charCodeAt(at), 0x85ebca6b) ^ (b >>> 13);
    }
    this.hashA = a;
    this.hashB = b;
    this.lines?.push(`${String(Math.round(this.time)).padStart(8)}  ${text}`);
  }

  get hash(): string {
    return [this.hashA, this.hashB].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
  }

  in(ms: number, owner: Owner, what: string, run: () => void): void {
    const entry: Entry = { at: this.time + ms, tie: this.chance.next(), owner, what, run };
    const { heap } = this;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(entry, heap[up] as Entry)) break;
      heap[at] = heap[up] as Entry;
      at = up;
    }
    heap[at] = entry;
  }

  /** A wait of `low` to `high` milliseconds for one owner. */
  wait(low: number, high: number, owner: Owner, what: string): Promise<void> {
    return new Promise((resolve) => this.in(low + this.chance.next() * (high - low), owner, what, resolve));
  }

  /** Runs in so many steps from now, whatever time it is then. */
  inSteps(steps: number, run: () => void): void {
    this.countdowns.push({ left: steps, run });
  }

  /** One step; false when nothing waits or the next is later than `until`. */
  step(until: number): boolean {
    let entry = this.heap[0];
    while (entry && !entry.owner.alive) {
      this.pop();
      entry = this.heap[0];
    }
    if (!entry || entry.at > until) {
      this.time = Math.max(this.time, until);
      return false;
    }
    this.pop();
    this.time = Math.max(this.time, entry.at);
    this.steps += 1;
    this.trace(`${entry.owner.name} ${entry.what}`);
    this.running = entry.owner;
    this.onStep(entry.owner);
    entry.run();
    this.settle();
    this.running = null;
    if (this.countdowns.length > 0) this.countDown();
    return true;
  }

  settle(): void {
    do drain();
    while (this.afterDrain());
  }

  private countDown(): void {
    const due = this.countdowns.filter((each) => --each.left <= 0);
    if (due.length === 0) return;
    this.countdowns = this.countdowns.filter(({ left }) => left > 0);
    for (const { run } of due) run();
    this.settle();
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let down = at * 2 + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && before(heap[down + 1] as Entry, heap[down] as Entry)) down += 1;
      if (!before(heap[down] as Entry, last)) break;
      heap[at] = heap[down] as Entry;
      at = down;
    }
    heap[at] = last;
  }
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.tie < b.tie);
