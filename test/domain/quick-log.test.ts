import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { LineContext, LineDraft } from '../../src/domain/quick-log/draft.ts';
import { parse } from '../../src/domain/quick-log/parse.ts';
import { replaceSpan } from '../../src/domain/quick-log/spans.ts';

const context: LineContext = { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: ['Dana Reyes', 'Li Wei'] };
const at = (now: string, zone: string): LineContext => ({ ...context, now, zone });

const joined = (line: string, draft: LineDraft) =>
  draft.tokens.map((token) => line.slice(token.start, token.end)).join('');

/** Pieces of the grammar and of what breaks grammars. */
const scraps = fc.constantFrom(
  ...'met called @dana @li wei @Ada Lovelace and & , ; . ! ? : ( ) " 45m 1h30 1.5h 90 minutes 2-3pm 14:00-14:45 3pm 15:00 at 3 for on yesterday today tue last friday 12 March 2026-03-12 29 Feb 2 days ago an hour re Q3 told by mail card > >send >fri next week ~~ ~~x @ @@ -- 23:59-00:01 99 h m'.split(
    ' ',
  ),
  '\n',
  '\r\n',
  '\0',
  '\ud800',
  '\udc00',
  '\u202e\u05d0',
  '\u00a0',
  '\u2028',
  '👩‍👩‍👧',
  'e\u0301',
);
const sentences = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 6, arbitrary: scraps }, fc.string({ unit: 'binary', maxLength: 6 })),
      fc.constantFrom(' ', ' ', ' ', '', '  ', ', '),
    ),
    {
      maxLength: 24,
    },
  )
  .map((parts) => parts.flat().join(''));
const codeUnits = fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units));
const lines = fc.oneof(sentences, sentences, codeUnits, fc.string());
const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Pacific/Apia',
  'Asia/Kathmandu',
);
const moments = fc
  .integer({ min: Date.UTC(2005, 0), max: Date.UTC(2035, 0) })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds).toString());
const contexts = fc.record({ now: moments, zone: zones, names: fc.constant(context.names) });

describe('Nothing typed is ever lost', () => {
  it('any text is cut into tokens that join to the text again', () => {
    fc.assert(
      fc.property(lines, contexts, (line, where) => {
        const draft = parse(line, where);
        expect(joined(line, draft)).toBe(line);
        let end = 0;
        for (const token of draft.tokens) {
          expect(token.start).toBe(end);
          expect(token.end).toBeGreaterThan(token.start);
          end = token.end;
        }
      }),
      // quick-log-random.test.ts asks the same of 20,000 lines of every language
      { numRuns: 300 },
    );
  });

  it('a mention covers exactly its name in the text', () => {
    fc.assert(
      fc.property(lines, (line) => {
        for (const { span, words } of parse(line, context).mentions) {
          expect(line.slice(span.start + 1, span.end).replace(/\s+/gu, ' ')).toBe(words);
          expect(line.charAt(span.start)).toBe('@');
        }
      }),
    );
  });

  it.each(['en', 'de', 'fr'])(
    'a line of 100,000 characters takes no noticeable time (%s)',
    { timeout: 60_000 },
    (language) => {
      const heavy = [
        'a',
        ' ',
        '@',
        '@a ',
        '@dana ',
        '@dana and ',
        'met ',
        '~',
        ' ~',
        '>a fri ',
        '>a 12 March ',
        '45m ',
        'yesterday, ',
        'told ',
        'told by ',
        're ',
        ',',
        ', ',
        '. ',
        '\n',
        '(',
        ')',
        '" ',
        "'",
        '1',
        '1-',
        '12 March ',
        'an hour ',
        '\ud800',
        '@A B ',
        '@van der ',
        '>',
        '> ',
        'a>b~~',
        '!a *b ',
        '*a* ',
        '12. ',
        'halb drei ',
        'le 3 ',
        'Di., den 24.11. ',
        'informiert per ',
      ];
      parse('met @dana 45m yesterday 3pm, hi >send fri', context);
      for (const scrap of heavy) {
        const line = scrap.repeat(Math.ceil(100_000 / scrap.length));
        const millis = (): number => {
          const before = process.cpuUsage();
          parse(line, { ...context, language });
          return process.cpuUsage(before).user / 1000;
        };
        // 50 ms on a quiet machine; the bound leaves room for a busy one, and quadratic time is far beyond it,
        // three times in a row
        const quick = millis() < 500 || millis() < 500 || millis() < 500;
        expect(quick, JSON.stringify(scrap)).toBe(true);
      }
    },
  );
});

