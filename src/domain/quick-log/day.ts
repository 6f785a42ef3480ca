/** Days: those of a log, which lie in the past, and those of a next step, which do not. */
import type { Calendar, Distance } from './calendar.ts';
import { type CalendarDay, calendarDate, dayOfMonth, nearest, nearestDay } from './date.ts';
import { bareDuration } from './duration.ts';
import { type Found, type Line, typedAt, wordAt } from './pieces.ts';
import type { Anchor, Part } from './words/words.ts';

export type Day =
  | CalendarDay
  | { readonly is: 'back'; readonly days: number }
  | { readonly is: 'weekday'; readonly weekday: number; readonly last: boolean }
  /** "an hour ago": not a day but a moment. */
  | { readonly is: 'minutes_ago'; readonly minutes: number };

export interface DayAndPart {
  readonly day: Day;
  readonly part: Part | null;
}
type Alone = (next: number) => boolean;

const COUNT = /^\d{1,3}$/u;

/** "3 days", "a week". */
function span(line: Line, at: number): Found<Distance> | null {
  const word = wordAt(line, at);
  const one = line.words.ones.has(word) ? 1 : undefined;
  const count = COUNT.test(word) ? Number(word) : (line.words.numbers.get(word) ?? one);
  const unit = count === undefined ? undefined : line.words.calendarUnits.get(wordAt(line, at + 1));
  if (count === undefined || unit === undefined) return null;
  const value = unit === 'day' ? { days: count } : unit === 'week' ? { weeks: count } : { months: count };
  return { value, next: at + 2 };
}

/** "an hour ago", "2 days ago", "vor 3 Tagen", "il y a une heure". */
function ago(line: Line, at: number): Found<Day> | null {
  const { words } = line;
  const before = words.agoBefore.at(line, at);
  const from = before?.next ?? at;
  const closed = (next: number) => (before !== null ? next : words.ago.has(wordAt(line, next)) ? next + 1 : null);
  const minutes = bareDuration(line, from);
  const after = minutes === null ? null : closed(minutes.next);
  if (minutes !== null && after !== null) return { value: { is: 'minutes_ago', minutes: minutes.value }, next: after };
  const days = span(line, from);
  const next = days === null ? null : closed(days.next);
  if (days === null || next === null) return null;
  return { value: { is: 'on', date: line.calendar.back(days.value) }, next };
}

/** A weekday by name; a short one that is also a common word needs its capital letter. */
function weekdayAt(line: Line, at: number): number | undefined {
  const word = wordAt(line, at);
  const weekday = line.words.weekdays.get(word);
  if (weekday === undefined || !line.words.capitalDays.has(word)) return weekday;
  return /^\p{Lu}\p{Ll}?/u.test(typedAt(line, at)) ? weekday : undefined;
}

/** "Tuesday, 24 November", "mardi 24 novembre", "Di., den 24.11.": the date decides. */
function dateAfterWeekday(line: Line, at: number, alone: Alone): Found<CalendarDay> | null {
  const comma = line.pieces[at]?.kind === 'comma' && line.pieces[at + 1]?.kind === 'word';
  const from = comma ? at + 1 : at;
  return calendarDate(line, line.words.on.at(line, from)?.next ?? from, alone);
}

/** A day of the past. A full date that lies ahead is no day of a log, so it stays text. */
export function pastDay(line: Line, at: number, alone: Alone): Found<DayAndPart> | null {
  const { words } = line;
  const opened = words.on.at(line, at);
  const found =
    (opened === null ? null : pastDayAt(line, opened.next, alone, true)) ?? pastDayAt(line, at, alone, false);
  if (found === null) return null;
  const moment = found.value.day.is === 'minutes_ago';
  const part = found.value.part === null && !moment ? words.parts.at(line, found.next) : null;
  return part === null ? found : { value: { day: found.value.day, part: part.value }, next: part.next };
}

function pastDayAt(line: Line, at: number, alone: Alone, opened: boolean): Found<DayAndPart> | null {
  const { words } = line;
  const fused = words.dayParts.at(line, at);
  if (fused !== null) {
    return { value: { day: { is: 'back', days: fused.value.back }, part: fused.value.part }, next: fused.next };
  }
  const back = words.daysBack.at(line, at);
  if (back !== null) return { value: { day: { is: 'back', days: back.value }, part: null }, next: back.next };
  const date = pastWeekday(line, at, alone) ?? plain(pastDate(line, at, alone, opened));
  return date ?? plain(ago(line, at));
}

const plain = (found: Found<Day> | null): Found<DayAndPart> | null =>
  found === null ? null : { value: { day: found.value, part: null }, next: found.next };

