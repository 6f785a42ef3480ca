/**
 * Plans deliveries and says what comes after an outcome. One activity becomes keyed steps: the record, its
 * completion by id, one link per further attendee, one task per next step. `plan` is asked again after every fact,
 * gate decision and receipt; the same input always gives the same rows, so planning twice changes nothing.
 */
import type { Activity, ContactKey } from './activity.ts';
import type { GateDecision, WithheldReason } from './gate.ts';

/** `amend/2`: the second correction of the record; `amend/2/0` of its first next step. `retract/0`: its first next step.
 * `restriction`, `status`: not of an activity, of a person (`restrictions.ts`). */
export type StepName =
  | 'record'
  | 'completion'
  | `link/${string}`
  | `task/${number}`
  | `amend/${number}`
  | `amend/${number}/${number}`
  | 'retract'
  | `retract/${number}`
  | 'restriction'
  | 'status';

/** What of an activity is already the firm's record. */
export interface Crossed {
  readonly remoteId: string | null;
  /** The attendee whose link went with the record itself. */
  readonly who: ContactKey | null;
  readonly words: boolean;
  readonly links: readonly ContactKey[];
  readonly tasks: readonly number[];
  /** The CRM's id of each task. */
  readonly taskIds?: Readonly<Record<number, string>>;
  /** Corrections and retractions that the CRM carried out. */
  readonly done?: readonly StepName[];
}
export const NOTHING_CROSSED: Crossed = { remoteId: null, who: null, words: false, links: [], tasks: [] };

/** Why a row is not on its way. `not_in_crm`: a local contact; `one_attendee_only`: the CRM takes a single link. */
export type RowReason = WithheldReason | 'not_in_crm' | 'one_attendee_only';

export interface PlannedStep {
  readonly step: StepName;
  readonly state: 'withheld' | 'queued';
  readonly because: readonly { readonly contact: ContactKey | null; readonly reason: RowReason }[];
}

export interface PlanInput {
  readonly activity: Activity;
  readonly gate: GateDecision;
  readonly crossed: Crossed;
  /** The CRM's id of each attendee; absent for a local contact. */
  readonly remoteIds: ReadonlyMap<ContactKey, string>;
  /** False where the organisation lets only one person be attached. */
  readonly attendeeLinks: boolean;
}

/** Who goes with the record: the first attendee, in the order named, who may leave and is in the CRM. */
export const primary = ({ activity, gate, crossed, remoteIds }: PlanInput): ContactKey | null =>
  crossed.who ??
  activity.attendees.find(
    (contact) => gate.released.includes(contact) && remoteIds.has(contact) && !crossed.links.includes(contact),
  ) ??
  null;

/** Words that go with the record itself; next steps become tasks of their own. */
export const hasRecordWords = ({ words }: Activity): boolean =>
  words.subject !== null || words.note !== '' || words.promises.length > 0 || words.matters.length > 0;

