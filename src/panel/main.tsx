/** The form in a frame over somebody else's page: a guest. It asks little, and saves only while it is armed. */
import '../ui/theme.css';
import '../ui/quick-log/quick-log.css';
import './panel.css';
import type { JSX } from 'preact';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { asker, heard } from '../messenger.ts';
import type { Hear } from '../ui/quick-log/asking.ts';
import { Logger } from '../ui/quick-log/logger.tsx';
import { wordsOf } from '../ui/saying.ts';
import { type Watching, watch } from './watching.ts';

const ask = asker(browser.runtime);
const { say, language } = wordsOf(browser.i18n, document.documentElement);

const root = document.getElementById('panel');
if (!root) throw new Error('panel/index.html has no #panel');

let showArmed: (armed: boolean) => void = () => undefined;
const watching: Watching = watch(
  root,
  () => root.querySelector<HTMLElement>('textarea, .log-after')?.focus(),
  (armed) => showArmed(armed),
);

let reported = 0;
const heightNow = (): number => Math.ceil(root.getBoundingClientRect().height);
/** Where no frame reports within a second of being shown, the popup takes over: so it does each time it is shown. */
const report = (): void => {
  const height = heightNow();
  if (height === 0) return;
  reported = height;
  ask('frameReady', { height }).catch(() => {
    reported = 0;
  });
};

const onChanged: Hear = (then) => heard(browser.runtime.onMessage, 'changed', then);
const onShow: Hear = (then) =>
  heard(browser.runtime.onMessage, 'show', () => {
    watching.shown();
    report();
    then();
  });
const dock = (): void => void ask('dockPanel').catch(() => undefined);
const close = (): void => void ask('closePanel').catch(() => undefined);

const Panel = (): JSX.Element => {
  const [armed, setArmed] = useState(watching.isArmed());
  showArmed = setArmed;
  return (
    <Logger
      ask={ask}
      say={say}
      language={language}
      surface="panel"
      armed={watching.mayCommit}
      canSaveHere={armed}
      onChanged={onChanged}
      onShow={onShow}
      onClose={close}
      onTyped={watching.typed}
      aside={{ sign: 'dock', words: 'logDock', press: dock }}
      beforeFocus={watching.beforeFocus}
    />
  );
};

render(<Panel />, root);

new ResizeObserver(() => {
  if (heightNow() !== reported) report();
}).observe(root);
