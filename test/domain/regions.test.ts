import { describe, expect, it } from 'vitest';
import { eraseTargets } from '../../src/domain/erasure.ts';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { fold } from '../../src/domain/status.ts';
import { by, consented, fact, logged, objected, obtained, officer, shownText, told } from './facts.ts';
import { EU, lawIn, NOW, read } from './people.ts';

const held = [obtained('2026-11-02T09:00:00Z'), told('2026-11-02T10:00:00Z', 'told')];
const text = shownText(['direct_marketing']);
const given = (at: string, more: Partial<Payloads['consent.given']> = {}, id = `given-${at}`): Entry =>
  fact('consent.given', at, consented({ text, ...more }), id);
const withdrawn = (at: string, more: Partial<Payloads['consent.withdrawn']> = {}): Entry =>
  fact(
    'consent.withdrawn',
    at,
    { purpose: 'direct_marketing', channel: 'email', via: 'phone', ...more },
    `withdrawn-${at}`,
  );
const elsewhere = (entry: Entry): Entry => by(entry, { device: 'd2', actor: 'u2' });
const consent = (entries: readonly Entry[], now = NOW, policy: Policy = EU) =>
  read([...held, ...entries], { now, policy }).consents[0];

describe('consent', () => {
  it('is never implied by being told, or by an acknowledgement', () => {
    expect(read(held)).toMatchObject({
      consents: [],
      marketable: { email: { allowed: false, because: 'no_permission' } },
    });
  });

  it('given by the person, after the text, with the purpose in it, is a consent', () => {
    expect(consent([given('2026-11-05T09:00:00Z')])?.state).toBe('given');
    expect(read([...held, given('2026-11-05T09:00:00Z')]).marketable.email).toEqual({
      allowed: true,
      because: 'consent',
    });
    expect(read([...held, given('2026-11-05T09:00:00Z')]).marketable.phone.allowed).toBe(false);
  });

  it.each([
    ['no text was shown', { text: null }],
    ['the text came after', { text: { ...text, shownAt: '2026-11-06T09:00:00Z' } }],
    ['the purpose is not in the text', { text: { ...text, purposes: ['events'] } }],
    ['a manager ticked it', { indicatedBy: 'manager' as const }],
    ['nobody acted', { affirmative: false }],
  ])('is none where %s, and that is flagged', (_, more) => {
    const entries = [given('2026-11-05T09:00:00Z', more)];
    expect(consent(entries)?.state).toBe('invalidated');
    expect(read([...held, ...entries]).findings).toMatchObject([{ is: 'consent_invalid' }]);
  });

  it('an invalid one takes nothing from a valid one', () => {
    expect(consent([given('2026-11-05T09:00:00Z'), given('2026-11-06T09:00:00Z', { affirmative: false })])?.state).toBe(
      'given',
    );
  });

  it('given again is renewed', () => {
    expect(consent([given('2026-11-05T09:00:00Z'), given('2026-11-06T09:00:00Z')])?.state).toBe('renewed');
    expect(
      consent([given('2026-11-05T09:00:00Z'), given('2026-11-06T09:00:00Z'), given('2026-11-07T09:00:00Z')])?.state,
    ).toBe('renewed');
  });

  it('is requested, deferred, refused; a request asks nothing of what was answered', () => {
    const ask = (type: 'consent.requested' | 'consent.deferred' | 'consent.refused', at: string) =>
      fact(type, at, { purpose: 'direct_marketing', channel: 'email' });
    expect(consent([ask('consent.requested', '2026-11-05T09:00:00Z')])?.state).toBe('requested');
    expect(
      consent([ask('consent.requested', '2026-11-05T09:00:00Z'), ask('consent.deferred', '2026-11-06T09:00:00Z')])
        ?.state,
    ).toBe('deferred');
    expect(
      consent([ask('consent.refused', '2026-11-05T09:00:00Z'), ask('consent.requested', '2026-11-06T09:00:00Z')])
        ?.state,
    ).toBe('refused');
    expect(consent([given('2026-11-05T09:00:00Z'), ask('consent.deferred', '2026-11-06T09:00:00Z')])?.state).toBe(
      'given',
    );
    expect(consent([withdrawn('2026-11-05T09:00:00Z'), ask('consent.refused', '2026-11-06T09:00:00Z')])?.state).toBe(
      'withdrawn',
    );
  });

  it('expires on its last day, without any event', () => {
    const entries = [given('2026-11-05T09:00:00Z', { validUntil: '2026-11-20' })];
    expect(consent(entries, '2026-11-20T22:00:00Z')?.state).toBe('given');
    expect(consent(entries, '2026-11-20T23:30:00Z')?.state).toBe('expired');
    expect(read([...held, ...entries], { now: '2026-11-21T12:00:00Z' }).marketable.email.allowed).toBe(false);
  });

  it('expires when the law says, if that is sooner; is due for a refresh after two years', () => {
    const short: Policy = { ...EU, consent: { ...EU.consent, expires: ['P7D'] } };
    expect(consent([given('2026-11-05T09:00:00Z', { validUntil: '2027-11-20' })], NOW, short)).toMatchObject({
      state: 'expired',
      validUntil: '2026-11-12',
    });
    expect(consent([given('2026-11-05T09:00:00Z')], '2028-11-05T12:00:00Z')?.refreshDue).toBe(false);
    expect(consent([given('2026-11-05T09:00:00Z')], '2028-11-06T12:00:00Z')?.refreshDue).toBe(true);
  });

  it('is ended by an officer who revokes or invalidates it', () => {
    const revoked = officer(
      fact('consent.revoked', '2026-11-06T09:00:00Z', {
        purpose: 'direct_marketing',
        channel: 'email',
        why: 'authority',
      }),
    );
    expect(consent([given('2026-11-05T09:00:00Z'), revoked])?.state).toBe('revoked');
    const never = officer(
      fact('consent.invalidated', '2026-11-06T09:00:00Z', { ref: 'given-2026-11-05T09:00:00Z', why: 'forged' }),
    );
    expect(consent([given('2026-11-05T09:00:00Z'), never])?.state).toBe('invalidated');
    expect(
      consent([
        given('2026-11-05T09:00:00Z'),
        officer(fact('consent.invalidated', '2026-11-06T09:00:00Z', { ref: 'x', why: '' })),
      ])?.state,
    ).toBe('given');
  });
});

