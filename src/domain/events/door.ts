/** Parse at the door: what comes from outside becomes a fact, or a problem with its place and its reason. */
import * as v from 'valibot';
import { type Entry, ROLES } from '../events.ts';
import { instant, isFactType, NO_ZONE, SHAPES } from './shapes.ts';

/** Why something is no fact. A closed set: one sentence each in `_locales` (`door…`). */
export const DOOR_PROBLEMS = {
  no_object: 'doorNoObject',
  future_version: 'doorFutureVersion',
  unknown_kind: 'doorUnknownKind',
  no_zone: 'doorNoZone',
  wrong_shape: 'doorWrongShape',
} as const;
export interface DoorProblem {
  readonly is: keyof typeof DOOR_PROBLEMS;
  /** `events.3.payload.reviewBy` */
  readonly path: string;
  readonly said: string;
}
export type ReadFact =
  | { readonly entry: Entry; readonly problems?: never }
  | { readonly entry?: never; readonly problems: readonly DoorProblem[] };

const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u, 'a SHA-256 in lower-case hex'));
const name = v.pipe(v.string(), v.nonEmpty());
const envelope = v.object({
  v: v.literal(1),
  id: name,
  stream: v.pipe(v.string(), v.regex(/^(?:contact|activity|device|policy)\/.+$/u, 'a stream such as "contact/…"')),
  type: name,
  occurredAt: instant,
  precision: v.picklist(['instant', 'minute', 'day']),
  recordedAt: instant,
  hlc: v.pipe(v.string(), v.regex(/^\d{15}-\d{5}$/u, 'a clock of 15 and 5 digits')),
  device: v.pipe(name, v.regex(/^\S+$/u, 'a device id without spaces')),
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  actor: name,
  role: v.picklist(ROLES),
  parents: v.array(hash),
  prev: hash,
  commit: hash,
});

export const problemsOf = (issues: readonly v.BaseIssue<unknown>[], at: string): readonly DoorProblem[] =>
  issues.map((issue) => {
    const path = [at, v.getDotPath(issue)].filter(Boolean).join('.');
    return { is: issue.message === NO_ZONE ? 'no_zone' : 'wrong_shape', path, said: issue.message };
  });

/** A payload of a type. The value itself is kept, members of a later version included: the commitment is about all of it. */
export const payloadProblems = (type: string, payload: unknown, at: string): readonly DoorProblem[] => {
  if (!isFactType(type)) return [{ is: 'unknown_kind', path: `${at}.type`, said: type }];
  const read = v.safeParse(SHAPES[type], payload);
  return read.success ? [] : problemsOf(read.issues, `${at}.payload`);
};

/** A fact of a bundle: the whole envelope, its hash, and its payload (null once erased). */
export const readFact = (given: unknown, at = 'fact'): ReadFact => {
  if (typeof given !== 'object' || given === null)
    return { problems: [{ is: 'no_object', path: at, said: String(given) }] };
  const { fact, payload, hash: own } = given as { fact?: unknown; payload?: unknown; hash?: unknown };
  if (typeof fact !== 'object' || fact === null)
    return { problems: [{ is: 'no_object', path: `${at}.fact`, said: String(fact) }] };
  const version = (fact as { v?: unknown }).v;
  if (typeof version === 'number' && version > 1)
    return { problems: [{ is: 'future_version', path: `${at}.fact.v`, said: String(version) }] };
  const read = v.safeParse(envelope, fact);
  const hashed = v.safeParse(hash, own);
  const type = String((fact as { type?: unknown }).type);
  const problems = [
    ...(read.success ? [] : problemsOf(read.issues, `${at}.fact`)),
    ...(hashed.success ? [] : problemsOf(hashed.issues, `${at}.hash`)),
    ...(payload === null && isFactType(type) ? [] : payloadProblems(type, payload, at)),
  ];
  return problems.length > 0 ? { problems } : { entry: given as Entry };
};
