/**
 * What the frame does before the form's code is here. The line stands in the page itself and has the focus at once, so no
 * key is lost however long the rest takes to arrive; what guards Enter watches from the same moment, and the background
 * is asked to bind the form meanwhile. The person waits for it: it is small, and waits for nothing, not even for styles.
 */
import type { FormView } from '../contract.ts';
import type { Envelope, Reply } from '../messenger.ts';
import { watch } from './watching.ts';

const { i18n, runtime } = chrome;
// A script that waits for nothing may be here before the page is.
if (document.readyState === 'loading') {
  await new Promise((settle) => document.addEventListener('DOMContentLoaded', settle));
}
const found = document.getElementById('panel');
const line = found?.querySelector('textarea');
if (!found || !line) throw new Error('panel/index.html has no line in #panel');
export const root: HTMLElement = found;

// Said to whoever listens when the focus comes.
document.documentElement.lang = i18n.getUILanguage();
line.ariaLabel = i18n.getMessage('logLine');
line.placeholder = i18n.getMessage('logPlaceholder');

let tell: (armed: boolean) => void = () => undefined;
export const watching = watch(
  root,
  () => root.querySelector<HTMLElement>('textarea, .log-after')?.focus(),
  (armed) => tell(armed),
);
/** Called with whether the frame is armed, whenever that changes. */
export const onArmed = (then: (armed: boolean) => void): void => {
  tell = then;
};

const alone = new AbortController();
const { signal } = alone;
line.addEventListener('input', () => watching.typed(line.value), { signal });
// Nothing may be saved in a frame's first second anyway: the words wait, without a line break in them.
line.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault(), { signal });
watching.beforeFocus();
line.focus();
// What `npm run bench` reads; nobody else can look into this frame.
performance.mark('line');

const envelope: Envelope = { candor: 1, ask: 'openForm', with: null };
/** The first reply: which form this frame is bound to. As it comes, since each import of this file would be waited for. */
export const opened = (runtime.sendMessage(envelope) as Promise<(Reply & { readonly ok: FormView }) | undefined>).then(
  (reply) => {
    performance.mark('bound');
    return reply;
  },
);
// Whoever takes it hears that nobody answered.
opened.catch(() => undefined);

/** The form takes over: answers what was typed so far. */
export const handOver = (): string => {
  alone.abort();
  return line.value;
};

void import('./main.tsx');
