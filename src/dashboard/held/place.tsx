/** Asks for what is held, and again whenever something changed. */
import type { JSX } from 'preact';
import type { Dates } from '../../dates.ts';
import { useAnswer } from '../answer.ts';
import type { Hands } from '../hands.ts';
import { Shown } from '../pieces.tsx';
import { Held } from './held.tsx';

export const HeldPlace = ({
  hands,
  when,
  tell,
  onRetry,
  onUndo,
  onSync,
}: {
  hands: Hands;
  when: Dates;
  tell: (contact: string) => JSX.Element | null;
  onRetry: (activity: string) => void;
  onUndo: (activity: string) => void;
  onSync: () => void;
}): JSX.Element => {
  const { say, ask, onChanged } = hands;
  const [held, again] = useAnswer(() => ask('held'), 'held', onChanged);
  return (
    <Shown say={say} title={say('dashHeld')} answer={held} onAgain={again}>
      {(logs) => (
        <Held say={say} when={when} logs={logs} tell={tell} onRetry={onRetry} onUndo={onUndo} onSync={onSync} />
      )}
    </Shown>
  );
};
