/** Evidence: the ledger reads itself again and says what it finds. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Sentence, VerifyView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { Sign } from '../../ui/signs.tsx';
import { unanswered } from '../../ui/unanswered.ts';
import type { Say } from '../../words.ts';
import { Failed } from '../pieces.tsx';

type State =
  | { readonly is: 'idle' }
  | { readonly is: 'running' }
  | { readonly is: 'failed'; readonly why: Sentence }
  | { readonly is: 'done'; readonly view: VerifyView };

const VERDICT: Readonly<Record<VerifyView['verdict'], string>> = {
  intact: 'verifyIntact',
  damaged: 'verifyDamaged',
  empty: 'verifyEmpty',
};

export function Evidence({
  say,
  when,
  onVerify,
  onCopy,
}: {
  say: Say;
  when: Dates;
  onVerify: () => Promise<VerifyView>;
  onCopy: (text: string) => Promise<void>;
}): JSX.Element {
  const [state, setState] = useState<State>({ is: 'idle' });
  const [copied, setCopied] = useState(false);
  const run = useRef(0);

  const verify = async (): Promise<void> => {
    const mine = ++run.current;
    setState({ is: 'running' });
    setCopied(false);
    try {
      const view = await onVerify();
      if (run.current === mine) setState({ is: 'done', view });
    } catch (error) {
      if (run.current === mine) setState({ is: 'failed', why: unanswered(error, 'dashNoAnswer') });
    }
  };
  const stop = (): void => {
    run.current += 1;
    setState({ is: 'idle' });
  };
  const view = state.is === 'done' ? state.view : null;

  return (
    <>
      <h1 class={`sentence ${view ? `verdict verdict-${view.verdict}` : ''}`}>
        {view ? (
          <>
            <Sign name={view.verdict === 'damaged' ? 'needsYou' : 'verify'} size={24} />
            {say(VERDICT[view.verdict])}
          </>
        ) : (
          say('verifyTitle')
        )}
      </h1>
      <p class="soft lead">{say('verifyMeans')}</p>
      <div class="actions">
        <button
          type="button"
          class={`button ${state.is === 'running' ? '' : 'primary'}`}
          onClick={state.is === 'running' ? stop : verify}
        >
          {say(state.is === 'running' ? 'dashCancel' : view ? 'verifyAgain' : 'verifyNow')}
        </button>
      </div>
      <div role="status">
        {state.is === 'running' && (
          <div class="running">
            <progress aria-label={say('verifyRunning')} />
            <span class="soft">{say('verifyRunning')}</span>
          </div>
        )}
        {view && <p class="sr-only">{say(VERDICT[view.verdict])}</p>}
      </div>
      {state.is === 'failed' && <Failed say={say} why={state.why} onAgain={verify} />}
      {view && (
        <div class="report">
          {view.findings.length > 0 && (
            <section aria-labelledby="findings">
              <h2 id="findings">{say('verifyFindings')}</h2>
              <ul class={`findings ${view.verdict === 'damaged' ? 'bad' : ''}`}>
                {view.findings.map((finding, index) => (
                  <li key={index}>{say(finding)}</li>
                ))}
              </ul>
            </section>
          )}
          <section aria-label={say('verifyCounts')}>
            <dl class="counts">
              <Count say={say} word="verifyFacts" value={view.facts} />
              <Count say={say} word="verifyStreams" value={view.streams} />
              <Count say={say} word="verifyErased" value={view.erased} />
              <Count say={say} word="verifyRefused" value={view.refusedMessages} />
            </dl>
            <p class="soft">{say('verifyRefusedMeans')}</p>
          </section>
          <section aria-labelledby="root">
            <h2 id="root">{say('verifyRoot')}</h2>
            <p class="root">
              <code class="mono">{view.root}</code>
              <button
                type="button"
                class="button small"
                onClick={async () => {
                  await onCopy(view.root).then(
                    () => setCopied(true),
                    () => setCopied(false),
                  );
                }}
              >
                {say(copied ? 'verifyCopied' : 'verifyCopy')}
              </button>
            </p>
            <p class="soft">{say('verifyRootMeans')}</p>
            <p class="soft">
              <time dateTime={view.checkedAt}>{say('verifyCheckedAt', when.moment(view.checkedAt))}</time>
            </p>
          </section>
        </div>
      )}
    </>
  );
}

const Count = ({ say, word, value }: { say: Say; word: string; value: number }): JSX.Element => (
  <div>
    <dt>{say(word)}</dt>
    <dd class="num">{say('dashNumber', value)}</dd>
  </div>
);
