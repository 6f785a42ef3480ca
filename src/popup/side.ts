/** The side panel: opening it, and following the tab beside it while it is open. */
import type { Hear } from '../ui/quick-log/asking.ts';

interface Event<L> {
  addListener(listener: L): void;
  removeListener(listener: L): void;
}

/** As much of the browser as the side panel needs. Addresses are never read here: the background knows which it may see. */
export interface Beside {
  readonly tabs: {
    readonly onActivated: Event<(tab: { windowId: number }) => void>;
    readonly onUpdated: Event<
      (
        id: number,
        change: { status?: string | undefined; url?: string | undefined },
        tab: { active: boolean; windowId?: number | undefined },
      ) => void
    >;
  };
  readonly windows: {
    readonly onFocusChanged: Event<(window: number) => void>;
    getCurrent(): Promise<{ id?: number | undefined }>;
    getLastFocused(): Promise<{ id?: number | undefined }>;
  };
}

/** A page that is loading moves several times at once. */
const TOGETHER_MS = 80;

/**
 * Calls back when the tab beside this panel may show another record. Only while its own window is in front: the
 * background answers for the tab that the person looks at, and another window's record must never come in here.
 */
export const following =
  ({ tabs, windows }: Beside): Hear =>
  (then) => {
    let mine: number | undefined;
    let wait: ReturnType<typeof setTimeout> | undefined;
    const soon = (): void => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        if ((await windows.getLastFocused()).id === mine) then();
      }, TOGETHER_MS);
    };
    void windows.getCurrent().then(({ id }) => {
      mine = id;
    });
    const onActivated = ({ windowId }: { windowId: number }): void => {
      if (windowId === mine) soon();
    };
    const onUpdated = (
      _id: number,
      { status, url }: { status?: string | undefined; url?: string | undefined },
      tab: { active: boolean; windowId?: number | undefined },
    ): void => {
      if (tab.active && tab.windowId === mine && (url !== undefined || status === 'loading')) soon();
    };
    const onFocusChanged = (window: number): void => {
      if (window === mine) soon();
    };
    tabs.onActivated.addListener(onActivated);
    tabs.onUpdated.addListener(onUpdated);
    windows.onFocusChanged.addListener(onFocusChanged);
    return () => {
      clearTimeout(wait);
      tabs.onActivated.removeListener(onActivated);
      tabs.onUpdated.removeListener(onUpdated);
      windows.onFocusChanged.removeListener(onFocusChanged);
    };
  };
