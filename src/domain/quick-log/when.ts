/** From what was said about time to an interval that has begun and ended. */
import { Temporal } from 'temporal-polyfill';
import type { When } from '../activity.ts';
import { type Clock, clock, range } from './clock.ts';
import { nearest, nearestDay } from './date.ts';
import { type Day, onlyPast, pastDay } from './day.ts';
import type { TokenKind } from './draft.ts';
import { duration } from './duration.ts';
import { type Line, wordAt } from './pieces.ts';
import type { Part } from './words/words.ts';

export const DEFAULT_MINUTES = 30;
/** "yesterday afternoon" without a time. */
const HOUR_OF: Readonly<Record<Part, number>> = { morning: 9, noon: 12, afternoon: 14, evening: 18 };

/** What was said, each thing once: a second day or duration stays text. */
export interface Said {
  readonly day?: Day;
  readonly part?: Part;
  readonly start?: Clock;
  readonly end?: Clock;
  readonly minutes?: number;
}

export interface Item {
  readonly kind: Extract<TokenKind, 'duration' | 'when'>;
  readonly from: number;
  readonly next: number;
}

export interface Group {
  readonly said: Said;
  /** The index of its first piece. */
  readonly from: number;
  readonly items: readonly Item[];
  readonly next: number;
}

type Alone = (next: number) => boolean;

const mayBegin = (line: Line, word: string) => /^\d/u.test(word) || line.words.timeWords.has(word);

function one(line: Line, at: number, said: Said, alone: Alone): { said: Said; item: Item } | null {
  if (!mayBegin(line, wordAt(line, at))) return null;
  const item = (kind: Item['kind'], next: number): Item => ({ kind, from: at, next });
  const timed = said.start !== undefined || said.day?.is === 'minutes_ago';
  const hours = timed ? null : range(line, at, alone);
  if (hours !== null && said.minutes === undefined) {
    const { from: start, to: end } = hours.value;
    return { said: { ...said, start, end }, item: item('when', hours.next) };
  }
  const day = said.day === undefined ? pastDay(line, at, alone) : null;
  if (day !== null && !(day.value.day.is === 'minutes_ago' && timed)) {
    const { day: which, part } = day.value;
    return { said: { ...said, day: which, ...(part === null ? {} : { part }) }, item: item('when', day.next) };
  }
  const length = said.minutes === undefined && said.end === undefined ? duration(line, at) : null;
  if (length !== null) return { said: { ...said, minutes: length.value }, item: item('duration', length.next) };
  const time = timed ? null : clock(line, at, alone);
  return time === null ? null : { said: { ...said, start: time.value }, item: item('when', time.next) };
}

/** Days, times and durations that follow one another directly. What opens a quote or a bracket is text. */
export function group(line: Line, from: number, before: Said, alone: Alone): Group | null {
  if (line.pieces[from - 1]?.kind === 'open') return null;
  let said = before;
  let next = from;
  const items: Item[] = [];
  for (let found = one(line, next, said, alone); found !== null; found = one(line, next, said, alone)) {
    said = found.said;
    next = found.item.next;
    items.push(found.item);
  }
  return items.length === 0 ? null : { said, from, items, next };
}

/** At the end of a running sentence only what cannot mean the future is taken. */
export const certainlyPast = (line: Line, found: Group, before: Said): boolean => {
  if (before.day === undefined && found.said.day !== undefined) return onlyPast(found.said.day, line);
  return found.items.every((item) => item.kind === 'duration');
};

interface Interval {
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
}

/**
 * A log is about the past: nothing said means *ended just now*. A time without a day is its last occurrence, a
 * weekday the last one, a date without a year the last one. A day without a time ends at this moment's time of day.
 * What would still reach into the future ends now.
 */
export function resolve(said: Said, nowInstant: string, zone: string): { when: When; minutes: number } {
  const now = nowIn(nowInstant, zone);
  const time = startOf(said);
  const found = time === null ? withoutTime(said, now) : withTime(said, time, now);
  const { start, end } = notAhead(found, now);
  const minutes = Math.round((end.epochMilliseconds - start.epochMilliseconds) / 60_000);
  return { when: { start: start.toInstant().toString(), end: end.toInstant().toString(), zone }, minutes };
}

