/** The last day, the five minutes, the same moment: where one status ends and the next begins. */
import { describe, expect, it } from 'vitest';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { fold, type Superseded, statusAt } from '../../src/domain/status.ts';
import { by, consented, fact, logged, objected, obtained, officer, shownText, told } from './facts.ts';
import { EU, lawIn, NOW, read } from './people.ts';

const [first, toldThen] = [obtained('2026-11-02T09:00:00Z'), told('2026-11-02T10:00:00Z', 'told')];
const held = [first, toldThen];
const text = shownText(['direct_marketing', 'account_management', 'events']);
const given = (at: string, more: Partial<Payloads['consent.given']> = {}, id = `given-${at}`): Entry =>
  fact('consent.given', at, consented({ text, ...more }), id);
const ended = (
  at: string,
  type: 'consent.withdrawn' | 'consent.refused' = 'consent.withdrawn',
  more: object = {},
): Entry =>
  fact(type, at, { purpose: 'direct_marketing', channel: 'email', via: 'phone', ...more } as never, `${type}-${at}`);
const elsewhere = (entry: Entry): Entry => by(entry, { device: 'd2', actor: 'u2' });
const consent = (...entries: readonly Entry[]) => fold([...held, ...entries]).consents[0];
const email = (entries: readonly Entry[], policy: Policy = EU) =>
  read([...held, ...entries], { policy }).marketable.email;
const implied = (ground: Payloads['consent.implied']['ground'], base: string, channel: 'phone' | null = null): Entry =>
  fact('consent.implied', `${base}T09:00:00Z`, { ground, base, channel });

describe('a consent to marketing', () => {
  it('holds on its last day, and not on the next', () => {
    expect(email([given('2026-11-05T09:00:00Z', { validUntil: '2026-11-20' })]).allowed).toBe(true);
    expect(email([given('2026-11-05T09:00:00Z', { validUntil: '2026-11-19' })])).toEqual({
      allowed: false,
      because: 'no_permission',
    });
  });

  it('given to something else, or on another channel, is none to marketing by e-mail', () => {
    expect(email([given('2026-11-05T09:00:00Z', { purpose: 'events' })]).allowed).toBe(false);
    expect(email([given('2026-11-05T09:00:00Z', { channel: 'phone' })]).allowed).toBe(false);
  });

  it('answers an objection on the same device at any later moment, not at the same one', () => {
    const objection = objected('2026-11-06T09:00:00Z', 'direct_marketing');
    expect(email([objection, given('2026-11-06T09:00:01Z')]).allowed).toBe(true);
    expect(email([given('2026-11-06T09:00:00Z'), objection])).toEqual({ allowed: false, because: 'objected' });
  });

  it('from another device answers one only after the five minutes by which clocks may differ', () => {
    const objection = objected('2026-11-06T09:00:00Z', 'direct_marketing');
    expect(email([objection, elsewhere(given('2026-11-06T09:05:00Z'))]).allowed).toBe(false);
    expect(email([objection, elsewhere(given('2026-11-06T09:05:01Z'))]).allowed).toBe(true);
  });

  it('passes an objection to everything only if it is the person’s own later act; overridden, the marketing half stands', () => {
    const everything = fact('objection.raised', '2026-11-06T09:00:00Z', { scope: 'general' }, 'o');
    expect(email([everything, given('2026-11-08T09:00:00Z')])).toEqual({ allowed: true, because: 'consent' });
    expect(email([everything, given('2026-11-08T09:00:00Z', { evidence: 'stated' })]).because).toBe('objected');
  });
});

