/** Times of the day and ranges of them: "3pm", "um 3", "15 Uhr", "14h30", "halb drei", "14:00-14:45", "von 9 bis 11". */
import { type Found, type Line, wordAt } from './pieces.ts';
import type { TimeOfDay } from './words/words.ts';

export interface Clock extends TimeOfDay {
  /** Said without morning or afternoon, which a word like "evening" beside it can still decide. */
  readonly open: boolean;
}
export interface Range {
  readonly from: Clock;
  readonly to: Clock;
}
type Alone = (next: number) => boolean;

interface Loose extends TimeOfDay {
  readonly half: 'am' | 'pm' | null;
  /** Certainly a time of the day, not just a number. */
  readonly sure: boolean;
  /** "3" or "3:30", which people say for the afternoon; "03:30" is the morning. */
  readonly short: boolean;
  /** "14h30", "8 heures": written like a length. `bare` without minutes. */
  readonly length: 'bare' | 'minutes' | null;
  /** "14.30" */
  readonly dotted: boolean;
  readonly next: number;
}

const CLOCK = /^(\d{1,2})(?:([:.hu])([0-5]\d)|([hu]))?(\p{L}[\p{L}.]{0,4})?$/u;
const MINUTES = /^[0-5]\d$/u;
const ROUND = /^(?:5|10|20|25)$/u;
/** Without am or pm, people who log meetings mean the afternoon by 1 to 6. */
const AFTERNOON_UNTIL = 6;

/** `spelled`: a number word counts as an hour. */
function timeAt(line: Line, at: number, spelled: boolean): Loose | null {
  const { words } = line;
  const named = words.clockWords.at(line, at);
  if (named !== null) return added(line, { ...named.value, ...FIXED, next: named.next });
  const word = wordAt(line, at);
  return relative(line, at) ?? loose(line, word, at + 1) ?? (spelled ? spelledHour(line, at) : null);
}

const FIXED = { half: null, sure: true, short: false, length: null, dotted: false } as const;

function loose(line: Line, word: string, next: number): Loose | null {
  const found = CLOCK.exec(word);
  if (found === null) return null;
  const { words } = line;
  const [, digits = '', separator, minutes, bare, suffix] = found;
  if ((separator === 'u' || bare === 'u') && !words.hourMarks.has('u')) return null;
  const attached = suffix === undefined ? undefined : words.halves.get(suffix);
  const marked = suffix !== undefined && attached === undefined;
  if (marked && !words.hourMarks.has(suffix)) return null;
  const letter = separator === 'h' || separator === 'u' || bare !== undefined;
  const time: Loose = {
    hour: Number(digits),
    minute: Number(minutes ?? 0),
    half: attached ?? null,
    sure: attached !== undefined || marked || separator === ':' || letter,
    short: digits.length === 1,
    length: letter ? (minutes === undefined ? 'bare' : 'minutes') : null,
    dotted: separator === '.',
    next,
  };
  return possible(attached === undefined ? continued(line, time, minutes === undefined && !letter && !marked) : time);
}

/** "um drei", "à trois heures", "a las tres y media". */
function spelledHour(line: Line, at: number): Loose | null {
  const { words } = line;
  const word = wordAt(line, at);
  const one = words.ones.has(word) && words.hourMarks.has(wordAt(line, at + 1)) ? 1 : undefined;
  const hour = words.numbers.get(word) ?? one;
  if (hour === undefined || hour > 12) return null;
  const time: Loose = { ...FIXED, hour, minute: 0, sure: false, short: true, next: at + 1 };
  return possible(continued(line, time, true));
}

/** "Uhr", "o'clock", minutes, "y media" and "in the afternoon" after an hour. */
function continued(line: Line, time: Loose, bare: boolean): Loose {
  const { words } = line;
  let found = time;
  const mark = wordAt(line, found.next);
  if (words.hourMarks.has(mark)) {
    const long = words.durationUnits.get(mark) === 'hour';
    found = { ...found, sure: true, length: long ? (bare ? 'bare' : 'minutes') : null, next: found.next + 1 };
    const minutes = wordAt(line, found.next);
    const apart = MINUTES.test(minutes) && !words.durationUnits.has(wordAt(line, found.next + 1));
    if (bare && apart) {
      found = { ...found, minute: Number(minutes), length: long ? 'minutes' : null, next: found.next + 1 };
    }
  }
  found = added(line, found);
  const half = words.halves.at(line, found.next);
  return half === null ? found : { ...found, half: half.value, sure: true, length: null, next: half.next };
}

function added(line: Line, time: Loose): Loose {
  const more = time.minute === 0 ? line.words.clockAdds.at(line, time.next) : null;
  if (more === null) return time;
  const minutes = time.hour * 60 + more.value;
  const hour = Math.floor(minutes / 60);
  return { ...time, hour, minute: minutes - hour * 60, length: time.length && 'minutes', next: more.next };
}

const possible = (time: Loose): Loose | null =>
  (time.half === null ? time.hour > 23 : time.hour < 1 || time.hour > 12) ? null : time;

