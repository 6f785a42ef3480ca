/**
 * Editing a chip edits the text. Each function answers the line that is understood with the wanted value, and with
 * everything else as before where there is such a line: it tries the ways in which a person would write it, best first,
 * and reads each one. A line that cannot be had (a log ahead of now) leaves the text as it is.
 */
import { Temporal } from 'temporal-polyfill';
import type { Kind, When } from '../activity.ts';
import type { LineContext, LineDraft, Token } from './draft.ts';
import { parse } from './parse.ts';
import { replaceSpan } from './spans.ts';
import { verbsFor, wordsFor } from './words/languages.ts';

type Field = Exclude<keyof LineDraft, 'tokens' | 'whenTyped'>;
const FIELDS = [
  'kind',
  'when',
  'minutes',
  'mentions',
  'mentionsAreAll',
  'subject',
  'nextSteps',
  'promises',
  'matters',
  'told',
  'private',
  'note',
] as const satisfies readonly Field[];

function writtenOut(draft: LineDraft, field: Field): string {
  return JSON.stringify(field === 'mentions' ? draft.mentions.map(({ words }) => words) : draft[field]);
}

interface Wish {
  readonly has: (draft: LineDraft) => boolean;
  /** May change with it. */
  readonly changes: readonly Field[];
}

/** The first line that has what is wished and nothing else changed; else with the note changed; else any that has it. */
function best(text: string, context: LineContext, candidates: Iterable<string>, { has, changes }: Wish): string {
  const before = parse(text, context);
  const keeps = FIELDS.filter((field) => !changes.includes(field));
  const known = keeps.map((field) => writtenOut(before, field));
  let found = { line: text, lost: Number.POSITIVE_INFINITY };
  for (const line of candidates) {
    const draft = parse(line, context);
    if (!has(draft)) continue;
    const lost = keeps.filter((field, index) => writtenOut(draft, field) !== known[index]);
    if (lost.length === 0) return line;
    const weight = lost.length * 2 - (lost.includes('note') ? 1 : 0);
    if (weight < found.lost) found = { line, lost: weight };
  }
  return found.line;
}

/** "met" becomes "called", "Treffen mit" becomes "Anruf mit"; where no verb was typed, one is put first. */
export function setKind(text: string, context: LineContext, kind: Kind): string {
  const draft = parse(text, context);
  if (draft.kind === kind) return text;
  const verb = draft.tokens.find((token) => token.kind === 'verb');
  const said = verb === undefined ? '' : text.slice(verb.start, verb.end);
  const words = wordsFor(context.language ?? 'en');
  const known = verbsFor(kind, context.language ?? 'en');
  const slash = `/${known.slash}`;
  const noun = words.nouns.get(said.toLowerCase()) !== undefined;
  const ways = said.startsWith('/')
    ? [slash]
    : noun
      ? [known.noun, known.verb, slash]
      : [known.verb, known.noun, slash];
  const spoken = ways.filter((way) => way !== '').map((way) => (/^\p{Lu}/u.test(said) ? capitalised(way) : way));
  const rest = verb === undefined ? text : replaceSpan(text, verb, '').trimStart();
  const candidates = [
    ...(verb === undefined ? [] : spoken.map((way) => replaceSpan(text, verb, way))),
    ...[known.verb, slash].flatMap((way) => [`${way} ${rest}`, `${way}, ${rest}`]),
  ];
  return best(text, context, candidates, { has: (found) => found.kind === kind, changes: ['kind'] });
}

const capitalised = (word: string) => word.charAt(0).toLocaleUpperCase('und') + word.slice(1);

/** Written so that every language reads it. */
function durations(minutes: number): readonly string[] {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const short = hours < 1 || hours > 6 ? [] : [rest === 0 ? `${hours}h` : `${hours}h${String(rest).padStart(2, '0')}`];
  return [...short, `${minutes}m`];
}

/** A length from one minute to a day. What would reach past now ends now, as when it is typed. */
export function setDuration(text: string, context: LineContext, minutes: number): string {
  const before = parse(text, context);
  const wanted = Math.min(Math.max(Math.round(minutes), 1), 24 * 60);
  const start = Temporal.Instant.from(before.when.start);
  const end = start.add({ minutes: wanted });
  const now = Temporal.Instant.from(context.now);
  const times = timesOf(before.tokens);
  const typed = times.find((token) => token.kind === 'duration');
  const without = typed === undefined ? text : withoutTokens(text, [typed]);
  const candidates = function* (): Generator<string> {
    for (const length of durations(wanted)) {
      if (typed !== undefined) yield replaceSpan(text, typed, length);
      yield* inserted(without, parse(without, context).tokens, length);
    }
    // a range says its end
    if (Temporal.Instant.compare(end, now) <= 0) {
      yield* written(text, context, { start: start.toString(), end: end.toString(), zone: context.zone });
    }
  };
  const has = (draft: LineDraft) => draft.minutes === wanted;
  return best(text, context, candidates(), { has, changes: ['minutes', 'when'] });
}

/** From one moment to another, both past: a date and a range of times of the day. */
export function setWhen(text: string, context: LineContext, when: Pick<When, 'start' | 'end'>): string {
  const [start, end] = [when.start, when.end].map((moment) => floored(moment)) as [Temporal.Instant, Temporal.Instant];
  const wanted: When = { start: start.toString(), end: end.toString(), zone: context.zone };
  const has = (draft: LineDraft) => draft.when.start === wanted.start && draft.when.end === wanted.end;
  if (has(parse(text, context))) return text;
  return best(text, context, written(text, context, wanted), { has, changes: ['minutes', 'when'] });
}

