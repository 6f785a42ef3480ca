/** One question for what a CRM demands of its own: a choice, a yes or no, a number, a day, a few words. */
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from 'preact';
import { useId } from 'preact/hooks';
import type { OwnAsk, Sentence } from '../contract.ts';
import { isolated, type Say } from '../words.ts';
import { useSaving, Why } from './saving.tsx';

export type OwnAnswer = OwnAsk['value'];

const read = ({ holds, choices }: OwnAsk, text: string): OwnAnswer => {
  if (text.trim() === '') return null;
  if (holds === 'choice') return choices.find(({ value }) => String(value) === text)?.value ?? null;
  if (holds === 'flag') return text === 'yes';
  return holds === 'number' ? Number(text) : text;
};

const shown = (value: OwnAnswer): string => (typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value ?? ''));

/** All the questions of one CRM, and why an answer was not kept. */
export function OwnFields({
  fields,
  say,
  noAnswer,
  onAnswer,
}: {
  fields: readonly OwnAsk[];
  say: Say;
  noAnswer: string;
  /** Null when it was kept; else why not. */
  onAnswer: (field: string, value: OwnAnswer) => Promise<Sentence | null>;
}): JSX.Element {
  const ids = useId();
  const { why, save } = useSaving(noAnswer);
  return (
    <>
      {fields.map((field) => (
        <OwnField
          key={field.name}
          id={`${ids}-${field.name}`}
          field={field}
          say={say}
          onAnswer={(value) => void save(() => onAnswer(field.name, value))}
        />
      ))}
      <Why say={say} why={why} />
    </>
  );
}

function OwnField({
  id,
  field,
  say,
  onAnswer,
}: {
  id: string;
  field: OwnAsk;
  say: Say;
  onAnswer: (value: OwnAnswer) => void;
}): JSX.Element {
  const { holds, label, value } = field;
  const options =
    holds === 'choice'
      ? field.choices
      : holds === 'flag'
        ? [
            { value: 'yes', label: say('ownYes') },
            { value: 'no', label: say('ownNo') },
          ]
        : null;
  return (
    <div class="field own-field">
      <label for={id}>
        <bdi>{label}</bdi>
      </label>
      {options ? (
        <select id={id} value={shown(value)} onChange={(event) => onAnswer(read(field, event.currentTarget.value))}>
          <option value="">{say('ownNothing')}</option>
          {options.map((option) => (
            <option key={option.value} value={String(option.value)}>
              {isolated(option.label)}
            </option>
          ))}
        </select>
      ) : (
        <Typed id={id} holds={holds} value={shown(value)} onText={(text) => onAnswer(read(field, text))} />
      )}
    </div>
  );
}

function Typed({
  id,
  holds,
  value,
  onText,
}: {
  id: string;
  holds: OwnAsk['holds'];
  value: string;
  onText: (text: string) => void;
}): JSX.Element {
  const props = {
    id,
    autocomplete: 'off',
    value,
    onChange: (event: TargetedEvent<HTMLInputElement>) => onText(event.currentTarget.value),
    onKeyDown: (event: TargetedKeyboardEvent<HTMLInputElement>) => {
      if (event.key !== 'Enter') return;
      // It is this answer that is meant, not the log around it.
      event.preventDefault();
      event.currentTarget.blur();
    },
  };
  if (holds === 'number') return <input type="number" {...props} />;
  return holds === 'day' ? <input type="date" {...props} /> : <input type="text" {...props} />;
}
