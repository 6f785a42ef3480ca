import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { euPolicy } from '../../src/domain/policy/policy.ts';
import { fold, statusAt, unknownContact } from '../../src/domain/status.ts';
import { attempted, bounced, objected, obtained, told, voided } from './facts.ts';

const policy = euPolicy('Europe/Berlin');
const flagOf = (entries: Parameters<typeof fold>[0], now: string) => statusAt(fold(entries), now, policy).flag;

describe('who has been told', () => {
  it('counts the days to the target of somebody who has not', () => {
    const status = statusAt(fold([obtained('2026-11-02T09:00:00Z')]), '2026-11-20T12:00:00Z', policy);
    expect(status).toMatchObject({ flag: 'due', daysLeft: 12, day: { n: 18, m: 30 } });
    expect(status.deadline?.legalDue).toBe('2026-12-02');
  });

  it('is told only by a delivery, never by an attempt', () => {
    const state = fold([obtained('2026-11-02T09:00:00Z'), attempted('2026-11-03T09:00:00Z', 'a')]);
    const status = statusAt(state, '2026-11-04T09:00:00Z', policy);
    expect(status.flag).toBe('due');
    expect(status.pending?.fact).toBe('a');
  });

  it('is told once the attempt is confirmed, and the clock stops', () => {
    const state = fold([
      obtained('2026-11-02T09:00:00Z'),
      attempted('2026-11-03T09:00:00Z', 'a'),
      told('2026-11-04T09:00:00Z', 'b', 'a'),
    ]);
    const status = statusAt(state, '2027-11-04T09:00:00Z', policy);
    expect(status).toMatchObject({ flag: 'told', deadline: null, daysLeft: null, pending: null });
  });

  it('is not told when the notice bounced, whichever of the two arrives first', () => {
    const first = [
      obtained('2026-11-02T09:00:00Z'),
      told('2026-11-04T09:00:00Z', 'b'),
      bounced('2026-11-05T09:00:00Z', 'b'),
    ];
    const second = [
      obtained('2026-11-02T09:00:00Z'),
      bounced('2026-11-03T09:00:00Z', 'b'),
      told('2026-11-04T09:00:00Z', 'b'),
    ];
    expect(flagOf(first, '2026-11-06T09:00:00Z')).toBe('due');
    expect(flagOf(second, '2026-11-06T09:00:00Z')).toBe('due');
  });

  it('voids a delivery whose attempt turns out to have failed', () => {
    const entries = [
      obtained('2026-11-02T09:00:00Z'),
      attempted('2026-11-03T09:00:00Z', 'a'),
      told('2026-11-04T09:00:00Z', 'b', 'a'),
      bounced('2026-11-05T09:00:00Z', 'a'),
    ];
    expect(flagOf(entries, '2026-11-06T09:00:00Z')).toBe('due');
  });

  it('does not accept the text for people who gave their data themselves from somebody whose data came from elsewhere', () => {
    const entries = [obtained('2026-11-02T09:00:00Z'), told('2026-11-04T09:00:00Z', 'b', null, 'direct')];
    expect(flagOf(entries, '2026-11-05T09:00:00Z')).toBe('due');
  });

  it('accepts the longer text for somebody who gave their data themselves', () => {
    const entries = [
      obtained('2026-11-02T09:00:00Z', { kind: 'direct', source: 'meeting', anchorFromCrm: false }),
      told('2026-11-02T10:00:00Z', 'b'),
    ];
    expect(flagOf(entries, '2026-11-05T09:00:00Z')).toBe('told');
  });

  it('forgets what was taken back, and nothing else', () => {
    const entries = [
      obtained('2026-11-02T09:00:00Z'),
      told('2026-11-04T09:00:00Z', 'b'),
      voided('2026-11-04T09:00:05Z', 'b'),
    ];
    expect(flagOf(entries, '2026-11-05T09:00:00Z')).toBe('due');
  });

  it('remembers for ever that somebody was told late', () => {
    const state = fold([obtained('2026-01-02T09:00:00Z'), told('2026-11-04T09:00:00Z', 'b')]);
    expect(statusAt(state, '2026-11-05T09:00:00Z', policy)).toMatchObject({ flag: 'told', lateTold: true });
  });
});

describe('the day-one rule', () => {
  it('is backlog when it was overdue before the CRM was connected, and overdue when it became so since', () => {
    const old = obtained('2020-01-02T09:00:00Z', { connectedAt: '2026-11-01T00:00:00Z' });
    expect(flagOf([old], '2026-11-05T09:00:00Z')).toBe('backlog');
    const recent = obtained('2026-10-20T09:00:00Z', { connectedAt: '2026-11-01T00:00:00Z' });
    expect(flagOf([recent], '2026-11-30T09:00:00Z')).toBe('overdue');
  });

  it('reads somebody with no fact from the date the CRM shows, and writes nothing', () => {
    const met = { at: '2026-11-02T09:00:00Z', kind: 'indirect', anchorFromCrm: true, connectedAt: null } as const;
    expect(statusAt(unknownContact, '2026-11-20T12:00:00Z', policy, met)).toMatchObject({ flag: 'due', daysLeft: 12 });
    expect(statusAt(unknownContact, '2026-11-20T12:00:00Z', policy)).toMatchObject({
      flag: 'not_told',
      deadline: null,
    });
  });
});

describe('objections', () => {
  it('outrank everything on the badge, told or not', () => {
    expect(
      flagOf(
        [obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'b'), objected('2026-11-04T09:00:00Z')],
        '2026-11-05T09:00:00Z',
      ),
    ).toBe('objected');
  });

  it('are never weakened by a later, narrower one', () => {
    const state = fold([objected('2026-11-04T09:00:00Z'), objected('2026-11-05T09:00:00Z', 'direct_marketing')]);
    expect(state.objection).toBe('general');
  });
});

describe('the fold', () => {
  const entries = [
    obtained('2026-11-02T09:00:00Z'),
    obtained('2026-11-01T09:00:00Z', { kind: 'direct', source: 'meeting', anchorFromCrm: false, link: null }),
    attempted('2026-11-03T09:00:00Z', 'a'),
    told('2026-11-04T09:00:00Z', 'b', 'a'),
    bounced('2026-11-05T09:00:00Z', 'b'),
    told('2026-11-06T09:00:00Z', 'c'),
    objected('2026-11-06T09:00:00Z', 'direct_marketing'),
    voided('2026-11-07T09:00:00Z', 'c'),
    attempted('2026-11-08T09:00:00Z', 'd'),
  ];

  it('gives the same status for the same facts in any order, with any repeated', () => {
    const expected = fold(entries);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length }),
        fc.subarray(entries),
        (shuffled, repeated) => {
          expect(fold([...shuffled, ...repeated])).toEqual(expected);
        },
      ),
    );
  });

  it('anchors at the earliest obtaining and needs the Art. 14 text as soon as any source is another', () => {
    expect(fold(entries).obtained).toMatchObject({ at: '2026-11-01T09:00:00Z', kind: 'indirect' });
  });

  it('says nothing where a payload was erased', () => {
    const erased = entries.map((entry) => ({ ...entry, payload: null }));
    expect(fold(erased)).toEqual(unknownContact);
  });
});
