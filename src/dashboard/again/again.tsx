/** A saved log's line, open again: its text, what would leave now, and the way to save it. */
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { FormView, LogView, Preview, Sentence } from '../../contract.ts';
import type { Say } from '../../words.ts';
import { Dialog } from '../contact/dialog.tsx';
import type { Hands } from '../hands.ts';

const PREVIEW_AFTER = 250;

export function Again({
  hands: { say, ask, after },
  log,
  onSaved,
  onClose,
}: {
  hands: Hands;
  log: LogView;
  onSaved: (log: LogView) => void;
  onClose: () => void;
}): JSX.Element {
  const id = useId();
  const [form, setForm] = useState<FormView | null>(null);
  const [text, setText] = useState('');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [why, setWhy] = useState<Sentence | null>(null);
  const [busy, setBusy] = useState(false);
  const line = useRef<HTMLTextAreaElement>(null);
  const correcting = log.may?.open === 'correct';

  useEffect(() => {
    let wanted = true;
    ask('reopen', { activity: log.activity }).then(
      (answer) => {
        if (!wanted) return;
        if ('is' in answer) return setWhy(answer.why);
        setForm(answer);
        setText(answer.draft);
      },
      () => wanted && setWhy({ key: 'dashNoAnswer' }),
    );
    return () => {
      wanted = false;
    };
  }, [ask, log.activity]);
  useEffect(() => {
    if (form) line.current?.focus();
  }, [form]);
  useEffect(() => {
    if (!form) return;
    let wanted = true;
    const stop = after(PREVIEW_AFTER, () => {
      // The draft outlives this tab; a preview that fails changes nothing.
      ask('saveDraft', { formId: form.formId, text }).catch(() => undefined);
      ask('preview', { formId: form.formId, text }).then(
        (answer) => wanted && setPreview(answer),
        () => undefined,
      );
    });
    return () => {
      wanted = false;
      stop();
    };
  }, [form, text, ask, after]);

  const save = async (): Promise<void> => {
    if (!form || busy) return;
    setBusy(true);
    setWhy(null);
    try {
      const answer = await ask('commit', { formId: form.formId, text, armed: true });
      if (answer.is === 'saved' || answer.is === 'already_saved') return onSaved(answer.log);
      setWhy(answer.why);
    } catch {
      setWhy({ key: 'dashNoAnswer' });
    } finally {
      setBusy(false);
    }
  };
  const close = (): void => {
    ask('closeAgain', { activity: log.activity }).catch(() => undefined);
    onClose();
  };

  return (
    <Dialog say={say} title={say(correcting ? 'dashCorrectTitle' : 'dashEditTitle')} onClose={close}>
      <form
        class="again"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p id={`${id}-means`} class="soft">
          {say(correcting ? 'dashCorrectMeans' : 'dashEditMeans')}
        </p>
        <textarea
          ref={line}
          rows={4}
          value={text}
          disabled={!form}
          aria-label={say('logLine')}
          aria-describedby={`${id}-means ${id}-why`}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setWhy(null);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
          }}
        />
        {preview && <Leaving say={say} preview={preview} />}
        <p id={`${id}-why`} class="why" role="alert">
          {why ? say(why) : preview?.refusal ? say(preview.refusal) : ''}
        </p>
        <div class="actions">
          <button type="submit" class="button primary" disabled={!form || busy}>
            {say('logSave')}
          </button>
          <button type="button" class="button" onClick={close}>
            {say('dashCancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const Leaving = ({ say, preview }: { say: Say; preview: Preview }): JSX.Element => (
  <ul class="details" aria-live="polite">
    {[...preview.leaves, ...preview.withheld, ...preview.stays].map((sentence, index) => (
      <li key={index}>{say(sentence)}</li>
    ))}
  </ul>
);

/** Taking back what others may have read already: asked once, undone for ten seconds. */
export const TakeBack = ({
  say,
  log,
  crm,
  onTakeBack,
  onClose,
}: {
  say: Say;
  log: LogView;
  crm: string;
  onTakeBack: () => void;
  onClose: () => void;
}): JSX.Element => (
  <Dialog say={say} title={say('dashTakeBackTitle', log.title)} onClose={onClose}>
    <p>{say('dashTakeBackMeans', crm)}</p>
    <div class="actions">
      <button type="button" class="button primary" onClick={onTakeBack}>
        {say('dashTakeBackNow')}
      </button>
      <button type="button" class="button" onClick={onClose}>
        {say('dashCancel')}
      </button>
    </div>
  </Dialog>
);