/** Every step that has not crossed yet, in the order in which it may go. */
export const plan = (input: PlanInput): readonly PlannedStep[] => {
  const { activity, gate, crossed, remoteIds, attendeeLinks } = input;
  if (activity.connection === null) return [];
  if (activity.retracted) return retractions(crossed);
  const steps: PlannedStep[] = [];
  const who = primary(input);
  const closed = [
    ...gate.withheld.map(({ contact, reason }) => ({ contact, reason })),
    ...gate.wordsWithheld.map((reason) => ({ contact: null, reason })),
  ];
  // Held: no record at all. Once the gate opens it goes with whatever may leave then, words included.
  const recordHeld = crossed.remoteId === null && gate.held;
  if (recordHeld) steps.push({ step: 'record', state: 'withheld', because: closed });
  else if (crossed.remoteId === null) steps.push({ step: 'record', state: 'queued', because: [] });
  const amendments = amends(input);
  // An amendment of the record carries its words as they are now.
  const amending = amendments.some(isOfRecord);
  const wordsWait =
    hasRecordWords(activity) &&
    !crossed.words &&
    !amending &&
    !recordHeld &&
    (crossed.remoteId !== null || !gate.words);
  const whoWaits = crossed.remoteId !== null && crossed.who === null && who !== null;
  if (wordsWait || whoWaits) {
    const open = whoWaits || gate.words;
    steps.push({ step: 'completion', state: open ? 'queued' : 'withheld', because: open ? [] : closed });
  }
  for (const contact of activity.attendees) {
    if (contact === who || crossed.links.includes(contact)) continue;
    const step: StepName = `link/${contact}`;
    const withheld = closed.find((one) => one.contact === contact);
    if (withheld) steps.push({ step, state: 'withheld', because: [withheld] });
    else if (!remoteIds.has(contact))
      steps.push({ step, state: 'withheld', because: [{ contact, reason: 'not_in_crm' }] });
    else if (!attendeeLinks)
      steps.push({ step, state: 'withheld', because: [{ contact, reason: 'one_attendee_only' }] });
    else steps.push({ step, state: 'queued', because: [] });
  }
  activity.words.nextSteps.forEach((_, index) => {
    if (crossed.tasks.includes(index)) return;
    steps.push({ step: `task/${index}`, state: gate.words ? 'queued' : 'withheld', because: gate.words ? [] : closed });
  });
  for (const step of amendments) {
    steps.push({ step, state: gate.words ? 'queued' : 'withheld', because: gate.words ? [] : closed });
  }
  return steps;
};

const isOfRecord = (step: StepName): boolean => /^amend\/\d+$/u.test(step);

/** What crossed before it was corrected, and has not been brought up to date. */
export const amends = ({ activity: { amended }, crossed }: PlanInput): readonly StepName[] => {
  if (!amended) return [];
  const steps: StepName[] = [];
  if (amended.record > 0 && crossed.remoteId !== null) steps.push(`amend/${amended.record}`);
  for (const [index, version] of Object.entries(amended.tasks)) {
    if (crossed.tasks.includes(Number(index))) steps.push(`amend/${version}/${Number(index)}`);
  }
  return steps.filter((step) => !crossed.done?.includes(step));
};

/** Taken back: what crossed goes by its id, without asking the gate, which never stops a removal. */
const retractions = (crossed: Crossed): readonly PlannedStep[] => {
  const steps: readonly StepName[] = [
    ...(crossed.remoteId === null ? [] : (['retract'] as const)),
    ...crossed.tasks.map((index): StepName => `retract/${index}`),
  ];
  return steps
    .filter((step) => !crossed.done?.includes(step))
    .map((step) => ({ step, state: 'queued', because: [] }) as const);
};

/** Steps that write to a record wait for its id. */
export const waitsForRecord = (step: StepName): boolean => step === 'completion' || step.startsWith('link/');

/** What crosses if a delivery is stored. */
export interface Crosses {
  readonly who: ContactKey | null;
  readonly people: readonly ContactKey[];
  readonly words: boolean;
}

/** What has crossed once a step was stored. */
export const settle = (crossed: Crossed, step: StepName, remoteId: string, crosses: Crosses): Crossed => {
  if (step === 'record' || step === 'completion') {
    return {
      ...crossed,
      // A record keeps the id it got; a completion answers with the same.
      remoteId: crossed.remoteId ?? remoteId,
      who: crossed.who ?? crosses.who,
      words: crossed.words || crosses.words,
    };
  }
  if (step.startsWith('link/')) {
    return { ...crossed, links: [...new Set([...crossed.links, step.slice('link/'.length)])] };
  }
  if (step.startsWith('task/')) {
    const index = Number(step.slice('task/'.length));
    return {
      ...crossed,
      tasks: [...new Set([...crossed.tasks, index])],
      taskIds: { ...crossed.taskIds, [index]: remoteId },
    };
  }
  return {
    ...crossed,
    words: crossed.words || (isOfRecord(step) && crosses.words),
    done: [...new Set([...(crossed.done ?? []), step])],
  };
};
