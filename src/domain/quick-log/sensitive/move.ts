/** One key moves what should not be in a CRM to the private end of the line, where it never leaves the device. */
import type { LineContext, Span, Token } from '../draft.ts';
import { parse } from '../parse.ts';
import { privateFrom } from '../pieces.ts';
import { languageOf } from '../words/languages.ts';
import { clauseWordsFor } from './sensitive.ts';

/** Enough to tell the head of a line from its sentences. */
const ANYWHERE: LineContext = { now: '2000-01-01T00:00:00Z', zone: 'UTC', names: [] };
const MARKS = new Set([',', ';', '\n', '\r']);
const STOP = /^[.!?…](?=\s|$)/u;
const OPENERS: readonly Token['kind'][] = ['next', 'due', 'promise', 'matter', 'subject', 'told'];

/**
 * The text with the clause around a span behind `~~`. A clause ends at a comma, a full stop, a line's end, a token, or
 * before a word like "because". Names, times and the verb of the head stay where they are. No word is lost.
 */
export function moveToPrivate(text: string, span: Span, context: LineContext = ANYWHERE): string {
  const open = privateFrom(text);
  const start = Math.max(0, Math.min(span.start, open));
  const end = Math.max(start, Math.min(span.end, open));
  if (start === end) return text;
  const room = roomOf(text, { start, end }, context, open);
  const clause = clauseOf(text, { start, end }, room, languageOf(context.language ?? 'en'));
  const whole = text.slice(room.inner, room.end).trim() === text.slice(clause.start, clause.end).trim();
  // a step or promise that says nothing else goes with its mark
  const from = whole ? room.start : clause.start;
  const words = text.slice(clause.start, clause.end).trim();
  const kept = text.slice(open + 2).trim();
  const left = joined(text.slice(0, from), text.slice(whole ? room.end : clause.end, open));
  return `${left}${left === '' ? '' : ' '}~~${kept === '' ? '' : `${kept}; `}${words}`;
}

interface Room extends Span {
  /** After the mark that opens it. */
  readonly inner: number;
}

/** The stretch of text that a clause cannot leave: running text with the names in it, or one step, promise or subject. */
function roomOf(text: string, span: Span, context: LineContext, open: number): Room {
  const { tokens } = parse(text, context);
  // the tokens are the whole text
  const at = tokens.findIndex((token) => token.end > span.start);
  const token = tokens[at] as Token;
  let first = at;
  let last = at;
  if (OPENERS.includes(token.kind)) {
    const step = (other: Token | undefined) => other?.kind === 'next' || other?.kind === 'due';
    const stepping = step(token);
    while (stepping && step(tokens[first - 1]) && !text.startsWith('>', tokens[first]?.start)) first -= 1;
    while (stepping && step(tokens[last + 1]) && !text.startsWith('>', tokens[last + 1]?.start)) last += 1;
    while (edges(tokens, first, last).end < span.end) last += 1;
    const { start, end } = edges(tokens, first, last);
    const marked = /^[>!*]/u.test(text.charAt(start)) && start < span.start;
    return { start, inner: marked ? start + 1 : start, end: Math.min(end, open) };
  }
  // a name in running text stands between two texts and belongs to the sentence; a name of the head does not
  const running = (index: number) => tokens[index]?.kind === 'text' || inSentence(text, tokens, index);
  while (first > 0 && running(first - 1)) first -= 1;
  while (running(last + 1) || edges(tokens, first, last).end < span.end) last += 1;
  const { start, end } = edges(tokens, first, last);
  return { start: Math.min(start, span.start), inner: Math.min(start, span.start), end: Math.min(end, open) };
}

const edges = (tokens: readonly Token[], first: number, last: number): Span => ({
  start: (tokens[first] as Token).start,
  end: (tokens[last] as Token).end,
});

/** A name with words of a sentence somewhere before it. */
function inSentence(text: string, tokens: readonly Token[], index: number): boolean {
  if (tokens[index]?.kind !== 'mention') return false;
  return tokens
    .slice(0, index)
    .some(({ kind, start, end }) => kind === 'text' && /\p{L}/u.test(text.slice(start, end)));
}

function clauseOf(text: string, span: Span, room: Room, language: string): Span {
  let start = span.start;
  while (start > room.inner && !endsClause(text, start - 1)) start -= 1;
  let end = span.end;
  while (end < room.end && !endsClause(text, end)) end += 1;
  const words = clauseWordsFor(language);
  const before = [...text.slice(start, span.start).matchAll(/[\p{L}\p{M}'’]+/gu)];
  const opens = before.findLast(({ 0: word, index }) => index > 0 && words.has(word.toLowerCase()));
  if (opens !== undefined) start += opens.index;
  const after = [...text.slice(span.end, end).matchAll(/[\p{L}\p{M}'’]+/gu)];
  const closes = after.find(({ 0: word }) => words.has(word.toLowerCase()));
  if (closes !== undefined) end = span.end + closes.index;
  return { start, end };
}

const endsClause = (text: string, at: number): boolean =>
  MARKS.has(text.charAt(at)) || STOP.test(text.slice(at, at + 2));

/** What stood before and after the clause, without the marks that now divide nothing. */
function joined(before: string, after: string): string {
  const left = before.replace(/[\s,;]+$/u, '');
  const rest = after.trimEnd();
  if (rest.trim() === '' || /^[\s,;]*$/u.test(rest)) return left;
  if (left === '') return rest.replace(/^[\s,;.!?…]+/u, '');
  if (/^\s*[\n\r]/u.test(rest)) return left + rest;
  const stop = /[.!?…]$/u.test(left);
  const mark = /^\s*([,;.!?…]+)/u.exec(rest)?.[1] ?? '';
  const words = rest.replace(/^[\s,;.!?…]+/u, '');
  if (words === '') return stop ? left : left + mark;
  // the first clause after the head is set off by a comma, every other one by the mark that followed
  const divider = stop ? '' : mark !== '' ? mark : /[,;]\s*$/u.test(before) && /^\p{L}/u.test(words) ? ',' : '';
  return `${left}${divider} ${words}`;
}