/** "at 8" in the evening is not eight in the morning, and "3" in the morning is not the afternoon. */
function startOf({ start, part }: Said): Clock | null {
  if (start === undefined) return part === undefined ? null : { hour: HOUR_OF[part], minute: 0, open: false };
  if (!start.open || part === undefined || part === 'noon') return start;
  return { ...start, hour: (start.hour % 12) + (part === 'morning' ? 0 : 12) };
}

/** Now, floored to the minute. */
export const nowIn = (instant: string, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).round({ smallestUnit: 'minute', roundingMode: 'floor' }).toZonedDateTimeISO(zone);

const earlier = (a: Temporal.ZonedDateTime, b: Temporal.ZonedDateTime) =>
  Temporal.ZonedDateTime.compare(a, b) <= 0 ? a : b;

/** The end is cut to now; an interval that would only begin later is moved so that it ended just now. */
function notAhead({ start, end }: Interval, now: Temporal.ZonedDateTime): Interval {
  if (Temporal.ZonedDateTime.compare(start, now) <= 0) return { start, end: earlier(end, now) };
  return { start: now.subtract({ minutes: minutesBetween(start, end) }), end: now };
}

const minutesBetween = (start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime) =>
  Math.round((end.epochMilliseconds - start.epochMilliseconds) / 60_000);

function withoutTime(said: Said, now: Temporal.ZonedDateTime): Interval {
  const minutes = said.minutes ?? DEFAULT_MINUTES;
  if (said.day?.is === 'minutes_ago') {
    const moment = now.subtract({ minutes: said.day.minutes });
    // "an hour ago, 2h" can only have ended then
    if (said.minutes !== undefined && minutes > said.day.minutes) {
      return { start: moment.subtract({ minutes }), end: moment };
    }
    return { start: moment, end: moment.add({ minutes }) };
  }
  const date = dateOf(said.day, now, () => true);
  const today = date.equals(now.toPlainDate());
  const end = today ? now : earlier(at(date, now.toPlainTime(), now.timeZoneId), now);
  return { start: end.subtract({ minutes }), end };
}

function withTime(said: Said, time: Clock, now: Temporal.ZonedDateTime): Interval {
  const zone = now.timeZoneId;
  const wall = wallTime(time);
  const begun = (date: Temporal.PlainDate) => Temporal.ZonedDateTime.compare(at(date, wall, zone), now) <= 0;
  const date = dateOf(said.day, now, begun);
  const start = at(date, wall, zone);
  if (said.end === undefined) return { start, end: start.add({ minutes: said.minutes ?? DEFAULT_MINUTES }) };
  const until = wallTime(said.end);
  const overnight = Temporal.PlainTime.compare(until, wall) <= 0;
  const end = at(overnight ? date.add({ days: 1 }) : date, until, zone);
  // where the clocks go forward, a beginning that there was not can come to lie after the end
  return { start, end: earlier(start, end) === start ? end : start };
}

const wallTime = ({ hour, minute }: Clock) => Temporal.PlainTime.from({ hour, minute });

/** Clock changes resolve as `compatible` does: a missing time moves forward, a double one is its first. */
const at = (date: Temporal.PlainDate, time: Temporal.PlainTime, zone: string): Temporal.ZonedDateTime =>
  date.toPlainDateTime(time).toZonedDateTime(zone, { disambiguation: 'compatible' });

/** The day that was meant; `begun` says whether the time had come on a given date. */
function dateOf(
  day: Day | undefined,
  now: Temporal.ZonedDateTime,
  begun: (date: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  const today = now.toPlainDate();
  if (day === undefined || day.is === 'minutes_ago') return begun(today) ? today : today.subtract({ days: 1 });
  if (day.is === 'back') return today.subtract({ days: day.days });
  if (day.is === 'on') return Temporal.PlainDate.from(day.date);
  if (day.is === 'weekday') {
    const days = (today.dayOfWeek - day.weekday + 7) % 7;
    return today.subtract({ days: days > 0 ? days : !day.last && begun(today) ? 0 : 7 });
  }
  const fits = (date: string) => date <= today.toString() && begun(Temporal.PlainDate.from(date));
  const found =
    day.is === 'month_day'
      ? nearest(today.toString(), day.month, day.day, -1, fits)
      : nearestDay(today.toString(), day.day, -1, fits);
  return Temporal.PlainDate.from(found ?? today);
}
