/** What crosses with each step, and what does not: corners of the outbox beside its everyday walk. */
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/domain/activity.ts';
import type { GateDecision } from '../../src/domain/gate.ts';
import { leaving } from '../../src/domain/leaving.ts';
import { type Crossed, NOTHING_CROSSED, type PlanInput, plan, type StepName, settle } from '../../src/domain/outbox.ts';
import { meeting as activity } from './meeting.ts';

const noWords = { subject: null, note: '', nextSteps: [], promises: [], matters: [] };
const open: GateDecision = {
  mode: 'allow',
  held: false,
  released: ['dana', 'li'],
  withheld: [],
  words: true,
  wordsWithheld: [],
  deadlines: [],
  escalate: [],
};
const liOnly: GateDecision = {
  ...open,
  mode: 'redact_to_minimum',
  released: ['li'],
  withheld: [{ contact: 'dana', reason: 'not_told' }],
  words: false,
};
const there: Crossed = { remoteId: 'e1', who: 'dana', words: true, links: [], tasks: [0], taskIds: { 0: 't0' } };
const input = (more: Partial<PlanInput> = {}): PlanInput => ({
  activity,
  gate: open,
  crossed: NOTHING_CROSSED,
  remoteIds: new Map([
    ['dana', 'r-dana'],
    ['li', 'r-li'],
  ]),
  attendeeLinks: true,
  ...more,
});
const of = (more: Partial<Activity>): Activity => ({ ...activity, ...more });
const phrases = { neutral: 'Meeting', promise: String, matter: String };
const left = (step: StepName, given: PlanInput) => leaving(step, 'k', given, phrases);
const steps = (given: PlanInput) => plan(given).map(({ step, state }) => `${step} ${state}`);

describe('a record', () => {
  it('of no account names none, and neither does its task', () => {
    const alone = input({ activity: of({ account: null }) });
    expect(left('record', alone)?.delivery).not.toHaveProperty('account');
    expect(left('task/0', alone)?.delivery).not.toHaveProperty('account');
  });

  it('says what crosses with it: the first who may leave and is in the CRM, and the words if they do', () => {
    expect(left('record', input())?.crosses).toEqual({ who: 'dana', people: ['dana'], words: true });
    expect(left('record', input({ gate: liOnly }))?.crosses).toEqual({ who: 'li', people: ['li'], words: false });
  });

  it('of people whom the CRM does not know goes without anybody', () => {
    const nobody = input({ remoteIds: new Map() });
    expect(left('record', nobody)?.delivery).not.toHaveProperty('who');
    expect(left('record', nobody)?.crosses).toEqual({ who: null, people: [], words: true });
    expect(left('task/0', nobody)).toMatchObject({ crosses: { who: null, people: [], words: true } });
    expect(left('task/0', nobody)?.delivery).not.toHaveProperty('who');
  });

  it('is dated by the day where it happened', () => {
    const when = { start: '2026-11-17T23:30:00Z', end: '2026-11-17T23:45:00Z', zone: 'Europe/Berlin' };
    expect(left('record', input({ activity: of({ when }) }))?.delivery).toMatchObject({ day: '2026-11-18' });
  });

  it('without words of its own has the neutral subject and no note', () => {
    const { delivery, crosses } = left('record', input({ activity: of({ words: noWords }) })) ?? {};
    expect(delivery).toMatchObject({ subject: 'Meeting' });
    expect(delivery).not.toHaveProperty('note');
    expect(crosses?.words).toBe(false);
  });

  it('with a subject alone has no note', () => {
    const { delivery } = left('record', input({ activity: of({ words: { ...noWords, subject: 'Q3' } }) })) ?? {};
    expect(delivery).toMatchObject({ subject: 'Q3' });
    expect(delivery).not.toHaveProperty('note');
  });

  it('with promises alone has a note of them, without an empty line before', () => {
    const words = { ...noWords, promises: ['a list'], matters: ['Fridays'] };
    expect(left('record', input({ activity: of({ words }) }))?.delivery).toMatchObject({ note: 'a list\nFridays' });
  });

  it.each([{ subject: 'Q3' }, { note: 'pricing' }, { promises: ['a list'] }, { matters: ['Fridays'] }])(
    'whose words wait is completed later: %o',
    (words) => {
      const given = input({ gate: liOnly, activity: of({ words: { ...noWords, ...words } }) });
      expect(steps(given)).toContain('completion withheld');
    },
  );

  it('without words needs no completion', () => {
    expect(steps(input({ gate: liOnly, activity: of({ words: noWords }) }))).toEqual([
      'record queued',
      'link/dana withheld',
    ]);
  });
});

