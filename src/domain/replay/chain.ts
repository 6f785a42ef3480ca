/** Makes whole facts of an auditor's short ones: chained per stream and device, hashed and committed as the ledger does. */
import * as v from 'valibot';
import { type DoorProblem, payloadProblems, problemsOf, readFact } from '../events/door.ts';
import { instant } from '../events/shapes.ts';
import { type Entry, type Fact, POLICY_STREAM, ROLES } from '../events.ts';
import { commitTo, hashFact, NO_HASH } from '../hash.ts';

const name = v.pipe(v.string(), v.nonEmpty());
const short = v.object({
  v: v.optional(v.number()),
  id: v.optional(name),
  /** Which person it is about; one, where nothing is said. */
  contact: v.optional(name, 'person'),
  type: name,
  occurredAt: instant,
  recordedAt: v.optional(instant),
  precision: v.optional(v.picklist(['instant', 'minute', 'day']), 'instant'),
  device: v.optional(v.pipe(name, v.regex(/^\S+$/u, 'a device id without spaces')), 'device'),
  actor: v.optional(name, 'manager'),
  role: v.optional(v.picklist(ROLES), 'manager'),
  /** Ids of facts of other devices that the author had seen. */
  saw: v.optional(v.array(name), []),
  payload: v.unknown(),
});

/** No secret is kept in a replay: its commitments only have to be commitments. */
const NO_SALT = '00'.repeat(16);

export interface Chained {
  readonly entries: readonly Entry[];
  readonly problems: readonly DoorProblem[];
}

export const chained = (given: readonly unknown[]): Chained => {
  const entries: Entry[] = [];
  const problems: DoorProblem[] = [];
  const heads = new Map<string, { seq: number; hash: string }>();
  const hashOf = new Map<string, string>();
  given.forEach((one, index) => {
    const at = `events.${index}`;
    if (typeof one === 'object' && one !== null && 'fact' in one) {
      const read = readFact(one, at);
      if (read.entry) entries.push(read.entry);
      else problems.push(...read.problems);
      return;
    }
    const read = v.safeParse(short, one);
    const wrong = read.success
      ? [...versionProblems(read.output.v, at), ...payloadProblems(read.output.type, read.output.payload, at)]
      : problemsOf(read.issues, at);
    if (!read.success || wrong.length > 0) {
      problems.push(...wrong);
      return;
    }
    const said = read.output;
    const stream = said.type === 'policy.changed' ? POLICY_STREAM : (`contact/${said.contact}` as const);
    const chain = `${stream} ${said.device}`;
    const head = heads.get(chain);
    const recordedAt = said.recordedAt ?? said.occurredAt;
    const core: Fact = {
      v: 1,
      id: said.id ?? `e${index + 1}`,
      stream,
      type: said.type as Fact['type'],
      occurredAt: said.occurredAt,
      precision: said.precision,
      recordedAt,
      hlc: `${String(Date.parse(recordedAt)).padStart(15, '0')}-${String(index).padStart(5, '0')}`,
      device: said.device,
      seq: (head?.seq ?? 0) + 1,
      actor: said.actor,
      role: said.role,
      parents: said.saw.flatMap((id) => hashOf.get(id) ?? []),
      prev: head?.hash ?? NO_HASH,
      commit: commitTo(NO_SALT, said.payload),
    };
    const hash = hashFact(core);
    heads.set(chain, { seq: core.seq, hash });
    hashOf.set(core.id, hash);
    entries.push({ fact: core, hash, payload: said.payload } as Entry);
  });
  return { entries, problems };
};

const versionProblems = (version: number | undefined, at: string): readonly DoorProblem[] =>
  version !== undefined && version > 1 ? [{ is: 'future_version', path: `${at}.v`, said: String(version) }] : [];
