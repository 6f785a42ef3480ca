/** Signing in where there is no OAuth: as oneself, with a name and a password, or with a key. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Ask } from '../contract.ts';
import type { Say } from '../words.ts';

export type Given = NonNullable<Ask<'connect'>['credentials']>;

/** Null while something is left out. */
export const complete = (given: Given): Given | null =>
  'key' in given ? (given.key.trim() ? given : null) : given.user.trim() && given.password ? given : null;

export const NOTHING: Given = { user: '', password: '' };

export function CredentialFields({
  say,
  value,
  missing,
  onChange,
}: {
  say: Say;
  value: Given;
  /** The button was pressed with something left out. */
  missing: boolean;
  onChange: (next: Given) => void;
}): JSX.Element {
  const id = useId();
  const [byKey, setByKey] = useState('key' in value);
  const field = (
    name: string,
    label: string,
    type: 'text' | 'password',
    text: string,
    change: (to: string) => void,
  ): JSX.Element => (
    <div class="field">
      <label for={`${id}-${name}`}>{say(label)}</label>
      <input
        id={`${id}-${name}`}
        type={type as 'text'}
        autocomplete="off"
        spellcheck={false}
        value={text}
        data-empty={!text.trim()}
        aria-invalid={missing && !text.trim()}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
  const choose = (key: boolean): void => {
    setByKey(key);
    onChange(key ? { key: '' } : NOTHING);
  };
  return (
    <div class="credentials">
      <p class="soft">{say('optionsKeyHelp')}</p>
      <fieldset>
        <legend class="sr-only">{say('optionsStepKey')}</legend>
        {[false, true].map((key) => (
          <label key={String(key)} class="choice">
            <input type="radio" name={`${id}-way`} checked={byKey === key} onChange={() => choose(key)} />
            {say(key ? 'optionsWithKey' : 'optionsWithPassword')}
          </label>
        ))}
      </fieldset>
      {'key' in value ? (
        field('key', 'optionsKey', 'password', value.key, (key) => onChange({ key }))
      ) : (
        <>
          {field('user', 'optionsUserName', 'text', value.user, (user) => onChange({ ...value, user }))}
          {field('password', 'optionsPassword', 'password', value.password, (password) =>
            onChange({ ...value, password }),
          )}
        </>
      )}
    </div>
  );
}
