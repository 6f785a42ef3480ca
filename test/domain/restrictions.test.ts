/** What a CRM is told when a restriction passes: the channels that are closed now, and never one that is open. */
import { describe, expect, it } from 'vitest';
import { CHANNELS, RESTRICTION_GROUNDS } from '../../src/domain/events/words.ts';
import type { Entry } from '../../src/domain/events.ts';
import { closedChannels } from '../../src/domain/restrictions.ts';
import { bounced, fact, objected, obtained, officer, told } from './facts.ts';
import { read } from './people.ts';

const AT = '2026-11-10T09:00:00Z';
const met = obtained('2026-11-02T09:00:00Z');
const closed = (...entries: readonly Entry[]): readonly string[] => closedChannels(read([met, ...entries]));
const consent = (type: 'consent.refused' | 'consent.deferred' | 'consent.requested', purpose = 'direct_marketing') =>
  fact(type, AT, { purpose, channel: 'email' });
const withdrawn = (purpose: string | null, channel: 'phone' | null): Entry =>
  fact('consent.withdrawn', AT, { purpose, channel, via: 'mail' });

describe('every channel is closed', () => {
  it('by an objection, to everything or to marketing', () => {
    expect(closed(objected(AT))).toEqual(CHANNELS);
    expect(closed(fact('objection.raised', AT, { scope: 'direct_marketing' }))).toEqual(CHANNELS);
  });

  it.each(RESTRICTION_GROUNDS)('by a restriction (%s)', (ground) => {
    expect(closed(fact('restriction.set', AT, { ground }))).toEqual(CHANNELS);
  });

  it('by an erasure that is asked for, and by one that is done', () => {
    expect(closed(fact('erasure.requested', AT, { ground: 'objection', ref: null }))).toEqual(CHANNELS);
    const places = [{ place: 'facts', found: 1, destroyed: 1, state: 'done' }] as const;
    const tombstone = officer(fact('erasure.executed', AT, { ground: 'objection', places, suppression: null }));
    expect(closed(tombstone)).toEqual(CHANNELS);
  });

  it('by a withdrawal for every channel', () => {
    expect(closed(withdrawn(null, null))).toEqual(CHANNELS);
  });
});

describe('one channel is closed', () => {
  it('by a withdrawal or a refusal for it', () => {
    expect(closed(withdrawn('direct_marketing', 'phone'))).toEqual(['phone']);
    expect(closed(consent('consent.refused'))).toEqual(['email']);
  });
});

describe('nothing is closed', () => {
  it('by having been told, by a notice that came back, or by a question about consent', () => {
    expect(closed()).toEqual([]);
    expect(closed(told(AT, 'told'))).toEqual([]);
    expect(closed(told(AT, 'told'), bounced('2026-11-11T09:00:00Z', 'told'))).toEqual([]);
    expect(closed(consent('consent.deferred'))).toEqual([]);
    expect(closed(consent('consent.requested'))).toEqual([]);
  });

  it('by a refusal for another purpose', () => {
    expect(closed(consent('consent.refused', 'account_management'))).toEqual([]);
  });

  it('once the restriction was lifted, after the person was informed', () => {
    const set = fact('restriction.set', AT, { ground: 'accuracy' }, 'set');
    const lifted = officer(
      fact('restriction.lifted', '2026-11-12T09:00:00Z', { ref: 'set', informedAt: '2026-11-11T09:00:00Z' }),
    );
    expect(closed(set, lifted)).toEqual([]);
  });
});
