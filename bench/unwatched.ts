/**
 * How long a person waits for the form, in a Chromium that nobody watches. A driver that attaches itself to every frame
 * holds each new one until it has looked into it; here only the page and the worker are attached, and the frame is asked
 * afterwards when its line had the focus and when it knew its record.
 */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Stage } from '../demo/stage.ts';
import { findChromium } from '../scripts/ready.mjs';

export interface Opened {
  /** Milliseconds from the key of the command until the line has the focus and keeps every key. */
  readonly line: number;
  /** Until the form is bound to its record. */
  readonly bound: number;
}

export interface Unwatched {
  /** Presses the command on the record's page, and closes the form again. */
  press(): Promise<Opened>;
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

interface Target {
  readonly targetId: string;
  readonly type: string;
  readonly url: string;
}
interface Answered {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}
type Send = <A>(method: string, params?: object, sessionId?: string) => Promise<A>;

const pause = (ms: number): Promise<void> => new Promise((then) => setTimeout(then, ms));
const now = (): number => performance.timeOrigin + performance.now();

/** The debugging protocol over its pipe: JSON with a zero byte after each message. */
const talk = (input: Writable, output: Readable): Send => {
  const waiting = new Map<number, (answer: Answered) => void>();
  let text = '';
  output.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
      const answer = JSON.parse(text.slice(0, end)) as Answered;
      text = text.slice(end + 1);
      if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
    }
  });
  let calls = 0;
  return (method, params = {}, sessionId) =>
    new Promise((settle, fail) => {
      calls += 1;
      waiting.set(calls, ({ result, error }) =>
        error ? fail(new Error(`${method}: ${error.message}`)) : settle(result as never),
      );
      input.write(`${JSON.stringify({ id: calls, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
};

const COMMAND = { modifiers: 9, key: 'L', code: 'KeyL', windowsVirtualKeyCode: 76, nativeVirtualKeyCode: 76 };
const ESCAPE = { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 };
const PATIENCE = 10_000;

const MARKS = `({ origin: performance.timeOrigin, marks: performance.getEntriesByType('mark').map(
  ({ name, startTime }) => [name, startTime]) })`;

/** On a profile that is connected already, with the record's page open. The stage's own browser is closed by then. */
export const openUnwatched = async (
  { crm }: Stage,
  { extension, profile, url }: { readonly extension: string; readonly profile: string; readonly url: string },
): Promise<Unwatched> => {
  const browser = spawn(
    findChromium() ?? '',
    [
      `--user-data-dir=${profile}`,
      '--headless=new',
      '--remote-debugging-pipe',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      `--host-resolver-rules=${Object.entries(crm.hostMap).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`)},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${crm.spki}`,
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<void>((settle) => browser.once('exit', () => settle()));
  const send = talk(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url });
  const attach = async (to: string): Promise<string> =>
    (await send<{ sessionId: string }>('Target.attachToTarget', { targetId: to, flatten: true })).sessionId;
  const page = await attach(targetId);
  const frame = async (): Promise<Target | undefined> =>
    (await send<{ targetInfos: Target[] }>('Target.getTargets')).targetInfos.find(
      ({ type, url: shown }) => type === 'iframe' && shown.includes('/src/panel/index.html'),
    );
  const key = async (which: object): Promise<void> => {
    await send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...which }, page);
    await send('Input.dispatchKeyEvent', { type: 'keyUp', ...which }, page);
  };
  const until = async <A>(what: string, look: () => Promise<A | undefined>): Promise<A> => {
    for (const end = now() + PATIENCE; now() < end; await pause(100)) {
      const seen = await look();
      if (seen !== undefined) return seen;
    }
    throw new Error(`waited ${PATIENCE / 1000} s for ${what}`);
  };
  // The badge has been asked for, and what the start brought is over.
  await pause(4_000);

  return {
    press: async () => {
      const began = now();
      await key(COMMAND);
      // Not looked at meanwhile.
      await pause(1_000);
      const { targetId: shown } = await until('the frame of the form', frame);
      const inside = await attach(shown);
      const opened = await until('a bound form', async () => {
        const { result } = await send<{ result: { value: { origin: number; marks: [string, number][] } } }>(
          'Runtime.evaluate',
          { expression: MARKS, returnByValue: true },
          inside,
        );
        const at = new Map(result.value.marks);
        const [line, bound] = [at.get('line'), at.get('bound')];
        if (line === undefined || bound === undefined) return undefined;
        return { line: result.value.origin + line - began, bound: result.value.origin + bound - began };
      });
      await send('Target.detachFromTarget', { sessionId: inside });
      await key(ESCAPE);
      await until('the form gone', async () => ((await frame()) ? undefined : true));
      await pause(300);
      return opened;
    },
    stopWorker: async () => {
      await send('ServiceWorker.enable', {}, page);
      await send('ServiceWorker.stopAllWorkers', {}, page);
      await pause(500);
    },
    close: async () => {
      await send('Browser.close').catch(() => browser.kill());
      await ended;
    },
  };
};
