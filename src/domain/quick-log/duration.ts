/** How long: "45m", "45 min", "1h30", "1,5 h", "half an hour", "anderthalb Stunden". */
import { type Found, type Line, typedAt, wordAt } from './pieces.ts';
import type { DurationUnit } from './words/words.ts';

const LONGEST_MINUTES = 24 * 60;
/** "13h" alone is an hour of the day in many languages, so it is not taken for a duration. */
const LONGEST_COMPACT_HOURS = 12;
const COMPACT = /^(\d{1,4}(?:[.,]\d{1,2})?)(\p{L}+)$/u;
const HOURS_AND_MINUTES = /^(\d{1,2})([hu])([0-5]?\d)(?:m|min)?$/u;
const AMOUNT = /^\d{1,4}(?:[.,]\d{1,2})?$/u;
const MINUTES = /^[0-5]\d$/u;

interface Length extends Found<number> {
  /** Whole hours that were written like a time of the day: "14h", "8 heures". */
  readonly hours: number | null;
  readonly bare: boolean;
}

const amountOf = (digits: string) => Number(digits.replace(',', '.'));

function minutesOf(amount: number, unit: DurationUnit): number | null {
  if (unit === 'minute' && !Number.isInteger(amount)) return null;
  const minutes = Math.round(unit === 'hour' ? amount * 60 : amount);
  return minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : null;
}

/** A unit as typed: "M" is not "m", because "45M" is money. */
function unitOf(line: Line, typed: string): DurationUnit | null {
  const low = typed.toLowerCase().replace(/\.$/u, '');
  if (line.words.lowerCaseUnits.has(low) && typed !== low) return null;
  return line.words.durationUnits.get(low) ?? null;
}

const unitAt = (line: Line, at: number) =>
  line.pieces[at]?.kind === 'word' ? unitOf(line, typedAt(line, at).slice(0, 12)) : null;

/** "45m" */
function amountAndUnit(typed: string): { readonly amount: string; readonly unit: string } | null {
  const [, amount, unit] = COMPACT.exec(typed) ?? [];
  return amount && unit ? { amount, unit } : null;
}

function compact(line: Line, at: number): Length | null {
  const typed = typedAt(line, at).slice(0, 14).replace(/\.$/u, '');
  if (typed.length > 12) return null;
  const both = HOURS_AND_MINUTES.exec(typed);
  if (both !== null) {
    const [, hoursTyped, unit, rest] = both as unknown as readonly [string, string, string, string];
    const hours = Number(hoursTyped);
    if (hours > LONGEST_COMPACT_HOURS || line.words.durationUnits.get(unit) !== 'hour') return null;
    return { value: hours * 60 + Number(rest), next: at + 1, hours, bare: false };
  }
  const one = amountAndUnit(typed);
  const unit = one && unitOf(line, one.unit);
  if (one === null || unit === null) return null;
  const amount = amountOf(one.amount);
  if (unit === 'hour' && amount > LONGEST_COMPACT_HOURS) return null;
  return withMinutes(line, amount, unit, at + 1, line.words.hourMarks.has(one.unit));
}

/** "1h 30m", "1 Stunde und 30 Minuten", "1 h 30". */
function withMinutes(line: Line, amount: number, unit: DurationUnit, next: number, marked: boolean): Length | null {
  const minutes = minutesOf(amount, unit);
  if (minutes === null) return null;
  const whole = unit === 'hour' && Number.isInteger(amount);
  const hours = whole && marked ? amount : null;
  if (!whole) return { value: minutes, next, hours, bare: true };
  const half = line.words.clockAdds.at(line, next);
  if (half !== null && half.value > 0) return { value: minutes + half.value, next: half.next, hours, bare: false };
  const at = line.words.joiners.has(wordAt(line, next)) ? next + 1 : next;
  const rest = amountAndUnit(typedAt(line, at).slice(0, 12).replace(/\.$/u, ''));
  if (rest !== null && unitOf(line, rest.unit) === 'minute' && Number(rest.amount) < 60) {
    return { value: minutes + Number(rest.amount), next: at + 1, hours, bare: false };
  }
  const more = numberAt(line, at);
  if (more !== null && more < 60 && Number.isInteger(more) && unitAt(line, at + 1) === 'minute') {
    return { value: minutes + more, next: at + 2, hours: null, bare: false };
  }
  if (marked && at === next && MINUTES.test(wordAt(line, at)) && unitAt(line, at + 1) === null) {
    return { value: minutes + Number(wordAt(line, at)), next: at + 1, hours, bare: false };
  }
  return { value: minutes, next, hours, bare: true };
}

function numberAt(line: Line, at: number): number | null {
  const word = wordAt(line, at);
  if (AMOUNT.test(word)) return amountOf(word);
  return line.words.numbers.get(word) ?? (line.words.ones.has(word) ? 1 : null);
}

function spelled(line: Line, at: number): Length | null {
  const phrase = line.words.durationPhrases.at(line, at);
  if (phrase !== null) return { ...phrase, hours: null, bare: false };
  const amount = numberAt(line, at);
  const unit = amount === null ? null : unitAt(line, at + 1);
  if (amount === null || unit === null) return null;
  // "one hour" is a length in every language
  const marked = line.words.hourMarks.has(wordAt(line, at + 1)) && AMOUNT.test(wordAt(line, at));
  return withMinutes(line, amount, unit, at + 2, marked);
}

const lengthAt = (line: Line, at: number): Length | null => spelled(line, at) ?? compact(line, at);

/** A duration and nothing around it. */
export const bareDuration = (line: Line, at: number): Found<number> | null => lengthAt(line, at);

/** A duration, with "for" before it; not one that measures something else, nor an hour of the day. */
export function duration(line: Line, at: number): Found<number> | null {
  const { words } = line;
  const opened = words.for.has(wordAt(line, at));
  const found = lengthAt(line, opened ? at + 1 : at);
  if (found === null || words.measures.has(wordAt(line, found.next))) return null;
  const from = found.bare ? words.bareHoursFrom : words.hoursFrom;
  return !opened && found.hours !== null && found.hours >= from ? null : found;
}
