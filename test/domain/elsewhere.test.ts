/** Facts that come from elsewhere: bundles, other devices, bad input; and what erasure and access say about them. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decideTombstone, fingerprint, isSuppressed, normalised, placeOf } from '../../src/domain/erasure.ts';
import { readFact } from '../../src/domain/events/door.ts';
import { SHAPES } from '../../src/domain/events/shapes.ts';
import type { Entry } from '../../src/domain/events.ts';
import { hashFact } from '../../src/domain/hash.ts';
import { accessExport, portable } from '../../src/domain/held.ts';
import { ALARMS, mergeFacts, officerQueue } from '../../src/domain/merge.ts';
import { chained } from '../../src/domain/replay/chain.ts';
import { fold, statusAt } from '../../src/domain/status.ts';
import { by, fact, obtained, officer, told } from './facts.ts';
import { EU, NOW, read } from './people.ts';

const OBTAINED = { source: 'crm', kind: 'indirect', anchorFromCrm: true, connectedAt: null, link: null, name: null };
const objection = (at: string, more: object = {}) => ({
  type: 'objection.raised',
  occurredAt: at,
  payload: { scope: 'general' },
  ...more,
});
/** A real chain of one device. */
const chain = (...events: readonly object[]): readonly Entry[] => {
  const { entries, problems } = chained(events);
  expect(problems).toEqual([]);
  return entries;
};
const rehashed = (entry: Entry): Entry => ({ ...entry, hash: hashFact(entry.fact) });

describe('facts of two devices', () => {
  const mine = chain(
    { type: 'contact.obtained', occurredAt: '2026-11-02T09:00:00Z', payload: OBTAINED },
    objection('2026-11-03T09:00:00Z'),
  );
  const [first, second] = mine as [Entry, Entry];
  const theirs = chain({ ...objection('2026-11-04T09:00:00Z'), id: 'theirs', device: 'phone' });

  it('become one set: what is new is added, what is known is left', () => {
    expect(mergeFacts(mine, [...theirs, ...mine])).toEqual({ added: theirs, rejected: [], alarms: [] });
    expect(mergeFacts([], mine)).toMatchObject({ added: mine, alarms: [] });
  });

  it('the same id with another content is refused, and an alarm raised', () => {
    const forged = rehashed(
      by(second, { occurredAt: '2026-11-09T09:00:00Z', device: 'phone', seq: 1, prev: '0'.repeat(64) }),
    );
    expect(mergeFacts(mine, [forged])).toMatchObject({
      added: [],
      rejected: [forged],
      alarms: [{ is: 'same_id', fact: second.fact.id }],
    });
  });

  it('two hashes at one place of a device’s chain are a fork', () => {
    const forked = rehashed(by(second, { id: 'other' }));
    expect(mergeFacts(mine, [forked])).toMatchObject({
      added: [],
      rejected: [forked],
      alarms: [{ is: 'fork', device: 'device', hashes: [second.hash, forked.hash].sort() }],
    });
  });

  it('a fact that does not match its own hash is refused', () => {
    const altered = by(second, { actor: 'somebody else' });
    expect(mergeFacts([first], [altered])).toMatchObject({ added: [], rejected: [altered], alarms: [{ is: 'hash' }] });
  });

  it('a gap in a chain is an alarm, and so is a link that does not fit; the facts count', () => {
    const third = chain(
      { type: 'contact.obtained', occurredAt: '2026-11-02T09:00:00Z', payload: OBTAINED },
      objection('2026-11-03T09:00:00Z'),
      objection('2026-11-05T09:00:00Z'),
    )[2] as Entry;
    expect(mergeFacts([first], [third])).toMatchObject({ added: [third], alarms: [{ is: 'gap' }] });
    const unlinked = rehashed(by(third, { prev: 'a'.repeat(64) }));
    expect(mergeFacts(mine, [unlinked])).toMatchObject({ added: [unlinked], alarms: [{ is: 'broken_chain' }] });
    expect(mergeFacts(mine, [third]).alarms).toEqual([]);
  });

  it('a clock more than five minutes ahead is flagged; its facts count', () => {
    expect(mergeFacts([], theirs, '2026-11-04T08:55:00Z').alarms).toEqual([]);
    expect(mergeFacts([], theirs, '2026-11-04T08:54:59Z')).toMatchObject({
      added: theirs,
      alarms: [{ is: 'clock_skew', device: 'phone' }],
    });
  });

  it('about an erased person keep their hash and lose their payload: nobody is resurrected', () => {
    const tombstone = officer(
      fact('erasure.executed', '2026-11-10T09:00:00Z', { ground: 'objection', places: [], suppression: null }),
    );
    const here = by(tombstone, { stream: 'contact/person' });
    const { added } = mergeFacts([...mine, here], theirs);
    expect(added).toMatchObject([{ hash: theirs[0]?.hash, payload: null }]);
    expect(statusAt(fold([...mine, here, ...added]), NOW, EU).badge).toBe('erased');
  });

  it('every alarm has been seen here', () => {
    expect(Object.keys(ALARMS).sort()).toEqual(['broken_chain', 'clock_skew', 'fork', 'gap', 'hash', 'same_id']);
  });
});

