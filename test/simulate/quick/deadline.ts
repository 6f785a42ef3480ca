/** The real deadline arithmetic, its answers remembered: a quarter of an hour never holds a midnight. */
import * as real from '../../../src/domain/policy/deadline.ts';

export * from '../../../src/domain/policy/deadline.ts';

const QUARTER_MS = 15 * 60_000;
const MOST = 5_000;

const remembered = <T>(): ((key: string, make: () => T) => T) => {
  const known = new Map<string, T>();
  return (key, make) => {
    const held = known.get(key);
    if (held !== undefined) return held;
    const made = make();
    if (known.size >= MOST) known.clear();
    known.set(key, made);
    return made;
  };
};
const deadlines = remembered<real.Deadline>();
const pulled = remembered<real.Deadline>();
const days = remembered<real.DeadlineDay>();
const texts = remembered<string>();

/** By the day's quarter: the same answer all through it. */
const quarter = (instant: string): number => Math.floor(Date.parse(instant) / QUARTER_MS);
const of = ({ anchorOn, targetDue, legalDue, m }: real.Deadline): string => `${anchorOn}|${targetDue}|${legalDue}|${m}`;

export const deadlineFrom: typeof real.deadlineFrom = (anchor, period, zone, holidays, roll) =>
  holidays && holidays.size > 0
    ? real.deadlineFrom(anchor, period, zone, holidays, roll)
    : deadlines(`${quarter(anchor)}|${period}|${zone}|${roll}`, () =>
        real.deadlineFrom(anchor, period, zone, holidays, roll),
      );

export const pulledIn: typeof real.pulledIn = (deadline, trigger, zone) =>
  pulled(`${of(deadline)}|${quarter(trigger)}|${zone}`, () => real.pulledIn(deadline, trigger, zone));

export const dayIn: typeof real.dayIn = (instant, zone) =>
  texts(`in|${quarter(instant)}|${zone}`, () => real.dayIn(instant, zone));

export const reaches: typeof real.reaches = (day, period) =>
  texts(`reaches|${day}|${period}`, () => real.reaches(day, period));

export const dayOf: typeof real.dayOf = (deadline, now, zone) =>
  days(`${of(deadline)}|${zone}|${quarter(now)}`, () => real.dayOf(deadline, now, zone));
