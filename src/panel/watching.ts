/** Tells the arming rule what happens to the frame: focus, pointer, and whether it can be seen. */
import { type Arming, type ArmingEvent, after, mayCommit, OPENED } from './arming.ts';

const A_SECOND = 1000;
/** How long a focus may follow its cause. */
const TOGETHER = 50;
const OWN_FOCUS = 250;
/** After this long a focus that was steered with Tab has found its element. */
const SETTLED = 10;

export interface Watching {
  mayCommit(): boolean;
  /** Whether the frame is armed, seen long enough or not yet: what the button says. */
  isArmed(): boolean;
  beforeFocus(): void;
  shown(): void;
  typed(text: string): void;
}

/** True for a while after each call of `begin`. */
const moment = (long: number): { begin(): void; readonly is: boolean } => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    begin() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
      }, long);
    },
    get is() {
      return timer !== undefined;
    },
  };
};

export const watch = (seen: Element, toLine: () => void, onChange: (armed: boolean) => void): Watching => {
  let state: Arming = OPENED;
  const on = (event: ArmingEvent): void => {
    const before = state;
    state = after(state, event);
    const now = state.armed && !state.tainted;
    if (now !== (before.armed && !before.tainted)) onChange(now);
  };

  const own = moment(OWN_FOCUS);
  const pointer = moment(TOGETHER);
  const arriving = moment(TOGETHER);
  addEventListener(
    'pointerdown',
    (event) => {
      if (!event.isTrusted) return;
      pointer.begin();
      on({ is: 'pointer' });
    },
    true,
  );
  // The holder in the page focuses the frame after it was shown, perhaps once more than the form did itself. That leaves the
  // frame for a moment and comes back to nothing in particular: it is still the opening, and the line takes the focus again.
  const opening = moment(A_SECOND);
  opening.begin();
  let leaving: ReturnType<typeof setTimeout> | undefined;
  addEventListener('focus', (event) => {
    if (event.target !== window) return;
    clearTimeout(leaving);
    arriving.begin();
    if (!opening.is) return;
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      own.begin();
      toLine();
    }, SETTLED);
  });
  addEventListener(
    'focusin',
    () => {
      if (own.is) on({ is: 'own_focus' });
      else if (arriving.is && !pointer.is) on({ is: 'foreign_focus' });
    },
    true,
  );
  addEventListener('blur', (event) => {
    if (event.target !== window) return;
    clearTimeout(leaving);
    if (opening.is) leaving = setTimeout(() => on({ is: 'blur' }), TOGETHER);
    else on({ is: 'blur' });
  });

  let steady: ReturnType<typeof setTimeout> | undefined;
  const options: IntersectionObserverInit & { trackVisibility: boolean; delay: number } = {
    threshold: [0, 0.5, 1],
    trackVisibility: true,
    delay: 100,
  };
  new IntersectionObserver((entries) => {
    const entry = entries.at(-1) as (IntersectionObserverEntry & { isVisible?: boolean }) | undefined;
    if (!entry) return;
    const canTell = entry.isVisible !== undefined;
    const visible = entry.isIntersecting && (entry.isVisible ?? true);
    if (visible) {
      steady ??= setTimeout(() => on({ is: 'visible_for_a_second', canTell }), A_SECOND);
      return;
    }
    clearTimeout(steady);
    steady = undefined;
    on({ is: 'hidden' });
  }, options).observe(seen);

  return {
    mayCommit: () => mayCommit(state),
    isArmed: () => state.armed && !state.tainted,
    beforeFocus: () => own.begin(),
    shown() {
      clearTimeout(leaving);
      opening.begin();
      on({ is: 'show' });
    },
    typed: (text) => on({ is: 'typed', empty: text.trim() === '' }),
  };
};