describe('a withdrawal', () => {
  it('ends the consent, and arrives late as well as early', () => {
    const both = [given('2026-11-05T09:00:00Z'), withdrawn('2026-11-06T09:00:00Z')];
    expect(consent(both)?.state).toBe('withdrawn');
    expect(consent([...both].reverse())?.state).toBe('withdrawn');
    expect(read([...held, ...both])).toMatchObject({
      badge: 'withdrawn',
      marketable: { email: { allowed: false, because: 'withdrawn' } },
    });
  });

  it('of everything ends every purpose and channel, and says no to marketing on those nobody asked about', () => {
    const entries = [
      given('2026-11-05T09:00:00Z'),
      given('2026-11-05T10:00:00Z', { channel: 'phone' }),
      withdrawn('2026-11-06T09:00:00Z', { purpose: null, channel: null }),
    ];
    const { consents } = read([...held, ...entries]);
    expect(new Set(consents.map(({ state }) => state))).toEqual(new Set(['withdrawn']));
    expect(consents.map(({ channel }) => channel)).toEqual(['email', 'message', 'phone', 'post']);
  });

  it('of everything, where nothing was ever given, still says no to marketing', () => {
    const nothing = withdrawn('2026-11-06T09:00:00Z', { purpose: null, channel: null });
    const { consents, badge } = read([...held, nothing], { policy: lawIn('US') });
    expect(consents.map(({ purpose, state }) => [purpose, state])).toEqual(
      Array.from({ length: 4 }, () => ['direct_marketing', 'withdrawn']),
    );
    expect(badge).toBe('withdrawn');
    expect(read([...held, nothing], { policy: lawIn('US') }).marketable.email.allowed).toBe(false);
  });

  it('of a purpose is remembered on every channel, also where nobody had consented', () => {
    expect(
      read([...held, withdrawn('2026-11-06T09:00:00Z', { channel: null })]).consents.map(({ channel, state }) => [
        channel,
        state,
      ]),
    ).toEqual([
      ['email', 'withdrawn'],
      ['message', 'withdrawn'],
      ['phone', 'withdrawn'],
      ['post', 'withdrawn'],
    ]);
  });

  it('is passed by a later act of the person with evidence of its own: renewed, and the gap is reported', () => {
    const entries = [given('2026-11-05T09:00:00Z'), withdrawn('2026-11-06T09:00:00Z'), given('2026-11-10T09:00:00Z')];
    const state = fold([...held, ...entries]);
    expect(state.consents[0]).toMatchObject({
      state: 'renewed',
      gaps: [{ from: '2026-11-06T09:00:00Z', until: '2026-11-10T09:00:00Z' }],
    });
    const marketing = [
      logged('2026-11-07T09:00:00Z', 'email', 'direct_marketing'),
      logged('2026-11-11T09:00:00Z', 'email', 'direct_marketing'),
      logged('2026-11-08T09:00:00Z'),
    ];
    expect(read([...held, ...entries, ...marketing]).gapProcessing).toEqual(['a-2026-11-07T09:00:00Z']);
  });

  it('is not passed by a manager’s tick: withdrawn, and an officer looks', () => {
    const entries = [withdrawn('2026-11-06T09:00:00Z'), given('2026-11-10T09:00:00Z', { evidence: 'stated' })];
    expect(consent(entries)?.state).toBe('withdrawn');
    expect(read([...held, ...entries]).conflicts).toMatchObject([
      { is: 'consent_without_evidence', about: 'direct_marketing/email' },
    ]);
  });

  it('is not passed by evidence that is older than itself', () => {
    const entries = [
      withdrawn('2026-11-06T09:00:00Z'),
      given('2026-11-10T09:00:00Z', { evidenceAt: '2026-11-05T09:00:00Z' }),
    ];
    expect(consent(entries)?.state).toBe('withdrawn');
  });

  it('written elsewhere, unseen: the person’s own later act passes it, a tick does not', () => {
    expect(consent([withdrawn('2026-11-06T09:00:00Z'), elsewhere(given('2026-11-10T09:00:00Z'))])?.state).toBe(
      'renewed',
    );
    expect(
      consent([withdrawn('2026-11-06T09:00:00Z'), elsewhere(given('2026-11-10T09:00:00Z', { evidence: 'stated' }))])
        ?.state,
    ).toBe('withdrawn');
  });

  it('within five minutes of a consent elsewhere, neither having seen the other: withdrawn, and a conflict', () => {
    const after = [withdrawn('2026-11-06T09:00:00Z'), elsewhere(given('2026-11-06T09:04:00Z'))];
    const before = [elsewhere(given('2026-11-06T09:00:00Z')), withdrawn('2026-11-06T09:04:00Z')];
    for (const entries of [after, before]) {
      expect(consent(entries)?.state).toBe('withdrawn');
      expect(read([...held, ...entries]).conflicts).toMatchObject([{ is: 'consent' }]);
      expect(read([...held, ...entries]).marketable.email.allowed).toBe(false);
    }
  });

  it('within five minutes, but seen by whoever wrote the consent: the later act counts', () => {
    const first = withdrawn('2026-11-06T09:00:00Z');
    const seen = by(elsewhere(given('2026-11-06T09:04:00Z')), { parents: [first.hash] });
    expect(consent([first, seen])?.state).toBe('renewed');
    expect(consent([first, given('2026-11-06T09:04:00Z')])?.state).toBe('renewed');
    expect(read([...held, given('2026-11-06T09:00:00Z'), withdrawn('2026-11-06T09:04:00Z')]).conflicts).toEqual([]);
  });
});

