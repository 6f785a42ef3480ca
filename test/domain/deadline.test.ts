import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  type Deadline,
  dayOf,
  deadlineFrom,
  earliestOf,
  isPeriod,
  prolonged,
  pulledIn,
} from '../../src/domain/policy/deadline.ts';

const BERLIN = 'Europe/Berlin';
const noon = (date: string, zone = BERLIN) =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant().toString();

describe('A period in months ends on the same day of the last month, clamped once from the origin', () => {
  // privacy-model.md §1.2, both columns
  it.each([
    ['2024-01-31', '2024-02-29', '2024-02-29', '2024-04-30', '2024-04-30', 29],
    ['2025-01-31', '2025-02-28', '2025-02-28', '2025-04-30', '2025-04-30', 28],
    ['2025-02-28', '2025-03-28', '2025-03-28', '2025-05-28', '2025-05-28', 28],
    ['2025-08-31', '2025-09-30', '2025-09-30', '2025-11-30', '2025-12-01', 30],
    ['2025-12-31', '2026-01-31', '2026-02-02', '2026-03-31', '2026-03-31', 31],
    ['2026-01-31', '2026-02-28', '2026-03-02', '2026-04-30', '2026-04-30', 28],
    ['2025-05-31', '2025-06-30', '2025-06-30', '2025-08-31', '2025-09-01', 30],
  ])('%s: one month %s, by law %s; three months %s, by law %s', (anchor, one, oneLegal, three, threeLegal, m) => {
    expect(deadlineFrom(noon(anchor), 'P1M', BERLIN)).toEqual({
      anchorOn: anchor,
      targetDue: one,
      legalDue: oneLegal,
      m,
    });
    expect(deadlineFrom(noon(anchor), 'P3M', BERLIN)).toMatchObject({ targetDue: three, legalDue: threeLegal });
  });

  it('a period in days is counted in days, and rolls too', () => {
    expect(deadlineFrom(noon('2024-01-31'), 'P30D', BERLIN)).toMatchObject({
      targetDue: '2024-03-01',
      legalDue: '2024-03-01',
      m: 30,
    });
    expect(deadlineFrom(noon('2026-01-01'), 'P30D', BERLIN)).toMatchObject({
      targetDue: '2026-01-31',
      legalDue: '2026-02-02',
    });
  });

  it('a holiday the customer’s calendar names rolls on, also next to a weekend', () => {
    const easter = new Set(['2026-04-03', '2026-04-06']);
    expect(deadlineFrom(noon('2026-03-03'), 'P1M', BERLIN)).toMatchObject({ legalDue: '2026-04-03' });
    expect(deadlineFrom(noon('2026-03-03'), 'P1M', BERLIN, easter)).toMatchObject({
      targetDue: '2026-04-03',
      legalDue: '2026-04-07',
    });
  });

  it('a duty at collection is not a period: it is due the same local day and never rolls', () => {
    expect(deadlineFrom(noon('2026-02-28'), 'P0D', BERLIN, new Set(['2026-02-28']))).toEqual({
      anchorOn: '2026-02-28',
      targetDue: '2026-02-28',
      legalDue: '2026-02-28',
      m: 0,
    });
  });

  it('a period of two days or more holds at least two working days', () => {
    // Friday: Saturday and Sunday would leave Monday alone
    expect(deadlineFrom(noon('2026-11-27'), 'P2D', BERLIN)).toMatchObject({
      targetDue: '2026-11-29',
      legalDue: '2026-12-01',
    });
    expect(deadlineFrom(noon('2026-11-27'), 'P1D', BERLIN)).toMatchObject({ legalDue: '2026-11-30' });
  });

  it('what is no calendar period is refused', () => {
    expect(() => deadlineFrom(noon('2026-01-01'), 'PT12H', BERLIN)).toThrow(RangeError);
    expect(() => deadlineFrom(noon('2026-01-01'), '-P1M', BERLIN)).toThrow(RangeError);
    expect(() => deadlineFrom(noon('2026-01-01'), 'soon', BERLIN)).toThrow(RangeError);
  });
});

