/** Ask, then ask again when poked. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Sentence } from '../contract.ts';
import { unanswered } from '../ui/unanswered.ts';

export type Answered<T> =
  | { readonly is: 'asking' }
  | { readonly is: 'here'; readonly value: T }
  | { readonly is: 'failed'; readonly why: Sentence; readonly last: T | null };

/** Registers for *changed*; returns the way to stop. */
export type OnChanged = (then: () => void) => () => void;

/**
 * The latest answer and the way to ask again. Pokes that arrive while a question is out become one
 * further question, so a burst of changes never piles up behind a long list.
 */
export function useAnswer<T>(question: () => Promise<T>, key: string, onChanged: OnChanged): [Answered<T>, () => void] {
  const [state, setState] = useState<{ key: string; answer: Answered<T> }>({ key, answer: { is: 'asking' } });
  const latest = useRef({ question, key });
  latest.current = { question, key };
  const out = useRef<{ key: string; again: boolean } | null>(null);

  const again = useCallback(() => {
    const { question, key } = latest.current;
    if (out.current?.key === key) {
      out.current.again = true;
      return;
    }
    const mine = { key, again: false };
    out.current = mine;
    const settle = (next: (before: Answered<T>) => Answered<T>): void => {
      if (out.current !== mine) return;
      out.current = null;
      setState((before) => ({ key, answer: next(before.key === key ? before.answer : { is: 'asking' }) }));
      if (mine.again) again();
    };
    question().then(
      (value) => settle(() => ({ is: 'here', value })),
      (error: unknown) =>
        settle((before) => ({
          is: 'failed',
          why: unanswered(error, 'dashNoAnswer'),
          last: before.is === 'here' ? before.value : before.is === 'failed' ? before.last : null,
        })),
    );
  }, []);

  useEffect(() => {
    again();
    return onChanged(again);
  }, [key, onChanged, again]);

  return [state.key === key ? state.answer : { is: 'asking' }, again];
}