describe('marketing by country', () => {
  const customer = fact('consent.implied', '2026-11-03T09:00:00Z', {
    ground: 'existing_customer',
    base: '2026-11-03',
    channel: null,
  });
  const mail = (place: string, entries: readonly Entry[] = [], person: object = {}, controller?: string) =>
    read([...held, ...entries], { policy: lawIn(place, controller ? { controller } : {}), person }).marketable.email;

  it.each([
    ['DE', [], {}, false],
    ['DE', [customer], {}, true],
    ['FR', [], {}, false],
    ['FR', [], { jobRelated: true }, true],
    ['UK', [], {}, false],
    ['UK', [], { subscriber: 'corporate' }, true],
    ['UK', [], { subscriber: 'individual' }, false],
    ['UK', [customer], { subscriber: 'individual' }, true],
    ['CH', [], {}, false],
    ['CH', [customer], {}, true],
    ['CA', [], {}, false],
    ['CA', [], { betweenBusinesses: true }, true],
    ['US', [], {}, true],
    ['BR', [], {}, true],
    ['AU', [], {}, false],
    ['AU', [customer], {}, true],
    ['EU', [customer], {}, false],
  ] as const)('%s: %#', (place, entries, person, allowed) => {
    expect(mail(place, entries, person).allowed).toBe(allowed);
  });

  it('a consent satisfies every rule; two laws must both be satisfied', () => {
    for (const place of ['DE', 'FR', 'UK', 'CH', 'CA', 'US', 'BR', 'AU', 'EU'])
      expect(mail(place, [given('2026-11-05T09:00:00Z')])).toEqual({ allowed: true, because: 'consent' });
    expect(mail('US', [], {}, 'DE').allowed).toBe(false);
    expect(mail('US', [customer], {}, 'DE')).toEqual({ allowed: true, because: 'implied' });
  });

  it('by telephone in Germany: presumed from a ground or from the job', () => {
    const call = (entries: readonly Entry[], person: object = {}) =>
      read([...held, ...entries], { policy: lawIn('DE'), person }).marketable.phone.allowed;
    expect([call([]), call([customer]), call([], { jobRelated: true })]).toEqual([false, true, true]);
  });

  it('stops with a restriction, an objection, an erasure, whatever was agreed', () => {
    const yes = given('2026-11-05T09:00:00Z');
    const because = (entry: Entry) => read([...held, yes, entry]).marketable.email.because;
    expect(because(fact('restriction.set', '2026-11-06T09:00:00Z', { ground: 'claims' }))).toBe('restricted');
    expect(because(objected('2026-11-06T09:00:00Z', 'direct_marketing'))).toBe('objected');
    expect(because(objected('2026-11-06T09:00:00Z'))).toBe('objected');
    expect(because(fact('erasure.requested', '2026-11-06T09:00:00Z', { ground: 'objection', ref: null }))).toBe(
      'erased',
    );
  });

  it('an open conflict about a consent closes its channel, and no other', () => {
    const entries = [withdrawn('2026-11-06T09:00:00Z'), elsewhere(given('2026-11-06T09:04:00Z'))];
    expect(read([...held, ...entries], { policy: lawIn('US') }).marketable).toMatchObject({
      email: { allowed: false, because: 'conflict' },
      phone: { allowed: true, because: 'opt_out' },
    });
  });

  it('an open conflict about a consent closes the channel until an officer settled it', () => {
    const entries = [withdrawn('2026-11-06T09:00:00Z'), elsewhere(given('2026-11-06T09:04:00Z'))];
    const [conflict] = read([...held, ...entries]).conflicts;
    const settled = officer(
      fact('conflict.settled', '2026-11-07T09:00:00Z', {
        conflict: conflict?.id ?? '',
        keep: null,
        reason: 'asked her',
      }),
    );
    const status = read([...held, ...entries, settled], { policy: lawIn('US') });
    expect(status.conflicts).toEqual([]);
    expect(status.marketable.email).toEqual({ allowed: false, because: 'withdrawn' });
  });

  it('a later fresh act of the person answers an objection on its channel', () => {
    const entries = [objected('2026-11-06T09:00:00Z', 'direct_marketing'), given('2026-11-08T09:00:00Z')];
    expect(read([...held, ...entries]).marketable).toMatchObject({
      email: { allowed: true },
      phone: { allowed: false, because: 'objected' },
    });
    expect(
      read([
        ...held,
        objected('2026-11-06T09:00:00Z', 'direct_marketing'),
        given('2026-11-08T09:00:00Z', { evidence: 'stated' }),
      ]).marketable.email.allowed,
    ).toBe(false);
    expect(
      read([...held, objected('2026-11-06T09:00:00Z', 'direct_marketing'), elsewhere(given('2026-11-06T09:03:00Z'))])
        .marketable.email.allowed,
    ).toBe(false);
  });
});