describe('consent implied by a ground', () => {
  it('covers its last day, and not the next', () => {
    const canada = lawIn('CA');
    expect(email([implied('inquiry', '2026-05-20')], canada)).toEqual({ allowed: true, because: 'implied' });
    expect(email([implied('inquiry', '2026-05-19')], canada)).toEqual({ allowed: false, because: 'no_permission' });
  });

  it('on one channel covers no other', () => {
    const canada = lawIn('CA');
    expect(email([implied('inquiry', '2026-11-01', 'phone')], canada).allowed).toBe(false);
  });

  it('of a customer is that of a customer or purchase, not of somebody who only asked', () => {
    const law = lawIn('CH');
    const grounds = { existing_customer: [], purchase: ['P2Y'], inquiry: ['P6M'] };
    const switzerland: Policy = { ...law, consent: { ...law.consent, implied: grounds } };
    expect(email([implied('purchase', '2026-11-01')], switzerland).allowed).toBe(true);
    expect(email([implied('existing_customer', '2026-11-01')], switzerland).allowed).toBe(true);
    expect(email([implied('inquiry', '2026-11-01')], switzerland).allowed).toBe(false);
  });

  it('that has no end covers every day; of one that has an end the last day counts, for a customer too', () => {
    const law = lawIn('CH');
    const ends: Policy = { ...law, consent: { ...law.consent, implied: { purchase: ['P6M'] } } };
    expect(email([implied('purchase', '2026-05-20')], ends).allowed).toBe(true);
    expect(email([implied('purchase', '2026-05-19')], ends).allowed).toBe(false);
    expect(email([implied('existing_customer', '1999-05-19')], law).allowed).toBe(true);
  });

  it('is asked for by its own rule: whose address or job it is satisfies no other', () => {
    const ask = (place: string, person: object) =>
      read(held, { policy: lawIn(place), person }).marketable.email.allowed;
    expect(ask('CH', { subscriber: 'corporate' })).toBe(false);
    expect(ask('AU', { jobRelated: true })).toBe(false);
    expect(ask('CA', { jobRelated: true, subscriber: 'corporate' })).toBe(false);
  });

  it('says whether a ground or the law itself lets the message go', () => {
    const because = (place: string, entries: readonly Entry[], person: object = {}) =>
      read([...held, ...entries], { policy: lawIn(place), person }).marketable.email.because;
    expect(because('UK', [], { subscriber: 'corporate' })).toBe('opt_out');
    expect(because('UK', [implied('existing_customer', '2026-11-01')])).toBe('implied');
    expect(because('AU', [implied('existing_customer', '2026-11-01')])).toBe('implied');
    expect(because('FR', [], { jobRelated: true })).toBe('opt_out');
    expect(because('CA', [], { betweenBusinesses: true })).toBe('implied');
    const customer = implied('existing_customer', '2026-11-01');
    const both = (place: string, controller: string) =>
      read([...held, customer], { policy: lawIn(place, { controller }) }).marketable.email.because;
    expect([both('DE', 'US'), both('US', 'DE')]).toEqual(['implied', 'implied']);
    expect(read([...held, customer], { policy: lawIn('DE') }).marketable.phone.because).toBe('implied');
  });

  it('where nobody need be asked, says that an objection is all there is', () => {
    expect(email([], lawIn('US'))).toEqual({ allowed: true, because: 'opt_out' });
  });

  it('counts no more once a consent on that channel was ended', () => {
    expect(email([implied('existing_customer', '2026-11-01'), ended('2026-11-06T09:00:00Z')], lawIn('CH'))).toEqual({
      allowed: false,
      because: 'withdrawn',
    });
  });
});

