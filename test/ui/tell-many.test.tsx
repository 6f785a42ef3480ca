// @vitest-environment happy-dom
/** Several people are told one after the other: each has their own words and attempt, and nobody is told before it is confirmed. */
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ContactRow, Flag, Message, TimelineView } from '../../src/contract.ts';
import { MOST } from '../../src/dashboard/contacts/picked.tsx';
import { Dashboard } from '../../src/dashboard/dashboard.tsx';
import { hashOf, placeOf } from '../../src/dashboard/place.ts';
import { dashboardHands, NOW } from './hands.ts';
import { withoutMailProgram } from './mail.ts';
import { buttonNamed, click, draw, pass, person, sentence } from './stage.tsx';

const row = (name: string, flag: Flag, pending = false): ContactRow => {
  const base = person(name, flag, flag === 'due' ? 12 : null);
  return { ...base, status: { ...base.status, pending }, account: null, lastLog: null, withheld: 0 };
};
const people = (): ContactRow[] => [
  row('Ana Sol', 'due'),
  row('Bo Lund', 'not_told'),
  row('Cy Dahl', 'told'),
  row('Di Roth', 'objected'),
];

withoutMailProgram();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A background that keeps who is on their way, who is told and what was taken back. */
const open = async (hash: string, rows: ContactRow[] = people(), refuse: Partial<Record<string, string>> = {}) => {
  const asked: [Message, Record<string, string>][] = [];
  const attempts = new Map<string, string>();
  const told = new Map<string, string>();
  let changed = (): void => {};
  const rowsNow = (): ContactRow[] =>
    rows.map((one) => ({
      ...one,
      status: {
        ...one.status,
        pending: attempts.has(one.id) && !told.has(one.id),
        ...(told.has(one.id) ? { flag: 'told' as const } : {}),
      },
    }));
  const answer = async (message: Message, given: Record<string, string> = {}): Promise<unknown> => {
    asked.push([message, given]);
    const { contact = '', commandId = '' } = given;
    switch (message) {
      case 'today':
        return { logs: [], waiting: 0, needsYou: 0, connection: 'connected', offline: false };
      case 'contacts':
        return { rows: rowsNow(), counts: { overdue: 0, backlog: 0, due: 1, not_told: 1 }, connection: 'connected' };
      case 'prepareNotice':
        return {
          ...given,
          noticeId: 'n',
          version: '2',
          kind: 'direct',
          subject: 'Your data',
          body: `Dear ${contact}`,
          to: null,
          textHash: '0'.repeat(64),
        };
      case 'attemptNotice':
        attempts.set(contact, commandId);
        return { attempt: commandId };
      case 'timeline': {
        const attempt = told.has(contact) ? undefined : attempts.get(contact);
        const entries = told.has(contact)
          ? [{ id: `told-${contact}`, type: 'notice.delivered', recordedAt: NOW, voided: false }]
          : [];
        return {
          entries,
          pendingAttempt: attempt ? { attempt, route: 'mail', at: NOW } : null,
        } as unknown as TimelineView;
      }
      case 'confirmTold': {
        const why = refuse[contact];
        if (why) return { is: 'refused', why: sentence(why) };
        told.set(contact, given.attempt ?? '');
        return { is: 'done' };
      }
      case 'noticeFailed':
        attempts.delete(contact);
        return { is: 'done' };
      case 'voidFact':
        told.delete(contact);
        return { is: 'done' };
      default:
        return [];
    }
  };
  const hands = dashboardHands(answer as never, {
    newId: (() => {
      let id = 0;
      return () => `id-${++id}`;
    })(),
    onChanged: (then) => {
      const before = changed;
      changed = () => {
        before();
        then();
      };
      return () => undefined;
    },
  });
  location.hash = hash;
  const root = await draw(<Dashboard hands={hands} />);
  const poke = async (): Promise<void> => {
    await act(async () => changed());
    await pass(1);
  };
  const of = (message: Message) => asked.filter(([one]) => one === message).map(([, given]) => given);
  return { root, poke, of };
};
const words = (root: ParentNode): string => root.querySelector('h1')?.textContent ?? '';
const BOTH = hashOf({ view: 'tell', contacts: ['ana-sol', 'bo-lund'] });

it('only people who can be told can be chosen, and the choice leads to them', async () => {
  const { root } = await open('#/contacts');
  const boxes = [...root.querySelectorAll<HTMLInputElement>('tbody input[type=checkbox]')];
  expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual(['Choose Ana Sol', 'Choose Bo Lund']);
  expect(root.querySelector('.picked')).toBeNull();
  await click(boxes[1]);
  expect(root.querySelector('.picked a')?.textContent).toBe('Tell 1 person …');
  await click(root.querySelector('.pickall input'));
  const link = root.querySelector('.picked a');
  expect(link?.textContent).toBe('Tell 2 people …');
  expect(link?.getAttribute('href')).toBe(BOTH);
  await click(buttonNamed(root, 'Choose nobody'));
  expect(root.querySelector('.picked')).toBeNull();
  expect(boxes.some(({ checked }) => checked)).toBe(false);
});