describe('objections', () => {
  const general = fact('objection.raised', '2026-11-04T09:00:00Z', { scope: 'general' }, 'general');
  const resolved = (outcome: 'upheld' | 'overridden', ref = 'general') =>
    officer(fact('objection.resolved', '2026-11-06T09:00:00Z', { ref, outcome, reason: 'r' }));

  it('a general one is pending, then upheld or overridden by an officer', () => {
    expect(read([...held, general]).objections).toEqual({ marketing: true, general: 'pending' });
    expect(read([...held, general, resolved('upheld')])).toMatchObject({
      objection: 'general',
      objections: { general: 'upheld' },
    });
    expect(read([...held, general, resolved('overridden')])).toMatchObject({
      objection: 'direct_marketing',
      objections: { general: 'overridden' },
      badge: 'objected',
    });
  });

  it('overriding it leaves its marketing half in force', () => {
    expect(read([...held, general, resolved('overridden')], { policy: lawIn('US') }).marketable.email).toEqual({
      allowed: false,
      because: 'objected',
    });
  });

  it('one to marketing cannot be overridden: that is flagged and changes nothing', () => {
    const marketing = fact('objection.raised', '2026-11-04T09:00:00Z', { scope: 'direct_marketing' }, 'marketing');
    expect(read([...held, marketing, resolved('overridden', 'marketing')])).toMatchObject({
      objection: 'direct_marketing',
      findings: [{ is: 'marketing_objection_stands' }],
    });
  });

  it('a manager resolves nothing', () => {
    const entry = by(resolved('overridden'), { role: 'manager' });
    expect(read([...held, general, entry])).toMatchObject({ objection: 'general', findings: [{ is: 'officer_only' }] });
  });
});

describe('restrictions', () => {
  const set = fact('restriction.set', '2026-11-04T09:00:00Z', { ground: 'accuracy' }, 'set');
  const lifted = (informedAt: string, ref = 'set') =>
    officer(fact('restriction.lifted', '2026-11-06T09:00:00Z', { ref, informedAt }));
  it('stand until an officer lifts them, after the person was informed (Art. 18(3))', () => {
    expect(read([...held, set])).toMatchObject({ badge: 'restricted', restricted: 'accuracy' });
    expect(read([...held, set, lifted('2026-11-06T08:00:00Z')]).restricted).toBeNull();
    expect(read([...held, set, lifted('2026-11-07T08:00:00Z')])).toMatchObject({
      restricted: 'accuracy',
      findings: [{ is: 'person_not_informed' }],
    });
    expect(read([...held, set, by(lifted('2026-11-06T08:00:00Z'), { role: 'manager' })]).restricted).toBe('accuracy');
  });
  it('each stands on its own', () => {
    const second = fact('restriction.set', '2026-11-05T09:00:00Z', { ground: 'claims' }, 'second');
    expect(read([...held, set, second, lifted('2026-11-06T08:00:00Z')]).restricted).toBe('claims');
  });
  it('a rectification is recorded and restricts nothing', () => {
    expect(
      read([...held, fact('data.rectified', '2026-11-05T09:00:00Z', { ref: null, fields: ['title'] })]).badge,
    ).toBe('told');
  });
});