describe('Days are the controller’s', () => {
  it('the same moment is another day in another zone', () => {
    const moment = '2025-01-31T10:30:00Z';
    expect(deadlineFrom(moment, 'P1M', 'Pacific/Kiritimati').anchorOn).toBe('2025-02-01');
    expect(deadlineFrom(moment, 'P1M', 'Pacific/Pago_Pago').anchorOn).toBe('2025-01-30');
    expect(deadlineFrom(moment, 'P1M', 'Pacific/Kiritimati').targetDue).toBe('2025-03-01');
    expect(deadlineFrom(moment, 'P1M', 'Pacific/Pago_Pago').targetDue).toBe('2025-02-28');
  });

  it.each([
    // the last moment of the day, and the first of the next, around clock changes
    ['Europe/Berlin', '2026-02-28', '2026-03-30T21:59:59Z', '2026-03-30T22:00:00Z'],
    ['America/New_York', '2026-10-02', '2026-11-03T04:59:59Z', '2026-11-03T05:00:00Z'],
    ['Pacific/Kiritimati', '2026-10-05', '2026-11-05T09:59:59Z', '2026-11-05T10:00:00Z'],
    ['Pacific/Pago_Pago', '2026-10-05', '2026-11-06T10:59:59Z', '2026-11-06T11:00:00Z'],
    ['Australia/Lord_Howe', '2026-09-05', '2026-10-05T12:59:59Z', '2026-10-05T13:00:00Z'],
  ])('in %s a notice owed since %s is overdue at %s not yet, one second later it is', (zone, anchor, last, first) => {
    const deadline = deadlineFrom(noon(anchor, zone), zone === BERLIN ? 'P30D' : 'P1M', zone);
    expect(dayOf(deadline, last, zone)).toMatchObject({ overdue: false, overdueDays: 0 });
    expect(dayOf(deadline, first, zone)).toMatchObject({ overdue: true, overdueDays: 1 });
  });
});

describe('Day N of M', () => {
  const deadline = deadlineFrom('2025-01-31T09:00:00Z', 'P1M', BERLIN);

  it.each([
    ['2025-01-31T22:59:00Z', { n: 0, m: 28, daysLeft: 28, overdue: false, overdueDays: 0 }],
    ['2025-02-10T08:30:00Z', { n: 10, m: 28, daysLeft: 18, overdue: false, overdueDays: 0 }],
    ['2025-02-28T22:59:59Z', { n: 28, m: 28, daysLeft: 0, overdue: false, overdueDays: 0 }],
    ['2025-02-28T23:00:00Z', { n: 29, m: 28, daysLeft: -1, overdue: true, overdueDays: 1 }],
    ['2025-01-30T09:00:00Z', { n: 0, m: 28, daysLeft: 29, overdue: false, overdueDays: 0 }],
  ])('at %s', (now, day) => {
    expect(dayOf(deadline, now, BERLIN)).toEqual(day);
  });

  it('between the target and the rolled date nothing is left and nothing is overdue', () => {
    const rolls = deadlineFrom(noon('2026-01-31'), 'P1M', BERLIN);
    expect(dayOf(rolls, noon('2026-03-01'), BERLIN)).toMatchObject({ daysLeft: -1, overdue: false, overdueDays: 0 });
    expect(dayOf(rolls, noon('2026-03-03'), BERLIN)).toMatchObject({ daysLeft: -3, overdue: true, overdueDays: 1 });
  });
});

describe('For every anchor', () => {
  const zones = fc.constantFrom('UTC', BERLIN, 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/St_Johns');
  const instants = fc
    .integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) })
    .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds).toString());
  const periods = fc.constantFrom('P1M', 'P2M', 'P3M', 'P12M', 'P1Y', 'P15D', 'P30D', 'P45D');
  const holidays = fc
    .array(fc.integer({ min: 0, max: 14_600 }), { maxLength: 400 })
    .map((days) => new Set(days.map((day) => Temporal.PlainDate.from('2000-01-01').add({ days: day }).toString())));

  it('the target is never after the legal date, and the legal date is a working day', () => {
    fc.assert(
      fc.property(instants, periods, zones, holidays, (anchor, period, zone, closed) => {
        const { anchorOn, targetDue, legalDue, m } = deadlineFrom(anchor, period, zone, closed);
        expect(anchorOn < targetDue && targetDue <= legalDue).toBe(true);
        expect(Temporal.PlainDate.from(legalDue).dayOfWeek).toBeLessThan(6);
        expect(closed.has(legalDue)).toBe(false);
        expect(Temporal.PlainDate.from(anchorOn).add({ days: m }).toString()).toBe(targetDue);
      }),
    );
  });

  it('months are clamped: the target lies in the n-th month after, on the anchor’s day or on that month’s last', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 24 }), zones, (anchor, months, zone) => {
        const { anchorOn, targetDue } = deadlineFrom(anchor, `P${months}M`, zone);
        const [from, to] = [Temporal.PlainDate.from(anchorOn), Temporal.PlainDate.from(targetDue)];
        expect((to.year - from.year) * 12 + to.month - from.month).toBe(months);
        expect(to.day).toBe(Math.min(from.day, to.daysInMonth));
      }),
    );
  });

  it('a later anchor is never due earlier', () => {
    fc.assert(
      fc.property(instants, instants, periods, zones, holidays, (a, b, period, zone, closed) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        const [first, second] = [early, late].map((anchor) => deadlineFrom(anchor, period, zone, closed));
        expect((first?.targetDue ?? '') <= (second?.targetDue ?? '')).toBe(true);
        expect((first?.legalDue ?? '') <= (second?.legalDue ?? '')).toBe(true);
      }),
    );
  });

  it('once overdue it stays overdue', () => {
    fc.assert(
      fc.property(instants, periods, zones, fc.nat(400), (anchor, period, zone, days) => {
        const deadline = deadlineFrom(anchor, period, zone);
        const now = Temporal.Instant.from(anchor).add({ hours: days * 24 });
        const later = now.add({ hours: 24 });
        const [today, tomorrow] = [now, later].map((moment) => dayOf(deadline, moment.toString(), zone));
        if (today?.overdue) expect(tomorrow?.overdue).toBe(true);
        expect(today?.overdue).toBe((today?.overdueDays ?? 0) > 0);
      }),
    );
  });
});

