/** After saving: where the log is, in true words, and ten seconds to take it back. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LogView, Sentence } from '../../contract.ts';
import type { Say } from '../../words.ts';
import { ProgressMark } from '../flags.tsx';
import { LogName } from '../log-name.tsx';
import { Sign } from '../signs.tsx';

/** Whole seconds left of `milliseconds`, counted down here and set right whenever the background says it anew. */
const useSecondsLeft = (milliseconds: number): number => {
  const [seconds, setSeconds] = useState(Math.ceil(milliseconds / 1000));
  useEffect(() => {
    setSeconds(Math.ceil(milliseconds / 1000));
    if (milliseconds <= 0) return;
    const tick = setInterval(() => setSeconds((left) => Math.max(0, left - 1)), 1000);
    return () => clearInterval(tick);
  }, [milliseconds]);
  return seconds;
};

const STATE_SIGN = { in_crm: 'inCrm', waiting: 'waiting', withheld: 'withheld', stays: 'private' } as const;
const STATE_WORD = {
  in_crm: 'logPersonInCrm',
  waiting: 'logPersonWaiting',
  withheld: 'logPersonWithheld',
  stays: 'logPersonStays',
} as const;

export const AfterSaving = ({
  log,
  boundElsewhere,
  crm,
  problem,
  say,
  onUndo,
  onAnother,
  onRetry,
  onClose,
  beforeFocus,
  burden,
}: {
  log: LogView;
  boundElsewhere: Sentence | null;
  crm: string | null;
  problem: Sentence | null;
  say: Say;
  onUndo: () => void;
  onAnother: () => void;
  onRetry: (() => void) | null;
  onClose: () => void;
  beforeFocus: () => void;
  /** What it cost, for the person alone. */
  burden: Sentence | null;
}): JSX.Element => {
  const seconds = useSecondsLeft(log.undoFor);
  const view = useRef<HTMLElement>(null);
  // Not onto a button: a second Enter meant for the line must press nothing. And never away from a page the person went to.
  useEffect(() => {
    if (!document.hasFocus()) return;
    beforeFocus();
    view.current?.focus();
  }, [beforeFocus]);

  return (
    <section
      class="log-after"
      ref={view}
      tabIndex={-1}
      aria-label={say('logAfter')}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === 'Escape') onClose();
        if (event.key.toLowerCase() === 'n') {
          event.preventDefault();
          onAnother();
        }
      }}
    >
      <div role="status" class="log-progress">
        <ProgressMark progress={log.progress} say={say} words={false} />
        <p>{say(log.sentence)}</p>
      </div>
      <p class="log-title soft">
        <LogName log={log} />
      </p>
      {boundElsewhere && (
        <p class="note">
          <Sign name="person" />
          <span>{say(boundElsewhere)}</span>
        </p>
      )}
      {log.people.length > 0 && (
        <ul class="log-people">
          {log.people.map(({ id, name, state }) => (
            <li key={id}>
              <Sign name={STATE_SIGN[state]} />
              <span>{say(STATE_WORD[state], name)}</span>
            </li>
          ))}
        </ul>
      )}
      {log.reasons.length > 0 && (
        <ul class="log-reasons soft">
          {log.reasons.map((reason) => (
            <li key={JSON.stringify(reason)}>{say(reason)}</li>
          ))}
        </ul>
      )}
      {problem && (
        <p class="alert" role="alert">
          <Sign name="needsYou" />
          <span>{say(problem)}</span>
        </p>
      )}
      <div class="row log-actions">
        {seconds > 0 && (
          <button type="button" class="button log-undo" onClick={onUndo}>
            <Sign name="undo" />
            <span>{say('logUndo')}</span>
            <span class="num soft" aria-hidden="true">
              {say('logUndoSeconds', seconds)}
            </span>
          </button>
        )}
        {log.canRetry && onRetry && (
          <button type="button" class="button" onClick={onRetry}>
            <Sign name="retry" />
            {say('logRetry')}
          </button>
        )}
        <button type="button" class="button" aria-keyshortcuts="n" onClick={onAnother}>
          <Sign name="plus" />
          {say('logAnother')} <kbd>{say('logAnotherKey')}</kbd>
        </button>
        {log.url && (
          <a class="button quiet" href={log.url} target="_blank" rel="noreferrer noopener">
            <Sign name="open" />
            {crm ? say('logOpenIn', crm) : say('logOpen')}
          </a>
        )}
      </div>
      {burden && <p class="log-burden soft">{say(burden)}</p>}
    </section>
  );
};
