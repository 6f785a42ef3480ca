import { describe, expect, test } from 'vitest';
import { addMonths, controllerDay, liDeadline, makeSeed, UNTOLD_CONTACT } from '../../demo/seed.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const DAY = 86_400_000;
const seed = makeSeed(NOW);
const fullName = (each: { fields: Record<string, unknown> }) =>
  [each.fields.FirstName, each.fields.LastName].filter((part) => typeof part === 'string').join(' ');
const day = (at: Date) => at.toISOString().slice(0, 10);

describe('the demo people', () => {
  test('there are twelve accounts and two hundred contacts, the same on every run', () => {
    expect(seed.accounts).toHaveLength(12);
    expect(seed.contacts).toHaveLength(200);
    expect(makeSeed(NOW)).toEqual(seed);
    const later = makeSeed(new Date(NOW.getTime() + 100 * DAY));
    expect(later.contacts.map((each) => each.fields)).toEqual(seed.contacts.map((each) => each.fields));
  });

  test('they live in ten countries and write their names in several scripts', () => {
    expect(new Set(seed.contacts.map((each) => each.fields.MailingCountry)).size).toBe(10);
    const names = seed.contacts.map(fullName);
    for (const script of [/\p{Script=Arabic}/u, /\p{Script=Han}/u, /[äöüß]/, /[éèê]/, /[ãçõ]/, /-/]) {
      expect(names.some((name) => script.test(name))).toBe(true);
    }
    expect(Math.max(...names.map((name) => name.length))).toBeGreaterThan(80);
  });

  test('one name is carried by two people, at different accounts, and nobody else shares one', () => {
    const names = seed.contacts.map(fullName);
    const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
    expect(twice).toEqual(['Sofia Marenghi']);
    expect(
      new Set(seed.contacts.filter((each) => fullName(each) === 'Sofia Marenghi').map((each) => each.account)).size,
    ).toBe(2);
  });

  test('Dana Reyes and Li Wei are both at Halden Freight AG, and no colleague there starts like either', () => {
    const home = seed.accounts.findIndex((each) => each.fields.Name === 'Halden Freight AG');
    const there = seed.contacts.filter((each) => each.account === home).map(fullName);
    expect(there.filter((name) => /^(dana|li)/i.test(name))).toEqual(['Dana Reyes', 'Li Wei']);
    expect(seed.accounts[home]?.fields.BillingCountry).toBe('Germany');
  });

  test('every address is at example.com and every value fits its field', () => {
    for (const { fields } of seed.contacts) {
      if (fields.Email !== null) expect(fields.Email).toMatch(/^[a-z.]+@example\.com$/);
      expect(String(fields.FirstName ?? '').length).toBeLessThanOrEqual(40);
      expect(fields.LastName.length).toBeLessThanOrEqual(80);
      expect(String(fields.Title).length).toBeLessThanOrEqual(128);
    }
  });

  test('nobody was created in the future, and both the old and the new are there', () => {
    const ages = seed.contacts.map((each) => (NOW.getTime() - each.created.getTime()) / DAY);
    expect(Math.min(...ages)).toBeGreaterThan(0);
    expect(ages.filter((age) => age < 30).length).toBeGreaterThan(10);
    expect(ages.filter((age) => age > 366).length).toBeGreaterThan(80);
    const dana = seed.contacts.find((each) => fullName(each) === 'Dana Reyes');
    expect((NOW.getTime() - (dana?.created.getTime() ?? 0)) / DAY).toBeGreaterThan(2000);
  });

  test('what was logged by hand before names Dana only', () => {
    expect(seed.history.length).toBeGreaterThan(0);
    expect(seed.history.every((each) => each.contact === 'Dana Reyes' && each.created < NOW)).toBe(true);
    expect(JSON.stringify(seed.history)).not.toContain('Li');
  });
});

describe("Li Wei's month", () => {
  test('one month is added once, from the original day, and clamped to the month', () => {
    const cases = [
      ['2024-01-31', '2024-02-29'],
      ['2025-01-31', '2025-02-28'],
      ['2025-02-28', '2025-03-28'],
      ['2025-08-31', '2025-09-30'],
      ['2025-12-31', '2026-01-31'],
    ];
    for (const [from, to] of cases) expect(day(addMonths(new Date(`${from}T00:00:00Z`), 1))).toBe(to);
  });

  test('ends twelve days from now on every day of three years, but for the days that no month leads to', () => {
    const exceptions: string[] = [];
    for (let at = Date.parse('2026-01-01T12:00:00Z'); at < Date.parse('2029-01-01T00:00:00Z'); at += DAY) {
      const now = new Date(at);
      const { created, due, daysLeft } = liDeadline(now);
      expect(created < now).toBe(true);
      // Recomputed from the instant stored in the CRM, as the product will do it.
      expect(addMonths(controllerDay(created), 1)).toEqual(due);
      expect((due.getTime() - controllerDay(now).getTime()) / DAY).toBe(daysLeft);
      if (daysLeft !== 12) exceptions.push(`${day(now)}: ${daysLeft}`);
    }
    expect(exceptions).toEqual([
      '2026-03-17: 11',
      '2026-03-18: 10',
      '2026-03-19: 13',
      '2026-05-19: 11',
      '2026-07-19: 11',
      '2026-10-19: 11',
      '2026-12-19: 11',
      '2027-03-17: 11',
      '2027-03-18: 10',
      '2027-03-19: 13',
      '2027-05-19: 11',
      '2027-07-19: 11',
      '2027-10-19: 11',
      '2027-12-19: 11',
      '2028-03-18: 11',
      '2028-03-19: 13',
      '2028-05-19: 11',
      '2028-07-19: 11',
      '2028-10-19: 11',
      '2028-12-19: 11',
    ]);
  });

  test('the day is counted in Berlin, also when it is still yesterday in UTC', () => {
    const lateEvening = new Date('2026-11-22T23:30:00Z');
    expect(day(liDeadline(lateEvening).due)).toBe('2026-12-05');
    const inCrm = makeSeed(lateEvening).contacts.find((each) => fullName(each) === UNTOLD_CONTACT);
    expect(inCrm?.created).toEqual(liDeadline(lateEvening).created);
  });
});
