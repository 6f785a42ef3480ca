/**
 * One line of ordinary words becomes a draft. The line is `head, note >steps told ~~private`.
 *
 * The rule for times: a day, time or duration is a token in the head, or as a group of its own directly before the first
 * comma or at the end of the line, where no word ties it to the sentence; everywhere else it is text.
 * The rule for everything: what is not certainly a token is text, and every character typed stays in a token or in text.
 */
import { type NextStep, privateText } from '../activity.ts';
import { Calendar } from './calendar.ts';
import type { LineContext, LineDraft, Mention, Token, TokenKind } from './draft.ts';
import { type Head, HeadReader } from './head.ts';
import { opensMention, Reach } from './mentions.ts';
import { noteOf } from './note.ts';
import { cut, type Line, type Piece, type PieceKind, privateFrom, spanOf, wordAt } from './pieces.ts';
import { saidAt, stepAt } from './steps.ts';
import { toldAtEnd } from './told.ts';
import { certainlyPast, type Group, group, nowIn, resolve, type Said } from './when.ts';
import { wordsFor } from './words/languages.ts';

/** Times, "at" and "for" included, take at most this many words. */
const LONGEST_GROUP = 10;

export function parse(text: string, context: LineContext): LineDraft {
  const words = wordsFor(context.language ?? 'en');
  const secret = privateFrom(text);
  const calendar = new Calendar(nowIn(context.now, context.zone).toPlainDate());
  const line: Line = { text, pieces: cut(text, secret, words), words, calendar };
  const reach = new Reach(line, context.names);
  const parts = partsOf(line.pieces);
  const main = parts[0] as Part;
  const head = new HeadReader(line, reach, main.until).read();
  const tokens: Token[] = [...head.tokens];
  const mentions: Mention[] = [...head.mentions];
  const nextSteps: NextStep[] = [];
  const promises: string[] = [];
  const matters: string[] = [];
  const named = new Set<Token>();
  let told = head.told;
  let { said } = head;

  for (const part of parts) {
    const from = part === main ? head.next : part.from;
    const end = toldAtEnd(line, part.opens === null ? from : from + 1, part.until);
    if (end !== null) told ??= end.route;
    const until = end?.at ?? part.until;
    if (part.opens === 'step') {
      const { step, tokens: found } = stepAt(line, from, until);
      if (step !== null) nextSteps.push(step);
      tokens.push(...found);
    } else if (part.opens !== null) {
      const { words: said, token: found } = saidAt(line, part.opens, from, until);
      if (said !== '') (part.opens === 'promise' ? promises : matters).push(said);
      tokens.push(found);
    } else {
      for (const { mention, token } of namesIn(line, reach, from, until)) {
        mentions.push(mention);
        named.add(token);
        tokens.push(token);
      }
      if (part === main) said = timesOutside(line, head, from, until, tokens);
    }
    if (end !== null) tokens.push(tokenOf(line.pieces, 'told', end.at, part.until));
  }

  const kept = text.slice(secret + 2).trim();
  if (secret < text.length) tokens.push({ kind: 'private', start: secret, end: text.length });
  const all = filled(tokens, text.length);
  return {
    kind: head.kind ?? 'meeting',
    ...resolve(said, context.now, context.zone),
    whenTyped: Object.keys(said).length > 0,
    mentions,
    mentionsAreAll: head.mentionsAreAll,
    subject: head.subject,
    note: noteOf(text, all, named, head.tokens.length > 0),
    nextSteps,
    promises,
    matters,
    told: told === null ? null : { route: told },
    private: kept === '' ? null : privateText(kept),
    tokens: all,
  };
}

type Opener = Extract<PieceKind, 'step' | 'promise' | 'matter'>;
interface Part {
  /** What its first piece opens; null for running text. */
  readonly opens: Opener | null;
  readonly from: number;
  readonly until: number;
}

