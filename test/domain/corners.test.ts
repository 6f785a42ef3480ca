/** Corners of the law that no everyday case reaches: each says what happens there. */
import { describe, expect, it } from 'vitest';
import { readFact } from '../../src/domain/events/door.ts';
import type { Entry } from '../../src/domain/events.ts';
import { opensWhenTold, WITHHELD_REASONS } from '../../src/domain/gate.ts';
import { mergeFacts } from '../../src/domain/merge.ts';
import { waitsForRecord } from '../../src/domain/outbox.ts';
import { BUILT_IN } from '../../src/domain/policy/built-in.ts';
import { lawAfter } from '../../src/domain/policy/changes.ts';
import { requestClock, reviewOn } from '../../src/domain/policy/clocks.ts';
import { resolvePolicy } from '../../src/domain/policy/resolve.ts';
import { chained } from '../../src/domain/replay/chain.ts';
import { replay } from '../../src/domain/replay/replay.ts';
import { canAdvance, fold, statusAt } from '../../src/domain/status.ts';
import { fullSubject } from '../../src/domain/subject.ts';
import { by, fact, objected, obtained, officer, told } from './facts.ts';
import { EU, lawIn, NOW, read } from './people.ts';

const met = obtained('2026-11-02T09:00:00Z');

describe('what waits for being told', () => {
  it('is exactly what telling takes away', () => {
    expect(WITHHELD_REASONS.filter(opensWhenTold)).toEqual([
      'overdue',
      'backlog',
      'stale',
      'wrong_notice',
      'wrong_language',
      'not_told',
      'purpose_not_told',
    ]);
  });
});

describe('a fact may be read alone', () => {
  const state = fold([met]);
  it('where it comes last and changes nothing before it', () => {
    expect(canAdvance(state, objected('2026-11-05T09:00:00Z'))).toBe(true);
    expect(canAdvance(fold([]), met)).toBe(true);
  });
  it('not where it comes earlier, was taken back, changes what others mean, or the person is erased', () => {
    expect(canAdvance(state, objected('2026-11-01T09:00:00Z'))).toBe(false);
    expect(canAdvance({ ...state, v: 1 }, objected('2026-11-05T09:00:00Z'))).toBe(false);
    const taken = objected('2026-11-05T09:00:00Z');
    expect(canAdvance({ ...state, voids: [taken.fact.id] }, taken)).toBe(false);
    expect(canAdvance(state, fact('fact.voided', '2026-11-05T09:00:00Z', { ref: 'x', reason: 'undone' }))).toBe(false);
    const erasure = { ...state.erasure, executedAt: '2026-11-03T09:00:00Z' };
    expect(canAdvance({ ...state, erasure }, objected('2026-11-05T09:00:00Z'))).toBe(false);
  });
});

describe('the subject that a CRM shows', () => {
  const activity = (words: object) => ({ words: { subject: null, note: '', ...words } }) as never;
  it('is the neutral word where nothing was written, the first words of a note, or what was typed', () => {
    expect(fullSubject(activity({}), 'Meeting')).toBe('Meeting');
    expect(fullSubject(activity({ note: ' she wants pricing. And more' }), 'Meeting')).toBe(
      'Meeting: she wants pricing',
    );
    expect(fullSubject(activity({ subject: 'Q3' }), 'Meeting')).toBe('Q3');
  });
  it('is cut where it is too long, between letters and never inside one', () => {
    const long = fullSubject(activity({ subject: `${'ab '.repeat(39)}😀😀😀😀` }), 'Meeting');
    expect([...long]).toHaveLength(120);
    expect(long.endsWith('…')).toBe(true);
  });
});