it('who is hidden by a search is not told by it', async () => {
  const { root } = await open('#/contacts');
  await click(root.querySelector('.pickall input'));
  const find = root.querySelector<HTMLInputElement>('input[type=search]');
  await act(async () => {
    if (find) find.value = 'bo';
    find?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await pass(1);
  expect(root.querySelector('.picked a')?.getAttribute('href')).toBe(hashOf({ view: 'tell', contacts: ['bo-lund'] }));
});

it('no more than a hundred are chosen at once', async () => {
  const many = Array.from({ length: MOST + 5 }, (_, index) => row(`Person ${index}`, 'not_told'));
  const { root } = await open('#/contacts', many);
  await click(root.querySelector('.pickall input'));
  expect(root.querySelector('.picked a')?.textContent).toBe('Tell 100 people …');
});

it('the address of a choice can be read back, whatever is in the ids', () => {
  const place = { view: 'tell', contacts: ['a/b', 'c d', 'e?f'] } as const;
  expect(placeOf(hashOf(place))).toEqual(place);
  expect(placeOf('#/tell')).toEqual({ view: 'today' });
});

it('each has words of their own; sending them goes on to the next, and tells nobody yet', async () => {
  const { root, of } = await open(BOTH);
  expect(words(root)).toBe('2 of 2 are left to tell.');
  expect(root.querySelector('.words')?.textContent).toBe('Dear ana-sol');
  await click(root.querySelector('.telling a.primary'));
  await pass(1);
  expect(words(root)).toBe('1 of 2 is left to tell.');
  expect(root.querySelector('.words')?.textContent).toBe('Dear bo-lund');
  expect(document.activeElement).toBe(root.querySelector('#telling'));
  await click(root.querySelector('.telling a.primary'));
  expect(words(root)).toBe('2 notices are on their way. Confirm what was sent.');
  expect(of('attemptNotice').map(({ contact }) => contact)).toEqual(['ana-sol', 'bo-lund']);
  expect(of('confirmTold')).toEqual([]);
});

it('route and language stay as chosen from one person to the next', async () => {
  const { root, of } = await open(BOTH);
  await click(root.querySelector('input[value=letter]'));
  await pass(1);
  await click(root.querySelector('.telling button.primary'));
  await pass(1);
  expect(root.querySelector<HTMLInputElement>('input[value=letter]')?.checked).toBe(true);
  await click(root.querySelector('.telling button.primary'));
  expect(of('attemptNotice').map(({ route }) => route)).toEqual(['letter', 'letter']);
});

it('one confirmation makes a fact of each, and Undo takes back each', async () => {
  const { root, of, poke } = await open(BOTH);
  await click(root.querySelector('.telling a.primary'));
  await pass(1);
  await click(root.querySelector('.telling a.primary'));
  await click(buttonNamed(root, 'Confirm: all 2 were sent'));
  await poke();
  expect(of('confirmTold')).toEqual([
    { commandId: 'id-3', contact: 'ana-sol', attempt: 'id-1' },
    { commandId: 'id-4', contact: 'bo-lund', attempt: 'id-2' },
  ]);
  expect(words(root)).toBe('Nobody is left to tell here.');
  expect(root.querySelector('.toast')?.textContent).toContain('2 people count as told.');
  await click(buttonNamed(root, 'Undo'));
  await poke();
  expect(of('voidFact').map(({ contact, ref }) => [contact, ref])).toEqual([
    ['ana-sol', 'told-ana-sol'],
    ['bo-lund', 'told-bo-lund'],
  ]);
  expect(root.querySelector('.toast')?.textContent).toBe('Taken back. 2 people do not count as told.');
  expect(words(root)).toBe('2 notices are on their way. Confirm what was sent.');
});

it('who is refused stays untold and is named by the reason; the others count', async () => {
  const { root, poke } = await open(BOTH, people(), { 'ana-sol': 'Ana Sol objected meanwhile.' });
  await click(root.querySelector('.telling a.primary'));
  await pass(1);
  await click(root.querySelector('.telling a.primary'));
  await click(buttonNamed(root, 'Confirm: all 2 were sent'));
  await poke();
  expect(root.querySelector('.toast')?.textContent).toContain('1 person counts as told.');
  expect(root.querySelector('.pendingbox [role=alert]')?.textContent).toBe('Ana Sol objected meanwhile.');
  expect(words(root)).toBe('1 notice is on its way. Confirm what was sent.');
});

it('one that was not sent after all is to be told again', async () => {
  const { root, of, poke } = await open(BOTH);
  await click(root.querySelector('.telling a.primary'));
  await poke();
  await click(buttonNamed(root, 'It was not sent to Ana Sol'));
  await poke();
  expect(of('noticeFailed')).toMatchObject([{ contact: 'ana-sol', ref: 'id-1', reason: 'not_sent' }]);
  expect(words(root)).toBe('2 of 2 are left to tell.');
});

it('another can be told first', async () => {
  const { root } = await open(BOTH);
  await click(buttonNamed(root, 'Bo Lund'));
  await pass(1);
  expect(root.querySelector('.words')?.textContent).toBe('Dear bo-lund');
});
