import { describe, expect, it } from 'vitest';
import { ACT_REFUSALS, type Act, type ActRefusal, decideAct } from '../../src/domain/decide.ts';
import type { Entry } from '../../src/domain/events.ts';
import { BUILT_IN_NOTICES } from '../../src/domain/policy/notices.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { fold, statusAt } from '../../src/domain/status.ts';
import { decideAlone, rolesOf, type Standing } from '../../src/domain/who.ts';
import { by, consented, fact, objected, obtained, officer, shownText, told } from './facts.ts';
import { EU, lawIn, NOW } from './people.ts';

const MANAGER: Standing = { managed: null, alone: false };
const ALONE: Standing = { managed: null, alone: true };
const OFFICER: Standing = { managed: ['officer'], alone: false };

const decide = (
  act: Act,
  entries: readonly Entry[],
  more: { policy?: Policy; standing?: Standing; now?: string; actor?: string } = {},
) => {
  const { policy = EU, standing = OFFICER, now = NOW, actor = 'u1' } = more;
  const state = fold(entries);
  const status = statusAt(state, now, policy);
  return decideAct(act, {
    contact: 'c1',
    state,
    status,
    policy,
    editions: BUILT_IN_NOTICES,
    actor,
    standing,
    now,
    commandId: 'command',
  });
};
const seen = new Set<ActRefusal>();
const refusal = (...args: Parameters<typeof decide>): ActRefusal | null => {
  const decision = decide(...args);
  if (!('refused' in decision)) return null;
  seen.add(decision.refused);
  return decision.refused;
};

const held = [obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'told')];
const text = shownText(['direct_marketing'], '2026-11-10T08:00:00Z');
const given = (more: object = {}): Act => ({
  type: 'consent.given',
  payload: consented({ text, ...more }),
  occurredAt: '2026-11-10T09:00:00Z',
});
const withdrawn = fact('consent.withdrawn', '2026-11-11T09:00:00Z', {
  purpose: 'direct_marketing',
  channel: null,
  via: 'phone',
});
const exemption: Act = {
  type: 'exemption.granted',
  payload: { article: '14(5)(b)', reason: 'disproportionate', reviewBy: '2027-11-20' },
};

describe('who may', () => {
  it('without policy everybody is a manager, and an officer’s act is refused', () => {
    expect([...rolesOf(MANAGER)]).toEqual(['manager']);
    expect(refusal(exemption, held, { standing: MANAGER })).toBe('officer_only');
  });

  it('“I work alone” grants both roles and marks every officer’s act as self-confirmed', () => {
    expect([...rolesOf(ALONE)]).toEqual(['manager', 'officer']);
    expect(decide(exemption, held, { standing: ALONE })).toMatchObject({
      role: 'officer',
      facts: [{ payload: { selfConfirmed: true } }],
    });
  });

  it('switching it on is itself a fact of the device, and not theirs to say under managed policy', () => {
    const where = { device: 'd1', commandId: 'alone', now: NOW };
    expect(decideAlone(true, MANAGER, where)).toMatchObject({
      facts: [{ id: 'alone', stream: 'device/d1', type: 'roles.alone', payload: { alone: true } }],
    });
    expect(decideAlone(true, OFFICER, where)).toEqual({ refused: 'managed' });
  });

  it('managed policy decides instead where there is one', () => {
    expect(refusal(exemption, held, { standing: { managed: ['manager', 'lead'], alone: true } })).toBe('officer_only');
    expect(decide(exemption, held)).toMatchObject({
      role: 'officer',
      facts: [{ id: 'command', type: 'exemption.granted' }],
    });
    expect(JSON.stringify(decide(exemption, held))).not.toContain('selfConfirmed');
  });

  it('anybody records what a person asks for: restriction, withdrawal, request', () => {
    for (const standing of [MANAGER, ALONE, OFFICER, { managed: ['lead'], alone: false } as Standing]) {
      expect(refusal({ type: 'restriction.set', payload: { ground: 'objection' } }, held, { standing })).toBeNull();
      expect(
        refusal({ type: 'consent.withdrawn', payload: { purpose: null, channel: null, via: 'in passing' } }, [], {
          standing,
        }),
      ).toBeNull();
      expect(
        refusal({ type: 'request.received', payload: { kind: 'access', via: 'mail', words: null } }, held, {
          standing,
        }),
      ).toBeNull();
    }
  });

  it('somebody with no role at all may do nothing', () => {
    expect(
      refusal({ type: 'restriction.set', payload: { ground: 'claims' } }, held, {
        standing: { managed: [], alone: false },
      }),
    ).toBe('officer_only');
  });
});

