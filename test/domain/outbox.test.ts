import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateDecision } from '../../src/domain/gate.ts';
import { leaving } from '../../src/domain/leaving.ts';
import { NOTHING_CROSSED, type PlanInput, plan, type StepName, settle } from '../../src/domain/outbox.ts';
import { meeting as activity } from './meeting.ts';

const REST = { held: false, wordsWithheld: [], deadlines: [], escalate: [] } as const;
const open: GateDecision = { mode: 'redact_to_minimum', released: ['dana', 'li'], withheld: [], words: true, ...REST };
const liUntold: GateDecision = {
  ...open,
  released: ['dana'],
  withheld: [{ contact: 'li', reason: 'not_told' }],
  words: false,
};
const remoteIds = new Map([
  ['dana', 'r-dana'],
  ['li', 'r-li'],
]);
const input = (more: Partial<PlanInput> = {}): PlanInput => ({
  activity,
  gate: open,
  crossed: NOTHING_CROSSED,
  remoteIds,
  attendeeLinks: true,
  ...more,
});
const steps = (given: PlanInput) => plan(given).map(({ step, state }) => `${step} ${state}`);

const phrases = {
  neutral: 'Meeting',
  promise: (words: string) => `Promised: ${words}`,
  matter: (words: string) => `Matters: ${words}`,
};
const left = (step: StepName, given: PlanInput) => leaving(step, `a1/${step}`, given, phrases)?.delivery;

describe('a plan', () => {
  it('sends the record now and withholds words, link and task while somebody is untold', () => {
    expect(steps(input({ gate: liUntold }))).toEqual([
      'record queued',
      'completion withheld',
      'link/li withheld',
      'task/0 withheld',
    ]);
  });

  it('needs no completion when everything may go with the record', () => {
    expect(steps(input())).toEqual(['record queued', 'link/li queued', 'task/0 queued']);
  });

  it('completes the record that crossed, by its id, once the gate opens', () => {
    const crossed = { ...NOTHING_CROSSED, remoteId: 'e1', who: 'dana' };
    expect(steps(input({ crossed }))).toEqual(['completion queued', 'link/li queued', 'task/0 queued']);
  });

  it('gives the record its first attendee afterwards when nobody was told at first', () => {
    const crossed = { ...NOTHING_CROSSED, remoteId: 'e1', words: true };
    expect(
      steps(
        input({
          crossed,
          activity: { ...activity, words: { subject: null, note: '', nextSteps: [], promises: [], matters: [] } },
        }),
      ),
    ).toEqual(['completion queued', 'link/li queued']);
  });

  it('is empty when everything crossed, when it was taken back, and when no CRM is connected', () => {
    const crossed = { remoteId: 'e1', who: 'dana', words: true, links: ['li'], tasks: [0] };
    expect(steps(input({ crossed }))).toEqual([]);
    expect(steps(input({ activity: { ...activity, retracted: true } }))).toEqual([]);
    expect(steps(input({ activity: { ...activity, connection: null } }))).toEqual([]);
  });

  it('never makes a record of somebody whom the CRM does not know', () => {
    const only = new Map([['dana', 'r-dana']]);
    const [link] = plan(input({ remoteIds: only })).filter(({ step }) => step === 'link/li');
    expect(link).toMatchObject({ state: 'withheld', because: [{ contact: 'li', reason: 'not_in_crm' }] });
  });

  it('keeps further attendees here where the CRM takes one only', () => {
    const [link] = plan(input({ attendeeLinks: false })).filter(({ step }) => step === 'link/li');
    expect(link?.because).toEqual([{ contact: 'li', reason: 'one_attendee_only' }]);
  });
});

describe('an item that is held', () => {
  const held: GateDecision = {
    ...open,
    mode: 'hold',
    held: true,
    released: [],
    withheld: [
      { contact: 'li', reason: 'overdue' },
      { contact: 'dana', reason: 'held_with_others' },
    ],
    words: false,
  };

  it('makes no record at all, and every further step waits with its reason', () => {
    expect(steps(input({ gate: held }))).toEqual([
      'record withheld',
      'link/dana withheld',
      'link/li withheld',
      'task/0 withheld',
    ]);
    expect(left('record', input({ gate: held }))).toBeUndefined();
  });

  it('goes in one piece once the gate opens', () => {
    expect(steps(input())).toEqual(['record queued', 'link/li queued', 'task/0 queued']);
    expect(left('record', input())).toMatchObject({
      note: 'she wants pricing',
      who: 'r-dana',
    });
  });

  it('keeps back everything further of a record that had crossed before', () => {
    const crossed = { ...NOTHING_CROSSED, remoteId: 'e1', who: 'dana' };
    expect(steps(input({ gate: held, crossed }))).toEqual([
      'completion withheld',
      'link/li withheld',
      'task/0 withheld',
    ]);
  });

  it('keeps words of a sensitive kind back although everybody may leave', () => {
    const sensitive: GateDecision = { ...open, words: false, wordsWithheld: ['special_category'] };
    expect(plan(input({ gate: sensitive })).find(({ step }) => step === 'completion')).toMatchObject({
      state: 'withheld',
      because: [{ contact: null, reason: 'special_category' }],
    });
    expect(left('record', input({ gate: sensitive }))).toMatchObject({
      subject: 'Meeting',
      who: 'r-dana',
    });
  });
});

