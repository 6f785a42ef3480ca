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

/** A folded word and everybody who bears it: place × 4 + field. */
export interface Word {
  readonly text: string;
  readonly bearers: number[];
}

export interface Entry {
  readonly person: Person;
  /** The folded name: ties are broken by it. */
  readonly name: string;
  /** Every word the person is found by, those of the name first. */
  readonly words: readonly Word[];
  /** How many of them are of the name. */
  readonly own: number;
}

export class PeopleIndex {
  /** Sorted, each once. */
  words: Word[] = [];
  readonly #byText = new Map<string, Word>();
  /** Words that nobody bore before. */
  #fresh: Word[] = [];
  readonly #entries: (Entry | undefined)[] = [];
  readonly #places = new Map<string, number>();
  readonly #free: number[] = [];
  readonly #initials = new Map<string, number[]>();
  readonly #accounts = new Map<string, number[]>();

  constructor(people: Iterable<Person> = []) {
    this.addAll(people);
  }

  /** Many at once: their words are sorted among themselves and laid between those that are there. */
  addAll(people: Iterable<Person>): void {
    this.#fresh = [];
    const left = new Set<Word>();
    for (const person of people) {
      for (const word of this.#forget(person.id)) left.add(word);
      this.#put(person);
    }
    const lost = [...left].filter(({ bearers }) => bearers.length === 0);
    for (const { text } of lost) this.#byText.delete(text);
    const isBorne = ({ bearers }: Word): boolean => bearers.length > 0;
    const before = lost.length > 0 ? this.words.filter(isBorne) : this.words;
    this.words = merged(before, this.#fresh.filter(isBorne).sort(byText));
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
    this.#fresh = [];
    this.#put(person);
    for (const word of this.#fresh) this.words.splice(this.firstFrom(word.text), 0, word);
  }

  remove(id: string): void {
    for (const word of this.#forget(id)) {
      if (word.bearers.length > 0) continue;
      this.words.splice(this.firstFrom(word.text), 1);
      this.#byText.delete(word.text);
    }
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

  bearers(text: string): readonly number[] {
    return this.#byText.get(text)?.bearers ?? [];
  }

  withInitials(initials: string): readonly number[] {
    return this.#initials.get(initials) ?? [];
  }

  ofAccount(account: string): readonly number[] {
    return this.#accounts.get(account) ?? [];
  }

  /** The index of the first word that is not before `text`. */
  firstFrom(text: string): number {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.words[middle] as Word).text < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The range of words that begin with `start`. */
  range(start: string): readonly [from: number, until: number] {
    const from = this.firstFrom(start);
    return [from, this.firstFrom(`${start}\uffff`)];
  }

  #word(text: string): Word {
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const word: Word = { text, bearers: [] };
    this.#byText.set(text, word);
    this.#fresh.push(word);
    return word;
  }

  #put(person: Person): Entry {
    const { name, own, company } = wordsOfPerson(person);
    const words = [...own, ...company].map((text) => this.#word(text));
    const entry: Entry = { person, name, words, own: own.length };
    const place = this.#free.pop() ?? this.#entries.length;
    this.#entries[place] = entry;
    this.#places.set(person.id, place);
    words.forEach(({ bearers }, at) => {
      bearers.push(place * FIELDS + (at === 0 && own.length > 0 ? FIRST : at < own.length ? FURTHER : COMPANY));
    });
    for (const initials of initialsOf(name)) push(this.#initials, initials, place);
    if (person.account !== null) push(this.#accounts, person.account, place);
    return entry;
  }

  /** Takes somebody out of everything but the sorted words; answers the words they bore. */
  #forget(id: string): readonly Word[] {
    const place = this.#places.get(id);
    if (place === undefined) return [];
    const entry = this.#entries[place] as Entry;
    for (const { bearers } of entry.words) dropped(bearers, (bearer) => placeOf(bearer) === place);
    for (const initials of initialsOf(entry.name)) without(this.#initials, initials, place);
    if (entry.person.account !== null) without(this.#accounts, entry.person.account, place);
    this.#entries[place] = undefined;
    this.#places.delete(id);
    this.#free.push(place);
    return entry.words;
  }
}

/** Two sorted lists as one. */
function merged(one: readonly Word[], other: readonly Word[]): Word[] {
  const all: Word[] = [];
  let at = 0;
  for (const word of other) {
    while (at < one.length && (one[at] as Word).text < word.text) all.push(one[at++] as Word);
    all.push(word);
  }
  while (at < one.length) all.push(one[at++] as Word);
  return all;
}

/** No two words have one text. */
const byText = (a: Word, b: Word) => (a.text < b.text ? -1 : 1);

/** Each word once; a word of the name is not one of the company too. */
function wordsOfPerson({ name, company }: Person): {
  name: string;
  own: readonly string[];
  company: readonly string[];
} {
  const names = wordsOf(name);
  const own = new Set([...names, ...otherWordsOf(name)]);
  const firm = company ?? '';
  const ofCompany = new Set([...wordsOf(firm), ...otherWordsOf(firm)].filter((word) => !own.has(word)));
  return { name: names.join(' '), own: [...own], company: [...ofCompany] };
}

/** "dr" and "dvr" for Dana van Reyes. */
function initialsOf(name: string): readonly string[] {
  const letters = name.split(' ').map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0));
  if (letters.length < 2) return [];
  return [...new Set([letters.join(''), `${letters[0]}${letters.at(-1)}`])];
}

function push(table: Map<string, number[]>, key: string, value: number): void {
  const values = table.get(key);
  if (values === undefined) table.set(key, [value]);
  else values.push(value);
}

/** Without the one that is gone: it is there once. */
function dropped(values: number[], gone: (value: number) => boolean): void {
  values.splice(values.findIndex(gone), 1);
}

function without(table: Map<string, number[]>, key: string, place: number): void {
  const values = table.get(key) as number[];
  dropped(values, (other) => other === place);
  if (values.length === 0) table.delete(key);
}

export const buildIndex = (people: Iterable<Person>): PeopleIndex => new PeopleIndex(people);
