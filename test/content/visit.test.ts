// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { visit } from '../../src/content/visit.ts';
import type { BadgeView } from '../../src/contract.ts';
import type { About, Page, RecordRef } from '../../src/crm/adapter.ts';

const about: Pick<About, 'recordFromUrl'> = {
  recordFromUrl: (url): RecordRef | null => {
    const id = /#\/contact\/(\w+)/.exec(url)?.[1];
    return id ? { tenant: 'crm.test', type: 'contact', id } : null;
  },
};
const view = (recordId: string, more: Partial<BadgeView> = {}): BadgeView => ({
  recordId,
  name: 'Dana Reyes',
  flag: 'told',
  sign: 'border-color:#284',
  label: 'Dana Reyes: told',
  owner: 'company',
  waiting: 0,
  action: 'Log a meeting',
  ...more,
});

let asked: { ask: string; with: unknown }[];
let reply: (ask: string) => unknown;
let listeners: ((said: unknown, sender: unknown, answer: (said: unknown) => void) => void)[];
let root: ShadowRoot;
let mode: string;
let seen: (entries: { isVisible?: boolean }[]) => void;
let confirm: ReturnType<typeof vi.fn<Page['confirm']>>;
let runtime: { id: string | undefined };
const { happyDOM } = window as unknown as { happyDOM: { settings: object } };
const attachShadow = Element.prototype.attachShadow;

const badge = (): HTMLButtonElement | null => root.querySelector('button');
const frame = (): HTMLIFrameElement | null => root.querySelector('iframe');
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const order = (announce: string, payload: unknown = null): unknown => {
  let answered: unknown;
  for (const listener of listeners) {
    listener({ candor: 1, announce, with: payload }, {}, (said) => {
      answered = said;
    });
  }
  return answered;
};
const go = async (hash: string): Promise<void> => {
  location.hash = hash;
  navigation.dispatchEvent(new Event('currententrychange'));
  await settled();
};
const start = async (): Promise<void> => {
  visit(about, { confirm });
  await settled();
};

beforeEach(() => {
  // An empty page stands in for the panel.
  Object.assign(happyDOM.settings, { disableIframePageLoading: false, enableIframePageLoading: true });
  vi.useFakeTimers();
  asked = [];
  listeners = [];
  reply = (ask) => (ask === 'badge' ? { ok: view(about.recordFromUrl(location.href)?.id ?? '') } : { ok: null });
  confirm = vi.fn<Page['confirm']>((_document, record) => ({ record }));
  runtime = { id: 'candor' };
  delete (globalThis as { candor?: true }).candor;
  Element.prototype.attachShadow = function (init) {
    mode = init.mode;
    root = attachShadow.call(this, init);
    return root;
  };
  vi.stubGlobal('navigation', new EventTarget());
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(then: typeof seen, options: { trackVisibility?: boolean }) {
        expect(options.trackVisibility).toBe(true);
        seen = then;
      }
      observe(): void {}
    },
  );
  vi.stubGlobal('chrome', {
    runtime: Object.assign(runtime, {
      getURL: (path: string) => {
        expect(path).toBe('src/panel/index.html');
        return 'about:blank';
      },
      sendMessage: async (message: { candor: number; ask: string; with: unknown }) => {
        expect(message.candor).toBe(1);
        asked.push({ ask: message.ask, with: message.with });
        return reply(message.ask);
      },
      onMessage: { addListener: (listener: (typeof listeners)[number]) => listeners.push(listener) },
    }),
  });
  location.hash = '#/contact/A';
});