describe('The private part stays private', () => {
  it('its words are in no other field', () => {
    fc.assert(
      fc.property(lines, lines, (open, secret) => {
        const marked = `${open} ~~ÐSECRETÐ ${secret}`;
        const { private: kept, tokens: _, ...rest } = parse(marked, context);
        expect(kept?.kept).toContain('ÐSECRETÐ');
        expect(JSON.stringify(rest)).not.toContain('ÐSECRETÐ');
      }),
    );
  });

  it('it changes nothing else that is understood', () => {
    fc.assert(
      fc.property(lines, lines, (open, secret) => {
        fc.pre(!open.includes('~~'));
        const { private: _kept, tokens: _tokens, ...withSecret } = parse(`${open} ~~${secret}`, context);
        const { private: _none, tokens: _same, ...without } = parse(open, context);
        // a comma right before it goes with it
        expect({ ...withSecret, note: '' }).toEqual({ ...without, note: '' });
        expect(without.note.replace(/[,;\s]+$/u, '')).toBe(withSecret.note);
      }),
    );
  });

  it('it holds every further line, and is not a string that could slip into a message', () => {
    const { private: kept, note } = parse('met @dana ~~first\nsecond >send x told', context);
    expect(kept).toEqual({ kept: 'first\nsecond >send x told' });
    expect(typeof kept).toBe('object');
    expect(note).toBe('');
  });

  it('after a comma or a full stop without a space it is private too, inside a word or an address it is not', () => {
    expect(parse('fine,~~secret', context).private?.kept).toBe('secret');
    expect(parse('fine.~~secret', context).private?.kept).toBe('secret');
    expect(parse('fine~~text', context).private).toBeNull();
    expect(parse('https://a.example/~~text', context).private).toBeNull();
  });
});

describe('A log is about the past', () => {
  it('whatever is typed, it has begun and ended, and the minutes are those between', () => {
    fc.assert(
      fc.property(lines, contexts, (line, where) => {
        const { when, minutes } = parse(line, where);
        const [start, end, now] = [when.start, when.end, where.now].map((instant) => Date.parse(instant)) as [
          number,
          number,
          number,
        ];
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(now);
        expect((end - start) / 60_000).toBe(minutes);
        expect(when.zone).toBe(where.zone);
      }),
      // quick-log-random.test.ts asks the same of 20,000 lines of every language
      { numRuns: 300 },
    );
  });

  it('a time without a day is its last occurrence: it began within the last day', () => {
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), contexts, (hour, minute, where) => {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const { when } = parse(`met @dana ${time}`, where);
        const hours = (Date.parse(where.now) - Date.parse(when.start)) / 3_600_000;
        expect(hours).toBeGreaterThanOrEqual(0);
        // a clock change makes a day longer; one zone left out a whole day
        expect(hours).toBeLessThanOrEqual(50);
      }),
    );
  });

  it('a weekday is one of the last seven days', () => {
    fc.assert(
      fc.property(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), contexts, (day, where) => {
        const last = Temporal.Instant.from(parse(`met @dana last ${day} 12:00`, where).when.start);
        const today = Temporal.Instant.from(where.now).toZonedDateTimeISO(where.zone).toPlainDate();
        const days = last.toZonedDateTimeISO(where.zone).toPlainDate().until(today).days;
        expect(days).toBeGreaterThanOrEqual(1);
        expect(days).toBeLessThanOrEqual(7);
      }),
    );
  });

  it.each([
    // the night of 29 March 2026 in Berlin has no 02:30: it moves forward
    ['met @dana sunday 02:30', '2026-03-31T10:00:00Z', 'Europe/Berlin', '2026-03-29T01:30:00Z', '2026-03-29T02:00:00Z'],
    // 25 October has it twice: the first
    ['met @dana sunday 02:30', '2026-10-27T10:00:00Z', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z'],
    // the length is elapsed time, across the change too
    [
      'met @dana sunday 01:30 2h',
      '2026-03-31T10:00:00Z',
      'Europe/Berlin',
      '2026-03-29T00:30:00Z',
      '2026-03-29T02:30:00Z',
    ],
    // a range is two times on the wall
    [
      'met @dana sunday 01:30-03:30',
      '2026-03-31T10:00:00Z',
      'Europe/Berlin',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:30:00Z',
    ],
    // this moment's time of day, a day earlier, over the change
    ['met @dana yesterday', '2026-03-29T10:00:00Z', 'Europe/Berlin', '2026-03-28T10:30:00Z', '2026-03-28T11:00:00Z'],
    // half an hour of summer time
    [
      'met @dana sunday 02:15',
      '2026-10-06T10:00:00Z',
      'Australia/Lord_Howe',
      '2026-10-03T15:45:00Z',
      '2026-10-03T16:15:00Z',
    ],
    // the person's day, not the machine's and not UTC's
    [
      'met @dana today 08:00',
      '2026-11-24T20:00:00Z',
      'Pacific/Kiritimati',
      '2026-11-24T18:00:00Z',
      '2026-11-24T18:30:00Z',
    ],
    [
      'met @dana yesterday 15:00',
      '2026-11-25T08:00:00Z',
      'Pacific/Pago_Pago',
      '2026-11-24T02:00:00Z',
      '2026-11-24T02:30:00Z',
    ],
    // now is in the second of two equal hours
    ['met @dana', '2026-10-25T01:45:00Z', 'Europe/Berlin', '2026-10-25T01:15:00Z', '2026-10-25T01:45:00Z'],
  ])('%s at %s in %s', (line, now, zone, start, end) => {
    expect(parse(line, at(now, zone)).when).toEqual({ start, end, zone });
  });
});

