/** The background did not answer, or its ledger is gone: what to do about it. */
import type { JSX } from 'preact';
import type { Sentence } from '../contract.ts';
import { Sign } from '../ui/signs.tsx';
import { isLedgerGone } from '../ui/unanswered.ts';
import type { Say } from '../words.ts';

export const Trouble = ({
  say,
  trouble,
  onAgain,
  onAnew,
}: {
  say: Say;
  trouble: Sentence;
  onAgain: () => void;
  /** The empty ledger is theirs from now on. */
  onAnew: () => void;
}): JSX.Element => (
  <div class="alert" role="alert">
    <Sign name="needsYou" />
    <p>
      {say(trouble)}{' '}
      <button type="button" class="link" onClick={onAgain}>
        {say('optionsAskAgain')}
      </button>
      {isLedgerGone(trouble) && (
        <>
          {' '}
          <button type="button" class="link" onClick={onAnew}>
            {say('optionsStartAnew')}
          </button>
        </>
      )}
    </p>
  </div>
);
