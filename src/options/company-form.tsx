/** The company once a CRM is connected: saved by its own button. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Sentence, SettingsView } from '../contract.ts';
import type { Say } from '../words.ts';
import { Company, type Controller } from './company.tsx';

export const CompanyForm = ({
  say,
  settings,
  zones,
  onSave,
}: {
  say: Say;
  settings: SettingsView;
  zones: readonly string[];
  onSave: (next: SettingsView) => Promise<Sentence | null>;
}): JSX.Element => {
  const [controller, setController] = useState<Controller>(settings.controller);
  const [missing, setMissing] = useState(false);
  const [said, setSaid] = useState<Sentence | null>(null);
  const [saved, setSaved] = useState(false);
  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        setSaved(false);
        if (!controller.name.trim() || !controller.privacyContact.trim()) {
          setMissing(true);
          setSaid({ key: 'optionsFillIn' });
          return;
        }
        try {
          const refused = await onSave({ ...settings, controller, zoneAssumed: false });
          setMissing(false);
          setSaid(refused);
          setSaved(refused === null);
        } catch {
          setSaid({ key: 'optionsNoAnswer' });
        }
      }}
    >
      <Company
        say={say}
        value={controller}
        zones={zones}
        zoneAssumed={settings.zoneAssumed}
        missing={missing}
        onChange={(next) => {
          setController(next);
          setSaved(false);
        }}
      />
      <div class="actions">
        <button type="submit" class="button">
          {say('optionsSave')}
        </button>
        <span class="soft" role="status">
          {saved ? say('optionsSaved') : ''}
        </span>
      </div>
      <p class="why" role="alert">
        {said && say(said)}
      </p>
    </form>
  );
};
