/** What `@` completes: where in the line, which people, and the line afterwards. */
import type { Person } from '../../contract.ts';

export interface Typing {
  /** Where the `@` stands. */
  readonly at: number;
  /** The words between the `@` and the caret. */
  readonly words: string;
}

const LONGEST_NAME = 60;
const plain = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** The mention the caret stands in, or null. Inside private text nothing is looked up. */
export const mentionAt = (text: string, caret: number): Typing | null => {
  const before = text.slice(0, caret);
  if (before.includes('~~')) return null;
  const at = before.lastIndexOf('@');
  if (at < 0 || (at > 0 && !/[\s(,;]/.test(before[at - 1] ?? ''))) return null;
  const words = before.slice(at + 1);
  if (words.length > LONGEST_NAME || /[\n,;>]/.test(words) || /^\s/.test(words) || /\s$/.test(words)) return null;
  return { at, words };
};

/** Each typed word begins a word of the name, in any order. */
export const fits = (words: string, person: Person): boolean => {
  const names = plain(person.name).split(/[\s-]+/);
  return plain(words)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => names.some((name) => name.startsWith(word)));
};

/** What the search found: for all the words typed, or for the first of them while it is asked again. */
export interface Found {
  readonly people: readonly Person[];
  readonly whole: boolean;
  /** More may come: not everybody was read yet. */
  readonly more: boolean;
}

/**
 * The people at hand until the search answered; then its order, none twice. A name typed in full needs no list.
 */
export const completions = (
  words: string,
  local: readonly Person[],
  found: Omit<Found, 'more'>,
  most = 6,
): Person[] => {
  const seen = new Set<string>();
  const here = local.filter((person) => fits(words, person));
  const people = (found.whole ? [...found.people, ...here] : [...here, ...found.people]).filter((person) => {
    if (seen.has(person.id)) return false;
    seen.add(person.id);
    return true;
  });
  const [only, ...others] = people;
  if (only && others.length === 0 && plain(only.name) === plain(words)) return [];
  return people.slice(0, most);
};

/** The line with the mention written out, and where the caret goes. */
export const complete = (
  text: string,
  caret: number,
  { at }: Typing,
  name: string,
): { text: string; caret: number } => {
  const before = `${text.slice(0, at)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length };
};
