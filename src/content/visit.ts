/**
 * A guest in somebody else's page: a badge for the record it shows, and on demand one frame of the panel. Idle it
 * costs nothing: no observer of the page's nodes, no timer, no message until the address changes or the background
 * speaks. What the page does to the badge is not undone before the next of either.
 */
import type { Ask, Answer, TabOrders } from '../contract.ts';
import type { About, Page } from '../crm/adapter.ts';
import type { Announcement, Envelope, Reply } from '../messenger.ts';
import { LOOK } from './look.ts';

type Order = { [N in keyof TabOrders]: Announcement<N> }[keyof TabOrders];

const world = globalThis as { candor?: true };

export const visit = (about: Pick<About, 'recordFromUrl'>, page: Page): void => {
  if (world.candor) return;
  world.candor = true;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const badge = document.createElement('button');
  const frame = document.createElement('iframe');
  const sheet = new CSSStyleSheet();
  /** The record that was looked at last. */
  let current: string | undefined;
  let seen: boolean | undefined;

  const ask = async (message: string, payload: unknown): Promise<any> => {
    try {
      return ((await chrome.runtime.sendMessage({ candor: 1, ask: message, with: payload })) as any).ok;
    } catch {
      // The extension was updated or removed: this script can no longer talk, and what it holds is dead.
      if (!chrome.runtime?.id) host.remove();
    }
  };

  /** The host is a child of the root element: the body may take no clicks while a dialog of the page's own is open. */
  const put = (element: Element): void => {
    if (!element.parentNode) root.append(element);
    if (!host.parentNode) document.documentElement.append(host);
  };

  const look = async (wait = 150): Promise<void> => {
    const record = about.recordFromUrl(location.href);
    // Never a moment of one person's state beside another person's page.
    if (record?.id !== current) badge.remove();
    current = record?.id;
    if (!record) return;
    const view = page.confirm(document, record) && (await ask('badge', null));
    if (view?.recordId === current) {
      badge.className = view.flag;
      badge.textContent = view.label;
      badge.ariaLabel = `${view.name}: ${view.label}. ${view.action}`;
      put(badge);
    } else {
      badge.remove();
      // The page or the browser is behind its address: again, a few times at most.
      if (wait < 999) setTimeout(look, wait, wait * 2);
    }
  };

  sheet.replaceSync(LOOK);
  root.adoptedStyleSheets = [sheet];
  frame.src = chrome.runtime.getURL('src/panel/index.html');
  frame.onload = () => frame.contentWindow?.focus();

  // Only Chromium can say that nothing covers the badge; elsewhere it was not seen, and the background decides.
  new IntersectionObserver(
    (entries) => {
      seen = (entries.pop() as { isVisible?: boolean }).isVisible;
    },
    { trackVisibility: true, delay: 100 } as IntersectionObserverInit,
  ).observe(badge);
  badge.onclick = (event) => event.isTrusted && ask('badgeClicked', { visible: !!seen });

  navigation.addEventListener('currententrychange', () => look());
  chrome.runtime.onMessage.addListener(({ announce, with: payload }: Order, _sender, answer) => {
    if (announce === 'refresh') look();
    if (announce === 'resize') frame.style.height = payload!.height + 'px';
    if (announce === 'hide') frame.remove();
    if (announce === 'show') {
      put(frame);
      frame.focus();
      // Under a modal dialog of the page nothing outside it takes a key: then the panel belongs elsewhere.
      const shown = root.activeElement === frame;
      if (!shown) frame.remove();
      answer({ shown });
    }
  });
  look();
};