describe('a completion', () => {
  const untold = input({ crossed: { ...NOTHING_CROSSED, remoteId: 'e1', who: 'dana' } });

  it('brings the words by the record’s id, and names again nobody whom the record named', () => {
    expect(left('completion', untold)).toEqual({
      delivery: {
        key: 'k',
        kind: 'meeting',
        step: 'completion',
        remoteId: 'e1',
        subject: 'Meeting: she wants pricing',
        note: 'she wants pricing',
      },
      crosses: { who: null, people: [], words: true },
    });
  });

  it('gives a record that went without anybody its first attendee, although words still wait', () => {
    const given = input({ gate: liOnly, crossed: { ...NOTHING_CROSSED, remoteId: 'e1' } });
    expect(left('completion', given)).toEqual({
      delivery: { key: 'k', kind: 'meeting', step: 'completion', remoteId: 'e1', who: 'r-li' },
      crosses: { who: 'li', people: ['li'], words: false },
    });
    expect(steps(given)).toEqual(['completion queued', 'link/dana withheld', 'task/0 withheld']);
  });

  it('is nothing before there is a record, and nothing where it would bring nothing', () => {
    expect(left('completion', input())).toBeNull();
    const empty = { ...untold, activity: of({ words: noWords }) };
    expect(left('completion', empty)).toBeNull();
  });
});

describe('a link', () => {
  it('ties a further attendee to the record, and brings no words', () => {
    const given = input({ crossed: there });
    expect(left('link/li', given)).toEqual({
      delivery: { key: 'k', kind: 'meeting', step: 'link', remoteId: 'e1', who: 'r-li' },
      crosses: { who: null, people: ['li'], words: false },
    });
  });

  it('is nothing before there is a record, for somebody whom the CRM does not know, or who may not leave', () => {
    expect(left('link/li', input())).toBeNull();
    expect(left('link/li', input({ crossed: there, remoteIds: new Map([['dana', 'r-dana']]) }))).toBeNull();
    expect(left('link/dana', input({ crossed: there, gate: liOnly }))).toBeNull();
  });

  it('that crossed already is not planned again, and its person does not become the record’s', () => {
    const crossed = { ...NOTHING_CROSSED, remoteId: 'e1', links: ['dana'] };
    expect(left('completion', input({ crossed }))?.crosses.who).toBe('li');
    expect(steps(input({ crossed }))).toEqual(['completion queued', 'task/0 queued']);
  });
});

describe('a task', () => {
  it('carries one next step with its day', () => {
    expect(left('task/0', input())).toEqual({
      delivery: {
        key: 'k',
        kind: 'meeting',
        step: 'task',
        text: 'send pricing',
        due: '2026-11-20',
        who: 'r-dana',
        account: 'acc',
      },
      crosses: { who: null, people: ['dana'], words: true },
    });
  });

  it('does not name the record’s person again once they may not leave', () => {
    const given = input({ gate: { ...open, released: ['li'] }, crossed: { ...there, tasks: [] } });
    expect(left('task/0', given)?.delivery).not.toHaveProperty('who');
    expect(left('task/0', given)?.crosses.people).toEqual([]);
    const unknown = input({ crossed: { ...there, tasks: [] }, remoteIds: new Map([['li', 'r-li']]) });
    expect(left('task/0', unknown)?.delivery).not.toHaveProperty('who');
  });

  it('of a next step that is not there, or of words that wait, is nothing', () => {
    expect(left('task/7', input())).toBeNull();
    expect(left('task/0', input({ gate: liOnly }))).toBeNull();
  });
});

