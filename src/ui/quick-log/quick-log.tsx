/** The form that panel and popup share: one line, what was understood, what would leave; then where the log is. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Committed, FormView, LogView, Sentence } from '../../contract.ts';
import { parse } from '../../domain/quick-log/parse.ts';
import { dates as datesIn } from '../dates.ts';
import { Sign } from '../signs.tsx';
import type { Say } from '../words.ts';
import { AfterSaving } from './after-saving.tsx';
import type { Hear, QuickLogAsk, Surface } from './asking.ts';
import { AccountLine, BeforeSaving } from './before-saving.tsx';
import { ChipRow } from './chip-row.tsx';
import { type Chip, chipsOf, type PreviewOf } from './chips.ts';
import { useDrafting } from './drafting.ts';
import { Line } from './line.tsx';
import { usePreview } from './previewing.ts';

const ANNOUNCE_AFTER = 600;
const nothing = (): void => undefined;

export interface QuickLogProps {
  /** Null until the background answered: the line is there and keeps every key meanwhile. */
  form: FormView | null;
  /** Words to begin with, after one was taken back. */
  begin?: string;
  ask: QuickLogAsk;
  say: Say;
  language: string;
  surface: Surface;
  /** Whether Enter may save at this moment (see panel/arming.ts). */
  armed: () => boolean;
  /** Whether the button says so: false in a frame that lost its arming. */
  canSaveHere?: boolean;
  onChanged: Hear;
  onClose: () => void;
  /** A new form, with these words in it. */
  onAnother: (text: string) => void;
  /** The words changed by the person's hand. */
  onTyped?: (text: string) => void;
  /** Called right before the form moves the focus itself. */
  beforeFocus?: () => void;
  /** The command was pressed again: back to the line, or to the next log. */
  onShow?: Hear;
}

interface Saved {
  readonly log: LogView;
  readonly boundElsewhere: Sentence | null;
}

/** A restored draft and what was typed before it arrived: both are kept. */
const joined = (draft: string, typed: string): string => [draft, typed].filter((words) => words.trim()).join(' ');

