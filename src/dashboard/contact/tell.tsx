/** Tell: choose route and language, read the words, send them on their way, and confirm. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { NoticeDraft, Sentence, TimelineView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import type { Route } from '../../domain/activity.ts';
import type { Say } from '../../words.ts';
import { type Refused, refusedIn } from '../commands.ts';
import { Dialog } from './dialog.tsx';
import { type FailReason, Pending } from './pending.tsx';
import { TellForm, usePrepared } from './tell-form.tsx';

export function Tell({
  say,
  when,
  contact,
  name,
  pending,
  onPrepare,
  onAttempt,
  onConfirm,
  onFailed,
  onCopy,
  onClose,
}: {
  say: Say;
  when: Dates;
  contact: string;
  name: string;
  /** A notice that is on its way already. */
  pending: TimelineView['pendingAttempt'];
  onPrepare: (route: Route, language: string) => Promise<NoticeDraft | Refused>;
  onAttempt: (route: Route, language: string) => Promise<{ readonly attempt: string } | Refused>;
  /** Null when done; else why not. */
  onConfirm: (attempt: string) => Promise<Sentence | null>;
  onFailed: (attempt: string, reason: FailReason) => Promise<Sentence | null>;
  onCopy: (text: string) => Promise<void>;
  onClose: () => void;
}): JSX.Element {
  const prepared = usePrepared(contact, onPrepare, pending?.route);
  const { route, language, mailto } = prepared;
  const [attempt, setAttempt] = useState<string | null>(pending?.attempt ?? null);
  const way = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (attempt) way.current?.querySelector('button')?.focus();
  }, [attempt]);

  const sendOnItsWay = async (): Promise<Sentence | null> => {
    const answer = await onAttempt(route, language);
    const refused = refusedIn(answer);
    if (refused) return refused.why;
    setAttempt((answer as { attempt: string }).attempt);
    return null;
  };

  return (
    <Dialog say={say} title={say('tellTitle', name)} onClose={onClose}>
      {attempt ? (
        <div ref={way}>
          <Pending
            say={say}
            when={when}
            name={name}
            route={route}
            at={pending?.at ?? null}
            onConfirm={() => onConfirm(attempt)}
            onFailed={(reason) => onFailed(attempt, reason)}
          />
          {mailto && (
            <p class="soft">
              <a class="button quiet" href={mailto} target="_blank" rel="noreferrer">
                {say('tellOpenAgain')}
              </a>
            </p>
          )}
          <p class="soft">{say('tellLater')}</p>
        </div>
      ) : (
        <TellForm say={say} name={name} prepared={prepared} onSend={sendOnItsWay} onCopy={onCopy} />
      )}
    </Dialog>
  );
}