describe('bases', () => {
  const set = (
    basis: Payloads['basis.set']['basis'],
    at = '2026-11-04T09:00:00Z',
    purpose = 'account_management',
    id = `${basis}-${at}`,
  ) => fact('basis.set', at, { purpose, basis, assessment: null, reviewBy: null }, id);
  const change = (
    from: Payloads['basis.set']['basis'],
    basis: Payloads['basis.set']['basis'],
    at: string,
    purpose = 'account_management',
  ) => fact('basis.changed', at, { purpose, from, basis, why: 'w', assessment: 'LIA-7', reviewBy: null });

  it('account management rests on what the notices name until somebody records another', () => {
    expect(read(held)).toMatchObject({
      bases: [{ purpose: 'account_management', basis: 'legitimate_interests', assumed: true }],
      basisMissing: false,
    });
    expect(read([...held, set('contract')]).bases).toEqual([
      { purpose: 'account_management', basis: 'contract', assumed: false },
    ]);
  });

  it('nothing is assumed where the policy says so: then none is there, and the gate holds', () => {
    expect(read(held, { policy: { ...EU, basisAssumed: null } })).toMatchObject({ bases: [], basisMissing: true });
  });

  it('a basis that is a consent holds while the consent does', () => {
    const account = { purpose: 'account_management', text: { ...text, purposes: ['account_management'] } };
    expect(read([...held, set('consent')]).basisMissing).toBe(true);
    expect(read([...held, set('consent'), given('2026-11-05T09:00:00Z', account)]).basisMissing).toBe(false);
    expect(
      read([
        ...held,
        set('consent'),
        given('2026-11-05T09:00:00Z', account),
        withdrawn('2026-11-06T09:00:00Z', { purpose: null }),
      ]).basisMissing,
    ).toBe(true);
  });

  it('of two managers are a conflict; the narrower one counts until an officer keeps one', () => {
    const mine = set('contract');
    const theirs = elsewhere(set('legitimate_interests', '2026-11-05T09:00:00Z'));
    const status = read([...held, mine, theirs]);
    expect(status.conflicts).toMatchObject([{ is: 'basis', about: 'account_management' }]);
    expect(status.bases[0]?.basis).toBe('legitimate_interests');
    const settled = officer(
      fact('conflict.settled', '2026-11-06T09:00:00Z', {
        conflict: status.conflicts[0]?.id ?? '',
        keep: mine.fact.id,
        reason: 'r',
      }),
    );
    expect(read([...held, mine, theirs, settled])).toMatchObject({ conflicts: [], bases: [{ basis: 'contract' }] });
    expect(read([...held, set('contract'), elsewhere(set('consent', '2026-11-05T09:00:00Z'))]).bases[0]?.basis).toBe(
      'consent',
    );
    expect(
      read([...held, set('contract'), elsewhere(set('contract', '2026-11-05T09:00:00Z', 'account_management', 'same'))])
        .conflicts,
    ).toEqual([]);
  });

  it('a change that saw what it replaces is a succession', () => {
    const first = set('contract');
    const after = by(elsewhere(change('contract', 'legitimate_interests', '2026-11-05T09:00:00Z')), {
      parents: [first.hash],
    });
    expect(read([...held, first, after])).toMatchObject({ conflicts: [], bases: [{ basis: 'legitimate_interests' }] });
    const unseen = elsewhere(change('contract', 'legitimate_interests', '2026-11-05T09:00:00Z'));
    expect(read([...held, first, unseen]).conflicts).toMatchObject([{ is: 'basis' }]);
  });

  it('are not swapped after a withdrawal (EDPB 05/2020)', () => {
    const entries = [
      set('consent', '2026-11-04T09:00:00Z', 'direct_marketing'),
      given('2026-11-05T09:00:00Z'),
      withdrawn('2026-11-06T09:00:00Z'),
    ];
    const swap = change('consent', 'legitimate_interests', '2026-11-07T09:00:00Z', 'direct_marketing');
    expect(read([...held, ...entries, swap])).toMatchObject({ findings: [{ is: 'basis_swapped' }] });
    expect(read([...held, ...entries, swap]).bases).toContainEqual({
      purpose: 'direct_marketing',
      basis: 'consent',
      assumed: false,
    });
  });

  it('a withdrawal for one purpose leaves the basis of another alone', () => {
    const entries = [
      set('consent', '2026-11-04T09:00:00Z', 'events'),
      given('2026-11-05T09:00:00Z'),
      withdrawn('2026-11-06T09:00:00Z'),
    ];
    const swap = change('consent', 'legitimate_interests', '2026-11-07T09:00:00Z', 'events');
    expect(read([...held, ...entries, swap])).toMatchObject({ findings: [] });
    expect(read([...held, ...entries, swap]).bases).toContainEqual({
      purpose: 'events',
      basis: 'legitimate_interests',
      assumed: false,
    });
  });

  it('when the only basis was a consent and it was withdrawn, nothing is left to keep the data for', () => {
    const account = { purpose: 'account_management', text: { ...text, purposes: ['account_management'] } };
    const entries = [
      set('consent'),
      given('2026-11-05T09:00:00Z', account),
      withdrawn('2026-11-06T09:00:00Z', { purpose: 'account_management' }),
    ];
    expect(read([...held, ...entries])).toMatchObject({ lifecycle: 'erasure_pending', badge: 'erasure_pending' });
    expect(read([...held, ...entries.slice(0, 2)]).lifecycle).toBe('active');
    const byPhone = given('2026-11-07T09:00:00Z', { ...account, channel: 'phone' });
    expect(read([...held, ...entries, byPhone]).lifecycle).toBe('active');
  });
});

