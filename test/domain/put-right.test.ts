/** The rules of putting a log right: what is planned, what leaves, what a void of a void means, what one slip is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/domain/activity.ts';
import type { GateDecision } from '../../src/domain/gate.ts';
import { leaving } from '../../src/domain/leaving.ts';
import { type Crossed, type PlanInput, plan, type StepName, settle } from '../../src/domain/outbox.ts';
import { voidedIn } from '../../src/domain/voids.ts';
import { fact, told, voided } from './facts.ts';

const open: GateDecision = {
  mode: 'redact_to_minimum',
  held: false,
  released: ['dana'],
  withheld: [],
  words: true,
  wordsWithheld: [],
  deadlines: [],
  escalate: [],
};
const closed: GateDecision = {
  ...open,
  released: [],
  withheld: [{ contact: 'dana', reason: 'objected' }],
  words: false,
};
const there: Crossed = {
  remoteId: 'r1',
  who: 'dana',
  words: true,
  links: [],
  tasks: [0, 1],
  taskIds: { 0: 't0', 1: 't1' },
};
const activity: Activity = {
  id: 'a1',
  kind: 'meeting',
  when: { start: '2026-11-17T14:00:00Z', end: '2026-11-17T14:45:00Z', zone: 'Europe/Berlin' },
  connection: 'c',
  user: 'u',
  account: null,
  attendees: ['dana'],
  words: {
    subject: null,
    note: 'by country',
    nextSteps: [{ text: 'send the list', due: null }],
    promises: [],
    matters: [],
  },
  retracted: false,
  amended: { record: 2, tasks: { 0: 1, 1: 2 } },
};
const input = (more: Partial<PlanInput> = {}): PlanInput => ({
  activity,
  gate: open,
  crossed: there,
  remoteIds: new Map([['dana', 'r-dana']]),
  attendeeLinks: true,
  ...more,
});
const names = (given: PlanInput) => plan(given).map(({ step, state }) => `${step} ${state}`);
const out = (step: StepName, given = input()) =>
  leaving(step, 'k', given, { neutral: 'Meeting', promise: String, matter: String })?.delivery ?? null;

describe('a correction', () => {
  it('plans the last one of the record and of each next step that crossed, and nothing that was done', () => {
    expect(names(input())).toEqual(['amend/2 queued', 'amend/1/0 queued', 'amend/2/1 queued']);
    const after = settle(there, 'amend/2', 'r1', { who: null, people: [], words: true });
    expect(names(input({ crossed: after }))).toEqual(['amend/1/0 queued', 'amend/2/1 queued']);
  });

  it('is withheld with the words while the gate is closed, and lets none of them leave', () => {
    expect(names(input({ gate: closed }))).toEqual(['amend/2 withheld', 'amend/1/0 withheld', 'amend/2/1 withheld']);
    expect(out('amend/2', input({ gate: closed }))).toBeNull();
  });

  it('writes the text as it is now, and removes a next step that is no more', () => {
    expect(out('amend/2')).toMatchObject({ step: 'amend', remoteId: 'r1', note: 'by country' });
    expect(out('amend/1/0')).toMatchObject({ step: 'amend_task', remoteId: 't0', text: 'send the list' });
    expect(out('amend/2/1')).toMatchObject({ step: 'retract', remoteId: 't1' });
  });

  it('that was overtaken by a later one does not leave', () => {
    expect(out('amend/1')).toBeNull();
  });
});

describe('a log taken back', () => {
  const back = { ...activity, retracted: true };
  it('goes with its next steps by id, whatever the gate says', () => {
    const given = input({ activity: back, gate: closed });
    expect(names(given)).toEqual(['retract queued', 'retract/0 queued', 'retract/1 queued']);
    expect(out('retract', given)).toEqual({
      key: 'k',
      kind: 'meeting',
      step: 'retract',
      remoteId: 'r1',
      subject: 'Meeting',
      of: 'record',
    });
  });

  it('sends nothing else any more', () => {
    const steps: readonly StepName[] = ['record', 'completion', 'link/dana', 'task/0', 'amend/2', 'amend/2/1'];
    for (const step of steps) expect(out(step, input({ activity: back })), step).toBeNull();
  });

  it('plans nothing where nothing crossed', () => {
    const nothing = { remoteId: null, who: null, words: false, links: [], tasks: [] };
    expect(plan(input({ activity: back, crossed: nothing }))).toEqual([]);
  });
});

it('a void that was taken back takes nothing back, in whatever order the facts arrive', () => {
  const first = told('2026-11-17T10:00:00Z', 'told');
  const slip = voided('2026-11-17T10:00:05Z', 'told');
  const again = fact('fact.voided', '2026-11-17T10:00:09Z', { ref: slip.fact.id, reason: 'undone' });
  fc.assert(
    fc.property(fc.shuffledSubarray([first, slip, again], { minLength: 3 }), (facts) => {
      expect([...voidedIn(facts)]).toEqual([slip.fact.id]);
    }),
  );
  expect([...voidedIn([first, slip])]).toEqual(['told']);
});