describe('when', () => {
  it('nothing happens in the future, but clocks may differ by five minutes', () => {
    const act: Act = { type: 'restriction.set', payload: { ground: 'claims' } };
    expect(refusal({ ...act, occurredAt: '2026-11-20T12:05:01Z' }, held)).toBe('in_the_future');
    expect(refusal({ ...act, occurredAt: '2026-11-20T12:05:00Z' }, held)).toBeNull();
  });

  it('what is only known by its day says so', () => {
    const act: Act = { type: 'restriction.set', payload: { ground: 'claims' } };
    expect(decide({ ...act, precision: 'day' }, held)).toMatchObject({ facts: [{ precision: 'day' }] });
    expect(JSON.stringify(decide(act, held))).not.toContain('precision');
  });

  it('nothing is added to an erased person', () => {
    const tombstone = officer(
      fact('erasure.executed', '2026-11-12T09:00:00Z', { ground: 'objection', places: [], suppression: null }),
    );
    expect(refusal(given(), [...held, tombstone])).toBe('erased');
  });
});

describe('notices', () => {
  it('an acknowledgement refers to a notice that arrived', () => {
    expect(refusal({ type: 'notice.acknowledged', payload: { ref: 'told', how: 'reply' } }, held)).toBeNull();
    expect(refusal({ type: 'notice.acknowledged', payload: { ref: 'other', how: 'reply' } }, held)).toBe('unknown_ref');
  });
  it('evidence refers to a delivery', () => {
    const content = { content: 'c', commit: 'h' };
    expect(refusal({ type: 'evidence.attached', payload: { ref: 'told', kind: 'mail', content } }, held)).toBeNull();
    expect(refusal({ type: 'evidence.attached', payload: { ref: 'gone', kind: 'mail', content } }, held)).toBe(
      'unknown_ref',
    );
  });
  it('a replaced notice is one that the registry knows', () => {
    const act = (version: string): Act => ({
      type: 'notice.superseded',
      payload: { noticeId: 'candor-direct', version, material: true, purposes: [] },
    });
    expect(refusal(act('2'), held)).toBeNull();
    expect(refusal(act('77'), held)).toBe('notice_not_in_force');
  });
  it('an exemption is one the law knows, and is looked at again later', () => {
    expect(refusal(exemption, held, { policy: lawIn('AU') })).toBe('exemption_not_known');
    expect(refusal({ ...exemption, payload: { ...exemption.payload, reviewBy: '2026-11-20' } } as Act, held)).toBe(
      'review_in_the_past',
    );
  });
  it('first communications and disclosures are simply recorded', () => {
    expect(refusal({ type: 'communication.first', payload: { how: 'email' } }, held)).toBeNull();
    expect(refusal({ type: 'disclosure.first', payload: { recipient: 'partner' } }, held)).toBeNull();
  });
});

