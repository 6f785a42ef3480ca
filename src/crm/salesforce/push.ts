/**
 * Deliveries → outcomes: records and tasks by key, completions by id, links read before they are made, each in
 * batches. A batch without an answer is unknown, the others are not. What was refused for all alike (wait, sign in)
 * is not asked again for the rest.
 */
import * as v from 'valibot';
import type { Api, Delivery, Outcome, Send } from '../adapter.ts';
import { beside } from '../beside.ts';
import { orUnknown, type Refusal } from '../exchange.ts';
import { chunks, type Item, sendCollection } from './collection.ts';
import { type ActivityObject, KEY_FIELD, LINKS, MOST, ONLY_AT_CREATION, objectOf, PREFIXES } from './fields.ts';
import { type Problem, refusalOf } from './outcome.ts';
import { completionBody, linkBody, objectFor, type RecordBody, recordBody } from './payload.ts';
import { amendBody, neutralBody, remove } from './put-right.ts';
import { oneOf, rowsOf } from './query.ts';
import { Id } from './read.ts';
import { canonicalId } from './record-id.ts';

/** One delivery on its way: where its outcome goes, what makes it the same as another, and its body. */
interface Job {
  readonly at: number;
  readonly identity: string;
  readonly body: RecordBody;
}

type Outcomes = readonly Outcome[];
type Batch = (send: Send, jobs: readonly Job[]) => Promise<Outcomes | Refusal>;

/** Links read and made in one go: their ids stand in a question, whose address has a limit. */
const MOST_LINKS = 100;

const stored = (remoteId: string): Outcome => ({ is: 'stored', remoteId });
const UNREADABLE: Refusal = { is: 'unknown', why: 'the answer could not be read' };
const BEATEN: Refusal = { is: 'transient', why: 'another writer was there first' };

/** Nothing was sent yet, so an answer that did not come leaves nothing in doubt. */
const beforeSending = (refusal: Refusal): Refusal =>
  refusal.is === 'unknown' ? { is: 'transient', why: refusal.why } : refusal;

const outcomeOf = (item: Item, isOurs: (id: string) => boolean): Outcome =>
  item.is === 'failed'
    ? refusalOf(item.problem, null)
    : item.is === 'done' && isOurs(item.id)
      ? stored(item.id)
      : UNREADABLE;

const problemOf = (item: Item | undefined): Problem | null => (item?.is === 'failed' ? item.problem : null);

// ---------------------------------------------------------------- records and tasks, by key

/** Another writer, or we ourselves in a call whose answer was lost, stored this key. Another field's twin is not ours. */
const keyIsTaken = (problem: Problem | null): boolean =>
  problem?.code === 'DUPLICATE_VALUE' &&
  (problem.fields.includes(KEY_FIELD) ||
    !/duplicate value found: \w/.test(problem.message) ||
    problem.message.includes(KEY_FIELD));

const idIn = (problem: Problem | null): string | null =>
  canonicalId(/with id: (\w+)/.exec(problem?.message ?? '')?.[1] ?? '');

/** The record exists, and one of its fields can be given only at its creation. */
const isThereAlready = (problem: Problem | null, { body }: Job): boolean =>
  problem?.code === 'INVALID_FIELD_FOR_INSERT_UPDATE' &&
  problem.fields.length > 0 &&
  problem.fields.every((field) => ONLY_AT_CREATION.includes(field) && field in body);

const changeable = (job: Job): Job => ({
  ...job,
  body: Object.fromEntries(
    Object.entries(job.body).filter(([field]) => !ONLY_AT_CREATION.includes(field)),
  ) as unknown as RecordBody,
});

const holders = async (
  send: Send,
  object: ActivityObject,
  keys: readonly string[],
): Promise<Map<string, string> | Refusal> => {
  const Row = v.object({ Id, [KEY_FIELD]: v.string() });
  const soql = `SELECT Id, ${KEY_FIELD} FROM ${object} WHERE ${KEY_FIELD} IN ${oneOf(keys)}`;
  const rows = await orUnknown(rowsOf(send, soql, Row));
  return 'is' in rows ? rows : new Map(rows.value.map((row) => [String(row[KEY_FIELD]).toLowerCase(), String(row.Id)]));
};