describe('a correction', () => {
  const amended = (more: Partial<Activity> = {}) => of({ amended: { record: 1, tasks: { 0: 2 } }, ...more });

  it('replaces the record as it is now; a note that was emptied is emptied there', () => {
    expect(left('amend/1', input({ activity: amended({ words: noWords }), crossed: there }))).toEqual({
      delivery: {
        key: 'k',
        kind: 'meeting',
        step: 'amend',
        remoteId: 'e1',
        subject: 'Meeting',
        note: null,
        start: activity.when.start,
        end: activity.when.end,
        day: '2026-11-17',
      },
      crosses: { who: null, people: [], words: true },
    });
  });

  it('of a next step changes its task, and takes it away where the step is gone', () => {
    const given = input({ activity: amended(), crossed: there });
    expect(left('amend/2/0', given)).toEqual({
      delivery: {
        key: 'k',
        kind: 'meeting',
        step: 'amend_task',
        remoteId: 't0',
        text: 'send pricing',
        due: '2026-11-20',
      },
      crosses: { who: null, people: [], words: true },
    });
    expect(left('amend/2/0', input({ activity: amended({ words: noWords }), crossed: there }))).toEqual({
      delivery: { key: 'k', kind: 'meeting', step: 'retract', remoteId: 't0', subject: 'Meeting', of: 'task' },
      crosses: { who: null, people: [], words: false },
    });
  });

  it('of a task whose id nobody kept is nothing', () => {
    const { taskIds: _, ...old } = there;
    expect(left('amend/2/0', input({ activity: amended(), crossed: old }))).toBeNull();
  });

  it('of what never crossed is not planned: it goes as it is now', () => {
    const given = input({ activity: amended(), crossed: NOTHING_CROSSED });
    expect(steps(given)).toEqual(['record queued', 'link/li queued', 'task/0 queued']);
  });

  it('that changed next steps only leaves the record alone', () => {
    const given = input({ activity: of({ amended: { record: 0, tasks: { 0: 1 } } }), crossed: there });
    expect(steps(given)).toEqual(['link/li queued', 'amend/1/0 queued']);
  });

  it('of the record carries its words, so no completion is planned beside it', () => {
    const waiting = { ...there, words: false };
    expect(steps(input({ activity: amended(), crossed: waiting }))).toEqual([
      'link/li queued',
      'amend/1 queued',
      'amend/2/0 queued',
    ]);
  });

  it('of a next step does not bring the record’s words: those are completed', () => {
    const given = input({
      activity: of({ amended: { record: 0, tasks: { 0: 1 } } }),
      crossed: { ...there, words: false },
    });
    expect(steps(given)).toEqual(['completion queued', 'link/li queued', 'amend/1/0 queued']);
  });
});

describe('a log taken back', () => {
  const back = of({ retracted: true });

  it('takes the task of each next step back by its id', () => {
    expect(left('retract/0', input({ activity: back, crossed: there }))).toEqual({
      delivery: { key: 'k', kind: 'meeting', step: 'retract', remoteId: 't0', subject: 'Meeting', of: 'task' },
      crosses: { who: null, people: [], words: false },
    });
  });

  it('has nothing to take back of what never crossed, nor while it stands', () => {
    expect(left('retract', input({ activity: back }))).toBeNull();
    expect(left('retract/3', input({ activity: back, crossed: there }))).toBeNull();
    expect(left('retract', input({ crossed: there }))).toBeNull();
  });

  it('plans each removal until the CRM carried it out', () => {
    const given = (crossed: Crossed) => steps(input({ activity: back, crossed }));
    expect(given(there)).toEqual(['retract queued', 'retract/0 queued']);
    expect(given({ ...there, done: ['retract'] })).toEqual(['retract/0 queued']);
    expect(given({ ...NOTHING_CROSSED, tasks: [0] })).toEqual(['retract/0 queued']);
  });
});

