/**
 * The people of the local directory, findable by how any word of their name or company begins. Words are kept sorted, so
 * that a beginning is a range; each word knows who bears it. People come and go one by one.
 */
import { otherWordsOf, wordsOf } from './folding.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  /** The id of their account. */
  readonly account: string | null;
}

/** Which word of a person: the first of the name, a further one, one of the company. */
export const FIRST = 0;
export const FURTHER = 1;
export const COMPANY = 2;
const FIELDS = 4;

export const placeOf = (bearer: number): number => Math.floor(bearer / FIELDS);
export const fieldOf = (bearer: number): number => bearer % FIELDS;

interface Entry {
  readonly person: Person;
  /** The folded name: ties are broken by it. */
  readonly name: string;
  readonly names: readonly string[];
  /** Every word the person is found by, with its field. */
  readonly words: readonly (readonly [word: string, field: number])[];
  readonly initials: readonly string[];
}

export class PeopleIndex {
  /** Sorted, each once. */
  readonly words: string[] = [];
  /** Who bears each of `words`: place × 4 + field. */
  readonly #bearers = new Map<string, number[]>();
  readonly #entries: (Entry | undefined)[] = [];
  readonly #places = new Map<string, number>();
  readonly #free: number[] = [];
  readonly #initials = new Map<string, number[]>();
  readonly #accounts = new Map<string, number[]>();

  constructor(people: Iterable<Person> = []) {
    for (const person of people) this.#put(person);
    this.words.push(...[...this.#bearers.keys()].sort(byCode));
  }

  get size(): number {
    return this.#places.size;
  }

  /** One more than the highest place in use. */
  get places(): number {
    return this.#entries.length;
  }

  /** Somebody new, or somebody whose name, company or account changed. */
  add(person: Person): void {
    this.remove(person.id);
    for (const word of this.#put(person)) {
      const at = this.firstFrom(word);
      if (this.words[at] !== word) this.words.splice(at, 0, word);
    }
  }

  remove(id: string): void {
    const place = this.#places.get(id);
    const entry = place === undefined ? undefined : this.#entries[place];
    if (place === undefined || entry === undefined) return;
    for (const [word] of entry.words) {
      if (without(this.#bearers, word, (bearer) => placeOf(bearer) === place)) continue;
      const at = this.firstFrom(word);
      if (this.words[at] === word) this.words.splice(at, 1);
    }
    for (const initials of entry.initials) without(this.#initials, initials, (other) => other === place);
    if (entry.person.account !== null) without(this.#accounts, entry.person.account, (other) => other === place);
    this.#entries[place] = undefined;
    this.#places.delete(id);
    this.#free.push(place);
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  entry(place: number): Entry | undefined {
    return this.#entries[place];
  }

  place(id: string): number | undefined {
    return this.#places.get(id);
  }

  bearers(word: string): readonly number[] {
    return this.#bearers.get(word) ?? [];
  }

  withInitials(initials: string): readonly number[] {
    return this.#initials.get(initials) ?? [];
  }

  ofAccount(account: string): readonly number[] {
    return this.#accounts.get(account) ?? [];
  }

  /** The index of the first word that is not before `word`. */
  firstFrom(word: string): number {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.words[middle] as string) < word) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The range of words that begin with `start`. */
  range(start: string): readonly [from: number, until: number] {
    const from = this.firstFrom(start);
    return [from, this.firstFrom(`${start}\uffff`)];
  }

  #put(person: Person): readonly string[] {
    const entry = entryOf(person);
    const place = this.#free.pop() ?? this.#entries.length;
    this.#entries[place] = entry;
    this.#places.set(person.id, place);
    for (const [word, field] of entry.words) push(this.#bearers, word, place * FIELDS + field);
    for (const initials of entry.initials) push(this.#initials, initials, place);
    if (person.account !== null) push(this.#accounts, person.account, place);
    return entry.words.map(([word]) => word);
  }
}

const byCode = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function entryOf(person: Person): Entry {
  const names = wordsOf(person.name);
  const words = new Map<string, number>();
  const put = (word: string, field: number) => {
    if (!words.has(word)) words.set(word, field);
  };
  names.forEach((word, at) => {
    put(word, at === 0 ? FIRST : FURTHER);
  });
  for (const word of otherWordsOf(person.name)) put(word, FURTHER);
  const company = person.company ?? '';
  for (const word of [...wordsOf(company), ...otherWordsOf(company)]) put(word, COMPANY);
  return { person, name: names.join(' '), names, words: [...words], initials: initialsOf(names) };
}

/** "dr" and "dvr" for Dana van Reyes. */
function initialsOf(names: readonly string[]): readonly string[] {
  const letters = names.map((name) => String.fromCodePoint(name.codePointAt(0) ?? 0));
  if (letters.length < 2) return [];
  return [...new Set([letters.join(''), (letters[0] ?? '') + (letters.at(-1) ?? '')])];
}

function push(table: Map<string, number[]>, key: string, value: number): void {
  const values = table.get(key);
  if (values === undefined) table.set(key, [value]);
  else values.push(value);
}

/** Takes values out; whether any are left. */
function without(table: Map<string, number[]>, key: string, gone: (value: number) => boolean): boolean {
  const left = (table.get(key) ?? []).filter((value) => !gone(value));
  if (left.length === 0) table.delete(key);
  else table.set(key, left);
  return left.length > 0;
}

export const buildIndex = (people: Iterable<Person>): PeopleIndex => new PeopleIndex(people);