const isOpener = (kind: PieceKind): kind is Opener => kind === 'step' || kind === 'promise' || kind === 'matter';

/** The pieces before the first `>`, `!` or `*`, then each of these, and the text on a new line after them. */
function partsOf(pieces: readonly Piece[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  let opens: Opener | null = null;
  pieces.forEach(({ kind }, at) => {
    const opener = isOpener(kind) ? kind : null;
    if (opener === null && !(opens !== null && kind === 'break')) return;
    parts.push({ opens, from, until: at });
    from = at;
    opens = opener;
  });
  parts.push({ opens, from, until: pieces.length });
  return parts;
}

/** Names in running text add people, and their words stay in the note. */
function namesIn(line: Line, reach: Reach, from: number, until: number): { mention: Mention; token: Token }[] {
  const names: { mention: Mention; token: Token }[] = [];
  for (let at = from; at < until; at += 1) {
    if (!opensMention(line, at)) continue;
    const { value: mention, next } = reach.from(at);
    names.push({ mention, token: { kind: 'mention', ...mention.span } });
    at = next - 1;
  }
  return names;
}

/** Times directly before the first comma and at the end of the line. Adds their tokens. */
function timesOutside(line: Line, head: Head, from: number, until: number, tokens: Token[]): Said {
  let { said } = head;
  const take = (end: number, lenient: boolean): number | null => {
    const found = groupBefore(line, from, end, said);
    if (found === null) return null;
    const first = found.from;
    const setOff = first > 0 && line.pieces[first - 1]?.kind !== 'word';
    if (!lenient && !setOff && !certainlyPast(line, found, said)) return null;
    said = found.said;
    for (const item of found.items) tokens.push(tokenOf(line.pieces, item.kind, item.from, item.next));
    return first;
  };
  // a head that a comma ended has had its first clause
  const running = line.pieces[from]?.kind === 'word' || line.pieces[from]?.kind === 'open';
  const clause = running ? clauseEnd(line, from, until) : from;
  if (running) take(clause, head.kind !== null || head.mentionsAreAll);
  // "…, 1h, yesterday": each thing can be said once, so this ends
  for (let end: number | null = lastWord(line, from, until); end !== null && end > clause; ) {
    const first = take(end, false);
    end = first === null ? null : lastWord(line, from, first);
  }
  return said;
}

/** The index after the last word before `until`. */
function lastWord(line: Line, from: number, until: number): number {
  let end = until;
  while (end > from && line.pieces[end - 1]?.kind !== 'word') end -= 1;
  return end;
}

function clauseEnd(line: Line, from: number, until: number): number {
  for (let at = from; at < until; at += 1) {
    const kind = line.pieces[at]?.kind;
    if (kind === 'comma' || kind === 'break' || kind === 'stop') return at;
  }
  return until;
}

/** The longest group of times that ends exactly at `end`, unless the word before it ties it to the sentence. */
function groupBefore(line: Line, from: number, end: number, said: Said): Group | null {
  for (let at = Math.max(from, end - LONGEST_GROUP); at < end; at += 1) {
    const found = group(line, at, said, (next) => next === end);
    if (found?.next !== end) continue;
    return at > 0 && line.words.ties.has(wordAt(line, at - 1)) ? null : found;
  }
  return null;
}

const tokenOf = (pieces: readonly Piece[], kind: TokenKind, from: number, next: number): Token => ({
  kind,
  ...spanOf(pieces, from, next),
});

/** All tokens in order, with the text between them: joined they are the line again. */
function filled(tokens: readonly Token[], length: number): readonly Token[] {
  const all: Token[] = [];
  let at = 0;
  for (const token of [...tokens].sort((a, b) => a.start - b.start)) {
    if (token.start > at) all.push({ kind: 'text', start: at, end: token.start });
    all.push(token);
    at = token.end;
  }
  if (at < length) all.push({ kind: 'text', start: at, end: length });
  return all;
}
