import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../src/domain/events/words.ts';
import type { Entry } from '../../src/domain/events.ts';
import { dueFrom } from '../../src/domain/policy/clocks.ts';
import { isValidConsent } from '../../src/domain/status/consent.ts';
import { sorted } from '../../src/domain/status/order.ts';
import { advance, BADGES, type ContactState, fold, statusAt } from '../../src/domain/status.ts';
import { anyFacts, TOMBSTONE, TYPES } from './any-fact.ts';
import { attempted, fact, logged, objected, obtained, officer, told } from './facts.ts';
import { EU, lawIn } from './people.ts';

const LATER = '2026-12-20T12:00:00Z';
const runs = { numRuns: 400 };
const LAWS = ['EU', 'DE', 'FR', 'UK', 'US', 'CA', 'AU', 'BR', 'CH'].map((place) => lawIn(place));

describe('for any facts', () => {
  it('any order and any repetition give the same state', () => {
    fc.assert(
      fc.property(
        anyFacts({ streams: ['c1', 'c2'] }).chain((facts) =>
          fc.tuple(
            fc.constant(facts),
            fc.shuffledSubarray([...facts], { minLength: facts.length }),
            fc.subarray([...facts]),
          ),
        ),
        ([facts, shuffled, repeated]) => {
          expect(fold([...shuffled, ...repeated])).toEqual(fold(facts));
        },
      ),
      runs,
    );
  });

  it('also when two facts share an id or a place in a chain', () => {
    fc.assert(
      fc.property(anyFacts(), anyFacts(), fc.boolean(), (one, two, turned) => {
        const both = turned ? [...two, ...one] : [...one, ...two];
        expect(fold(both)).toEqual(fold([...one, ...two]));
        expect(fold([...both].reverse())).toEqual(fold(both));
      }),
      runs,
    );
  });

  it('reading a fact after the others is the same as reading all again', () => {
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        const inTime = sorted(facts);
        inTime.forEach((entry, index) => {
          const before = inTime.slice(0, index);
          expect(advance(fold(before), entry, () => before)).toEqual(fold([...before, entry]));
        });
      }),
      { numRuns: 150 },
    );
  });

  it('reading one that belongs earlier is, too', () => {
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        const [entry, ...others] = sorted(facts);
        if (entry) expect(advance(fold(others), entry, () => others)).toEqual(fold(facts));
      }),
      { numRuns: 150 },
    );
  });

  it('erased absorbs: nothing that is held or arrives changes an erased person', () => {
    fc.assert(
      fc.property(anyFacts(), TOMBSTONE, fc.nat(30), (facts, payload, day) => {
        const tombstone = officer(
          fact('erasure.executed', `2026-11-${String(1 + (day % 30)).padStart(2, '0')}T00:00:00Z`, payload),
        );
        expect(fold([...facts, tombstone])).toEqual(fold([tombstone]));
        expect(['erased', 'erasure_pending']).toContain(statusAt(fold([...facts, tombstone]), LATER, EU).badge);
      }),
      runs,
    );
  });

  it('no sequence makes a person marketable after an objection without a later fresh act of theirs', () => {
    const withoutVoids = TYPES.filter((type) => type !== 'fact.voided');
    // Facts about consent and objection meet often enough only where they are many.
    const core = ['consent.given', 'objection.raised', 'objection.resolved'] as const;
    const weighted = [...withoutVoids, ...core, ...core, ...core, ...core, ...core, ...core];
    fc.assert(
      fc.property(
        fc.oneof(anyFacts({ types: weighted }), anyFacts({ types: core })),
        fc.constantFrom(...LAWS),
        (facts, policy) => {
          const objections = facts
            .filter(({ fact: one }) => one.type === 'objection.raised')
            .map(({ fact: one }) => Date.parse(one.occurredAt));
          if (objections.length === 0) return;
          const last = Math.max(...objections);
          const { marketable } = statusAt(fold(facts), LATER, policy, null, {
            jobRelated: true,
            subscriber: 'corporate',
            betweenBusinesses: true,
          });
          for (const channel of CHANNELS) {
            const fresh = facts.some(
              ({ fact: one, payload }) =>
                one.type === 'consent.given' &&
                (payload as { channel: string }).channel === channel &&
                isValidConsent(payload as never, one.occurredAt) &&
                (payload as { evidence: string }).evidence !== 'stated' &&
                Date.parse(one.occurredAt) > last,
            );
            if (!fresh) expect([channel, marketable[channel].allowed]).toEqual([channel, false]);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('nor does taking back: an objection that stood is not a slip', () => {
    const others = ['fact.voided', 'objection.raised', 'consent.implied', 'objection.resolved'] as const;
    fc.assert(
      fc.property(anyFacts({ types: others }), (facts) => {
        const objections = facts.filter(({ fact: one }) => one.type === 'objection.raised');
        // A slip is taken back at once by its own author; those are left out here.
        const slip = facts.some(
          ({ fact: one }) =>
            one.type === 'fact.voided' &&
            objections.some(
              ({ fact: target }) => Math.abs(Date.parse(target.recordedAt) - Date.parse(one.recordedAt)) <= 15_000,
            ),
        );
        if (objections.length === 0 || slip) return;
        expect(statusAt(fold(facts), LATER, lawIn('US')).marketable.email.allowed).toBe(false);
      }),
      runs,
    );
  });

  it('a deadline never moves past the anchor, the period and the roll', () => {
    fc.assert(
      fc.property(anyFacts(), fc.constantFrom('EU', 'UK', 'CH', 'AU', 'CA'), (facts, place) => {
        const policy = lawIn(place);
        const state = fold(facts);
        const { deadline } = statusAt(state, LATER, policy);
        if (!deadline || !state.obtained || state.ownership.transferredAt !== null) return;
        const latest = dueFrom(state.obtained.at, policy.notice[state.obtained.kind].due, policy);
        expect(deadline.legalDue <= (latest?.legalDue ?? '')).toBe(true);
        expect(deadline.legalDue >= deadline.anchorOn).toBe(true);
      }),
      runs,
    );
  });

  it('one word stands on the badge, and it is one of the words', () => {
    fc.assert(
      fc.property(anyFacts(), (facts) => {
        expect(BADGES).toContain(statusAt(fold(facts), LATER, EU).badge);
      }),
      runs,
    );
  });

  it('a withdrawal is always taken, and only a fresh act of the person passes it', () => {
    fc.assert(
      fc.property(
        anyFacts({ types: ['consent.given', 'consent.withdrawn', 'consent.requested', 'consent.implied'] }),
        (facts) => {
          for (const one of fold(facts).consents) {
            const ends = facts.filter(({ fact: each, payload }) => {
              const said = payload as { purpose: string | null; channel: string | null };
              return (
                each.type === 'consent.withdrawn' &&
                (said.purpose ?? one.purpose) === one.purpose &&
                (said.channel ?? one.channel) === one.channel
              );
            });
            const given = facts.some(({ fact: each, payload }) => {
              const said = payload as { evidence?: string; purpose?: string; channel?: string };
              return (
                each.type === 'consent.given' &&
                said.purpose === one.purpose &&
                said.channel === one.channel &&
                said.evidence !== 'stated' &&
                ends.every(({ fact: end }) => Date.parse(each.occurredAt) > Date.parse(end.occurredAt))
              );
            });
            if (ends.some(({ payload }) => (payload as { purpose: string | null }).purpose !== null) && !given)
              expect(one.state).toBe('withdrawn');
          }
        },
      ),
      runs,
    );
  });
});

describe('the order of facts', () => {
  const at = '2026-11-05T09:00:00Z';
  it('on equal times the restrictive one wins, whichever was written first', () => {
    const state = fold([
      obtained('2026-11-01T09:00:00Z'),
      told(at, 'b'),
      fact('notice.failed', at, { ref: 'b', reason: 'bounced' }),
    ]);
    expect(state.told).toBeNull();
  });

  it('moments count, not how they are written', () => {
    const early = obtained('2026-11-05T10:30:00+02:00');
    const late = obtained('2026-11-05T09:00:00Z', { kind: 'direct', anchorFromCrm: false });
    expect(fold([late, early]).obtained).toMatchObject({ at: '2026-11-05T10:30:00+02:00', anchorFromCrm: true });
  });
});

describe('one id with two contents, one place with two hashes', () => {
  const first = objected('2026-11-05T09:00:00Z');
  const forged = { ...told('2026-11-05T09:00:00Z', first.fact.id), hash: 'forged' } as Entry;

  it('raise an alarm, and the restrictive fact is the one that counts', () => {
    const state = fold([forged, first]);
    expect(state.alarms).toEqual([{ is: 'same_id', id: first.fact.id, hashes: [first.hash, 'forged'].sort() }]);
    expect(state.objection).toBe('general');
  });

  it('an erasure counts before an objection that was forged under its id', () => {
    const tombstone = officer(
      fact('erasure.executed', '2026-11-06T09:00:00Z', { ground: 'objection', places: [], suppression: null }, 'same'),
    );
    const objection = { ...objected('2026-11-05T09:00:00Z'), hash: 'a-smaller-hash' } as Entry;
    const same = { ...objection, fact: { ...objection.fact, id: 'same' } } as Entry;
    for (const both of [
      [tombstone, same],
      [same, tombstone],
    ])
      expect(fold(both).erasure.executedAt).toBe('2026-11-06T09:00:00Z');
  });

  it('an act that its author may not record never displaces an objection under the same id', () => {
    const forged = fact(
      'erasure.executed',
      '2026-11-06T09:00:00Z',
      { ground: 'objection', places: [], suppression: null },
      first.fact.id,
    );
    expect(fold([forged, first]).objection).toBe('general');
  });

  it('a fork of a device is an alarm', () => {
    const one = objected('2026-11-05T09:00:00Z');
    const other = { ...told('2026-11-06T09:00:00Z', 'x'), hash: 'other' } as Entry;
    const forked = { ...other, fact: { ...other.fact, device: one.fact.device, seq: one.fact.seq } } as Entry;
    expect(fold([one, forked]).alarms).toMatchObject([{ is: 'fork', device: 'd1', seq: one.fact.seq }]);
  });
});

describe('a state that an older version stored', () => {
  it('is folded again', () => {
    const entry = obtained('2026-11-02T09:00:00Z');
    const old = { ...fold([entry]), v: 1 };
    const next = told('2026-11-03T09:00:00Z', 'b');
    expect(advance(old, next, () => [entry])).toEqual(fold([entry, next]));
  });

  /** As the first version wrote it. */
  const first = (entries: readonly Entry[]) => {
    const { obtained: held, told: was, logs, links, name, attempt, failed, objection } = fold(entries);
    return { obtained: held, told: was, logs, links, name, attempt, failed, objection } as ContactState;
  };
  const old = (...entries: readonly Entry[]) =>
    statusAt(
      first([obtained('2026-11-02T09:00:00Z'), ...entries]),
      '2026-11-20T12:00:00Z',
      lawIn('US', { controller: 'EU' }),
    );

  it('can be read although it misses what came later', () => {
    expect(old()).toMatchObject({ flag: 'due', daysLeft: 12 });
    expect(old(told('2026-11-03T09:00:00Z', 'b'))).toMatchObject({ flag: 'told', badge: 'told' });
    expect(old(attempted('2026-11-03T09:00:00Z', 'a'))).toMatchObject({ flag: 'due', pending: { fact: 'a' } });
    expect(old(logged('2026-11-04T09:00:00Z', 'note'), logged('2026-11-05T09:00:00Z'))).toMatchObject({
      communicationDue: '2026-11-05',
    });
  });

  it('is read strictly where it cannot know', () => {
    const us = (scope: 'general' | 'direct_marketing') =>
      statusAt(first([objected('2026-11-04T09:00:00Z', scope)]), '2026-11-20T12:00:00Z', lawIn('US'));
    expect(us('direct_marketing').marketable.email).toEqual({ allowed: false, because: 'objected' });
    expect(us('general')).toMatchObject({
      objections: { marketing: true, general: 'pending' },
      marketable: { email: { allowed: false } },
    });
  });
});

describe('ten thousand facts about one person', () => {
  it('are read', () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      fact('contact.logged', `2026-11-05T09:00:${String(n % 60).padStart(2, '0')}Z`, {
        activity: `a${n}`,
        kind: 'call',
      }),
    );
    expect(fold([obtained('2026-11-02T09:00:00Z'), ...many]).logs).toHaveLength(10_000);
  });
});