/** "halb drei", "viertel nach drei", "zehn vor halb drei", "quarter to three", "kwart over 3". */
function relative(line: Line, at: number): Loose | null {
  const { words } = line;
  const quarter = words.quarters.at(line, at);
  const small = quarter ?? smallNumber(line, at);
  let minutes = 0;
  let next = at;
  if (small !== null) {
    const way = wordAt(line, small.next);
    const past = words.past.has(way);
    if (!past && !words.before.has(way)) return null;
    minutes = past ? small.value : -small.value;
    next = small.next + 1;
  }
  const half = words.halfTo.has(wordAt(line, next));
  if (half) {
    minutes -= 30;
    next += 1;
  }
  if (small === null && !half) return null;
  const word = wordAt(line, next);
  const hour = /^\d{1,2}$/u.test(word) ? Number(word) : words.numbers.get(word);
  if (hour === undefined || hour < 1 || hour > 12) return null;
  const total = ((hour % 12) + 12) * 60 + minutes;
  const time = { hour: Math.floor(total / 60) % 12 || 12, minute: total % 60, next: next + 1 };
  const sure = half || quarter !== null;
  return continued(line, { ...FIXED, ...time, sure, short: true }, false);
}

function smallNumber(line: Line, at: number): Found<number> | null {
  const word = wordAt(line, at);
  const value = ROUND.test(word) ? Number(word) : line.words.numbers.get(word);
  if (value === undefined || value % 5 !== 0 || value > 25) return null;
  // "10 to 3" is a range, and "10 vor 3 Tagen" is nothing
  const after = wordAt(line, at + 1);
  const certain = line.words.past.has(after) || line.words.before.has(after);
  return certain && !line.words.to.has(after) ? { value, next: at + 1 } : null;
}

function turned(time: Loose, which: 'am' | 'pm' | null): Clock {
  const { hour, minute } = time;
  if (which !== null) return { hour: (hour % 12) + (which === 'pm' ? 12 : 0), minute, open: false };
  const afternoon = time.short && hour >= 1 && hour <= AFTERNOON_UNTIL;
  return { hour: afternoon ? hour + 12 : hour, minute, open: time.short && hour <= 12 };
}

const minutesOf = (time: TimeOfDay) => time.hour * 60 + time.minute;
const OTHER = { am: 'pm', pm: 'am' } as const;
const twelveHour = (time: Loose) => time.hour >= 1 && time.hour <= 12;

/** "2-3pm" is the afternoon twice; "11-1pm" runs over noon. */
function ranged(from: Loose, to: Loose): Range {
  const end = turned(to, to.half ?? (twelveHour(to) && from.half !== null ? laterHalf(from.half, from, to) : null));
  if (from.half !== null || to.half === null || !twelveHour(from)) return { from: turned(from, from.half), to: end };
  const same = turned(from, to.half);
  return { from: minutesOf(same) < minutesOf(end) ? same : turned(from, OTHER[to.half]), to: end };
}

/** "9am-11" is one morning; "9am-1" and "11pm-1" run on into the other half. */
function laterHalf(half: 'am' | 'pm', from: Loose, to: Loose): 'am' | 'pm' {
  return minutesOf(turned(to, half)) > minutesOf(turned(from, half)) ? half : OTHER[half];
}

/** "1h-2h" is a guess at a duration, not two times of the day. */
const plausible = (word: string) => !/^[1-6][hu]/u.test(word);

export function range(line: Line, at: number, alone: Alone): Found<Range> | null {
  const opened = line.words.from.at(line, at);
  const found = opened === null ? null : rangeFrom(line, opened.next, alone);
  return found ?? rangeFrom(line, at, null);
}

/** `alone` is given where a word like "from" makes a range of two bare numbers, if nothing hangs on them. */
function rangeFrom(line: Line, first: number, alone: Alone | null): Found<Range> | null {
  const word = wordAt(line, first);
  const [begins, ends, ...more] = word.split(/[-–—]/u);
  if (begins && ends && more.length === 0) {
    const from = loose({ ...line, pieces: [] }, begins, 0);
    const to = loose(line, ends, first + 1);
    return rangeOf(line, from, to, alone, plausible(word));
  }
  const from = timeAt(line, first, alone !== null);
  const until = from === null ? null : line.words.to.at(line, from.next);
  if (until === null) return null;
  return rangeOf(line, from, timeAt(line, until.next, alone !== null), alone, alone !== null || plausible(word));
}

function rangeOf(
  line: Line,
  from: Loose | null,
  to: Loose | null,
  alone: Alone | null,
  likely: boolean,
): Found<Range> | null {
  if (from === null || to === null || !likely) return null;
  const bare = !from.sure && !to.sure;
  if (bare && !(line.words.bareHours && alone?.(to.next))) return null;
  return { value: ranged(from, to), next: to.next };
}

/** A time of the day. A bare number counts only after "at", and only where `alone` says that nothing hangs on it. */
export function clock(line: Line, at: number, alone: Alone): Found<Clock> | null {
  const { words } = line;
  const after = words.at.at(line, at);
  const time = (after === null ? null : timeAt(line, after.next, true)) ?? timeAt(line, at, false);
  if (time === null) return null;
  const opened = after !== null && time.next > after.next;
  if (!counts(line, time, opened, alone)) return null;
  return { value: turned(time, time.half), next: time.next };
}

function counts(line: Line, time: Loose, opened: boolean, alone: Alone): boolean {
  const { words } = line;
  if (time.length !== null && !opened) {
    return time.hour >= (time.length === 'bare' ? words.bareHoursFrom : words.hoursFrom);
  }
  if (time.sure) return true;
  if (time.dotted) return opened && words.dottedTimes && alone(time.next);
  return opened && words.bareHours && alone(time.next);
}