const upsert =
  (object: ActivityObject): Batch =>
  async (send, jobs) => {
    const bodies = jobs.map(({ body }) => body);
    const items = await sendCollection(send, 'PATCH', `/${object}/${KEY_FIELD}`, bodies);
    if ('is' in items) return items;
    const isOurs = (id: string): boolean => id.startsWith(PREFIXES[object]);
    const answered = items.map((item) => (item.is === 'done' ? item.id : ''));
    // Two keys cannot have made one record: answers that say so are not those of these records.
    const isTwice = (id: string): boolean => answered.indexOf(id) !== answered.lastIndexOf(id);
    const outcomes = items.map((item) => outcomeOf(item, (id) => isOurs(id) && !isTwice(id)));

    const there = jobs.flatMap((job, at) =>
      isThereAlready(problemOf(items[at]), job) ? [{ job: changeable(job), at }] : [],
    );
    if (there.length > 0) {
      const again = await upsert(object)(
        send,
        there.map(({ job }) => job),
      );
      there.forEach(({ at }, index) => {
        outcomes[at] = 'is' in again ? again : (again[index] ?? UNREADABLE);
      });
    }

    const taken = jobs.flatMap((job, at) => (keyIsTaken(problemOf(items[at])) ? [{ key: job.identity, at }] : []));
    const nameless = taken.filter(({ at }) => {
      const id = idIn(problemOf(items[at]));
      if (!id || !isOurs(id)) return true;
      outcomes[at] = stored(id);
      return false;
    });
    if (nameless.length > 0) {
      const found = await holders(
        send,
        object,
        nameless.map(({ key }) => key),
      );
      for (const { key, at } of nameless) {
        const id = found instanceof Map ? found.get(key.toLowerCase()) : undefined;
        outcomes[at] = id ? stored(id) : found instanceof Map ? BEATEN : found;
      }
    }
    return outcomes;
  };

// ---------------------------------------------------------------- completions, by id

const change: Batch = async (send, jobs) => {
  const items = await sendCollection(
    send,
    'PATCH',
    '',
    jobs.map(({ body }) => body),
  );
  return 'is' in items ? items : items.map((item, at) => outcomeOf(item, (id) => id === jobs[at]?.body.id));
};

/** The words of a completion go above what people wrote in the record meanwhile: they are read first. */
const complete: Batch = async (send, jobs) => {
  const worded = jobs.filter(({ body }) => typeof body.Description === 'string');
  const there = new Map<string, string | null>();
  for (const object of ['Event', 'Task'] as const) {
    const ids = worded.map(({ identity }) => identity).filter((id) => objectOf(id) === object);
    if (ids.length === 0) continue;
    const Row = v.object({ Id, Description: v.nullish(v.string(), null) });
    const rows = await orUnknown(rowsOf(send, `SELECT Id, Description FROM ${object} WHERE Id IN ${oneOf(ids)}`, Row));
    if ('is' in rows) return beforeSending(rows);
    for (const row of rows.value) there.set(row.Id, row.Description);
  }
  return change(
    send,
    jobs.map((job) =>
      typeof job.body.Description === 'string'
        ? { ...job, body: { ...job.body, Description: beside(job.body.Description, there.get(job.identity) ?? null) } }
        : job,
    ),
  );
};

// ---------------------------------------------------------------- links, read before they are made

const pair = (activity: unknown, who: unknown): string => `${activity} ${who}`;

const link =
  (object: ActivityObject): Batch =>
  async (send, jobs) => {
    const { object: relation, activity } = LINKS[object];
    const Row = v.object({ Id, [activity]: Id, RelationId: Id });
    const read = async (wanted: readonly Job[]): Promise<Map<string, string> | Refusal> => {
      const activities = oneOf(wanted.map(({ body }) => String(body[activity])));
      const people = oneOf(wanted.map(({ body }) => String(body.RelationId)));
      const soql = `SELECT Id, ${activity}, RelationId FROM ${relation} WHERE ${activity} IN ${activities} AND RelationId IN ${people}`;
      const rows = await orUnknown(rowsOf(send, soql, Row));
      if (!('is' in rows))
        return new Map(rows.value.map((row) => [pair(row[activity], row.RelationId), String(row.Id)]));
      return beforeSending(rows);
    };

    const there = await read(jobs);
    if (!(there instanceof Map)) return there;
    const outcomes: (Outcome | undefined)[] = jobs.map(({ identity }) => {
      const id = there.get(identity);
      return id ? stored(id) : undefined;
    });
    const missing = jobs.flatMap((job, at) => (outcomes[at] ? [] : [{ job, at }]));
    if (missing.length > 0) {
      const items = await sendCollection(
        send,
        'POST',
        '',
        missing.map(({ job }) => job.body),
      );
      missing.forEach(({ at }, index) => {
        outcomes[at] = 'is' in items ? items : outcomeOf(items[index] ?? { is: 'odd' }, () => true);
      });
      const raced = missing.filter(
        (_, index) => !('is' in items) && problemOf(items[index])?.code === 'DUPLICATE_VALUE',
      );
      if (raced.length > 0) {
        const now = await read(raced.map(({ job }) => job));
        for (const { job, at } of raced) {
          const id = now instanceof Map ? now.get(job.identity) : undefined;
          outcomes[at] = id ? stored(id) : now instanceof Map ? BEATEN : now;
        }
      }
    }
    return outcomes.map((outcome) => outcome ?? UNREADABLE);
  };

