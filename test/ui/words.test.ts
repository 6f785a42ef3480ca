import { describe, expect, it } from 'vitest';
import { dates } from '../../src/dates.ts';
import { sayer } from '../../src/ui/saying.ts';
import { MISSING } from '../../src/words.ts';
import { catalogue, sayIn } from './stage.tsx';

describe('words', () => {
  it('take the plural of the language, and figures as it writes them', () => {
    const say = sayIn('de');
    expect(say({ key: 'flagNotToldDays', count: 1 })).toBe('nicht informiert, noch 1 Tag');
    expect(say({ key: 'flagNotToldDays', count: 12 })).toBe('nicht informiert, noch 12 Tage');
    expect(say('logAccount', 'Halden', 1200, 5)).toBe('Halden: 1.200 informiert, 5 nicht');
  });

  it('isolate a name that would turn the sentence around, and leave every other as it is', () => {
    const say = sayer((_key, gaps = []) => `${gaps[0]} was told`, 'en');
    expect(say('told', 'Dana Reyes')).toBe('Dana Reyes was told');
    expect(say('told', 'Zoë Núñez-Łukasz 王')).toBe('Zoë Núñez-Łukasz 王 was told');
    expect(say('told', 'דנה')).toBe('\u2068דנה\u2069 was told');
    expect(say('told', 'Dana \u202egnp\u2069')).toBe('\u2068Dana gnp\u2069 was told');
  });

  it('show a missing key so that a test finds it', () => {
    expect(sayer(() => '', 'en')('nowhere')).toMatch(MISSING);
    expect(sayer(() => '', 'en')({ key: 'nowhere', count: 2 })).toMatch(MISSING);
  });

  it('exist in German for every English key, with the same gaps', () => {
    const [en, de] = [catalogue('en'), catalogue('de')];
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    const gaps = (message: string): string[] => [...new Set(message.match(/\$\d/g))].sort();
    for (const [key, { message }] of Object.entries(en))
      expect([key, gaps(de[key]?.message ?? '')]).toEqual([key, gaps(message)]);
  });

  it('have no two keys that differ only in capitals, which the browser would mix up', () => {
    const keys = Object.keys(catalogue('en')).map((key) => key.toLowerCase());
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('days and times', () => {
  const now = '2026-03-12T23:30:00Z'; // the 13th in Zurich
  const zurich = dates('Europe/Zurich', 'en-GB', now);

  it('name near days and write others as dates, in the given zone', () => {
    expect(zurich.span('2026-03-12T22:50:00Z', '2026-03-12T22:55:00Z')).toMatch(/^yesterday, 23:50\s*–\s*23:55$/);
    expect(zurich.span('2026-03-12T23:10:00Z', '2026-03-12T23:20:00Z')).toMatch(/^today, 00:10\s*–\s*00:20$/);
    expect(zurich.span('2026-03-02T09:00:00Z', '2026-03-02T09:45:00Z')).toMatch(/^Mon,? 2 Mar, 10:00\s*–\s*10:45$/);
  });

  it('give the year where it is another one', () => {
    expect(zurich.day('2025-12-24T12:00:00Z')).toBe('24 Dec 2025');
    expect(zurich.day('2026-01-05T12:00:00Z')).toBe('5 Jan');
    expect(zurich.date('2026-03-13')).toMatch(/^Fri,? 13 Mar$/);
  });

  it('write durations in hours and minutes', () => {
    const english = dates('Europe/Zurich', 'en', now);
    expect(english.minutes(45)).toBe('45 min');
    expect(english.minutes(90)).toBe('1 hr 30 min');
  });
});
