/** A dialog for one act: its fields, its button, and why it was refused, or what became of it. */
import type { JSX, TargetedEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Sentence } from '../../contract.ts';
import { Why } from '../../ui/saving.tsx';
import type { Say } from '../../words.ts';
import { Dialog } from '../contact/dialog.tsx';
import { type Field, ticked, type Values } from './fields.ts';
import { beginning, KINDS, type Kind, missingIn, type Wanted } from './kinds.ts';

/** What came of it: refused, done, or done with more to read. */
export type Became = { readonly why: Sentence } | { readonly lines: readonly Sentence[] } | null;

export function ActForm({
  say,
  name,
  wanted,
  selfConfirmed,
  onAct,
  onFile,
  onClose,
}: {
  say: Say;
  name: string;
  wanted: Wanted;
  /** The officer's role was given to themselves: the act will say so. */
  selfConfirmed: boolean;
  onAct: (wanted: Wanted, said: Values) => Promise<Became>;
  onFile: (file: File) => Promise<string>;
  onClose: () => void;
}): JSX.Element {
  const kind: Kind = KINDS[wanted.kind];
  const [said, setSaid] = useState<Values>(() => beginning(kind));
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [became, setBecame] = useState<Became>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (missing.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [became]);
  const set = (field: string, value: string): void => {
    setSaid((before) => ({ ...before, [field]: value }));
    setMissing((before) => before.filter((one) => one !== field));
  };
  const lines = became && 'lines' in became ? became.lines : null;
  return (
    <Dialog say={say} title={say(kind.title, name)} onClose={onClose}>
      {lines ? (
        <>
          <ul class="places">
            {lines.map((line) => (
              <li key={line.key}>{say(line)}</li>
            ))}
          </ul>
          <div class="actions">
            <button type="button" class="button primary" onClick={onClose}>
              {say('dashClose')}
            </button>
          </div>
        </>
      ) : (
        <form
          ref={form}
          class="act"
          noValidate
          aria-busy={busy}
          onSubmit={async (event) => {
            event.preventDefault();
            if (busy) return;
            const left = missingIn(kind, said);
            setMissing(left);
            if (left.length > 0) return setBecame({ why: { key: 'lawFillIn' } });
            setBusy(true);
            setBecame(await onAct(wanted, said));
            setBusy(false);
          }}
        >
          <p>{say(kind.means, name)}</p>
          {kind.fields.map((field) => (
            <FieldRow
              key={field.name}
              say={say}
              field={field}
              value={said[field.name] ?? ''}
              missing={missing.includes(field.name)}
              onSay={(value) => set(field.name, value)}
              onFile={async (file) => {
                try {
                  set(field.name, JSON.stringify({ name: file.name, text: await onFile(file) }));
                } catch {
                  setBecame({ why: { key: 'lawFileUnread' } });
                }
              }}
            />
          ))}
          {selfConfirmed && kind.officer && <p class="soft">{say('lawSelfConfirmed')}</p>}
          <div class="actions">
            <button type="submit" class="button primary">
              {say(kind.button)}
            </button>
            <button type="button" class="button" onClick={onClose}>
              {say('dashCancel')}
            </button>
          </div>
          <Why say={say} why={became && 'why' in became ? became.why : null} />
        </form>
      )}
    </Dialog>
  );
}

const FieldRow = ({
  say,
  field,
  value,
  missing,
  onSay,
  onFile,
}: {
  say: Say;
  field: Field;
  value: string;
  missing: boolean;
  onSay: (value: string) => void;
  onFile: (file: File) => void;
}): JSX.Element => {
  const id = useId();
  const typed = {
    id,
    value,
    'aria-invalid': missing,
    onInput: (event: TargetedEvent<HTMLInputElement>) => onSay(event.currentTarget.value),
  };
  if (field.is === 'tick')
    return (
      <label class="ticks">
        <input
          type="checkbox"
          checked={value === 'yes'}
          onChange={(event) => onSay(event.currentTarget.checked ? 'yes' : '')}
        />
        <span>{say(field.label)}</span>
      </label>
    );
  if (field.is === 'several') return <Several say={say} field={field} value={value} missing={missing} onSay={onSay} />;
  return (
    <div class={`field ${field.is === 'day' || field.is === 'choice' ? 'half' : ''}`}>
      <label for={id}>{say(field.label)}</label>
      {field.is === 'choice' ? (
        <select id={id} value={value} onChange={(event) => onSay(event.currentTarget.value)}>
          {field.of?.map((one) => (
            <option key={one} value={one}>
              {say(`${field.prefix}${one}`)}
            </option>
          ))}
        </select>
      ) : field.is === 'long' ? (
        <textarea
          id={id}
          rows={4}
          value={value}
          aria-invalid={missing}
          onInput={(event) => onSay(event.currentTarget.value)}
        />
      ) : field.is === 'file' ? (
        <input
          id={id}
          type="file"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) onFile(file);
          }}
        />
      ) : field.is === 'day' ? (
        <input type="date" {...typed} />
      ) : (
        <input type="text" {...typed} />
      )}
    </div>
  );
};

const Several = ({
  say,
  field,
  value,
  missing,
  onSay,
}: {
  say: Say;
  field: Field;
  value: string;
  missing: boolean;
  onSay: (value: string) => void;
}): JSX.Element => (
  <fieldset class="several">
    <legend>{say(field.label)}</legend>
    {field.of?.map((one) => (
      <label key={one} class="ticks">
        <input
          type="checkbox"
          checked={ticked(value).includes(one)}
          aria-invalid={missing}
          onChange={(event) => {
            const others = ticked(value).filter((each) => each !== one);
            onSay([...others, ...(event.currentTarget.checked ? [one] : [])].join(' '));
          }}
        />
        <span>{say(`${field.prefix}${one}`)}</span>
      </label>
    ))}
  </fieldset>
);