afterEach(() => {
  Element.prototype.attachShadow = attachShadow;
  root.host.remove();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the badge', () => {
  it('says in a closed root beside the body what the background says of the record', async () => {
    await start();
    expect(mode).toBe('closed');
    expect(root.host.parentNode).toBe(document.documentElement);
    expect(badge()?.textContent).toBe('Dana Reyes: told');
    expect(badge()?.ariaLabel).toBe('Dana Reyes: told. Log a meeting');
    expect(root.adoptedStyleSheets).toHaveLength(1);
    expect([...(root.adoptedStyleSheets[0]?.cssRules ?? [])].at(-1)?.cssText).toContain('border-color: #284');
    expect(asked).toEqual([{ ask: 'badge', with: null }]);
  });

  it('takes words as words: a name is never markup', async () => {
    reply = () => ({ ok: view('A', { label: '<img src=x>', name: '"><b>' }) });
    await start();
    expect(badge()?.children).toHaveLength(0);
    expect(badge()?.textContent).toBe('<img src=x>');
  });

  it('is looked at again when the browser brings the page back as it was: it may have changed elsewhere', async () => {
    await start();
    reply = () => ({ ok: view('A', { label: 'Dana Reyes: objected', flag: 'objected' }) });
    window.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(0);
    expect(badge()?.textContent).toBe('Dana Reyes: objected');
  });

  it('is not there twice, however often the script runs', async () => {
    await start();
    await start();
    expect(asked).toHaveLength(1);
    expect(listeners).toHaveLength(1);
  });

  it('is not there, and nothing is asked, where no record is shown', async () => {
    location.hash = '#/list';
    await start();
    await vi.runAllTimersAsync();
    expect(badge()).toBeNull();
    expect(root.host.parentNode).toBeNull();
    expect(asked).toEqual([]);
  });

  it('goes at once with its record, and comes back with the next one', async () => {
    await start();
    let next: (said: unknown) => void = () => undefined;
    const late = new Promise((resolve) => {
      next = resolve;
    });
    reply = () => late;
    await go('#/contact/B');
    expect(badge()).toBeNull();
    next({ ok: view('B', { label: 'not told', flag: 'not_told' }) });
    await settled();
    expect(badge()?.textContent).toBe('not told');
    await go('#/list');
    expect(badge()).toBeNull();
  });

  it('never shows an answer about another record, and asks a few times before it gives up', async () => {
    reply = () => ({ ok: view('A') });
    location.hash = '#/contact/B';
    await start();
    expect(badge()).toBeNull();
    await vi.advanceTimersByTimeAsync(150);
    expect(asked).toHaveLength(2);
    await vi.runAllTimersAsync();
    expect(asked).toHaveLength(4);
    expect(badge()).toBeNull();
  });

  it('comes a moment later when the browser was behind its address', async () => {
    reply = () => ({ ok: view(asked.length > 1 ? 'B' : 'A') });
    location.hash = '#/contact/B';
    await start();
    await vi.advanceTimersByTimeAsync(150);
    expect(badge()).not.toBeNull();
  });

  it('waits for the page to show what its address says', async () => {
    confirm.mockReturnValueOnce(null);
    await start();
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(150);
    expect(badge()).not.toBeNull();
  });

  it('is not there where the background knows nothing of the record', async () => {
    reply = () => ({ ok: null });
    await start();
    await vi.runAllTimersAsync();
    expect(badge()).toBeNull();
  });

  it('is asked for again when the background says so, and keeps its place meanwhile', async () => {
    await start();
    const before = badge();
    reply = () => ({ ok: view('A', { flag: 'due', label: 'not told, 12 days left' }) });
    order('refresh');
    expect(badge()).toBe(before);
    await settled();
    expect(badge()).toBe(before);
    expect(badge()?.textContent).toBe('not told, 12 days left');
  });

  it('costs nothing while nothing happens', async () => {
    await start();
    document.body.append(document.createElement('p'));
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is back a moment later, and with the next move, when the page removes it', async () => {
    await start();
    root.host.remove();
    await vi.advanceTimersByTimeAsync(250);
    expect(root.host.parentNode).toBe(document.documentElement);
    await vi.advanceTimersByTimeAsync(60_000);
    root.host.remove();
    await go('#/contact/A?tab=2');
    expect(root.host.parentNode).toBe(document.documentElement);
  });

  it('goes when the extension behind it is gone', async () => {
    await start();
    runtime.id = undefined;
    reply = () => {
      throw new Error('Extension context invalidated.');
    };
    await go('#/contact/A?again');
    expect(root.children).toHaveLength(0);
    seen([{ isVisible: false }]);
    expect(root.children).toHaveLength(0);
  });

  it('stays away, and the script with it in peace, when the background has an error', async () => {
    reply = () => undefined;
    await start();
    await vi.runAllTimersAsync();
    expect(badge()).toBeNull();
    reply = () => ({ error: 'no' });
    await go('#/contact/B');
    expect(badge()).toBeNull();
  });
});