// ---------------------------------------------------------------- all of them

const NOT_AN_ACTIVITY: Refusal = { is: 'invalid', field: null, why: 'not the id of an activity' };

interface Sorted {
  readonly upserts: Record<ActivityObject, Job[]>;
  readonly completions: Job[];
  /** Corrections wait for what they correct, removals for both. */
  readonly amends: Job[];
  readonly removals: Job[];
  readonly links: Record<ActivityObject, Job[]>;
}

/** Puts a delivery with its kind; a delivery that cannot be sent at all gets its outcome. */
const sortIn = (sorted: Sorted, delivery: Delivery, at: number): Outcome | null => {
  if (delivery.step === 'record' || delivery.step === 'task') {
    sorted.upserts[objectFor(delivery)].push({ at, identity: delivery.key, body: recordBody(delivery) });
    return null;
  }
  const id = canonicalId(delivery.remoteId);
  const object = id && objectOf(id);
  if (!object) return NOT_AN_ACTIVITY;
  if (delivery.step === 'completion') {
    sorted.completions.push({ at, identity: id, body: completionBody(delivery, object, id) });
    return null;
  }
  if (delivery.step === 'amend' || delivery.step === 'amend_task') {
    sorted.amends.push({ at, identity: id, body: amendBody(delivery, object, id) });
    return null;
  }
  if (delivery.step === 'retract') {
    sorted.removals.push({ at, identity: id, body: neutralBody(delivery, object, id) });
    return null;
  }
  const who = canonicalId(delivery.who);
  if (!who) return NOT_AN_ACTIVITY;
  sorted.links[object].push({ at, identity: pair(id, who), body: linkBody(object, id, who) });
  return null;
};

/** Records of one account together: their writes lock it, and batches side by side would wait for each other. */
const byAccount = (jobs: readonly Job[]): readonly Job[] =>
  jobs.toSorted((a, b) =>
    String(a.body.WhatId ?? '') < String(b.body.WhatId ?? '') ? -1 : a.body.WhatId === b.body.WhatId ? 0 : 1,
  );

/** For everybody alike: asking again for the next batch would only make it worse. */
const endsAll = (outcome: Outcome): outcome is Refusal => outcome.is === 'throttled' || outcome.is === 'sign_in_needed';

export const pusher =
  (send: Send): Api['push'] =>
  async (deliveries) => {
    const sorted: Sorted = {
      upserts: { Event: [], Task: [] },
      completions: [],
      amends: [],
      removals: [],
      links: { Event: [], Task: [] },
    };
    const outcomes: (Outcome | null)[] = deliveries.map((delivery, at) => sortIn(sorted, delivery, at));
    const work: readonly (readonly [Batch, readonly Job[], number])[] = [
      [upsert('Event'), byAccount(sorted.upserts.Event), MOST],
      [complete, sorted.completions, MOST],
      [link('Event'), sorted.links.Event, MOST_LINKS],
      [link('Task'), sorted.links.Task, MOST_LINKS],
      [upsert('Task'), byAccount(sorted.upserts.Task), MOST],
      [change, sorted.amends, MOST],
      [remove, sorted.removals, MOST],
    ];
    let ended: Refusal | null = null;
    for (const [batch, jobs, most] of work) {
      for (const chunk of chunks(jobs, most)) {
        const answer: Outcomes | Refusal = ended ?? (await batch(send, chunk));
        ended ??= ('is' in answer ? [answer] : answer).find(endsAll) ?? null;
        chunk.forEach(({ at }, index) => {
          outcomes[at] = 'is' in answer ? answer : (answer[index] ?? UNREADABLE);
        });
      }
    }
    return outcomes.map((outcome) => outcome ?? UNREADABLE);
  };
