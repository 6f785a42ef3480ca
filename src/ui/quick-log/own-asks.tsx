/** One more chip for each thing that the CRM demands and nobody has said yet: said once, it goes along from then on. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FormView, OwnAsk, Sentence } from '../../contract.ts';
import type { LineDraft } from '../../domain/quick-log/draft.ts';
import type { Say } from '../../words.ts';
import { type OwnAnswer, OwnFields } from '../own-field.tsx';

/** Those that this line's record, or one of its next steps, will be asked for. */
export const asksFor = (asks: readonly OwnAsk[], draft: LineDraft | null): readonly OwnAsk[] =>
  draft === null
    ? []
    : asks.filter(({ of }) => of.includes(draft.kind) || (draft.nextSteps.length > 0 && of.includes('task')));

export function OwnAsks({
  form,
  draft,
  say,
  onAnswer,
}: {
  form: FormView;
  draft: LineDraft | null;
  say: Say;
  /** Null when it was kept; else why not. */
  onAnswer: (field: string, value: OwnAnswer) => Promise<Sentence | null>;
}): JSX.Element | null {
  const [said, setSaid] = useState<Readonly<Record<string, OwnAnswer>>>({});
  const asks = asksFor(form.asks, draft);
  if (asks.length === 0) return null;
  return (
    <fieldset class="own-asks">
      <legend>{say('logAsks', form.crm?.name ?? '')}</legend>
      <OwnFields
        fields={asks.map((field) => (field.name in said ? { ...field, value: said[field.name] ?? null } : field))}
        say={say}
        noAnswer="logNoAnswer"
        onAnswer={(name, value) => {
          setSaid((before) => ({ ...before, [name]: value }));
          return onAnswer(name, value);
        }}
      />
    </fieldset>
  );
}
