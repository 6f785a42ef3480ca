import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Beside, following } from '../../src/popup/side.ts';

const event = () => {
  const listeners = new Set<(...given: never[]) => void>();
  return {
    addListener: (listener: never) => void listeners.add(listener),
    removeListener: (listener: never) => void listeners.delete(listener),
    fire: (...given: unknown[]) => {
      for (const listener of listeners) listener(...(given as never[]));
    },
    listeners,
  };
};

let inFront = 1;
const [activated, updated, focused] = [event(), event(), event()];
const browser = {
  tabs: { onActivated: activated, onUpdated: updated },
  windows: {
    onFocusChanged: focused,
    getCurrent: async () => ({ id: 1 }),
    getLastFocused: async () => ({ id: inFront }),
  },
} as unknown as Beside;

let moved = 0;
let stop = (): void => undefined;
const soon = () => vi.advanceTimersByTimeAsync(200);
beforeEach(async () => {
  vi.useFakeTimers();
  moved = 0;
  inFront = 1;
  stop = following(browser)(() => {
    moved += 1;
  });
  await soon();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it('follows the tabs of its own window, and their moves, several at once as one', async () => {
  activated.fire({ windowId: 1 });
  updated.fire(7, { status: 'loading' }, { active: true, windowId: 1 });
  updated.fire(7, { url: 'https://crm.example/b' }, { active: true, windowId: 1 });
  await soon();
  expect(moved).toBe(1);
});

it('follows neither tabs behind nor other windows nor what changes no address', async () => {
  activated.fire({ windowId: 2 });
  updated.fire(8, { url: 'https://crm.example/c' }, { active: false, windowId: 1 });
  updated.fire(8, { url: 'https://crm.example/c' }, { active: true, windowId: 2 });
  updated.fire(7, { status: 'complete' }, { active: true, windowId: 1 });
  focused.fire(2);
  await soon();
  expect(moved).toBe(0);
});

it('asks nothing while another window is in front: its record would come in here', async () => {
  inFront = 2;
  activated.fire({ windowId: 1 });
  await soon();
  expect(moved).toBe(0);
  inFront = 1;
  focused.fire(1);
  await soon();
  expect(moved).toBe(1);
});

it('listens to nothing once it is over', () => {
  stop();
  expect([activated, updated, focused].map(({ listeners }) => listeners.size)).toEqual([0, 0, 0]);
});
