import './dashboard.css';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { dates } from '../dates.ts';
import { asker, heard } from '../messenger.ts';
import { wordsOf } from '../ui/saying.ts';
import { Dashboard } from './dashboard.tsx';
import type { Hands } from './hands.ts';

const { say, language } = wordsOf(browser.i18n, document.documentElement);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** The page's own way to keep a file: a link with its content, pressed once. */
const save = (name: string, type: string, text: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

const readFile = async (file: File): Promise<string> => {
  if (file.type.startsWith('text/') || file.type === 'message/rfc822') return file.text();
  return new Promise((settle, fail) => {
    const reader = new FileReader();
    reader.onload = () => settle(String(reader.result));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
};

const start = async (): Promise<void> => {
  const commands = await browser.commands.getAll().catch(() => []);
  const hands: Hands = {
    say,
    dates: () => dates(zone, language, new Date().toISOString()),
    ask: asker(browser.runtime),
    onChanged: (then) => heard(browser.runtime.onMessage as never, 'changed', then),
    newId: () => crypto.randomUUID(),
    after: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    copy: (text) => navigator.clipboard.writeText(text),
    save,
    readFile,
    shortcut: commands.find(({ name }) => name === 'open-log')?.shortcut || null,
  };
  const app = document.getElementById('app');
  if (app) render(<Dashboard hands={hands} />, app);
};
void start();
