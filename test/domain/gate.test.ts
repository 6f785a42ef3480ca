import { describe, expect, it } from 'vitest';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import { gate, narrower, WITHHELD_REASONS, type WithheldReason } from '../../src/domain/gate.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import { passings } from '../../src/domain/restrictions.ts';
import { fold } from '../../src/domain/status.ts';
import { by, fact, logged, objected, obtained, officer, told } from './facts.ts';
import { EU, lawIn, NOW, read } from './people.ts';

const mention = { kind: 'indirect', source: 'mention', anchorFromCrm: false, link: null } as const;
/** Held since 2 November, so due on 2 December. */
const held = (more: Parameters<typeof obtained>[1] = {}): Entry => obtained('2026-11-02T09:00:00Z', more);
const toldNow = told('2026-11-03T09:00:00Z', 'told');
const later = (policy: Policy, gateOf: Partial<Policy['gate']>): Policy => ({
  ...policy,
  gate: { ...policy.gate, ...gateOf },
});

const person = (contact: string, entries: readonly Entry[], policy = EU, now = NOW) => ({
  contact,
  status: read(entries, { policy, now }),
  policy,
});
const ask = (entries: readonly Entry[], policy = EU, now = NOW) => gate([person('li', entries, policy, now)], policy);
const reasonOf = (entries: readonly Entry[], policy = EU, now = NOW) => ask(entries, policy, now).withheld[0]?.reason;
const dana = person('dana', [held(), toldNow]);

describe('redact_to_minimum, the mode of the EU, the UK, Switzerland and Brazil', () => {
  it.each(['EU', 'DE', 'FR', 'UK', 'CH', 'BR'])(
    'in %s a neutral record and the people told go at once; the untold and every word wait',
    (place) => {
      const policy = lawIn(place);
      const decision = gate([person('dana', [held(), toldNow], policy), person('li', [held()], policy)], policy);
      expect(decision).toMatchObject({
        mode: 'redact_to_minimum',
        held: false,
        released: ['dana'],
        withheld: [{ contact: 'li', reason: 'not_told' }],
        words: false,
      });
    },
  );

  it('lets everything go once everybody is told', () => {
    expect(gate([dana], EU)).toEqual({
      mode: 'allow',
      held: false,
      released: ['dana'],
      withheld: [],
      words: true,
      wordsWithheld: [],
      deadlines: [],
      escalate: [],
    });
  });

  it('lets words about nobody go', () => {
    expect(gate([], EU).words).toBe(true);
  });
});

describe('allow_with_deadline, the mode of Canada, California and Australia', () => {
  it.each([
    ['AU', undefined],
    ['CA', undefined],
    ['US', 'California'],
  ])('in %s %s somebody untold leaves, with the date by which they must be told', (place, region) => {
    const policy = lawIn(place, region ? { region } : {});
    const fresh = obtained('2026-11-20T09:00:00Z', { ...mention, kind: 'direct' });
    const decision = ask([fresh], policy);
    const due = place === 'AU' || place === 'CA' || region ? '2026-11-20' : null;
    expect(decision).toMatchObject({
      mode: 'allow_with_deadline',
      released: ['li'],
      words: true,
      deadlines: [{ contact: 'li', due }],
    });
  });
});

describe('allow, where no notice is owed', () => {
  it('in the rest of the United States lets the untold go', () => {
    expect(ask([held()], lawIn('US'))).toMatchObject({ mode: 'allow', released: ['li'], words: true, deadlines: [] });
  });

  it('still withholds who objected', () => {
    expect(ask([held(), objected('2026-11-04T09:00:00Z')], lawIn('US'))).toMatchObject({ released: [], words: false });
  });
});

describe('hold, once the deadline of somebody we captured ourselves has passed', () => {
  const overdue = [held(mention)];
  const january = '2027-01-10T12:00:00Z';

  it('keeps the whole item on the device, the people told included', () => {
    const decision = gate([person('dana', [held(), toldNow], EU, january), person('li', overdue, EU, january)], EU);
    expect(decision).toMatchObject({
      mode: 'hold',
      held: true,
      released: [],
      withheld: [
        { contact: 'dana', reason: 'held_with_others' },
        { contact: 'li', reason: 'overdue' },
      ],
      words: false,
    });
  });

  it('is not the mode of people from day one, nor of those whose clock a conversation ended, until the officer’s date', () => {
    const dayOne = [held()];
    const conversation = [held(mention), logged('2026-11-10T09:00:00Z', 'call')];
    for (const entries of [dayOne, conversation]) {
      expect(ask(entries, EU, january)).toMatchObject({
        mode: 'redact_to_minimum',
        held: false,
        withheld: [{ reason: 'overdue' }],
      });
      expect(ask(entries, later(EU, { backlogUntil: '2027-01-10' }), january)).toMatchObject({ held: false });
      expect(ask(entries, later(EU, { backlogUntil: '2027-01-09' }), january)).toMatchObject({
        mode: 'hold',
        held: true,
      });
    }
  });

  it('is the mode of backlog only after the officer’s date', () => {
    const backlog = [obtained('2020-01-02T09:00:00Z', { connectedAt: '2026-11-01T00:00:00Z' })];
    expect(ask(backlog)).toMatchObject({ mode: 'redact_to_minimum', withheld: [{ reason: 'backlog' }] });
    expect(ask(backlog, later(EU, { backlogUntil: '2026-11-19' }))).toMatchObject({ mode: 'hold', held: true });
  });
});