describe('what has crossed', () => {
  const crosses = { who: 'li', people: ['li'], words: true };

  it('a record keeps the id and the person it got first', () => {
    const first = settle(NOTHING_CROSSED, 'record', 'e1', { who: 'dana', people: ['dana'], words: false });
    expect(first).toEqual({ remoteId: 'e1', who: 'dana', words: false, links: [], tasks: [] });
    expect(settle(first, 'completion', 'e2', crosses)).toEqual({ ...first, words: true });
    expect(settle({ ...first, words: true }, 'completion', 'e1', { ...crosses, words: false }).words).toBe(true);
  });

  it('links and tasks are counted once, however often the CRM answers', () => {
    const linked = settle(settle(there, 'link/li', 'l1', crosses), 'link/li', 'l1', crosses);
    expect(linked.links).toEqual(['li']);
    const tasked = settle(settle(there, 'task/1', 't1', crosses), 'task/1', 't1', crosses);
    expect(tasked).toMatchObject({ tasks: [0, 1], taskIds: { 0: 't0', 1: 't1' } });
  });

  it('a correction of the record brings its words; one of a next step, or a removal, does not', () => {
    const neutral = { ...there, words: false };
    expect(settle(neutral, 'amend/1', 'e1', crosses)).toEqual({ ...neutral, words: true, done: ['amend/1'] });
    expect(settle(neutral, 'amend/1/0', 't0', crosses).words).toBe(false);
    expect(settle(neutral, 'amend/1', 'e1', { ...crosses, words: false }).words).toBe(false);
    expect(settle(there, 'retract', 'e1', { ...crosses, words: false })).toEqual({ ...there, done: ['retract'] });
    expect(settle({ ...there, done: ['retract'] }, 'retract', 'e1', crosses).done).toEqual(['retract']);
  });
});

describe('every planned step', () => {
  it('says for whom and why it waits; what goes says nothing', () => {
    const notTold = { contact: 'dana', reason: 'not_told' } as const;
    const three = { ...liOnly, wordsWithheld: ['special_category'] as const };
    const amending = of({
      attendees: ['dana', 'li', 'bo', 'ada'],
      amended: { record: 12, tasks: { 0: 13 } },
    });
    const remoteIds = new Map([
      ['dana', 'r-dana'],
      ['li', 'r-li'],
      ['bo', 'r-bo'],
    ]);
    const waits = [notTold, { contact: null, reason: 'special_category' }];
    const crossed = { ...NOTHING_CROSSED, remoteId: 'e1', who: 'li', tasks: [0] };
    expect(plan(input({ activity: amending, gate: three, crossed, remoteIds, attendeeLinks: false }))).toEqual([
      { step: 'link/dana', state: 'withheld', because: [notTold] },
      { step: 'link/bo', state: 'withheld', because: [{ contact: 'bo', reason: 'one_attendee_only' }] },
      { step: 'link/ada', state: 'withheld', because: [{ contact: 'ada', reason: 'not_in_crm' }] },
      { step: 'amend/12', state: 'withheld', because: waits },
      { step: 'amend/13/0', state: 'withheld', because: waits },
    ]);
    expect(plan(input({ activity: amending, crossed: NOTHING_CROSSED, remoteIds }))).toEqual([
      { step: 'record', state: 'queued', because: [] },
      { step: 'link/li', state: 'queued', because: [] },
      { step: 'link/bo', state: 'queued', because: [] },
      { step: 'link/ada', state: 'withheld', because: [{ contact: 'ada', reason: 'not_in_crm' }] },
      { step: 'task/0', state: 'queued', because: [] },
    ]);
    expect(plan(input({ activity: amending, crossed: { ...crossed, words: true }, remoteIds })).slice(-2)).toEqual([
      { step: 'amend/12', state: 'queued', because: [] },
      { step: 'amend/13/0', state: 'queued', because: [] },
    ]);
    expect(plan(input({ gate: liOnly, crossed: { ...crossed, tasks: [] } }))).toEqual([
      { step: 'completion', state: 'withheld', because: [notTold] },
      { step: 'link/dana', state: 'withheld', because: [notTold] },
      { step: 'task/0', state: 'withheld', because: [notTold] },
    ]);
    expect(plan(input({ crossed: { ...crossed, tasks: [0] } }))[0]).toEqual({
      step: 'completion',
      state: 'queued',
      because: [],
    });
  });

  it('of a record without anybody waits for nobody who may not leave', () => {
    const nobody = { ...liOnly, released: [], withheld: [] };
    const given = input({ gate: nobody, crossed: { ...NOTHING_CROSSED, remoteId: 'e1', words: true, tasks: [0] } });
    expect(steps(given)).toEqual(['link/dana queued', 'link/li queued']);
  });
});
