/** The real deadline arithmetic, its answers remembered: a quarter of an hour never holds a midnight. */
import * as real from '../../../src/domain/policy/deadline.ts';

export type { Deadline, DeadlineDay } from '../../../src/domain/policy/deadline.ts';

const QUARTER_MS = 15 * 60_000;

const remembered = <T>(most = 5_000): ((key: string, make: () => T) => T) => {
  const known = new Map<string, T>();
  return (key, make) => {
    const held = known.get(key);
    if (held !== undefined) return held;
    const made = make();
    if (known.size >= most) known.clear();
    known.set(key, made);
    return made;
  };
};
const deadlines = remembered<real.Deadline>();
const days = remembered<real.DeadlineDay>();

export const deadlineFrom: typeof real.deadlineFrom = (anchor, period, zone, holidays) =>
  holidays && holidays.size > 0
    ? real.deadlineFrom(anchor, period, zone, holidays)
    : deadlines(`${anchor}|${period}|${zone}`, () => real.deadlineFrom(anchor, period, zone, holidays));

export const dayOf: typeof real.dayOf = (deadline, now, zone) =>
  days(
    `${deadline.anchorOn}|${deadline.targetDue}|${deadline.legalDue}|${zone}|${Math.floor(Date.parse(now) / QUARTER_MS)}`,
    () => real.dayOf(deadline, now, zone),
  );