describe('the officer’s queue', () => {
  it('lists contradictions, alarms and acts without effect, per person', () => {
    const basis = (id: string, actor: string, device: string) =>
      by(
        fact(
          'basis.set',
          '2026-11-04T09:00:00Z',
          { purpose: 'account_management', basis: id as 'contract', assessment: null, reviewBy: null },
          id,
        ),
        { actor, device },
      );
    const exemption = fact(
      'exemption.granted',
      '2026-11-05T09:00:00Z',
      { article: '14', reason: 'law', reviewBy: '2027-01-01' },
      'exemption',
    );
    const forged = { ...told('2026-11-05T09:00:00Z', 'exemption'), hash: 'forged' } as Entry;
    const fork = { ...told('2026-11-06T09:00:00Z', 'fork'), hash: 'f1' } as Entry;
    const twin = by({ ...told('2026-11-06T09:00:00Z', 'twin'), hash: 'f2' } as Entry, { seq: fork.fact.seq });
    const entries = [
      obtained('2026-11-02T09:00:00Z'),
      basis('contract', 'u1', 'd1'),
      basis('legitimate_interests', 'u2', 'd2'),
      exemption,
      forged,
      fork,
      twin,
    ];
    expect(officerQueue([{ contact: 'c1', status: read(entries) }])).toMatchObject([
      { contact: 'c1', is: 'fork', about: `d1#${fork.fact.seq}`, facts: ['f1', 'f2'] },
      { contact: 'c1', is: 'same_id', about: 'exemption', facts: ['exemption', 'forged'] },
      { contact: 'c1', is: 'basis', facts: ['contract', 'legitimate_interests'] },
      { contact: 'c1', is: 'officer_only', about: 'exemption' },
    ]);
  });
});

