/**
 * Deliveries → outcomes, in small batches that go on after a failure. A batch without an answer is unknown, the others
 * are not. What was refused for all alike (wait, sign in) is not asked again for the rest.
 */
import * as v from 'valibot';
import type { Api, Outcome, Response, Send } from '../adapter.ts';
import { beside } from '../beside.ts';
import { orUnknown, type Refusal } from '../exchange.ts';
import { BASE, MOST } from './fields.ts';
import { answersOf, batchOf, type Entry } from './multipart.ts';
import { ask, exchange, HEADERS, meaningOfExists, refusalOf } from './outcome.ts';
import { type Writing, writingFor } from './payload.ts';

interface Job {
  readonly at: number;
  readonly writing: Writing;
}

const UNREADABLE: Refusal = { is: 'unknown', why: 'the answer could not be read' };
const NO_ID: Refusal = { is: 'invalid', field: null, why: 'an id in this log is not one of this CRM' };
const TWIN: Refusal = { is: 'invalid', field: null, why: 'a rule of the organisation takes it for a duplicate' };

const There = v.object({ createdon: v.string() });

const good = ({ status }: Response): boolean => status >= 200 && status < 300;

/** The record that a success names; undefined where it names none. */
const namedBy = ({ headers }: Response): string | undefined =>
  headers['odata-entityid']?.toLowerCase().split(`${BASE}/`).at(-1);

/** Every answer of an entry is a success: one, or as many as it had operations. */
const succeeded = (entry: Entry | undefined, { operations }: Writing): boolean =>
  entry?.answers.length === operations.length && entry.answers.every(good);

/** Do the answers stand where their questions stood? A success that names another record says that they do not. */
const inOrder = (entries: readonly Entry[], jobs: readonly Job[]): boolean =>
  entries.every(({ answers }, index) =>
    answers.every((answer) => !good(answer) || [undefined, jobs[index]?.writing.entity].includes(namedBy(answer))),
  );

/** An answer that stands in its place. */
const outcomeAt = (entry: Entry | undefined, writing: Writing, date: string | undefined): Outcome | 'ask' => {
  const neutral = writing.neutral ? ({ neutral: true } as const) : {};
  if (succeeded(entry, writing)) return { is: 'stored', remoteId: writing.remoteId, ...neutral };
  const refused = entry?.answers.find((answer) => !good(answer));
  if (!refused) return UNREADABLE;
  const exists = writing.creates ? meaningOfExists(refused) : null;
  if (exists === 'ours') return { is: 'stored', remoteId: writing.remoteId };
  if (exists === 'twin') return TWIN;
  if (exists === 'ask') return 'ask';
  const refusal = refusalOf({ ...refused, headers: { ...(date ? { date } : {}), ...refused.headers } });
  // What somebody deleted there has nothing left to take back.
  return writing.neutral && refusal.is === 'gone' ? { is: 'stored', remoteId: writing.remoteId } : refusal;
};

/** The database has such a key: whether the record is ours is asked by its id, which is. */
const readBack = async (send: Send, { entity, remoteId }: Writing): Promise<Outcome> => {
  const answer = await orUnknown(exchange(send, ask(`${BASE}/${entity}?$select=createdon`), There));
  if (!('is' in answer)) return { is: 'stored', remoteId };
  return answer.is === 'gone' ? TWIN : answer;
};

const Words = v.object({ description: v.nullish(v.string(), null) });

/** A writing with its words above what is there; or why that could not be read. Nothing was sent yet. */
const above = async (send: Send, { at, writing }: Job): Promise<Job | Refusal> => {
  const [operation] = writing.operations;
  const ours = operation?.body?.description;
  if (!writing.keeps || !operation || typeof ours !== 'string') return { at, writing };
  const answer = await orUnknown(exchange(send, ask(`${operation.path}?$select=description`), Words));
  if ('is' in answer) return answer.is === 'unknown' ? { is: 'transient', why: answer.why } : answer;
  const body = { ...operation.body, description: beside(ours, answer.value.description) };
  return { at, writing: { ...writing, operations: [{ ...operation, body }] } };
};

const pushBatch = async (send: Send, jobs: readonly Job[]): Promise<readonly Outcome[] | Refusal> => {
  const response = await orUnknown(
    send({
      method: 'POST',
      path: `${BASE}/$batch`,
      headers: { ...HEADERS, Prefer: 'odata.continue-on-error' },
      raw: batchOf(jobs.map(({ writing }) => writing.operations)),
    }),
  );
  if ('is' in response) return response;
  const batch = answersOf(response);
  if (!batch) {
    const refusal = refusalOf(response);
    // The call itself has no such address: that is not a deleted record.
    return refusal.is === 'gone' ? { is: 'forbidden', why: refusal.why } : refusal;
  }
  const { entries, whole } = batch;
  const { date } = response.headers;
  if ((whole && entries.length !== jobs.length) || entries.length > jobs.length || !inOrder(entries, jobs)) {
    // Positions mean nothing here. What names a record by the id that we chose is still certain.
    return jobs.map(({ writing }) => {
      const mine = entries.find(({ answers }) =>
        answers.every((answer) => good(answer) && namedBy(answer) === writing.entity),
      );
      return succeeded(mine, writing) ? { is: 'stored', remoteId: writing.remoteId } : UNREADABLE;
    });
  }
  const outcomes: Outcome[] = [];
  for (const [index, { writing }] of jobs.entries()) {
    const outcome = outcomeAt(entries[index], writing, date);
    outcomes.push(outcome === 'ask' ? await readBack(send, writing) : outcome);
  }
  return outcomes;
};

/** In order, as many as one batch may hold. */
const batches = (jobs: readonly Job[]): readonly (readonly Job[])[] => {
  const made: Job[][] = [];
  let room = 0;
  for (const job of jobs) {
    const size = job.writing.operations.length;
    if (size > room) {
      made.push([]);
      room = MOST;
    }
    made.at(-1)?.push(job);
    room -= size;
  }
  return made;
};

/** For everybody alike: asking again for the next batch would only make it worse. */
const endsAll = (outcome: Outcome): outcome is Refusal => outcome.is === 'throttled' || outcome.is === 'sign_in_needed';

export const pusher =
  (send: Send): Api['push'] =>
  async (deliveries) => {
    const outcomes: (Outcome | null)[] = deliveries.map(() => NO_ID);
    let ended: Refusal | null = null;
    const jobs: Job[] = [];
    for (const [at, delivery] of deliveries.entries()) {
      const writing = writingFor(delivery);
      if (!writing) continue;
      const job: Job | Refusal = ended ?? (await above(send, { at, writing }));
      if ('is' in job) {
        outcomes[at] = job;
        if (endsAll(job)) ended = job;
      } else jobs.push(job);
    }
    for (const batch of batches(jobs)) {
      const answer: readonly Outcome[] | Refusal = ended ?? (await pushBatch(send, batch));
      ended ??= ('is' in answer ? [answer] : answer).find(endsAll) ?? null;
      batch.forEach(({ at }, index) => {
        outcomes[at] = 'is' in answer ? answer : (answer[index] ?? UNREADABLE);
      });
    }
    return outcomes.map((outcome) => outcome ?? UNREADABLE);
  };
