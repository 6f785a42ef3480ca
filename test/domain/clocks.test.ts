import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import { dueFrom, impliedUntil, requestClock } from '../../src/domain/policy/clocks.ts';
import { deadlineFrom, earliestOf, isPeriod, prolonged, pulledIn, reaches } from '../../src/domain/policy/deadline.ts';
import { fold } from '../../src/domain/status.ts';
import { by, fact, logged, obtained, officer, told } from './facts.ts';
import { EU, lawIn, read } from './people.ts';

const ZONE = 'Europe/Berlin';
const due = (anchor: string, period: string, roll?: 'none' | 'next_working_day', holidays: readonly string[] = []) =>
  deadlineFrom(anchor, period, ZONE, new Set(holidays), roll);

describe('periods', () => {
  it.each(['P1M', 'P30D', 'P0D', 'P2Y', 'P10BD'])('%s is one', (period) => expect(isPeriod(period)).toBe(true));
  it.each(['1 month', 'P1X', 'PT5H', 'PT5M', 'PT5S', 'PT0.5S', 'P1DT1S', '-P1M', 'P10', ''])('"%s" is none', (period) =>
    expect(isPeriod(period)).toBe(false),
  );

  it('business days leave out weekends and holidays, and the day itself', () => {
    expect(due('2026-11-20T09:00:00Z', 'P10BD').legalDue).toBe('2026-12-04');
    expect(due('2026-11-20T09:00:00Z', 'P10BD', 'none', ['2026-11-23']).legalDue).toBe('2026-12-07');
    expect(due('2026-11-21T09:00:00Z', 'P1BD').legalDue).toBe('2026-11-23');
  });

  it('roll over a weekend only where the law is known to', () => {
    expect(due('2026-01-31T09:00:00Z', 'P1M').legalDue).toBe('2026-03-02');
    expect(due('2026-01-31T09:00:00Z', 'P1M', 'none').legalDue).toBe('2026-02-28');
  });

  it('of two days or more hold two working days, and no more than that (Art. 3(5))', () => {
    expect(due('2026-11-16T09:00:00Z', 'P2D').legalDue).toBe('2026-11-18');
    expect(due('2026-11-20T09:00:00Z', 'P3D').legalDue).toBe('2026-11-24');
  });

  it('a month and thirty days together: whichever ends first', () => {
    const both = { ...EU, requests: { ...EU.requests, due: ['P1M', 'P30D'] } };
    expect(dueFrom('2026-12-31T09:00:00Z', both.requests.due, both)?.targetDue).toBe('2027-01-30');
    expect(dueFrom('2026-02-01T09:00:00Z', both.requests.due, both)?.targetDue).toBe('2026-03-01');
    expect(earliestOf([])).toBeNull();
  });

  it('of two that end on one legal day the one with the earlier target', () => {
    const [a, b] = [due('2026-01-31T09:00:00Z', 'P1M'), due('2026-01-31T09:00:00Z', 'P30D')];
    expect([a.legalDue, b.legalDue]).toEqual(['2026-03-02', '2026-03-02']);
    expect(earliestOf([b, a])?.targetDue).toBe('2026-02-28');
  });
});

describe('earliest of: triggers only pull a deadline in', () => {
  const month = due('2026-11-02T09:00:00Z', 'P1M');
  it('to their own local day', () => {
    expect(pulledIn(month, '2026-11-20T23:30:00Z', ZONE)).toMatchObject({
      targetDue: '2026-11-21',
      legalDue: '2026-11-21',
      m: 19,
    });
  });
  it('never out, and never before the anchor', () => {
    expect(pulledIn(month, '2026-12-20T09:00:00Z', ZONE)).toBe(month);
    expect(pulledIn(month, '2026-10-01T09:00:00Z', ZONE)).toMatchObject({ legalDue: '2026-11-02', m: 0 });
  });
  it('on the day between target and roll, the target stays', () => {
    const rolled = due('2026-01-31T09:00:00Z', 'P1M');
    expect(pulledIn(rolled, '2026-03-01T09:00:00Z', ZONE)).toMatchObject({
      targetDue: '2026-02-28',
      legalDue: '2026-03-01',
    });
  });
  it('for any trigger', () => {
    const moment = fc
      .integer({ min: 0, max: 20_000 })
      .map((hours) => new Date(Date.parse('2026-10-01T00:00:00Z') + hours * 3_600_000).toISOString());
    fc.assert(
      fc.property(moment, moment, (anchor, trigger) => {
        const whole = due(anchor, 'P1M');
        const pulled = pulledIn(whole, trigger, ZONE);
        expect(pulled.legalDue <= whole.legalDue && pulled.legalDue >= whole.anchorOn).toBe(true);
      }),
    );
  });
});

