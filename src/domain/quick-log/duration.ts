/** How long: "45m", "45 min", "1h30", "1.5h", "half an hour". */
import { type Found, type Line, phraseAt, typedAt, wordAt } from './pieces.ts';
import type { DurationUnit } from './words/words.ts';

const LONGEST_MINUTES = 24 * 60;
/** "13h" alone is an hour of the day in many languages, so it is not taken for a duration. */
const LONGEST_COMPACT_HOURS = 12;
const COMPACT = /^(\d{1,3}(?:[.,]\d{1,2})?)(\p{L}+)$/u;
const HOURS_AND_MINUTES = /^(\d{1,2})h([0-5]?\d)(?:m|min)?$/u;
const AMOUNT = /^\d{1,3}(?:[.,]\d{1,2})?$/u;

const amountOf = (digits: string) => Number(digits.replace(',', '.'));

function minutesOf(amount: number, unit: DurationUnit): number | null {
  if (unit === 'minute' && !Number.isInteger(amount)) return null;
  const minutes = Math.round(unit === 'hour' ? amount * 60 : amount);
  return minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : null;
}

/** A unit as typed: "M" is not "m", because "45M" is money. */
function unitOf(line: Line, typed: string): DurationUnit | null {
  const low = typed.toLowerCase();
  if (line.words.lowerCaseUnits.has(low) && typed !== low) return null;
  return line.words.durationUnits.get(low) ?? null;
}

function compact(line: Line, at: number): Found<number> | null {
  const typed = typedAt(line, at);
  if (typed.length > 12) return null;
  const both = HOURS_AND_MINUTES.exec(typed);
  if (both !== null) {
    const hours = Number(both[1]);
    return hours > LONGEST_COMPACT_HOURS ? null : { value: hours * 60 + Number(both[2]), next: at + 1 };
  }
  const one = COMPACT.exec(typed);
  const unit = one === null ? null : unitOf(line, one[2] ?? '');
  if (one === null || unit === null) return null;
  const amount = amountOf(one[1] ?? '');
  if (unit === 'hour' && amount > LONGEST_COMPACT_HOURS) return null;
  const minutes = minutesOf(amount, unit);
  if (minutes === null) return null;
  // "1h 30m"
  const rest = unit === 'hour' && Number.isInteger(amount) ? COMPACT.exec(typedAt(line, at + 1).slice(0, 12)) : null;
  if (rest !== null && unitOf(line, rest[2] ?? '') === 'minute' && Number(rest[1]) < 60) {
    return { value: minutes + Number(rest[1]), next: at + 2 };
  }
  return { value: minutes, next: at + 1 };
}

function spelled(line: Line, at: number): Found<number> | null {
  const phrase = phraseAt(line, at, line.words.durationPhrases);
  if (phrase !== null) return phrase;
  const word = wordAt(line, at);
  const amount = AMOUNT.test(word) ? amountOf(word) : line.words.numbers.get(word);
  const unit = unitOf(line, typedAt(line, at + 1).slice(0, 12));
  if (amount === undefined || unit === null) return null;
  const minutes = minutesOf(amount, unit);
  return minutes === null ? null : { value: minutes, next: at + 2 };
}

/** A duration and nothing around it. */
export const bareDuration = (line: Line, at: number): Found<number> | null => spelled(line, at) ?? compact(line, at);

/** A duration, with "for" before it; not one that measures something else. */
export function duration(line: Line, at: number): Found<number> | null {
  const found = bareDuration(line, line.words.for.has(wordAt(line, at)) ? at + 1 : at);
  return found === null || line.words.measures.has(wordAt(line, found.next)) ? null : found;
}
