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
    const [here = '', after = '', further = ''] = [this.#rest[at], this.#rest[at + 1], this.#rest[at + 2]];
    // in a short word the first letter must be right, or exchanged with the second
    const exchanged =
      after !== '' &&
      word.charCodeAt(at) === other.charCodeAt(at + 1) &&
      word.charCodeAt(at + 1) === other.charCodeAt(at) &&
      other.startsWith(further, at + 2);
    if (exchanged) return true;
    if (at === 0 && word.length <= SHORTEST_WITH_TYPO) return false;
    if (other.length <= at) return other.length === at && after === '';
    return other.startsWith(after, at + 1) || other.startsWith(after, at) || other.startsWith(here, at + 1);
  }
}
