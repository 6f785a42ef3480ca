/** Who fits what is typed, and how closely: numbers, the smaller the closer. */
import type { Board } from './board.ts';
import { COMPANY, type Entry, FIRST, fieldOf, type PeopleIndex, placeOf, type Word } from './people-index.ts';
import { SHORTEST_WITH_TYPO, Typo } from './typo.ts';

/** Closest first. `name`: the whole name. `word`: whole words. `inside`: within a word. */
export const FITS = ['name', 'word', 'beginning', 'company', 'initials', 'inside', 'typo'] as const;
export type Fit = (typeof FITS)[number];
const [NAME, WORD, BEGINNING, OF_COMPANY, INITIALS, INSIDE, TYPO] = [0, 1, 2, 3, 4, 5, 6];
/** The first name before the others, within one fit. */
const STEP = 2;
export const fitOf = (score: number): Fit => FITS[Math.floor(score / STEP)] as Fit;

const SHORTEST_INSIDE = 3;
const LONGEST_INITIALS = 4;

/** The word that holds the slip. */
interface Slip {
  readonly word: string;
  readonly typo: Typo;
}

/** The first of an entry's words that is not taken and fits; bits hold no more than 31 words. */
function free(entry: Entry, taken: number, fits: (text: string) => boolean): number {
  const { words } = entry;
  const many = Math.min(words.length, 31);
  for (let at = 0; at < many; at += 1) {
    if ((taken & (1 << at)) === 0 && fits((words[at] as Word).text)) return at;
  }
  return -1;
}

export class Seeker {
  readonly #index: PeopleIndex;
  readonly #board: Board;
  readonly #typed: readonly string[];
  readonly #whole: string;
  /** The longer a word, the fewer it can stand for: it chooses first. */
  readonly #longestFirst: readonly string[];
  places: number[] = [];

  constructor(index: PeopleIndex, board: Board, typed: readonly string[]) {
    this.#index = index;
    this.#board = board;
    this.#typed = typed;
    this.#whole = typed.join(' ');
    this.#longestFirst = [...typed].sort((a, b) => b.length - a.length);
  }

  beginnings(): boolean {
    this.#clear();
    const [first = ''] = this.#typed;
    if (this.#typed.length === 1) {
      const [from, until] = this.#index.range(first);
      for (let at = from; at < until; at += 1) this.#bear(this.#index.words[at] as Word, first);
      this.#named();
      if (first.length > 1 && first.length <= LONGEST_INITIALS) {
        for (const place of this.#index.withInitials(first)) this.#see(place, INITIALS * STEP);
      }
    } else this.#several(null);
    return this.places.length > 0;
  }

  /** "eyes" for Reyes. */
  inside(): boolean {
    const [word = ''] = this.#typed;
    if (this.#typed.length > 1 || word.length < SHORTEST_INSIDE) return false;
    this.#clear();
    for (const { text, bearers } of this.#index.words) {
      if (!text.includes(word)) continue;
      for (const bearer of bearers) this.#see(placeOf(bearer), INSIDE * STEP);
    }
    return this.places.length > 0;
  }

  /** One slip in one of the words. */
  typos(): boolean {
    this.#clear();
    const lost = this.#typed.filter((word) => {
      const [from, until] = this.#index.range(word);
      return from === until;
    });
    if (lost.length > 1) return false;
    for (const word of lost.length === 1 ? lost : this.#typed) {
      if (word.length >= SHORTEST_WITH_TYPO) this.#slipped(word);
    }
    return this.places.length > 0;
  }