describe('bases', () => {
  const set = (basis: string, purpose = 'account_management'): Act =>
    ({ type: 'basis.set', payload: { purpose, basis, assessment: null, reviewBy: null } }) as Act;
  const change = (from: string, basis: string): Act =>
    ({
      type: 'basis.changed',
      payload: { purpose: 'direct_marketing', from, basis, why: 'w', assessment: null, reviewBy: null },
    }) as Act;
  const onConsent = fact('basis.set', '2026-11-04T09:00:00Z', {
    purpose: 'direct_marketing',
    basis: 'consent',
    assessment: null,
    reviewBy: null,
  });

  it('are those the law knows', () => {
    expect(refusal(set('legitimate_interests'), held)).toBeNull();
    expect(refusal(set('credit_protection'), held)).toBe('basis_not_allowed');
    expect(refusal(change('consent', 'health'), [...held, onConsent])).toBe('basis_not_allowed');
    expect(refusal(set('credit_protection'), held, { policy: lawIn('CH') })).toBeNull();
  });
  it('are not swapped once a consent was withdrawn', () => {
    const entries = [...held, onConsent, withdrawn];
    expect(refusal(set('legitimate_interests', 'direct_marketing'), entries)).toBe('basis_swapped');
    expect(refusal(change('consent', 'legitimate_interests'), entries)).toBe('basis_swapped');
    expect(refusal(change('consent', 'legitimate_interests'), [...held, onConsent])).toBeNull();
  });
  it('are changed from what they are', () => {
    expect(refusal(change('contract', 'legitimate_interests'), [...held, onConsent])).toBe('basis_is_another');
  });
  it('of two people do not overwrite each other silently', () => {
    expect(refusal(set('contract', 'direct_marketing'), [...held, onConsent], { actor: 'u2' })).toBe(
      'basis_by_another',
    );
    expect(refusal(set('contract', 'direct_marketing'), [...held, onConsent])).toBeNull();
  });
});

describe('consent', () => {
  it('needs the text before the act, the purpose in the text, the person, and an affirmative act', () => {
    expect(refusal(given(), held)).toBeNull();
    expect(refusal(given({ text: null }), held)).toBe('text_not_shown');
    expect(refusal(given({ text: { ...text, shownAt: '2026-11-10T09:00:01Z' } }), held)).toBe('text_not_shown');
    expect(refusal(given({ text: { ...text, purposes: ['events'] } }), held)).toBe('purpose_not_in_text');
    expect(refusal(given({ indicatedBy: 'manager' }), held)).toBe('not_by_the_person');
    expect(refusal(given({ affirmative: false }), held)).toBe('not_affirmative');
  });
  it('after a withdrawal or an objection needs evidence of its own', () => {
    expect(refusal(given({ evidence: 'stated' }), held)).toBeNull();
    expect(refusal(given({ evidence: 'stated' }), [...held, withdrawn])).toBe('no_evidence_of_its_own');
    expect(
      refusal(given({ evidence: 'stated' }), [...held, objected('2026-11-04T09:00:00Z', 'direct_marketing')]),
    ).toBe('no_evidence_of_its_own');
    expect(refusal(given({ evidence: 'artefact' }), [...held, withdrawn])).toBeNull();
  });
  it('is not asked for by a message that would itself be forbidden marketing', () => {
    const ask: Act = { type: 'consent.requested', payload: { purpose: 'direct_marketing', channel: 'email' } };
    expect(refusal(ask, held)).toBeNull();
    expect(refusal(ask, held, { policy: lawIn('CA') })).toBe('asking_is_marketing');
    expect(refusal(ask, [...held, objected('2026-11-04T09:00:00Z', 'direct_marketing')])).toBe('asking_is_marketing');
    const inquiry = fact('consent.implied', '2026-11-04T09:00:00Z', {
      ground: 'inquiry',
      base: '2026-11-04',
      channel: null,
    });
    expect(refusal(ask, [...held, inquiry], { policy: lawIn('CA') })).toBeNull();
    expect(
      refusal({ type: 'consent.requested', payload: { purpose: 'events', channel: 'email' } }, held, {
        policy: lawIn('CA'),
      }),
    ).toBeNull();
  });
  it('that never was one is invalidated by an officer, by its reference', () => {
    const consent = fact('consent.given', '2026-11-10T09:00:00Z', given().payload as never, 'given');
    expect(
      refusal({ type: 'consent.invalidated', payload: { ref: 'given', why: 'forged' } }, [...held, consent]),
    ).toBeNull();
    expect(refusal({ type: 'consent.invalidated', payload: { ref: 'x', why: 'forged' } }, [...held, consent])).toBe(
      'unknown_ref',
    );
    expect(
      refusal(
        { type: 'consent.revoked', payload: { purpose: 'direct_marketing', channel: 'email', why: 'authority' } },
        held,
      ),
    ).toBeNull();
  });
  it('is implied from a day that has come', () => {
    expect(
      refusal({ type: 'consent.implied', payload: { ground: 'purchase', base: '2026-11-21', channel: null } }, held),
    ).toBe('in_the_future');
    expect(
      refusal({ type: 'consent.implied', payload: { ground: 'purchase', base: '2026-11-20', channel: null } }, held),
    ).toBeNull();
  });
});