describe('at the door', () => {
  const good = chain(objection('2026-11-03T09:00:00Z'))[0] as Entry;
  const problems = (given: unknown) => readFact(given).problems?.map(({ is, path }) => [is, path]);
  const bent = (more: object) => ({ ...good, fact: { ...good.fact, ...more } });

  it('a whole fact passes, also one whose payload was erased', () => {
    expect(readFact(good).entry).toEqual(good);
    expect(readFact({ ...good, payload: null }).entry).toMatchObject({ payload: null });
  });

  it.each([
    ['nothing', null, [['no_object', 'fact']]],
    ['no envelope', { payload: {} }, [['no_object', 'fact.fact']]],
    ['a later version', bent({ v: 2 }), [['future_version', 'fact.fact.v']]],
    ['an unknown kind', bent({ type: 'contact.befriended' }), [['unknown_kind', 'fact.type']]],
    ['a kind that only objects inherit', bent({ type: 'toString' }), [['unknown_kind', 'fact.type']]],
    ['a date without a zone', bent({ occurredAt: '2026-11-03T09:00:00' }), [['no_zone', 'fact.fact.occurredAt']]],
    ['a day that is no moment', bent({ recordedAt: '2026-11-03' }), [['no_zone', 'fact.fact.recordedAt']]],
    ['the 30th of February', bent({ occurredAt: '2026-02-32T09:00:00Z' }), [['no_zone', 'fact.fact.occurredAt']]],
    ['a place before the first', bent({ seq: 0 }), [['wrong_shape', 'fact.fact.seq']]],
    ['a role that is none', bent({ role: 'king' }), [['wrong_shape', 'fact.fact.role']]],
    ['a stream of nothing', bent({ stream: 'planet/earth' }), [['wrong_shape', 'fact.fact.stream']]],
    ['a hash that is none', { ...good, hash: 'abc' }, [['wrong_shape', 'fact.hash']]],
    ['a wrong payload', { ...good, payload: { scope: 'everything' } }, [['wrong_shape', 'fact.payload.scope']]],
    ['a payload of nothing', { ...good, payload: undefined }, [['wrong_shape', 'fact.payload']]],
  ])('%s is refused, with its place', (_, given, expected) => {
    expect(problems(given)).toEqual(expected);
  });

  it('what a later Candor added to a payload is kept: the commitment is about all of it', () => {
    const later = { ...good, payload: { scope: 'general', heardBy: 'reception' } };
    expect(readFact(later).entry?.payload).toEqual(later.payload);
  });

  it('knows the shape of every kind', () => {
    expect(Object.keys(SHAPES)).toHaveLength(60);
  });
});

describe('the tombstone', () => {
  const command = {
    contact: 'c1',
    commandId: 'erase',
    now: NOW,
    ground: 'consent_withdrawn' as const,
    suppression: null,
    standing: { managed: ['officer' as const], alone: false },
    results: [
      { place: 'payloads', found: 7, destroyed: 7 },
      { place: 'search', found: 2, destroyed: 1 },
      { place: 'devices/phone', found: 0, destroyed: 0, asked: true },
      { place: 'backups', found: 0, destroyed: 0, because: 'out_of_reach' as const },
      { place: 'claims', found: 1, destroyed: 0, because: 'kept' as const },
    ],
  };

  it('says what was done, place by place, from the result: what failed is not called erased', () => {
    expect(command.results.map((one) => placeOf(one).state)).toEqual([
      'done',
      'failed',
      'pending',
      'out_of_reach',
      'kept',
    ]);
    expect(decideTombstone(command)).toMatchObject({
      complete: false,
      role: 'officer',
      fact: { id: 'erase', payload: { places: [{ place: 'payloads', state: 'done' }, {}, {}, {}, {}] } },
    });
    const done = command.results.filter(({ place }) => place !== 'search' && place !== 'devices/phone');
    expect(decideTombstone({ ...command, results: done })).toMatchObject({ complete: true });
  });

  it('is an officer’s, and nothing done is nothing said', () => {
    expect(decideTombstone({ ...command, standing: { managed: null, alone: false } })).toEqual({
      refused: 'officer_only',
    });
    expect(decideTombstone({ ...command, standing: { managed: null, alone: true } })).toMatchObject({
      fact: { payload: { selfConfirmed: true } },
    });
    expect(decideTombstone({ ...command, results: [] })).toEqual({ refused: 'nothing_done' });
  });
});