describe('the first communication (Art. 14(3)(b))', () => {
  const held = obtained('2026-11-02T09:00:00Z');

  it('before any, the month runs from the CRM’s creation date: “not told, 12 days left”', () => {
    expect(read([held])).toMatchObject({
      flag: 'due',
      daysLeft: 12,
      dueBecause: 'period',
      communicationDue: null,
      toldBeforeContact: null,
    });
  });

  it.each(['meeting', 'visit', 'call', 'email'] as const)('a logged %s makes the person due on its day', (kind) => {
    const status = read([held, logged('2026-11-20T09:00:00Z', kind)]);
    expect(status).toMatchObject({
      flag: 'due',
      daysLeft: 0,
      noticeDueOn: '2026-11-20',
      dueBecause: 'first_communication',
      communicationDue: '2026-11-20',
      toldBeforeContact: false,
    });
    expect(read([held, logged('2026-11-19T09:00:00Z', kind)])).toMatchObject({ flag: 'overdue', overdueDays: 1 });
  });

  it('a note about somebody is no communication with them', () => {
    expect(read([held, logged('2026-11-19T09:00:00Z', 'note')])).toMatchObject({ flag: 'due', daysLeft: 12 });
  });

  it('telling them on that day is in time', () => {
    expect(read([held, logged('2026-11-19T09:00:00Z'), told('2026-11-19T12:00:00Z', 't')])).toMatchObject({
      flag: 'told',
      lateTold: false,
      toldBeforeContact: true,
    });
    expect(read([held, logged('2026-11-18T09:00:00Z'), told('2026-11-19T12:00:00Z', 't')])).toMatchObject({
      flag: 'told',
      lateTold: true,
      toldBeforeContact: false,
    });
  });

  it('does not shorten the Swiss period; the first disclosure does', () => {
    const swiss = { policy: lawIn('CH') };
    expect(read([held, logged('2026-11-19T09:00:00Z')], swiss)).toMatchObject({ flag: 'due', daysLeft: 12 });
    const disclosed = fact('disclosure.first', '2026-11-18T09:00:00Z', { recipient: 'partner' });
    expect(read([held, disclosed], swiss)).toMatchObject({ flag: 'overdue', dueBecause: 'first_disclosure' });
    expect(read([held, fact('communication.first', '2026-11-18T09:00:00Z', { how: 'other' })])).toMatchObject({
      dueBecause: 'first_communication',
    });
  });
});

describe('the provider of the CRM', () => {
  const strict = { ...EU, notice: { ...EU.notice, processorIsRecipient: true } };
  it('counts as a recipient only where the policy says so: then whoever is in the CRM was disclosed from the start', () => {
    const held = obtained('2026-11-18T09:00:00Z');
    expect(read([held])).toMatchObject({ disclosure: 'due', noticeDueOn: '2026-12-18' });
    expect(read([held], { policy: strict })).toMatchObject({
      disclosure: 'overdue',
      noticeDueOn: '2026-11-18',
      dueBecause: 'first_disclosure',
    });
    const local = obtained('2026-11-18T09:00:00Z', { source: 'mention', anchorFromCrm: false, link: null });
    expect(read([local], { policy: strict })).toMatchObject({ disclosure: 'due', dueBecause: 'period' });
  });
});