describe('a period of the law', () => {
  it('is whole days, weeks, months or years, none of them too, or business days', () => {
    for (const period of ['P1M', 'P30D', 'P0D', 'P2W', 'P1Y6M', 'P1BD', 'P10BD', 'P100BD'])
      expect([period, isPeriod(period)]).toEqual([period, true]);
    for (const text of [
      'soon',
      '',
      '-P1M',
      'PT1H',
      'PT30M',
      'PT10S',
      'PT0.5S',
      'P1DT1H',
      'P10BDs',
      'xP10BD',
      'P1000BD',
    ])
      expect([text, isPeriod(text)]).toEqual([text, false]);
  });

  it('of hours is refused by name, and so is one that goes back', () => {
    for (const period of ['PT1H', '-P1M'])
      expect(() => deadlineFrom('2026-11-02T09:00:00Z', period, 'Europe/Berlin')).toThrow(
        `A statutory period is whole days, weeks, months or years: ${period}`,
      );
  });
});

describe('of several periods', () => {
  const ends = (legalDue: string, targetDue = legalDue): Deadline => ({
    anchorOn: '2026-11-02',
    targetDue,
    legalDue,
    m: 1,
  });
  const [early, late] = [ends('2026-12-02'), ends('2026-12-07')];

  it('the one that ends first counts, wherever it is named; where there is none, none does', () => {
    expect(earliestOf([early, late])).toBe(early);
    expect(earliestOf([late, early])).toBe(early);
    expect(earliestOf([])).toBeNull();
  });

  it('ending on one day after a roll, the one with the earlier target counts; of two alike the first', () => {
    const sooner = ends('2026-12-07', '2026-12-05');
    expect(earliestOf([late, sooner])).toBe(sooner);
    expect(earliestOf([sooner, late])).toBe(sooner);
    expect(earliestOf([late, { ...late }])).toBe(late);
    expect(earliestOf([early, ends('2026-12-07', '2026-12-01')])).toBe(early);
  });
});

describe('a deadline that is moved', () => {
  const saturday = deadlineFrom('2026-10-28T09:00:00Z', 'P1M', 'Europe/Berlin');

  it('is pulled in by a trigger before its last day only: on that day nothing changes', () => {
    expect(saturday).toMatchObject({ targetDue: '2026-11-28', legalDue: '2026-11-30' });
    expect(pulledIn(saturday, '2026-11-30T09:00:00Z', 'Europe/Berlin')).toBe(saturday);
    expect(pulledIn(saturday, '2026-11-29T09:00:00Z', 'Europe/Berlin').legalDue).toBe('2026-11-29');
  });

  it('is prolonged by the days in which the clock stood, and counts them', () => {
    const none = new Set<string>();
    expect(prolonged(saturday, 3, none, 'next_working_day')).toMatchObject({
      targetDue: '2026-12-01',
      legalDue: '2026-12-01',
      m: saturday.m + 3,
    });
    expect(prolonged(saturday, 7, none, 'none').legalDue).toBe('2026-12-05');
    expect(prolonged(saturday, 0, none, 'none')).toBe(saturday);
  });
});
