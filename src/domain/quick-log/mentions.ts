/** `@name`: how far a name reaches. */
import type { Mention } from './draft.ts';
import { type Found, type Line, spanOf, typedAt, wordAt } from './pieces.ts';

/** No one is called by more words than this. */
const LONGEST_NAME = 5;
const MARKS = /[\p{M}'’.-]/gu;
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
};
/** "CRM" and "Q3" are capital letters, not a capitalised word. */
const CAPITALISED = /^\p{Lu}(?:\p{Ll}|['’]\p{L})[\p{L}'’.-]*$/u;
const POSSESSIVE = /['’]s$/iu;

/** Letters only: case, accents, apostrophes and hyphens do not tell names apart. */
export const folded = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(/[ßæœøđłı]/gu, (letter) => UNDECOMPOSED[letter] as string);

/** The known names, each as its folded words. */
export type Names = readonly (readonly string[])[];
export const namesOf = (names: readonly string[]): Names =>
  names.map((name) =>
    folded(name)
      .split(/\s+/u)
      .filter((word) => word !== ''),
  );

/** Each typed word opens another word of the name; returns whether nothing of the name is left over. */
function fits(name: readonly string[], typed: readonly string[]): { readonly whole: boolean } | null {
  const left = [...name];
  for (const word of typed) {
    const exact = left.indexOf(word);
    const found = exact >= 0 ? exact : left.findIndex((part) => part.startsWith(word));
    if (found < 0) return null;
    left.splice(found, 1);
  }
  return { whole: left.length === 0 };
}

/** A word that means something else joins a name only if it is one of the name's words, in full. */
function means(line: Line, low: string): boolean {
  const { words } = line;
  return (
    words.common.has(low) ||
    words.joiners.has(low) ||
    words.told.has(low) ||
    words.about.has(low) ||
    words.weekdays.has(low) ||
    words.months.has(low) ||
    words.daysBack.has(low) ||
    words.ago.has(low) ||
    words.last.has(low) ||
    words.numbers.has(low) ||
    words.particles.has(low)
  );
}

/** Whether a name begins here. An `@` inside an address, after a quote, or before a digit is text. */
export function opensMention(line: Line, at: number): boolean {
  const piece = line.pieces[at];
  if (piece?.kind !== 'word' || line.text.charAt(piece.start) !== '@') return false;
  const before = line.pieces[at - 1];
  if (before?.kind === 'open' && before.end === piece.start && /["'“„«‘]/u.test(typedAt(line, at - 1))) return false;
  const name = line.text.slice(piece.start + 1, piece.end);
  return /^\p{L}/u.test(name) && !name.includes('@');
}

/** "@dana's team" is a sentence about her, not a list of who was there. */
export const possessive = (line: Line, at: number): boolean => POSSESSIVE.test(typedAt(line, at));

/** How the words of a name are told from what follows them, for all mentions of one line. */
export class Reach {
  readonly #names: Names;
  readonly #line: Line;
  readonly #fitting = new Map<string, readonly (readonly string[])[]>();

  constructor(line: Line, names: readonly string[]) {
    this.#line = line;
    this.#names = namesOf(names);
  }

  /**
   * Further words join while one known name fits them all; the whole of a known name is the end of it. After an unknown
   * first name, and after a capitalised first name that fits nobody with what follows, capitalised words join.
   */
  from(at: number): Found<Mention> {
    const line = this.#line;
    const piece = line.pieces[at] as { start: number; end: number };
    const raw = line.text.slice(piece.start + 1, piece.end);
    const first = raw.replace(POSSESSIVE, '');
    if (first !== raw) return found(line, piece.start, piece.start + 1 + first.length, at + 1);
    const fold = folded(first);
    const known = this.#startingWith(fold);
    let end = piece.end;
    let next = at + 1;
    const typed = [fold];
    while (typed.length < LONGEST_NAME && this.#joins(known, typed, next)) {
      typed.push(folded(wordAt(line, next)));
      next += 1;
      end = spanOf(line.pieces, at, next).end;
    }
    const whole = known.some((name) => fits(name, typed)?.whole === true);
    if (typed.length > 1 || whole || (known.length > 0 && !CAPITALISED.test(first))) {
      return found(line, piece.start, end, next);
    }
    while (typed.length < LONGEST_NAME) {
      const reach = this.#capitalised(next);
      if (reach === null) break;
      typed.push('');
      end = spanOf(line.pieces, at, reach).end;
      next = reach;
    }
    return found(line, piece.start, end, next);
  }

  #startingWith(fold: string): readonly (readonly string[])[] {
    const before = this.#fitting.get(fold);
    if (before !== undefined) return before;
    const fitting = this.#names.filter((name) => fits(name, [fold]) !== null);
    this.#fitting.set(fold, fitting);
    return fitting;
  }

  #joins(known: readonly (readonly string[])[], typed: readonly string[], next: number): boolean {
    const low = wordAt(this.#line, next);
    if (low === '' || !/^\p{L}/u.test(low)) return false;
    const fold = folded(low);
    const exactly = means(this.#line, low);
    return known.some((name) => (!exactly || name.includes(fold)) && fits(name, [...typed, fold]) !== null);
  }

  /** The index after one more capitalised word, with the particles before it ("van Beethoven"). */
  #capitalised(from: number): number | null {
    const line = this.#line;
    let at = from;
    while (at < from + 3 && line.words.particles.has(wordAt(line, at))) at += 1;
    const low = wordAt(line, at);
    if (low === '' || !CAPITALISED.test(typedAt(line, at)) || means(line, low)) return null;
    return at + 1;
  }
}

const found = (line: Line, start: number, end: number, next: number): Found<Mention> => ({
  value: { span: { start, end }, words: line.text.slice(start + 1, end).replace(/\s+/gu, ' ') },
  next,
});