describe('an end of consent', () => {
  it('is passed by an act later than it, not by one of the same moment, nor by one with evidence of that moment', () => {
    const withdrawal = ended('2026-11-06T09:00:00Z');
    expect(consent(withdrawal, given('2026-11-06T09:00:01Z'))?.state).toBe('renewed');
    expect(consent(withdrawal, given('2026-11-10T09:00:00Z', { evidenceAt: '2026-11-06T09:00:00Z' }))?.state).toBe(
      'withdrawn',
    );
    expect(consent(withdrawal, given('2026-11-10T09:00:00Z', { evidenceAt: '2026-11-06T09:00:01Z' }))?.freshAt).toBe(
      '2026-11-06T09:00:01Z',
    );
  });

  it('that somebody renewed is a conflict too, when it comes from elsewhere within the five minutes', () => {
    const renewed = elsewhere(given('2026-11-06T09:00:00Z'));
    const entries = [given('2026-11-05T09:00:00Z'), renewed, ended('2026-11-06T09:04:00Z')];
    expect(fold([...held, ...entries]).conflicts).toMatchObject([
      { facts: [ended('2026-11-06T09:04:00Z').fact.id, renewed.fact.id] },
    ]);
  });

  it('after which nobody asks: neither a request nor a deferral changes a consent that was renewed', () => {
    const ask = fact('consent.requested', '2026-11-08T09:00:00Z', { purpose: 'direct_marketing', channel: 'email' });
    expect(consent(given('2026-11-05T09:00:00Z'), given('2026-11-06T09:00:00Z'), ask)?.state).toBe('renewed');
    expect(consent(ask)).toMatchObject({ state: 'requested', gaps: [], freshAt: null });
  });

  it('evidence dated after the act shows the act, not a later one', () => {
    expect(consent(given('2026-11-10T09:00:00Z', { evidenceAt: '2026-11-12T09:00:00Z' }))?.freshAt).toBe(
      '2026-11-10T09:00:00Z',
    );
  });

  it('elsewhere is a conflict within exactly five minutes, and none a second later', () => {
    const withdrawal = ended('2026-11-06T09:00:00Z');
    expect(fold([...held, withdrawal, elsewhere(given('2026-11-06T09:05:00Z'))]).conflicts).toHaveLength(1);
    expect(consent(withdrawal, elsewhere(given('2026-11-06T09:05:01Z')))?.state).toBe('renewed');
    const before = elsewhere(given('2026-11-06T09:00:00Z'));
    expect(fold([...held, before, ended('2026-11-06T09:05:00Z')]).conflicts).toMatchObject([
      {
        is: 'consent',
        about: 'direct_marketing/email',
        facts: [ended('2026-11-06T09:05:00Z').fact.id, before.fact.id],
      },
    ]);
    expect(fold([...held, before, ended('2026-11-06T09:05:01Z')]).conflicts).toEqual([]);
  });

  it('a conflict about a basis closes no channel', () => {
    const set = (basis: 'consent' | 'contract') =>
      fact('basis.set', '2026-11-04T09:00:00Z', {
        purpose: 'direct_marketing/email',
        basis,
        assessment: null,
        reviewBy: null,
      });
    expect(email([set('consent'), elsewhere(set('contract'))], lawIn('US')).allowed).toBe(true);
  });

  it('by refusal is no conflict with a consent elsewhere: a refusal simply counts', () => {
    const entries = [elsewhere(given('2026-11-06T09:00:00Z')), ended('2026-11-06T09:03:00Z', 'consent.refused')];
    expect(fold([...held, ...entries])).toMatchObject({ conflicts: [], consents: [{ state: 'refused' }] });
  });

  it('is one gap, however often it is repeated, from the first time on; and has no last day', () => {
    const twice = consent(
      given('2026-11-05T09:00:00Z', { validUntil: '2027-01-01' }),
      ended('2026-11-06T09:00:00Z'),
      ended('2026-11-07T09:00:00Z'),
    );
    expect(twice).toMatchObject({ gaps: [{ from: '2026-11-06T09:00:00Z', until: null }], validUntil: null });
    expect(twice?.ended?.at).toBe('2026-11-07T09:00:00Z');
  });

  it('after a refusal may be a withdrawal; after a withdrawal a refusal does not weaken it', () => {
    expect(consent(ended('2026-11-06T09:00:00Z', 'consent.refused'), ended('2026-11-07T09:00:00Z'))?.state).toBe(
      'withdrawn',
    );
    expect(consent(ended('2026-11-06T09:00:00Z'), ended('2026-11-07T09:00:00Z', 'consent.refused'))?.state).toBe(
      'withdrawn',
    );
  });

  it('stays when a consent after it is invalid, and an invalid one stands where there was nothing else', () => {
    expect(consent(ended('2026-11-06T09:00:00Z'), given('2026-11-07T09:00:00Z', { affirmative: false }))?.state).toBe(
      'withdrawn',
    );
    const invalid = given('2026-11-07T09:00:00Z', { affirmative: false });
    expect(consent(invalid)).toMatchObject({ state: 'invalidated', by: { fact: invalid.fact.id }, ended: null });
  });

  it('that was passed by a stated word later keeps the evidence there was', () => {
    const again = consent(given('2026-11-05T09:00:00Z'), given('2026-11-08T09:00:00Z', { evidence: 'stated' }));
    expect(again).toMatchObject({ state: 'renewed', freshAt: '2026-11-05T09:00:00Z' });
  });

  it('of one purpose on one channel leaves the others', () => {
    const two = [
      given('2026-11-05T09:00:00Z', { purpose: 'events' }),
      given('2026-11-05T10:00:00Z', { channel: 'phone' }),
      given('2026-11-05T11:00:00Z'),
    ];
    const states = (...entries: readonly Entry[]) =>
      Object.fromEntries(
        fold([...held, ...two, ...entries]).consents.map((one) => [`${one.purpose}/${one.channel}`, one.state]),
      );
    expect(states(ended('2026-11-06T09:00:00Z'))).toEqual({
      'direct_marketing/email': 'withdrawn',
      'direct_marketing/phone': 'given',
      'events/email': 'given',
    });
    expect(states(ended('2026-11-06T09:00:00Z', 'consent.withdrawn', { purpose: null }))).toEqual({
      'direct_marketing/email': 'withdrawn',
      'direct_marketing/phone': 'given',
      'events/email': 'withdrawn',
    });
  });

  it('is the person taking part; a refusal that somebody else notes is not', () => {
    expect(fold([...held, ended('2026-11-06T09:00:00Z')]).lastContactBySubject).toBe('2026-11-06T09:00:00Z');
    expect(fold([...held, given('2026-11-07T09:00:00Z')]).lastContactBySubject).toBe('2026-11-07T09:00:00Z');
    expect(fold([...held, ended('2026-11-06T09:00:00Z', 'consent.refused')]).lastContactBySubject).toBeNull();
  });
});