describe('a deadline that nobody set', () => {
  it('runs from the first record where nobody recorded an anchor, and says that it is assumed', () => {
    expect(read([logged('2026-11-19T09:00:00Z', 'note')])).toMatchObject({
      anchorAssumed: true,
      disclosure: 'due',
      daysLeft: 29,
    });
  });
  it('does not exist where no notice is owed', () => {
    expect(read([obtained('2026-01-02T09:00:00Z')], { policy: lawIn('US') })).toMatchObject({
      badge: 'not_required',
      deadline: null,
      noticeDueOn: null,
    });
    const indirect = obtained('2026-01-02T09:00:00Z');
    expect(read([indirect], { policy: lawIn('US', { region: 'California', controller: 'US' }) }).badge).toBe(
      'not_required',
    );
  });
  it('stands still under an exemption, until its review', () => {
    const exempt = officer(
      fact('exemption.granted', '2026-11-03T09:00:00Z', {
        article: '14(5)(b)',
        reason: 'disproportionate',
        reviewBy: '2027-01-31',
      }),
    );
    const entries = [obtained('2026-11-02T09:00:00Z'), exempt];
    expect(read(entries)).toMatchObject({ badge: 'exempt', deadline: null, exemptUntil: '2027-01-31' });
    expect(read(entries, { now: '2027-01-31T12:00:00Z' }).badge).toBe('exempt');
    expect(read(entries, { now: '2027-02-01T12:00:00Z' })).toMatchObject({ badge: 'overdue', exemptUntil: null });
  });
});