describe('ownership', () => {
  const claim = fact(
    'ownership.claimed',
    '2026-11-04T09:00:00Z',
    { basisOfClaim: 'school', preExistingSince: '2010' },
    'claim',
  );
  const confirmed = by(officer(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'claim' })), {
    actor: 'officer',
  });
  const transferred = fact('ownership.transferred', '2026-11-10T09:00:00Z', { to: 'company' });
  const first = [obtained('2026-11-02T09:00:00Z')];

  it('a claim changes no clock; a confirmed one is none of the company’s', () => {
    expect(read([...first, claim])).toMatchObject({ ownership: 'claimed', disclosure: 'due', daysLeft: 12 });
    expect(read([...first, claim, confirmed])).toMatchObject({
      ownership: 'confirmed',
      disclosure: 'not_required',
      deadline: null,
    });
  });

  it('what was confirmed and is handed over is obtained anew, from the manager', () => {
    expect(read([...first, claim, confirmed, transferred])).toMatchObject({
      ownership: 'transferred',
      deadline: { anchorOn: '2026-11-10', targetDue: '2026-12-10' },
    });
    expect(read([...first, claim, transferred]).deadline?.anchorOn).toBe('2026-11-02');
  });

  it('what the manager said while it was their own pulls no deadline of the company in', () => {
    const before = logged('2026-11-06T09:00:00Z', 'call');
    const after = logged('2026-11-15T09:00:00Z', 'call');
    expect(read([...first, claim, confirmed, before, transferred])).toMatchObject({
      disclosure: 'due',
      communicationDue: null,
    });
    expect(
      read([...first, claim, confirmed, before, transferred, logged('2026-11-12T09:00:00Z', 'note'), after]),
    ).toMatchObject({
      disclosure: 'overdue',
      noticeDueOn: '2026-11-15',
      communicationDue: '2026-11-15',
    });
  });

  it('nobody confirms their own claim, unless they work alone and it says so', () => {
    const own = officer(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'claim' }));
    expect(read([...first, claim, own])).toMatchObject({ ownership: 'claimed', findings: [{ is: 'own_claim' }] });
    const alone = officer(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'claim', selfConfirmed: true }));
    expect(read([...first, claim, alone]).ownership).toBe('confirmed');
  });

  it('two claimants, or a dispute, are for an officer', () => {
    const second = by(
      fact('ownership.claimed', '2026-11-05T09:00:00Z', { basisOfClaim: 'x', preExistingSince: null }),
      { actor: 'u2' },
    );
    expect(read([...first, claim, second]).ownership).toBe('disputed');
    expect(read([...first, claim, confirmed, second]).ownership).toBe(
      'disputed' === read([...first, claim, confirmed, second]).ownership ? 'disputed' : 'confirmed',
    );
    const rejected = by(
      officer(fact('ownership.rejected', '2026-11-06T09:00:00Z', { ref: 'claim', reason: 'met at work' })),
      { actor: 'officer' },
    );
    expect(read([...first, claim, second, rejected]).ownership).toBe('company');
    expect(read([...first, claim, fact('ownership.disputed', '2026-11-05T09:00:00Z', { reason: 'r' })]).ownership).toBe(
      'disputed',
    );
    expect(
      read([...first, claim, officer(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'other' }))]).ownership,
    ).toBe('claimed');
  });
});

