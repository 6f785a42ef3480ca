/** Several of a kind side by side: bases of several purposes, records of several CRMs, voids of several people. */
import { describe, expect, it } from 'vitest';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import { basesIn, basisFor } from '../../src/domain/status/basis.ts';
import { knowing } from '../../src/domain/status/knowing.ts';
import type { Mark } from '../../src/domain/status/state.ts';
import { fold } from '../../src/domain/status.ts';
import { attempted, by, fact, logged, objected, obtained, officer, told, voided } from './facts.ts';

const held = [obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'told')];
const account = 'account_management';
type Basis = Payloads['basis.set']['basis'];
const set = (basis: Basis, purpose: string, at: string, id = `${purpose}-${at}`) =>
  fact('basis.set', at, { purpose, basis, assessment: null, reviewBy: null }, id);
const change = (from: Basis, basis: Basis, purpose: string, at: string) =>
  fact('basis.changed', at, { purpose, from, basis, why: 'w', assessment: null, reviewBy: null });
const theirs = (entry: Entry) => by(entry, { device: 'd2', actor: 'u2' });

describe('bases of several purposes', () => {
  const events = set('contract', 'events', '2026-11-04T09:00:00Z');
  const managed = set('legitimate_interests', account, '2026-11-05T09:00:00Z');
  const research = set('public_task', 'research', '2026-11-06T09:00:00Z');
  const three = [
    { purpose: account, basis: 'legitimate_interests' },
    { purpose: 'events', basis: 'contract' },
    { purpose: 'research', basis: 'public_task' },
  ];

  it('stand side by side, in one order whatever came first', () => {
    const late = [
      set('public_task', 'research', '2026-11-01T09:00:00Z'),
      set('contract', 'events', '2026-11-02T09:00:00Z'),
      set('legitimate_interests', account, '2026-11-03T09:00:00Z'),
    ];
    expect(basesIn(fold([...held, events, managed, research]))).toEqual(three);
    expect(basesIn(fold([...held, ...late]))).toEqual(three);
  });

  it('are asked for by their purpose', () => {
    const state = fold([...held, events, managed]);
    expect(basisFor(state, 'events')?.basis).toBe('contract');
    expect(basisFor(state, account)?.basis).toBe('legitimate_interests');
    expect(basisFor(state, 'research')).toBeNull();
  });

  it('are set anew for one without touching the others', () => {
    const anew = set('legal_obligation', 'events', '2026-11-07T09:00:00Z');
    const state = fold([...held, events, managed, anew]);
    expect(basesIn(state)).toEqual([three[0], { purpose: 'events', basis: 'legal_obligation' }]);
    expect(state.conflicts).toEqual([]);
  });

  it('of one purpose by two people: the narrowest of the two counts, and of two as narrow the first', () => {
    const counts = (mine: Basis, other: Basis) =>
      basisFor(
        fold([
          ...held,
          set(mine, account, '2026-11-04T09:00:00Z'),
          theirs(set(other, account, '2026-11-05T09:00:00Z')),
        ]),
        account,
      )?.basis;
    const widening: readonly Basis[] = [
      'consent',
      'legitimate_interests',
      'recognised_legitimate_interests',
      'contract',
    ];
    for (const [at, narrow] of widening.entries()) {
      for (const wide of widening.slice(at + 1)) {
        expect(counts(narrow, wide)).toBe(narrow);
        expect(counts(wide, narrow)).toBe(narrow);
      }
    }
    expect(counts('contract', 'legal_obligation')).toBe('contract');
  });

  it('a change replaces only the basis that it names', () => {
    const mine = set('contract', account, '2026-11-04T09:00:00Z');
    const other = by(change('consent', 'legal_obligation', account, '2026-11-05T09:00:00Z'), {
      device: 'd2',
      actor: 'u2',
      parents: [mine.hash],
    });
    expect(fold([...held, mine, other]).conflicts).toMatchObject([{ is: 'basis', about: account }]);
  });

  it('an officer’s decision keeps the one that it names, for its purpose', () => {
    const mine = set('contract', account, '2026-11-04T09:00:00Z');
    const other = theirs(set('legal_obligation', account, '2026-11-05T09:00:00Z', 'other'));
    const [conflict] = fold([...held, events, mine, other]).conflicts;
    const settled = (keep: string) =>
      officer(fact('conflict.settled', '2026-11-08T09:00:00Z', { conflict: conflict?.id ?? '', keep, reason: 'r' }));
    const kept = fold([...held, events, mine, other, settled('other')]);
    expect(basesIn(kept)).toEqual([
      { purpose: account, basis: 'legal_obligation' },
      { purpose: 'events', basis: 'contract' },
    ]);
  });

  it('after a withdrawal only a basis that was a consent is held fast', () => {
    const given = fact('consent.withdrawn', '2026-11-04T09:00:00Z', {
      purpose: account,
      channel: 'email',
      via: 'mail',
    } as never);
    const rests = set('contract', account, '2026-11-05T09:00:00Z');
    const anew = change('contract', 'legitimate_interests', account, '2026-11-06T09:00:00Z');
    const state = fold([...held, given, rests, anew]);
    expect(state.findings).toEqual([]);
    expect(basisFor(state, account)?.basis).toBe('legitimate_interests');
  });

  it('to a consent anybody may change, also after a withdrawal', () => {
    const entries = [
      set('consent', account, '2026-11-03T10:00:00Z'),
      fact('consent.withdrawn', '2026-11-04T09:00:00Z', { purpose: account, channel: 'email', via: 'mail' } as never),
      set('consent', account, '2026-11-05T09:00:00Z', 'again'),
    ];
    expect(fold([...held, ...entries]).findings).toEqual([]);
    const swapped = set('contract', account, '2026-11-06T09:00:00Z', 'swap');
    expect(fold([...held, ...entries, swapped]).findings).toMatchObject([{ is: 'basis_swapped', fact: 'swap' }]);
  });
});