describe('requests', () => {
  const received = (at = '2025-01-31T09:00:00Z', kind: Payloads['request.received']['kind'] = 'access') =>
    fact('request.received', at, { kind, via: 'mail', words: null }, 'r');
  const step = <
    T extends
      | 'request.identity_requested'
      | 'request.identity_ok'
      | 'request.acknowledged'
      | 'request.started'
      | 'request.resumed',
  >(
    type: T,
    at: string,
  ): Entry => fact(type, at, { ref: 'r' } as Payloads[T]);
  const extended = (at: string) => officer(fact('request.extended', at, { ref: 'r', reason: 'complex', toldAt: at }));
  const clock = (entries: readonly Entry[], now: string, policy = EU) => {
    const [request] = fold(entries).requests;
    if (!request) throw new Error('no request');
    return requestClock(request, now, policy);
  };

  it('are due one month after receipt, clamped and rolled; extended by two, added once from receipt', () => {
    expect(clock([received()], '2025-02-10T12:00:00Z')).toMatchObject({
      due: { targetDue: '2025-02-28' },
      daysLeft: 18,
      overdue: false,
      extendBy: '2025-02-28',
    });
    expect(clock([received(), extended('2025-02-20T09:00:00Z')], '2025-03-10T12:00:00Z')).toMatchObject({
      due: { targetDue: '2025-04-30' },
      extended: true,
      extendBy: null,
    });
  });

  it('an extension after the first deadline is flagged and does not count', () => {
    expect(clock([received(), extended('2025-03-01T09:00:00Z')], '2025-03-10T12:00:00Z')).toMatchObject({
      due: { targetDue: '2025-02-28' },
      extended: false,
      extensionRefused: 'after_deadline',
      overdue: true,
      overdueDays: 10,
    });
  });

  it('an extension that is only dated before the deadline does not count either', () => {
    const backdated = by(extended('2025-02-20T09:00:00Z'), { recordedAt: '2025-03-02T09:00:00Z' });
    expect(clock([received(), backdated], '2025-03-10T12:00:00Z').extensionRefused).toBe('after_deadline');
  });

  it('an extension must be told by its own date, or by the first deadline where it has none', () => {
    const own = { ...EU, requests: { ...EU.requests, extendNoticeDue: ['P14D'] } };
    expect(clock([received()], '2025-02-10T12:00:00Z', own).extendBy).toBe('2025-02-14');
    expect(clock([received(), extended('2025-02-15T09:00:00Z')], '2025-02-16T12:00:00Z', own).extensionRefused).toBe(
      'after_deadline',
    );
    const none = { ...EU, requests: { ...EU.requests, extendNoticeDue: [] } };
    expect(clock([received()], '2025-02-10T12:00:00Z', none).extendBy).toBe('2025-02-28');
  });

  it('know no extension where the law knows none', () => {
    expect(clock([received(), extended('2025-02-20T09:00:00Z')], '2025-02-21T12:00:00Z', lawIn('CH'))).toMatchObject({
      extensionRefused: 'none_allowed',
      due: { targetDue: '2025-03-02' },
    });
  });

  it('stand still while the person has not proved who they are, by the days they take', () => {
    const asked = step('request.identity_requested', '2025-02-10T09:00:00Z');
    expect(clock([received(), asked], '2025-02-15T12:00:00Z')).toMatchObject({
      stopped: 'identity',
      due: { targetDue: '2025-03-05' },
      daysLeft: 18,
    });
    const proved = step('request.identity_ok', '2025-02-13T09:00:00Z');
    expect(clock([received(), asked, proved], '2025-02-20T12:00:00Z')).toMatchObject({
      stopped: null,
      due: { targetDue: '2025-03-03' },
    });
  });

  it('stand still for a question or a fee only in the UK, and only since 5 February 2026', () => {
    const paused = fact('request.paused', '2025-02-10T09:00:00Z', { ref: 'r', stop: 'clarification' });
    const entries = [received(), paused, step('request.resumed', '2025-02-14T09:00:00Z')];
    expect(clock(entries, '2025-02-20T12:00:00Z').due?.targetDue).toBe('2025-02-28');
    expect(clock(entries, '2025-02-20T12:00:00Z', lawIn('UK', { at: '2026-02-04' })).due?.targetDue).toBe('2025-02-28');
    expect(clock(entries, '2025-02-20T12:00:00Z', lawIn('UK', { at: '2026-02-05' })).due?.targetDue).toBe('2025-03-04');
  });

  it('have other clocks elsewhere', () => {
    const at = '2025-01-31T09:00:00Z';
    const target = (place: string, region?: string) =>
      clock([received(at)], at, lawIn(place, region ? { region, controller: 'US' } : {})).due?.targetDue;
    expect([target('CH'), target('BR'), target('AU'), target('US', 'California')]).toEqual([
      '2025-03-02',
      '2025-02-15',
      '2025-03-02',
      '2025-03-17',
    ]);
    expect(clock([received(at)], at, lawIn('US'))).toMatchObject({ due: null, daysLeft: null, overdue: false });
  });

  it('are confirmed in ten business days in California; a complaint in thirty days in the UK', () => {
    const california = lawIn('US', { region: 'CA', controller: 'US' });
    expect(clock([received()], '2025-02-14T12:00:00Z', california)).toMatchObject({
      confirmBy: '2025-02-14',
      unconfirmed: false,
    });
    expect(clock([received()], '2025-02-15T12:00:00Z', california).unconfirmed).toBe(true);
    expect(
      clock([received(), step('request.acknowledged', '2025-02-03T09:00:00Z')], '2025-02-20T12:00:00Z', california)
        .unconfirmed,
    ).toBe(false);
    const complaint = [received('2026-07-01T09:00:00Z', 'complaint')];
    expect(clock(complaint, '2026-07-02T12:00:00Z', lawIn('UK')).confirmBy).toBe('2026-07-31');
    expect(clock(complaint, '2026-07-02T12:00:00Z').confirmBy).toBeNull();
  });

  it('walk from received to fulfilled, and stop counting there', () => {
    const states = (...entries: readonly Entry[]) =>
      read([received(), ...entries], { now: '2025-02-20T12:00:00Z' }).requests[0]?.state;
    const asked = step('request.identity_requested', '2025-02-10T09:00:00Z');
    const done = fact('request.fulfilled', '2025-02-14T09:00:00Z', { ref: 'r', how: 'export' });
    expect(states()).toBe('received');
    expect(states(asked)).toBe('identity_pending');
    expect(states(asked, step('request.identity_ok', '2025-02-11T09:00:00Z'))).toBe('in_progress');
    expect(states(step('request.started', '2025-02-11T09:00:00Z'))).toBe('in_progress');
    expect(states(extended('2025-02-11T09:00:00Z'))).toBe('extended');
    expect(states(done)).toBe('fulfilled');
    expect(clock([received(), done], '2026-02-20T12:00:00Z')).toMatchObject({
      daysLeft: null,
      overdue: false,
      stopped: null,
    });
    const late = fact('request.fulfilled', '2025-03-03T09:00:00Z', { ref: 'r', how: 'export' });
    expect(clock([received(), late], '2026-02-20T12:00:00Z')).toMatchObject({ overdue: true, overdueDays: 3 });
  });

  it('are refused by an officer with a reason, and stay as they were answered', () => {
    const refused = officer(fact('request.refused', '2025-02-14T09:00:00Z', { ref: 'r', reason: 'excessive' }));
    const after = fact('request.fulfilled', '2025-02-15T09:00:00Z', { ref: 'r', how: '' });
    expect(read([received(), refused, after], { now: '2025-02-20T12:00:00Z' }).requests[0]).toMatchObject({
      state: 'refused',
      refusedBecause: 'excessive',
    });
  });

  it('a step for a request that nobody recorded is flagged', () => {
    expect(read([step('request.started', '2025-02-11T09:00:00Z')]).findings).toMatchObject([{ is: 'request_unknown' }]);
  });
});

