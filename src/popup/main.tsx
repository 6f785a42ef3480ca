/** The form as the browser's own surface: toolbar popup and side panel. No page can open or cover it. */
import './popup.css';
import type { JSX } from 'preact';
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { Committed, Done, LogView, Sentence, TodayView } from '../contract.ts';
import { asker, heard } from '../messenger.ts';
import type { Hear, QuickLogAsk, QuickLogMessage } from '../ui/quick-log/asking.ts';
import { Logger } from '../ui/quick-log/logger.tsx';
import { wordsOf } from '../ui/saying.ts';
import { following } from './side.ts';
import { Today } from './today.tsx';

const ask = asker(browser.runtime);
const { say, language } = wordsOf(browser.i18n, document.documentElement);

const onChanged: Hear = (then) => heard(browser.runtime.onMessage, 'changed', then);
const always = (): boolean => true;
const isSide = document.documentElement.classList.contains('side');
/** The popup goes when it has done its part; the side panel stays until the person closes it. */
const close = (): void => (isSide ? undefined : window.close());
const onMoved = isSide ? following(browser) : undefined;

/** Known before the click: the browser opens its side panel only right in the gesture. Null where there is none. */
let here: number | undefined;
const openSide = (): void => {
  if (here !== undefined) void chrome.sidePanel.open({ windowId: here }).then(close, () => undefined);
};
const hasSide = !isSide && typeof chrome !== 'undefined' && 'sidePanel' in chrome;
if (hasSide) {
  void browser.windows.getCurrent().then(({ id }) => {
    here = id;
  });
}

const UNDO_FOR = 10_000;

/** The form's questions; while a log is open again, its form is the one that opens, until it was saved. */
const askingFor = (activity: string, saved: (sentence: Sentence) => void): QuickLogAsk =>
  (async (message: QuickLogMessage, given: never) => {
    if (message === 'openForm') {
      const form = await ask('reopen', { activity });
      if ('is' in form) throw new Error(form.why.key);
      return form;
    }
    const answer = await (ask as (message: string, given: unknown) => Promise<unknown>)(message, given);
    if (message === 'commit') {
      const committed = answer as Committed;
      if (committed.is === 'saved') saved(committed.log.sentence);
    }
    return answer;
  }) as QuickLogAsk;

const Popup = (): JSX.Element => {
  const [again, setAgain] = useState<{ readonly log: LogView; readonly ask: QuickLogAsk } | null>(null);
  const [told, setTold] = useState<{ words: string; onUndo: (() => void) | null } | null>(null);
  const stop = useRef(0);
  const tell = (words: string, onUndo: (() => void) | null = null): void => {
    clearTimeout(stop.current);
    setTold({ words, onUndo });
    stop.current = window.setTimeout(() => setTold(null), UNDO_FOR);
  };
  const act = (asked: Promise<Done>, words: string | null, onUndo: (() => void) | null = null): void => {
    asked.then(
      (answer) => (answer.is === 'refused' ? tell(say(answer.why)) : words ? tell(words, onUndo) : setTold(null)),
      () => tell(say('logNoAnswer')),
    );
  };
  const onOpen = (log: LogView): void => {
    setAgain({
      log,
      ask: askingFor(log.activity, (sentence) => {
        setAgain(null);
        tell(say(sentence));
      }),
    });
  };
  const onRemove = ({ activity, title, may }: LogView): void =>
    act(
      ask('takeBack', { commandId: crypto.randomUUID(), activity }),
      say(may?.remove === 'delete' ? 'dashDeleted' : 'dashTakenBack', title),
      () => act(ask('restore', { commandId: crypto.randomUUID(), activity }), null),
    );
  const [today, setToday] = useState<TodayView | null>(null);
  const [week, setWeek] = useState<Sentence | null>(null);
  useEffect(() => {
    const again = (): void => {
      ask('burden', { activity: null }).then(setWeek, () => undefined);
      ask('today').then(setToday, () => undefined); // The form above says it when nobody answers.
    };
    again();
    return onChanged(again);
  }, []);
  return (
    <>
      {again && (
        <p class="popup-again">
          <span>{say(again.log.may?.open === 'correct' ? 'dashCorrectMeans' : 'dashEditMeans')}</span>{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              ask('closeAgain', { activity: again.log.activity }).catch(() => undefined);
              setAgain(null);
            }}
          >
            {say('popupBackToNew')}
          </button>
        </p>
      )}
      <Logger
        key={again?.log.activity ?? 'new'}
        ask={again?.ask ?? ask}
        say={say}
        language={language}
        surface="popup"
        armed={always}
        onChanged={onChanged}
        onClose={close}
        {...(onMoved ? { onMoved } : {})}
        {...(hasSide ? { aside: { sign: 'side' as const, words: 'logOpenSide', press: openSide } } : {})}
      />
      <Today
        today={today}
        week={week}
        say={say}
        language={language}
        onOptions={() => void browser.runtime.openOptionsPage().then(close)}
        onMark={({ activity, step }, done) =>
          act(ask('markStep', { commandId: crypto.randomUUID(), activity, step, done }), null)
        }
        onOpen={onOpen}
        onRemove={onRemove}
        onKeepPrivate={({ activity, title }) =>
          act(ask('keepPrivate', { commandId: crypto.randomUUID(), activity }), say('dashMadePrivate', title))
        }
        onRetry={({ activity }) => act(ask('retry', { activity }), null)}
        told={told}
        onDashboard={(view) => void ask('openDashboard', { view }).then(close, () => undefined)}
      />
    </>
  );
};

const root = document.getElementById('popup');
if (!root) throw new Error('popup/index.html has no #popup');
render(<Popup />, root);
