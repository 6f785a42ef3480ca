import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { LineContext, LineDraft } from '../../src/domain/quick-log/draft.ts';
import { parse } from '../../src/domain/quick-log/parse.ts';
import { LANGUAGES } from '../../src/domain/quick-log/words/languages.ts';
import { contexts, languages, lines, runs } from './quick-log-lines.ts';

/** What is wrong with a draft, as sentences. */
function faults(line: string, { now, zone }: LineContext, draft: LineDraft): string[] {
  const found: string[] = [];
  let end = 0;
  for (const token of draft.tokens) {
    if (token.start !== end || token.end <= token.start) found.push(`token at ${token.start} leaves a gap or is empty`);
    end = token.end;
  }
  if (end !== line.length) found.push('the tokens end before the line does');
  for (const { span, words } of draft.mentions) {
    if (line.charAt(span.start) !== '@') found.push('a mention without @');
    if (line.slice(span.start + 1, span.end).replace(/\s+/gu, ' ') !== words) found.push('a mention beside its name');
  }
  const [from, until, present] = [draft.when.start, draft.when.end, now].map((instant) => Date.parse(instant)) as [
    number,
    number,
    number,
  ];
  if (from > until || until > present) found.push('a log in the future');
  if ((until - from) / 60_000 !== draft.minutes) found.push('minutes that are not those between');
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate().toString();
  for (const { due } of draft.nextSteps) if (due !== null && due < today) found.push(`a step due on ${due}`);
  for (const words of [...draft.promises, ...draft.matters])
    if (!line.includes(words)) found.push('words nobody typed');
  return found;
}

/** A line takes a millisecond or two on a busy machine. */
const PATIENCE = Math.max(120_000, runs(20_000) * 10);

describe('Whatever is typed, in whatever language', () => {
  it('nothing throws, no character is lost, no log lies ahead and no step behind', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(lines, contexts, (line, where) => {
        const found = faults(line, where, parse(line, where));
        if (found.length > 0) throw new Error(found.join('; '));
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('private words are in no other field, and change nothing else that is understood', { timeout: PATIENCE }, () => {
    fc.assert(
      fc.property(lines, lines, contexts, (open, secret, where) => {
        fc.pre(!open.includes('~~'));
        const { private: kept, tokens: _tokens, ...rest } = parse(`${open} ~~ÐSECRETÐ ${secret}`, where);
        expect(kept?.kept).toContain('ÐSECRETÐ');
        expect(JSON.stringify(rest)).not.toContain('ÐSECRETÐ');
        const { private: _none, tokens: _same, ...without } = parse(open, where);
        expect({ ...rest, note: '' }).toEqual({ ...without, note: '' });
      }),
      { numRuns: Math.ceil(runs(20_000) / 10) },
    );
  });

  it('English is understood beside every language', () => {
    for (const language of LANGUAGES) {
      const context = { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: ['Dana Reyes'] };
      const line = 'called @dana and @li re Q3 renewal 45m yesterday 3pm, she wants pricing >send pricing fri told ~~x';
      expect(parse(line, { ...context, language }), language).toEqual(parse(line, context));
    }
  });

  it('a promise and what matters end at the next token, and stay out of the note', () => {
    fc.assert(
      fc.property(
        languages,
        fc.constantFrom('!', '*', '>'),
        fc.constantFrom('!', '*', '>', '~~', '\n'),
        (language, a, b) => {
          const context = { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: [], language };
          const draft = parse(`ok ${a}xyz abc ${b}qrs`, context);
          const said = { '!': draft.promises, '*': draft.matters, '>': draft.nextSteps.map(({ text }) => text) }[a];
          expect(said?.[0]).toBe('xyz abc');
          expect(draft.note).toBe(b === '\n' ? 'ok\nqrs' : 'ok');
        },
      ),
    );
  });
});

describe('Promises and what matters', () => {
  const context = { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: ['Dana Reyes'] };

  it.each([
    ['met @dana !send the deck *price', ['send the deck'], ['price'], ''],
    ['!send the deck by friday', ['send the deck by friday'], [], ''],
    ['*uptime, above all', [], ['uptime, above all'], ''],
    ['ok !one !two *three *four', ['one', 'two'], ['three', 'four'], 'ok'],
    ['ok !one >two', ['one'], [], 'ok'],
    ['ok *one\nmore', [], ['one'], 'ok\nmore'],
    ['ok !send offer told', ['send offer'], [], 'ok'],
    ['ok !@li calls back', ['@li calls back'], [], 'ok'],
    ['great! She agreed', [], [], 'great! She agreed'],
    ['5*3 = 15', [], [], '5*3 = 15'],
    ['**bold** words', [], [], '**bold** words'],
    ['*really* good', [], [], '*really* good'],
    ['a *very good* talk', [], [], 'a *very good* talk'],
    ['* first\n* second', [], [], '* first\n* second'],
    ['a 5* hotel', [], [], 'a 5* hotel'],
    ['!!! urgent', [], [], '!!! urgent'],
    ['a != b', [], [], 'a != b'],
    ['super ! Oui', [], [], 'super ! Oui'],
    ['she said "!no"', [], [], 'she said "!no"'],
    ['https://a.example/!b*c', [], [], 'https://a.example/!b*c'],
    ['*.csv and *', [], [], '*.csv and *'],
  ])('%j', (line, promises, matters, note) => {
    expect(parse(line, context)).toMatchObject({ promises, matters, note });
  });
});

describe('The order of a date', () => {
  const start = (line: string, language: string) =>
    parse(line, { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: [], language }).when.start.slice(0, 10);

  it('is that of the region, and of nobody where it cannot be known', () => {
    expect(start('met on 03/11/2026', 'en-US')).toBe('2026-03-11');
    expect(start('met on 03/11/2026', 'en-GB')).toBe('2026-11-03');
    expect(start('vu @dana le 03/11/2026', 'fr-CA')).toBe('2026-11-03');
    expect(parse('met on 03/11/2026', { now: '2026-11-25T14:20:30Z', zone: 'UTC', names: [] }).whenTyped).toBe(false);
    expect(start('met on 24/11/2026', 'en')).toBe('2026-11-24');
    expect(start('met on 24.11.2026', 'en-US')).toBe('2026-11-24');
  });
});

describe('Both clock changes, said in words', () => {
  it.each([
    // the night of 29 March 2026 in Berlin has no 02:30: it moves forward
    ['getroffen @dana am Sonntag um halb drei', 'de', '2026-03-31T10:00:00Z', '2026-03-29T12:30:00Z'],
    ['getroffen @dana am Sonntag um 02:30', 'de', '2026-03-31T10:00:00Z', '2026-03-29T01:30:00Z'],
    ['vu @dana dimanche à 02h30', 'fr', '2026-10-27T10:00:00Z', '2026-10-25T00:30:00Z'],
    ['ontmoet @dana zondag om half drie', 'nl', '2026-10-27T10:00:00Z', '2026-10-25T13:30:00Z'],
    ['visto @dana ieri', 'it', '2026-03-29T10:00:00Z', '2026-03-28T10:30:00Z'],
    ['vi a @dana hace 2 horas', 'es', '2026-03-29T02:30:00Z', '2026-03-29T00:30:00Z'],
  ])('%s', (line, language, now, start) => {
    const { when } = parse(line, { now, zone: 'Europe/Berlin', names: ['Dana Reyes'], language });
    expect(when.start).toBe(start);
  });
});
