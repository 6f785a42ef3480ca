/** Whom this device keeps of each CRM, how far a pull is, and how many it may bring. */
import type { JSX } from 'preact';
import type { DirectoryView, Sentence } from '../contract.ts';
import { useSaving, Why } from '../ui/saving.tsx';
import type { Say } from '../words.ts';
import { NO_ANSWER } from './form-footer.tsx';

const SCOPES = [
  { scope: 'mine_and_recent', word: 'directoryMine', means: 'directoryMineMeans' },
  { scope: 'all_visible', word: 'directoryAll', means: 'directoryAllMeans' },
] as const;

export function Directory({
  say,
  view,
  tenant,
  onPull,
  onCancel,
}: {
  say: Say;
  view: DirectoryView;
  /** Named where there are several. */
  tenant: string | null;
  onPull: (scope?: DirectoryView['scope']) => Promise<Sentence | null>;
  onCancel: () => Promise<Sentence | null>;
}): JSX.Element {
  const { why, save } = useSaving(NO_ANSWER);
  const run = (order: () => Promise<Sentence | null>): void => void save(order);
  return (
    <div class="directory">
      {tenant && <bdi class="tenant">{tenant}</bdi>}
      <p role="status">{say(view.sentence)}</p>
      {view.pulling && (
        <progress
          aria-label={say('directoryTitle')}
          {...(view.about ? { max: view.about, value: Math.min(view.got, view.about) } : {})}
        />
      )}
      <fieldset class="scopes">
        <legend>{say('directoryScope')}</legend>
        {SCOPES.map(({ scope, word, means }) => (
          <label key={scope} class="switch">
            <input
              type="radio"
              name={`scope-${view.connection}`}
              checked={view.scope === scope}
              onChange={() => run(() => onPull(scope))}
            />
            <span>
              <strong>{say(word)}</strong> <span class="soft">{say(means)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="actions">
        {view.pulling ? (
          <button type="button" class="button" onClick={() => run(onCancel)}>
            {say('directoryStop')}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => run(() => onPull())}>
            {say('directoryNow')}
          </button>
        )}
      </div>
      <Why say={say} why={why} />
    </div>
  );
}
