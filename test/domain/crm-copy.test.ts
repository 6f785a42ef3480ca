/** What a CRM is told of a person: restrictions always, permissions only the person's own, and one line for machines. */
import { describe, expect, it } from 'vitest';
import { copyFor } from '../../src/domain/crm-copy.ts';
import { readStatusLine, statusLine } from '../../src/domain/crm-status.ts';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { fold, statusAt } from '../../src/domain/status.ts';
import { fact, objected, obtained, officer, told } from './facts.ts';
import { EU, lawIn, NOW } from './people.ts';

const held = obtained('2026-11-02T09:00:00Z');
const toldThen = told('2026-11-03T09:00:00Z', 'told');
const copy = (entries: readonly Entry[], policy: Policy = EU, now = NOW) => {
  const state = fold(entries);
  const dayOf = (instant: string) => instant.slice(0, 10);
  return copyFor({ contact: 'li', remoteId: 'r1', state, status: statusAt(state, now, policy), head: 'abc', dayOf });
};
const given = (more: Partial<Payloads['consent.given']> = {}): Entry =>
  fact('consent.given', '2026-11-10T09:00:00Z', {
    purpose: 'direct_marketing',
    channel: 'email',
    text: {
      noticeId: 'n',
      version: '1',
      textHash: 'h',
      purposes: ['direct_marketing', 'events'],
      shownAt: '2026-11-10T08:00:00Z',
    },
    method: 'form',
    indicatedBy: 'person',
    affirmative: true,
    evidence: 'artefact',
    evidenceAt: null,
    validUntil: null,
    ...more,
  });

describe('where somebody stands, in the CRM’s few words', () => {
  const superseded = officer(
    fact('notice.superseded', '2026-11-08T09:00:00Z', {
      noticeId: 'n',
      version: '2',
      material: true,
      purposes: ['account_management'],
    }),
  );
  const exempted = officer(
    fact('exemption.granted', '2026-11-04T09:00:00Z', {
      article: '14(5)(b)',
      reason: 'disproportionate',
      reviewBy: '2027-11-04',
    }),
  );
  const erasing = fact('erasure.requested', '2026-11-06T09:00:00Z', { ground: 'objection', ref: null });
  const erased = officer(
    fact('erasure.executed', '2026-11-07T09:00:00Z', { ground: 'objection', places: [], suppression: null }),
  );

  it.each<[string, readonly Entry[]]>([
    ['not_told', [held]],
    ['told', [held, toldThen]],
    ['overdue', [obtained('2026-08-02T09:00:00Z')]],
    ['stale', [held, toldThen, superseded]],
    ['exempt', [held, exempted]],
    ['erasure_pending', [held, toldThen, erasing]],
    ['erasure_pending', [held, toldThen, erased]],
  ])('%s', (disclosure, entries) => {
    expect(copy(entries).disclosure).toBe(disclosure);
  });

  it('exempt, too, where no notice is owed', () => {
    expect(copy([held], lawIn('US')).disclosure).toBe('exempt');
  });

  it('with the day on which they were told, and none before', () => {
    expect(copy([held, toldThen])).toMatchObject({
      toldOn: '2026-11-03',
      line: 'candor:1 id=li state=told head=abc',
    });
    expect(copy([held]).toldOn).toBeNull();
  });

  it('a general objection, a restriction or an erasure stops every use; being untold does not', () => {
    const restricted = fact('restriction.set', '2026-11-06T09:00:00Z', { ground: 'accuracy' });
    for (const entries of [[objected('2026-11-04T09:00:00Z')], [restricted], [erasing]])
      expect(copy([held, toldThen, ...entries]).limits.processing).toEqual({ is: 'stop' });
    expect(copy([held]).limits.processing).toBeUndefined();
  });
});

describe('what the person may be reached by', () => {
  it('an objection to marketing closes every channel, and the line names them', () => {
    const { limits, line } = copy([held, toldThen, objected('2026-11-04T09:00:00Z', 'direct_marketing')]);
    expect(limits).toMatchObject({ email: { is: 'stop' }, phone: { is: 'stop' }, post: { is: 'stop' } });
    expect(readStatusLine(line)?.stops).toEqual(expect.arrayContaining(['email', 'phone']));
  });

  it('a consent opens its channel from the moment of the person’s own act, and only that channel', () => {
    expect(copy([held, toldThen, given()]).limits).toEqual({
      email: { is: 'may', since: '2026-11-10T09:00:00Z' },
    });
    const withdrawn = fact('consent.withdrawn', '2026-11-11T09:00:00Z', {
      purpose: 'direct_marketing',
      channel: 'email',
      via: 'phone',
    });
    const again = { ...given(), fact: { ...given().fact, id: 'again', occurredAt: '2026-11-12T09:00:00Z' } } as Entry;
    expect(copy([held, toldThen, given(), withdrawn]).limits.email).toEqual({ is: 'stop' });
    expect(copy([held, toldThen, given(), withdrawn, again]).limits.email).toEqual({
      is: 'may',
      since: '2026-11-12T09:00:00Z',
    });
  });

  it('a consent for another purpose, one that is only stated, or one that lapsed opens nothing', () => {
    expect(copy([held, toldThen, given({ purpose: 'events' })]).limits).toEqual({});
    expect(copy([held, toldThen, given({ evidence: 'stated' })]).limits).toEqual({});
    expect(copy([held, toldThen, given({ validUntil: '2026-11-15' })]).limits).toEqual({});
  });
});

describe('the line for machines', () => {
  it('is read as it was written, without stops and without a head too', () => {
    for (const line of [
      { id: 'li', state: 'told', stops: [], head: '0123456789abcdef' },
      { id: 'li', state: 'not_told', stops: ['email', 'processing'], head: 'none' },
    ])
      expect(readStatusLine(statusLine({ ...line, head: line.head === 'none' ? '' : line.head }))).toEqual(line);
  });

  it('written by a person is none', () => {
    expect(readStatusLine('told by phone')).toBeNull();
  });
});