  #slipped(word: string): void {
    const typo = new Typo(word);
    if (this.#typed.length > 1) {
      this.#several({ word, typo });
      return;
    }
    for (const { text, bearers } of this.#index.words) {
      if (!typo.begins(text)) continue;
      const near = Math.abs(text.length - word.length) <= 1 ? 0 : 1;
      for (const bearer of bearers) this.#see(placeOf(bearer), TYPO * STEP + near);
    }
  }

  /** Whoever bears a word that begins as typed. */
  #bear({ text, bearers }: Word, typed: string): void {
    const whole = text.length === typed.length;
    for (const bearer of bearers) {
      const field = fieldOf(bearer);
      const fit = field === COMPANY ? OF_COMPANY : whole ? WORD : BEGINNING;
      this.#see(placeOf(bearer), fit * STEP + (field === FIRST ? 0 : 1));
    }
  }

  /** A person of one name that is typed in full. */
  #named(): void {
    for (const bearer of this.#index.bearers(this.#whole)) {
      const place = placeOf(bearer);
      if (this.#index.entry(place)?.name === this.#whole) this.#see(place, NAME);
    }
  }

  /** Several words: those who have the rarest, if they have each of the others. `slip` names the word with a slip. */
  #several(slip: Slip | null): void {
    const groups = this.#typed
      .map((word) => (word === slip?.word ? this.#slipping(slip.typo) : this.#beginning(word)))
      .map((words) => ({ words, bearers: words.reduce((sum, { bearers }) => sum + bearers.length, 0) }))
      .sort((a, b) => a.bearers - b.bearers);
    // never asked for one word alone
    const [rarest, second] = groups as unknown as readonly [(typeof groups)[number], (typeof groups)[number]];
    const both = this.#among(this.#bearersOf(rarest.words), second.words);
    this.#clear();
    for (const place of both) {
      const score = this.#scoreOf(place, slip);
      if (score !== null) this.#see(place, score);
    }
  }

  #beginning(word: string): readonly Word[] {
    const [from, until] = this.#index.range(word);
    return this.#index.words.slice(from, until);
  }

  #slipping(typo: Typo): readonly Word[] {
    return this.#index.words.filter(({ text }) => typo.begins(text));
  }

  #bearersOf(words: readonly Word[]): readonly number[] {
    this.#clear();
    for (const { bearers } of words) for (const bearer of bearers) this.#see(placeOf(bearer), 0);
    return this.places;
  }

  #among(candidates: readonly number[], words: readonly Word[]): readonly number[] {
    const { seen } = this.#board;
    const before = this.#board.round;
    const both: number[] = [];
    if (candidates.length === 0) return both;
    this.#board.round += 1;
    for (const { bearers } of words) {
      for (const bearer of bearers) {
        const place = placeOf(bearer);
        if (seen[place] !== before) continue;
        seen[place] = this.#board.round;
        both.push(place);
      }
    }
    return both;
  }

  /** Each typed word needs a word of its own; null where one has none. */
  #scoreOf(place: number, slip: Slip | null): number | null {
    const entry = this.#index.entry(place) as Entry;
    let fit = entry.name === this.#whole ? NAME : WORD;
    let taken = 0;
    let slipped = slip === null;
    for (const word of this.#longestFirst) {
      const beginning = free(entry, taken, (text) => text.startsWith(word));
      // one of several words that begin so may be the word itself
      const exact = beginning < 0 ? -1 : free(entry, taken, (text) => text === word);
      let at = exact >= 0 ? exact : beginning;
      if (at < 0 && slip !== null && !slipped && word === slip.word) {
        at = free(entry, taken, (text) => slip.typo.begins(text));
        slipped = at >= 0;
      }
      if (at < 0) return null;
      taken |= 1 << at;
      if (fit !== NAME) fit = Math.max(fit, at >= entry.own ? OF_COMPANY : exact >= 0 ? WORD : BEGINNING);
    }
    return slip === null ? fit * STEP : TYPO * STEP;
  }

  #clear(): void {
    this.#board.round += 1;
    this.places = [];
  }

  #see(place: number, score: number): void {
    const { seen, score: scores, round } = this.#board;
    if (seen[place] !== round) {
      seen[place] = round;
      scores[place] = score;
      this.places.push(place);
    } else if (score < (scores[place] as number)) scores[place] = score;
  }
}
