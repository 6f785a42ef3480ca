/** Both roles for somebody who works alone: a switch that says what it means. */
import type { JSX } from 'preact';
import type { Sentence, SettingsView } from '../contract.ts';
import { useSaving, Why } from '../ui/saving.tsx';
import type { Say } from '../words.ts';
import { NO_ANSWER } from './form-footer.tsx';

export const WorksAlone = ({
  say,
  settings,
  onSave,
}: {
  say: Say;
  settings: SettingsView;
  onSave: (next: SettingsView) => Promise<Sentence | null>;
}): JSX.Element => {
  const saving = useSaving(NO_ANSWER);
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          checked={settings.worksAlone}
          aria-describedby="alone-means"
          onChange={(event) => {
            const worksAlone = event.currentTarget.checked;
            void saving.save(() => onSave({ ...settings, worksAlone }));
          }}
        />
        <strong>{say('optionsAlone')}</strong>
      </label>
      <p id="alone-means" class="soft">
        {say('optionsAloneMeans')}
      </p>
      <Why say={say} why={saving.why} />
    </>
  );
};
