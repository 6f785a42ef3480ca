/** Words and phrases with a meaning each, found at a place in a line by its first word. */
import { type Found, type Line, wordAt } from '../pieces.ts';

interface Longer<V> {
  readonly rest: readonly string[];
  readonly value: V;
}

export class Phrases<V> {
  readonly #single = new Map<string, V>();
  /** By first word, the longest first. */
  readonly #longer = new Map<string, Longer<V>[]>();

  constructor(rows: Iterable<readonly [phrase: string, value: V]>) {
    for (const [phrase, value] of new Map(rows)) {
      const [first = '', ...rest] = phrase.split(' ');
      if (rest.length === 0) this.#single.set(first, value);
      else this.#longer.set(first, [...(this.#longer.get(first) ?? []), { rest, value }]);
    }
    for (const longer of this.#longer.values()) longer.sort((a, b) => b.rest.length - a.rest.length);
  }

  /** The meaning of one word by itself. */
  get(word: string): V | undefined {
    return this.#single.get(word);
  }

  has(word: string): boolean {
    return this.#single.has(word);
  }

  firstWords(): readonly string[] {
    return [...this.#single.keys(), ...this.#longer.keys()];
  }

  /** The longest phrase that begins at a piece. */
  at(line: Line, at: number): Found<V> | null {
    const word = wordAt(line, at);
    if (word === '') return null;
    for (const { rest, value } of this.#longer.get(word) ?? NONE) {
      if (rest.every((next, index) => wordAt(line, at + 1 + index) === next))
        return { value, next: at + 1 + rest.length };
    }
    const value = this.#single.get(word);
    return value === undefined ? null : { value, next: at + 1 };
  }
}

const NONE: readonly never[] = [];
