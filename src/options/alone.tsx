/** Both roles for somebody who works alone: a switch that says what it means. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Sentence, SettingsView } from '../contract.ts';
import type { Say } from '../words.ts';

export const WorksAlone = ({
  say,
  settings,
  onSave,
}: {
  say: Say;
  settings: SettingsView;
  onSave: (next: SettingsView) => Promise<Sentence | null>;
}): JSX.Element => {
  const [said, setSaid] = useState<Sentence | null>(null);
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          checked={settings.worksAlone}
          aria-describedby="alone-means"
          onChange={async (event) => {
            const worksAlone = event.currentTarget.checked;
            try {
              setSaid(await onSave({ ...settings, worksAlone }));
            } catch {
              setSaid({ key: 'optionsNoAnswer' });
            }
          }}
        />
        <strong>{say('optionsAlone')}</strong>
      </label>
      <p id="alone-means" class="soft">
        {say('optionsAloneMeans')}
      </p>
      <p class="why" role="alert">
        {said && say(said)}
      </p>
    </>
  );
};
