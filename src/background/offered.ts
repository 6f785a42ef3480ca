/**
 * Whom an unknown name may have meant, and whether that was said. A name that nobody has becomes a new contact only
 * after those who may have been meant were offered, so that a slip of the finger makes no second Dana.
 */
import type { House } from './house.ts';
import type { Line, Named } from './line.ts';
import { folded } from './people.ts';

type New = Extract<Named, { is: 'new' }>;

const nameOf = (formId: string): string => `offered/${formId}`;

/** The new names of a line for which somebody is offered. */
export const offersIn = ({ named }: Line): readonly New[] =>
  named.filter((one): one is New => one.is === 'new' && one.near.length > 0);

/** Kept in memory that outlives the worker: lost, it is asked once more. */
export const noteOffered = async ({ platform }: House, formId: string, mentions: readonly string[]): Promise<void> => {
  if (mentions.length > 0) await platform.session.set(nameOf(formId), mentions);
};

export const offeredFor = async ({ platform }: House, formId: string): Promise<ReadonlySet<string>> =>
  new Set((await platform.session.get(nameOf(formId))) as readonly string[] | undefined);

export const forgetOffered = ({ platform }: House, formId: string): Promise<void> =>
  platform.session.remove(nameOf(formId));

/** The first new name that was never offered anybody although somebody may be meant. */
export const unoffered = (line: Line, offered: ReadonlySet<string>): New | null =>
  offersIn(line).find(({ mention }) => !offered.has(folded(mention.words))) ?? null;