describe('a status at a moment', () => {
  it('of a consent that was ended has no last day and asks for no refresh', () => {
    const status = read([
      ...held,
      given('2020-11-05T09:00:00Z', { text: { ...text, shownAt: '2020-11-05T08:00:00Z' } }),
      ended('2026-11-06T09:00:00Z'),
    ]);
    expect(status.consents).toEqual([
      { purpose: 'direct_marketing', channel: 'email', state: 'withdrawn', validUntil: null, refreshDue: false },
    ]);
  });

  it('of a renewed consent has a last day like one that was given', () => {
    const renewed = [given('2026-11-05T09:00:00Z'), given('2026-11-06T09:00:00Z', { validUntil: '2027-01-01' })];
    expect(read([...held, ...renewed]).consents[0]).toMatchObject({ state: 'renewed', validUntil: '2027-01-01' });
  });

  it('names marketing that was logged between an end and the next consent, and what came before the person was told', () => {
    const marketing = (at: string) => logged(at, 'email', 'direct_marketing');
    const entries = [
      marketing('2026-11-02T09:30:00Z'),
      marketing('2026-11-02T10:00:00Z'),
      given('2026-11-05T09:00:00Z'),
      ended('2026-11-06T09:00:00Z'),
      marketing('2026-11-06T09:00:00Z'),
      given('2026-11-10T09:00:00Z'),
      marketing('2026-11-10T09:00:00Z'),
      logged('2026-11-07T09:00:00Z', 'email', 'events'),
    ];
    expect(read([...held, ...entries]).gapProcessing).toEqual(['a-2026-11-02T09:30:00Z', 'a-2026-11-06T09:00:00Z']);
    const open = [ended('2026-11-06T09:00:00Z'), marketing('2026-11-19T09:00:00Z')];
    expect(read([...held, ...open]).gapProcessing).toEqual(['a-2026-11-19T09:00:00Z']);
    const events = [
      ended('2026-11-06T09:00:00Z', 'consent.withdrawn', { purpose: 'events' }),
      marketing('2026-11-19T09:00:00Z'),
    ];
    expect(read([...held, ...events]).gapProcessing).toEqual([]);
    expect(read([first, marketing('2026-11-19T09:00:00Z')]).gapProcessing).toEqual(['a-2026-11-19T09:00:00Z']);
  });

  it('says by when a review is due, on that day and from then on', () => {
    const review = officer(fact('retention.reviewed', '2026-11-05T09:00:00Z', { keep: true, reviewBy: '2026-11-20' }));
    expect(read([...held, review])).toMatchObject({ lifecycle: 'review_due', reviewOn: '2026-11-20' });
    expect(read([...held, review], { now: '2026-11-19T12:00:00Z' }).lifecycle).toBe('active');
  });

  it('of a request that was extended says so while it runs', () => {
    const request = fact('request.received', '2026-11-02T09:00:00Z', { kind: 'access', via: 'mail', words: null }, 'r');
    const extended = officer(
      fact('request.extended', '2026-11-03T09:00:00Z', { ref: 'r', reason: 'complex', toldAt: '2026-11-03T09:00:00Z' }),
    );
    const state = (...entries: readonly Entry[]) => read([first, request, ...entries]).requests[0]?.state;
    const started = fact('request.started', '2026-11-04T09:00:00Z', { ref: 'r' } as Payloads['request.started']);
    const asked = fact('request.identity_requested', '2026-11-04T09:00:00Z', {
      ref: 'r',
    } as Payloads['request.identity_requested']);
    expect([state(), state(extended), state(extended, started), state(extended, asked), state(started)]).toEqual([
      'received',
      'extended',
      'extended',
      'identity_pending',
      'in_progress',
    ]);
    expect(state(extended, fact('request.fulfilled', '2026-11-05T09:00:00Z', { ref: 'r', how: 'export' }))).toBe(
      'fulfilled',
    );
  });

  it('assumes a basis for account management only where none was set', () => {
    const set = (purpose: string, basis: 'contract' | 'consent') =>
      fact('basis.set', '2026-11-04T09:00:00Z', { purpose, basis, assessment: null, reviewBy: null });
    expect(read([...held, set('events', 'consent')]).bases).toEqual([
      { purpose: 'account_management', basis: 'legitimate_interests', assumed: true },
      { purpose: 'events', basis: 'consent', assumed: false },
    ]);
    expect(read([...held, set('account_management', 'contract')]).bases).toEqual([
      { purpose: 'account_management', basis: 'contract', assumed: false },
    ]);
    expect(read(held, { policy: lawIn('US') })).toMatchObject({ bases: [], basisMissing: false });
    const unassumed: Policy = { ...EU, basisAssumed: null };
    expect(read(held, { policy: unassumed }).basisMissing).toBe(true);
  });

  it('misses a basis that is a consent while none to that very purpose holds', () => {
    const set = fact('basis.set', '2026-11-04T09:00:00Z', {
      purpose: 'account_management',
      basis: 'consent',
      assessment: null,
      reviewBy: null,
    });
    const to = (purpose: string, more: Partial<Payloads['consent.given']> = {}) =>
      given('2026-11-05T09:00:00Z', { purpose, ...more });
    expect(read([...held, set]).basisMissing).toBe(true);
    expect(read([...held, set, to('events')]).basisMissing).toBe(true);
    expect(read([...held, set, to('account_management')]).basisMissing).toBe(false);
    expect(read([...held, set, to('account_management', { validUntil: '2026-11-19' })]).basisMissing).toBe(true);
  });

  it('is to be erased once every basis was a consent and each was withdrawn, and not before', () => {
    const set = (purpose: string, basis: 'consent' | 'contract') =>
      fact('basis.set', '2026-11-04T09:00:00Z', { purpose, basis, assessment: null, reviewBy: null });
    const withdrawnFrom = (purpose: string) => ended('2026-11-06T09:00:00Z', 'consent.withdrawn', { purpose });
    const account = [set('account_management', 'consent'), withdrawnFrom('account_management')];
    const lifecycle = (...entries: readonly Entry[]) => read([...held, ...entries]).lifecycle;
    expect(lifecycle(...account)).toBe('erasure_pending');
    expect(lifecycle(...account, set('events', 'consent'))).toBe('active');
    expect(lifecycle(...account, set('events', 'contract'))).toBe('active');
    expect(lifecycle(set('account_management', 'consent'))).toBe('active');
    expect(lifecycle(set('account_management', 'contract'), withdrawnFrom('account_management'))).toBe('active');
    const elsewise = given('2026-11-07T09:00:00Z', { purpose: 'events' });
    expect(lifecycle(...account, elsewise)).toBe('erasure_pending');
  });

  it('shows no notice on its way once the person was told, nor a clock', () => {
    const attempt = fact(
      'notice.attempted',
      '2026-11-03T09:00:00Z',
      { noticeId: 'n', version: '1', kind: 'indirect', language: 'en', route: 'mail', textHash: 'h' },
      'a',
    );
    expect(read([first, attempt])).toMatchObject({ pending: { fact: 'a' }, day: { n: 18, m: 30 }, daysLeft: 12 });
    expect(read([...held, attempt])).toMatchObject({ pending: null, deadline: null, day: null, daysLeft: null });
  });

  it('of somebody whom only the CRM shows is read from what it shows', () => {
    const met = { at: '2026-11-02T09:00:00Z', kind: 'indirect', anchorFromCrm: true, connectedAt: null } as const;
    expect(statusAt(fold([]), NOW, EU, met)).toMatchObject({ anchorFromCrm: true, disclosure: 'due', daysLeft: 12 });
    expect(statusAt(fold([]), NOW, EU)).toMatchObject({ anchorFromCrm: false, disclosure: 'unknown', deadline: null });
  });

  it('lists open conflicts, and none that an officer settled', () => {
    const set = (basis: 'consent' | 'contract', id: string) =>
      fact('basis.set', '2026-11-04T09:00:00Z', { purpose: 'events', basis, assessment: null, reviewBy: null }, id);
    const two = [...held, set('consent', 'mine'), elsewhere(set('contract', 'theirs'))];
    expect(read(two).conflicts.map(({ id }) => id)).toEqual(['basis:mine+theirs']);
    const settle = (conflict: string) =>
      officer(fact('conflict.settled', '2026-11-06T09:00:00Z', { conflict, keep: 'theirs', reason: 'r' }));
    expect(read([...two, settle('another')]).conflicts).toHaveLength(1);
    expect(read([...two, settle('basis:mine+theirs')])).toMatchObject({
      conflicts: [],
      bases: [{ assumed: true }, { purpose: 'events', basis: 'contract' }],
    });
  });
});