describe('the decision table: the first row that fits decides', () => {
  const claim = fact(
    'ownership.claimed',
    '2026-11-05T09:00:00Z',
    { basisOfClaim: 'school friend', preExistingSince: '2010' },
    'claim',
  );
  const restricted = fact('restriction.set', '2026-11-06T09:00:00Z', { ground: 'accuracy' }, 'restriction');
  const dispute = fact('ownership.disputed', '2026-11-06T09:00:00Z', { reason: 'both know her' });
  const erasing = fact('erasure.requested', '2026-11-06T09:00:00Z', { ground: 'objection', ref: null });
  const onConsent = fact('basis.set', '2026-11-04T09:00:00Z', {
    purpose: 'account_management',
    basis: 'consent',
    assessment: null,
    reviewBy: null,
  });
  const erased = officer(
    fact('erasure.executed', '2026-11-07T09:00:00Z', { ground: 'objection', places: [], suppression: null }),
  );
  const superseded = officer(
    fact('notice.superseded', '2026-11-08T09:00:00Z', {
      noticeId: 'n',
      version: '2',
      material: true,
      purposes: ['account_management'],
    }),
  );

  it.each<[WithheldReason, string, readonly Entry[]]>([
    ['personal', 'a manager’s own contact, before everything else', [held(), toldNow, claim, restricted]],
    ['erased', 'an erased person', [held(), toldNow, erased]],
    [
      'erasure_pending',
      'a person whose erasure is asked for',
      [held(), toldNow, erasing, objected('2026-11-08T09:00:00Z')],
    ],
    [
      'restricted',
      'a restricted person, although told',
      [held(), toldNow, restricted, objected('2026-11-08T09:00:00Z')],
    ],
    ['objected', 'somebody who objected, although told', [held(), toldNow, objected('2026-11-04T09:00:00Z')]],
    ['disputed', 'a contact in dispute', [held(), toldNow, dispute]],
    ['no_basis', 'a person whose only basis is a consent that nobody gave', [held(), toldNow, onConsent]],
    ['overdue', 'somebody overdue', [obtained('2026-10-01T09:00:00Z', { connectedAt: '2026-10-02T09:00:00Z' })]],
    [
      'backlog',
      'somebody overdue since before day one',
      [obtained('2020-10-01T09:00:00Z', { connectedAt: '2026-10-02T09:00:00Z' })],
    ],
    ['stale', 'somebody told with words that were replaced', [held(), toldNow, superseded]],
    [
      'wrong_notice',
      'somebody told with the text of Art. 13 in a case of Art. 14',
      [held(), told('2026-11-03T09:00:00Z', 'b', null, 'direct')],
    ],
    ['not_told', 'somebody not told', [held()]],
  ])('%s: %s', (reason, _, entries) => {
    expect(reasonOf(entries)).toBe(reason);
  });

  it('wrong_language: somebody told in words they do not read, where the policy requires it', () => {
    const strict: Policy = { ...EU, notice: { ...EU.notice, languageMustMatch: 'require' } };
    const entries = [held(), toldNow];
    const french = { contact: 'li', status: read(entries, { policy: strict, person: { languages: ['fr'] } }) };
    expect(gate([french], strict).withheld).toEqual([{ contact: 'li', reason: 'wrong_language' }]);
    const flagged = { contact: 'li', status: read(entries, { person: { languages: ['fr'] } }) };
    expect(flagged.status.languageMismatch).toBe(true);
    expect(gate([flagged], EU).released).toEqual(['li']);
  });

  it('no_permission: marketing to somebody who gave none, while account management goes on', () => {
    const objecting = person('li', [held(), toldNow, objected('2026-11-04T09:00:00Z', 'direct_marketing')]);
    expect(gate([objecting], EU)).toMatchObject({ released: ['li'], words: true });
    expect(gate([objecting], EU, { purpose: 'direct_marketing' }).withheld).toEqual([
      { contact: 'li', reason: 'no_permission' },
    ]);
  });

  it('purpose_not_told: a further purpose needs its own notice before anything is done for it (Art. 13(3), 14(4))', () => {
    const events = { purpose: 'events' };
    expect(gate([dana], EU, events).withheld).toEqual([{ contact: 'dana', reason: 'purpose_not_told' }]);
    const both = fact('notice.delivered', '2026-11-03T09:00:00Z', {
      ...(toldNow.payload as Payloads['notice.delivered']),
      purposes: ['account_management', 'events'],
    });
    expect(gate([person('dana', [held(), both])], EU, events).released).toEqual(['dana']);
    expect(gate([person('dana', [held(), both])], EU).released).toEqual(['dana']);
    expect(gate([person('dana', [held(), toldNow], lawIn('US'))], lawIn('US'), events).released).toEqual(['dana']);
    const only = fact('notice.delivered', '2026-11-03T09:00:00Z', {
      ...(toldNow.payload as Payloads['notice.delivered']),
      purposes: ['events'],
    });
    expect(reasonOf([held(), only])).toBe('purpose_not_told');
  });

  it('special_category: the words wait for an officer, the record goes', () => {
    expect(gate([dana], EU, { specialCategory: true })).toMatchObject({
      held: false,
      released: ['dana'],
      words: false,
      wordsWithheld: ['special_category'],
    });
  });

  it('every reason has been seen in this file', () => {
    const seen = ['wrong_language', 'purpose_not_told', 'no_permission', 'special_category', 'held_with_others'];
    expect(WITHHELD_REASONS.length).toBe(12 + seen.length);
  });

  it.each([
    ['personal', [held(), toldNow, claim]],
    ['restricted', [held(), toldNow, restricted]],
    ['disputed', [held(), toldNow, dispute]],
    ['no_basis', [held(), toldNow, onConsent]],
  ] as const)(
    '%s: nothing leaves about them alone; a log with others leaves without them and without words',
    (reason, entries) => {
      expect(ask([...entries])).toMatchObject({ mode: 'hold', held: true, released: [] });
      expect(gate([dana, person('li', [...entries])], EU)).toMatchObject({
        mode: 'redact_to_minimum',
        held: false,
        released: ['dana'],
        withheld: [{ contact: 'li', reason }],
        words: false,
      });
    },
  );
});