describe('records of several CRMs', () => {
  const from = (connection: string, remoteId: string) =>
    obtained(`2026-11-0${remoteId.length}T09:00:00Z`, { link: { connection, remoteId } });

  it('are one link each, and the same record is one', () => {
    const state = fold([from('a', 'r'), from('b', 'rr'), from('a', 'rrr'), from('a', 'r'), from('b', 'rr')]);
    expect(state.links).toEqual([
      { connection: 'a', remoteId: 'r' },
      { connection: 'b', remoteId: 'rr' },
      { connection: 'a', remoteId: 'rrr' },
    ]);
    expect(fold([from('a', 'r'), from('b', 'r')]).links).toHaveLength(2);
  });

  it('make the data indirect as soon as one of them is, whichever comes first', () => {
    const direct = (at: string) => obtained(at, { kind: 'direct' });
    const kinds = (...entries: readonly Entry[]) => fold(entries).obtained?.kind;
    expect(kinds(direct('2026-11-01T09:00:00Z'), direct('2026-11-02T09:00:00Z'))).toBe('direct');
    expect(kinds(obtained('2026-11-01T09:00:00Z'), direct('2026-11-02T09:00:00Z'))).toBe('indirect');
    expect(kinds(direct('2026-11-01T09:00:00Z'), obtained('2026-11-02T09:00:00Z'))).toBe('indirect');
  });
});

describe('notices on their way', () => {
  const two = [attempted('2026-11-04T09:00:00Z', 'first'), attempted('2026-11-05T09:00:00Z', 'second')];

  it('the latest one waits for its confirmation, until it has it', () => {
    expect(fold([...held, ...two]).attempt?.fact).toBe('second');
    const confirmed = told('2026-11-06T09:00:00Z', 'arrived', 'second');
    expect(fold([...held, ...two, confirmed]).attempt?.fact).toBe('first');
    expect(fold([...held, ...two, confirmed, told('2026-11-06T10:00:00Z', 'too', 'first')]).attempt).toBeNull();
  });

  it('a second proof raises what was only stated, of the notice that it names', () => {
    const proof = (ref: string) =>
      fact('evidence.attached', '2026-11-06T09:00:00Z', { ref, kind: 'mail', content: null } as never);
    const evidenceOf = (...entries: readonly Entry[]) => fold([...held, ...entries]).told?.evidence;
    expect(evidenceOf(proof('told'))).toBe('artefact');
    expect(evidenceOf(proof('another'))).toBe('stated');
    const system = { ...told('2026-11-02T10:00:00Z', 'sys') };
    const bySystem = { ...system, payload: { ...system.payload, evidence: 'system' } } as Entry;
    expect(evidenceOf(bySystem, proof('sys'))).toBe('system');
  });

  it('to somebody whom nobody says how we got, a notice for data from elsewhere is needed', () => {
    expect(fold([told('2026-11-03T09:00:00Z', 'direct', null, 'direct')]).told).toBeNull();
    expect(fold([told('2026-11-03T09:00:00Z', 'indirect')]).told?.fact).toBe('indirect');
  });
});

