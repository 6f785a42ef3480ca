/** The form that panel and popup share: one line, what was understood, what would leave; then where the log is. */
import type { JSX, RefObject } from 'preact';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FormView, Person, Sentence } from '../../contract.ts';
import { dates as datesIn } from '../../dates.ts';
import type { LineContext } from '../../domain/quick-log/draft.ts';
import { parse } from '../../domain/quick-log/parse.ts';
import type { Say } from '../../words.ts';
import { Sign } from '../signs.tsx';
import { AfterSaving } from './after-saving.tsx';
import { Announcer } from './announcer.tsx';
import type { Hear, QuickLogAsk, Surface } from './asking.ts';
import { BeforeSaving, BeforeTyping } from './before-saving.tsx';
import { edited } from './chip-edits.ts';
import { ChipRow } from './chip-row.tsx';
import { type Chip, chipsOf } from './chips.ts';
import { useEffort } from './effort.ts';
import { useFilling } from './filling.ts';
import { Hint, isHintKey, useHint } from './hint.tsx';
import { Line } from './line.tsx';
import { OwnAsks } from './own-asks.tsx';
import { usePreview } from './previewing.ts';
import { useSaving } from './saving.ts';
import { isTooLong } from './too-long.ts';

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
  /** Where the form leaves the way to keep its words, which answers those it could not keep; null once it is saved. */
  leaving?: RefObject<(() => Promise<string>) | null>;
  /** The words changed by the person's hand. */
  onTyped?: (text: string) => void;
  /** Called right before the form moves the focus itself. */
  beforeFocus?: () => void;
  /** The command was pressed again: back to the line, or to the next log. */
  onShow?: Hear;
}

export const QuickLog = (props: QuickLogProps): JSX.Element => {
  const { form, ask, say, surface, armed, onChanged, onClose, onAnother, beforeFocus = nothing } = props;
  const ids = useId();
  const line = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(props.begin ?? '');
  const caretNext = useRef<number | null>(null);
  const [poke, setPoke] = useState(0);
  const meter = useEffort();
  const saving = useSaving({ form, text, setText, ask, surface, armed, effort: meter.read, onChanged, onAnother });
  const { formId, saved, drafting, refused, told, refuse, tell, save } = saving;

  const typed = (words: string): void => {
    setText(words);
    refuse(null);
    tell(null);
    props.onTyped?.(words);
  };
  const filling = useFilling({ form, formId, text, ask, onText: typed, tell });

  const asked = usePreview(formId, text, ask, poke);
  const findPeople = useFinder(ask, formId);
  const context = useMemo<LineContext | null>(
    () =>
      form && {
        now: form.now,
        zone: form.zone,
        names: form.people.map(({ name }) => name),
        language: props.language,
      },
    [form, props.language],
  );
  const readable = isTooLong(text) ? '' : text;
  const draft = useMemo(
    () => (context && readable.trim() !== '' ? parse(readable, context) : null),
    [context, readable],
  );
  const hint = useHint(readable, context, form?.privateKept ?? false);
  const move = (): void => {
    if (!hint?.moved) return;
    const { text: words, caret } = hint.moved;
    caretNext.current = caret;
    typed(words);
    toLine();
  };
  // With the new words, before another key can come: what is typed next is not private.
  useLayoutEffect(() => {
    if (caretNext.current !== null) line.current?.setSelectionRange(caretNext.current, caretNext.current);
    caretNext.current = null;
  }, [text]);
  const dates = useMemo(() => (form ? datesIn(form.zone, props.language, form.now) : null), [form, props.language]);
  const chips = form && draft ? chipsOf(draft, text, form, asked) : [];
  const mayCommit = surface === 'popup' || form === null || (form.mayCommit && (props.canSaveHere ?? true));

  const toLine = useCallback((): void => {
    beforeFocus();
    line.current?.focus();
  }, [beforeFocus]);
  useLayoutEffect(toLine, [toLine]);
  const isSaved = saved !== null;
  const burden = useBurden(saved?.log.activity ?? null, ask);
  if (props.leaving) props.leaving.current = isSaved ? null : async () => ((await drafting.keep()) ? '' : text);
  // `onAnother` is new with every render and always does the same.
  useEffect(() => props.onShow?.(() => (isSaved ? onAnother('') : toLine())), [props.onShow, isSaved, toLine]);

  const choose = (mention: string, person: Person): void => {
    if (formId === null) return;
    ask('choosePerson', { formId, mention, person: person.id }).then(
      (done) => (done.is === 'done' ? setPoke((count) => count + 1) : refuse(done.why)),
      () => refuse({ key: 'logNoAnswer' }),
    );
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
        onUndo={saving.undo}
        onAnother={() => onAnother('')}
        onRetry={surface === 'popup' ? () => void ask('retry', { activity: saved.log.activity }).catch(nothing) : null}
        onClose={onClose}
        beforeFocus={beforeFocus}
        burden={burden}
      />
    );
  }

  const preview = asked?.preview ?? null;
  return (
    <form
      class="log-form"
      aria-busy={saving.busy}
      onKeyDownCapture={meter.onKeyDownCapture}
      onPointerDownCapture={meter.onPointerDownCapture}
      onKeyDown={(event) => {
        if (!hint?.moved || !isHintKey(event)) return;
        event.preventDefault();
        move();
      }}
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
        // Two of one name are told apart by the pick, not asked about again.
        onPick={(person) => choose(person.name, person)}
        invalid={refused !== null}
        describedBy={`${ids}-keys`}
        onText={typed}
        onSave={() => void save()}
        onClose={close}
        onBlur={() => void drafting.flush()}
        onLast={filling.last}
        onInvitation={(ics) => void filling.invitation(ics)}
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
      <Hint hint={hint} say={say} onMove={move} />
      {dates && chips.length > 0 && (
        <ChipRow
          chips={chips}
          say={say}
          dates={dates}
          onSelect={select}
          onLeave={toLine}
          onKey={(chip, key) => {
            const words = draft && context && edited(chip, key, text, draft, context);
            if (words === null || words === text) return false;
            typed(words);
            return true;
          }}
          onChoose={(chip, person) => {
            toLine();
            choose(chip.words, person);
          }}
        />
      )}
      {form && (
        <OwnAsks
          form={form}
          draft={draft}
          say={say}
          onAnswer={async (field, value) => {
            if (formId === null) return null;
            const done = await ask('answerInForm', { formId, field, value });
            return done.is === 'done' ? null : done.why;
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
                    .catch(() => refuse({ key: 'logNoAnswer' }))
              : null
          }
        />
      ) : (
        form && !draft && <BeforeTyping form={form} say={say} />
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
        <button type="submit" class="button primary" aria-disabled={saving.busy}>
          {say(saving.busy ? 'logSaving' : mayCommit ? 'logSave' : 'logContinue')}
        </button>
      </div>
    </form>
  );
};

/** What the saved log cost: asked once, and missing where nobody answers. */
const useBurden = (activity: string | null, ask: QuickLogAsk): Sentence | null => {
  const [burden, setBurden] = useState<Sentence | null>(null);
  useEffect(() => {
    if (activity !== null) ask('burden', { activity }).then(setBurden, nothing);
  }, [activity, ask]);
  return burden;
};

const useFinder = (ask: QuickLogAsk, formId: string | null) =>
  useCallback(
    (words: string, inCrm: boolean) =>
      formId === null ? Promise.resolve({ people: [], whole: true }) : ask('findPeople', { formId, words, inCrm }),
    [ask, formId],
  );
