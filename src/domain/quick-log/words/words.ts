/** What the grammar needs to know of a language. A language is one table of this shape; the grammar holds no word. */
import type { Kind, Route } from '../../activity.ts';

export type Table<V> = ReadonlyMap<string, V>;
export type WordSet = ReadonlySet<string>;
export type DurationUnit = 'minute' | 'hour';
export type CalendarUnit = 'day' | 'week' | 'month';

/** Every entry is lower case. */
export interface Words {
  /** A line's first word, as it is typed: "met", "/call". */
  readonly verbs: Table<Kind>;
  /** Nouns that count as a verb only directly before one of `with`: "call with @dana". */
  readonly nouns: Table<Kind>;
  readonly with: WordSet;
  /** Between names. Commas are joiners in every language. */
  readonly joiners: WordSet;
  /** Between the verb and the first name. */
  readonly openers: WordSet;
  readonly about: WordSet;

  /** Monday is 1. */
  readonly weekdays: Table<number>;
  readonly months: Table<number>;
  readonly ordinal: RegExp;
  readonly ofMonth: WordSet;
  /** Words for a day that is never in the future, as days back. Keys may hold spaces. */
  readonly daysBack: Table<number>;
  readonly last: WordSet;
  readonly ago: WordSet;
  readonly numbers: Table<number>;
  readonly durationUnits: Table<DurationUnit>;
  /** Written "45m": a unit that means something else as a capital letter. */
  readonly lowerCaseUnits: WordSet;
  readonly calendarUnits: Table<CalendarUnit>;
  /** Whole phrases, in minutes. */
  readonly durationPhrases: Table<number>;
  readonly am: WordSet;
  readonly pm: WordSet;
  readonly noon: WordSet;
  readonly at: WordSet;
  readonly on: WordSet;
  readonly for: WordSet;
  readonly from: WordSet;
  readonly to: WordSet;

  /** Days of a next step, as days ahead. */
  readonly daysAhead: Table<number>;
  readonly next: WordSet;
  readonly this: WordSet;
  readonly week: WordSet;
  readonly in: WordSet;
  /** Before a due date, and part of it. */
  readonly by: WordSet;

  readonly told: WordSet;
  readonly toldBy: WordSet;
  readonly routes: Table<Route>;
  /** Before "told": it belongs to the sentence ("she was told"). */
  readonly toldTies: WordSet;

  /** Before a time or duration outside the head: it belongs to the sentence ("by Tuesday", "lost 45m"). */
  readonly ties: WordSet;
  /** After a duration: it measures something else ("45m of revenue"). */
  readonly measures: WordSet;
  /** Common words that never continue a name by its first letters alone. */
  readonly common: WordSet;
  /** Lower-case parts of surnames. */
  readonly particles: WordSet;
}
