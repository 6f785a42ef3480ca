/** What just happened, and the way back, for as long as there is one. */
import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { Sign } from '../ui/signs.tsx';
import type { Say } from '../words.ts';
import type { Hands } from './hands.ts';

/** As long as the background lets a fact be taken back. */
const UNDO_FOR = 10_000;

interface Toast {
  readonly n: number;
  readonly words: string;
  readonly onUndo: (() => void) | null;
}
export type Show = (words: string, onUndo?: (() => void) | null) => void;

export function useToast(after: Hands['after']): { toast: Toast | null; show: Show; hide: () => void } {
  const [toast, setToast] = useState<Toast | null>(null);
  const said = useRef(0);
  const stop = useRef<() => void>(() => undefined);
  const hide = useCallback(() => {
    stop.current();
    setToast(null);
  }, []);
  const show = useCallback<Show>(
    (words, onUndo = null) => {
      stop.current();
      said.current += 1;
      setToast({ n: said.current, words, onUndo });
      stop.current = after(UNDO_FOR, () => setToast(null));
    },
    [after],
  );
  return { toast, show, hide };
}

export const Toasts = ({ say, toast, onGone }: { say: Say; toast: Toast | null; onGone: () => void }): JSX.Element => (
  <div class="toasts" role="status">
    {toast && (
      <p key={toast.n} class="toast">
        <span>{toast.words}</span>
        {toast.onUndo && (
          <button
            type="button"
            class="button"
            onClick={() => {
              onGone();
              toast.onUndo?.();
            }}
          >
            <Sign name="undo" />
            {say('dashUndo')}
          </button>
        )}
      </p>
    )}
  </div>
);