describe('a page that takes the badge away', () => {
  const take = (): void => {
    root.host.remove();
    seen([{ isVisible: false }]);
  };
  const told = () => asked.filter(({ ask }) => ask === 'badgeTaken');

  it('gets it back five times, and then the toolbar says so', async () => {
    await start();
    await vi.runAllTimersAsync();
    for (let times = 1; times <= 5; times += 1) {
      take();
      expect(root.host.isConnected).toBe(true);
    }
    expect(told()).toHaveLength(0);
    take();
    expect(root.host.isConnected).toBe(false);
    expect(told()).toHaveLength(1);
  });

  it('is another one than a page that moved on: what we took away ourselves stays away', async () => {
    await start();
    await go('#/list');
    await vi.runAllTimersAsync();
    take();
    expect(root.host.isConnected).toBe(false);
    expect(told()).toHaveLength(0);
  });
});

describe('a click on the badge', () => {
  const click = (isTrusted: boolean): void => void badge()?.onclick?.({ isTrusted } as PointerEvent);

  it('counts only when a person made it', async () => {
    await start();
    click(false);
    expect(asked).toHaveLength(1);
    badge()?.click();
    click(true);
    expect(asked.at(-1)).toEqual({ ask: 'badgeClicked', with: { visible: false } });
  });

  it('says whether the browser saw the badge uncovered, at the last look', async () => {
    await start();
    seen([{ isVisible: false }, { isVisible: true }]);
    click(true);
    expect(asked.at(-1)?.with).toEqual({ visible: true });
    seen([{ isVisible: true }, { isVisible: false }]);
    click(true);
    expect(asked.at(-1)?.with).toEqual({ visible: false });
    seen([{}]);
    click(true);
    expect(asked.at(-1)?.with).toEqual({ visible: false });
  });
});

describe('the frame', () => {
  const focusable = (works: boolean): void => {
    Object.defineProperty(root, 'activeElement', { configurable: true, get: () => (works ? frame() : null) });
  };

  it('is one, at the panel of the extension, and has the focus', async () => {
    await start();
    focusable(true);
    expect(order('show')).toEqual({ shown: true });
    const first = frame();
    expect(order('show')).toEqual({ shown: true });
    expect(root.querySelectorAll('iframe')).toHaveLength(1);
    expect(frame()).toBe(first);
  });

  it('is not shown where the page lets nothing of ours have the focus: the background hears it', async () => {
    await start();
    focusable(false);
    expect(order('show')).toEqual({ shown: false });
    expect(frame()).toBeNull();
    expect(badge()).not.toBeNull();
  });

  it('opens also where no record is shown, and closes when it is told', async () => {
    location.hash = '#/list';
    await start();
    focusable(true);
    order('show');
    expect(frame()).not.toBeNull();
    expect(badge()).toBeNull();
    order('hide');
    expect(frame()).toBeNull();
  });

  it('is where and as high as the background says', async () => {
    await start();
    focusable(true);
    order('show');
    order('resize', 'height:312px;left:16px;right:auto');
    expect(frame()?.style.height).toBe('312px');
  });

  it('stays, and never loads again, while the page moves on to other records', async () => {
    await start();
    focusable(true);
    order('show');
    const moved = vi.spyOn(document.documentElement, 'append');
    const before = frame();
    await go('#/contact/B');
    await go('#/list');
    await go('#/contact/C');
    expect(frame()).toBe(before);
    expect(badge()).not.toBeNull();
    expect(moved).not.toHaveBeenCalled();
  });
});

it('an announcement that is not for a page changes nothing', async () => {
  await start();
  expect(order('changed')).toBeUndefined();
  expect(asked).toHaveLength(1);
});

it('the page hears nothing from us: no message is posted', async () => {
  const posted = vi.spyOn(window, 'postMessage');
  await start();
  order('show');
  expect(posted).not.toHaveBeenCalled();
});
