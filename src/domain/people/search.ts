/**
 * People as somebody types: whoever has, for each word typed, another word in name or company that begins so. Nearest
 * first: the page's contact, its account, recent people, everybody; within that the closest fit; then by name. Two people
 * of one name are both found. Only when nobody fits, words inside words count, then one slip of the finger.
 */
import { wordsOf } from './folding.ts';
import { COMPANY, FIRST, fieldOf, type PeopleIndex, type Person, placeOf } from './people-index.ts';
import { SHORTEST_WITH_TYPO, Typo } from './typo.ts';

export interface SearchScope {
  /** The id of the page's contact. */
  readonly page: string | null;
  readonly account: string | null;
  /** Ids of people of recent logs, latest first. */
  readonly recent: readonly string[];
}

/** Closest first. `name`: the whole name. `word`: whole words. */
export type Fit = 'name' | 'word' | 'beginning' | 'company' | 'initials' | 'inside' | 'typo';
export interface FoundPerson {
  readonly person: Person;
  readonly fit: Fit;
}

const FITS: readonly Fit[] = ['name', 'word', 'beginning', 'company', 'initials', 'inside', 'typo'];
const [NAME, WORD, BEGINNING, OF_COMPANY, INITIALS, INSIDE, TYPO] = [0, 1, 2, 3, 4, 5, 6];
/** The first name before the others, within one fit. */
const STEP = 2;
const FAR = 0xffff;
const MOST_WORDS = 5;
const LONGEST_WORD = 32;
const SHORTEST_INSIDE = 3;
const LONGEST_INITIALS = 4;

/** Everything the search needs to remember while it looks, kept between keystrokes. */
class Board {
  /** Nearness of a place: 0 is the page's contact. */
  near = new Uint16Array(0);
  /** The closest fit seen in this search. */
  score = new Uint8Array(0);
  /** In which round a place was seen last. */
  seen = new Uint32Array(0);
  round = 0;

  fit(places: number): void {
    if (this.near.length >= places) return;
    const room = Math.ceil(places * 1.25) + 16;
    this.near = new Uint16Array(room).fill(FAR);
    this.score = new Uint8Array(room);
    this.seen = new Uint32Array(room);
    this.round = 0;
  }
}
const boards = new WeakMap<PeopleIndex, Board>();

export function search(index: PeopleIndex, words: string, scope: SearchScope, limit: number): readonly FoundPerson[] {
  const typed = wordsOf(words)
    .slice(0, MOST_WORDS)
    .map((word) => word.slice(0, LONGEST_WORD));
  if (typed.length === 0 || limit < 1) return [];
  const board = boards.get(index) ?? new Board();
  boards.set(index, board);
  board.fit(index.places);
  const marked = markNear(index, board, scope);
  const best = new Best(index, board, limit);
  const seeker = new Seeker(index, board, typed);
  const found = seeker.beginnings() || seeker.inside() || seeker.typos();
  if (found) for (const place of seeker.places) best.offer(place);
  for (const place of marked) board.near[place] = FAR;
  return best.people();
}

/** Page 0, account 1, recent people from 2 on. */
function markNear(index: PeopleIndex, board: Board, { page, account, recent }: SearchScope): readonly number[] {
  const marked: number[] = [];
  const mark = (place: number | undefined, near: number) => {
    if (place === undefined || (board.near[place] ?? 0) <= near) return;
    board.near[place] = near;
    marked.push(place);
  };
  mark(page === null ? undefined : index.place(page), 0);
  for (const place of account === null ? [] : index.ofAccount(account)) mark(place, 1);
  recent.forEach((id, at) => {
    mark(index.place(id), Math.min(at + 2, FAR - 1));
  });
  return marked;
}

class Seeker {
  readonly #index: PeopleIndex;
  readonly #board: Board;
  readonly #typed: readonly string[];
  readonly #whole: string;
  places: number[] = [];

  constructor(index: PeopleIndex, board: Board, typed: readonly string[]) {
    this.#index = index;
    this.#board = board;
    this.#typed = typed;
    this.#whole = typed.join(' ');
  }

