/** Answers that are lost, cut or late, and records that are gone: at every call of every step. Called with the adapter contract. */
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Api,
  type Delivery,
  type Outcome,
  type Request,
  type Response,
  type Send,
  Unanswered,
} from '../../src/crm/adapter.ts';
import { type AdapterUnderTest, pushAgain, type SeenActivity, scripted, type World } from './adapter-contract.ts';

const AT = { start: '2026-11-19T14:00:00.000Z', end: '2026-11-19T14:45:00.000Z', day: '2026-11-19' };

/** What exists before a step, and the step. */
interface Step {
  readonly title: string;
  readonly before: readonly Delivery['step'][];
  readonly delivery: (world: World, record: string, task: string) => Delivery;
}

const record = (world: World, key: string, more: object = {}): Delivery => ({
  key,
  kind: 'meeting',
  step: 'record',
  ...AT,
  subject: 'Meeting',
  who: world.people[0],
  account: world.account,
  ...more,
});
const task = (key: string): Delivery => ({
  key,
  kind: 'meeting',
  step: 'task',
  text: 'send pricing',
  due: '2026-11-27',
});

const STEPS: readonly Step[] = [
  { title: 'a record', before: [], delivery: (world) => record(world, 'k-1', { note: 'Words.' }) },
  { title: 'a next step', before: [], delivery: () => task('k-t') },
  {
    title: 'a completion',
    before: ['record'],
    delivery: (_world, remoteId) => ({
      key: 'k-c',
      kind: 'meeting',
      step: 'completion',
      remoteId,
      subject: 'Pricing',
      note: 'She wants pricing by region.',
    }),
  },
  {
    title: 'a second person',
    before: ['record'],
    delivery: (world, remoteId) => ({ key: 'k-l', kind: 'meeting', step: 'link', remoteId, who: world.people[1] }),
  },
  {
    title: 'a correction',
    before: ['record'],
    delivery: (_world, remoteId) => ({
      key: 'k-a',
      kind: 'meeting',
      step: 'amend',
      remoteId,
      subject: 'Prices',
      note: null,
      ...AT,
    }),
  },
  {
    title: 'a correction of a next step',
    before: ['task'],
    delivery: (_world, _record, remoteId) => ({
      key: 'k-at',
      kind: 'meeting',
      step: 'amend_task',
      remoteId,
      text: 'send the list',
      due: null,
    }),
  },
  {
    title: 'a log that is taken back',
    before: ['record'],
    delivery: (_world, remoteId) => ({
      key: 'k-r',
      kind: 'meeting',
      step: 'retract',
      remoteId,
      subject: 'Meeting',
      of: 'record',
    }),
  },
];

const remoteIdOf = (outcome: Outcome | undefined): string => {
  if (outcome?.is !== 'stored') throw new Error(`not stored: ${JSON.stringify(outcome)}`);
  return outcome.remoteId;
};
const withoutIds = (activities: readonly SeenActivity[]) =>
  activities.map(({ id: _id, people, ...more }) => ({ ...more, people: [...people].sort() }));

