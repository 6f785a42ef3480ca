/** Days: those of a log, which lie in the past, and those of a next step, which do not. */
import type { Calendar, Distance } from './calendar.ts';
import { bareDuration } from './duration.ts';
import { type Found, type Line, phraseAt, wordAt } from './pieces.ts';

export type Day =
  | { readonly is: 'on'; readonly date: string }
  | { readonly is: 'back'; readonly days: number }
  | { readonly is: 'weekday'; readonly weekday: number; readonly last: boolean }
  | { readonly is: 'month_day'; readonly month: number; readonly day: number }
  /** "an hour ago": not a day but a moment. */
  | { readonly is: 'minutes_ago'; readonly minutes: number };

const ISO = /^(\d{4})-(\d{2})-(\d{2})$/u;
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u;
const YEAR = /^(?:19|20|21)\d{2}$/u;
const COUNT = /^\d{1,3}$/u;
const LONGEST_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const pad = (value: number, length: number) => String(value).padStart(length, '0');

function dateOf(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || year < 1900 || year > 2199) return null;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (month === 2 && !leap ? 28 : (LONGEST_MONTH[month - 1] ?? 0))) return null;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** "12 March", "12th of March 2026", "March 12", "2026-03-12", "12.3.2026". */
function calendarDate(line: Line, at: number): Found<Day> | null {
  const word = wordAt(line, at);
  const digits = ISO.exec(word) ?? DOTTED.exec(word);
  if (digits !== null) {
    const [, a, b, c] = digits.map(Number) as [number, number, number, number];
    const date = a > 31 ? dateOf(a, b, c) : dateOf(c, b, a);
    return date === null ? null : { value: { is: 'on', date }, next: at + 1 };
  }
  const dayFirst = dayNumber(line, at);
  const monthAt = dayFirst === null ? at : line.words.ofMonth.has(wordAt(line, at + 1)) ? at + 2 : at + 1;
  const month = line.words.months.get(wordAt(line, monthAt));
  const day = dayFirst ?? dayNumber(line, at + 1);
  if (month === undefined || day === null || day > (LONGEST_MONTH[month - 1] ?? 0)) return null;
  const next = dayFirst === null ? at + 2 : monthAt + 1;
  const year = wordAt(line, next);
  if (!YEAR.test(year)) return { value: { is: 'month_day', month, day }, next };
  const date = dateOf(Number(year), month, day);
  return date === null ? null : { value: { is: 'on', date }, next: next + 1 };
}

function dayNumber(line: Line, at: number): number | null {
  const day = Number(line.words.ordinal.exec(wordAt(line, at))?.[1] ?? 0);
  return day >= 1 && day <= 31 ? day : null;
}

/** "3 days", "a week". */
function span(line: Line, at: number): Found<Distance> | null {
  const word = wordAt(line, at);
  const count = COUNT.test(word) ? Number(word) : line.words.numbers.get(word);
  const unit = line.words.calendarUnits.get(wordAt(line, at + 1));
  if (count === undefined || unit === undefined) return null;
  const value = unit === 'day' ? { days: count } : unit === 'week' ? { weeks: count } : { months: count };
  return { value, next: at + 2 };
}

function ago(line: Line, at: number): Found<Day> | null {
  const minutes = bareDuration(line, at);
  if (minutes !== null && line.words.ago.has(wordAt(line, minutes.next))) {
    return { value: { is: 'minutes_ago', minutes: minutes.value }, next: minutes.next + 1 };
  }
  const days = span(line, at);
  if (days === null || !line.words.ago.has(wordAt(line, days.next))) return null;
  return { value: { is: 'on', date: line.calendar.back(days.value) }, next: days.next + 1 };
}

/** A day of the past. A full date that lies ahead is no day of a log, so it stays text. */
export function pastDay(line: Line, at: number): Found<Day> | null {
  const start = line.words.on.has(wordAt(line, at)) ? at + 1 : at;
  const back = phraseAt(line, start, line.words.daysBack);
  if (back !== null) return { value: { is: 'back', days: back.value }, next: back.next };
  const last = line.words.last.has(wordAt(line, start));
  const weekday = line.words.weekdays.get(wordAt(line, last ? start + 1 : start));
  if (weekday !== undefined) return { value: { is: 'weekday', weekday, last }, next: start + (last ? 2 : 1) };
  const date = calendarDate(line, start);
  if (date !== null) return date.value.is === 'on' && date.value.date > line.calendar.today ? null : date;
  return ago(line, start);
}

/** Only the past can be meant, wherever it stands: "yesterday", "last Tuesday", "2 days ago". */
export const onlyPast = (day: Day, line: Line): boolean =>
  day.is === 'minutes_ago' ||
  (day.is === 'back' && day.days > 0) ||
  (day.is === 'weekday' && day.last) ||
  (day.is === 'on' && day.date < line.calendar.today);

/** The day a next step is due: never before today, a weekday strictly after it. */
export function dueDay(line: Line, at: number): Found<string> | null {
  const { calendar, words } = line;
  const start = words.by.has(wordAt(line, at)) ? at + 1 : at;
  const word = wordAt(line, start);
  const days = words.daysAhead.get(word);
  if (days !== undefined) return { value: calendar.ahead({ days }), next: start + 1 };
  if (words.in.has(word)) {
    const found = span(line, start + 1);
    return found === null ? null : { value: calendar.ahead(found.value), next: found.next };
  }
  const next = words.next.has(word);
  const named = next || words.this.has(word) ? start + 1 : start;
  const untilMonday = 8 - calendar.weekday;
  if (next && words.week.has(wordAt(line, named))) {
    return { value: calendar.ahead({ days: untilMonday }), next: named + 1 };
  }
  const weekday = words.weekdays.get(wordAt(line, named));
  if (weekday !== undefined) {
    const ahead = next ? untilMonday + weekday - 1 : daysUntil(calendar, weekday);
    return { value: calendar.ahead({ days: ahead }), next: named + 1 };
  }
  const date = calendarDate(line, start);
  if (date?.value.is === 'on')
    return date.value.date < calendar.today ? null : { value: date.value.date, next: date.next };
  if (date?.value.is !== 'month_day') return null;
  const { month, day } = date.value;
  const value = nearest(calendar.today, month, day, 1, (candidate) => candidate >= calendar.today);
  return value === null ? null : { value, next: date.next };
}

/** Strictly after today: today's own weekday is a week away. */
const daysUntil = (calendar: Calendar, weekday: number): number => ((weekday - calendar.weekday + 6) % 7) + 1;

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
