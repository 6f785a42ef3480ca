// @vitest-environment happy-dom
/** Today's acts in the dashboard: a line opened again, words kept private, a log deleted or taken back, a step done. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FollowUp, FormView, LogView, Message, TodayView } from '../../src/contract.ts';
import { Dashboard } from '../../src/dashboard/dashboard.tsx';
import { type Asked, dashboardHands } from './hands.ts';
import { click, draw, formOf, logOf, pass } from './stage.tsx';

const may = { open: 'edit', remove: 'delete', keepPrivate: true, crm: 'Acme' } as const;
const STEP: FollowUp = {
  activity: 'a',
  step: 0,
  text: 'send pricing',
  due: '2026-03-13',
  overdue: false,
  done: false,
  people: ['Dana Reyes'],
  account: null,
};

const open = async (log: Partial<LogView>, answers: Partial<Record<Message, unknown>> = {}) => {
  const today: TodayView = {
    logs: [logOf({ activity: 'a', title: 'Pricing', progress: 'queued', undoFor: 0, may, ...log })],
    followUps: [STEP],
    waiting: 1,
    needsYou: 0,
    connection: 'connected',
    offline: false,
  };
  const asked: [string, unknown][] = [];
  const form: FormView = formOf({ formId: 'again', draft: 'met @dana, pricing' });
  const ask = vi.fn(async (message: Message, given: unknown) => {
    asked.push([message, given]);
    if (message === 'today') return today;
    if (message === 'contacts') return { rows: [], counts: {}, connection: 'connected' };
    if (message === 'reopen') return answers.reopen ?? form;
    return answers[message] ?? { is: 'done' };
  });
  location.hash = '#/today';
  const root = await draw(<Dashboard hands={dashboardHands(ask as Asked)} />);
  const press = async (words: string): Promise<void> => {
    const button = [...root.querySelectorAll<HTMLElement>('button')].find((one) => one.textContent?.startsWith(words));
    if (!button) throw new Error(`no button ${words}`);
    await click(button);
    await pass(1);
  };
  return { root, press, asked };
};
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const toast = (root: ParentNode): string => root.querySelector('.toast')?.textContent ?? '';

it('opens a log that has not left with its own text, and saves what was changed', async () => {
  const saved = { is: 'saved', log: logOf({ activity: 'b' }), boundElsewhere: null };
  const { root, press, asked } = await open({}, { commit: saved });
  await press('Edit');
  const line = root.querySelector<HTMLTextAreaElement>('dialog textarea');
  expect(line?.value).toBe('met @dana, pricing');
  if (line) line.value = 'met @dana, prices';
  line?.dispatchEvent(new Event('input', { bubbles: true }));
  await pass(1);
  await press('Save');
  expect(asked).toContainEqual(['commit', { formId: 'again', text: 'met @dana, prices', armed: true }]);
  expect(root.querySelector('dialog')).toBeNull();
});

it('lets the log leave again when the line was closed without saving', async () => {
  const { press, asked } = await open({});
  await press('Edit');
  await press('Cancel');
  expect(asked).toContainEqual(['closeAgain', { activity: 'a' }]);
});

it('keeps the text and says why when a correction is refused', async () => {
  const why = { key: 'refuseCorrectPeople' };
  const { root, press } = await open({ may: { ...may, open: 'correct' } }, { commit: { is: 'refused', why } });
  await press('Correct…');
  await press('Save');
  expect(root.querySelector('dialog [role=alert]')?.textContent).toContain('cannot be exchanged');
  expect(root.querySelector<HTMLTextAreaElement>('dialog textarea')?.value).toBe('met @dana, pricing');
});

it('deletes at once what has not left, and gives it back', async () => {
  const { root, press, asked } = await open({});
  await press('Delete');
  expect(asked).toContainEqual(['takeBack', { commandId: 'command', activity: 'a' }]);
  expect(toast(root)).toContain('deleted');
  await press('Undo');
  expect(asked).toContainEqual(['restore', { commandId: 'command', activity: 'a' }]);
});

it('asks before it takes back what is in the CRM, and names that CRM', async () => {
  const { root, press, asked } = await open({ progress: 'in_crm', may: { ...may, remove: 'take_back' } });
  await press('Take back…');
  expect(asked.some(([message]) => message === 'takeBack')).toBe(false);
  expect(root.querySelector('dialog')?.textContent).toContain('Acme is asked to delete it');
  const [, now] = [...root.querySelectorAll<HTMLElement>('dialog button')];
  await click(now);
  expect(asked.some(([message]) => message === 'takeBack')).toBe(true);
});

it('keeps words private, and ticks off a next step', async () => {
  const { root, press, asked } = await open({});
  await press('Move to private');
  expect(toast(root)).toContain('stay on this device');
  const box = root.querySelector<HTMLInputElement>('.follow-ups input');
  await click(box);
  expect(asked).toContainEqual(['markStep', { commandId: 'command', activity: 'a', step: 0, done: true }]);
});
