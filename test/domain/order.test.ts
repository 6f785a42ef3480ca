/** The order in which facts are read, and what counts as one fact: neither depends on who arrives first. */
import { describe, expect, it } from 'vitest';
import type { Entry, FactType } from '../../src/domain/events.ts';
import { byPlace, isRestrictive, type Place, sorted, unique } from '../../src/domain/status/order.ts';
import { by, fact, objected, obtained, officer, told } from './facts.ts';

const AT = '2026-11-05T09:00:00Z';
const idsOf = (entries: readonly Entry[]) => entries.map((entry) => entry.fact.id);
/** The same id, another content. */
const twin = (entry: Entry, hash: string, more: Partial<Entry> = {}): Entry => ({ ...entry, ...more, hash }) as Entry;

describe('what holds a person back comes last among facts of one moment, and so wins', () => {
  it.each<FactType>([
    'objection.raised',
    'notice.failed',
    'fact.voided',
    'consent.withdrawn',
    'consent.refused',
    'consent.revoked',
    'consent.invalidated',
    'restriction.set',
    'ownership.disputed',
    'erasure.requested',
    'erasure.executed',
  ])('%s', (type) => {
    expect(isRestrictive(type)).toBe(true);
    const restrictive = by(fact('objection.raised', AT, { scope: 'general' }, 'no'), { type, hlc: '0' } as never);
    const other = by(told(AT, 'yes'), { hlc: '9' });
    expect(idsOf(sorted([restrictive, other]))).toEqual(['yes', 'no']);
    expect(idsOf(sorted([other, restrictive]))).toEqual(['yes', 'no']);
  });

  it.each<FactType>(['contact.obtained', 'notice.delivered', 'consent.given', 'restriction.lifted'])(
    'but not %s',
    (type) => expect(isRestrictive(type)).toBe(false),
  );
});

describe('the order of two facts', () => {
  const place: Place = { at: 1, restrictive: 1, hlc: 'b', device: 'b', seq: 1, id: 'b' };
  it.each<[string, Partial<Place>]>([
    ['the moment', { at: 2, restrictive: 0, hlc: 'a', device: 'a', seq: 0, id: 'a' }],
    ['whether it holds back', { restrictive: 2, hlc: 'a', device: 'a', seq: 0, id: 'a' }],
    ['the clock', { hlc: 'c', device: 'a', seq: 0, id: 'a' }],
    ['the device', { device: 'c', seq: 0, id: 'a' }],
    ['the place in its chain', { seq: 2, id: 'a' }],
    ['the id', { id: 'c' }],
  ])('is decided by %s before what comes after it', (_, later) => {
    expect(byPlace(place, { ...place, ...later })).toBeLessThan(0);
    expect(byPlace({ ...place, ...later }, place)).toBeGreaterThan(0);
  });

  it('is none where both are the same', () => {
    expect(byPlace(place, { ...place })).toBe(0);
  });
});

describe('one id with two contents', () => {
  const readOf = (...entries: readonly Entry[]) => unique(entries).entries;

  it('is an alarm with every hash, in one order', () => {
    const one = told(AT, 'same');
    const twins = [twin(one, 'b'), twin(one, 'c'), twin(one, 'a')];
    for (const entries of [twins, [...twins].reverse()]) {
      expect(unique(entries).alarms).toContainEqual({ is: 'same_id', id: 'same', hashes: ['a', 'b', 'c'] });
    }
  });

  it('is none where the same fact came twice', () => {
    const one = told(AT, 'same');
    expect(unique([one, one, { ...one }])).toEqual({ entries: [one], alarms: [] });
  });

  it('is read as the one that holds back more, whichever came first', () => {
    const open = twin(told(AT, 'same'), 'a');
    const closed = twin(by(objected(AT), { id: 'same' }), 'b');
    expect(readOf(open, closed)).toEqual([closed]);
    expect(readOf(closed, open)).toEqual([closed]);
  });

  it('is read as the erasure before any other restriction', () => {
    const closed = twin(by(objected(AT), { id: 'same' }), 'a');
    const gone = twin(officer(by(objected(AT), { id: 'same', type: 'erasure.executed' })), 'b');
    expect(readOf(closed, gone)).toEqual([gone]);
    expect(readOf(gone, closed)).toEqual([gone]);
  });

  it('is not read as a restriction that its author may not record', () => {
    const open = twin(told(AT, 'same'), 'a');
    const claimed = twin(by(objected(AT), { id: 'same', type: 'erasure.executed' }), 'b');
    expect(readOf(open, claimed)).toEqual([open]);
    expect(readOf(claimed, open)).toEqual([open]);
  });

  it('is read as the smaller hash where both hold back as much', () => {
    const [a, b] = [twin(told(AT, 'same'), 'a'), twin(told(AT, 'same'), 'b')];
    expect(readOf(a, b)).toEqual([a]);
    expect(readOf(b, a)).toEqual([a]);
  });

  it('is read with its content where one of them has lost it', () => {
    const whole = told(AT, 'same');
    const bare = { ...whole, payload: null } as Entry;
    expect(readOf(whole, bare)).toEqual([whole]);
    expect(readOf(bare, whole)).toEqual([whole]);
    expect(unique([whole, bare]).alarms).toEqual([]);
  });
});

it('two hashes at one place of a device’s chain are a fork, and it says where', () => {
  const at = { stream: 'contact/c1', device: 'd7', seq: 4 } as const;
  const one = twin(by(told(AT, 'one'), at), 'z');
  const other = twin(by(obtained(AT), { ...at, id: 'other' }), 'y');
  const elsewhere = twin(by(told(AT, 'third'), { ...at, seq: 5 }), 'x');
  expect(unique([one, other, elsewhere]).alarms).toEqual([{ is: 'fork', ...at, hashes: ['y', 'z'] }]);
});