describe('what leaves', () => {
  it('is a neutral record without empty fields while words are withheld', () => {
    const delivery = left('record', input({ gate: liUntold }));
    expect(delivery).toEqual({
      key: 'a1/record',
      kind: 'meeting',
      step: 'record',
      start: '2026-11-17T14:00:00Z',
      end: '2026-11-17T14:45:00Z',
      day: '2026-11-17',
      subject: 'Meeting',
      who: 'r-dana',
      account: 'acc',
    });
  });

  it('is nothing for a completion, link or task that the gate has closed meanwhile', () => {
    const crossed = { ...NOTHING_CROSSED, remoteId: 'e1', who: 'dana' };
    const closed = input({ gate: liUntold, crossed });
    expect(left('completion', closed)).toBeUndefined();
    expect(left('link/li', closed)).toBeUndefined();
    expect(left('task/0', closed)).toBeUndefined();
  });

  it('carries subject, note and task once everybody is told', () => {
    const crossed = { ...NOTHING_CROSSED, remoteId: 'e1', who: 'dana' };
    expect(left('completion', input({ crossed }))).toMatchObject({
      remoteId: 'e1',
      subject: 'Meeting: she wants pricing',
      note: 'she wants pricing',
    });
    expect(left('task/0', input({ crossed }))).toMatchObject({
      text: 'send pricing',
      due: '2026-11-20',
      who: 'r-dana',
      account: 'acc',
    });
  });

  it('carries promises and what matters to them as lines of the note', () => {
    const words = { ...activity.words, promises: ['a list by Friday'], matters: ['delivery on Fridays'] };
    expect(left('record', input({ activity: { ...activity, words } }))).toMatchObject({
      note: 'she wants pricing\nPromised: a list by Friday\nMatters: delivery on Fridays',
    });
  });

  it('never names somebody withheld, and never a word while one is, whatever the gate says about whom', () => {
    const people = ['dana', 'li', 'bo', 'ada'];
    const known = new Map(people.map((name) => [name, `r-${name}`]));
    fc.assert(
      fc.property(
        fc.subarray(people),
        fc.constantFrom<StepName>('record', 'completion', 'link/li', 'link/bo', 'task/0'),
        fc.boolean(),
        (untold, step, crossedYet) => {
          const decision: GateDecision = {
            mode: 'redact_to_minimum',
            released: people.filter((name) => !untold.includes(name)),
            withheld: untold.map((contact) => ({ contact, reason: 'not_told' })),
            words: untold.length === 0,
            ...REST,
          };
          const crossed = { ...NOTHING_CROSSED, remoteId: crossedYet ? 'e1' : null };
          const delivery = left(
            step,
            input({ activity: { ...activity, attendees: people }, gate: decision, crossed, remoteIds: known }),
          );
          const text = JSON.stringify(delivery ?? null);
          for (const name of untold) expect(text).not.toContain(`r-${name}"`);
          if (untold.length > 0) expect(text).not.toContain('pricing');
        },
      ),
    );
  });
});

describe('settling', () => {
  it('walks every activity to an empty plan, step by step, whatever order answers come in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }), (choices) => {
        let crossed = NOTHING_CROSSED;
        for (const choice of choices) {
          const due = plan(input({ crossed })).filter(
            ({ step }) => step === 'record' || crossed.remoteId !== null || step.startsWith('task/'),
          );
          const next = due[choice % Math.max(1, due.length)];
          if (!next) break;
          const leaves = leaving(next.step, 'k', input({ crossed }), {
            neutral: 'Meeting',
            promise: String,
            matter: String,
          });
          expect(leaves).not.toBeNull();
          if (leaves)
            crossed = settle(
              crossed,
              next.step,
              next.step === 'record' ? 'e1' : 'x',
              next.step === 'completion' ? leaves.crosses : leaves.crosses,
            );
        }
        if (crossed.remoteId === 'x') throw new Error('the record id was overwritten');
        expect(plan(input({ crossed }))).toEqual([]);
      }),
    );
  });
});