describe('erasure', () => {
  const place = (state: 'done' | 'pending' | 'failed' | 'kept') => ({
    place: state,
    found: 2,
    destroyed: state === 'done' ? 2 : 0,
    state,
  });
  const tombstone = (at: string, ...states: readonly Parameters<typeof place>[0][]) =>
    officer(fact('erasure.executed', at, { ground: 'consent_withdrawn', places: states.map(place), suppression: 'f' }));

  it('is pending once it is asked for, and while any place is not done', () => {
    expect(
      read([...held, fact('erasure.requested', '2026-11-05T09:00:00Z', { ground: 'objection', ref: null })]).badge,
    ).toBe('erasure_pending');
    expect(read([...held, tombstone('2026-11-06T09:00:00Z', 'done', 'pending')])).toMatchObject({
      badge: 'erasure_pending',
      erasurePending: ['pending'],
    });
    expect(read([...held, tombstone('2026-11-06T09:00:00Z', 'done', 'failed')]).badge).toBe('erasure_pending');
    expect(read([...held, tombstone('2026-11-06T09:00:00Z', 'done', 'kept')])).toMatchObject({
      badge: 'erased',
      told: null,
      marketable: { post: { because: 'erased' } },
    });
  });

  it('is complete once another device reports its part', () => {
    const later = officer(
      fact('erasure.executed', '2026-11-08T09:00:00Z', {
        ground: 'objection',
        places: [{ ...place('done'), place: 'pending' }],
        suppression: null,
      }),
    );
    expect(read([...held, tombstone('2026-11-06T09:00:00Z', 'pending'), later])).toMatchObject({
      badge: 'erased',
      erasurePending: [],
    });
    expect(fold([tombstone('2026-11-06T09:00:00Z'), later]).erasure).toMatchObject({
      ground: 'consent_withdrawn',
      suppression: 'f',
      executedAt: '2026-11-06T09:00:00Z',
    });
  });

  it('by a manager is none', () => {
    expect(read([...held, by(tombstone('2026-11-06T09:00:00Z'), { role: 'manager' })])).toMatchObject({
      badge: 'told',
      findings: [{ is: 'officer_only' }],
    });
  });

  it('is known from the envelope alone, when even the tombstone lost its payload', () => {
    const bare = { ...tombstone('2026-11-06T09:00:00Z'), payload: null } as Entry;
    expect(read([...held, bare]).badge).toBe('erased');
  });

  it('cannot be taken back', () => {
    const gone = tombstone('2026-11-06T09:00:00Z', 'done');
    expect(
      read([
        ...held,
        gone,
        officer(fact('fact.voided', '2026-11-06T09:00:01Z', { ref: gone.fact.id, reason: 'mistaken' })),
      ]).badge,
    ).toBe('erased');
  });

  it('destroys what it can name, and keeps the tombstone', () => {
    const named = obtained('2026-11-02T09:00:00Z', { name: { content: 'name-1', commit: 'h' } });
    const proof = fact('evidence.attached', '2026-11-03T09:00:00Z', {
      ref: 'x',
      kind: 'mail',
      content: { content: 'mail-1', commit: 'h' },
    });
    const bare = { ...told('2026-11-03T09:00:00Z', 'b'), payload: null } as Entry;
    expect(eraseTargets([named, proof, bare, tombstone('2026-11-06T09:00:00Z')], fold([named]))).toEqual({
      payloads: [named.fact.id, proof.fact.id],
      contents: ['name-1', 'mail-1'],
      links: [{ connection: 'c', remoteId: 'r1' }],
    });
  });
});

describe('two records of one person', () => {
  const other = (entry: Entry): Entry => by(entry, { stream: 'contact/c2' });
  const merged = fact('record.merged', '2026-11-10T09:00:00Z', { from: 'c2', into: 'c1' });

  it('are read together: the earliest anchor, the sources united, what restricts survives', () => {
    const older = other(
      obtained('2026-10-25T09:00:00Z', {
        kind: 'direct',
        source: 'meeting',
        anchorFromCrm: false,
        link: { connection: 'd', remoteId: 'r2' },
      }),
    );
    const status = read([...held.slice(0, 1), older, other(objected('2026-11-04T09:00:00Z')), merged]);
    expect(status).toMatchObject({ objection: 'general', needs: 'indirect', deadline: { anchorOn: '2026-10-25' } });
    expect(fold([...held, older, merged])).toMatchObject({
      merged: ['c2'],
      links: [{ connection: 'd' }, { connection: 'c' }],
    });
  });

  it('erased together, if they were one before; else only the one that was erased', () => {
    const tombstone = officer(
      fact('erasure.executed', '2026-11-12T09:00:00Z', { ground: 'objection', places: [], suppression: null }),
    );
    expect(read([...held, other(obtained('2026-10-25T09:00:00Z')), merged, tombstone]).badge).toBe('erased');
    const again = by(
      officer(fact('erasure.executed', '2026-11-01T09:00:00Z', { ground: 'objection', places: [], suppression: null })),
      { stream: 'contact/c3' },
    );
    expect(read([...held, other(obtained('2026-10-25T09:00:00Z')), merged, tombstone, again]).badge).toBe('erased');
    const before = by(tombstone, { stream: 'contact/c2', occurredAt: '2026-11-05T09:00:00Z' });
    expect(read([...held, other(obtained('2026-10-25T09:00:00Z')), merged, before])).toMatchObject({
      badge: 'told',
      lifecycle: 'active',
    });
  });
});

describe('what was recorded late', () => {
  const at = (entry: Entry, recordedAt: string) => by(entry, { recordedAt });
  it('is what is dated more than a week before; the CRM’s own date is not', () => {
    const late = (recordedAt: string) =>
      read([at(obtained('2020-01-02T09:00:00Z'), NOW), at(told('2026-11-02T09:00:00Z', 't'), recordedAt)]).recordedLate;
    expect(late('2026-11-02T09:00:00Z')).toEqual([]);
    expect(late('2026-11-09T09:00:00Z')).toEqual([]);
    expect(late('2026-11-09T09:00:01Z')).toEqual(['t']);
    expect(read([at(obtained('2020-01-02T09:00:00Z', { anchorFromCrm: false }), NOW)]).recordedLate).toHaveLength(1);
  });
});

