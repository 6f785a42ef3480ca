/**
 * A quiet hint: the text holds something about a person that others may read and that a CRM should not hold. It is a
 * guess from word lists and decides nothing. What is already private is not looked at.
 */
import type { Span } from '../draft.ts';
import { privateFrom } from '../pieces.ts';
import { languageOf } from '../words/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import { SENSITIVE_KINDS, type SensitiveKind, type SensitiveWords } from './vocabulary.ts';

export interface Sensitive {
  readonly span: Span;
  readonly kind: SensitiveKind;
}

type Needs = 'nothing' | 'person' | 'possessive';
interface Pattern {
  readonly words: readonly string[];
  /** The last word is only a beginning. */
  readonly open: boolean;
  /** Null where the phrase is harmless. */
  readonly kind: SensitiveKind | null;
  readonly needs: Needs;
}
interface Lookup {
  /** By the first letters of the first word. */
  readonly patterns: ReadonlyMap<string, readonly Pattern[]>;
  readonly person: ReadonlySet<string>;
  readonly be: ReadonlySet<string>;
  readonly fillers: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly verbLast: boolean;
  readonly possessive: ReadonlySet<string>;
}
interface Word extends Span {
  readonly low: string;
  readonly capital: boolean;
  /** A name after `@`: a person, never a hit. */
  readonly named: boolean;
  /** Something ends between the word before and this one. */
  readonly opens: boolean;
}

const KEY = 3;
const MOST_BETWEEN = 5;
const RUN = /\S+/gu;
const WORD = /@?[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;
const ADDRESS = /:\/\/|[^\s(["'“„]@|^www\./u;
const ENDS = /[.,;:!?()\n\r…–—"“”«»>*]|\s-\s/u;

const folded = (word: string) =>
  word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").replaceAll('ß', 'ss');
const listed = (list: string | undefined) =>
  (list ?? '')
    .split(',')
    .map((entry) => folded(entry.trim()))
    .filter(Boolean);

const setOf = (list: string | undefined) => new Set(listed(list).flatMap((entry) => entry.split(' ')));

function patternsOf(source: SensitiveWords): readonly Pattern[] {
  const found: Pattern[] = [];
  const add = (list: string | undefined, kind: SensitiveKind | null, needs: Needs) => {
    for (const entry of listed(list)) {
      const open = entry.endsWith('*');
      found.push({ words: (open ? entry.slice(0, -1) : entry).split(' '), open, kind, needs });
    }
  };
  for (const kind of SENSITIVE_KINDS) {
    add(source.always[kind], kind, 'nothing');
    add(source.ofPerson[kind], kind, 'person');
    add(source.theirs[kind], kind, 'possessive');
  }
  add(source.never, null, 'nothing');
  return found;
}

const SOURCES: Readonly<Record<string, SensitiveWords>> = { de, fr, es, nl, it };
const ready = new Map<string, readonly Lookup[]>();

/** Each language with its own small words: "son" is a child in English and "his" in French. */
function lookupsFor(tag: string): readonly Lookup[] {
  const language = languageOf(tag);
  const own = SOURCES[language];
  const made = ready.get(language) ?? (own === undefined ? [en] : [own, en]).map(lookupOf);
  ready.set(language, made);
  return made;
}

function lookupOf(source: SensitiveWords): Lookup {
  const patterns = new Map<string, Pattern[]>();
  for (const pattern of patternsOf(source)) {
    const key = (pattern.words[0] as string).slice(0, KEY);
    patterns.set(key, [...(patterns.get(key) ?? []), pattern]);
  }
  return {
    patterns,
    person: new Set(listed(source.person)),
    be: setOf(source.be),
    fillers: setOf(source.fillers),
    names: setOf(source.names),
    verbLast: source.verbLast ?? false,
    possessive: new Set(listed(source.possessive)),
  };
}

/** What a reader of the record may stumble over, in order, without overlaps. */
export function sensitive(text: string, language: string): readonly Sensitive[] {
  const words = wordsOf(text);
  const seen = lookupsFor(language).map((lookup) => hitsOf(words, lookup));
  const harmless = seen.flatMap((one) => one.harmless);
  const overlaps = (a: Span, b: Span) => a.start < b.end && b.start < a.end;
  const found = seen.flatMap(({ hits }) => hits).filter(({ span }) => !harmless.some((other) => overlaps(span, other)));
  found.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  let end = -1;
  return found.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  const open = text.slice(0, privateFrom(text));
  let end = 0;
  for (const run of open.matchAll(RUN)) {
    if (ADDRESS.test(run[0])) continue;
    for (const { 0: word, index } of run[0].matchAll(WORD)) {
      const start = run.index + index;
      const named = word.startsWith('@');
      const low = folded(word);
      const capital = words.length > 0 && /^\p{Lu}/u.test(word);
      words.push({ start, end: start + word.length, low, capital, named, opens: ENDS.test(open.slice(end, start)) });
      end = start + word.length;
    }
  }
  return words;
}

function hitsOf(words: readonly Word[], lookup: Lookup): { hits: readonly Sensitive[]; harmless: readonly Span[] } {
  const hits: Sensitive[] = [];
  const harmless: Span[] = [];
  words.forEach((word, at) => {
    if (word.named || (word.capital && lookup.names.has(word.low))) return;
    for (const pattern of lookup.patterns.get(word.low.slice(0, KEY)) ?? []) {
      const next = matched(words, at, pattern);
      if (next === null) continue;
      const span = { start: word.start, end: (words[next - 1] as Word).end };
      if (pattern.kind === null) harmless.push(span);
      else if (holds(words, at, pattern.needs, lookup)) hits.push({ span, kind: pattern.kind });
    }
  });
  return { hits, harmless };
}

/** The index after the phrase, if it stands here in one piece. */
function matched(words: readonly Word[], from: number, { words: phrase, open }: Pattern): number | null {
  for (const [index, expected] of phrase.entries()) {
    const word = words[from + index];
    if (word === undefined || word.named || (index > 0 && word.opens)) return null;
    const fits = open && index === phrase.length - 1 ? word.low.startsWith(expected) : word.low === expected;
    if (!fits) return null;
  }
  return from + phrase.length;
}

function holds(words: readonly Word[], at: number, needs: Needs, lookup: Lookup): boolean {
  if (needs === 'nothing') return true;
  if (words[at]?.opens) return false;
  if (needs === 'possessive') return lookup.possessive.has(words[at - 1]?.low ?? '');
  let linked = lookup.verbLast;
  for (let before = at - 1; before >= Math.max(0, at - MOST_BETWEEN); before -= 1) {
    const word = words[before] as Word;
    const subject = word.low.replace(/'(?:s|re|m)$/u, '');
    if (word.named || lookup.person.has(subject)) return linked || subject !== word.low;
    linked ||= lookup.be.has(word.low);
    if (word.opens || !(lookup.be.has(word.low) || lookup.fillers.has(word.low))) return false;
  }
  return false;
}

/** Words that begin a clause without a comma, in a language and in English. */
export function clauseWordsFor(language: string): ReadonlySet<string> {
  return new Set(`${SOURCES[language]?.clauseWords ?? ''}, ${en.clauseWords}`.split(',').map((word) => word.trim()));
}
