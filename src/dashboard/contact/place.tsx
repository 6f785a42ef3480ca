/** Asks for one person, and for them again whenever something changed. */
import type { JSX } from 'preact';
import type { Sentence, TimelineView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { useAnswer } from '../answer.ts';
import type { Hands, Who } from '../hands.ts';
import type { OnRequest } from '../law/requests.tsx';
import { Shown } from '../pieces.tsx';
import { Contact } from './contact.tsx';
import type { FailReason } from './pending.tsx';

export const ContactPlace = ({
  hands,
  when,
  contact,
  onTell,
  onObjected,
  onConfirm,
  onFailed,
  onRetry,
  onUndo,
  law,
}: {
  hands: Hands;
  when: Dates;
  contact: string;
  onTell: (who: Who, pending: TimelineView['pendingAttempt']) => void;
  onObjected: (who: Who) => void;
  onConfirm: (who: Who, attempt: string) => Promise<Sentence | null>;
  onFailed: (who: Who, attempt: string, reason: FailReason) => Promise<Sentence | null>;
  onRetry: (activity: string) => void;
  onUndo: (activity: string) => void;
  law: OnRequest;
}): JSX.Element => {
  const { say, ask, onChanged } = hands;
  const [timeline, again] = useAnswer(() => ask('timeline', { contact }), contact, onChanged);
  return (
    <Shown say={say} title={say('dashContact')} answer={timeline} onAgain={again}>
      {(view) => {
        const who = { contact: view?.person.id ?? contact, name: view?.person.name ?? '' };
        return (
          <Contact
            say={say}
            when={when}
            view={view}
            onTell={() => onTell(who, view?.pendingAttempt ?? null)}
            onObjected={() => onObjected(who)}
            onConfirm={(attempt) => onConfirm(who, attempt)}
            onFailed={(attempt, reason) => onFailed(who, attempt, reason)}
            onRetry={onRetry}
            onUndo={onUndo}
            law={law}
          />
        );
      }}
    </Shown>
  );
};