describe('an objection', () => {
  it('leaves the person and the words out; a neutral record about nobody goes, even if they were the only one', () => {
    expect(ask([held(), toldNow, objected('2026-11-04T09:00:00Z')])).toMatchObject({
      mode: 'redact_to_minimum',
      held: false,
      released: [],
    });
    const upheld = officer(
      fact('objection.resolved', '2026-11-06T09:00:00Z', { ref: 'o', outcome: 'upheld', reason: 'r' }),
    );
    const overridden = officer(
      fact('objection.resolved', '2026-11-06T09:00:00Z', { ref: 'o', outcome: 'overridden', reason: 'r' }),
    );
    const objection = fact('objection.raised', '2026-11-04T09:00:00Z', { scope: 'general' }, 'o');
    expect(reasonOf([held(), toldNow, objection, upheld])).toBe('objected');
    expect(ask([held(), toldNow, objection, overridden])).toMatchObject({ released: ['li'], words: true });
  });

  it('to marketing leaves a neutral record of a marketing item', () => {
    const objecting = person('li', [held(), toldNow, objected('2026-11-04T09:00:00Z', 'direct_marketing')]);
    expect(gate([objecting], EU, { purpose: 'direct_marketing' })).toMatchObject({
      mode: 'redact_to_minimum',
      held: false,
    });
  });
});

describe('escalation', () => {
  it('names the untold once three quarters of their period are used up', () => {
    const at = (now: string) => ask([held()], EU, now).escalate;
    expect(at('2026-11-24T12:00:00Z')).toEqual([]);
    expect(at('2026-11-25T12:00:00Z')).toEqual(['li']);
    expect(ask([held(), toldNow], EU, '2026-11-25T12:00:00Z').escalate).toEqual([]);
  });
});

describe('restrictions are never delayed', () => {
  const link = { connection: 'c', remoteId: 'r1' };

  it('pass at once to every connection that holds the person, also while everything else is held', () => {
    const state = fold([held(), obtained('2026-11-03T09:00:00Z', { link: { connection: 'd', remoteId: 'r2' } })]);
    const objection = objected('2026-11-04T09:00:00Z');
    expect(passings(objection, state).map(({ connection, remoteId }) => [connection, remoteId])).toEqual([
      ['c', 'r1'],
      ['d', 'r2'],
    ]);
  });

  it('are recorded and sent nowhere when no connection holds the person', () => {
    expect(passings(objected('2026-11-04T09:00:00Z'), fold([held(mention)]))).toEqual([]);
  });

  it('carry a key of their own, so that sending one twice is sending it once', () => {
    const objection = objected('2026-11-04T09:00:00Z');
    const [first] = passings(objection, { links: [link] });
    expect(first?.key).toBe(`${objection.fact.id}/c`);
  });

  it('do not include what opens: that only follows, to bring the copy up to date', () => {
    expect(passings(toldNow, { links: [link] })).toMatchObject([{ connection: 'c', follows: true }]);
    expect(passings(objected('2026-11-04T09:00:00Z'), { links: [link] })).toMatchObject([{ follows: false }]);
    const logged = { ...toldNow, fact: { ...toldNow.fact, type: 'contact.logged' } } as Parameters<typeof passings>[0];
    expect(passings(logged, { links: [link] })).toEqual([]);
  });
});

