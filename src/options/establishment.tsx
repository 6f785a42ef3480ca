/** Where the company is established, on which days its deadlines do not end, and where its notice can be read. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Sentence, SettingsView } from '../contract.ts';
import { useSaving } from '../ui/saving.tsx';
import type { Say } from '../words.ts';
import { FormFooter, NO_ANSWER } from './form-footer.tsx';

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/** Days as they are typed: one in a line, or with spaces or commas between. */
export const holidaysIn = (text: string): { readonly days: readonly string[]; readonly odd: readonly string[] } => {
  const words = text.split(/[\s,;]+/u).filter(Boolean);
  const isDay = (word: string): boolean => DAY.test(word) && !Number.isNaN(Date.parse(word));
  return { days: words.filter(isDay), odd: words.filter((word) => !isDay(word)) };
};

export const Establishment = ({
  say,
  settings,
  onSave,
}: {
  say: Say;
  settings: SettingsView;
  onSave: (next: SettingsView) => Promise<Sentence | null>;
}): JSX.Element => {
  const id = useId();
  const [country, setCountry] = useState(settings.controller.country ?? '');
  const [noticePage, setNoticePage] = useState(settings.controller.noticePage ?? '');
  const [holidays, setHolidays] = useState((settings.controller.holidays ?? []).join('\n'));
  const saving = useSaving(NO_ANSWER);
  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        const { days, odd } = holidaysIn(holidays);
        if (odd.length > 0) return saving.refuse({ key: 'optionsHolidayOdd', args: [odd.join(', ')] });
        const { country: _, holidays: __, noticePage: ___, ...controller } = settings.controller;
        const more = {
          ...(country.trim() === '' ? {} : { country: country.trim() }),
          ...(days.length === 0 ? {} : { holidays: days }),
          ...(noticePage.trim() === '' ? {} : { noticePage: noticePage.trim() }),
        };
        await saving.save(() => onSave({ ...settings, controller: { ...controller, ...more }, zoneAssumed: false }));
      }}
    >
      <div class="field">
        <label for={`${id}-country`}>{say('optionsCountry')}</label>
        <input
          id={`${id}-country`}
          type="text"
          autocomplete="country-name"
          value={country}
          aria-describedby={`${id}-country-help`}
          onInput={(event) => setCountry(event.currentTarget.value)}
        />
        <p id={`${id}-country-help`} class="hint">
          {say('optionsCountryHelp')}
        </p>
      </div>
      <div class="field">
        <label for={`${id}-holidays`}>{say('optionsHolidays')}</label>
        <textarea
          id={`${id}-holidays`}
          rows={3}
          value={holidays}
          aria-describedby={`${id}-holidays-help`}
          onInput={(event) => setHolidays(event.currentTarget.value)}
        />
        <p id={`${id}-holidays-help`} class="hint">
          {say('optionsHolidaysHelp')}
        </p>
      </div>
      <div class="field">
        <label for={`${id}-page`}>{say('optionsNoticePage')}</label>
        <input
          id={`${id}-page`}
          type="text"
          inputmode="url"
          value={noticePage}
          aria-describedby={`${id}-page-help`}
          onInput={(event) => setNoticePage(event.currentTarget.value)}
        />
        <p id={`${id}-page-help`} class="hint">
          {say('optionsNoticePageHelp')}
        </p>
      </div>
      <FormFooter say={say} saving={saving} />
    </form>
  );
};
