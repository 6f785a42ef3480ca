/** The line cut into words, marks and line breaks, once, in one pass. Everything else works on these pieces. */
import type { Calendar } from './calendar.ts';
import type { Span } from './draft.ts';
import type { Words } from './words/words.ts';

/** `step`: a `>` that opens a next step. `mark`: a quote, bracket or colon. `stop`: the end of a sentence. */
export type PieceKind = 'word' | 'comma' | 'stop' | 'mark' | 'open' | 'break' | 'step';

export interface Piece extends Span {
  readonly kind: PieceKind;
  /** The word in lower case; empty for everything that is not a word, and for words too long to mean anything. */
  readonly low: string;
}

export interface Line {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly words: Words;
  readonly calendar: Calendar;
  /** Words a time or duration can begin with, besides digits: most words are turned away by one look. */
  readonly timeWords: ReadonlySet<string>;
}

/** What was recognised at a piece, and the index of the piece after it. */
export interface Found<V> {
  readonly value: V;
  readonly next: number;
}

const RUN = /\r\n|[\n\r]|\S+/gu;
const STEP = /^>(?=[\p{L}@])/u;
const OPENING = /^[([{"'“„«‘¿¡]+/u;
const CLOSING = new Set(',.;:!?)]}"\'”’»…');
const LONGEST_WORD = 32;

/** A private part opens at the start of a word: after space, or after a mark that ends a word. Never inside an address. */
const PRIVATE = /(?:^|[\s,.;!?()"'”’»…>])~~/u;

/** Where the private part begins; the text's length if there is none. */
export function privateFrom(text: string): number {
  const found = PRIVATE.exec(text);
  return found === null ? text.length : found.index + found[0].length - 2;
}

export function cut(text: string, until: number): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (kind: PieceKind, start: number, end: number) => {
    if (start === end) return;
    const low = kind === 'word' && end - start <= LONGEST_WORD ? text.slice(start, end).toLowerCase() : '';
    pieces.push({ kind, start, end, low });
  };
  for (const run of text.slice(0, until).matchAll(RUN)) {
    const start = run.index;
    if (run[0][0] === '\n' || run[0][0] === '\r') add('break', start, start + run[0].length);
    else cutRun(text, start, start + run[0].length, add);
  }
  return pieces;
}

type Add = (kind: PieceKind, start: number, end: number) => void;

function cutRun(text: string, from: number, until: number, add: Add): void {
  let start = from;
  if (STEP.test(text.slice(start, start + 3))) {
    add('step', start, start + 1);
    start += 1;
  }
  let end = until;
  while (end > start && CLOSING.has(text.charAt(end - 1))) end -= 1;
  const opening = OPENING.exec(text.slice(start, end))?.[0].length ?? 0;
  add('open', start, start + opening);
  cutNames(text, start + opening, end, add);
  add(markKind(text, end, until), end, until);
}

/** "@dana,@li" and "@dana,she" without a space: a separator before or after a name still separates. */
function cutNames(text: string, start: number, end: number, add: Add): void {
  let from = start;
  for (let at = start + 1; at < end - 1; at += 1) {
    const char = text.charAt(at);
    const separates = char === ',' || char === ';' || char === '&' || char === '+';
    const nameBefore = text.charAt(from) === '@' && (char === ',' || char === ';');
    if (!separates || !(nameBefore || text.charAt(at + 1) === '@')) continue;
    add('word', from, at);
    add(char === '&' || char === '+' ? 'word' : 'comma', at, at + 1);
    from = at + 1;
  }
  add('word', from, end);
}

function markKind(text: string, start: number, end: number): PieceKind {
  let kind: PieceKind = 'mark';
  for (let at = start; at < end; at += 1) {
    const char = text.charAt(at);
    if (char === ',' || char === ';') return 'comma';
    if (char === '.' || char === '!' || char === '?' || char === '…') kind = 'stop';
  }
  return kind;
}

/** The word at a piece in lower case; empty where there is none. */
export const wordAt = (line: Line, at: number): string => line.pieces[at]?.low ?? '';

/** Exactly as typed. */
export function typedAt(line: Line, at: number): string {
  const piece = line.pieces[at];
  return piece === undefined ? '' : line.text.slice(piece.start, piece.end);
}

/** Tries the longest phrase first: keys of a table that hold up to five words. */
export function phraseAt<V>(line: Line, at: number, table: ReadonlyMap<string, V>, longest = 5): Found<V> | null {
  let phrase = '';
  let found: Found<V> | null = null;
  for (let next = at; next < at + longest; next += 1) {
    const word = wordAt(line, next);
    if (word === '') break;
    phrase = phrase === '' ? word : `${phrase} ${word}`;
    const value = table.get(phrase);
    if (value !== undefined) found = { value, next: next + 1 };
  }
  return found;
}