describe('objections and restrictions', () => {
  const objection = fact('objection.raised', '2026-11-04T09:00:00Z', { scope: 'general' }, 'general');
  const marketing = fact('objection.raised', '2026-11-05T09:00:00Z', { scope: 'direct_marketing' }, 'marketing');
  const resolve = (ref: string): Act => ({
    type: 'objection.resolved',
    payload: { ref, outcome: 'overridden', reason: 'contract claims' },
  });
  it('an officer may weigh a general objection, nobody one to marketing', () => {
    expect(refusal(resolve('general'), [...held, objection, marketing])).toBeNull();
    expect(refusal(resolve('marketing'), [...held, objection, marketing])).toBe('marketing_is_absolute');
    expect(refusal(resolve('other'), [...held, objection, marketing])).toBe('unknown_ref');
  });
  it('a restriction is lifted only after the person was informed', () => {
    const set = fact('restriction.set', '2026-11-04T09:00:00Z', { ground: 'accuracy' }, 'set');
    const lift = (ref: string, informedAt: string): Act => ({
      type: 'restriction.lifted',
      payload: { ref, informedAt },
    });
    expect(refusal(lift('set', '2026-11-20T11:00:00Z'), [...held, set])).toBeNull();
    expect(refusal(lift('set', '2026-11-20T13:00:00Z'), [...held, set])).toBe('person_not_informed');
    expect(refusal(lift('other', '2026-11-20T11:00:00Z'), [...held, set])).toBe('unknown_ref');
  });
});

describe('requests', () => {
  const request = fact('request.received', '2026-11-02T09:00:00Z', { kind: 'access', via: 'mail', words: null }, 'r');
  const extend = (more: object = {}): Act => ({
    type: 'request.extended',
    payload: { ref: 'r', reason: 'complex', toldAt: '2026-11-20T11:00:00Z', ...more },
  });
  it('an extension is recorded and told before the first deadline', () => {
    expect(refusal(extend(), [request])).toBeNull();
    expect(refusal(extend(), [request], { now: '2026-12-03T12:00:00Z' })).toBe('extension_late');
    expect(refusal(extend({ toldAt: '2026-11-20T13:00:00Z' }), [request])).toBe('person_not_informed');
    expect(refusal(extend(), [request], { policy: lawIn('CH') })).toBe('extension_none');
  });
  it('is extended once', () => {
    const extended = officer(
      fact('request.extended', '2026-11-03T09:00:00Z', { ref: 'r', reason: 'complex', toldAt: '2026-11-03T08:00:00Z' }),
    );
    expect(refusal(extend(), [request, extended])).toBe('extended_before');
  });
  it('is answered once', () => {
    const done = fact('request.fulfilled', '2026-11-03T09:00:00Z', { ref: 'r', how: 'export' });
    expect(refusal({ type: 'request.refused', payload: { ref: 'r', reason: 'excessive' } }, [request, done])).toBe(
      'request_closed',
    );
    expect(refusal(extend(), [request, done])).toBe('request_closed');
    expect(refusal({ type: 'request.fulfilled', payload: { ref: 'x', how: '' } }, [request])).toBe('unknown_ref');
  });
});

