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

/** `next_working_day`: EU, UK and Swiss law. `none` where no rule is confirmed: then the unrolled day counts. */
export type Roll = 'none' | 'next_working_day';

/** Business days, as several opt-out rules count them: `P10BD`. Not ISO 8601. */
const BUSINESS_DAYS = /^P(\d{1,3})BD$/u;

export function isPeriod(text: string): boolean {
  if (BUSINESS_DAYS.test(text)) return true;
  try {
    return periodOf(text).sign >= 0;
  } catch {
    return false;
  }
}

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
  roll: Roll = 'next_working_day',
): Deadline {
  const anchor = localDay(anchorInstant, zone);
  const business = BUSINESS_DAYS.exec(period)?.[1];
  const length = business === undefined ? periodOf(period) : null;
  const target = length
    ? anchor.add(length, { overflow: 'constrain' })
    : businessDaysAfter(anchor, Number(business), holidays);
  const m = daysBetween(anchor, target);
  const rolls = length !== null && !length.blank && roll === 'next_working_day';
  const legal = rolls ? withTwoWorkingDays(anchor, rolled(target, holidays), m, holidays) : target;
  return { anchorOn: anchor.toString(), targetDue: target.toString(), legalDue: legal.toString(), m };
}

/** The one that ends first, by its legal day; null where no period applies. */
export function earliestOf(deadlines: readonly Deadline[]): Deadline | null {
  return deadlines.reduce<Deadline | null>(
    (first, one) =>
      first === null ||
      one.legalDue < first.legalDue ||
      (one.legalDue === first.legalDue && one.targetDue < first.targetDue)
        ? one
        : first,
    null,
  );
}

/**
 * A trigger such as the first communication makes the duty due on its own local day. It only ever pulls the deadline in,
 * and never before the anchor's day: nobody can be told before anything is held.
 */
export function pulledIn(deadline: Deadline, triggerInstant: string, zone: string): Deadline {
  const day = localDay(triggerInstant, zone).toString();
  const [, due = day] = [day, deadline.anchorOn].sort();
  if (due >= deadline.legalDue) return deadline;
  const [targetDue = due] = [due, deadline.targetDue].sort();
  const m = daysBetween(Temporal.PlainDate.from(deadline.anchorOn), Temporal.PlainDate.from(targetDue));
  return { ...deadline, targetDue, legalDue: due, m };
}

/** A stopped clock: the days in which it stood are added, and the end rolls again. */
export function prolonged(deadline: Deadline, days: number, holidays: ReadonlySet<string>, roll: Roll): Deadline {
  if (days <= 0) return deadline;
  const target = Temporal.PlainDate.from(deadline.targetDue).add({ days });
  const legal = roll === 'next_working_day' ? rolled(target, holidays) : target;
  return { ...deadline, targetDue: target.toString(), legalDue: legal.toString(), m: deadline.m + days };
}

/** The day a period reaches from a given day, clamped and unrolled: how long a window or a consent lasts. */
export function reaches(day: string, period: string): string {
  return Temporal.PlainDate.from(day).add(periodOf(period), { overflow: 'constrain' }).toString();
}

/** Local day of a moment in a zone, `YYYY-MM-DD`. */
export function dayIn(instant: string, zone: string): string {
  return localDay(instant, zone).toString();
}

/** The first moment of a local day: nobody knows the hour of what is only known by its day. */
export function startOf(day: string, zone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString();
}

/** Whole local days from one moment to another. */
export function daysFrom(from: string, to: string, zone: string): number {
  return daysBetween(localDay(from, zone), localDay(to, zone));
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

const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate): number =>
  from.until(to, { largestUnit: 'days' }).days;

/**
 * Days of moments already asked for: reading a zone's rules is slow, and one `now` is asked about every person. The same
 * question has the same answer, so this changes nothing but the time it takes.
 */
const DAYS = new Map<string, Temporal.PlainDate>();
const MOST_DAYS = 1_000;

const localDay = (instant: string, zone: string): Temporal.PlainDate => {
  const key = `${zone} ${instant}`;
  const known = DAYS.get(key);
  if (known) return known;
  const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate();
  if (DAYS.size >= MOST_DAYS) DAYS.clear();
  DAYS.set(key, day);
  return day;
};

function periodOf(period: string): Temporal.Duration {
  const length = Temporal.Duration.from(period);
  const timed = length.hours + length.minutes + length.seconds + length.milliseconds > 0;
  if (length.sign < 0 || timed)
    throw new RangeError(`A statutory period is whole days, weeks, months or years: ${period}`);
  return length;
}

/** The day of the event is not counted; weekends and holidays are not either. */
function businessDaysAfter(
  anchor: Temporal.PlainDate,
  days: number,
  holidays: ReadonlySet<string>,
): Temporal.PlainDate {
  let day = anchor;
  for (let left = days; left > 0; left -= 1) day = rolled(day.add({ days: 1 }), holidays);
  return day;
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
