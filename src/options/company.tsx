/** The company that answers for the data: every notice names it. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { SettingsView } from '../contract.ts';
import type { Say } from '../words.ts';

export type Controller = SettingsView['controller'];

export function Company({
  say,
  value,
  zones,
  zoneAssumed,
  missing,
  onChange,
}: {
  say: Say;
  value: Controller;
  zones: readonly string[];
  zoneAssumed: boolean;
  /** The button was pressed with something left out. */
  missing: boolean;
  onChange: (next: Controller) => void;
}): JSX.Element {
  const id = useId();
  const offered = zones.includes(value.zone) || !value.zone ? zones : [value.zone, ...zones];
  return (
    <div class="company">
      <p class="soft">{say('optionsCompanyHelp')}</p>
      <div class="field">
        <label for={`${id}-name`}>{say('optionsCompanyName')}</label>
        <input
          id={`${id}-name`}
          type="text"
          autocomplete="organization"
          value={value.name}
          data-empty={!value.name.trim()}
          aria-invalid={missing && !value.name.trim()}
          onInput={(event) => onChange({ ...value, name: event.currentTarget.value })}
        />
      </div>
      <div class="field">
        <label for={`${id}-contact`}>{say('optionsPrivacyContact')}</label>
        <input
          id={`${id}-contact`}
          type="text"
          autocomplete="off"
          value={value.privacyContact}
          data-empty={!value.privacyContact.trim()}
          aria-invalid={missing && !value.privacyContact.trim()}
          aria-describedby={`${id}-contact-help`}
          onInput={(event) => onChange({ ...value, privacyContact: event.currentTarget.value })}
        />
        <p id={`${id}-contact-help`} class="hint">
          {say('optionsPrivacyContactHelp')}
        </p>
      </div>
      <div class="field">
        <label for={`${id}-zone`}>{say('optionsZone')}</label>
        <select
          id={`${id}-zone`}
          value={value.zone}
          aria-describedby={`${id}-zone-help`}
          onChange={(event) => onChange({ ...value, zone: event.currentTarget.value })}
        >
          {offered.map((zone) => (
            <option key={zone} value={zone} data-name>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        <p id={`${id}-zone-help`} class="hint">
          {say(zoneAssumed ? 'optionsZoneAssumed' : 'optionsZoneHelp')}
        </p>
      </div>
    </div>
  );
}