describe('an erasure', () => {
  const on = (stream: string, entry: Entry): Entry => by(entry, { stream: `contact/${stream}` } as never);
  const joins = (from: string, into: string, at: string) =>
    on(into, officer(fact('record.merged', at, { from, into } as never)));
  const gone = (stream: string, at: string) =>
    on(stream, officer(fact('erasure.executed', at, { ground: 'unlawful', places: [], suppression: null } as never)));
  const people = ['c1', 'c2', 'c3'].map((stream) => on(stream, obtained('2026-11-02T09:00:00Z')));
  const joined = [joins('c1', 'c2', '2026-11-03T09:00:00Z'), joins('c3', 'c2', '2026-11-04T09:00:00Z')];

  it('reaches through every record that was joined before, in whatever order the joins are read', () => {
    for (const joins of [joined, [...joined].reverse()]) {
      const state = fold([...people, ...joins, gone('c1', '2026-11-05T09:00:00Z')]);
      expect(state.obtained).toBeNull();
      expect(state.erasure.executedAt).toBe('2026-11-05T09:00:00Z');
    }
  });

  it('of the moment of the join reaches through it; one before it does not', () => {
    expect(
      fold([...people.slice(0, 2), ...joined.slice(0, 1), gone('c1', '2026-11-03T09:00:00Z')]).obtained,
    ).toBeNull();
    expect(
      fold([...people.slice(0, 2), ...joined.slice(0, 1), gone('c1', '2026-11-03T08:59:59Z')]).obtained,
    ).not.toBeNull();
  });

  it('leaves another record alone that was never joined', () => {
    expect(fold([...people, gone('c1', '2026-11-05T09:00:00Z')]).obtained).not.toBeNull();
  });
});

describe('what happened first', () => {
  it('stays the first communication, whatever follows', () => {
    const state = fold([...held, logged('2026-11-04T09:00:00Z'), logged('2026-11-06T09:00:00Z')]);
    expect(state.firsts.communication).toBe('2026-11-04T09:00:00Z');
    expect(state.lastContact).toBe('2026-11-06T09:00:00Z');
  });

  it('a log without a purpose carries none', () => {
    const [plain, purposed] = fold([
      ...held,
      logged('2026-11-04T09:00:00Z'),
      logged('2026-11-05T09:00:00Z', 'call', 'events'),
    ]).logs;
    expect(plain && 'purpose' in plain).toBe(false);
    expect(purposed?.purpose).toBe('events');
  });

  it('the first recording is the earliest, in whatever order they happened', () => {
    const late = by(logged('2026-11-01T09:00:00Z'), { recordedAt: '2026-11-09T09:00:00Z' });
    expect(fold([...held, late]).firstRecordedAt).toBe('2026-11-02T09:00:00Z');
    expect(fold([late]).firstRecordedAt).toBe('2026-11-09T09:00:00Z');
  });
});

describe('taking back', () => {
  const no = by(objected('2026-11-05T09:00:00Z'), { id: 'no' });
  const slip = (recordedAt: string, more: Partial<Entry['fact']> = {}) =>
    by(voided('2026-11-05T09:00:20Z', 'no'), { recordedAt, ...more });
  const objectionOf = (undone: Entry) => fold([...held, no, undone]).objection;

  it('an objection is a slip for fifteen seconds, and not a moment longer', () => {
    expect(objectionOf(slip('2026-11-05T09:00:15.000Z'))).toBe('none');
    expect(objectionOf(slip('2026-11-05T09:00:15.001Z'))).toBe('general');
  });

  it('its author may from another device, and another hand on the same device', () => {
    expect(objectionOf(slip('2026-11-05T09:00:05Z', { device: 'd2' }))).toBe('none');
    expect(objectionOf(slip('2026-11-05T09:00:05Z', { actor: 'u2' }))).toBe('none');
    expect(objectionOf(slip('2026-11-05T09:00:05Z', { device: 'd2', actor: 'u2' }))).toBe('general');
  });
});

describe('what an author had seen', () => {
  const markOf = ({ fact: { id, occurredAt, actor, device }, hash }: Entry): Mark => ({
    fact: id,
    at: occurredAt,
    actor,
    device,
    hash,
  });
  const first = by(told('2026-11-03T09:00:00Z', 'first'), { hlc: '1' });
  const second = by(told('2026-11-04T09:00:00Z', 'second'), { hlc: '2', prev: 'first' });
  const joined = by(told('2026-11-05T09:00:00Z', 'joined'), { hlc: '3', device: 'd2', parents: ['second'] });
  const apart = by(told('2026-11-05T09:00:00Z', 'apart'), { hlc: '4', device: 'd3' });
  const knew = knowing([first, second, joined, apart]);

  it('on another device: what its chains lead back to, through facts between', () => {
    expect(knew(joined)(markOf(second))).toBe(true);
    expect(knew(joined)(markOf(first))).toBe(true);
    expect(knew(apart)(markOf(first))).toBe(false);
  });

  it('on one device: what it wrote before, and nothing that is not there', () => {
    expect(knew(second)(markOf(first))).toBe(true);
    expect(knew(first)(markOf(second))).toBe(false);
    expect(knew(first)(markOf(first))).toBe(false);
    expect(knew(second)({ ...markOf(first), hash: 'nowhere' })).toBe(false);
  });
});