  beginnings(): boolean {
    this.#clear();
    const [first = ''] = this.#typed;
    if (this.#typed.length === 1) {
      const [from, until] = this.#index.range(first);
      for (let at = from; at < until; at += 1) this.#bear(this.#index.words[at] as string, first);
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
    for (const other of this.#index.words) {
      if (!other.includes(word)) continue;
      for (const bearer of this.#index.bearers(other)) this.#see(placeOf(bearer), INSIDE * STEP);
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
    for (const other of this.#index.words) {
      if (!typo.begins(other)) continue;
      const near = Math.abs(other.length - word.length) <= 1 ? 0 : 1;
      for (const bearer of this.#index.bearers(other)) this.#see(placeOf(bearer), TYPO * STEP + near);
    }
  }

  /** Whoever bears a word that begins as typed. */
  #bear(word: string, typed: string): void {
    const whole = word.length === typed.length;
    for (const bearer of this.#index.bearers(word)) {
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
  #several(slip: { readonly word: string; readonly typo: Typo } | null): void {
    const ranges = this.#typed
      .filter((word) => word !== slip?.word)
      .map((word) => this.#index.range(word))
      .map(([from, until]) => ({ from, until, bearers: this.#countOf(from, until) }))
      .sort((a, b) => a.bearers - b.bearers);
    const [rarest, second] = ranges;
    if (rarest === undefined) return;
    const candidates = this.#bearersOf(rarest.from, rarest.until);
    const both = second === undefined ? candidates : this.#among(candidates, second.from, second.until);
    this.#clear();
    for (const place of both) {
      const score = this.#scoreOf(place, slip);
      if (score !== null) this.#see(place, score);
    }
  }

  #countOf(from: number, until: number): number {
    let count = 0;
    for (let at = from; at < until; at += 1) count += this.#index.bearers(this.#index.words[at] as string).length;
    return count;
  }

  #bearersOf(from: number, until: number): number[] {
    this.#clear();
    for (let at = from; at < until; at += 1) {
      for (const bearer of this.#index.bearers(this.#index.words[at] as string)) this.#see(placeOf(bearer), 0);
    }
    return this.places;
  }

  #among(candidates: readonly number[], from: number, until: number): number[] {
    const { seen } = this.#board;
    const before = this.#board.round;
    const both: number[] = [];
    if (candidates.length === 0) return both;
    this.#board.round += 1;
    for (let at = from; at < until; at += 1) {
      for (const bearer of this.#index.bearers(this.#index.words[at] as string)) {
        const place = placeOf(bearer);
        if (seen[place] !== before) continue;
        seen[place] = this.#board.round;
        both.push(place);
      }
    }
    return both;
  }

  /** Each typed word needs a word of its own; null where one has none. */
  #scoreOf(place: number, slip: { readonly word: string; readonly typo: Typo } | null): number | null {
    const entry = this.#index.entry(place);
    if (entry === undefined) return null;
    const left = [...entry.words];
    let fit = entry.name === this.#whole ? NAME : WORD;
    let slipped = slip === null;
    // the longer a word, the fewer it can stand for: it chooses first
    for (const word of [...this.#typed].sort((a, b) => b.length - a.length)) {
      const exact = left.findIndex(([other]) => other === word);
      let at = exact >= 0 ? exact : left.findIndex(([other]) => other.startsWith(word));
      if (at < 0 && slip !== null && !slipped && word === slip.word) {
        at = left.findIndex(([other]) => slip.typo.begins(other));
        slipped = at >= 0;
      }
      if (at < 0) return null;
      const ofCompany = left[at]?.[1] === COMPANY;
      if (fit !== NAME) fit = Math.max(fit, ofCompany ? OF_COMPANY : exact >= 0 ? WORD : BEGINNING);
      left.splice(at, 1);
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

/** The best so far, sorted; never more than the limit. */
class Best {
  readonly #index: PeopleIndex;
  readonly #board: Board;
  readonly #limit: number;
  readonly #kept: number[] = [];

  constructor(index: PeopleIndex, board: Board, limit: number) {
    this.#index = index;
    this.#board = board;
    this.#limit = limit;
  }

  offer(place: number): void {
    const kept = this.#kept;
    const last = kept[this.#limit - 1];
    if (last !== undefined && !this.#before(place, last)) return;
    let at = kept.length;
    while (at > 0 && this.#before(place, kept[at - 1] as number)) at -= 1;
    kept.splice(at, 0, place);
    if (kept.length > this.#limit) kept.pop();
  }

  #before(a: number, b: number): boolean {
    const { near, score } = this.#board;
    const nearer = (near[a] as number) - (near[b] as number);
    if (nearer !== 0) return nearer < 0;
    const closer = (score[a] as number) - (score[b] as number);
    if (closer !== 0) return closer < 0;
    const [one, other] = [this.#index.entry(a), this.#index.entry(b)];
    if (one === undefined || other === undefined) return one !== undefined;
    if (one.name !== other.name) return one.name < other.name;
    const [here, there] = [one.person.company ?? '', other.person.company ?? ''];
    return here === there ? one.person.id < other.person.id : here < there;
  }

  people(): readonly FoundPerson[] {
    return this.#kept.flatMap((place) => {
      const entry = this.#index.entry(place);
      const fit = FITS[Math.floor((this.#board.score[place] as number) / STEP)];
      return entry === undefined || fit === undefined ? [] : [{ person: entry.person, fit }];
    });
  }
}