describe('the fingerprint of somebody erased', () => {
  const secret = new Uint8Array(32).fill(7);

  it('is the same however the address is written, and another under another secret', () => {
    const print = fingerprint('Li Wei <Li.Wei@Example.com>', secret);
    expect(print).toMatch(/^[0-9a-f]{64}$/);
    for (const same of [
      'li.wei@example.com',
      ' LI.WEI@EXAMPLE.COM ',
      'mailto:li.wei@example.com',
      'ｌi.wei@example.com',
    ])
      expect(fingerprint(same, secret)).toBe(print);
    expect(fingerprint('li.wei@example.com', new Uint8Array(32).fill(8))).not.toBe(print);
    expect(fingerprint('liwei@example.com', secret)).not.toBe(print);
  });

  it('of a telephone number leaves out what only looks', () => {
    expect(normalised('tel:+41 (44) 123-45.67')).toBe('+41441234567');
    expect(normalised('0041 44 123 45 67')).toBe('+41441234567');
  });

  it('keeps them from silently returning', () => {
    const kept = new Set([fingerprint('li.wei@example.com', secret)]);
    expect(isSuppressed('Li.Wei@example.com', secret, kept)).toBe(true);
    expect(isSuppressed('dana@example.com', secret, kept)).toBe(false);
  });

  it('needs a secret that cannot be guessed', () => {
    expect(() => fingerprint('a@b.c', new Uint8Array(8))).toThrow(/at least 16 bytes/);
  });

  it('is HMAC-SHA-256, as any other tool computes it', () => {
    const expected = createHmac('sha256', secret).update('li.wei@example.com').digest('hex');
    expect(fingerprint('Li.Wei@example.com', secret)).toBe(expected);
  });
});

describe('an answer to an access request', () => {
  const entries = [
    obtained('2026-11-02T09:00:00Z', { name: { content: 'n1', commit: 'h' } }),
    told('2026-11-03T09:00:00Z', 'told'),
  ];
  const state = fold(entries);
  const status = statusAt(state, NOW, EU);

  it('holds everything: facts, words, what is withheld and what crossed, with purposes, recipients, source and retention', () => {
    const answer = accessExport({
      contact: 'c1',
      state,
      status,
      policy: EU,
      entries,
      contents: new Map<string, unknown>([['n1', { name: 'Li Wei' }]]),
      logs: [{ activity: 'a1', private: 'may move to a rival' }],
      waiting: [{ step: 'completion', reason: 'not_told' }],
      crossed: [{ connection: 'c', fields: ['subject'] }],
    });
    expect(answer).toMatchObject({
      about: 'c1',
      name: { name: 'Li Wei' },
      sources: [{ source: 'crm', kind: 'indirect' }],
      purposes: [{ purpose: 'account_management', basis: 'legitimate_interests', assumed: true, assessment: null }],
      recipients: [{ connection: 'c', remoteId: 'r1' }],
      retention: '2029-11-02',
      law: { key: 'EU' },
      facts: [{ type: 'contact.obtained', by: 'u1' }, { type: 'notice.delivered' }],
      contents: [{ content: 'n1', words: { name: 'Li Wei' } }],
      logs: [{ private: 'may move to a rival' }],
      waiting: [{ reason: 'not_told' }],
      crossed: [{ fields: ['subject'] }],
    });
    expect(
      accessExport({
        contact: 'c1',
        state,
        status,
        policy: EU,
        entries,
        contents: new Map(),
        logs: [],
        waiting: [],
        crossed: [],
      }).name,
    ).toBeNull();
    expect(
      accessExport({
        contact: 'c1',
        state: fold([]),
        status,
        policy: EU,
        entries: [],
        contents: new Map(),
        logs: [],
        waiting: [],
        crossed: [],
      }).name,
    ).toBeNull();
  });

  it('portable is only what rests on consent or contract (Art. 20)', () => {
    expect(portable(status)).toEqual([]);
    const contract = fact('basis.set', '2026-11-04T09:00:00Z', {
      purpose: 'events',
      basis: 'contract',
      assessment: null,
      reviewBy: null,
    });
    expect(portable(read([...entries, contract]))).toEqual(['events']);
  });
});