describe('a notice that did not arrive', () => {
  const attempt = fact(
    'notice.attempted',
    '2026-11-03T09:00:00Z',
    { noticeId: 'n', version: '1', kind: 'indirect', language: 'en', route: 'mail', textHash: 'h' },
    'a',
  );
  const failed = (ref: string) => fact('notice.failed', '2026-11-05T09:00:00Z', { ref, reason: 'bounced' });
  const first = [obtained('2026-11-02T09:00:00Z')];
  it('failed is said while nobody told the person otherwise', () => {
    expect(read([...first, attempt])).toMatchObject({ failed: false, pending: { fact: 'a' } });
    expect(read([...first, attempt, failed('a')])).toMatchObject({ failed: true, pending: null });
    expect(read([...first, told('2026-11-04T09:00:00Z', 'b'), failed('b')])).toMatchObject({
      failed: true,
      told: null,
      contentKindMismatch: false,
    });
    expect(read([...first, attempt, failed('a'), told('2026-11-04T09:00:00Z', 'b')])).toMatchObject({
      failed: false,
      told: { fact: 'b' },
      contentKindMismatch: false,
    });
  });
  it('voids only what it names', () => {
    const other = { ...attempt, fact: { ...attempt.fact, id: 'other' } } as Entry;
    expect(read([...first, attempt, other, failed('other'), told('2026-11-04T09:00:00Z', 'b', 'a')]).told?.fact).toBe(
      'b',
    );
    expect(read([...first, attempt, failed('a'), told('2026-11-04T09:00:00Z', 'b', 'a')]).told).toBeNull();
  });
  it('the text of Art. 13 serves whoever gave their data themselves', () => {
    const direct = obtained('2026-11-02T09:00:00Z', { kind: 'direct', source: 'meeting', anchorFromCrm: false });
    expect(fold([direct, told('2026-11-02T10:00:00Z', 'b', null, 'direct')]).told?.fact).toBe('b');
    expect(fold([...first, told('2026-11-02T10:00:00Z', 'b', null, 'direct')]).told).toBeNull();
  });
  it('a text of either kind serves where the law knows one content only', () => {
    const entries = [...first, told('2026-11-02T10:00:00Z', 'b', null, 'direct')];
    expect(read(entries, { policy: lawIn('BR') })).toMatchObject({ badge: 'told', contentKindMismatch: false });
    expect(read(entries)).toMatchObject({ badge: 'due', contentKindMismatch: true });
  });
});

describe('taking back', () => {
  const at = '2026-11-05T09:00:00Z';
  const void_ = (ref: string, when: string, more: Partial<Entry['fact']> = {}) =>
    by(fact('fact.voided', when, { ref, reason: 'mistaken' }), more);
  it('an author takes back their own, an officer anybody’s, nobody else', () => {
    const entry = told(at, 'b');
    const first = held.slice(0, 1);
    expect(read([...first, entry, void_('b', '2026-11-06T09:00:00Z')]).told).toBeNull();
    expect(
      read([...first, entry, void_('b', '2026-11-06T09:00:00Z', { actor: 'u2', device: 'd2', role: 'officer' })]).told,
    ).toBeNull();
    expect(read([...first, entry, void_('b', '2026-11-06T09:00:00Z', { actor: 'u2', device: 'd2' })])).toMatchObject({
      told: { fact: 'b' },
      findings: [{ is: 'not_theirs_to_void' }],
    });
  });
  it('an objection is taken back only at once, by whoever entered it: a slip', () => {
    const objection = fact('objection.raised', at, { scope: 'general' }, 'o');
    expect(read([...held, objection, void_('o', '2026-11-05T09:00:10Z')]).objection).toBe('none');
    expect(read([...held, objection, void_('o', '2026-11-05T09:01:00Z')]).objection).toBe('general');
    expect(
      read([...held, objection, void_('o', '2026-11-05T09:00:10Z', { actor: 'u2', device: 'd2', role: 'officer' })])
        .objection,
    ).toBe('general');
  });
  it('a void that was taken back takes nothing back', () => {
    const entry = told(at, 'b');
    const slip = void_('b', '2026-11-06T09:00:00Z');
    const again = void_(slip.fact.id, '2026-11-06T10:00:00Z');
    expect(read([...held.slice(0, 1), again, slip, entry]).told?.fact).toBe('b');
    const objection = fact('objection.raised', at, { scope: 'general' }, 'o');
    const quick = void_('o', '2026-11-05T09:00:10Z');
    expect(read([...held, objection, quick, void_(quick.fact.id, '2026-11-07T09:00:00Z')]).objection).toBe('general');
  });
  it('what was taken back before it arrived stays taken back', () => {
    expect(fold([void_('later', at)]).voids).toEqual(['later']);
  });
});