describe('what waits for its record', () => {
  it('is its completion and its links', () => {
    expect((['completion', 'link/li', 'record', 'task/0'] as const).map(waitsForRecord)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('facts of two devices at one place in their chains', () => {
  it('are taken in the same order, whichever came first', () => {
    const { entries } = chained([
      {
        id: 'b',
        type: 'objection.raised',
        occurredAt: '2026-11-03T09:00:00Z',
        payload: { scope: 'general' },
        device: 'phone',
      },
      {
        id: 'a',
        type: 'objection.raised',
        occurredAt: '2026-11-03T09:00:00Z',
        payload: { scope: 'general' },
        device: 'laptop',
      },
    ]);
    const ids = (incoming: readonly Entry[]) => mergeFacts([], incoming).added.map(({ fact: one }) => one.id);
    expect(ids(entries)).toEqual(['a', 'b']);
    expect(ids([...entries].reverse())).toEqual(['a', 'b']);
  });
});

describe('a fact at the door', () => {
  const [entry] = chained([
    { type: 'objection.raised', occurredAt: '2026-11-03T09:00:00Z', payload: { scope: 'general' } },
  ]).entries;
  it('without a hash, or with one that is none, is named by that', () => {
    expect(readFact({ ...entry, hash: 'abc' }).problems).toMatchObject([{ path: 'fact.hash', is: 'wrong_shape' }]);
    expect(readFact({ ...entry, hash: undefined }).problems).toMatchObject([{ path: 'fact.hash' }]);
  });
  it('whose payload was erased is a fact; of an unknown kind it is none even then', () => {
    expect(readFact({ ...entry, payload: null }).problems).toBeUndefined();
    const unknown = { ...entry, payload: null, fact: { ...entry?.fact, type: 'contact.befriended' } };
    expect(readFact(unknown).problems).toMatchObject([{ is: 'unknown_kind' }]);
  });
});

describe('a change of policy', () => {
  const change = (value: unknown, parameter = 'gate.untold') =>
    fact('policy.changed', '2026-11-01T09:00:00Z', {
      version: '2',
      validFrom: '2026-11-01',
      reason: 'own policy',
      changes: [{ jurisdiction: 'EU', parameter, value, source: 'own', mark: 'approved' }],
    });
  const untold = (entries: readonly Entry[]) => {
    const law = lawAfter(BUILT_IN, entries);
    return { mode: resolvePolicy(['EU'], '2026-11-20', law.jurisdictions).gate.untold, problems: law.problems };
  };

  it('by a manager changes nothing and is named; by an officer or administrator it counts', () => {
    expect(untold([change('hold')])).toMatchObject({
      mode: 'redact_to_minimum',
      problems: [{ problem: expect.stringContaining('not by a manager') }],
    });
    expect(untold([officer(change('hold'))])).toMatchObject({ mode: 'hold', problems: [] });
    expect(untold([by(change('hold'), { role: 'administrator' })])).toMatchObject({ mode: 'hold' });
  });

  it('whose payload was erased, and a fact of another kind, change nothing', () => {
    const erased = { ...officer(change('hold')), payload: null } as Entry;
    const place = fact('controller.changed', NOW, { country: 'DE', zone: 'Europe/Berlin', holidays: [] });
    expect(untold([erased, place])).toMatchObject({ mode: 'redact_to_minimum', problems: [] });
  });

  it('of a parameter that no jurisdiction has set stands by itself from its day on', () => {
    const later = officer(change('2027-01-31', 'gate.backlogUntil'));
    const law = lawAfter(BUILT_IN, [later]);
    expect(resolvePolicy(['EU'], '2026-11-20', law.jurisdictions).gate.backlogUntil).toBe('2027-01-31');
  });
});

describe('clocks', () => {
  const received = fact('request.received', '2026-11-02T09:00:00Z', { kind: 'access', via: 'mail', words: null }, 'r');
  const [request] = fold([met, received]).requests;

  it('an extension in another unit is not added to the period: the period stands', () => {
    const policy = { ...EU, requests: { ...EU.requests, due: ['P30D'], extend: ['P2M'] } };
    const extension = { recordedAt: '2026-11-10T09:00:00Z', reason: 'complex', toldAt: '2026-11-10T09:00:00Z' };
    if (!request) throw new Error('no request');
    expect(requestClock({ ...request, extension }, NOW, policy).due?.legalDue).toBe('2026-12-02');
  });

  it('a law without a period for requests runs none, and nothing can be extended', () => {
    const policy = { ...EU, requests: { ...EU.requests, due: [], extend: [], extendNoticeDue: [] } };
    if (!request) throw new Error('no request');
    const extension = { recordedAt: NOW, reason: 'complex', toldAt: NOW };
    expect(requestClock(request, NOW, policy)).toMatchObject({ due: null, overdue: false, extendBy: null });
    expect(requestClock({ ...request, extension }, NOW, policy).extensionRefused).toBeNull();
  });

  it('whoever is held by nothing is never to be reviewed', () => {
    expect(reviewOn(fold([]), EU)).toBeNull();
  });

  it('a review counts from the obtaining, the last contact or the person’s own, as the law has it', () => {
    const logged = fact('contact.logged', '2026-11-10T09:00:00Z', { activity: 'a', kind: 'email' });
    const on = (anchor: 'obtained' | 'last_contact' | 'last_contact_by_subject') =>
      reviewOn(fold([met, logged]), { ...EU, retention: { review: ['P3Y'], anchor } });
    expect(on('obtained')).toBe('2029-11-02');
    expect(on('last_contact')).toBe('2029-11-10');
    expect(on('last_contact_by_subject')).toBe('2029-11-02');
  });
});

describe('a jurisdiction that leaves a parameter open', () => {
  it('is never resolved silently', () => {
    const eu = BUILT_IN.jurisdictions.get('EU');
    if (!eu) throw new Error('no EU');
    const { 'gate.untold': _, ...parameters } = eu.parameters;
    const jurisdictions = new Map([['EU', { ...eu, parameters }]]);
    expect(() => resolvePolicy(['EU'], '2026-11-20', jurisdictions)).toThrow(/leaves gate\.untold open/);
  });
});

describe('a replay', () => {
  const at = { now: NOW, policy: { placeOfWork: 'US', controllerEstablishment: 'US', zone: 'America/New_York' } };
  it('says that two facts share an id, and that a law knows no extension', () => {
    const request = {
      id: 'r',
      type: 'request.received',
      occurredAt: '2026-11-02T09:00:00Z',
      payload: { kind: 'access', via: 'mail', words: null },
    };
    const extended = {
      type: 'request.extended',
      role: 'officer',
      occurredAt: '2026-11-03T09:00:00Z',
      payload: { ref: 'r', reason: 'complex', toldAt: '2026-11-03T09:00:00Z' },
    };
    const australia = { ...at, policy: { ...at.policy, placeOfWork: 'AU', controllerEstablishment: 'AU' } };
    const keys = replay({ ...australia, events: [request, extended] }).problems.map(({ why }) => why.key);
    expect(keys).toEqual(['refuseExtensionNone']);
  });

  it('keeps facts of the company’s policy apart from people’s', () => {
    const event = {
      type: 'policy.changed',
      stream: 'policy/company',
      occurredAt: '2026-11-03T09:00:00Z',
      role: 'officer',
      payload: { version: '2', validFrom: '2026-11-01', reason: 'r', changes: [] },
    };
    const replayed = replay({ ...at, events: [event] });
    expect('people' in replayed && replayed.people.map(({ contact }) => contact)).not.toContain('company');
  });
});

describe('ownership', () => {
  it('a rejection, or a confirmation, of a claim that nobody made changes nothing', () => {
    const nothing = [
      officer(fact('ownership.rejected', '2026-11-05T09:00:00Z', { ref: 'none', reason: 'r' })),
      officer(fact('ownership.confirmed', '2026-11-06T09:00:00Z', { ref: 'none' })),
    ];
    expect(read([met, ...nothing]).ownership).toBe('company');
  });
});

describe('two tombstones', () => {
  it('are one: the first moment and fingerprint, and the last word about each place', () => {
    const tombstone = (at: string, state: 'pending' | 'done', suppression: string | null) =>
      officer(
        fact('erasure.executed', at, {
          ground: 'objection',
          places: [{ place: 'phone', found: 1, destroyed: state === 'done' ? 1 : 0, state }],
          suppression,
        }),
      );
    const both = [
      tombstone('2026-11-05T09:00:00Z', 'pending', null),
      tombstone('2026-11-06T09:00:00Z', 'done', 'print'),
    ];
    expect(statusAt(fold(both), NOW, EU).badge).toBe('erased');
    expect(fold(both).erasure).toMatchObject({ executedAt: '2026-11-05T09:00:00Z', suppression: 'print' });
    expect(statusAt(fold(both.slice(0, 1)), NOW, EU).badge).toBe('erasure_pending');
  });

  it('one whose payload is gone still erases', () => {
    const empty = {
      ...officer(fact('erasure.executed', NOW, { ground: 'objection', places: [], suppression: null })),
      payload: null,
    } as Entry;
    expect(fold([met, empty])).toMatchObject({ obtained: null, erasure: { executedAt: NOW, ground: null } });
  });
});

describe('marketing by presumed consent or for the job', () => {
  it('depends on whether the message is about the person’s job', () => {
    const phone = (place: string, jobRelated: boolean) =>
      read([met, told('2026-11-03T09:00:00Z', 'told')], { policy: lawIn(place), person: { jobRelated } }).marketable
        .phone;
    expect(phone('DE', true).allowed).toBe(true);
    expect(phone('DE', false).allowed).toBe(false);
    const email = (jobRelated: boolean) =>
      read([met, told('2026-11-03T09:00:00Z', 'told')], { policy: lawIn('FR'), person: { jobRelated } }).marketable
        .email;
    expect([email(true).allowed, email(false).allowed]).toEqual([true, false]);
  });
});
