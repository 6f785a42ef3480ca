/**
 * What a page can do to a form that hangs over it, as functions that run in the page. Each stands alone: it is sent as
 * text. Candor's host is the `div` beside the body; its shadow root is closed, so a page gets no further than that.
 */

/** Where *Save* stood before the attack. */
export interface Aim {
  readonly x: number;
  readonly y: number;
}

export interface Attack {
  readonly play: (aim: Aim) => unknown;
  /** `open`: once the form is there, before a word is typed. `hands`: the moment before Enter and the click. */
  readonly at: 'open' | 'hands';
  /** What the person is led to do; Enter and a click on *Save* unless told. */
  readonly hands?: 'enter' | 'tab and enter';
  /** Where the words are afterwards: in the popup, or still in the form, which the keys did not reach. */
  readonly ends: 'popup' | 'nothing';
  /** Also played on the badge before it is clicked: what opens then is the popup. */
  readonly badge?: true;
}

export const ATTACKS: Readonly<Record<string, Attack>> = {
  // ------------------------------------------------------------ seen through: the root, and whatever hangs below it
  fadeRoot: {
    at: 'open',
    ends: 'popup',
    badge: true,
    play: () => {
      document.documentElement.style.opacity = '.01';
    },
  },
  fadeRootByAnimation: {
    at: 'open',
    ends: 'popup',
    badge: true,
    play: () => {
      document.documentElement.animate({ opacity: [0.01, 0.02] }, { duration: 60_000, fill: 'both' });
    },
  },
  filterRoot: {
    at: 'open',
    ends: 'popup',
    badge: true,
    play: () => {
      document.documentElement.style.filter = 'opacity(.02)';
    },
  },
  maskRoot: {
    at: 'open',
    ends: 'popup',
    badge: true,
    play: () => {
      document.documentElement.style.mask = 'linear-gradient(#0000, #0000)';
    },
  },
  clipRoot: {
    at: 'open',
    ends: 'popup',
    play: ({ x, y }) => {
      // Only the button shows, as if it were the page's own.
      document.documentElement.style.clipPath = `inset(${y - 12}px calc(100% - ${x + 30}px) calc(100% - ${y + 12}px) ${x - 30}px)`;
    },
  },
  shrinkRoot: {
    at: 'open',
    ends: 'popup',
    badge: true,
    play: () => {
      document.documentElement.style.transform = 'scale(.05)';
    },
  },
  pushRootAway: {
    at: 'open',
    ends: 'popup',
    play: () => {
      document.documentElement.style.transform = 'translateX(-3000px)';
    },
  },
  containRoot: {
    at: 'open',
    ends: 'popup',
    play: ({ x, y }) => {
      // The root becomes what fixed boxes hang in, and cuts off all but the button.
      document.documentElement.style.cssText = `contain:strict;width:${x + 30}px;height:${y + 12}px;overflow:clip`;
    },
  },
  blendAway: {
    at: 'open',
    ends: 'popup',
    play: () => {
      const layer = document.createElement('div');
      layer.style.cssText =
        'position:fixed;inset:0;z-index:2147483647;background:#fff;mix-blend-mode:screen;pointer-events:none';
      document.documentElement.append(layer);
    },
  },

  // ------------------------------------------------------------ covered
  coverByLayer: {
    at: 'open',
    ends: 'popup',
    badge: true,
    play: () => {
      const layer = document.createElement('div');
      layer.style.cssText = 'position:fixed;inset:0;z-index:2147483647;background:#fff;opacity:.02;pointer-events:none';
      document.documentElement.append(layer);
    },
  },
  coverInTopLayer: {
    at: 'open',
    ends: 'popup',
    badge: true,
    play: () => {
      const layer = document.createElement('div');
      layer.popover = 'manual';
      layer.style.cssText =
        'position:fixed;inset:0;width:100%;height:100%;border:0;background:#fff;pointer-events:none';
      document.body.append(layer);
      layer.showPopover();
    },
  },
  coverByFrame: {
    at: 'open',
    ends: 'popup',
    play: () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<body style="background:#fff">Press Enter to win';
      frame.style.cssText =
        'position:fixed;inset:0;width:100%;height:100%;border:0;z-index:2147483647;pointer-events:none';
      document.documentElement.append(frame);
    },
  },
  coverTheWordsOnly: {
    at: 'open',
    ends: 'popup',
    play: ({ x, y }) => {
      const patch = document.createElement('div');
      patch.popover = 'manual';
      patch.style.cssText = `position:fixed;inset:auto;left:${x - 340}px;top:${y - 140}px;width:300px;height:100px;margin:0;background:#fff;pointer-events:none`;
      patch.textContent = 'Continue?';
      document.body.append(patch);
      patch.showPopover();
    },
  },
  freezeInViewTransition: {
    at: 'open',
    ends: 'popup',
    play: () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '::view-transition{pointer-events:none}::view-transition-old(root){animation:60s linear both hold}' +
          '::view-transition-new(root){display:none}@keyframes hold{to{opacity:1}}',
      );
      document.adoptedStyleSheets.push(sheet);
      (document as unknown as { startViewTransition(change: () => void): void }).startViewTransition(() => undefined);
    },
  },
  modalDialog: {
    at: 'open',
    ends: 'nothing',
    play: () => {
      const dialog = document.createElement('dialog');
      dialog.style.cssText = 'opacity:.01;pointer-events:none';
      document.body.append(dialog);
      dialog.showModal();
    },
  },
  fullscreenElement: {
    at: 'open',
    ends: 'nothing',
    play: () => document.body.requestFullscreen(),
  },

  // ------------------------------------------------------------ moved: another parent, another moment
  moveHostIntoFadedBox: {
    at: 'open',
    ends: 'nothing',
    badge: true,
    play: () => {
      const box = document.createElement('div');
      box.style.cssText = 'opacity:.01';
      for (const host of [...document.documentElement.children]) if (host.localName === 'div') box.append(host);
      document.body.append(box);
    },
  },
  takeHostAndPutItBack: {
    at: 'open',
    ends: 'nothing',
    play: () => {
      for (const host of [...document.documentElement.children]) {
        if (host.localName !== 'div') continue;
        host.remove();
        document.documentElement.append(host);
      }
    },
  },
  flicker: {
    at: 'open',
    ends: 'popup',
    play: () => {
      let shown = true;
      setInterval(() => {
        shown = !shown;
        document.documentElement.style.opacity = shown ? '' : '.01';
      }, 300);
    },
  },
  hideForTheClick: {
    at: 'hands',
    ends: 'popup',
    play: () => {
      document.documentElement.style.opacity = '.01';
    },
  },

  // ------------------------------------------------------------ the focus
  stealFocusAndTabBack: {
    at: 'open',
    hands: 'tab and enter',
    ends: 'popup',
    play: () => {
      const input = document.querySelector<HTMLElement>('input');
      input?.focus();
      document.body.inert = true;
    },
  },
  focusTheHost: {
    at: 'open',
    hands: 'enter',
    ends: 'nothing',
    play: () => {
      document.querySelector<HTMLElement>('input')?.focus();
      for (const host of document.documentElement.children) {
        if (host.localName !== 'div') continue;
        (host as HTMLElement).tabIndex = 0;
        (host as HTMLElement).focus();
      }
    },
  },
  sendEnterItself: {
    at: 'hands',
    hands: 'enter',
    ends: 'nothing',
    play: () => {
      document.querySelector<HTMLElement>('input')?.focus();
      for (const host of document.documentElement.children) {
        for (const type of ['keydown', 'keypress', 'keyup']) {
          host.dispatchEvent(new KeyboardEvent(type, { key: 'Enter', code: 'Enter', bubbles: true, composed: true }));
        }
        (host as HTMLElement).click?.();
      }
    },
  },
};