describe('a notice', () => {
  const version = (noticeId: string, number: string, at: string, id: string): Entry =>
    fact(
      'notice.delivered',
      at,
      {
        noticeId,
        version: number,
        kind: 'indirect',
        language: 'en',
        route: 'mail',
        textHash: 'h',
        evidence: 'artefact',
        attempt: null,
        activity: null,
      },
      id,
    );
  const replaced = { noticeId: 'n', version: '2', material: true, purposes: ['account_management'], at: NOW } as const;
  const staleBy = (superseded: Superseded, ...entries: readonly Entry[]) =>
    read([first, ...entries], { person: { superseded: [superseded] } }).stale;

  it('is replaced from its very moment on, and only told anew by its own later version', () => {
    expect(staleBy(replaced, toldThen)).toEqual(replaced);
    expect(staleBy({ ...replaced, at: '2026-11-20T12:00:01Z' }, toldThen)).toBeNull();
    expect(staleBy(replaced, toldThen, version('n', '2', '2026-11-10T09:00:00Z', 'b'))).toBeNull();
    expect(staleBy(replaced, toldThen, version('m', '2', '2026-11-10T09:00:00Z', 'b'))).toEqual(replaced);
  });

  it('in a language that nobody asked about is no mismatch, nor where nobody knows what the person reads', () => {
    const reads = (languages: readonly string[], policy: Policy = EU) =>
      read(held, { policy, person: { languages } }).languageMismatch;
    expect([reads([]), reads(['en-GB']), reads(['fr', 'EN']), reads(['fr'])]).toEqual([false, false, false, true]);
    const lax: Policy = { ...EU, notice: { ...EU.notice, languageMustMatch: 'no' } };
    expect(reads(['fr'], lax)).toBe(false);
  });

  it('that is acknowledged is the one that counts, not another one', () => {
    const second = version('n', '1', '2026-11-10T09:00:00Z', 'second');
    const acknowledged = (ref: string) => fact('notice.acknowledged', '2026-11-11T09:00:00Z', { ref, how: 'reply' });
    expect(read([...held, second, acknowledged('told')]).disclosure).toBe('acknowledged');
    expect(read([...held, second, acknowledged('second')]).disclosure).toBe('disclosed');
  });

  it('is claimed where it is dated in time, entered late, and nothing but a word stands for it', () => {
    const late = by(toldThen, { recordedAt: '2026-12-10T09:00:00Z' });
    const now = '2026-12-12T12:00:00Z';
    expect(read([first, late], { now })).toMatchObject({ claimed: true, lateTold: false });
    expect(read(held, { now }).claimed).toBe(false);
    expect(read([first], { now }).claimed).toBe(false);
    const proof = fact('evidence.attached', '2026-12-11T09:00:00Z', {
      ref: 'told',
      kind: 'mail',
      content: { content: 'c', commit: 'h' },
    });
    expect(read([first, late, proof], { now }).claimed).toBe(false);
    const tooLate = told('2026-12-09T09:00:00Z', 'late');
    expect(read([first, tooLate], { now })).toMatchObject({ claimed: false, lateTold: true });
  });
});

