/**
 * Plans deliveries and says what comes after an outcome. One activity becomes keyed steps: the record, its
 * completion by id, one link per further attendee, one task per next step. `plan` is asked again after every fact,
 * gate decision and receipt; the same input always gives the same rows, so planning twice changes nothing.
 */
import { Temporal } from 'temporal-polyfill';
import type { Activity, ContactKey } from './activity.ts';
import type { Delivery } from './delivery.ts';
import type { GateDecision, WithheldReason } from './gate.ts';

export type StepName = 'record' | 'completion' | `link/${string}` | `task/${number}`;

/** What of an activity is already the firm's record. */
export interface Crossed {
  readonly remoteId: string | null;
  /** The attendee whose link went with the record itself. */
  readonly who: ContactKey | null;
  readonly words: boolean;
  readonly links: readonly ContactKey[];
  readonly tasks: readonly number[];
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
const hasRecordWords = ({ words }: Activity): boolean =>
  words.subject !== null || words.note !== '' || words.promises.length > 0 || words.matters.length > 0;

/** Every step that has not crossed yet, in the order in which it may go. */
export const plan = (input: PlanInput): readonly PlannedStep[] => {
  const { activity, gate, crossed, remoteIds, attendeeLinks } = input;
  if (activity.retracted || activity.connection === null) return [];
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
  const wordsWait =
    hasRecordWords(activity) && !crossed.words && !recordHeld && (crossed.remoteId !== null || !gate.words);
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
  return steps;
};

/** Steps that write to a record wait for its id. */
export const waitsForRecord = (step: StepName): boolean => step === 'completion' || step.startsWith('link/');

/** How the CRM's record says things, in the manager's language. */
export interface Phrases {
  /** A neutral word for the kind: "Meeting". */
  readonly neutral: string;
  /** "Promised: send the price list". */
  readonly promise: (words: string) => string;
  /** "Matters to them: delivery on Fridays". */
  readonly matter: (words: string) => string;
}

/** The note as the record carries it: what was written, then promises and what matters, a line each. */
const fullNote = ({ words }: Activity, { promise, matter }: Phrases): string =>
  [words.note, ...words.promises.map(promise), ...words.matters.map(matter)].filter((line) => line !== '').join('\n');

/** A neutral word for the kind ("Meeting") and the words that make the full subject. */
export const fullSubject = (activity: Activity, neutral: string): string => {
  const { subject, note } = activity.words;
  const words = subject ?? note.split(/[.;\n]/u, 1)[0]?.trim() ?? '';
  if (words === '') return neutral;
  return shorten(subject ?? `${neutral}: ${words}`, 120);
};

const shorten = (text: string, most: number): string => {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};

export interface Leaving {
  readonly delivery: Delivery;
  /** What crosses if this is stored. */
  readonly crosses: {
    readonly who: ContactKey | null;
    readonly people: readonly ContactKey[];
    readonly words: boolean;
  };
}

/**
 * What leaves for a step under this gate decision, from named public fields only; null when the gate lets nothing
 * of it leave. Asked in the transaction that marks the row in flight.
 */
export const leaving = (step: StepName, key: string, input: PlanInput, phrases: Phrases): Leaving | null => {
  const { activity, gate, crossed, remoteIds } = input;
  const { kind, when, words } = activity;
  const who = primary(input);
  const whoId = who ? remoteIds.get(who) : undefined;
  const account = activity.account ?? undefined;
  const full = fullSubject(activity, phrases.neutral);
  const open = gate.words && hasRecordWords(activity);
  const text = fullNote(activity, phrases);
  const note = open && text !== '' ? { note: text } : {};
  const withWho = whoId && who && gate.released.includes(who) ? { who: whoId } : {};
  const toWho = 'who' in withWho ? who : null;
  if (step === 'record') {
    if (gate.held) return null;
    return {
      delivery: {
        key,
        kind,
        step,
        start: when.start,
        end: when.end,
        day: Temporal.Instant.from(when.start).toZonedDateTimeISO(when.zone).toPlainDate().toString(),
        subject: open ? full : phrases.neutral,
        ...note,
        ...withWho,
        ...(account ? { account } : {}),
      },
      crosses: { who: toWho, people: toWho ? [toWho] : [], words: open },
    };
  }
  if (step === 'completion') {
    const first = crossed.who === null ? withWho : {};
    const firstWho = 'who' in first ? who : null;
    if (crossed.remoteId === null || (!open && !firstWho)) return null;
    return {
      delivery: { key, kind, step, remoteId: crossed.remoteId, ...(open ? { subject: full } : {}), ...note, ...first },
      crosses: { who: firstWho, people: firstWho ? [firstWho] : [], words: open },
    };
  }
  if (step.startsWith('link/')) {
    const contact = step.slice('link/'.length);
    const remote = remoteIds.get(contact);
    if (crossed.remoteId === null || !remote || !gate.released.includes(contact)) return null;
    return {
      delivery: { key, kind, step: 'link', remoteId: crossed.remoteId, who: remote },
      crosses: { who: null, people: [contact], words: false },
    };
  }
  const nextStep = words.nextSteps[Number(step.slice('task/'.length))];
  if (!nextStep || !gate.words) return null;
  return {
    delivery: {
      key,
      kind,
      step: 'task',
      text: nextStep.text,
      due: nextStep.due,
      ...withWho,
      ...(account ? { account } : {}),
    },
    crosses: { who: null, people: toWho ? [toWho] : [], words: true },
  };
};

/** What has crossed once a step was stored. */
export const settle = (crossed: Crossed, step: StepName, remoteId: string, crosses: Leaving['crosses']): Crossed => {
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
  return { ...crossed, tasks: [...new Set([...crossed.tasks, Number(step.slice('task/'.length))])] };
};
