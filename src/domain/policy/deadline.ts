/**
 * Statutory calendar arithmetic: Regulation (EEC, Euratom) No 1182/71, Article 3, as read in CJEU C-171/03 *Toeters*.
 * Public holidays come from a calendar the customer supplies; with none, only weekends are rolled, and screens say so.
 */
import { Temporal } from 'temporal-polyfill';

export interface Deadline {
  /** Local day of the anchor in the controller's zone, `YYYY-MM-DD`. */
  readonly anchorOn: string;
  /** Unrolled: what managers aim at. */
  readonly targetDue: string;
  /** Rolled over weekends and given holidays: what *overdue* is counted from. */
  readonly legalDue: string;
  /** *M* of "day N of M": days from anchor to `targetDue`. */
  readonly m: number;
}

/** "Day N of M", as of one moment. */
export interface DeadlineDay {
  /** Whole days since the anchor's day, which is day 0. */
  readonly n: number;
  readonly m: number;
  /** To `targetDue`; negative once it is past. */
  readonly daysLeft: number;
  /** From the start of the local day after `legalDue`. */
  readonly overdue: boolean;
  /** Days since `legalDue`; 0 while it is not past. */
  readonly overdueDays: number;
}

const NO_HOLIDAYS: ReadonlySet<string> = new Set();

/**
 * When a duty that began at `anchorInstant` is due. `period` is a calendar period such as `P1M`, `P30D`, `P0D`;
 * `zone` is the controller's, never the device's.
 *
 * - Article 3(1): the day of the event is not counted.
 * - Article 3(2)(c): a period in months ends with the day of the same number in the last month, and where there is none
 *   with the last day of that month. One addition from the origin, never iterated: 31 January and three months is
 *   30 April, not 28 April (C-171/03).
 * - Article 3(4): a last day that is a Saturday, Sunday or public holiday moves to the next working day.
 * - Article 3(5): a period of two days or more holds at least two working days.
 *
 * `P0D` is a duty at the moment of collection, not a period: it is due on the same local day and never rolls.
 */
export function deadlineFrom(
  anchorInstant: string,
  period: string,
  zone: string,
  holidays: ReadonlySet<string> = NO_HOLIDAYS,
): Deadline {
  const anchor = localDay(anchorInstant, zone);
  const length = periodOf(period);
  const target = anchor.add(length, { overflow: 'constrain' });
  const m = anchor.until(target, { largestUnit: 'days' }).days;
  const legal = length.blank ? target : withTwoWorkingDays(anchor, rolled(target, holidays), m, holidays);
  return { anchorOn: anchor.toString(), targetDue: target.toString(), legalDue: legal.toString(), m };
}

/** Where a moment stands against a deadline, by local days only: a deadline lasts until the end of its day. */
export function dayOf(deadline: Deadline, nowInstant: string, zone: string): DeadlineDay {
  const today = localDay(nowInstant, zone);
  const daysTo = (date: string) => today.until(date, { largestUnit: 'days' }).days;
  const past = -daysTo(deadline.legalDue);
  return {
    n: Math.max(0, -daysTo(deadline.anchorOn)),
    m: deadline.m,
    daysLeft: daysTo(deadline.targetDue),
    overdue: past > 0,
    overdueDays: Math.max(0, past),
  };
}

const localDay = (instant: string, zone: string): Temporal.PlainDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();

function periodOf(period: string): Temporal.Duration {
  const length = Temporal.Duration.from(period);
  const timed = length.hours + length.minutes + length.seconds + length.milliseconds > 0;
  if (length.sign < 0 || timed)
    throw new RangeError(`A statutory period is whole days, weeks, months or years: ${period}`);
  return length;
}

function works(date: Temporal.PlainDate, holidays: ReadonlySet<string>): boolean {
  return date.dayOfWeek < 6 && !holidays.has(date.toString());
}

/** This day if it is a working day, else the next one that is. */
function rolled(date: Temporal.PlainDate, holidays: ReadonlySet<string>): Temporal.PlainDate {
  let day = date;
  while (!works(day, holidays)) day = day.add({ days: 1 });
  return day;
}

function withTwoWorkingDays(
  anchor: Temporal.PlainDate,
  due: Temporal.PlainDate,
  days: number,
  holidays: ReadonlySet<string>,
): Temporal.PlainDate {
  if (days < 2) return due;
  let working = 0;
  for (let day = due; Temporal.PlainDate.compare(day, anchor) > 0; day = day.subtract({ days: 1 })) {
    if (works(day, holidays)) working += 1;
    if (working >= 2) return due;
  }
  return rolled(due.add({ days: 1 }), holidays);
}