export const QuickLog = (props: QuickLogProps): JSX.Element => {
  const { form, ask, say, surface, armed, onChanged, onClose, onAnother, beforeFocus = nothing } = props;
  const ids = useId();
  const line = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(props.begin ?? '');
  /** The form that goes on after one was saved before with other words. */
  const [nextForm, setNextForm] = useState<string | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<Sentence | null>(null);
  const [told, setTold] = useState<Sentence | null>(null);
  const [poke, setPoke] = useState(0);
  const busy = useRef(false);
  /** Enter was pressed before the form was there. */
  const wanted = useRef(false);
  const formId = saved ? null : (nextForm ?? form?.formId ?? null);

  const drafting = useDrafting(formId, text, form?.draft ?? '', ask, setRefused);
  const asked = usePreview(formId, text, ask, poke);
  const findPeople = useFinder(ask, formId);
  const draft = useMemo(
    () =>
      form && text.trim() !== ''
        ? parse(text, { now: form.now, zone: form.zone, names: form.people.map(({ name }) => name) })
        : null,
    [form, text],
  );
  const dates = useMemo(() => (form ? datesIn(form.zone, props.language, form.now) : null), [form, props.language]);
  const chips = form && draft ? chipsOf(draft, text, form, asked) : [];
  const mayCommit = surface === 'popup' || form === null || (form.mayCommit && (props.canSaveHere ?? true));

  const toLine = useCallback((): void => {
    beforeFocus();
    line.current?.focus();
  }, [beforeFocus]);
  useLayoutEffect(toLine, [toLine]);
  const isSaved = saved !== null;
  // `onAnother` is new with every render and always does the same.
  useEffect(() => props.onShow?.(() => (isSaved ? onAnother('') : toLine())), [props.onShow, isSaved, toLine]);

  const commit = async (id: string, words: string): Promise<void> => {
    let answer: Committed;
    try {
      answer = await ask('commit', { formId: id, text: words, armed: true });
    } catch {
      setRefused({ key: 'logNoAnswer' });
      return;
    }
    switch (answer.is) {
      case 'saved':
        setSaved({ log: answer.log, boundElsewhere: answer.boundElsewhere });
        return;
      case 'already_saved':
        if (answer.nextFormId === null) {
          setSaved({ log: answer.log, boundElsewhere: null });
        } else {
          setNextForm(answer.nextFormId);
          setRefused({ key: 'logSavedBefore' });
        }
        return;
      case 'refused':
        setRefused(answer.why);
        return;
      case 'not_here':
        setTold(answer.why);
        await ask('continueInPopup').catch(() => setRefused({ key: 'logOpenPopup' }));
    }
  };

  /** This frame may not save: the words go along to a window of the browser's own. */
  const goOn = async (): Promise<void> => {
    await drafting.flush();
    setTold({ key: 'logContinues' });
    await ask('continueInPopup').catch(() => setRefused({ key: 'logOpenPopup' }));
  };

  const save = async (): Promise<void> => {
    if (busy.current || saved) return;
    setRefused(null);
    setTold(null);
    if (text.trim() === '' && !form?.privateKept) {
      setTold({ key: 'logEmpty' });
      return;
    }
    const allowed = surface === 'popup' || ((form?.mayCommit ?? true) && armed());
    if (formId === null && allowed) {
      wanted.current = true;
      setTold({ key: 'logOpening' });
      return;
    }
    busy.current = true;
    setSaving(true);
    if (formId !== null && allowed) {
      drafting.pause(true);
      await commit(formId, text);
      drafting.pause(false);
    } else await goOn();
    busy.current = false;
    setSaving(false);
  };

  // The form arrives, after the first keys perhaps. Nothing typed is lost; nothing unseen is saved.
  const arrived = form?.formId;
  // Once per form.
  useEffect(() => {
    if (!form) return;
    setNextForm(null);
    if (form.draft !== '' && form.draft !== text) setText(joined(form.draft, text));
    if (!wanted.current) return;
    if (form.draft !== '') {
      wanted.current = false;
      setTold({ key: 'logDraftFound' });
    }
  }, [arrived]);
  // Once, when an early Enter can be kept.
  useEffect(() => {
    if (!wanted.current || formId === null) return;
    wanted.current = false;
    void save();
  }, [formId]);

  const activity = saved?.log.activity;
  useEffect(() => {
    if (activity === undefined) return;
    let current = true;
    const stop = onChanged(() => {
      ask('progress', { activity }).then(
        (log) => current && log && setSaved((before) => (before ? { ...before, log } : before)),
        () => undefined, // The next announcement asks again.
      );
    });
    return () => {
      current = false;
      stop();
    };
  }, [activity, ask, onChanged]);

  const undo = async (): Promise<void> => {
    if (!saved || busy.current) return;
    busy.current = true;
    try {
      const done = await ask('undo', { activity: saved.log.activity });
      if (done.is === 'done') onAnother(text);
      else setRefused(done.why);
    } catch {
      setRefused({ key: 'logUndoNoAnswer' });
    }
    busy.current = false;
  };

  const close = (): void => {
    void drafting.flush().then(onClose, onClose);
  };

  const select = (chip: Chip): void => {
    const area = line.current;
    if (!area) return;
    toLine();
    const at = chip.span ?? { start: text.length, end: text.length };
    if (chip.is === 'kind' && !chip.span) area.setSelectionRange(0, 0);
    else area.setSelectionRange(at.start, at.end);
  };

  if (saved) {
    return (
      <AfterSaving
        log={saved.log}
        boundElsewhere={saved.boundElsewhere}
        crm={form?.crm?.name ?? null}
        problem={refused}
        say={say}
        onUndo={undo}
        onAnother={() => onAnother('')}
        onRetry={surface === 'popup' ? () => void ask('retry', { activity: saved.log.activity }).catch(nothing) : null}
        onClose={onClose}
        beforeFocus={beforeFocus}
      />
    );
  }

  const preview = asked?.preview ?? null;
  return (
    <form
      class="log-form"
      aria-busy={saving}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Line
        text={text}
        say={say}
        line={line}
        people={form?.people ?? []}
        findPeople={findPeople}
        invalid={refused !== null}
        describedBy={`${ids}-keys`}
        onText={(words) => {
          setText(words);
          setRefused(null);
          setTold(null);
          props.onTyped?.(words);
        }}
        onSave={() => void save()}
        onClose={close}
        onBlur={() => void drafting.flush()}
        onDown={() => line.current?.form?.querySelector<HTMLButtonElement>('button.chip[tabindex="0"]')?.focus()}
      />
      {refused && (
        <p class="alert" role="alert">
          <Sign name="needsYou" />
          <span>{say(refused)}</span>
        </p>
      )}
      <div role="status">
        {told && (
          <p class="note">
            <Sign name="open" />
            <span>{say(told)}</span>
          </p>
        )}
      </div>
      {dates && chips.length > 0 && (
        <ChipRow
          chips={chips}
          say={say}
          dates={dates}
          onSelect={select}
          onChoose={(chip, person) => {
            toLine();
            if (formId === null) return;
            ask('choosePerson', { formId, mention: chip.words, person: person.id }).then(
              (done) => (done.is === 'done' ? setPoke((count) => count + 1) : setRefused(done.why)),
              () => setRefused({ key: 'logNoAnswer' }),
            );
          }}
        />
      )}
      {form && draft && preview ? (
        <BeforeSaving
          preview={preview}
          account={form.account}
          say={say}
          onTell={
            surface === 'popup'
              ? (person) =>
                  void drafting
                    .flush()
                    .then(() => ask('openDashboard', { view: 'contacts', contact: person.id }))
                    .catch(() => setRefused({ key: 'logNoAnswer' }))
              : null
          }
        />
      ) : (
        form && !draft && <Idle form={form} say={say} />
      )}
      <Announcer asked={asked} say={say} />
      {preview?.refusal && !refused && (
        <p class="note">
          <Sign name="needsYou" />
          <span>{say(preview.refusal)}</span>
        </p>
      )}
      <div class="row spread log-foot">
        <p class="soft log-keys" id={`${ids}-keys`}>
          {say('logKeys')}
        </p>
        <button type="submit" class="button primary" aria-disabled={saving}>
          {say(saving ? 'logSaving' : mayCommit ? 'logSave' : 'logContinue')}
        </button>
      </div>
    </form>
  );
};

