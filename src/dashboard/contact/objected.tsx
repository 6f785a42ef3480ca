/** An objection is always accepted: choose its scope, record it, undo within ten seconds. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Contract, Sentence } from '../../contract.ts';
import { Why } from '../../ui/saving.tsx';
import type { Say } from '../../words.ts';
import { usePress } from '../press.ts';
import { Dialog } from './dialog.tsx';

export type Scope = Parameters<Contract['raiseObjection']>[0]['scope'];
const SCOPES: readonly { readonly scope: Scope; readonly word: string; readonly means: string }[] = [
  { scope: 'general', word: 'objectionEverything', means: 'objectionEverythingMeans' },
  { scope: 'direct_marketing', word: 'objectionMarketing', means: 'objectionMarketingMeans' },
];

export function Objected({
  say,
  name,
  onRaise,
  onClose,
}: {
  say: Say;
  name: string;
  onRaise: (scope: Scope) => Promise<Sentence | null>;
  onClose: () => void;
}): JSX.Element {
  const [scope, setScope] = useState<Scope>('general');
  const { why, press } = usePress();
  return (
    <Dialog say={say} title={say('objectionTitle', name)} onClose={onClose}>
      <fieldset class="scopes">
        <legend>{say('objectionTo')}</legend>
        {SCOPES.map((each) => (
          <label key={each.scope}>
            <input
              type="radio"
              name="scope"
              value={each.scope}
              checked={scope === each.scope}
              onChange={() => setScope(each.scope)}
            />
            <span>
              <strong>{say(each.word)}</strong>
              <span class="soft">{say(each.means, name)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="soft">{say('objectionAlways')}</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void press(() => onRaise(scope))}>
          {say('objectionRecord')}
        </button>
        <button type="button" class="button" onClick={onClose}>
          {say('dashCancel')}
        </button>
      </div>
      <Why say={say} why={why} />
    </Dialog>
  );
}
