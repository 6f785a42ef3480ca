/** The form as the browser's own surface: toolbar popup and side panel. No page can open or cover it. */
import type { JSX } from 'preact';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { Sentence, TodayView } from '../contract.ts';
import { asker, heard } from '../messenger.ts';
import type { Hear } from '../ui/quick-log/asking.ts';
import { Logger } from '../ui/quick-log/logger.tsx';
import { sayer } from '../ui/words.ts';
import { following } from './side.ts';
import { Today } from './today.tsx';

const ask = asker(browser.runtime);
const language = browser.i18n.getUILanguage();
const say = sayer((key, gaps) => browser.i18n.getMessage(key, gaps), language);
document.documentElement.lang = language;
document.documentElement.dir = browser.i18n.getMessage('@@bidi_dir') || 'ltr';

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

const Popup = (): JSX.Element => {
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
      <Logger
        ask={ask}
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
        onDashboard={(view) => void ask('openDashboard', { view }).then(close, () => undefined)}
      />
    </>
  );
};

const root = document.getElementById('popup');
if (!root) throw new Error('popup/index.html has no #popup');
render(<Popup />, root);
