/** Asks what would happen to the line, 120 ms after the last key. A late answer never replaces a newer one. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { QuickLogAsk } from './asking.ts';
import type { PreviewOf } from './chips.ts';
import { isTooLong } from './too-long.ts';

const ASK_AFTER = 120;

export const usePreview = (
  formId: string | null,
  text: string,
  ask: QuickLogAsk,
  /** Raise it to ask again for the same text. */
  poke: number,
): PreviewOf | null => {
  const [answered, setAnswered] = useState<PreviewOf | null>(null);
  const asked = useRef(0);
  // `poke` asks again.
  useEffect(() => {
    const mine = ++asked.current;
    if (formId === null || text.trim() === '' || isTooLong(text)) {
      setAnswered(null);
      return;
    }
    const wait = setTimeout(() => {
      ask('preview', { formId, text }).then(
        (preview) => asked.current === mine && setAnswered({ text, preview }),
        () => undefined, // Saving says if nobody answers; a preview that stays away refuses nothing.
      );
    }, ASK_AFTER);
    return () => clearTimeout(wait);
  }, [formId, text, ask, poke]);
  return answered;
};