function pastWeekday(line: Line, at: number, alone: Alone): Found<DayAndPart> | null {
  const { words } = line;
  const before = words.last.has(wordAt(line, at));
  const from = before ? at + 1 : at;
  const compound = words.weekdayParts.at(line, from);
  const weekday = compound?.value.weekday ?? weekdayAt(line, from);
  if (weekday === undefined || words.comingAfter.at(line, from + 1) !== null) return null;
  const after = words.lastAfter.has(wordAt(line, from + 1));
  const date = before || after ? null : dateAfterWeekday(line, from + 1, alone);
  if (date !== null) return ahead(line, date.value) ? null : plain(date);
  const last = before || after;
  const value = { day: { is: 'weekday', weekday, last }, part: compound?.value.part ?? null } as const;
  return { value, next: from + (after ? 2 : 1) };
}

const ahead = (line: Line, day: CalendarDay): boolean => day.is === 'on' && day.date > line.calendar.today;

function pastDate(line: Line, at: number, alone: Alone, opened: boolean): Found<Day> | null {
  const date = calendarDate(line, at, alone) ?? (opened ? dayOfMonth(line, at, alone) : null);
  return date === null || ahead(line, date.value) ? null : date;
}

/** Only the past can be meant, wherever it stands: "yesterday", "last Tuesday", "2 days ago". */
export const onlyPast = (day: Day, line: Line): boolean =>
  day.is === 'minutes_ago' ||
  (day.is === 'back' && day.days > 0) ||
  (day.is === 'weekday' && day.last) ||
  (day.is === 'on' && day.date < line.calendar.today);

/** The day a next step is due: never before today, a weekday strictly after it. */
export function dueDay(line: Line, at: number, alone: Alone): Found<string> | null {
  const opened = line.words.by.at(line, at);
  const found = opened === null ? null : dueDayAt(line, opened.next, alone, true);
  return found ?? dueDayAt(line, at, alone, false);
}

function dueDayAt(line: Line, at: number, alone: Alone, opened: boolean): Found<string> | null {
  const { calendar, words } = line;
  const days = words.daysAhead.at(line, at);
  if (days !== null) return { value: calendar.ahead({ days: days.value }), next: days.next };
  const within = words.in.at(line, at);
  const distance = within === null ? null : span(line, within.next);
  if (distance !== null) return { value: calendar.ahead(distance.value), next: distance.next };
  const anchor = words.anchors.at(line, at);
  if (anchor !== null) return anchored(line, anchor);
  return dueWeekday(line, at, alone) ?? dueDate(line, at, alone, opened);
}

const untilMonday = (calendar: Calendar): number => 8 - calendar.weekday;

function anchored(line: Line, anchor: Found<Anchor>): Found<string> {
  const { calendar } = line;
  const { next } = anchor;
  if (anchor.value === 'week_end') {
    return { value: calendar.ahead({ days: Math.max(0, 5 - calendar.weekday) }), next };
  }
  if (anchor.value === 'month_end') return { value: calendar.monthEnd(), next };
  if (anchor.value === 'next_month') return { value: calendar.nextMonth(), next };
  const weekday = weekdayAt(line, next);
  if (weekday === undefined) return { value: calendar.ahead({ days: untilMonday(calendar) }), next };
  return { value: calendar.ahead({ days: untilMonday(calendar) + weekday - 1 }), next: next + 1 };
}

function dueWeekday(line: Line, at: number, alone: Alone): Found<string> | null {
  const { calendar, words } = line;
  const ofNext = words.next.has(wordAt(line, at));
  const named = ofNext || words.coming.has(wordAt(line, at)) ? at + 1 : at;
  const weekday = weekdayAt(line, named) ?? words.weekdayParts.at(line, named)?.value.weekday;
  if (weekday === undefined) return null;
  const date = dateAfterWeekday(line, named + 1, alone);
  if (date !== null) return due(line, date);
  const after = words.anchors.at(line, named + 1);
  const nextWeek = after?.value === 'next_week' ? after : null;
  const days = ofNext || nextWeek ? untilMonday(calendar) + weekday - 1 : daysUntil(calendar, weekday);
  const next = nextWeek?.next ?? words.comingAfter.at(line, named + 1)?.next ?? named + 1;
  return { value: calendar.ahead({ days }), next };
}

function dueDate(line: Line, at: number, alone: Alone, opened: boolean): Found<string> | null {
  const date = calendarDate(line, at, alone) ?? (opened ? dayOfMonth(line, at, alone) : null);
  return date === null ? null : due(line, date);
}

function due(line: Line, { value: day, next }: Found<CalendarDay>): Found<string> | null {
  const { today } = line.calendar;
  const fits = (candidate: string) => candidate >= today;
  if (day.is === 'on') return fits(day.date) ? { value: day.date, next } : null;
  const value =
    day.is === 'month_day' ? nearest(today, day.month, day.day, 1, fits) : nearestDay(today, day.day, 1, fits);
  return value === null ? null : { value, next };
}

/** Strictly after today: today's own weekday is a week away. */
const daysUntil = (calendar: Calendar, weekday: number): number => ((weekday - calendar.weekday + 6) % 7) + 1;
