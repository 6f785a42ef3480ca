/** One more fact: read alone where it comes last and changes nothing before it; otherwise all are read again. */
import { describe, expect, it } from 'vitest';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import { upgraded } from '../../src/domain/status/upgraded.ts';
import { advance, canAdvance, fold } from '../../src/domain/status.ts';
import { by, fact, logged, objected, obtained, officer, told, voided } from './facts.ts';

const before = [obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'told')];
const held = fold(before);
const never = (): readonly Entry[] => {
  throw new Error('the others were read again');
};

describe('a fact that comes last', () => {
  it('is read alone, to the same end', () => {
    const next = logged('2026-11-04T09:00:00Z');
    expect(canAdvance(held, next)).toBe(true);
    expect(advance(held, next, never)).toEqual(fold([...before, next]));
    expect(advance(held, next, never).lastContact).toBe('2026-11-04T09:00:00Z');
  });

  it('is the first of all where nothing is held yet', () => {
    const [first] = before as [Entry];
    expect(advance(fold([]), first, never)).toEqual(fold([first]));
  });

  it('was not seen by whoever sets another basis: two bases are a conflict', () => {
    const set = (basis: Payloads['basis.set']['basis'], at: string) =>
      fact('basis.set', at, { purpose: 'account_management', basis, assessment: null, reviewBy: null });
    const mine = set('contract', '2026-11-04T09:00:00Z');
    const theirs = by(set('legitimate_interests', '2026-11-05T09:00:00Z'), { device: 'd2', actor: 'u2' });
    expect(advance(fold([...before, mine]), theirs, never).conflicts).toMatchObject([{ is: 'basis' }]);
  });
});

describe('all are read again where', () => {
  const readAgain = (state: typeof held, entry: Entry, others: readonly Entry[] = before) => {
    expect(canAdvance(state, entry)).toBe(false);
    expect(advance(state, entry, () => others)).toEqual(fold([...others, entry]));
  };

  it('it happened before what is held', () => readAgain(held, logged('2026-11-01T09:00:00Z')));

  it('it was read before', () => readAgain(held, before[1] as Entry));

  it('it was taken back before it came', () => {
    const undone = voided('2026-11-04T09:00:00Z', 'late');
    const late = fact('objection.raised', '2026-11-05T09:00:00Z', { scope: 'general' }, 'late');
    readAgain(fold([...before, undone]), late, [...before, undone]);
  });

  it('an older version of the fold made what is held', () =>
    readAgain({ ...held, v: 1 } as never, logged('2026-11-04T09:00:00Z')));

  it.each<[string, Entry]>([
    ['takes something back', voided('2026-11-04T09:00:00Z', 'told')],
    ['joins two records', officer(fact('record.merged', '2026-11-04T09:00:00Z', { into: 'c1', from: 'c2' } as never))],
    [
      'is an erasure',
      officer(
        fact('erasure.executed', '2026-11-04T09:00:00Z', { ground: 'unlawful', places: [], request: null } as never),
      ),
    ],
    ['is a consent', fact('consent.given', '2026-11-04T09:00:00Z', {} as never)],
    ['ends a consent', fact('consent.withdrawn', '2026-11-04T09:00:00Z', { purpose: null, channel: null } as never)],
    ['changes a basis', fact('basis.changed', '2026-11-04T09:00:00Z', {} as never)],
  ])('it %s', (_, entry) => expect(canAdvance(held, entry)).toBe(false));
});

describe('what an older fold stored, until it is folded again', () => {
  const older = (more: object) => upgraded({ ...held, v: 1, ...more } as never);
  const spoken = { activity: 'a', kind: 'meeting', at: '2026-11-04T09:00:00Z' };

  it('is left as it is where this fold made it', () => {
    expect(upgraded(held)).toBe(held);
  });

  it('keeps what was told and what is on its way', () => {
    const attempt = { fact: 'sent', at: '2026-11-03T08:00:00Z', route: 'mail' };
    expect(older({ attempt })).toMatchObject({
      deliveries: [{ fact: 'told', attempt: null }],
      attempts: [attempt],
    });
    expect(older({ told: null, attempt: null })).toMatchObject({ deliveries: [], attempts: [] });
  });

  it('knows the first communication; a note is none', () => {
    const note = { ...spoken, kind: 'note', at: '2026-11-01T09:00:00Z' };
    expect(older({ logs: [note, spoken] }).firsts).toEqual({ communication: spoken.at, disclosure: null });
    expect(older({ logs: [note] }).firsts).toEqual({ communication: null, disclosure: null });
  });

  it('reads an objection strictly: no act of the person comes after it', () => {
    const unseen = { fact: '', at: '9999-12-31T23:59:59Z', actor: '', device: '', hash: '' };
    expect(older({ objection: 'general' }).objections).toEqual({
      marketing: unseen,
      general: { ...unseen, state: 'pending' },
    });
    expect(older({ objection: 'direct_marketing' }).objections).toEqual({ marketing: unseen, general: null });
    expect(older({ objection: 'none' }).objections).toEqual({ marketing: null, general: null });
  });

  it('has every region that was added since, empty', () => {
    const { bases: _, consents: __, ...lacking } = held;
    expect(upgraded({ ...lacking, v: 1 } as never)).toMatchObject({ bases: [], consents: [] });
  });
});

it('an objection folds to what it was, whether read alone or with the others', () => {
  const no = objected('2026-11-05T09:00:00Z');
  expect(advance(held, no, never)).toEqual(fold([...before, no]));
});
