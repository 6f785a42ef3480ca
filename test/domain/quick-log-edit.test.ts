import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { KINDS } from '../../src/domain/activity.ts';
import { removeMention, setDuration, setKind, setWhen } from '../../src/domain/quick-log/edit.ts';
import { parse } from '../../src/domain/quick-log/parse.ts';
import { contexts, lines, runs } from './quick-log-lines.ts';

/** Wednesday, 25 November 2026, 15:20:30 in Berlin. */
const context = { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: ['Dana Reyes', 'Li Wei', 'Bob Shepard'] };
const de = { ...context, language: 'de' };
const numRuns = Math.ceil(runs(20_000) / 50);

describe('Another kind', () => {
  it.each([
    ['met @dana, hi', 'call', 'called @dana, hi'],
    ['Met @dana, hi', 'visit', 'Visited @dana, hi'],
    ['/meet @dana', 'note', '/note @dana'],
    ['meeting with @dana', 'call', 'call with @dana'],
    ['@dana 45m', 'email', 'emailed @dana 45m'],
    ['called @dana', 'meeting', 'met @dana'],
    ['pricing moved', 'note', 'noted pricing moved'],
    ['Yesterday she called', 'call', 'called, Yesterday she called'],
    ['', 'call', 'called '],
    ['met @dana', 'meeting', 'met @dana'],
  ] as const)('%j as a %s is %j', (line, kind, changed) => {
    expect(setKind(line, context, kind)).toBe(changed);
  });

  it.each([
    ['Treffen mit @dana, gut', 'call', 'Anruf mit @dana, gut'],
    ['@dana getroffen, gut', 'call', '@dana angerufen, gut'],
    ['getroffen @dana', 'visit', 'besucht @dana'],
    ['@dana, gut', 'note', 'notiert @dana, gut'],
  ] as const)('in German %j as a %s is %j', (line, kind, changed) => {
    expect(setKind(line, de, kind)).toBe(changed);
  });

  it('is the one that is understood, whatever the line', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(lines, contexts, fc.constantFrom(...KINDS), (line, where, kind) => {
        expect(parse(setKind(line, where, kind), where).kind).toBe(kind);
      }),
      { numRuns },
    );
  });
});

describe('Another length', () => {
  it.each([
    ['met @dana 45m, hi', 60, 'met @dana 1h, hi'],
    ['met @dana, hi', 90, 'met @dana 1h30, hi'],
    ['met @dana and @li, hi', 20, 'met @dana and @li 20m, hi'],
    ['met @dana yesterday 3pm, hi', 20, 'met @dana 20m yesterday 3pm, hi'],
    ['met @dana 14:00-14:45', 60, 'met @dana 14:00-15:00'],
    ['met @dana yesterday 14:00-14:45', 500, 'met @dana 2026-11-24 14:00-22:20'],
    ['lunch, good', 50, '50m, lunch, good'],
    ['lunch yesterday, good', 50, 'lunch yesterday 50m, good'],
    ['', 45, '45m'],
    // words that would become a subject or a time once a length stands before them
    ['1h30 am', 91, '1h30 am, 1h31'],
  ] as const)('%j for %i minutes is %j', (line, minutes, changed) => {
    expect(setDuration(line, context, minutes)).toBe(changed);
  });

  it('is the one that is understood, unless it would reach past now', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(lines, contexts, fc.integer({ min: 1, max: 24 * 60 }), (line, where, minutes) => {
        const before = parse(line, where);
        const after = parse(setDuration(line, where, minutes), where);
        const end = Date.parse(before.when.start) + minutes * 60_000;
        if (after.minutes !== minutes) {
          expect(before.whenTyped).toBe(true);
          expect(end).toBeGreaterThan(Date.parse(where.now) - 60_000);
        }
      }),
      { numRuns },
    );
  });
});

describe('Another time', () => {
  const when = (start: string, end: string) => ({ start: `2026-11-${start}:00Z`, end: `2026-11-${end}:00Z` });

  it.each([
    ['met @dana, hi', when('25T09:00', '25T10:00'), 'met @dana 10:00-11:00, hi'],
    ['met @dana yesterday 3pm for 45m, hi', when('23T09:00', '23T10:00'), 'met @dana 2026-11-23 10:00-11:00, hi'],
    ['met @dana and @li re Q3, hi', when('23T09:00', '23T10:00'), 'met @dana and @li 2026-11-23 10:00-11:00 re Q3, hi'],
    ['lunch yesterday, good', when('23T11:00', '23T12:00'), 'lunch 2026-11-23 12:00-13:00, good'],
    ['good talk', when('23T11:00', '23T12:00'), '2026-11-23 12:00-13:00, good talk'],
    ['met @dana', when('23T22:30', '24T00:15'), 'met @dana 2026-11-23 23:30-01:15'],
    ['', when('23T11:00', '23T12:00'), '2026-11-23 12:00-13:00'],
    ['met @dana, hi', when('26T11:00', '26T12:00'), 'met @dana, hi'],
  ] as const)('%j at %o is %j', (line, wanted, changed) => {
    expect(setWhen(line, context, wanted)).toBe(changed);
  });

  it('is the one that is understood, whatever the line', { timeout: 60_000 }, () => {
    const past = fc.integer({ min: 0, max: 3 * 365 * 24 * 60 });
    fc.assert(
      fc.property(lines, contexts, past, fc.integer({ min: 1, max: 12 * 60 }), (line, where, back, minutes) => {
        const now = Temporal.Instant.from(where.now).round({ smallestUnit: 'minute', roundingMode: 'floor' });
        const end = now.subtract({ minutes: back });
        const start = end.subtract({ minutes });
        fc.pre(writable(start, where.zone) && writable(end, where.zone));
        const wanted = { start: start.toString(), end: end.toString(), zone: where.zone };
        expect(parse(setWhen(line, where, wanted), where).when).toEqual(wanted);
      }),
      { numRuns },
    );
  });

  /** Of a double hour only the first can be written. */
  const writable = (moment: Temporal.Instant, zone: string) => {
    const time = moment.toZonedDateTimeISO(zone);
    return time.toPlainDateTime().toZonedDateTime(zone).toInstant().equals(moment);
  };
});

describe('Somebody less', () => {
  it.each([
    ['met @dana and @li, hi', 0, 'met @li, hi'],
    ['met @dana and @li, hi', 1, 'met @dana, hi'],
    ['met @dana, @li and @bob, pricing', 1, 'met @dana and @bob, pricing'],
    ['met @dana, @li and @bob, pricing', 2, 'met @dana, @li, pricing'],
    ['met @dana, @li and @bob, pricing', 0, 'met @li and @bob, pricing'],
    ['met with @dana 45m', 0, 'met 45m'],
    ['met @dana', 0, 'met'],
    ['@dana she wants more', 0, 'she wants more'],
    ['met @dana, agreed that @li decides', 1, 'met @dana, agreed that li decides'],
    ['met @dana', 3, 'met @dana'],
  ] as const)('%j without the name %i is %j', (line, index, changed) => {
    expect(removeMention(line, context, index)).toBe(changed);
  });

  it('leaves exactly the others, whatever the line', { timeout: 240_000 }, () => {
    fc.assert(
      fc.property(lines, contexts, fc.nat(9), (line, where, pick) => {
        const { mentions } = parse(line, where);
        fc.pre(mentions.length > 0);
        const index = pick % mentions.length;
        const others = mentions.filter((_, at) => at !== index).map(({ words }) => words);
        const left = parse(removeMention(line, where, index), where).mentions.map(({ words }) => words);
        expect(left).toEqual(others);
      }),
      { numRuns },
    );
  });
});