describe('implied consent under CASL: the latest end over the grounds that live', () => {
  const CA = lawIn('CA');
  const ground = (what: Payloads['consent.implied']['ground'], base: string, channel: 'email' | null = null) =>
    fact('consent.implied', '2026-11-01T09:00:00Z', { ground: what, base, channel });
  const until = (entries: readonly Entry[], channel: 'email' | 'message' = 'email', policy = CA) =>
    impliedUntil(fold(entries).implied, channel, policy);

  it('an inquiry covers six months, a purchase and the end of a contract two years, a published address has no end', () => {
    expect(until([ground('inquiry', '2026-08-31')])).toBe('2027-02-28');
    expect(until([ground('purchase', '2024-02-29')])).toBe('2026-02-28');
    expect(until([ground('contract_end', '2025-12-01')])).toBe('2027-12-01');
    expect(until([ground('published', '2019-01-01')])).toBe('open');
    expect(reaches('2026-08-31', 'P6M')).toBe('2027-02-28');
  });
  it('the latest counts, a ground for another channel does not, nor one the law does not know', () => {
    expect(until([ground('inquiry', '2026-10-01'), ground('purchase', '2025-12-01')])).toBe('2027-12-01');
    expect(until([ground('inquiry', '2026-10-01', 'email')], 'message')).toBeNull();
    expect(until([ground('inquiry', '2026-10-01')], 'email', lawIn('BR'))).toBeNull();
    expect(until([])).toBeNull();
  });
  it('lapses without any event', () => {
    const entries = [obtained('2026-10-01T09:00:00Z'), ground('inquiry', '2026-05-20')];
    const marketable = (now: string) => read(entries, { policy: CA, now }).marketable.email;
    expect(marketable('2026-11-20T12:00:00Z')).toEqual({ allowed: true, because: 'implied' });
    expect(marketable('2026-11-21T12:00:00Z')).toEqual({ allowed: false, because: 'no_permission' });
  });
});

describe('a stopped clock', () => {
  it('never runs backwards', () => {
    const month = due('2026-11-02T09:00:00Z', 'P1M');
    expect(prolonged(month, 0, new Set(), 'next_working_day')).toBe(month);
    expect(prolonged(month, 3, new Set(), 'next_working_day')).toMatchObject({
      targetDue: '2026-12-05',
      legalDue: '2026-12-07',
    });
    expect(prolonged(month, 3, new Set(), 'none').legalDue).toBe('2026-12-05');
  });
});

describe('retention', () => {
  const held = obtained('2020-01-31T09:00:00Z');
  it('is reviewed three years after the person last took part; our own mails do not count', () => {
    expect(read([held], { now: '2023-01-30T12:00:00Z' })).toMatchObject({
      reviewOn: '2023-01-31',
      lifecycle: 'active',
    });
    expect(read([held], { now: '2023-01-31T12:00:00Z' }).lifecycle).toBe('review_due');
    expect(read([held, logged('2022-05-01T09:00:00Z', 'email')]).reviewOn).toBe('2023-01-31');
    expect(read([held, logged('2022-05-01T09:00:00Z', 'call')]).reviewOn).toBe('2025-05-01');
    expect(read([held, logged('2022-05-01T09:00:00Z', 'email')], { policy: lawIn('CH') }).reviewOn).toBe('2025-05-01');
  });
  it('an officer’s review starts it anew, or sets its own date', () => {
    const kept = (reviewBy: string | null) =>
      officer(fact('retention.reviewed', '2023-02-01T09:00:00Z', { keep: true, reviewBy }));
    expect(read([held, kept(null)]).reviewOn).toBe('2026-02-01');
    expect(read([held, kept('2024-02-01')]).reviewOn).toBe('2024-02-01');
  });
});
