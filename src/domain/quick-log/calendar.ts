/** Today in the person's zone, and the days around it. A line asks the same few things often, so answers are kept. */
import type { Temporal } from 'temporal-polyfill';

export interface Distance {
  readonly days?: number;
  readonly weeks?: number;
  readonly months?: number;
}

export class Calendar {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Monday is 1. */
  readonly weekday: number;
  readonly #date: Temporal.PlainDate;
  readonly #answers = new Map<string, string>();

  constructor(today: Temporal.PlainDate) {
    this.#date = today;
    this.today = today.toString();
    this.weekday = today.dayOfWeek;
  }

  ahead(distance: Distance): string {
    return this.#moved(distance, 1);
  }

  back(distance: Distance): string {
    return this.#moved(distance, -1);
  }

  /** The last day of this month. */
  monthEnd(): string {
    return this.#date.with({ day: this.#date.daysInMonth }).toString();
  }

  /** The first day of the next month. */
  nextMonth(): string {
    return this.#date.with({ day: 1 }).add({ months: 1 }).toString();
  }

  #moved({ days = 0, weeks = 0, months = 0 }: Distance, way: 1 | -1): string {
    const key = `${way * days}/${way * weeks}/${way * months}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const date = this.#date.add({ days: way * days, weeks: way * weeks, months: way * months }).toString();
    this.#answers.set(key, date);
    return date;
  }
}
