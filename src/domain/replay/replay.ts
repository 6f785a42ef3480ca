/**
 * A case of an auditor: policy, facts, a moment. The answer is what the extension would say, by the same code: status,
 * flags, deadlines, and what the gate would let leave of an item about these people. `docs/replay.md` has examples.
 */
import * as v from 'valibot';
import { DOOR_PROBLEMS, type DoorProblem, problemsOf } from '../events/door.ts';
import { instant } from '../events/shapes.ts';
import { type Entry, POLICY_STREAM } from '../events.ts';
import { type GateDecision, gate } from '../gate.ts';
import { officerQueue, type QueueEntry } from '../merge.ts';
import { lawWith } from '../policy/built-in.ts';
import { lawAfter } from '../policy/changes.ts';
import { BUILT_IN_NOTICES, readNotices, supersededBy } from '../policy/notices.ts';
import type { Problem } from '../policy/resolve.ts';
import { type ContactStatus, fold, statusAt } from '../status.ts';
import { chained } from './chain.ts';

/** More facts about one person than this are folded, and flagged: nobody meets that often. */
export const MANY_FACTS = 5_000;

const zone = v.pipe(
  v.string(),
  v.check((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
    } catch {
      return false;
    }
  }, 'a time zone such as "Europe/Berlin"'),
);
const day = v.pipe(v.string(), v.isoDate());
const caseSchema = v.object({
  now: instant,
  policy: v.object({
    placeOfWork: v.optional(v.nullable(v.string()), null),
    region: v.optional(v.nullable(v.string()), null),
    controllerEstablishment: v.string(),
    zone,
    holidays: v.optional(v.array(day), []),
    jurisdictions: v.optional(v.array(v.unknown()), []),
  }),
  notices: v.optional(v.array(v.unknown()), []),
  person: v.optional(
    v.object({
      languages: v.exactOptional(v.array(v.string())),
      jobRelated: v.exactOptional(v.boolean()),
      subscriber: v.exactOptional(v.picklist(['corporate', 'individual'])),
      betweenBusinesses: v.exactOptional(v.boolean()),
    }),
    {},
  ),
  item: v.optional(
    v.object({ purpose: v.exactOptional(v.string()), specialCategory: v.exactOptional(v.boolean()) }),
    {},
  ),
  events: v.array(v.unknown()),
});

/** A sentence of `_locales`. */
export interface Said {
  readonly key: string;
  readonly args: readonly (string | number)[];
}

export interface Replayed {
  readonly now: string;
  readonly policy: {
    readonly key: string;
    readonly version: string;
    readonly mark: string;
    readonly jurisdictionAssumed: boolean;
    readonly standsInFor: readonly string[];
  };
  readonly people: readonly { readonly contact: string; readonly status: ContactStatus }[];
  readonly gate: GateDecision;
  readonly queue: readonly QueueEntry[];
  /** What was refused at the door, and what is flagged, each with its place and a sentence. */
  readonly problems: readonly { readonly path: string; readonly why: Said }[];
}
export type Replay = Replayed | { readonly problems: Replayed['problems'] };

const atTheDoor = ({ is, path, said }: DoorProblem): Replayed['problems'][number] => ({
  path,
  why: { key: DOOR_PROBLEMS[is], args: [path, said] },
});
const inPolicy = ({ path, problem }: Problem): Replayed['problems'][number] => ({
  path,
  why: { key: 'doorPolicy', args: [path, problem] },
});

/** What the fold and the clocks found, as sentences. */
const flagged = ({ contact, status }: Replayed['people'][number], facts: number): Replayed['problems'] => [
  ...status.findings.map(({ is, fact }) => ({ path: fact, why: { key: `findingLaw_${is}`, args: [] } })),
  ...status.alarms.map((one) => ({
    path: one.is === 'same_id' ? one.id : `${one.stream} ${one.device}#${one.seq}`,
    why: {
      key: one.is === 'same_id' ? 'alarmSameId' : 'alarmFork',
      args: [one.is === 'same_id' ? one.id : one.device],
    },
  })),
  ...status.requests.flatMap(({ id, extensionRefused }) =>
    extensionRefused
      ? [
          {
            path: id,
            why: {
              key: extensionRefused === 'after_deadline' ? 'refuseExtensionLate' : 'refuseExtensionNone',
              args: [contact],
            },
          },
        ]
      : [],
  ),
  ...(facts > MANY_FACTS ? [{ path: contact, why: { key: 'doorManyFacts', args: [contact, facts] } }] : []),
];

export const replay = (given: unknown): Replay => {
  const read = v.safeParse(caseSchema, given);
  if (!read.success) return { problems: problemsOf(read.issues, '').map(atTheDoor) };
  const { now, policy: asked, person, item, events, notices } = read.output;
  const { entries, problems } = chained(events);
  const changes = entries.filter(({ fact }) => fact.stream === POLICY_STREAM);
  const law = lawAfter(lawWith(asked.jurisdictions), changes);
  const policy = law.policyFor({ ...asked, holidays: new Set(asked.holidays), at: now });
  const own = readNotices(notices);
  const superseded = supersededBy([...BUILT_IN_NOTICES, ...own.editions]);
  const byPerson = new Map<string, Entry[]>();
  for (const entry of entries) {
    if (!entry.fact.stream.startsWith('contact/')) continue;
    const contact = entry.fact.stream.slice('contact/'.length);
    const theirs = byPerson.get(contact);
    if (theirs) theirs.push(entry);
    else byPerson.set(contact, [entry]);
  }
  const people = [...byPerson].map(([contact, facts]) => ({
    contact,
    status: statusAt(fold(facts), now, policy, null, { ...person, superseded }),
  }));
  return {
    now,
    policy: {
      key: policy.key,
      version: policy.version,
      mark: policy.mark,
      jurisdictionAssumed: policy.jurisdictionAssumed,
      standsInFor: policy.standsInFor,
    },
    people,
    gate: gate(people, policy, item),
    queue: officerQueue(people),
    problems: [
      ...problems.map(atTheDoor),
      ...law.problems.map(inPolicy),
      ...own.problems.map(({ path, problem }) => inPolicy({ path: `notices.${path}`, problem })),
      ...people.flatMap((one) => flagged(one, (byPerson.get(one.contact) as readonly Entry[]).length)),
    ],
  };
};
