/** Asks for the desk, and again whenever something changed. */
import type { JSX } from 'preact';
import type { Dates } from '../../dates.ts';
import { useAnswer } from '../answer.ts';
import type { Hands } from '../hands.ts';
import type { OnRequest } from '../law/requests.tsx';
import { Shown } from '../pieces.tsx';
import { RequestsView } from './requests-view.tsx';

export const RequestsPlace = ({
  hands,
  when,
  on,
  onRetry,
}: {
  hands: Hands;
  when: Dates;
  on: OnRequest;
  onRetry: (activity: string) => void;
}): JSX.Element => {
  const { say, ask, onChanged } = hands;
  const [desk, again] = useAnswer(() => ask('desk'), 'desk', onChanged);
  return (
    <Shown say={say} title={say('dashRequests')} answer={desk} onAgain={again}>
      {(view) => <RequestsView say={say} when={when} desk={view} on={on} onRetry={onRetry} />}
    </Shown>
  );
};