describe('the anchor of the clock', () => {
  const claim = fact(
    'ownership.claimed',
    '2026-11-04T09:00:00Z',
    { basisOfClaim: 'b', preExistingSince: null },
    'claim',
  );
  const confirmed = by(officer(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'claim' })), {
    actor: 'officer',
  });
  const transferred = fact('ownership.transferred', '2026-11-10T09:00:00Z', { to: 'company' });

  it('of a contact that was handed over is the hand-over: nothing of the CRM’s, and nothing assumed', () => {
    const disclosed: Policy = { ...EU, notice: { ...EU.notice, processorIsRecipient: true } };
    const local = obtained('2026-11-02T09:00:00Z', { anchorFromCrm: false, link: null, source: 'mention' });
    const moved = [local, claim, confirmed, transferred];
    expect(read(moved, { policy: disclosed })).toMatchObject({
      anchorAssumed: false,
      deadline: { anchorOn: '2026-11-10', legalDue: '2026-12-10' },
      dueBecause: 'period',
    });
    expect(read([...moved, logged('2026-11-10T09:00:00Z', 'call')]).communicationDue).toBe('2026-11-10');
  });

  it('is assumed, and says so, only where facts are held that nobody anchored', () => {
    const orphan = logged('2026-11-05T09:00:00Z', 'note');
    expect(read([orphan])).toMatchObject({ anchorAssumed: true, deadline: { anchorOn: '2026-11-05' }, backlog: false });
    expect(read([first, orphan]).anchorAssumed).toBe(false);
    expect(read([]).anchorAssumed).toBe(false);
    const disclosed: Policy = { ...EU, notice: { ...EU.notice, processorIsRecipient: true } };
    expect(read([orphan], { policy: disclosed }).dueBecause).toBe('period');
  });

  it('where the CRM’s provider is a recipient, whoever is in the CRM was disclosed when they were obtained', () => {
    const strict: Policy = {
      ...EU,
      notice: {
        ...EU.notice,
        processorIsRecipient: true,
        indirect: { due: ['P1M'], earliestOf: ['first_disclosure'] },
      },
    };
    const because = (more: Parameters<typeof obtained>[1]) =>
      read([obtained('2026-11-02T09:00:00Z', more)], { policy: strict }).dueBecause;
    expect(because({})).toBe('first_disclosure');
    expect(because({ anchorFromCrm: false })).toBe('first_disclosure');
    expect(because({ link: null })).toBe('first_disclosure');
    expect(because({ anchorFromCrm: false, link: null })).toBe('period');
  });

  it('a second trigger that comes later is not why a deadline is what it is', () => {
    const both: Policy = {
      ...EU,
      notice: {
        ...EU.notice,
        indirect: { due: ['P1M'], earliestOf: ['first_communication', 'first_disclosure'] },
      },
    };
    const disclosed = fact('disclosure.first', '2026-11-15T09:00:00Z', { recipient: 'partner' });
    expect(read([first, logged('2026-11-10T09:00:00Z', 'call'), disclosed], { policy: both })).toMatchObject({
      dueBecause: 'first_communication',
      noticeDueOn: '2026-11-10',
    });
  });
});

