/** Asks for what is held, and again whenever something changed. */
import type { JSX } from 'preact';
import { useAnswer } from '../answer.ts';
import type { Hands } from '../hands.ts';
import { Shown } from '../pieces.tsx';
import { Held } from './held.tsx';

export const HeldPlace = ({
  hands,
  ...shown
}: { hands: Hands } & Omit<Parameters<typeof Held>[0], 'say' | 'logs'>): JSX.Element => {
  const { say, ask, onChanged } = hands;
  const [held, again] = useAnswer(() => ask('held'), 'held', onChanged);
  return (
    <Shown say={say} title={say('dashHeld')} answer={held} onAgain={again}>
      {(logs) => <Held say={say} logs={logs} {...shown} />}
    </Shown>
  );
};
