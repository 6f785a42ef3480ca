/** An invitation (iCalendar, RFC 5545) as a line. The library is loaded when the first one arrives, not before. */
import type ICAL from 'ical.js';

type Component = InstanceType<typeof ICAL.Component>;
type Event = InstanceType<typeof ICAL.Event>;
type Property = InstanceType<typeof ICAL.Property>;
type Time = InstanceType<typeof ICAL.Time>;

export interface Invitation {
  readonly people: readonly { readonly email: string; readonly name: string }[];
  readonly subject: string;
  /** "2026-03-12 14:00-14:45", in the person's zone: what the grammar reads in every language. */
  readonly when: string;
}

const AT_MOST_BYTES = 1_000_000;
const MOST_PEOPLE = 100;
const MOST_OCCURRENCES = 5_000;
const DAY_MINUTES = 24 * 60;

/** A calendar file among what was dropped or pasted; null where there is none, and the browser goes on as ever. */
export const invitationIn = (data: DataTransfer | null): Promise<string> | null => {
  const file = [...(data?.files ?? [])].find(({ name, type }) => /\.ics$/iu.test(name) || type === 'text/calendar');
  if (file) return file.size > AT_MOST_BYTES ? Promise.resolve('') : file.text();
  const text = data?.getData('text/plain') ?? '';
  return /^\s*BEGIN:VCALENDAR/iu.test(text) ? Promise.resolve(text.slice(0, AT_MOST_BYTES)) : null;
};

/** What would be read as something else in the line, or end the name or subject early. */
const plain = (words: string): string =>
  words
    .replace(/[\s,;>@~*!"“”]+/gu, ' ')
    .trim()
    .slice(0, 200);

const nameOf = (property: Property, email: string): string => {
  const given = String(property.getFirstParameter('cn') ?? '').replace(/^"|"$/gu, '');
  // "Reyes, Dana" and "Dana Reyes <dana@…>" are how address books write it.
  const turned = /^([^,]+),\s*([^,]+)$/u.exec(given);
  const name = plain((turned ? `${turned[2]} ${turned[1]}` : given).replace(/<[^>]*>|\([^)]*\)/gu, ''));
  return name !== '' && !/\S@\S/u.test(given) ? name : plain((email.split('@')[0] ?? '').replace(/[._\d+-]+/gu, ' '));
};

const isGuest = (property: Property): boolean =>
  !['RESOURCE', 'ROOM'].includes(String(property.getFirstParameter('cutype') ?? '').toUpperCase()) &&
  String(property.getFirstParameter('partstat') ?? '').toUpperCase() !== 'DECLINED';

const peopleOf = (event: Component): Invitation['people'] => {
  const people = new Map<string, { email: string; name: string }>();
  for (const property of [...event.getAllProperties('organizer'), ...event.getAllProperties('attendee')]) {
    const email = String(property.getFirstValue() ?? '')
      .replace(/^mailto:/iu, '')
      .trim()
      .toLowerCase();
    if (!email || !isGuest(property)) continue;
    const before = people.get(email);
    const name = nameOf(property, email);
    if (name !== '' && (!before || before.name.length < name.length)) people.set(email, { email, name });
  }
  return [...people.values()].slice(0, MOST_PEOPLE);
};

const wallClock = (epoch: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(epoch);

/** The instant of a wall clock in a zone that the file names but does not describe; where nobody knows it, the person's. */
const instant = (time: Time, zone: string): number => {
  const floating = time.zone?.tzid === 'floating' || !time.zone;
  if (!floating) return time.toJSDate().getTime();
  const guess = Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute);
  const named = (time as { timezone?: string }).timezone;
  const off = (in_: string): number => Date.parse(`${wallClock(guess, in_).replace(' ', 'T')}:00Z`) - guess;
  try {
    return guess - off(named && named !== 'floating' ? named : zone);
  } catch {
    return guess - off(zone);
  }
};

/** Of a series the last meeting that has begun; the first where none has. */
const occurrence = (event: Event, now: number, zone: string): Time => {
  let last = event.startDate;
  if (!event.isRecurring()) return last;
  const every = event.iterator();
  for (let count = 0; count < MOST_OCCURRENCES; count += 1) {
    const next = every.next();
    if (!next || instant(next, zone) > now) break;
    last = next;
  }
  return last;
};

const whenOf = (event: Event, now: string, zone: string): string => {
  const start = occurrence(event, Date.parse(now), zone);
  if (start.isDate) return start.toString();
  const begins = instant(start, zone);
  const minutes = Math.max(0, Math.round(event.duration.toSeconds() / 60));
  const from = wallClock(begins, zone);
  const to = wallClock(begins + minutes * 60_000, zone);
  if (minutes === 0 || minutes >= DAY_MINUTES) return from;
  return from.slice(0, 10) === to.slice(0, 10) ? `${from}-${to.slice(11)}` : `${from} ${minutes}m`;
};

/** Null for what is no invitation, is broken, or holds no event. */
export const readInvitation = async (ics: string, now: string, zone: string): Promise<Invitation | null> => {
  if (ics.trim() === '') return null;
  const { default: ical } = await import('ical.js');
  try {
    const calendar = new ical.Component(ical.parse(ics) as unknown[]);
    const events = calendar.getAllSubcomponents('vevent');
    const main = events.find((one) => !one.hasProperty('recurrence-id')) ?? events[0];
    if (!main) return null;
    const event = new ical.Event(main);
    return { people: peopleOf(main), subject: plain(event.summary ?? ''), when: whenOf(event, now, zone) };
  } catch {
    return null;
  }
};

/** The line: people, time, subject; what was typed before goes on as the note. */
export const lineFor = ({ when, subject }: Invitation, names: readonly string[], typed: string): string => {
  const parts = ['met', names.map((name) => `@${name}`).join(', '), when, subject && `re ${subject}`];
  return `${parts.filter(Boolean).join(' ')}, ${typed.trim()}`;
};
