/** How the tables of lines read a draft: everything that is left out of an expectation is the default. */
import type { LineContext } from '../../src/domain/quick-log/draft.ts';
import { parse } from '../../src/domain/quick-log/parse.ts';

/** Wednesday, 25 November 2026, 15:20:30 in Berlin. */
export const context: LineContext = {
  now: '2026-11-25T14:20:30Z',
  zone: 'Europe/Berlin',
  names: ['Dana Reyes', 'Li Wei', 'Anna Mai', 'Bob Shepard', 'Zoë Ångström'],
};
const JUST_NOW = '25 14:50/15:20';

/** A line that names `@dana` is expected to name her alone, and first; a time is `[month-]day start/end`, all in November. */
export interface Expected {
  readonly kind?: string;
  readonly when?: string;
  readonly names?: readonly string[];
  readonly all?: boolean;
  readonly subject?: string;
  readonly note?: string;
  readonly steps?: readonly (readonly [words: string, due: string | null])[];
  readonly promises?: readonly string[];
  readonly matters?: readonly string[];
  readonly told?: string;
  readonly private?: string;
}
export type Row = readonly [line: string, expected?: Expected];

const local = (instant: string) => new Date(instant).toLocaleString('sv', { timeZone: 'Europe/Berlin' }).slice(0, 16);
const shortened = (moment: string) => moment.replace(/^2026-(?:11-)?/u, '');

function interval(start: string, end: string): string {
  const [from, until] = [local(start), local(end)];
  return `${shortened(from)}/${from.slice(0, 10) === until.slice(0, 10) ? until.slice(11) : shortened(until)}`;
}

const whole = (expected: Expected, line: string): Expected => ({
  kind: 'meeting',
  when: JUST_NOW,
  names: line.includes('@dana') ? ['dana'] : [],
  all: line.includes('@dana'),
  note: '',
  steps: [],
  promises: [],
  matters: [],
  ...expected,
});

/** What the line was understood as, and what was expected of it. */
export function compared([line, expected = {}]: Row, language: string): readonly [Expected, Expected] {
  const draft = parse(line, { ...context, language });
  const understood: Expected = {
    kind: draft.kind,
    when: draft.whenTyped ? interval(draft.when.start, draft.when.end) : JUST_NOW,
    names: draft.mentions.map((mention) => mention.words),
    all: draft.mentionsAreAll,
    ...(draft.subject === null ? {} : { subject: draft.subject }),
    note: draft.note,
    steps: draft.nextSteps.map((step) => [step.text, step.due] as const),
    promises: draft.promises,
    matters: draft.matters,
    ...(draft.told === null ? {} : { told: draft.told.route }),
    ...(draft.private === null ? {} : { private: draft.private.kept }),
  };
  return [understood, whole(expected, line)];
}
