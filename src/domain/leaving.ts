/**
 * What leaves the device for one planned step, from named public fields only. The gate's word is asked for here again,
 * whatever was planned.
 */
import { Temporal } from 'temporal-polyfill';
import type { Activity } from './activity.ts';
import type { Delivery } from './delivery.ts';
import {
  amends,
  type Crossed,
  type Crosses,
  hasRecordWords,
  type PlanInput,
  primary,
  type StepName,
} from './outbox.ts';
import { fullSubject } from './subject.ts';

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

export interface Leaving {
  readonly delivery: Delivery;
  /** What crosses if this is stored. */
  readonly crosses: Crosses;
}

/**
 * What leaves for a step under this gate decision, from named public fields only; null when the gate lets nothing
 * of it leave. Asked in the transaction that marks the row in flight.
 */
export const leaving = (step: StepName, key: string, input: PlanInput, phrases: Phrases): Leaving | null => {
  const { activity, gate, crossed, remoteIds } = input;
  if (step.startsWith('retract')) return leavingBack(step, key, input, phrases.neutral);
  // In flight when it was taken back: nothing of it is sent again.
  if (activity.retracted) return null;
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
        day: dayOf(activity),
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
  if (step.startsWith('amend/')) return leavingAmended(step, key, input, phrases);
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

const dayOf = ({ when }: Activity): string =>
  Temporal.Instant.from(when.start).toZonedDateTimeISO(when.zone).toPlainDate().toString();

/** What the CRM calls the task of a next step, or the record where no step is named. */
const remoteIdOf = (index: string | undefined, { remoteId, taskIds }: Crossed): string | null | undefined =>
  index === undefined ? remoteId : taskIds?.[Number(index)];

const NOBODY_NEW: Crosses = { who: null, people: [], words: false };

const leavingAmended = (step: StepName, key: string, input: PlanInput, phrases: Phrases): Leaving | null => {
  const { activity, gate, crossed } = input;
  const { kind, when, words } = activity;
  // Only the last correction is worth sending; one that was overtaken leaves with it.
  if (!gate.words || !amends(input).includes(step)) return null;
  const [, , index] = step.split('/');
  const remoteId = remoteIdOf(index, crossed);
  if (!remoteId) return null;
  if (index === undefined) {
    return {
      delivery: {
        key,
        kind,
        step: 'amend',
        remoteId,
        subject: fullSubject(activity, phrases.neutral),
        note: fullNote(activity, phrases) || null,
        start: when.start,
        end: when.end,
        day: dayOf(activity),
      },
      crosses: { ...NOBODY_NEW, words: true },
    };
  }
  const nextStep = words.nextSteps[Number(index)];
  return nextStep
    ? {
        delivery: { key, kind, step: 'amend_task', remoteId, text: nextStep.text, due: nextStep.due },
        crosses: { ...NOBODY_NEW, words: true },
      }
    : { delivery: { key, kind, step: 'retract', remoteId, subject: phrases.neutral, of: 'task' }, crosses: NOBODY_NEW };
};

const leavingBack = (
  step: StepName,
  key: string,
  { activity, crossed }: PlanInput,
  neutral: string,
): Leaving | null => {
  const index = step.split('/')[1];
  const remoteId = remoteIdOf(index, crossed);
  if (!activity.retracted || !remoteId) return null;
  const of = index === undefined ? 'record' : 'task';
  return {
    delivery: { key, kind: activity.kind, step: 'retract', remoteId, subject: neutral, of },
    crosses: NOBODY_NEW,
  };
};