const floored = (moment: string) =>
  Temporal.Instant.from(moment).round({ smallestUnit: 'minute', roundingMode: 'floor' });

/** The line with its times replaced: where the first one stood, else after what a time can follow, else at the start. */
function* written(text: string, context: LineContext, when: When): Generator<string> {
  const [start, end] = [when.start, when.end].map((moment) =>
    Temporal.Instant.from(moment).toZonedDateTimeISO(context.zone),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
  const today = floored(context.now).toZonedDateTimeISO(context.zone).toPlainDate();
  const wall = (time: Temporal.ZonedDateTime) => time.toPlainTime().toString({ smallestUnit: 'minute' });
  const minutes = Math.round((end.epochMilliseconds - start.epochMilliseconds) / 60_000);
  const day = start.toPlainDate();
  const times = timesOf(parse(text, context).tokens);
  const rest = withoutTokens(text, times);
  const restTokens = parse(rest, context).tokens;
  const days = day.equals(today) ? ['', `${day} `] : [`${day} `];
  for (const date of days) {
    for (const time of [`${wall(start)}-${wall(end)}`, `${wall(start)} ${minutes}m`]) {
      const [first, ...others] = times;
      if (first !== undefined) yield replaceSpan(withoutTokens(text, others), first, date + time);
      yield* inserted(rest, restTokens, date + time);
    }
  }
}

const timesOf = (tokens: readonly Token[]) =>
  tokens.filter((token) => token.kind === 'when' || token.kind === 'duration');

/** The line without some tokens and the space before each. */
function withoutTokens(text: string, tokens: readonly Token[]): string {
  let left = text;
  for (const { start, end } of [...tokens].reverse()) {
    const space = start > 0 && /\s/u.test(left.charAt(start - 1)) ? 1 : 0;
    const gap = space === 0 && /[ \t]/u.test(left.charAt(end)) ? 1 : 0;
    left = replaceSpan(left, { start: start - space, end: end + gap }, '');
  }
  return left;
}

/** The words put after each token of the head, from its last name back, at the start, and at the end of the running text. */
function* inserted(text: string, tokens: readonly Token[], words: string): Generator<string> {
  const head = tokens.filter(({ kind }) => kind === 'mention' || kind === 'when' || kind === 'verb').slice(0, 12);
  for (const { end } of [...head.filter(({ kind }) => kind === 'mention').slice(0, 8)].reverse()) {
    yield `${text.slice(0, end)} ${words}${text.slice(end)}`;
  }
  for (const { end } of head.filter(({ kind }) => kind !== 'mention')) {
    yield `${text.slice(0, end)} ${words}${text.slice(end)}`;
    yield `${text.slice(0, end)} ${words},${text.slice(end)}`;
  }
  const rest = text.trimStart();
  if (rest === '') yield words;
  yield `${words} ${rest}`;
  yield `${words}, ${rest}`;
  // at the end of the running text, set off from it
  const last = tokens.findLastIndex(({ kind }) => kind === 'text' || kind === 'mention' || kind === 'subject');
  const opener = tokens.findIndex(({ kind }) => OPENERS.includes(kind));
  const end = tokens[opener < 0 ? last : opener - 1]?.end ?? 0;
  const after = text.slice(end).trimStart();
  yield `${text.slice(0, end).trimEnd()}, ${words}${after === '' ? '' : ` ${after}`}`;
}

const OPENERS: readonly Token['kind'][] = ['next', 'promise', 'matter', 'private'];

/** Somebody less: a name of the list goes with its joiner; a name in running text stays there as a word. */
export function removeMention(text: string, context: LineContext, index: number): string {
  const before = parse(text, context);
  const mention = before.mentions[index];
  if (mention === undefined) return text;
  const { start, end } = mention.span;
  const at = before.tokens.findIndex((token) => token.kind === 'mention' && token.start === start);
  // words between two names are a sentence: they stay
  const says = ({ kind, start: from, end: until }: Token) =>
    kind === 'text' ? /[\p{L}\p{N}]/u.test(text.slice(from, until)) : kind !== 'joiner';
  const named = (tokens: readonly Token[]) => tokens.find(says);
  const last = named(before.tokens.slice(0, Math.max(at, 0)).reverse());
  const next = named(before.tokens.slice(at + 1));
  const wanted = before.mentions.filter((_, other) => other !== index).map(({ words }) => words);
  const name = text.slice(start + 1, end);
  const candidates = [
    // the first of a list takes the joiner after it, every other one the joiner before it
    ...(last?.kind !== 'mention' && next?.kind === 'mention' ? [text.slice(0, start) + text.slice(next.start)] : []),
    ...(last === undefined ? [] : [text.slice(0, last.end) + text.slice(end)]),
    withoutTokens(text, [{ kind: 'mention', start, end }]),
    text.slice(0, start) + name + text.slice(end),
    `${text.slice(0, start)}${name},${text.slice(end)}`,
    `${text.slice(0, start)}"${name}"${text.slice(end)}`,
    `${text.slice(0, start)}– ${text.slice(end)}`,
    `${text.slice(0, start)}, ${text.slice(end)}`,
  ];
  const has = (draft: LineDraft) => sameWords(draft.mentions, wanted);
  return best(text, context, candidates, {
    has,
    changes: wanted.length === 0 ? ['mentions', 'mentionsAreAll'] : ['mentions'],
  });
}

const sameWords = (mentions: LineDraft['mentions'], wanted: readonly string[]) =>
  mentions.length === wanted.length && mentions.every(({ words }, index) => words === wanted[index]);
