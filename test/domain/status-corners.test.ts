/** Corners of the fold and of statuses: two devices, second thoughts, and what nobody expects to happen twice. */
import { describe, expect, it } from 'vitest';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import { impliedUntil } from '../../src/domain/policy/clocks.ts';
import { sorted, unique } from '../../src/domain/status/order.ts';
import { isOlder } from '../../src/domain/status/telling.ts';
import { fold } from '../../src/domain/status.ts';
import { by, fact, objected, obtained, officer, told } from './facts.ts';
import { lawIn, NOW, read } from './people.ts';

const held = [obtained('2026-11-02T09:00:00Z'), told('2026-11-02T10:00:00Z', 'told')];
const given = (at: string, channel: 'email' | 'phone' = 'email', id = `given-${channel}-${at}`): Entry =>
  fact(
    'consent.given',
    at,
    {
      purpose: 'direct_marketing',
      channel,
      text: {
        noticeId: 'n',
        version: '1',
        textHash: 'h',
        purposes: ['direct_marketing'],
        shownAt: '2026-11-01T08:00:00Z',
      },
      method: 'form',
      indicatedBy: 'person',
      affirmative: true,
      evidence: 'artefact',
      evidenceAt: null,
      validUntil: null,
    },
    id,
  );
const withdrawn = (at: string, channel: 'email' | null = 'email'): Entry =>
  fact('consent.withdrawn', at, { purpose: 'direct_marketing', channel, via: 'phone' }, `withdrawn-${at}`);

describe('consent given, withdrawn and given again, twice', () => {
  it('leaves two gaps: each ends with the consent that followed it', () => {
    const days = ['2026-11-04', '2026-11-05', '2026-11-06', '2026-11-07', '2026-11-08'].map(
      (day) => `${day}T09:00:00Z`,
    );
    const [first, second, third, fourth, fifth] = days as [string, string, string, string, string];
    const entries = [given(first), withdrawn(second), given(third), withdrawn(fourth), given(fifth)];
    expect(fold([...held, ...entries]).consents[0]?.gaps).toEqual([
      { from: second, until: third },
      { from: fourth, until: fifth },
    ]);
  });
});

describe('a withdrawal of every channel, written where the consents were not known', () => {
  it('is a conflict for each of them, and the withdrawals count', () => {
    const email = by(given('2026-11-05T09:00:00Z', 'email', 'email'), { device: 'd2', actor: 'u2' });
    const phone = by(given('2026-11-05T09:00:00Z', 'phone', 'phone'), { device: 'd2', actor: 'u2' });
    const status = read([...held, email, phone, withdrawn('2026-11-05T09:03:00Z', null)]);
    expect(status.conflicts.map(({ is, about }) => [is, about])).toEqual([
      ['consent', 'direct_marketing/email'],
      ['consent', 'direct_marketing/phone'],
    ]);
    expect([status.marketable.email, status.marketable.phone]).toEqual([
      { allowed: false, because: 'conflict' },
      { allowed: false, because: 'conflict' },
    ]);
  });
});

describe('the order in which facts are read', () => {
  it('begins with what has no readable date, so that it can never pass what restricts', () => {
    const undated = by(objected('2026-11-05T09:00:00Z'), { occurredAt: 'some day', id: 'undated' });
    expect(sorted([...held, undated]).map(({ fact: { id } }) => id)[0]).toBe('undated');
  });

  it('two voids at one moment of the clock are read alike on every device', () => {
    const entry = told('2026-11-05T09:00:00Z', 'b');
    const voids = ['one', 'two'].map((id) =>
      by(fact('fact.voided', '2026-11-06T09:00:00Z', { ref: 'b', reason: 'mistaken' }, id), { hlc: '9' }),
    );
    const other = by(fact('fact.voided', '2026-11-06T10:00:00Z', { ref: 'two', reason: 'mistaken' }, 'zero'), {
      hlc: '9',
    });
    const forth = fold([...held, entry, ...voids, other]);
    expect(forth).toEqual(fold([other, ...[...voids].reverse(), entry, ...held]));
    expect(forth.voids).toEqual(['b', 'two']);
  });

  it('a fact held twice, once without its payload, is read with it, whichever came first', () => {
    const [whole] = held as [Entry];
    const bare = { ...whole, payload: null } as Entry;
    for (const twice of [
      [whole, bare],
      [bare, whole],
    ])
      expect(unique(twice)).toEqual({ entries: [whole], alarms: [] });
  });
});

describe('a request', () => {
  const request = fact('request.received', '2026-11-02T09:00:00Z', { kind: 'access', via: 'mail', words: null }, 'r');
  const paused = (at: string): Entry => fact('request.paused', at, { ref: 'r', stop: 'clarification' });
  const resumed = (at: string): Entry => fact('request.resumed', at, { ref: 'r' } as Payloads['request.resumed']);
  const stops = (...entries: readonly Entry[]) => fold([request, ...entries]).requests[0]?.stops;

  it('that stands still is not stopped a second time', () => {
    expect(stops(paused('2026-11-03T09:00:00Z'), paused('2026-11-04T09:00:00Z'))).toEqual([
      { stop: 'clarification', from: '2026-11-03T09:00:00Z', until: null },
    ]);
  });

  it('resumed twice went on the first time; a second stop is its own', () => {
    expect(
      stops(
        paused('2026-11-03T09:00:00Z'),
        resumed('2026-11-04T09:00:00Z'),
        paused('2026-11-05T09:00:00Z'),
        resumed('2026-11-06T09:00:00Z'),
        resumed('2026-11-07T09:00:00Z'),
      ),
    ).toEqual([
      { stop: 'clarification', from: '2026-11-03T09:00:00Z', until: '2026-11-04T09:00:00Z' },
      { stop: 'clarification', from: '2026-11-05T09:00:00Z', until: '2026-11-06T09:00:00Z' },
    ]);
  });
});

