/** What a notice must say: GDPR Art. 13 and 14, the objection right on its own (Art. 21(4)). */
import type { NoticeKind } from '../events.ts';

export const ITEMS = [
  'controller',
  'officer',
  'purposes',
  'basis',
  'interest',
  'recipients',
  'transfer',
  'retention',
  'rights',
  'withdrawal',
  'complaint',
  'automated',
  'objection_separate',
  'obligation',
  'categories',
  'source',
] as const;
export type Item = (typeof ITEMS)[number];

const ONLY_DIRECT: readonly Item[] = ['obligation'];
const ONLY_INDIRECT: readonly Item[] = ['categories', 'source'];

export const REQUIRED: Readonly<Record<NoticeKind, readonly Item[]>> = {
  direct: ITEMS.filter((item) => !ONLY_INDIRECT.includes(item)),
  indirect: ITEMS.filter((item) => !ONLY_DIRECT.includes(item)),
};

/** Whose words fill the gaps. Optional members make whole paragraphs: without them the item stays open. */
export interface Controller {
  readonly name: string;
  /** Where people write about their data: an address or a page. */
  readonly privacyContact: string;
  /** Contact of the data protection officer, or that there is none. */
  readonly officer?: string;
  /** Where data go outside the EEA, and which safeguard holds. */
  readonly transfers?: string;
  readonly authority?: string;
}
export type Gap = 'person' | keyof Controller;

export interface Paragraph {
  readonly text: string;
  readonly covers?: readonly Item[];
}
export interface Template {
  readonly subject: string;
  readonly paragraphs: readonly Paragraph[];
}

const GAP = /\{(person|name|controller|privacyContact|officer|transfers|authority)\}/gu;
const gapsIn = (text: string): readonly string[] => [...text.matchAll(GAP)].map(([, gap = '']) => gap);

/** The word that fills a gap; undefined where the controller gave none. */
const wordFor = (gap: string, controller: Controller, person: string): string | undefined =>
  gap === 'person' ? person : controller[(gap === 'controller' ? 'name' : gap) as keyof Controller];

const isFull = (paragraph: Paragraph, controller: Controller): boolean =>
  gapsIn(paragraph.text).every((gap) => gap === 'person' || wordFor(gap, controller, '') !== undefined);

export const filled = (text: string, controller: Controller, person: string): string =>
  text.replace(GAP, (_, gap: string) => wordFor(gap, controller, person) ?? '');

/** Paragraphs that can be said: one with a gap that nobody filled is left out. */
export const spoken = ({ paragraphs }: Template, controller: Controller): readonly Paragraph[] =>
  paragraphs.filter((paragraph) => isFull(paragraph, controller));

/** The items a template lacks for its kind, as this controller can say it; by name. */
export const lacks = (kind: NoticeKind, template: Template, controller: Controller): readonly Item[] => {
  const covered = new Set(spoken(template, controller).flatMap(({ covers = [] }) => covers));
  return REQUIRED[kind].filter((item) => !covered.has(item));
};
