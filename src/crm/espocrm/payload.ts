/** Delivery → attributes, from named public fields only. What is absent stays absent: it is never sent empty. */
import type { Delivery } from '../adapter.ts';
import { beside } from '../beside.ts';
import { toCrm } from './dates.ts';
import { BAD_IN_NAMES, NAME_LENGTH, NEXT_STEP, SHAPES, type Shape } from './fields.ts';
import { markIn, markOf, withMark, wordsIn } from './mark.ts';

export type Attributes = Readonly<Record<string, unknown>>;
type Step<S extends Delivery['step']> = Extract<Delivery, { step: S }>;

export const shapeOf = ({
  step,
  kind,
  ...more
}: Pick<Delivery, 'step' | 'kind'> & { readonly of?: 'record' | 'task' }): Shape =>
  step === 'task' || step === 'amend_task' || (step === 'retract' && more.of === 'task') ? NEXT_STEP : SHAPES[kind];

/** A name as this CRM takes it. A longer one is cut where it is shown; `whole` is then kept in the description. */
const named = (subject: string, most: number): { readonly name: string; readonly whole: string | null } => {
  const name = subject.replace(/[<>=]/g, (sign) => BAD_IN_NAMES[sign] ?? sign).replace(/\s+/g, ' ');
  const letters = [...name];
  return letters.length <= most
    ? { name, whole: null }
    : { name: `${letters.slice(0, most - 1).join('')}…`, whole: subject };
};

const text = (...parts: readonly (string | null | undefined)[]): string => parts.filter(Boolean).join('\n\n');

/** Whose page shows it. A task belongs to one record; a meeting to the account, with its people beside it. */
const belongs = (shape: Shape, { who, account }: { readonly who?: string; readonly account?: string }): Attributes => {
  const many = shape.entity !== 'Task';
  const parent: Attributes =
    who !== undefined && (!many || account === undefined)
      ? { parentType: 'Contact', parentId: who }
      : account === undefined
        ? {}
        : { parentType: 'Account', parentId: account };
  return { ...parent, ...(many && who !== undefined ? { contactsIds: [who] } : {}) };
};

const times = (shape: Shape, delivery: Step<'record' | 'task'>): Attributes => {
  if (delivery.step === 'task') return delivery.due === null ? {} : { dateEndDate: delivery.due };
  const dateEnd = toCrm(delivery.end);
  return shape.entity === 'Task' ? { dateEnd } : { dateStart: toCrm(delivery.start), dateEnd };
};

export const recordBody = (delivery: Step<'record' | 'task'>, userId: string, most = NAME_LENGTH): Attributes => {
  const shape = shapeOf(delivery);
  const { name, whole } = named(delivery.step === 'task' ? delivery.text : delivery.subject, most);
  const note = delivery.step === 'task' ? null : delivery.note;
  return {
    ...delivery.own,
    name,
    description: withMark(text(whole, note), markOf(delivery.key)),
    ...shape.fixed,
    ...times(shape, delivery),
    ...belongs(shape, delivery),
    assignedUserId: userId,
  };
};

/** A correction: our words and times in place of the old ones; the mark stays the last line. */
export const amendBody = (
  delivery: Step<'amend' | 'amend_task'>,
  description: string | null,
  most = NAME_LENGTH,
): Attributes => {
  const { name, whole } = named(delivery.step === 'amend' ? delivery.subject : delivery.text, most);
  const note = delivery.step === 'amend' ? delivery.note : null;
  const dateEnd = delivery.step === 'amend' ? toCrm(delivery.end) : null;
  return {
    name,
    description: withMark(text(whole, note), markIn(description)),
    ...(delivery.step === 'amend_task'
      ? { dateEndDate: delivery.due }
      : shapeOf(delivery).entity === 'Task'
        ? { dateEnd }
        : { dateStart: toCrm(delivery.start), dateEnd }),
  };
};

/**
 * What a completion changes in a record whose description is known. What people wrote there stays, below the note;
 * the mark stays the last line. A second time nothing is added.
 */
export const completionBody = (
  { kind, subject, note, who }: Step<'completion'>,
  description: string | null,
  most = NAME_LENGTH,
): Attributes => {
  const { name, whole } = subject === undefined ? { name: undefined, whole: null } : named(subject, most);
  const ours = text(whole, note);
  const words = beside(ours, wordsIn(description));
  return {
    ...(name === undefined ? {} : { name }),
    ...(ours === '' ? {} : { description: withMark(words, markIn(description)) }),
    ...(who !== undefined && SHAPES[kind].entity === 'Task' ? { parentType: 'Contact', parentId: who } : {}),
  };
};