describe('several grounds of implied consent', () => {
  it('last as long as the longest, in whatever order they were recorded', () => {
    const ground = (ground: 'inquiry' | 'purchase', base: string) => ({ ground, base, channel: null, at: NOW });
    const grounds = [ground('purchase', '2026-05-01'), ground('inquiry', '2026-05-01')];
    const canada = lawIn('CA');
    expect(impliedUntil(grounds, 'email', canada)).toBe('2028-05-01');
    expect(impliedUntil([...grounds].reverse(), 'email', canada)).toBe('2028-05-01');
  });
});

describe('versions of a notice', () => {
  it('are compared number by number: 3 is older than 3.1, and 3.1.0 is 3.1', () => {
    expect([isOlder('3', '3.1'), isOlder('3.1', '3'), isOlder('3.1.0', '3.1'), isOlder('9', '10')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('the badge', () => {
  it('says withdrawn of whoever withdrew, not of whoever was asked or agreed', () => {
    expect(read([...held, given('2026-11-05T09:00:00Z')]).badge).toBe('told');
    expect(read([...held, given('2026-11-05T09:00:00Z'), withdrawn('2026-11-06T09:00:00Z')]).badge).toBe('withdrawn');
  });

  it('keeps people from before day one apart from those who became overdue since', () => {
    const overdue = (at: string) => read([obtained(at, { connectedAt: '2026-10-02T09:00:00Z' })]);
    expect(overdue('2020-10-01T09:00:00Z')).toMatchObject({ badge: 'backlog', flag: 'backlog' });
    expect(overdue('2026-10-01T09:00:00Z')).toMatchObject({ badge: 'overdue', flag: 'overdue' });
    expect(
      read([obtained('2020-10-01T09:00:00Z', { connectedAt: '2026-10-02T09:00:00Z' }), held[1] as Entry]),
    ).toMatchObject({ badge: 'told', backlog: false, lateTold: true });
  });
});

describe('whose contact it is', () => {
  const [first] = held as [Entry];
  const claim = (id: string, at = '2026-11-04T09:00:00Z') =>
    fact('ownership.claimed', at, { basisOfClaim: 'school', preExistingSince: null }, id);
  const elsewhere = (entry: Entry) => by(officer(entry), { actor: 'officer', device: 'd9' });

  it('an officer’s word about another claim than the one at hand changes nothing', () => {
    const confirmed = elsewhere(fact('ownership.confirmed', '2026-11-05T09:00:00Z', { ref: 'another' }));
    const rejected = elsewhere(fact('ownership.rejected', '2026-11-05T09:00:00Z', { ref: 'another', reason: 'r' }));
    expect(read([first, claim('claim'), confirmed]).ownership).toBe('claimed');
    expect(read([first, claim('claim'), rejected]).ownership).toBe('claimed');
  });

  it('claiming again what one claims is no dispute; a dispute stays one, whoever claims', () => {
    expect(read([first, claim('claim'), claim('again', '2026-11-05T09:00:00Z')]).ownership).toBe('claimed');
    const dispute = fact('ownership.disputed', '2026-11-03T09:00:00Z', { reason: 'r' });
    expect(read([first, dispute, claim('claim')]).ownership).toBe('disputed');
  });

  it('records merged into one are named once each, in one order', () => {
    const merged = (from: string, at: string) => fact('record.merged', at, { from, into: 'c1' });
    const entries = [
      first,
      merged('c3', '2026-11-10T09:00:00Z'),
      merged('c2', '2026-11-11T09:00:00Z'),
      merged('c3', '2026-11-12T09:00:00Z'),
    ];
    expect(fold(entries).merged).toEqual(['c2', 'c3']);
  });
});

describe('of several', () => {
  it('requests the one that is meant is answered', () => {
    const request = (id: string) =>
      fact('request.received', '2026-11-02T09:00:00Z', { kind: 'access', via: 'mail', words: null }, id);
    const answered = fact('request.fulfilled', '2026-11-05T09:00:00Z', { ref: 'b', how: 'export' });
    expect(fold([request('a'), request('b'), answered]).requests.map(({ state }) => state)).toEqual([
      'received',
      'fulfilled',
    ]);
  });

  it('restrictions the one that is meant is lifted, if the person was told no later than then', () => {
    const set = (id: string) => fact('restriction.set', '2026-11-04T09:00:00Z', { ground: 'accuracy' }, id);
    const lifted = (informedAt: string) =>
      officer(fact('restriction.lifted', '2026-11-06T09:00:00Z', { ref: 'a', informedAt }));
    expect(fold([set('a'), set('b'), lifted('2026-11-06T09:00:00Z')]).restrictions.map(({ fact: id }) => id)).toEqual([
      'b',
    ]);
    expect(fold([set('a'), lifted('2026-11-06T09:00:01Z')])).toMatchObject({
      restrictions: [{ fact: 'a' }],
      findings: [{ is: 'person_not_informed' }],
    });
  });
});
