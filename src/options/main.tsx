import './options.css';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { dates } from '../dates.ts';
import { asker, heard } from '../messenger.ts';
import { wordsOf } from '../ui/saying.ts';
import { type Hands, Options } from './options.tsx';

const { say, language } = wordsOf(browser.i18n, document.documentElement);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Firefox opens its own page of shortcuts; Chromium has an address for it. */
const openShortcuts = (): void => {
  const commands = browser.commands as typeof browser.commands & { openShortcutSettings?: () => Promise<void> };
  if (commands.openShortcutSettings) void commands.openShortcutSettings();
  else void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
};

const start = async (): Promise<void> => {
  const commands = await browser.commands.getAll().catch(() => []);
  const hands: Hands = {
    say,
    dates: () => dates(zone, language, new Date().toISOString()),
    ask: asker(browser.runtime),
    onChanged: (then) => heard(browser.runtime.onMessage as never, 'changed', then),
    request: (origins, permissions) =>
      browser.permissions.request({ origins: [...origins], permissions: [...permissions] }),
    copy: (text) => navigator.clipboard.writeText(text),
    zones: Intl.supportedValuesOf('timeZone'),
    shortcut: commands.find(({ name }) => name === 'open-log')?.shortcut || null,
    openShortcuts,
    newId: () => crypto.randomUUID(),
  };
  const app = document.getElementById('app');
  if (app) render(<Options hands={hands} />, app);
};
void start();
