/** The company once a CRM is connected: saved by its own button. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Sentence, SettingsView } from '../contract.ts';
import { useSaving } from '../ui/saving.tsx';
import type { Say } from '../words.ts';
import { Company, type Controller } from './company.tsx';
import { FormFooter, NO_ANSWER } from './form-footer.tsx';

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
  const saving = useSaving(NO_ANSWER);
  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        const left = !controller.name.trim() || !controller.privacyContact.trim();
        setMissing(left);
        if (left) return saving.refuse({ key: 'optionsFillIn' });
        await saving.save(() => onSave({ ...settings, controller, zoneAssumed: false }));
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
          saving.edited();
        }}
      />
      <FormFooter say={say} saving={saving} />
    </form>
  );
};
