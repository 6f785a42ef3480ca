/** What a log, a notice, its confirmation and an objection become: the facts, or a refusal. Titles read as the policy. */
import { describe, expect, it } from 'vitest';
import { privateText } from '../../src/domain/activity.ts';
import {
  type Attendee,
  type Decision,
  decideAttempt,
  decideConfirm,
  decideLog,
  decideObjection,
  type Seal,
} from '../../src/domain/decide.ts';
import type { Entry, NoticeKind } from '../../src/domain/events.ts';
import { noticeFor, spokenSentence, textHash } from '../../src/domain/policy/notices.ts';
import type { LineDraft } from '../../src/domain/quick-log/draft.ts';
import { fold, isHeld, statusAt, unknownContact } from '../../src/domain/status.ts';
import { attempted, fact, objected, obtained, told } from './facts.ts';
import { EU, NOW } from './people.ts';

const controller = { name: 'Norrland Instruments', privacyContact: 'privacy@example.com' };
const when = { start: '2026-11-20T10:00:00Z', end: '2026-11-20T10:45:00Z', zone: 'Europe/Berlin' };
const line = (more: Partial<LineDraft> = {}): LineDraft => ({
  kind: 'meeting',
  when,
  whenTyped: true,
  minutes: 45,
  mentions: [],
  mentionsAreAll: false,
  subject: null,
  note: 'she wants pricing',
  nextSteps: [],
  promises: [],
  matters: [],
  told: null,
  private: null,
  tokens: [],
  ...more,
});
const form = {
  formId: 'log-1',
  openedAt: NOW,
  zone: 'Europe/Berlin',
  connection: 'crm',
  user: 'u1',
  role: 'manager',
  record: null,
} as const;
const attendee = (entries: readonly Entry[] = [], more: Partial<Attendee> = {}): Attendee => {
  const state = entries.length > 0 ? fold(entries) : unknownContact;
  return {
    contact: 'li',
    name: 'Li Wei',
    state,
    status: statusAt(state, NOW, EU),
    link: { connection: 'crm', remoteId: 'r-li' },
    createdAt: '2026-11-02T09:00:00Z',
    connectedAt: '2026-11-01T00:00:00Z',
    ...more,
  };
};
const local = { link: null, createdAt: null, connectedAt: null };
const noticeShown = (kind: NoticeKind, person: string) => {
  const notice = noticeFor(kind, 'en', controller, person);
  return { notice, textHash: textHash(notice) };
};
const seal: Seal = (words) => ({ content: JSON.stringify(words), commit: 'c' });
const log = (attendees: readonly Attendee[], more: Partial<LineDraft> = {}, typed?: string): Decision =>
  decideLog({
    form,
    line: line(more),
    attendees,
    account: 'acc',
    now: NOW,
    noticeShown,
    seal,
    ...(typed ? { typed } : {}),
  });
const factsOf = (decision: Decision) => {
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.facts;
};
const typesOf = (decision: Decision) => factsOf(decision).map(({ type }) => type);
const payloadOf = (decision: Decision, type: string) => factsOf(decision).find((one) => one.type === type)?.payload;

