/**
 * People as somebody types: whoever has, for each word typed, another word in name or company that begins so. Nearest
 * first: the page's contact, its account, recent people, everybody; within that the closest fit; then by name. Two people
 * of one name are both found. Only when nobody fits, words inside words count, then one slip of the finger.
 */
import { Board, FAR } from './board.ts';
import { wordsOf } from './folding.ts';
import type { Entry, PeopleIndex, Person } from './people-index.ts';
import { type Fit, fitOf, Seeker } from './seeker.ts';

export interface SearchScope {
  /** The id of the page's contact. */
  readonly page: string | null;
  readonly account: string | null;
  /** Ids of people of recent logs, latest first. */
  readonly recent: readonly string[];
}

export interface FoundPerson {
  readonly person: Person;
  readonly fit: Fit;
}

const MOST_WORDS = 5;
const LONGEST_WORD = 32;

const boards = new WeakMap<PeopleIndex, Board>();

/** `beginnings`: nobody whose words only hold what is typed, or hold it with a slip. */
export function search(
  index: PeopleIndex,
  words: string,
  scope: SearchScope,
  limit: number,
  how: 'any' | 'beginnings' = 'any',
): readonly FoundPerson[] {
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
  const found = seeker.beginnings() || (how === 'any' && (seeker.inside() || seeker.typos()));
  if (found) for (const place of seeker.places) best.offer(place);
  for (const place of marked) board.near[place] = FAR;
  return best.people();
}

/** Page 0, account 1, recent people from 2 on. */
function markNear(index: PeopleIndex, board: Board, { page, account, recent }: SearchScope): readonly number[] {
  const marked: number[] = [];
  const mark = (place: number | undefined, near: number) => {
    if (place === undefined || (board.near[place] as number) <= near) return;
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
    const [one, other] = [this.#index.entry(a) as Entry, this.#index.entry(b) as Entry];
    if (one.name !== other.name) return one.name < other.name;
    const [here, there] = [one.person.company ?? '', other.person.company ?? ''];
    return here === there ? one.person.id < other.person.id : here < there;
  }

  people(): readonly FoundPerson[] {
    return this.#kept.map((place) => {
      const { person } = this.#index.entry(place) as Entry;
      return { person, fit: fitOf(this.#board.score[place] as number) };
    });
  }
}
