/** Lines that people seldom write: days that there are not, ranges over noon and midnight, clocks that change. */
import { describe, expect, it } from 'vitest';
import { removeMention, setDuration, setWhen } from '../../src/domain/quick-log/edit.ts';
import { parse } from '../../src/domain/quick-log/parse.ts';
import { moveToPrivate } from '../../src/domain/quick-log/sensitive/move.ts';
import { compared, context, type Expected } from './quick-log-reading.ts';

const rows = (language: string, given: readonly (readonly [string, Expected])[]) =>
  it.each(given)(`%s (${language})`, (line, expected) => {
    const [understood, wanted] = compared([line, expected], language);
    expect(understood).toEqual(wanted);
  });

describe('a range', () => {
  rows('en', [
    ['met @dana 9am-11', { when: '25 09:00/11:00' }],
    ['met @dana 9am-1', { when: '25 09:00/13:00' }],
    ['met @dana 11-1am', { when: '24 23:00/25 01:00' }],
    ['met @dana 11-1pm', { when: '25 11:00/13:00' }],
    ['met @dana 2pm-3', { when: '25 14:00/15:00' }],
    ['met @dana 11pm-1', { when: '24 23:00/25 01:00' }],
  ]);

  it('in the hour that the clocks leave out is no longer than what is left of it', () => {
    const { when, minutes } = parse('met @dana 02:30-03:15', { ...context, now: '2026-03-29T10:00:00Z' });
    expect(when).toMatchObject({ start: '2026-03-29T01:30:00Z', end: '2026-03-29T01:30:00Z' });
    expect(minutes).toBe(0);
  });
});

describe('an hour', () => {
  rows('en', [['@dana quarter past 12', { when: '25 12:15/12:45' }]]);
  rows('fr', [['@dana à une heure', { when: '25 13:00/13:30' }]]);
  rows('en', [
    ['met @dana at 3 told', { when: '25 15:00/15:20', told: 'spoken' }],
    ['met @dana at 3 told by mail', { when: '25 15:00/15:20', told: 'mail' }],
  ]);
  rows('de', [['@dana um 3 angerufen', { kind: 'call', when: '25 15:00/15:20' }]]);
});

describe('a date', () => {
  rows('de', [
    ['met @dana 24.11.26', { when: '24 14:50/15:20' }],
    ['met @dana 24.13.', { note: '24.13.' }],
    ['met @dana 32.13.2026', { note: '32.13.2026' }],
  ]);
  rows('fr', [
    ['met @dana 29/02/2000', { when: '2000-02-29 14:50/15:20' }],
    ['met @dana 29/02/1900', { note: '29/02/1900' }],
  ]);
  rows('en', [
    ['met @dana 2026-13-01', { note: '2026-13-01' }],
    ['met @dana 2026-02-29', { note: '2026-02-29' }],
    ['met @dana tue 1 december 2026', { note: 'tue 1 december 2026' }],
    ['met @dana 29 february 2026', { note: '29 february 2026' }],
    // nobody knows which of two small numbers is the month
    ['met @dana 11/24/2026', { when: '24 14:50/15:20' }],
    ['met @dana 24/11/2026', { when: '24 14:50/15:20' }],
    ['met @dana 05/06/2026', { note: '05/06/2026' }],
    ['met @dana 25/13/2026', { note: '25/13/2026' }],
  ]);

  it('that has never been is today', () => {
    const read = (line: string, now: string) => parse(line, { ...context, now }).when.end;
    expect(read('met @dana 29 february', '1903-03-01T10:00:00Z')).toBe('1903-03-01T10:00:00Z');
    expect(read('met @dana on the 31st', '1900-01-05T10:00:00Z')).toBe('1900-01-05T10:00:00Z');
  });
});