describe('whoever knows already, or need not be told', () => {
  const exempted = officer(
    fact('exemption.granted', '2026-11-04T09:00:00Z', {
      article: '14(5)(b)',
      reason: 'disproportionate',
      reviewBy: '2027-11-04',
    }),
  );

  it('somebody exempt by an officer leaves like somebody told, and nobody is reminded of them', () => {
    expect(ask([held(), exempted], EU, '2026-11-30T12:00:00Z')).toMatchObject({
      mode: 'allow',
      released: ['li'],
      words: true,
      escalate: [],
    });
  });

  it('somebody to whom no notice is owed leaves, also where the untold would wait', () => {
    const owesNothing: Policy = { ...EU, notice: { ...EU.notice, indirect: { due: [], earliestOf: [] } } };
    expect(ask([held()], owesNothing)).toMatchObject({ mode: 'allow', released: ['li'], words: true });
  });

  it('a further purpose asks for a notice of its own only from somebody who was told, and where the law asks for it', () => {
    const events = { purpose: 'events' };
    expect(gate([person('li', [held(), exempted])], EU, events).released).toEqual(['li']);
    const lenient: Policy = { ...EU, notice: { ...EU.notice, newPurpose: 'none' } };
    expect(gate([person('dana', [held(), toldNow], lenient)], lenient, events).released).toEqual(['dana']);
  });

  it('a further purpose that was not told withholds the person and the words, not the neutral record', () => {
    expect(gate([dana], EU, { purpose: 'events' })).toMatchObject({ mode: 'redact_to_minimum', held: false });
  });

  it('a date by which to tell is given only for the untold who leave', () => {
    const dated = later(EU, { untold: 'allow_with_deadline' });
    expect(gate([person('dana', [held(), toldNow], dated)], dated, { purpose: 'events' }).deadlines).toEqual([]);
    expect(ask([held()]).deadlines).toEqual([]);
    expect(ask([held()], dated).deadlines).toEqual([{ contact: 'li', due: '2026-12-02' }]);
  });

  it('an item about nobody is not held', () => {
    expect(gate([], EU)).toMatchObject({ mode: 'allow', held: false, words: true });
  });
});

describe('a personal contact', () => {
  it('that an officer confirmed stays personal: nothing of it leaves', () => {
    const claim = fact(
      'ownership.claimed',
      '2026-11-05T09:00:00Z',
      { basisOfClaim: 'school friend', preExistingSince: null },
      'claim',
    );
    const confirmed = by(officer(fact('ownership.confirmed', '2026-11-06T09:00:00Z', { ref: 'claim' })), {
      actor: 'officer',
    });
    expect(ask([held(), toldNow, claim, confirmed])).toMatchObject({ held: true, withheld: [{ reason: 'personal' }] });
  });
});

describe('overdue', () => {
  it('of somebody who gave their data themselves is no hold before the officer’s date', () => {
    const collected = [obtained('2026-11-02T09:00:00Z', { ...mention, kind: 'direct', source: 'meeting' })];
    expect(ask(collected)).toMatchObject({ mode: 'redact_to_minimum', held: false, withheld: [{ reason: 'overdue' }] });
    expect(ask(collected, later(EU, { backlogUntil: '2026-11-19' })).held).toBe(true);
  });

  it('where the policy lets the overdue leave with a date, day one takes nothing of that away', () => {
    const lets = later(EU, { onOverdue: 'allow_with_deadline' });
    expect(ask([held()], lets, '2027-01-10T12:00:00Z')).toMatchObject({
      mode: 'allow_with_deadline',
      released: ['li'],
      deadlines: [{ contact: 'li', due: '2026-12-02' }],
    });
  });

  it('of two modes the narrower one counts, whichever was named first', () => {
    for (const [a, b, narrow] of [
      ['hold', 'allow', 'hold'],
      ['allow', 'hold', 'hold'],
      ['redact_to_minimum', 'allow_with_deadline', 'redact_to_minimum'],
      ['allow', 'allow', 'allow'],
    ] as const)
      expect(narrower(a, b)).toBe(narrow);
  });
});