export const lossContract = (crm: AdapterUnderTest): void => {
  const { about } = crm;
  const opened: World[] = [];
  /** A world in which a step can be taken. */
  const ready = async ({ before, delivery }: Step): Promise<{ world: World; api: Api; delivery: Delivery }> => {
    const world = await crm.world();
    opened.push(world);
    const api = crm.makeApi(world.send);
    let [made, todo] = ['', ''];
    if (before.includes('record')) made = remoteIdOf((await api.push([record(world, 'k-0')]))[0]);
    if (before.includes('task')) todo = remoteIdOf((await api.push([task('k-0t')]))[0]);
    return { world, api, delivery: delivery(world, made, todo) };
  };
  /** How a step goes undisturbed: every answer it got, and what is there afterwards. */
  const undisturbed = async (step: Step) => {
    const { world, delivery } = await ready(step);
    const answers: Response[] = [];
    const watched: Send = async (request) => {
      const answer = await world.send(request);
      answers.push(answer);
      return answer;
    };
    const [outcome] = await crm.makeApi(watched).push([delivery]);
    return { delivery, answers, remoteId: remoteIdOf(outcome), after: withoutIds(world.activities()) };
  };

  describe(`${about.name} when the network fails`, () => {
    afterEach(async () => {
      for (const world of opened.splice(0)) await world.close();
    });

    it.each(STEPS)(
      'leaves $title as if nothing had happened, whichever call is lost, before or after it was heard',
      async (step) => {
        const calm = await undisturbed(step);
        for (let nth = 0; nth < calm.answers.length; nth += 1) {
          for (const heard of [false, true]) {
            const { world, api, delivery } = await ready(step);
            let calls = 0;
            const losing: Send = async (request: Request) => {
              calls += 1;
              if (calls - 1 !== nth) return world.send(request);
              if (heard) await world.send(request);
              throw new Unanswered('lost');
            };
            const where = `call ${nth + 1} of ${calm.answers.length}, ${heard ? 'heard' : 'not heard'}`;
            const [first] = await crm
              .makeApi(losing)
              .push([delivery])
              .catch(() => [undefined]);
            if (first) expect(['unknown', 'transient', 'stored'], where).toContain(first.is);
            remoteIdOf((await pushAgain(about, api, [delivery]))[0]);
            expect(withoutIds(world.activities()), where).toEqual(calm.after);
            expect(world.invitations(), where).toBe(0);
          }
        }
      },
    );

    it.each(STEPS)('takes no half answer for a whole one: $title, cut at any byte', async (step) => {
      const { delivery, answers, remoteId } = await undisturbed(step);
      for (const [nth, cut] of answers.entries()) {
        for (let at = 0; at < cut.text.length; at += 1) {
          const { send } = scripted(
            ...answers.slice(0, nth),
            { ...cut, text: cut.text.slice(0, at) },
            new Unanswered(),
          );
          const [outcome] = await crm.makeApi(send, crm.userId).push([delivery]);
          const where = `answer ${nth + 1} cut at ${at} of ${cut.text.length}`;
          if (outcome?.is === 'stored') expect(outcome.remoteId, where).toBe(remoteId);
          else
            expect(['unknown', 'transient', 'throttled'], `${where}: ${JSON.stringify(outcome)}`).toContain(
              outcome?.is,
            );
        }
      }
    });

    it('brings no log back that somebody deleted in the CRM', async () => {
      for (const step of STEPS.filter(({ before }) => before.length > 0)) {
        const { world, api, delivery } = await ready(step);
        for (const { id } of world.activities()) world.removeActivity(id);
        const [outcome] = await api.push([delivery]);
        // What was to be taken back is not there any more: that was all that was asked.
        expect(outcome?.is, step.title).toBe(delivery.step === 'retract' ? 'stored' : 'gone');
        expect(world.activities(), step.title).toEqual([]);
      }
    });

    it('stores every one of many but the one that is refused, and mixes up none', async () => {
      const world = await crm.world();
      opened.push(world);
      const [somebody, gone] = world.people;
      world.status.remove(gone);
      const many = Array.from({ length: 7 }, (_, n) =>
        record(world, `k-${n}`, { subject: `Meeting ${n}`, who: n === 3 ? gone : somebody }),
      );
      const outcomes = await crm.makeApi(world.send).push(many);
      expect(outcomes.map(({ is }) => is)).toEqual(many.map((_, n) => (n === 3 ? 'gone' : 'stored')));
      const there = new Map(world.activities().map(({ id, subject }) => [id, subject]));
      expect(there.size).toBe(6);
      outcomes.forEach((outcome, n) => {
        if (outcome.is === 'stored') expect(there.get(outcome.remoteId)).toBe(`Meeting ${n}`);
      });
    });

    it('sends nothing more of a push once it is told to wait, or to sign in', async () => {
      for (const given of [{ ...crm.busy, headers: { 'retry-after': '60' } }, { status: 401 }]) {
        const { send, asked } = scripted(given);
        const world = await crm.world();
        opened.push(world);
        const many = Array.from({ length: 60 }, (_, n) => record(world, `k-${n}`));
        const outcomes = await crm.makeApi(send, crm.userId).push(many);
        expect(new Set(outcomes.map(({ is }) => is))).toEqual(
          new Set([given.status === 401 ? 'sign_in_needed' : 'throttled']),
        );
        expect(asked).toHaveLength(1);
      }
    });
  });
};