describe('ownership', () => {
  const claim = fact(
    'ownership.claimed',
    '2026-11-04T09:00:00Z',
    { basisOfClaim: 'old friend', preExistingSince: '2010' },
    'claim',
  );
  const confirm: Act = { type: 'ownership.confirmed', payload: { ref: 'claim' } };
  it('is confirmed by an officer who is not the claimant, or marked as self-confirmed by whoever works alone', () => {
    expect(refusal(confirm, [...held, claim], { actor: 'u9' })).toBeNull();
    expect(refusal(confirm, [...held, claim])).toBe('own_claim');
    expect(refusal(confirm, [...held, claim], { standing: ALONE })).toBeNull();
    expect(refusal({ type: 'ownership.rejected', payload: { ref: 'x', reason: 'no' } }, [...held, claim])).toBe(
      'unknown_ref',
    );
  });
  it('is claimed once, and handed over by the claimant', () => {
    const again: Act = { type: 'ownership.claimed', payload: { basisOfClaim: 'b', preExistingSince: null } };
    expect(refusal(again, [...held, claim])).toBe('claimed_before');
    expect(refusal(again, [...held, claim], { actor: 'u2' })).toBeNull();
    expect(
      refusal({ type: 'ownership.transferred', payload: { to: 'company' } }, [...held, claim], { actor: 'u2' }),
    ).toBe('not_the_owner');
    expect(refusal({ type: 'ownership.transferred', payload: { to: 'company' } }, [...held, claim])).toBeNull();
    const confirmed = by(officer(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'claim' })), {
      actor: 'u9',
    });
    expect(refusal(again, [...held, claim, confirmed], { actor: 'u2' })).toBe('claimed_before');
  });
  it('that was confirmed is handed over by its owner', () => {
    const confirmed = by(officer(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'claim' })), {
      actor: 'u9',
    });
    const transfer: Act = { type: 'ownership.transferred', payload: { to: 'company' } };
    expect(refusal(transfer, [...held, claim, confirmed])).toBeNull();
    expect(refusal(transfer, held)).toBe('not_the_owner');
  });
  it('two records are merged into the one at hand', () => {
    expect(refusal({ type: 'record.merged', payload: { from: 'c2', into: 'c1' } }, held)).toBeNull();
    expect(refusal({ type: 'record.merged', payload: { from: 'c1', into: 'c1' } }, held)).toBe('same_record');
    expect(refusal({ type: 'record.merged', payload: { from: 'c1', into: 'c2' } }, held)).toBe('unknown_ref');
  });
});

describe('retention and conflicts', () => {
  it('the next review lies ahead', () => {
    expect(refusal({ type: 'retention.reviewed', payload: { keep: true, reviewBy: '2026-11-01' } }, held)).toBe(
      'review_in_the_past',
    );
    expect(refusal({ type: 'retention.reviewed', payload: { keep: true, reviewBy: null } }, held)).toBeNull();
  });
  it('a conflict is settled that is there', () => {
    expect(refusal({ type: 'conflict.settled', payload: { conflict: 'x', keep: null, reason: 'r' } }, held)).toBe(
      'unknown_ref',
    );
    const set = (basis: 'consent' | 'contract', id: string) =>
      fact(
        'basis.set',
        '2026-11-04T09:00:00Z',
        { purpose: 'direct_marketing', basis, assessment: null, reviewBy: null },
        id,
      );
    const two = [...held, set('consent', 'mine'), by(set('contract', 'theirs'), { actor: 'u2', device: 'd2' })];
    const settle: Act = {
      type: 'conflict.settled',
      payload: { conflict: 'basis:mine+theirs', keep: 'mine', reason: 'asked both' },
    };
    expect(refusal(settle, two)).toBeNull();
  });
});

