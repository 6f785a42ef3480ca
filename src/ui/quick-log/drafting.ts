/** Keeps what is typed: 300 ms after the last key, and at once when the form may go away. */
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { Sentence } from '../../contract.ts';
import { unanswered } from '../unanswered.ts';
import type { QuickLogAsk } from './asking.ts';
import { isTooLong, tooLong } from './too-long.ts';

const SAVE_AFTER = 300;

export interface Drafting {
  /** Saves the words once more where they belong, and answers whether they are kept: the storage may have gone since. */
  keep(): Promise<boolean>;
  /** Saves now what is not saved yet. */
  flush(): Promise<void>;
  /** While a text is being committed nothing of it is saved as a draft. */
  pause(paused: boolean): void;
}

export const useDrafting = (
  formId: string | null,
  text: string,
  /** What the background has already. */
  kept: string,
  ask: QuickLogAsk,
  onProblem: (why: Sentence) => void,
): Drafting => {
  const latest = useRef({ formId, text });
  latest.current = { formId, text };
  const saved = useRef<{ formId: string | null; text: string }>({ formId: null, text: '' });
  const paused = useRef(false);
  const problem = useRef(onProblem);
  problem.current = onProblem;

  if (saved.current.formId !== formId) {
    saved.current = { formId, text: kept };
  }

  const flush = useCallback(async (): Promise<void> => {
    const now = latest.current;
    if (paused.current || now.formId === null || now.text === saved.current.text) return;
    if (isTooLong(now.text)) {
      problem.current(tooLong(now.text));
      return;
    }
    const before = saved.current;
    saved.current = { formId: now.formId, text: now.text };
    try {
      const done = await ask('saveDraft', { formId: now.formId, text: now.text });
      if (done.is === 'done') return;
      problem.current(done.why);
    } catch (error) {
      problem.current(unanswered(error, 'logNoAnswer'));
    }
    if (saved.current.text === now.text) saved.current = before;
  }, [ask]);

  const keep = useCallback(async (): Promise<boolean> => {
    const { formId, text } = latest.current;
    if (text.trim() === '') return true;
    if (formId === null || isTooLong(text)) return false;
    const done = await ask('saveDraft', { formId, text }).catch(() => null);
    if (done?.is !== 'done') return false;
    saved.current = { formId, text };
    return true;
  }, [ask]);

  // Each key starts the wait anew.
  useEffect(() => {
    const wait = setTimeout(flush, SAVE_AFTER);
    return () => clearTimeout(wait);
  }, [formId, text, flush]);

  useEffect(() => {
    const leave = (): void => void flush();
    addEventListener('pagehide', leave);
    addEventListener('blur', leave);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('blur', leave);
      leave();
    };
  }, [flush]);

  const pause = useCallback((now: boolean): void => {
    paused.current = now;
  }, []);
  return { keep, flush, pause };
};