describe('at the edge of a reading', () => {
  const set = (purpose: string, basis: 'consent' | 'contract') =>
    fact('basis.set', '2026-11-04T09:00:00Z', { purpose, basis, assessment: null, reviewBy: null });
  const account = 'account_management';

  it('whoever withdrew on one channel and renewed on another has something left; a refusal alone is no withdrawal', () => {
    const phone = { purpose: account, channel: 'phone' } as const;
    const renewed = [given('2026-11-05T09:00:00Z', phone), given('2026-11-06T09:00:00Z', phone)];
    const withdrawal = ended('2026-11-07T09:00:00Z', 'consent.withdrawn', { purpose: account });
    expect(read([...held, set(account, 'consent'), ...renewed, withdrawal]).lifecycle).toBe('active');
    const refusal = ended('2026-11-07T09:00:00Z', 'consent.refused', { purpose: account });
    expect(read([...held, set(account, 'consent'), refusal]).lifecycle).toBe('active');
  });

  it('the basis of another purpose stands in for none of account management', () => {
    expect(read([...held, set('a first purpose', 'contract'), set(account, 'consent')]).basisMissing).toBe(true);
  });

  it('people are brought before somebody on the day on which three quarters are used up', () => {
    const weeks: Policy = { ...EU, notice: { ...EU.notice, indirect: { due: ['P4W'], earliestOf: [] } } };
    const escalates = (at: string) => read([obtained(at)], { policy: weeks }).escalate;
    expect([escalates('2026-10-30T09:00:00Z'), escalates('2026-10-31T09:00:00Z')]).toEqual([true, false]);
  });
});
