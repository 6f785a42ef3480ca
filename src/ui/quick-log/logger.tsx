/** Opens the form, keeps it current, and starts the next one. Panel and popup each hold exactly one of these. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { FormView, Sentence } from '../../contract.ts';
import type { Say } from '../../words.ts';
import { Sign, type SignName } from '../signs.tsx';
import { unanswered } from '../unanswered.ts';
import type { Hear, QuickLogAsk, Surface } from './asking.ts';
import { QuickLog } from './quick-log.tsx';

export interface LoggerProps {
  ask: QuickLogAsk;
  say: Say;
  language: string;
  surface: Surface;
  /** What was typed before this was here. */
  begin?: string;
  armed: () => boolean;
  canSaveHere?: boolean;
  onChanged: Hear;
  /** The command was pressed again: the form may be bound anew, and may save now. */
  onShow?: Hear;
  /** The tab beside this surface may show another record: the form follows, unless it shows a log just saved. */
  onMoved?: Hear;
  /** What else the head offers: the side panel, or the other side of the page. */
  aside?: { readonly sign: SignName; readonly words: string; readonly press: () => void };
  onClose: () => void;
  onTyped?: (text: string) => void;
  beforeFocus?: () => void;
}

interface Now {
  readonly form: FormView | null;
  /** Which log this is: the next one starts afresh. */
  readonly count: number;
  readonly begin: string;
}

/**
 * Words stay with the form they were typed for: when another form arrives they are the old one's draft, and the line is
 * new. Words that could not be kept there go on in the new line.
 */
const arrive = (now: Now, form: FormView, unkept: string): Now =>
  now.form && now.form.formId !== form.formId ? { form, count: now.count + 1, begin: unkept } : { ...now, form };

const never: Hear = () => () => undefined;

export const Logger = (props: LoggerProps): JSX.Element => {
  const { ask, say, surface, onShow = never, onMoved = never, aside, onClose } = props;
  const [trouble, setTrouble] = useState<Sentence | null>(null);
  const [{ form, count, begin }, setNow] = useState<Now>({ form: null, count: 0, begin: props.begin ?? '' });

  const leaving = useRef<(() => Promise<string>) | null>(null);
  const open = useCallback(async (): Promise<void> => {
    setTrouble(null);
    const unkept = (await leaving.current?.()) ?? '';
    try {
      const form = await ask('openForm');
      setNow((now) => arrive(now, form, unkept));
    } catch (error) {
      setTrouble(unanswered(error, 'logNoAnswer'));
    }
  }, [ask]);
  useEffect(() => void open(), [open]);
  useEffect(() => onShow(() => void open()), [onShow, open]);
  // A log just saved stays, with its undo, when the record beside it changes.
  useEffect(() => onMoved(() => void (leaving.current && open())), [onMoved, open]);

  return (
    <main class={`log log-${surface}`}>
      <header class="log-head">
        <Sign name="mark" />
        <h1 class="sr-only">{say('logHeading')}</h1>
        <p class="log-record">
          {form?.record ? (
            <>
              <bdi class="log-record-name">{form.record.name}</bdi>
              {form.record.account && form.record.account !== form.record.name && (
                <span class="soft">
                  {' · '}
                  <bdi>{form.record.account}</bdi>
                </span>
              )}
            </>
          ) : (
            <span class="soft">{form ? say(form.unread ? 'logUnread' : 'logNoRecord') : ''}</span>
          )}
        </p>
        {aside && (
          <button
            type="button"
            class="button quiet icon"
            aria-label={say(aside.words)}
            title={say(aside.words)}
            onClick={aside.press}
          >
            <Sign name={aside.sign} />
          </button>
        )}
        {surface === 'panel' && (
          <button
            type="button"
            class="button quiet icon"
            aria-label={say('logClose')}
            title={say('logClose')}
            onClick={onClose}
          >
            <Sign name="close" />
          </button>
        )}
      </header>
      {trouble && (
        <div class="alert" role="alert">
          <Sign name="needsYou" />
          <span>
            {say(trouble)}{' '}
            <button type="button" class="link" onClick={() => void open()}>
              {say('logTryAgain')}
            </button>
          </span>
        </div>
      )}
      <QuickLog
        key={count}
        {...props}
        form={form}
        begin={begin}
        leaving={leaving}
        onAnother={(words) => {
          setNow((now) => ({ form: null, count: now.count + 1, begin: words }));
          open();
        }}
      />
    </main>
  );
};
