/**
 * When Enter in the panel's frame may save. A page can cover our frame, and steer the person's keys into it;
 * it can press neither the browser's command nor a trusted pointer on a frame that the browser says is visible.
 */

export interface Arming {
  /** Opened or shown by the background's order, or clicked while plainly visible, and not left since. */
  readonly armed: boolean;
  /** The focus is here by our own doing. Until then a focus that came otherwise was steered. */
  readonly begun: boolean;
  /** Visible without a break for a second. */
  readonly steady: boolean;
  /** Whether this browser can tell that nothing covers the frame. Where it cannot, a click arms nothing. */
  readonly canTell: boolean;
  /** Something was typed while the frame was not armed: it stays a draft until the command is pressed again. */
  readonly tainted: boolean;
}

export type ArmingEvent =
  | { readonly is: 'own_focus' }
  /** The focus came from outside: neither our own call nor a pointer. */
  | { readonly is: 'foreign_focus' }
  | { readonly is: 'blur' }
  /** The background's order: the command was pressed (again), or the badge was clicked and visible. */
  | { readonly is: 'show' }
  /** A pointer went down inside, trusted by the browser. */
  | { readonly is: 'pointer' }
  | { readonly is: 'hidden' }
  | { readonly is: 'visible_for_a_second'; readonly canTell: boolean }
  | { readonly is: 'typed'; readonly empty: boolean };

/** The background decides with `form.mayCommit` whether the opening counts; the frame starts from yes. */
export const OPENED: Arming = { armed: true, begun: false, steady: false, canTell: false, tainted: false };

export const after = (state: Arming, event: ArmingEvent): Arming => {
  switch (event.is) {
    case 'own_focus':
      return { ...state, begun: true };
    case 'foreign_focus':
      return { ...state, armed: false };
    case 'blur':
      return { ...state, armed: false };
    case 'show':
      return { ...state, armed: true, begun: true, tainted: false };
    case 'pointer':
      return state.steady && state.canTell ? { ...state, armed: true, begun: true } : state;
    case 'hidden':
      return { ...state, steady: false };
    case 'visible_for_a_second':
      return { ...state, steady: true, canTell: event.canTell };
    case 'typed':
      if (event.empty) return { ...state, tainted: false };
      return state.armed ? state : { ...state, tainted: true };
  }
};

export const mayCommit = ({ armed, steady, tainted }: Arming): boolean => armed && steady && !tainted;
