/** Counts what a log costs: keys, clicks and seconds, from the events themselves. Never which keys. */
import { useRef } from 'preact/hooks';
import type { Effort } from '../../domain/burden.ts';

export interface Meter {
  onKeyDownCapture(event: KeyboardEvent): void;
  onPointerDownCapture(event: PointerEvent): void;
  /** Until the last of them. */
  read(): Effort;
}

/** Signs of the grammar: a note in plain words would not have them. */
const MARKS = new Set(['@', '>', '~', '!', '*']);
const HELD = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified']);
const TOOK_BACK = new Set(['Backspace', 'Delete']);

/** What a key adds beyond the words: nothing for a letter, one for a mark or a command, two for taking a letter back. */
export const beyondOf = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): number => {
  if (TOOK_BACK.has(key)) return 2;
  const isWord = [...key].length === 1 && !MARKS.has(key) && !((ctrlKey || metaKey) && !altKey);
  return isWord ? 0 : 1;
};

export const useEffort = (): Meter => {
  // The command that opened the form is the first key.
  const count = useRef({ keys: 1, beyond: 1, clicks: 0, first: 0, last: 0 });
  const at = ({ timeStamp }: globalThis.Event): void => {
    count.current.first ||= timeStamp;
    count.current.last = timeStamp;
  };
  return {
    onKeyDownCapture(event) {
      if (HELD.has(event.key)) return;
      at(event);
      count.current.keys += 1;
      count.current.beyond += beyondOf(event);
    },
    onPointerDownCapture(event) {
      at(event);
      count.current.clicks += 1;
    },
    read: () => {
      const { keys, beyond, clicks, first, last } = count.current;
      return { keys, beyond, clicks, seconds: Math.max(0, Math.round((last - first) / 1000)) };
    },
  };
};
