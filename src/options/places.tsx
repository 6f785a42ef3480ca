/** What works with a connected CRM, and which of its fields hold which part of a person's status. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { ConnectionView, OwnAsk, Sentence, StatusPlace } from '../contract.ts';
import { type OwnAnswer, OwnFields } from '../ui/own-field.tsx';
import { useSaving, Why } from '../ui/saving.tsx';
import { Sign } from '../ui/signs.tsx';
import { isolated, type Say } from '../words.ts';
import { NO_ANSWER } from './form-footer.tsx';

/** The test, line by line: what works, and what does not without anybody's doing. */
export function Works({ say, connection }: { say: Say; connection: ConnectionView }): JSX.Element {
  const { places, attendeeLinks } = connection;
  const placed = places?.filter(({ field }) => field !== null).length ?? 0;
  const lines: readonly (readonly [works: boolean, sentence: string])[] = [
    [true, say('optionsWorksSignIn')],
    [true, say('optionsWorksLogs')],
    [attendeeLinks, say(attendeeLinks ? 'optionsWorksAttendees' : 'optionsOneAttendee')],
    ...(places
      ? ([[placed === places.length, say('optionsWorksStatus', String(placed), String(places.length))]] as const)
      : []),
  ];
  return (
    <ul class="works" aria-label={say('optionsWorks')}>
      {lines.map(([works, sentence]) => (
        <li key={sentence}>
          <Sign name={works ? 'told' : 'notTold'} />
          {sentence}
        </li>
      ))}
    </ul>
  );
}

export function Places({
  say,
  id,
  places,
  crm,
  onPlace,
}: {
  say: Say;
  id: string;
  places: readonly StatusPlace[];
  crm: string;
  /** Null when it was kept; else why not. */
  onPlace: (part: string, field: string | null) => Promise<Sentence | null>;
}): JSX.Element {
  const { saved, save, why } = useSaving(NO_ANSWER);
  const own = useId();
  return (
    <details class="places">
      <summary>{say('optionsPlaces')}</summary>
      <p class="soft">{say('optionsPlacesMean', crm)}</p>
      <ul>
        {places.map(({ part, what, field, choices }) => (
          <li key={part} class="field">
            <label for={`${own}-${id}-${part}`}>{say(what)}</label>
            <select
              id={`${own}-${id}-${part}`}
              value={field ?? ''}
              onChange={(event) => void save(() => onPlace(part, event.currentTarget.value || null))}
            >
              <option value="">{say('optionsPlaceNowhere')}</option>
              {choices.map((choice) => (
                <option key={choice.name} value={choice.name}>
                  {choice.label === choice.name ? choice.name : `${isolated(choice.label)} (${choice.name})`}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      <p class="soft" role="status">
        {saved ? say('optionsSaved') : ''}
      </p>
      <Why say={say} why={why} />
    </details>
  );
}

/** Of a kind that nobody can say in a form of ours. */
const isUnfillable = ({ holds }: OwnAsk): boolean => holds === 'other';

/** What the organisation demands of its own for a record: set once here, or asked for in the line. */
export function Demands({
  say,
  crm,
  own,
  onAnswer,
}: {
  say: Say;
  crm: string;
  own: readonly OwnAsk[];
  /** Null when it was kept; else why not. */
  onAnswer: (field: string, value: OwnAnswer) => Promise<Sentence | null>;
}): JSX.Element {
  return (
    <fieldset class="demands">
      <legend>{say('optionsDemands', crm)}</legend>
      <p class="soft">{say('optionsDemandsMean', crm)}</p>
      {own.filter(isUnfillable).map((field) => (
        <p key={field.name} class="bad">
          {say(field.lenient ? 'optionsDemandUnfilled' : 'optionsDemandStops', crm, isolated(field.label))}
        </p>
      ))}
      <OwnFields
        fields={own.filter((field) => !isUnfillable(field))}
        say={say}
        noAnswer={NO_ANSWER}
        onAnswer={onAnswer}
      />
    </fieldset>
  );
}
