/** The browser's own modal dialog: focus, Escape and the inert page behind it come with it. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';

export function Dialog({
  say,
  title,
  onClose,
  children,
}: {
  say: Say;
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={id} onClose={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="button quiet icon"
          aria-label={say('dashClose')}
          title={say('dashClose')}
          onClick={onClose}
        >
          <Sign name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
