/**
 * A guest in somebody else's page: a badge for the record it shows, and on demand one frame of the panel. Idle it
 * costs nothing: no observer of the page's nodes, no timer, no message until the address changes or the background
 * speaks, and what the page takes away is put back five times and no more.
 *
 * It is written for size: the whole of it, with a CRM's address and page, has 1.5 kB. The words come with the view.
 */
import type { Answer, Ask, TabOrders } from '../contract.ts';
import type { About, Page } from '../crm/adapter.ts';
import type { Announcement, Envelope, Reply } from '../messenger.ts';
import { LOOK } from './look.ts';

type Asked = 'badge' | 'badgeClicked' | 'badgeTaken';
type Order = { [N in keyof TabOrders]: Announcement<N> }[keyof TabOrders];

/** Ours alone: a content script's globals are not the page's. */
const world = self as { candor?: true };

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
  /** How often what the page takes away is put back. */
  let left = 5;

  const ask = async <M extends Asked>(message: M, payload: Ask<M> | null): Promise<Answer<M> | undefined> => {
    try {
      const envelope: Envelope = { candor: 1, ask: message, with: payload };
      const reply = (await chrome.runtime.sendMessage(envelope)) as Reply & { readonly ok: Answer<M> };
      return reply.ok;
    } catch {
      // The extension was updated or removed: this script can no longer talk, and what it holds is dead.
      if (!chrome.runtime?.id) root.replaceChildren();
      return undefined;
    }
  };

  /** Put back what the page took, five times; then the toolbar says what to use. */
  const check = (): void => {
    if (!host.parentNode && badge.parentNode) left-- > 0 ? put(badge) : ask('badgeTaken', null);
  };

  /** The host is a child of the root element: the body may take no clicks while the page has a dialog open. */
  const put = (element: Element): void => {
    // Never moved while it is there: a frame that is moved loads again.
    if (!element.parentNode) root.append(element);
    if (!host.parentNode) document.documentElement.append(host);
    // Taken within a frame it was never seen, and the observer below says nothing.
    setTimeout(check, 250);
  };

  const look = async (wait = 125): Promise<void> => {
    const record = about.recordFromUrl(location.href);
    // Never for a moment one person's state beside another person's page.
    if (record?.id !== current) badge.remove();
    current = record?.id;
    const view = record && page.confirm(document, record) && (await ask('badge', null));
    if (view && view.recordId === current) {
      sheet.replaceSync(`${LOOK}:before{${view.sign}}`);
      badge.textContent = view.label;
      badge.ariaLabel = `${view.label}. ${view.action}`;
      put(badge);
    } else {
      badge.remove();
      // The page or the browser may be behind its address: again, three times at most.
      if (wait < 999) setTimeout(look, wait, wait * 2);
    }
  };

  sheet.replaceSync(LOOK);
  root.adoptedStyleSheets = [sheet];
  frame.src = chrome.runtime.getURL('src/panel/index.html');

  // Only Chromium can say that nothing covers the badge. Elsewhere it counts as not seen, and the background decides.
  new IntersectionObserver(
    (entries) => {
      seen = (entries.pop() as { isVisible?: boolean }).isVisible;
      // No observer of the page's nodes: that the badge is seen no more is how the script hears that it was taken.
      check();
    },
    { trackVisibility: true, delay: 100 } as IntersectionObserverInit,
  ).observe(badge);
  badge.onclick = (event) => event.isTrusted && ask('badgeClicked', { visible: !!seen });

  navigation.addEventListener('currententrychange', () => look());
  // Brought back as it was frozen, perhaps after it was changed elsewhere: looked at once more, without the tries.
  addEventListener('pageshow', look as never);
  chrome.runtime.onMessage.addListener(({ announce, with: payload }: Order, _sender, answer) => {
    if (announce === 'refresh') look();
    if (payload) frame.style.cssText = payload;
    if (announce === 'hide') frame.remove();
    if (announce === 'show') {
      put(frame);
      frame.focus();
      // Under a modal dialog of the page, wherever it is, nothing outside it can be focused, and under an element that
      // fills the screen nothing can be seen: not the place for a form.
      const shown = root.activeElement === frame && !document.fullscreenElement;
      if (!shown) frame.remove();
      answer({ shown });
    }
  });
  look();
};
