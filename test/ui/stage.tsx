/** A stage for surfaces: words from `_locales`, a background that answers as told, and a person who types. */
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { type Mock, vi } from 'vitest';
import de from '../../_locales/de/messages.json';
import en from '../../_locales/en/messages.json';
import type { Flag, FormView, LogView, Person, PersonStatus, Preview, Sentence } from '../../src/contract.ts';
import type { QuickLogAsk, QuickLogMessage } from '../../src/ui/quick-log/asking.ts';
import { sayer } from '../../src/ui/saying.ts';
import type { Say } from '../../src/words.ts';

export type Catalogue = Readonly<Record<string, { readonly message: string; readonly description?: string }>>;
export const catalogue = (language: string): Catalogue => (language === 'de' ? de : en);

/** Sentences of the background that tests need, whatever the real ones say. */
const OWN: Catalogue = {
  testSentence: { message: '$1' },
};

export const sayIn = (language: string): Say => {
  const words = { ...catalogue(language), ...OWN };
  return sayer(
    (key, gaps = []) =>
      words[key]?.message.replace(/\$(\d)/g, (_, digit: string) => gaps[Number(digit) - 1] ?? '') ?? '',
    language,
  );
};

const status = (flag: Flag, daysLeft: number | null, sentence: string): PersonStatus => ({
  flag,
  daysLeft,
  day: null,
  targetDue: null,
  legalDue: null,
  pending: false,
  sentence: { key: 'testSentence', args: [sentence] },
});
export const person = (name: string, flag: Flag, daysLeft: number | null = null): Person => ({
  id: name.toLowerCase().replace(/\s/g, '-'),
  name,
  title: null,
  company: null,
  idTail: null,
  status: status(flag, daysLeft, `${name} is ${flag}.`),
  owner: 'company',
});
export const dana = person('Dana Reyes', 'told');
export const li = person('Li Wei', 'not_told', 12);

export const formOf = (over: Partial<FormView> = {}): FormView => ({
  formId: 'form-1',
  now: '2026-03-12T08:00:00Z',
  zone: 'Europe/Zurich',
  crm: { id: 'acme', name: 'Acme' },
  asks: [],
  record: { type: 'contact', name: 'Dana Reyes', account: 'Halden Freight AG' },
  pageContact: dana,
  people: [dana, li],
  lastPeople: [],
  draft: '',
  privateKept: false,
  mayCommit: true,
  account: { name: 'Halden Freight AG', told: 12, untold: 5 },
  connection: 'connected',
  ...over,
});

export const previewOf = (over: Partial<Preview> = {}): Preview => ({
  people: [],
  leaves: [],
  withheld: [],
  stays: [],
  refusal: null,
  ...over,
});

export const logOf = (over: Partial<LogView> = {}): LogView => ({
  activity: 'activity-1',
  kind: 'meeting',
  start: '2026-03-11T14:00:00Z',
  end: '2026-03-11T14:45:00Z',
  zone: 'Europe/Zurich',
  title: 'Dana Reyes, Li Wei',
  account: 'Halden Freight AG',
  people: [
    { id: 'Dana Reyes', name: 'Dana Reyes', state: 'waiting' },
    { id: 'Li Wei', name: 'Li Wei', state: 'withheld' },
  ],
  progress: 'saved',
  sentence: { key: 'testSentence', args: ['Saved on this device.'] },
  reasons: [],
  url: null,
  undoFor: 10_000,
  hasPrivate: false,
  canRetry: false,
  loggedAt: '2026-03-12T08:01:00Z',
  ...over,
});

export type Background = Record<QuickLogMessage, Mock>;

/** Answers every message; a test replaces the answers it is about. */
export const background = (form: FormView = formOf()): { ask: QuickLogAsk; on: Background } => {
  const done = () => vi.fn(async () => ({ is: 'done' }));
  const on: Background = {
    openForm: vi.fn(async () => form),
    saveDraft: done(),
    preview: vi.fn(async () => previewOf()),
    choosePerson: done(),
    answerInForm: done(),
    findPeople: vi.fn(async () => ({ people: [], whole: true })),
    findByEmail: vi.fn(async () => []),
    commit: vi.fn(async () => ({ is: 'saved', log: logOf(), boundElsewhere: null })),
    burden: vi.fn(async () => null),
    undo: done(),
    progress: vi.fn(async () => logOf()),
    retry: done(),
    continueInPopup: vi.fn(async () => null),
    openDashboard: vi.fn(async () => null),
  };
  const ask = ((message: QuickLogMessage, ...given: unknown[]) => on[message](...given)) as QuickLogAsk;
  return { ask, on };
};

/** Draws into a page of its own; the answer takes it away. */
export const draw = async (view: ComponentChild): Promise<HTMLElement> => {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  await act(async () => render(view, root));
  await pass(0);
  return root;
};

/** Lets time pass, and every answer arrive. Needs `vi.useFakeTimers()`. */
export const pass = (milliseconds: number): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });

export const lineOf = (root: ParentNode): HTMLTextAreaElement => {
  const line = root.querySelector('textarea');
  if (!line) throw new Error('no line on the screen');
  return line;
};

/** Puts words into the line as typing does: at its end, one input event. */
export const type = async (root: ParentNode, words: string): Promise<void> => {
  const line = lineOf(root);
  await act(async () => {
    line.value += words;
    line.setSelectionRange(line.value.length, line.value.length);
    line.dispatchEvent(new Event('input', { bubbles: true }));
  });
};

export const press = async (target: Element, key: string, more: KeyboardEventInit = {}): Promise<void> => {
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  });
  await pass(0);
};

export const click = async (target: Element | null | undefined): Promise<void> => {
  if (!(target instanceof HTMLElement)) throw new Error('nothing to click');
  await act(async () => target.click());
  await pass(0);
};

/** What a screen reader calls a button, roughly: its label, or its words without the hidden ones. */
const nameOf = (button: Element): string => {
  const heard = button.cloneNode(true) as Element;
  for (const hidden of heard.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  return (button.getAttribute('aria-label') ?? heard.textContent ?? '').trim();
};
export const buttonNamed = (root: ParentNode, name: string): HTMLButtonElement | undefined =>
  [...root.querySelectorAll('button')].find((button) => nameOf(button) === name);

// ---------------------------------------------------------------- the pseudo-locale

const english = sayIn('en');
/** Says everything inside ⟦…⟧, so that words from anywhere else stand out. */
export const pseudo: Say = (sentence, ...args) => `⟦${english(sentence, ...args)}⟧`;

/** A sentence of the background with these words. */
export const sentence = (words: string): Sentence => ({ key: 'testSentence', args: [words] });

/** What of a text is neither ⟦said⟧ (one may hold another) nor ‹data›. */
const outside = (text: string): string => {
  let rest = text.replace(/‹[^›]*›/g, '');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
  }
  return rest;
};

const WORDS = ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt'];

/** Every text and label on the screen that came neither from `say` nor from data. Dates and times stand in <time>. */
export const outsideWords = (root: Element): string[] => {
  const found: string[] = [];
  const look = (text: string | null | undefined): void => {
    if (text && /\p{L}/u.test(outside(text))) found.push(text);
  };
  const visit = (element: Element): void => {
    for (const name of WORDS) look(element.getAttribute(name));
    if (element.localName === 'time' || element.localName === 'textarea') return;
    for (const node of element.childNodes) {
      if (node.nodeType === 3) look(node.textContent);
      else if (node.nodeType === 1) visit(node as Element);
    }
  };
  visit(root);
  return found;
};
