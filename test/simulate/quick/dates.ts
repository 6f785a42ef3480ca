/** Days in words cost most of a schedule's time and decide nothing: here they are the instants themselves. */
import type { Dates } from '../../../src/dates.ts';

const plain: Dates = {
  day: (instant) => instant,
  time: (instant) => instant,
  moment: (instant) => instant,
  span: (start, end) => `${start} ${end}`,
  date: (day) => day,
  minutes: (count) => `${count} min`,
};
export const dates = (): Dates => plain;
