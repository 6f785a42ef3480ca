/** `>send pricing fri`: a next step, with its due date at the end; `!…` and `*…`, which are words alone. */
import type { NextStep } from '../activity.ts';
import { clock } from './clock.ts';
import { dueDay } from './day.ts';
import type { Token } from './draft.ts';
import { type Line, spanOf } from './pieces.ts';

/** A due date is at most "by", a day, "of", a month and a year, and a time of the day after it. */
const LONGEST_DUE = 8;

export interface Step {
  readonly step: NextStep | null;
  readonly tokens: readonly Token[];
}

interface Due {
  readonly date: string;
  readonly from: number;
  readonly next: number;
}

/** The due date of the words from `from` up to `until`. A time of the day after it stays with the words. */
function dueAtEnd(line: Line, from: number, until: number): Due | null {
  let end = until;
  while (end > from && line.pieces[end - 1]?.kind !== 'word') end -= 1;
  for (let at = Math.max(from + 1, end - LONGEST_DUE); at < end; at += 1) {
    const found = dueDay(line, at, (next) => next >= end);
    if (found === null || found.next > end) continue;
    if (found.next === end) return { date: found.value, from: at, next: found.next };
    const time = clock(line, found.next, (next) => next === end);
    if (time?.next === end) return { date: found.value, from: at, next: found.next };
  }
  return null;
}

/** The step whose `>` is the piece `marker`, up to the piece `until`. */
export function stepAt(line: Line, marker: number, until: number): Step {
  const { pieces, text } = line;
  const { start, end } = spanOf(pieces, marker, until);
  const due = dueAtEnd(line, marker + 1, until);
  if (due === null) {
    const words = tidy(text.slice(start + 1, end));
    return { step: words === '' ? null : { text: words, due: null }, tokens: [{ kind: 'next', start, end }] };
  }
  const said = spanOf(pieces, due.from, due.next);
  const before = tidy(text.slice(start + 1, said.start));
  const rest = text.slice(said.end, end).trim();
  const after = /^[.!…]+$/u.test(rest) ? '' : rest;
  const gap = /^\p{L}|^\d/u.test(after) ? ' ' : '';
  const tokens: Token[] = [
    { kind: 'next', start, end: said.start },
    { kind: 'due', ...said },
  ];
  if (said.end < end) tokens.push({ kind: 'next', start: said.end, end });
  return { step: { text: tidy(before + gap + after), due: due.date }, tokens };
}

/** `!send a draft`, `*price matters`: the words up to the piece `until`. */
export function saidAt(
  line: Line,
  kind: 'promise' | 'matter',
  opener: number,
  until: number,
): { words: string; token: Token } {
  const { start, end } = spanOf(line.pieces, opener, until);
  return { words: tidy(line.text.slice(start + 1, end)), token: { kind, start, end } };
}

/** Without the commas and spaces that a removed token leaves at the ends. */
export function tidy(words: string): string {
  let start = 0;
  let end = words.length;
  const loose = (char: string) => char === ',' || char === ';' || char.trim() === '';
  while (start < end && loose(words.charAt(start))) start += 1;
  while (end > start && loose(words.charAt(end - 1))) end -= 1;
  return words.slice(start, end);
}