const useFinder = (ask: QuickLogAsk, formId: string | null) =>
  useCallback(
    (words: string) => (formId === null ? Promise.resolve([]) : ask('findPeople', { formId, words })),
    [ask, formId],
  );

/** Nothing typed yet: the one sentence about the person of the page, and a kept private part if there is one. */
const Idle = ({ form, say }: { form: FormView; say: Say }): JSX.Element => (
  <div class="log-before">
    {form.privateKept && (
      <p>
        <span class="chip private hatch" title={say('chipPrivateKeptLabel')}>
          <Sign name="private" />
          <span class="chip-words">{say('chipPrivateKept')}</span>
        </span>
      </p>
    )}
    {form.pageContact ? (
      <BeforeSaving
        preview={{
          people: [{ person: form.pageContact, span: null, isNew: false, alternatives: [], leaves: 'now' }],
          leaves: [],
          withheld: [],
          stays: [],
          refusal: null,
        }}
        account={form.account}
        say={say}
        onTell={null}
      />
    ) : (
      form.account && <AccountLine account={form.account} say={say} />
    )}
  </div>
);

/** Says what was understood to those who listen: after a pause, not on each key. */
const Announcer = ({ asked, say }: { asked: PreviewOf | null; say: Say }): JSX.Element => {
  const [words, setWords] = useState('');
  useEffect(() => {
    const wait = setTimeout(() => {
      const { people = [], withheld = [], refusal = null } = asked?.preview ?? {};
      const lines = [...people.map(({ person }) => person.status.sentence), ...withheld, ...(refusal ? [refusal] : [])];
      setWords(lines.map((sentence) => say(sentence)).join(' '));
    }, ANNOUNCE_AFTER);
    return () => clearTimeout(wait);
  }, [asked, say]);
  return (
    <div class="sr-only" role="status" data-announces="line">
      {words}
    </div>
  );
};