describe('a log', () => {
  it('of somebody of the CRM starts their clock at the CRM’s creation date', () => {
    const decision = log([attendee()]);
    expect(typesOf(decision)).toEqual(['contact.obtained', 'contact.logged', 'activity.logged']);
    expect(factsOf(decision)[0]).toMatchObject({
      occurredAt: '2026-11-02T09:00:00Z',
      payload: { source: 'crm', kind: 'indirect', anchorFromCrm: true, link: { remoteId: 'r-li' } },
    });
  });

  it('of a CRM record without a date starts it now, and does not claim to know it from the CRM', () => {
    expect(factsOf(log([attendee([], { createdAt: null })]))[0]).toMatchObject({
      occurredAt: NOW,
      payload: { anchorFromCrm: false, source: 'crm' },
    });
  });

  it.each([
    ['meeting', 'direct', 'meeting'],
    ['visit', 'direct', 'meeting'],
    ['call', 'direct', 'meeting'],
    ['email', 'indirect', 'mention'],
    ['note', 'indirect', 'mention'],
  ] as const)('of somebody new in a %s: their data are %s', (kind, notice, source) => {
    expect(payloadOf(log([attendee([], local)], { kind }), 'contact.obtained')).toMatchObject({ kind: notice, source });
  });

  it('of somebody who is held already obtains nothing again', () => {
    expect(typesOf(log([attendee([obtained('2026-11-02T09:00:00Z')])]))).toEqual(['contact.logged', 'activity.logged']);
  });

  it('with `told` records the notice that each person needs, with the hash of its words', () => {
    const decision = log([attendee([], local), attendee([obtained('2026-11-02T09:00:00Z')], { contact: 'dana' })], {
      told: { route: 'card' },
    });
    const told = factsOf(decision).filter(({ type }) => type === 'notice.delivered');
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { kind: 'direct', route: 'card', evidence: 'stated', attempt: null, activity: 'log-1' },
      { kind: 'indirect', textHash: noticeShown('indirect', 'Li Wei').textHash },
    ]);
  });

  it('with `told` tells nobody twice', () => {
    const known = attendee([obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'told')]);
    expect(typesOf(log([known], { told: { route: 'spoken' } }))).not.toContain('notice.delivered');
  });

  it('keeps private words and the typed line as contents of their own', () => {
    const decision = log([attendee()], { private: privateText('may move') }, 'met @li, she wants pricing');
    expect(payloadOf(decision, 'activity.logged')).toMatchObject({
      private: { content: '{"private":"may move"}' },
      line: { content: '{"text":"met @li, she wants pricing"}' },
    });
    expect(payloadOf(log([attendee()]), 'activity.logged')).not.toHaveProperty('line');
  });

  it('without a word and without anybody is no log; a name alone, a promise or a private word is one', () => {
    expect(log([], { note: '' })).toEqual({ refused: 'nothing_to_log' });
    expect(typesOf(log([attendee()], { note: '' }))).toContain('activity.logged');
    for (const more of [
      { subject: 'Q3' },
      { promises: ['send it'] },
      { matters: ['Fridays'] },
      { nextSteps: [{ text: 'send it', due: null }] },
      { private: privateText('may move') },
    ])
      expect(typesOf(log([], { note: '', ...more }))).toEqual(['activity.logged']);
  });

  it('is three facts for somebody new who is told, each under an id of the form’s, and says nothing else', () => {
    const stream = 'contact/li';
    const words = { subject: null, note: 'she wants pricing', nextSteps: [], promises: [], matters: [] };
    expect(factsOf(log([attendee([], local)], { told: { route: 'spoken' } }))).toEqual([
      {
        id: 'log-1/obtained/0',
        stream,
        type: 'contact.obtained',
        occurredAt: NOW,
        payload: {
          source: 'meeting',
          kind: 'direct',
          anchorFromCrm: false,
          connectedAt: null,
          link: null,
          name: seal({ name: 'Li Wei' }),
        },
      },
      {
        id: 'log-1/logged/0',
        stream,
        type: 'contact.logged',
        occurredAt: when.end,
        precision: 'minute',
        payload: { activity: 'log-1', kind: 'meeting' },
      },
      {
        id: 'log-1/told/0',
        stream,
        type: 'notice.delivered',
        occurredAt: when.end,
        precision: 'minute',
        payload: {
          noticeId: 'candor-direct',
          version: '2',
          kind: 'direct',
          language: 'en',
          route: 'spoken',
          textHash: noticeShown('direct', 'Li Wei').textHash,
          purposes: ['account_management'],
          evidence: 'stated',
          attempt: null,
          activity: 'log-1',
        },
      },
      {
        id: 'log-1',
        stream: 'activity/log-1',
        type: 'activity.logged',
        occurredAt: when.end,
        precision: 'minute',
        payload: {
          kind: 'meeting',
          when,
          connection: 'crm',
          user: 'u1',
          account: 'acc',
          attendees: ['li'],
          words: seal(words),
          private: null,
        },
      },
    ]);
  });

  it('of somebody without a record in the CRM claims no anchor from it, even where a date is known', () => {
    const decision = log([attendee([], { ...local, createdAt: '2026-11-02T09:00:00Z' })]);
    expect(payloadOf(decision, 'contact.obtained')).toMatchObject({ anchorFromCrm: false });
  });

  it('of words alone is one: a note needs nobody', () => {
    expect(typesOf(log([]))).toEqual(['activity.logged']);
  });

  it('typed twice gives the same facts', () => {
    expect(log([attendee()])).toEqual(log([attendee()]));
  });
});