describe('A next step is due in the future', () => {
  it('never before today, a weekday within the next seven days', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'mon',
          'tue',
          'wed',
          'thu',
          'fri',
          'sat',
          'sun',
          'today',
          'tomorrow',
          'next week',
          '12 March',
          '29 Feb',
          'next fri',
        ),
        contexts,
        (day, where) => {
          const today = Temporal.Instant.from(where.now).toZonedDateTimeISO(where.zone).toPlainDate();
          const [step] = parse(`met @dana >send pricing by ${day}`, where).nextSteps;
          expect(step?.text).toBe('send pricing');
          const days = today.until(Temporal.PlainDate.from(step?.due ?? '')).total('days');
          expect(days).toBeGreaterThanOrEqual(day.length === 3 ? 1 : 0);
          if (day.length === 3) expect(days).toBeLessThanOrEqual(7);
        },
      ),
    );
  });
});

describe('The names of a line', () => {
  it('the list right after the verb is the whole list; a name later on joins the page’s contact', () => {
    const all = (line: string) => parse(line, context).mentionsAreAll;
    expect(all('met @dana')).toBe(true);
    expect(all('met with @dana')).toBe(true);
    expect(all('@dana 45m')).toBe(true);
    expect(all('met @dana, agreed that @li decides')).toBe(true);
    expect(all('met 45m with @li')).toBe(false);
    expect(all('pricing agreed, @li decides')).toBe(false);
  });

  it('a name in running text adds the person and keeps its words in the note', () => {
    const draft = parse('met @dana, agreed that @li decides', context);
    expect(draft.mentions.map((mention) => mention.words)).toEqual(['dana', 'li']);
    expect(draft.note).toBe('agreed that li decides');
  });

  it('a name reaches as far as known names allow', () => {
    const words = (line: string, names: readonly string[]) =>
      parse(line, { ...context, names }).mentions.map((mention) => mention.words);
    expect(words('met @li wei re Q3', ['Li Wei'])).toEqual(['li wei']);
    expect(words('met @li wei re Q3', [])).toEqual(['li']);
    expect(words('met @jose garc', ['José García'])).toEqual(['jose garc']);
    expect(words('met @strauss hi', ['Lea Strauß'])).toEqual(['strauss']);
    expect(words('met @obrien hi', ["Pat O'Brien"])).toEqual(['obrien']);
    expect(words('met @dana re Q3', ['Dana Reyes'])).toEqual(['dana']);
    expect(words('met @anna may 3pm', ['Anna May'])).toEqual(['anna may']);
    expect(words('met @anna may 3pm', ['Anna Mayer'])).toEqual(['anna']);
    expect(words('met @maria del carmen ok', ['Maria del Carmen'])).toEqual(['maria del carmen']);
  });
});

describe('Editing a chip edits the text', () => {
  it('replaces exactly the span, and cuts a span that reaches outside', () => {
    expect(replaceSpan('met @dana 45m', { start: 10, end: 13 }, '1h')).toBe('met @dana 1h');
    expect(replaceSpan('abc', { start: 3, end: 9 }, 'd')).toBe('abcd');
    expect(replaceSpan('abc', { start: -1, end: 1 }, '')).toBe('bc');
    expect(replaceSpan('abc', { start: 2, end: 1 }, 'x')).toBe('abxc');
  });

  it('a token replaced by its own text leaves the line as it was', () => {
    fc.assert(
      fc.property(lines, (line) => {
        for (const token of parse(line, context).tokens) {
          expect(replaceSpan(line, token, line.slice(token.start, token.end))).toBe(line);
        }
      }),
    );
  });
});