describe('a next step is due', () => {
  const due = (day: string): Expected => ({ steps: [['send', day]] });
  rows('en', [
    ['>send by end of week', due('2026-11-27')],
    ['>send next month', due('2026-12-01')],
    ['>send fri 27 november', due('2026-11-27')],
    ['>send fri next week', due('2026-12-04')],
    ['>send on the 31st', due('2026-12-31')],
    ['>send 31 november', { steps: [['send 31 november', null]] }],
  ]);

  it('on no day that does not come: the words stay words', () => {
    const steps = (line: string, now: string) => parse(line, { ...context, now }).nextSteps;
    expect(steps('>send 29 february', '2197-03-01T10:00:00Z')).toEqual([{ text: 'send 29 february', due: null }]);
    expect(steps('>send by the 31st', '2199-12-31T23:30:00Z')).toEqual([{ text: 'send by the 31st', due: null }]);
  });
});

describe('a chip', () => {
  it('set to the time it has leaves the line as it is', () => {
    const line = 'met @dana yesterday 14:00-14:45';
    expect(setWhen(line, context, parse(line, context).when)).toBe(line);
  });
});

describe('a chip that no way of writing fits', () => {
  const when = { start: '2026-11-25T12:00:00Z', end: '2026-11-25T13:00:00Z' };
  it.each([
    ['!', '!, 13:00-14:00'],
    [', hi ~~x', ', hi, 13:00-14:00 ~~x'],
    ['!ring\n, hi at ', '13:00-14:00 !ring\n, hi at '],
  ])('%j gets its time at the end of what is said, or at the start: %j', (line, changed) => {
    expect(setWhen(line, context, when)).toBe(changed);
  });

  it('a length that would reach past now is put where it is understood', () => {
    expect(setDuration('called @dana 3pm 5m, good', context, 60)).toBe('1h, called @dana 3pm, good');
  });

  it('somebody less takes no other word away', () => {
    expect(removeMention('@dana, talked to @li', context, 0)).toMatch(/talked to @li$/);
    expect(removeMention('@dana talked to @li', context, 0)).toBe('talked to @li');
  });
});

describe('what opens nothing', () => {
  rows('en', [
    ['@dana, good >told', { note: 'good', told: 'spoken' }],
    ['@dana, good !told by mail', { note: 'good', told: 'mail' }],
    ['@dana 14u30', { note: '14u30' }],
    ['@dana 1.5m', { note: '1.5m' }],
  ]);
  rows('fr', [['@dana 14:30 heures', { when: '25 14:30/15:00' }]]);
  rows('de', [['@dana, bis 2 Std. Gut gelaufen', { note: 'bis 2 Std. Gut gelaufen' }]]);
});

describe('moved to the private end', () => {
  const moved = (line: string, words: string) => {
    const start = line.indexOf(words);
    return moveToPrivate(line, { start, end: start + words.length }, context);
  };

  it.each([
    ['met @dana >call fri at 3', 'at 3', 'met @dana ~~call fri at 3'],
    ['met @dana !send fri >call about cancer', 'send fri >call about', 'met @dana ~~send fri >call about cancer'],
    ['>send fri, cancer >call', 'cancer', '>send fri >call ~~cancer'],
    ['met @dana. She is ill, wants pricing', 'ill', 'met @dana. wants pricing ~~She is ill'],
    ['met @dana, she is ill because of stress', 'ill', 'met @dana, because of stress ~~she is ill'],
    ['met @dana, she is ill?', 'ill', 'met @dana? ~~she is ill'],
    ['met @dana! she is ill?', 'ill', 'met @dana! ~~she is ill'],
  ])('%j, from %j: %j', (line, words, expected) => {
    expect(moved(line, words)).toBe(expected);
  });

  it('is nothing where nothing is marked, or what is marked is private already', () => {
    expect(moveToPrivate('met @dana', { start: 3, end: 3 })).toBe('met @dana');
    expect(moveToPrivate('met ~~ill', { start: 7, end: 9 })).toBe('met ~~ill');
  });

  it('needs to know neither the language nor the people', () => {
    expect(moveToPrivate('she is ill', { start: 7, end: 10 })).toBe('~~she is ill');
  });
});
