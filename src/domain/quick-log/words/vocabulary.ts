/**
 * How a language is written down: words and phrases in lists with commas, in lower case, spelled properly. Spellings
 * without accents ("fevrier", "naechste") come by themselves. English is understood beside every language; an English
 * word that means something else in a language is one of its `falseFriends`.
 */
import type { Kind, Route } from '../../activity.ts';
import type { Anchor, CalendarUnit, DurationUnit, Part } from './words.ts';

/** Phrases, separated by commas. */
export type List = string;
type Meanings<Value extends string> = { readonly [value in Value]?: List };
/** By number: days, minutes, or the number itself. */
type Amounts = Readonly<Record<number, List>>;

/** The fields of `Words` say what each list is for. */
export interface Vocabulary {
  readonly verbs: Meanings<Kind>;
  readonly verbsBeforeName?: Meanings<Kind>;
  readonly verbsAfterName?: Meanings<Kind>;
  readonly nouns: Meanings<Kind>;
  readonly with: List;
  readonly joiners: List;
  readonly openers: List;
  readonly about: List;
  /** Not as the first word of a line, where it begins a sentence: "over 2 uur". */
  readonly aboutInside?: List;

  readonly weekdays: readonly [List, List, List, List, List, List, List];
  readonly capitalDays?: List;
  /** Written together with a weekday: "dinsdagmiddag". */
  readonly compoundParts?: Meanings<Part>;
  readonly months: readonly [List, List, List, List, List, List, List, List, List, List, List, List];
  /** What may follow the number of a day, as the source of a regular expression. */
  readonly ordinalMark: string;
  readonly firsts: List;
  readonly bareDays?: boolean;
  readonly dottedDays?: boolean;
  readonly dayFirst: boolean | null;
  readonly ofMonth: List;
  readonly daysBack: Amounts;
  readonly dayParts: readonly (readonly [back: number, part: Part, phrases: List])[];
  readonly parts: Meanings<Part>;
  readonly last: List;
  readonly lastAfter?: List;
  readonly ago?: List;
  readonly agoBefore?: List;
  readonly numbers: Amounts;
  readonly ones: List;
  readonly durationUnits: Meanings<DurationUnit>;
  readonly lowerCaseUnits?: List;
  readonly calendarUnits: Meanings<CalendarUnit>;
  readonly durationPhrases: Amounts;

  /** By time: "12:00". */
  readonly clockWords: Readonly<Record<string, List>>;
  readonly hourMarks: List;
  readonly hoursFrom: number;
  readonly bareHoursFrom: number;
  readonly bareHours: boolean;
  readonly dottedTimes: boolean;
  readonly halfTo?: List;
  readonly quarters: Amounts;
  readonly past?: List;
  readonly before?: List;
  readonly clockAdds?: Amounts;
  readonly am: List;
  readonly pm: List;
  readonly at: List;
  readonly on: List;
  readonly for: List;
  readonly from: List;
  readonly to: List;

  readonly daysAhead: Amounts;
  readonly anchors: Meanings<Anchor>;
  readonly next?: List;
  readonly coming: List;
  readonly comingAfter?: List;
  readonly in: List;
  readonly by: List;

  readonly told: List;
  readonly toldSetOff?: List;
  readonly toldBy: List;
  readonly routes: Meanings<Route>;
  readonly toldTies: List;

  readonly ties: List;
  readonly measures: List;
  readonly common: List;
  readonly particles?: List;
  readonly dotted: List;
  readonly falseFriends?: List;
}
