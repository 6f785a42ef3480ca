/** What the two pages are handed in tests, and a company's law as they are shown it. */
import type { Contract, LawView, Message, PolicyView } from '../../src/contract.ts';
import type { Hands as DashboardHands } from '../../src/dashboard/hands.ts';
import { dates } from '../../src/dates.ts';
import type { AskFunction } from '../../src/messenger.ts';
import type { Hands as OptionsHands } from '../../src/options/options.tsx';
import { sayIn } from './stage.tsx';

export const NOW = '2026-03-12T08:00:00Z';
export const when = dates('Europe/Zurich', 'en', NOW);

/** A question as the background gets it. */
export type Asked = (message: Message, ...given: unknown[]) => unknown;

const common = (ask: Asked) => ({
  say: sayIn('en'),
  dates: () => when,
  ask: ask as AskFunction,
  onChanged: () => () => undefined,
  newId: () => 'command',
  copy: async () => undefined,
  shortcut: 'Alt+Shift+L',
});

export const dashboardHands = (ask: Asked, over: Partial<DashboardHands> = {}): DashboardHands => ({
  ...common(ask),
  after: () => () => undefined,
  save: () => undefined,
  readFile: async () => '',
  ...over,
});

export const optionsHands = (ask: Asked, over: Partial<OptionsHands> = {}): OptionsHands => ({
  ...common(ask),
  request: async () => true,
  zones: ['Europe/Zurich', 'Asia/Tokyo'],
  openShortcuts: () => undefined,
  ...over,
});

/** Answers by name; what a test does not name is answered with nothing. */
export const answering =
  (answers: Partial<Record<keyof Contract, unknown>>): Asked =>
  async (message) =>
    answers[message] ?? null;

export const law: LawView = {
  key: 'EU',
  name: '‹European Union›',
  untold: 'redact_to_minimum',
  onOverdue: 'hold',
  backlogUntil: null,
  direct: ['P0D'],
  indirect: ['P1M'],
  requests: ['P1M'],
  source: '‹Art. 14›',
  mark: 'default',
};
export const policy: PolicyView = {
  laws: [law],
  house: 'EU',
  assumed: true,
  version: '1',
  problems: [],
  mayChange: true,
  history: [],
};
