/** What works with a connected CRM, and which of its fields hold which part of a person's status. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ConnectionView, OwnAsk, Sentence, StatusPlace } from '../contract.ts';
import { type OwnAnswer, OwnField } from '../ui/own-field.tsx';
import { Sign } from '../ui/signs.tsx';
import { isolated, type Say } from '../words.ts';

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
  const [why, setWhy] = useState<Sentence | null>(null);
  const [saved, setSaved] = useState(false);
  const own = useId();
  const place = async (part: string, field: string | null): Promise<void> => {
    setSaved(false);
    try {
      const refused = await onPlace(part, field);
      setWhy(refused);
      setSaved(refused === null);
    } catch {
      setWhy({ key: 'optionsNoAnswer' });
    }
  };
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
              onChange={(event) => void place(part, event.currentTarget.value || null)}
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
      <p class="why" role="alert">
        {why && say(why)}
      </p>
    </details>
  );
}

/** What the organisation demands of its own for a record: set once here, or asked for in the line. */
export function Demands({
  say,
  id,
  crm,
  own,
  onAnswer,
}: {
  say: Say;
  id: string;
  crm: string;
  own: readonly OwnAsk[];
  /** Null when it was kept; else why not. */
  onAnswer: (field: string, value: OwnAnswer) => Promise<Sentence | null>;
}): JSX.Element {
  const ids = useId();
  const [why, setWhy] = useState<Sentence | null>(null);
  const answer = async (name: string, value: OwnAnswer): Promise<void> => {
    setWhy(await onAnswer(name, value).catch((): Sentence => ({ key: 'optionsNoAnswer' })));
  };
  return (
    <fieldset class="demands">
      <legend>{say('optionsDemands', crm)}</legend>
      <p class="soft">{say('optionsDemandsMean', crm)}</p>
      {own.map((field) =>
        field.holds === 'other' ? (
          <p key={field.name} class="bad">
            {say(field.lenient ? 'optionsDemandUnfilled' : 'optionsDemandStops', crm, isolated(field.label))}
          </p>
        ) : (
          <OwnField
            key={field.name}
            id={`${ids}-${id}-${field.name}`}
            field={field}
            say={say}
            onAnswer={(value) => void answer(field.name, value)}
          />
        ),
      )}
      <p class="why" role="alert">
        {why && say(why)}
      </p>
    </fieldset>
  );
}
