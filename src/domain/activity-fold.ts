/** An activity as its facts tell it: what was logged, whether it was taken back, and what of it crossed. Any order, any repeats. */
import type { Activity, Amended, PublicWords } from './activity.ts';
import type { ContentRef, Entry, Payloads } from './events.ts';
import { type Crossed, NOTHING_CROSSED, type StepName, settle } from './outbox.ts';
import { voidedIn } from './voids.ts';

export interface ActivityState extends Omit<Activity, 'words'> {
  readonly words: ContentRef;
  readonly private: ContentRef | null;
  /** The line as it was last typed; null for a log from before lines were kept. */
  readonly line: ContentRef | null;
  readonly hasPrivate: boolean;
  readonly corrections: number;
  /** When it was taken back; null while it stands. */
  readonly retractedAt: string | null;
  /** Positions of the next steps that were done. */
  readonly doneSteps: readonly number[];
  readonly loggedAt: string;
  readonly crossed: Crossed;
}

/** Null where the log itself is not among the facts, or its payload was erased. */
export const foldActivity = (id: string, entries: readonly Entry[]): ActivityState | null => {
  const all = [...new Map(entries.map((entry) => [entry.fact.id, entry])).values()];
  const voided = voidedIn(all);
  const unique = all.filter(({ fact }) => !voided.has(fact.id));
  const log = unique.find(({ fact, payload }) => fact.type === 'activity.logged' && payload !== null);
  if (!log) return null;
  const said = log.payload as Payloads['activity.logged'];
  const ordered = unique.filter(({ payload }) => payload !== null).sort((a, b) => (a.fact.hlc < b.fact.hlc ? -1 : 1));
  const receipts = ordered.filter(({ fact }) => fact.type === 'delivery.stored');
  const corrections = ordered.flatMap(({ fact, payload }) =>
    fact.type === 'activity.corrected' ? [payload as Payloads['activity.corrected']] : [],
  );
  const now = corrections.at(-1) ?? said;
  const retraction = unique.find(({ fact }) => fact.type === 'activity.retracted');
  return {
    id,
    kind: said.kind,
    when: now.when,
    connection: said.connection,
    user: said.user,
    account: said.account,
    attendees: said.attendees,
    words: now.words,
    private: now.private,
    line: now.line ?? null,
    hasPrivate: now.private !== null,
    corrections: corrections.length,
    ...(corrections.length > 0 ? { amended: amendedBy(corrections) } : {}),
    retracted: retraction !== undefined,
    retractedAt: retraction?.fact.recordedAt ?? null,
    doneSteps: doneSteps(ordered),
    loggedAt: log.fact.recordedAt,
    crossed: receipts.reduce<Crossed>((crossed, { payload }) => {
      const receipt = payload as Payloads['delivery.stored'];
      const step = receipt.step as StepName;
      const withRecord = step === 'record' || step === 'completion';
      return settle(crossed, step, receipt.remoteId, {
        who: withRecord ? (receipt.people[0] ?? null) : null,
        people: receipt.people,
        words: receipt.words !== null,
      });
    }, NOTHING_CROSSED),
  };
};

const amendedBy = (corrections: readonly Payloads['activity.corrected'][]): Amended => {
  let record = 0;
  const tasks: Record<number, number> = {};
  corrections.forEach((correction, index) => {
    if (correction.record) record = index + 1;
    for (const step of correction.steps) tasks[step] = index + 1;
  });
  return { record, tasks };
};

/** The last mark of a step counts; a step that was put right is open again. */
const doneSteps = (ordered: readonly Entry[]): readonly number[] => {
  const done = new Set<number>();
  for (const { fact, payload } of ordered) {
    if (fact.type === 'activity.corrected')
      for (const step of (payload as Payloads['activity.corrected']).steps) done.delete(step);
    if (fact.type !== 'step.marked') continue;
    const mark = payload as Payloads['step.marked'];
    if (mark.done) done.add(mark.step);
    else done.delete(mark.step);
  }
  return [...done].sort((a, b) => a - b);
};

/** The public words as they were sealed; nothing once they were erased. */
export const publicWords = (sealed: unknown): PublicWords => ({
  subject: null,
  note: '',
  nextSteps: [],
  promises: [],
  matters: [],
  ...(sealed as Partial<PublicWords> | undefined),
});
