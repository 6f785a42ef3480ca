/** Which records that may or may not have been stored are there: read back by their marks. */
import * as v from 'valibot';
import type { Api, Outcome, Send, Sought } from '../adapter.ts';
import { get, orRefused } from '../exchange.ts';
import { type Entity, MOST, MOST_SOUGHT } from './fields.ts';
import { markOf } from './mark.ts';
import { exchange } from './outcome.ts';
import { shapeOf } from './payload.ts';
import { listPath } from './query.ts';
import { Id } from './read.ts';

const Rows = v.object({ list: v.array(v.object({ id: Id, description: v.nullish(v.string(), '') })) });

interface Mark {
  readonly at: number;
  readonly mark: string;
}

export const finder =
  (send: Send, userId: () => Promise<string>): NonNullable<Api['find']> =>
  async (sought) => {
    // What is written by id makes no second record: it may always be sent again.
    const answers: (Outcome | null)[] = sought.map(() => null);
    const marks = new Map<Entity, Mark[]>();
    sought.forEach((one: Sought, at) => {
      if (one.step !== 'record' && one.step !== 'task') return;
      const { entity } = shapeOf(one);
      marks.set(entity, [...(marks.get(entity) ?? []), { at, mark: markOf(one.key) }]);
    });
    for (const [entity, all] of marks) {
      for (let from = 0; from < all.length; from += MOST_SOUGHT) {
        const some = all.slice(from, from + MOST_SOUGHT);
        const found = await orRefused(lookFor(send, entity, some, userId));
        for (const { at, mark } of some) answers[at] = 'is' in found ? found : answerFor(mark, found);
      }
    }
    return answers;
  };

type Found = v.InferOutput<typeof Rows>['list'];

/** Only records that this user made: a copy that a colleague made carries the mark as well. */
const lookFor = async (
  send: Send,
  entity: Entity,
  marks: readonly Mark[],
  userId: () => Promise<string>,
): Promise<Found | Exclude<Outcome, { is: 'stored' }>> => {
  const path = listPath(entity, {
    select: 'id,description',
    where: [
      { type: 'equals', attribute: 'createdById', value: await userId() },
      { type: 'or', value: marks.map(({ mark }) => ({ type: 'contains', attribute: 'description', value: mark })) },
    ],
  });
  const answer = await exchange(send, get(path), Rows);
  if ('is' in answer) return answer;
  return answer.value.list.length < MOST ? answer.value.list : { is: 'unknown', why: 'the answer goes on too long' };
};

/** Two of one mark: a copy, or a line that delivered our call twice. Which is ours nobody can say. */
const answerFor = (mark: string, found: Found): Outcome | null => {
  const [one, ...more] = found.filter(({ description }) => description?.includes(mark));
  if (!one) return null;
  if (more.length === 0) return { is: 'stored', remoteId: one.id };
  return { is: 'conflict', why: `${more.length + 1} records carry the mark ${mark}` };
};
