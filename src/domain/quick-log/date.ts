/** Dates as people write them: "12 March", "12. März", "le 12/03", "24.11.", "12-03-2026", "on the 3rd". */
import { type Found, type Line, typedAt, wordAt } from './pieces.ts';

export type CalendarDay =
  | { readonly is: 'on'; readonly date: string }
  | { readonly is: 'month_day'; readonly month: number; readonly day: number }
  | { readonly is: 'day_of_month'; readonly day: number };

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/u;
const NUMERIC = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})$/u;
const DAY_AND_MONTH = /^(\d{1,2})([./])(\d{1,2})\.?$/u;
const YEAR = /^(?:19|20|21)\d{2}$/u;
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The most days the month has in any year; a month that there is not has none. */
const longest = (month: number): number => LONGEST_MONTH[month - 1] ?? 0;

const pad = (value: number, length: number) => String(value).padStart(length, '0');

export function dateOf(year: number, month: number, day: number): string | null {
  if (day < 1 || day > longest(month) || year < 1900 || year > 2199) return null;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2 && !leap && day > 28) return null;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** A date with its month. `alone`: nothing of a sentence follows, so that "10/12" can be a date. */
export function calendarDate(line: Line, at: number, alone: (next: number) => boolean): Found<CalendarDay> | null {
  const word = wordAt(line, at);
  const numeric = /^\d/u.test(word) ? (fullDate(line, word) ?? dayAndMonth(line, word, alone(at + 1))) : null;
  if (numeric !== null) return { value: numeric, next: at + 1 };
  const dayFirst = dayNumber(line, at);
  const monthAt = dayFirst === null ? at : line.words.ofMonth.has(wordAt(line, at + 1)) ? at + 2 : at + 1;
  const month = line.words.months.get(wordAt(line, monthAt));
  const day = dayFirst ?? (month === undefined ? null : dayNumber(line, at + 1));
  if (month === undefined || day === null || day > longest(month)) return null;
  const next = dayFirst === null ? at + 2 : monthAt + 1;
  return withYear(line, month, day, next);
}

function withYear(line: Line, month: number, day: number, next: number): Found<CalendarDay> | null {
  const yearAt = line.words.ofMonth.has(wordAt(line, next)) && YEAR.test(wordAt(line, next + 1)) ? next + 1 : next;
  const year = wordAt(line, yearAt);
  if (!YEAR.test(year)) return { value: { is: 'month_day', month, day }, next };
  const date = dateOf(Number(year), month, day);
  return date === null ? null : { value: { is: 'on', date }, next: yearAt + 1 };
}

function fullDate(line: Line, word: string): CalendarDay | null {
  const iso = ISO.exec(word);
  if (iso !== null) return on(dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3])));
  const found = NUMERIC.exec(word);
  if (found === null || (found[2] === '-' && found[4]?.length !== 4)) return null;
  const year = Number(found[4]) + (found[4]?.length === 2 ? 2000 : 0);
  const order = inOrder(line, Number(found[1]), Number(found[3]), found[2] === '.');
  return order === null ? null : on(dateOf(year, order.month, order.day));
}

const on = (date: string | null): CalendarDay | null => (date === null ? null : { is: 'on', date });

/** Without a year only what looks like a date: "24.11." where that is written, "12/03" with two digits each. */
function dayAndMonth(line: Line, word: string, alone: boolean): CalendarDay | null {
  const found = DAY_AND_MONTH.exec(word);
  if (found === null) return null;
  const dotted = found[2] === '.';
  const looks = dotted
    ? word.endsWith('.') && line.words.dottedDays
    : alone && found[1]?.length === 2 && found[3]?.length === 2;
  const order = looks ? inOrder(line, Number(found[1]), Number(found[3]), dotted) : null;
  return order === null || order.day < 1 || order.day > longest(order.month) ? null : { is: 'month_day', ...order };
}

/** Dots are written day first everywhere; strokes and hyphens as the region does, and not at all where nobody can know. */
function inOrder(line: Line, a: number, b: number, dotted: boolean): { month: number; day: number } | null {
  const dayFirst = { day: a, month: b };
  const monthFirst = { day: b, month: a };
  const order = dotted ? true : line.words.dayFirst;
  if (order !== null) return order ? dayFirst : monthFirst;
  if (a === b || (a > 12 && b <= 12)) return dayFirst;
  return b > 12 && a <= 12 ? monthFirst : null;
}

function dayNumber(line: Line, at: number): number | null {
  const word = wordAt(line, at);
  if (line.words.firsts.has(word)) return 1;
  const day = Number(line.words.ordinal.exec(word)?.[1] ?? 0);
  return day >= 1 && day <= 31 ? day : null;
}

/** "the 3rd", "am 3.", "le 3": a day whose month goes without saying. Its caller has seen the word before it. */
export function dayOfMonth(line: Line, at: number, alone: (next: number) => boolean): Found<CalendarDay> | null {
  const word = wordAt(line, at);
  const found = line.words.ordinal.exec(word);
  const marked = found?.[2] !== undefined || typedAt(line, at).endsWith('.');
  const day = Number(found?.[1] ?? 0);
  if (day < 1 || day > 31 || !(marked || line.words.bareDays) || !alone(at + 1)) return null;
  return { value: { is: 'day_of_month', day }, next: at + 1 };
}

/** The first date with this month and day, going one way from today's year, that `fits`. 29 February waits for its year. */
export function nearest(
  today: string,
  month: number,
  day: number,
  way: 1 | -1,
  fits: (date: string) => boolean,
): string | null {
  const year = Number(today.slice(0, 4));
  for (let years = 0; years <= 8; years += 1) {
    const date = dateOf(year + way * years, month, day);
    if (date !== null && fits(date)) return date;
  }
  return null;
}

/** The nearest month, going one way from today's, that has this day and `fits`. */
export function nearestDay(today: string, day: number, way: 1 | -1, fits: (date: string) => boolean): string | null {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  for (let moved = 0; moved <= 12; moved += 1) {
    const month = months + way * moved;
    const date = dateOf(Math.floor(month / 12), (month % 12) + 1, day);
    if (date !== null && fits(date)) return date;
  }
  return null;
}
