/** Days and times in words, in a given zone and language. Nothing here reads a clock: `now` is always handed in. */

export interface Dates {
  /** "12 Mar 2026"; the year is left out where it is the year of `now`. */
  day(instant: string): string;
  /** "3:00 PM" or "15:00", as the language has it. */
  time(instant: string): string;
  /** "12 Mar, 15:00". */
  moment(instant: string): string;
  /** "yesterday, 15:00–15:45": near days by their name, others by date. */
  span(start: string, end: string): string;
  /** A calendar day `YYYY-MM-DD`, which has no zone: "Fri, 13 Mar". */
  date(day: string): string;
  /** "45 min". */
  minutes(count: number): string;
}

const DAY = 86_400_000;

/** Making a format takes as long as writing hundreds of dates with it: one for each language, zone and shape. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

const formatIn = (language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = JSON.stringify([language, options]);
  const made = FORMATS.get(key) ?? new Intl.DateTimeFormat(language, options);
  FORMATS.set(key, made);
  return made;
};

/** The calendar day of an instant in a zone, as whole days since 1970. */
const dayNumber = (instant: string, zone: string): number => {
  const parts = formatIn('en-u-ca-iso8601', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(instant));
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day')) / DAY;
};

const yearOf = (days: number): number => new Date(days * DAY).getUTCFullYear();

export const dates = (zone: string, language: string, now: string): Dates => {
  const today = dayNumber(now, zone);
  const format = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    formatIn(language, { timeZone: zone, ...options });
  const clock = (): Intl.DateTimeFormat => format({ hour: 'numeric', minute: '2-digit' });
  const plainDay = { day: 'numeric', month: 'short' } as const;
  const yearFor = (days: number): Intl.DateTimeFormatOptions =>
    yearOf(days) === yearOf(today) ? {} : { year: 'numeric' };

  const day = (instant: string): string =>
    format({ ...plainDay, ...yearFor(dayNumber(instant, zone)) }).format(new Date(instant));
  const time = (instant: string): string => clock().format(new Date(instant));
  const nearDay = (instant: string): string => {
    const away = dayNumber(instant, zone) - today;
    if (Math.abs(away) <= 1) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(away, 'day');
    return format({ weekday: 'short', ...plainDay, ...yearFor(today + away) }).format(new Date(instant));
  };

  return {
    day,
    time,
    moment: (instant) => `${day(instant)}, ${time(instant)}`,
    span: (start, end) => {
      const sameDay = dayNumber(start, zone) === dayNumber(end, zone);
      const times = sameDay ? clock().formatRange(new Date(start), new Date(end)) : `${time(start)} – ${time(end)}`;
      return `${nearDay(start)}, ${start === end ? time(start) : times}`;
    },
    date: (plain) => {
      const instant = new Date(`${plain}T00:00:00Z`);
      return formatIn(language, {
        timeZone: 'UTC',
        weekday: 'short',
        ...plainDay,
        ...yearFor(instant.getTime() / DAY),
      }).format(instant);
    },
    minutes: (count) => {
      const unit = (value: number, name: 'hour' | 'minute'): string =>
        new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
      const hours = Math.floor(count / 60);
      const rest = count % 60;
      return [hours > 0 ? unit(hours, 'hour') : '', rest > 0 || hours === 0 ? unit(rest, 'minute') : '']
        .filter(Boolean)
        .join(' ');
    },
  };
};
