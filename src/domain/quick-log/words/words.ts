/** What the grammar knows of a language, ready for use. `vocabulary.ts` is the form in which a language is written down. */
import type { Kind, Route } from '../../activity.ts';
import type { Phrases } from './phrases.ts';

export type WordSet = ReadonlySet<string>;
export type Part = 'morning' | 'noon' | 'afternoon' | 'evening';
export type DurationUnit = 'minute' | 'hour';
export type CalendarUnit = 'day' | 'week' | 'month';
/** Days of a next step that are found in the calendar. */
export type Anchor = 'next_week' | 'week_end' | 'month_end' | 'next_month';

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** Every entry is lower case. */
export interface Words {
  /** A line's first word or words: "met", "/call", "j'ai vu". */
  readonly verbs: Phrases<Kind>;
  /** Count as a verb only directly before a name: Dutch "met", German "Treffen". */
  readonly verbsBeforeName: Phrases<Kind>;
  /** Count as a verb after the names, where nothing of a sentence follows: "@dana getroffen". */
  readonly verbsAfterName: Phrases<Kind>;
  /** Nouns that count as a verb only directly before one of `with`: "call with @dana". */
  readonly nouns: Phrases<Kind>;
  readonly with: WordSet;
  /** Between names. Commas are joiners in every language. */
  readonly joiners: WordSet;
  /** Between the verb and the first name. */
  readonly openers: WordSet;
  /** As a line's first word. */
  readonly about: Phrases<true>;
  /** After names, verb or times; these and the others. */
  readonly aboutInside: Phrases<true>;

  /** Monday is 1. */
  readonly weekdays: Phrases<number>;
  /** Weekdays that must be typed with a capital letter: German "Di". */
  readonly capitalDays: WordSet;
  readonly weekdayParts: Phrases<{ readonly weekday: number; readonly part: Part }>;
  readonly months: Phrases<number>;
  /** The day of a month, with or without its ordinal mark in the second group. */
  readonly ordinal: RegExp;
  readonly firsts: WordSet;
  /** "le 3" without an ordinal mark is a day of the month. */
  readonly bareDays: boolean;
  /** "12. März": the full stop belongs to the number. */
  readonly dottedDays: boolean;
  /** The order of "12/03"; null where people disagree. */
  readonly dayFirst: boolean | null;
  readonly ofMonth: WordSet;
  /** A day that is never in the future, as days back. */
  readonly daysBack: Phrases<number>;
  readonly dayParts: Phrases<{ readonly back: number; readonly part: Part }>;
  /** After a day: "yesterday afternoon". */
  readonly parts: Phrases<Part>;
  readonly last: WordSet;
  readonly lastAfter: WordSet;
  readonly ago: WordSet;
  readonly agoBefore: Phrases<true>;
  readonly numbers: Phrases<number>;
  /** "a", "an": one, but never one o'clock by themselves. */
  readonly ones: WordSet;
  readonly durationUnits: Phrases<DurationUnit>;
  /** Written "45m": a unit that means something else as a capital letter. */
  readonly lowerCaseUnits: WordSet;
  readonly calendarUnits: Phrases<CalendarUnit>;
  /** Whole phrases, in minutes. */
  readonly durationPhrases: Phrases<number>;

  readonly clockWords: Phrases<TimeOfDay>;
  /** "15 Uhr", "15 h". Some also measure a length; then `hoursFrom` decides. */
  readonly hourMarks: WordSet;
  /** From this hour on, "14h30" is a time of the day and not a length. */
  readonly hoursFrom: number;
  /** The same for "14h". */
  readonly bareHoursFrom: number;
  /** "um 3" is a time; "à 3" is not. */
  readonly bareHours: boolean;
  /** "alle 14.30". */
  readonly dottedTimes: boolean;
  /** "halb drei": half an hour before three. */
  readonly halfTo: WordSet;
  readonly quarters: Phrases<number>;
  readonly past: WordSet;
  readonly before: WordSet;
  /** After an hour, in minutes: "y media" 30, "moins le quart" -15. */
  readonly clockAdds: Phrases<number>;
  readonly halves: Phrases<'am' | 'pm'>;
  readonly at: Phrases<true>;
  readonly on: Phrases<true>;
  readonly for: WordSet;
  readonly from: Phrases<true>;
  readonly to: Phrases<true>;

  /** Days of a next step, as days ahead. */
  readonly daysAhead: Phrases<number>;
  readonly anchors: Phrases<Anchor>;
  /** Before a weekday: that of next week. */
  readonly next: WordSet;
  /** Before a weekday: the one that comes first. */
  readonly coming: WordSet;
  readonly comingAfter: Phrases<true>;
  readonly in: Phrases<true>;
  /** Before a due date, and part of it. */
  readonly by: Phrases<true>;

  readonly told: WordSet;
  /** Of these, the words that also end ordinary sentences: outside the head they count only where a mark sets them off. */
  readonly toldSetOff: WordSet;
  readonly toldBy: WordSet;
  readonly routes: Phrases<Route>;
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
  /** Abbreviations whose full stop does not end a sentence. */
  readonly dotted: WordSet;
  /** Every word that a day, time or duration can begin with, besides digits: most words are turned away by one look. */
  readonly timeWords: WordSet;
}
