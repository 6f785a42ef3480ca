/** Finding and ordering people: pure, so that ten thousand rows are a matter of milliseconds. */
import type { ContactRow, Flag } from '../../contract.ts';

export type Column = 'urgency' | 'name' | 'deadline' | 'account' | 'owner' | 'lastLog' | 'withheld';
export interface Order {
  readonly by: Column;
  readonly down: boolean;
}

/** What to do first, first. Backlog comes after the live clocks: it is counted, and worked off, on its own. */
export const URGENCY: readonly Flag[] = ['overdue', 'due', 'not_told', 'backlog', 'objected', 'told'];

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** What a row is found by, computed once per answer. */
export const hayOf = (row: ContactRow): string =>
  plain([row.name, row.title, row.company, row.account, row.idTail].filter((part) => part !== null).join(' '));

/** Every word must be somewhere in the row, accents and case aside. */
export const matching = (hays: readonly string[], words: string): ((index: number) => boolean) => {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return (index) => wanted.every((word) => hays[index]?.includes(word));
};

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const NONE_LAST = Number.MAX_SAFE_INTEGER;

const compare: Readonly<Record<Column, (a: ContactRow, b: ContactRow) => number>> = {
  urgency: (a, b) =>
    URGENCY.indexOf(a.status.flag) - URGENCY.indexOf(b.status.flag) ||
    (a.status.daysLeft ?? NONE_LAST) - (b.status.daysLeft ?? NONE_LAST),
  name: (a, b) => collator.compare(a.name, b.name),
  deadline: (a, b) => (a.status.daysLeft ?? NONE_LAST) - (b.status.daysLeft ?? NONE_LAST),
  account: (a, b) => collator.compare(a.account ?? '\uffff', b.account ?? '\uffff'),
  owner: (a, b) => collator.compare(a.owner, b.owner),
  lastLog: (a, b) => (a.lastLog ?? '').localeCompare(b.lastLog ?? ''),
  withheld: (a, b) => a.withheld - b.withheld,
};

/** Ordered copy; equal rows stay in the order of their names, whichever way the column runs. */
export const ordered = (rows: readonly ContactRow[], order: Order): readonly ContactRow[] => {
  const by = compare[order.by];
  const way = order.down ? -1 : 1;
  return [...rows].sort((a, b) => way * by(a, b) || collator.compare(a.name, b.name));
};

/** The order a header leads to: the other way round if it leads already, else its natural first way. */
export const pressed = (order: Order, by: Column): Order =>
  order.by === by ? { by, down: !order.down } : { by, down: by === 'lastLog' || by === 'withheld' };
