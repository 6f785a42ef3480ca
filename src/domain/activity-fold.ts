/** An activity as its facts tell it: what was logged, whether it was taken back, and what of it crossed. Any order, any repeats. */
import type { Activity, PublicWords } from './activity.ts';
import type { ContentRef, Entry, Payloads } from './events.ts';
import { type Crossed, NOTHING_CROSSED, type StepName, settle } from './outbox.ts';

export interface ActivityState extends Omit<Activity, 'words'> {
  readonly words: ContentRef;
  readonly hasPrivate: boolean;
  readonly loggedAt: string;
  readonly crossed: Crossed;
}

/** Null where the log itself is not among the facts, or its payload was erased. */
export const foldActivity = (id: string, entries: readonly Entry[]): ActivityState | null => {
  const unique = [...new Map(entries.map((entry) => [entry.fact.id, entry])).values()];
  const log = unique.find(({ fact, payload }) => fact.type === 'activity.logged' && payload !== null);
  if (!log) return null;
  const said = log.payload as Payloads['activity.logged'];
  const receipts = unique
    .filter(({ fact, payload }) => fact.type === 'delivery.stored' && payload !== null)
    .sort((a, b) => (a.fact.hlc < b.fact.hlc ? -1 : 1));
  return {
    id,
    kind: said.kind,
    when: said.when,
    connection: said.connection,
    user: said.user,
    account: said.account,
    attendees: said.attendees,
    words: said.words,
    hasPrivate: said.private !== null,
    retracted: unique.some(({ fact }) => fact.type === 'activity.retracted'),
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

/** The public words as they were sealed; nothing once they were erased. */
export const publicWords = (sealed: unknown): PublicWords => ({
  subject: null,
  note: '',
  nextSteps: [],
  promises: [],
  matters: [],
  ...(sealed as Partial<PublicWords> | undefined),
});
