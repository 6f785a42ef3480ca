/** The line cut into words, marks and line breaks, once, in one pass. Everything else works on these pieces. */
import type { Calendar } from './calendar.ts';
import { joinedDots } from './dots.ts';
import type { Span } from './draft.ts';
import type { Words } from './words/words.ts';

/**
 * `step`, `promise`, `matter`: a `>`, `!` or `*` that opens one. `mark`: a quote, bracket or colon. `stop`: the end of a
 * sentence.
 */
export type PieceKind = 'word' | 'comma' | 'stop' | 'mark' | 'open' | 'break' | 'step' | 'promise' | 'matter';

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
}

/** What was recognised at a piece, and the index of the piece after it. */
export interface Found<V> {
  readonly value: V;
  readonly next: number;
}

const RUN = /\r\n|[\n\r]|\S+/gu;
const OPENER = /^[>!*](?=[\p{L}@])/u;
const OPENERS: Readonly<Record<string, PieceKind>> = { '>': 'step', '!': 'promise', '*': 'matter' };
/** "*really*" and "*really matters*" are emphasis: a star right after a word closes it. */
const CLOSING_STAR = /[^\s*]\*(?=[\s.,;:!?)\]]|$)|[\n\r]/gmu;
const OPENING = /^[([{"'“„«‘¿¡]+/u;
/** Dutch "'s middags": an apostrophe that is no quote. */
const ELIDED = /^['’](?:s|t|n)$/iu;
const CLOSING = new Set(',.;:!?)]}"\'”’»…');
const LONGEST_WORD = 32;
const PLAIN = /^[\0-\u007f]*$/u;

/** A private part opens at the start of a word: after space, or after a mark that ends a word. Never inside an address. */
const PRIVATE = /(?:^|[\s,.;!?()"'”’»…>])~~/u;

/** Where the private part begins; the text's length if there is none. */
export function privateFrom(text: string): number {
  const found = PRIVATE.exec(text);
  return found === null ? text.length : found.index + found[0].length - 2;
}

/** Lower case, with plain apostrophes and accents in one piece, so that every keyboard writes the same word. */
function lowered(word: string): string {
  const low = word.toLowerCase();
  return PLAIN.test(low) ? low : low.normalize('NFC').replaceAll('’', "'");
}

export function cut(text: string, until: number, words: Words): readonly Piece[] {
  const pieces: Piece[] = [];
  const open = text.slice(0, until);
  const emphasised = emphasis(open);
  const add = (kind: PieceKind, start: number, end: number) => {
    if (start === end) return;
    const low = kind === 'word' && end - start <= LONGEST_WORD ? lowered(text.slice(start, end)) : '';
    pieces.push({ kind, start, end, low });
  };
  for (const run of open.matchAll(RUN)) {
    const start = run.index;
    if (run[0][0] === '\n' || run[0][0] === '\r') add('break', start, start + run[0].length);
    else cutRun(text, start, start + run[0].length, add, emphasised);
  }
  return joinedDots(text, pieces, words);
}

type Add = (kind: PieceKind, start: number, end: number) => void;

/** Whether a star that opens at a place is closed on the same line. Places are asked for in rising order. */
function emphasis(text: string): (start: number) => boolean {
  const marks = text.includes('*') ? [...text.matchAll(CLOSING_STAR)] : [];
  let next = 0;
  return (start) => {
    const passed = (one: RegExpExecArray | undefined) => one !== undefined && one.index <= start;
    while (passed(marks[next])) next += 1;
    const mark = marks[next]?.[0];
    return mark !== undefined && mark !== '\n' && mark !== '\r';
  };
}

function cutRun(text: string, from: number, until: number, add: Add, emphasised: (start: number) => boolean): void {
  let start = from;
  const opener = OPENER.test(text.slice(start, start + 3)) ? OPENERS[text.charAt(start)] : undefined;
  if (opener !== undefined && !(opener === 'matter' && emphasised(start))) {
    add(opener, start, start + 1);
    start += 1;
  }
  let end = until;
  while (end > start && CLOSING.has(text.charAt(end - 1))) end -= 1;
  const elided = end - start <= 3 && ELIDED.test(text.slice(start, end));
  const opening = elided ? 1 : (OPENING.exec(text.slice(start, end))?.[0].length ?? 0);
  if (!elided) add('open', start, start + opening);
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

/** The text of some pieces, at least one: from one up to another. */
export const spanOf = (pieces: readonly Piece[], from: number, next: number): Span => ({
  start: (pieces[from] as Piece).start,
  end: (pieces[next - 1] as Piece).end,
});

/** The word at a piece in lower case; empty where there is none. */
export const wordAt = (line: Line, at: number): string => line.pieces[at]?.low ?? '';

/** Exactly as typed. */
export function typedAt(line: Line, at: number): string {
  const piece = line.pieces[at];
  return piece === undefined ? '' : line.text.slice(piece.start, piece.end);
}
