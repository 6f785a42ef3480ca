/** Times of the day and ranges of them: "3pm", "at 3", "15:00", "14:00-14:45", "from 2 to 3pm", "14h–15h". */
import { type Found, type Line, wordAt } from './pieces.ts';

export interface Clock {
  readonly hour: number;
  readonly minute: number;
}
export interface Range {
  readonly from: Clock;
  readonly to: Clock;
}

interface Loose extends Clock {
  readonly half: 'am' | 'pm' | null;
  /** Certainly a time of the day, not just a number. */
  readonly sure: boolean;
  /** "3" or "3:30", which people say for the afternoon; "03:30" is the morning. */
  readonly short: boolean;
  readonly next: number;
}

const CLOCK = /^(\d{1,2})(?:([:.h])([0-5]\d)|(h))?(\p{L}[\p{L}.]{0,3})?$/u;
/** Without am or pm, people who log meetings mean the afternoon by 1 to 6. */
const AFTERNOON_UNTIL = 6;

function half(line: Line, word: string): 'am' | 'pm' | null {
  if (line.words.am.has(word)) return 'am';
  return line.words.pm.has(word) ? 'pm' : null;
}

function loose(line: Line, word: string, next: number): Loose | null {
  if (line.words.noon.has(word)) return { hour: 12, minute: 0, half: 'pm', sure: true, short: false, next };
  const found = CLOCK.exec(word);
  if (found === null) return null;
  const [, digits = '', separator, minutes = '0', bareH, suffix] = found;
  const attached = suffix === undefined ? null : half(line, suffix);
  if (suffix !== undefined && attached === null) return null;
  const apart = attached === null ? half(line, wordAt(line, next)) : null;
  const which = attached ?? apart;
  const hour = Number(digits);
  if (which === null ? hour > 23 : hour < 1 || hour > 12) return null;
  if (separator === '.' && which === null) return null;
  return {
    hour,
    minute: Number(minutes),
    half: which,
    sure: which !== null || separator !== undefined || bareH !== undefined,
    short: digits.length === 1,
    next: apart === null ? next : next + 1,
  };
}

const turned = (time: Loose, which: 'am' | 'pm' | null): Clock => {
  if (which === 'am') return { hour: time.hour % 12, minute: time.minute };
  if (which === 'pm') return { hour: (time.hour % 12) + 12, minute: time.minute };
  const afternoon = time.short && time.hour >= 1 && time.hour <= AFTERNOON_UNTIL;
  return { hour: afternoon ? time.hour + 12 : time.hour, minute: time.minute };
};

const minutesOf = (clock: Clock) => clock.hour * 60 + clock.minute;
const twelveHour = (time: Loose) => time.hour >= 1 && time.hour <= 12;

/** "2-3pm" is the afternoon twice; "11-1pm" runs over noon. */
function ranged(from: Loose, to: Loose): Range | null {
  if (!from.sure && !to.sure) return null;
  const end = turned(to, to.half ?? (twelveHour(to) && from.half !== null ? laterHalf(from, to) : null));
  if (from.half !== null || to.half === null || !twelveHour(from)) return { from: turned(from, from.half), to: end };
  const same = turned(from, to.half);
  return { from: minutesOf(same) < minutesOf(end) ? same : turned(from, to.half === 'pm' ? 'am' : 'pm'), to: end };
}

function laterHalf(from: Loose, to: Loose): 'am' | 'pm' {
  const start = turned(from, from.half);
  return from.half === 'am' && minutesOf(turned(to, 'am')) > minutesOf(start) ? 'am' : 'pm';
}

/** "1h-2h" is a guess at a duration, not two times of the day. */
const plausible = (word: string) => !/^[1-6]h/u.test(word);

export function range(line: Line, at: number): Found<Range> | null {
  const opened = line.words.from.has(wordAt(line, at));
  const first = opened ? at + 1 : at;
  const word = wordAt(line, first);
  const parts = word.split(/[-–—]/u);
  if (parts.length === 2 && parts[0] !== '' && parts[1] !== '') {
    const from = loose({ ...line, pieces: [] }, parts[0] ?? '', 0);
    const to = loose(line, parts[1] ?? '', first + 1);
    const value = from !== null && to !== null && plausible(word) ? ranged(from, to) : null;
    return value === null || to === null ? null : { value, next: to.next };
  }
  const from = loose(line, word, first + 1);
  if (from === null || !line.words.to.has(wordAt(line, from.next))) return null;
  const to = loose(line, wordAt(line, from.next + 1), from.next + 2);
  const value = to === null || !plausible(word) ? null : ranged(from, to);
  return value === null || to === null ? null : { value, next: to.next };
}

/** A time of the day. A bare number counts only after "at", and only where `alone` says that nothing hangs on it. */
export function clock(line: Line, at: number, alone: (next: number) => boolean): Found<Clock> | null {
  const after = line.words.at.has(wordAt(line, at));
  const word = wordAt(line, after ? at + 1 : at);
  const time = loose(line, word, after ? at + 2 : at + 1);
  if (time === null || /h/u.test(word)) return null;
  if (!time.sure && !(after && alone(time.next))) return null;
  return { value: turned(time, time.half), next: time.next };
}