describe('what is referred to is what is meant, among several', () => {
  const basis = (basis: 'consent' | 'contract' | 'legitimate_interests', purpose = 'direct_marketing', id?: string) =>
    fact('basis.set', '2026-11-04T09:00:00Z', { purpose, basis, assessment: null, reviewBy: null }, id);
  const consentFact = (more: object, id: string) =>
    fact('consent.given', '2026-11-10T09:00:00Z', given(more).payload as never, id);
  const ended = (purpose: string, channel: 'email' | 'phone') =>
    fact('consent.withdrawn', '2026-11-11T09:00:00Z', { purpose, channel, via: 'phone' });
  const setting = (basis: string, purpose = 'direct_marketing'): Act =>
    ({ type: 'basis.set', payload: { purpose, basis, assessment: null, reviewBy: null } }) as Act;

  it('one conflict is not settled by naming another', () => {
    const two = [...held, basis('consent'), by(basis('contract'), { actor: 'u2', device: 'd2' })];
    expect(refusal({ type: 'conflict.settled', payload: { conflict: 'x', keep: null, reason: 'r' } }, two)).toBe(
      'unknown_ref',
    );
  });

  it('after a withdrawal, consent itself may be the basis again, and a basis that was none of consent is no swap', () => {
    expect(refusal(setting('consent'), [...held, basis('consent'), withdrawn])).toBeNull();
    expect(refusal(setting('contract'), [...held, basis('legitimate_interests'), withdrawn])).toBeNull();
  });

  it('a consent that stands, or a withdrawal for another purpose, makes no swap either', () => {
    const other = ended('events', 'email');
    const stands = consentFact({}, 'stands');
    expect(refusal(setting('contract'), [...held, basis('consent'), stands, other])).toBeNull();
  });

  it('two people may name the same basis', () => {
    expect(refusal(setting('contract'), [...held, basis('contract')], { actor: 'u2' })).toBeNull();
  });

  it('a basis that nobody set is not changed', () => {
    const change = { purpose: 'direct_marketing', from: 'consent', basis: 'contract', why: 'w' } as const;
    expect(refusal({ type: 'basis.changed', payload: { ...change, assessment: null, reviewBy: null } }, held)).toBe(
      'basis_is_another',
    );
  });

  it('a text may be shown in the very moment of the act', () => {
    expect(refusal(given({ text: { ...text, shownAt: '2026-11-10T09:00:00Z' } }), held)).toBeNull();
  });

  it('a withdrawal asks for evidence on its own channel and for its own purpose, and nowhere else', () => {
    const stated = { evidence: 'stated' };
    const events = { purpose: 'events', text: { ...text, purposes: ['events'] }, ...stated };
    expect(refusal(given({ ...stated, channel: 'phone' }), [...held, ended('direct_marketing', 'email')])).toBeNull();
    expect(refusal(given(events), [...held, ended('direct_marketing', 'email')])).toBeNull();
    const both = [...held, ended('direct_marketing', 'email'), consentFact({ channel: 'phone' }, 'phone')];
    expect(refusal(given({ ...stated, channel: 'phone' }), both)).toBeNull();
    const late = [...held, consentFact({}, 'email'), ended('events', 'phone'), ended('direct_marketing', 'phone')];
    expect(refusal(given({ ...stated, channel: 'phone' }), late)).toBe('no_evidence_of_its_own');
  });

  it('an objection to marketing asks for no evidence of a consent to something else', () => {
    const events = { purpose: 'events', text: { ...text, purposes: ['events'] }, evidence: 'stated' };
    expect(refusal(given(events), [...held, objected('2026-11-04T09:00:00Z', 'direct_marketing')])).toBeNull();
  });

  it('of two consents, deliveries or restrictions each is found', () => {
    const consents = [consentFact({}, 'one'), consentFact({ channel: 'phone' }, 'two')];
    const restriction = (id: string) => fact('restriction.set', '2026-11-04T09:00:00Z', { ground: 'accuracy' }, id);
    const twice = [...held, told('2026-11-05T09:00:00Z', 'again')];
    const content = { content: 'c', commit: 'h' };
    for (const ref of ['one', 'two'])
      expect(refusal({ type: 'consent.invalidated', payload: { ref, why: 'w' } }, [...held, ...consents])).toBeNull();
    for (const ref of ['told', 'again']) {
      expect(refusal({ type: 'notice.acknowledged', payload: { ref, how: 'reply' } }, twice)).toBeNull();
      expect(refusal({ type: 'evidence.attached', payload: { ref, kind: 'mail', content } }, twice)).toBeNull();
    }
    for (const ref of ['set', 'reset']) {
      const lift: Act = { type: 'restriction.lifted', payload: { ref, informedAt: NOW } };
      expect(refusal(lift, [...held, restriction('set'), restriction('reset')])).toBeNull();
    }
  });

  it('a notice is replaced under its own name, not under that of another one of the same version', () => {
    expect(
      refusal(
        {
          type: 'notice.superseded',
          payload: { noticeId: 'somebody’s', version: '2', material: true, purposes: [] },
        },
        held,
      ),
    ).toBe('notice_not_in_force');
  });

  it('one request is extended although another one was; the person may be told in that very moment', () => {
    const request = (id: string) =>
      fact('request.received', '2026-11-02T09:00:00Z', { kind: 'access', via: 'mail', words: null }, id);
    const extended = officer(
      fact('request.extended', '2026-11-03T09:00:00Z', { ref: 'a', reason: 'complex', toldAt: '2026-11-03T08:00:00Z' }),
    );
    const act: Act = { type: 'request.extended', payload: { ref: 'b', reason: 'complex', toldAt: NOW } };
    expect(refusal(act, [request('a'), request('b'), extended])).toBeNull();
  });

  it('where nobody claimed, objected or asked, there is nothing to decide about', () => {
    for (const act of [
      { type: 'ownership.rejected', payload: { ref: 'x', reason: 'no' } },
      { type: 'ownership.confirmed', payload: { ref: 'x' } },
      { type: 'objection.resolved', payload: { ref: 'x', outcome: 'upheld', reason: 'r' } },
    ] as const)
      expect(refusal(act, held)).toBe('unknown_ref');
  });

  it('a contact in dispute may be claimed again, and is nobody’s to hand over', () => {
    const claim = fact(
      'ownership.claimed',
      '2026-11-04T09:00:00Z',
      { basisOfClaim: 'old friend', preExistingSince: null },
      'claim',
    );
    const dispute = fact('ownership.disputed', '2026-11-06T09:00:00Z', { reason: 'both know her' });
    const again: Act = { type: 'ownership.claimed', payload: { basisOfClaim: 'b', preExistingSince: null } };
    expect(refusal(again, [...held, claim, dispute])).toBeNull();
    expect(refusal({ type: 'ownership.transferred', payload: { to: 'company' } }, [...held, claim, dispute])).toBe(
      'not_the_owner',
    );
  });

  it('the next review lies after today', () => {
    const review = (reviewBy: string) =>
      refusal({ type: 'retention.reviewed', payload: { keep: true, reviewBy } }, held);
    expect([review('2026-11-20'), review('2026-11-21')]).toEqual(['review_in_the_past', null]);
  });
});

describe('the reasons', () => {
  it('are a closed set, and each was given in this file', () => {
    expect(Object.keys(ACT_REFUSALS).filter((one) => !seen.has(one as ActRefusal))).toEqual([]);
  });
});