describe('a notice on its way', () => {
  const shown = { ...noticeShown('indirect', 'Li Wei'), route: 'mail' as const };
  const attempt = (who: Attendee): Decision => decideAttempt(who, 'command', NOW, shown, seal);

  it('begins the record of somebody whom nobody had logged', () => {
    expect(typesOf(attempt(attendee()))).toEqual(['contact.obtained', 'notice.attempted']);
    expect(typesOf(attempt(attendee([], { createdAt: null })))).toEqual(['contact.obtained', 'notice.attempted']);
    expect(typesOf(attempt(attendee([obtained('2026-11-02T09:00:00Z')])))).toEqual(['notice.attempted']);
  });

  it('records how the CRM has them and since when, and what was shown by which route', () => {
    const first = {
      id: 'command/obtained',
      stream: 'contact/li',
      type: 'contact.obtained',
      occurredAt: '2026-11-02T09:00:00Z',
      payload: {
        source: 'crm',
        kind: 'indirect',
        anchorFromCrm: true,
        connectedAt: '2026-11-01T00:00:00Z',
        link: { connection: 'crm', remoteId: 'r-li' },
        name: seal({ name: 'Li Wei' }),
      },
    };
    const { noticeId, version, kind, language, purposes } = shown.notice;
    const { textHash: hash } = shown;
    const payload = { noticeId, version, kind, language, route: 'mail', textHash: hash, purposes };
    expect(factsOf(attempt(attendee()))).toEqual([
      first,
      { id: 'command', stream: 'contact/li', type: 'notice.attempted', occurredAt: NOW, payload },
    ]);
    expect(factsOf(attempt(attendee([], { createdAt: null })))[0]).toMatchObject({
      occurredAt: NOW,
      payload: { anchorFromCrm: false },
    });
  });

  it('is refused where the person has been told', () => {
    const known = attendee([obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'told')]);
    expect(attempt(known)).toEqual({ refused: 'already_told' });
  });

  it('makes nobody told; its confirmation does, and repeats what was shown', () => {
    const entries = [obtained('2026-11-02T09:00:00Z'), attempted('2026-11-03T09:00:00Z', 'attempt')];
    const { status } = attendee(entries);
    expect(status.told).toBeNull();
    const payload = payloadOf(attempt(attendee()), 'notice.attempted') as never;
    const confirmed = decideConfirm('li', status, { id: 'attempt', payload }, 'confirm', NOW);
    expect(payloadOf(confirmed, 'notice.delivered')).toMatchObject({
      attempt: 'attempt',
      evidence: 'stated',
      route: 'mail',
    });
    expect(decideConfirm('li', status, null, 'confirm', NOW)).toEqual({ refused: 'attempt_not_found' });
    const told = attendee([
      ...entries,
      fact('notice.delivered', NOW, {
        ...(payload as object),
        evidence: 'stated',
        attempt: null,
        activity: null,
      } as never),
    ]);
    expect(decideConfirm('li', told.status, { id: 'attempt', payload }, 'confirm', NOW)).toEqual({
      refused: 'already_told',
    });
  });

  it('to be spoken has a sentence in its language, in English where there is none', () => {
    expect(spokenSentence('de-CH', controller)).toMatch(/^Ich halte für Norrland Instruments/);
    expect(spokenSentence('fr', controller)).toMatch(/^I keep a note .* for Norrland Instruments/);
  });

  it('falls back to the built-in words where a company has no edition of that kind', () => {
    for (const kind of ['direct', 'indirect'] as const)
      expect(noticeFor(kind, 'de', controller, 'Li Wei', NOW, [])).toMatchObject({
        noticeId: `candor-${kind}`,
        version: '2',
        language: 'en',
        purposes: ['account_management'],
      });
  });
});

describe('an objection', () => {
  const raise = (who: Attendee, scope: 'general' | 'direct_marketing') =>
    decideObjection(who, 'command', NOW, scope, seal);
  const heldFact = obtained('2026-11-02T09:00:00Z');

  it('is taken whatever the status, and begins the record where there is none', () => {
    expect(typesOf(raise(attendee(), 'general'))).toEqual(['contact.obtained', 'objection.raised']);
    expect(typesOf(raise(attendee([heldFact]), 'direct_marketing'))).toEqual(['objection.raised']);
  });

  it('says what it is about', () => {
    expect(payloadOf(raise(attendee(), 'direct_marketing'), 'objection.raised')).toEqual({ scope: 'direct_marketing' });
  });

  it('to everything may follow one to marketing; repeated, it changes nothing', () => {
    const marketing = attendee([heldFact, fact('objection.raised', NOW, { scope: 'direct_marketing' })]);
    expect(typesOf(raise(marketing, 'general'))).toEqual(['objection.raised']);
    expect(raise(marketing, 'direct_marketing')).toEqual({ refused: 'already_objected' });
    expect(raise(attendee([heldFact, objected(NOW)]), 'direct_marketing')).toEqual({ refused: 'already_objected' });
  });
});

describe('a contact is listed', () => {
  it('while anything live is held about them', () => {
    expect(isHeld(unknownContact)).toBe(false);
    expect(isHeld(fold([obtained('2026-11-02T09:00:00Z')]))).toBe(true);
  });
});
