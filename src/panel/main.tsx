/** The form in a frame over somebody else's page: a guest. It asks little, and saves only while it is armed. */
import type { JSX } from 'preact';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { asker, type Envelope, heard } from '../messenger.ts';
import type { Hear } from '../ui/quick-log/asking.ts';
import { Logger } from '../ui/quick-log/logger.tsx';
import { wordsOf } from '../ui/saying.ts';
import { handOver, onArmed, opened, root, watching } from './first.ts';

/** The form was asked for before this code was here; the next time it is asked for anew. */
let early: Promise<unknown> | null = opened;
const ask = asker({
  sendMessage(message) {
    const answer = (message as Envelope).ask === 'openForm' ? early : null;
    if (answer) early = null;
    return answer ?? browser.runtime.sendMessage(message);
  },
});
const { say, language } = wordsOf(browser.i18n, document.documentElement);

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
  onArmed(setArmed);
  return (
    <Logger
      ask={ask}
      say={say}
      language={language}
      surface="panel"
      begin={begin}
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

const begin = handOver();
render(<Panel />, root);

new ResizeObserver(() => {
  if (heightNow() !== reported) report();
}).observe(root);
