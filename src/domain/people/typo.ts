/** Whether a word begins like another one but for one slip: a letter too many, too few, wrong, or two exchanged. */

/** A slip in a shorter word could be anything. */
export const SHORTEST_WITH_TYPO = 3;

export class Typo {
  readonly #word: string;
  /** What is left of the word from each letter on. */
  readonly #rest: readonly string[];

  constructor(word: string) {
    this.#word = word;
    this.#rest = Array.from({ length: word.length + 3 }, (_, at) => word.slice(at));
  }

  /** The first letter that differs is where the slip is, so one look at each kind of slip is enough. */
  begins(other: string): boolean {
    const word = this.#word;
    let at = 0;
    while (at < word.length && word.charCodeAt(at) === other.charCodeAt(at)) at += 1;
    if (at === word.length) return true;
    const last = at + 1 >= word.length;
    const [mine, next] = [word.charCodeAt(at), word.charCodeAt(at + 1)];
    const [theirs, further] = [other.charCodeAt(at), other.charCodeAt(at + 1)];
    if (!last && mine === further && next === theirs && this.#goesOn(at + 2, other, at + 2)) return true;
    // in a short word the first letter must be right, or exchanged with the second
    if (at === 0 && word.length <= SHORTEST_WITH_TYPO) return false;
    if (last) return true;
    if (next === further && this.#goesOn(at + 2, other, at + 2)) return true;
    if (next === theirs && this.#goesOn(at + 2, other, at + 1)) return true;
    return mine === further && this.#goesOn(at + 1, other, at + 2);
  }

  /** What is left of the word from a letter on stands in the other one at a place. */
  #goesOn(from: number, other: string, at: number): boolean {
    return other.startsWith(this.#rest[from] as string, at);
  }
}
