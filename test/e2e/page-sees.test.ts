/** What a page can see of Candor, and what it can ask for, when it controls everything but the browser. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Caller, MAY_ASK, type Message } from '../../src/contract.ts';
import { badge, closePanel, DANA, extensionDir, openedPopup, openPanel, openScene, type Scene, until } from './acts.ts';

let scene: Scene;
/** What `chrome.runtime.getURL` gives our content script; no page is told it. */
let secret: string;

beforeAll(async () => {
  scene = await openScene([DANA]);
  const { page } = scene;
  // A nosy page: it listens before anybody else, and watches everything that is put into it.
  await page.addInitScript(() => {
    const heard: string[] = [];
    (window as unknown as { heard: string[] }).heard = heard;
    const kinds =
      'keydown keypress keyup input beforeinput paste copy cut compositionstart message securitypolicyviolation';
    for (const kind of kinds.split(' '))
      addEventListener(kind, (event) => heard.push(`${event.type} ${(event as KeyboardEvent).key ?? ''}`), true);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (JSON.stringify(entry).includes('extension:')) heard.push(JSON.stringify(entry));
    }).observe({ entryTypes: ['resource', 'longtask', 'navigation', 'layout-shift', 'largest-contentful-paint'] });
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if ((node as Element).outerHTML?.includes('extension:')) heard.push('an address of ours');
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
  await page.reload();
  await badge(scene.stage, page).waitFor('button', { text: DANA });
  secret = await inContentScript(page, "chrome.runtime.getURL('src/panel/index.html')");
});
afterAll(() => scene?.stage.close());

const heardBy = (page: Page) => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
const seenKeys = (page: Page) => page.evaluate(() => (window as unknown as { __seenKeys: string[] }).__seenKeys);

/** Evaluates in the world of our content script, where a message to the background is the content script's. */
const inContentScript = async <T>(page: Page, expression: string): Promise<T> => {
  const session = await scene.stage.candor.context.newCDPSession(page);
  const worlds: { id: number; origin: string }[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
  await session.send('Runtime.enable');
  await until('the world of the content script', () =>
    worlds.some(({ origin }) => origin.startsWith('chrome-extension:')),
  );
  const contextId = worlds.find(({ origin }) => origin.startsWith('chrome-extension:'))?.id ?? 0;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
  return result.value as T;
};

it('the page’s own listeners hear no key typed or pasted into the form, and the CRM’s shortcuts stay silent', async () => {
  const { stage, page } = scene;
  await page.mouse.click(5, 300);
  const before = await heardBy(page);
  const frame = await openPanel(stage, page);
  await page.keyboard.type('n e / met @dana, no end /e n');
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  await page.keyboard.press('End');
  await page.keyboard.press('Control+V');
  await until('the pasted words', async () => (await frame.locator('textarea').inputValue()).length > 40);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Backspace');
  await frame.evaluate(() => {
    const end = performance.now() + 150;
    while (performance.now() < end);
  });
  await page.waitForTimeout(200);
  expect(await heardBy(page)).toEqual(before);
  expect(await seenKeys(page)).toEqual([]);
  expect(await page.locator('dialog[open]').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.localName), 'neither the search nor a new event').toBe(
    'div',
  );
  await closePanel(stage, page);

  // The same listeners, and the same shortcut, when the page has the focus.
  await page.locator('h1[data-record-name]').click();
  await page.keyboard.press('e');
  await page.locator('dialog[open]').waitFor();
  expect(await seenKeys(page)).toEqual(['e']);
  expect((await heardBy(page)).length).toBeGreaterThan(before.length);
  await page.keyboard.press('Escape');
});

it('nothing the page can read says who put the badge there', async () => {
  const { stage, page } = scene;
  const frame = await openPanel(stage, page);
  const read = await page.evaluate(() => ({
    html: document.documentElement.outerHTML,
    hosts: [...document.documentElement.children]
      .filter(({ localName }) => localName === 'div')
      .map((host) => ({ html: host.outerHTML, root: host.shadowRoot })),
    frames: window.length,
    entries: JSON.stringify(performance.getEntries()),
    sheets: [...document.styleSheets].map(({ href }) => href).join(),
    names: Object.getOwnPropertyNames(window).join(),
    under: document.elementFromPoint(innerWidth - 100, innerHeight - 60)?.outerHTML,
  }));
  expect(read.hosts).toEqual([{ html: '<div></div>', root: null }]);
  expect(read.frames).toBe(0);
  expect(read.under).toBe('<div></div>');
  const all = JSON.stringify(read);
  for (const trace of [stage.candor.extensionId, new URL(secret).host, 'chrome-extension', 'andor'])
    expect(all.includes(trace), trace).toBe(false);
  expect(frame.isDetached()).toBe(false);
  await closePanel(stage, page);
});

it('a page cannot fetch, embed or open any file of the extension by its static address', async () => {
  const { stage } = scene;
  const dir = extensionDir();
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(dir, join(entry.parentPath, entry.name)));
  expect(paths).toContain('src/panel/index.html');
  const page = await stage.candor.context.newPage();
  // A page of the CRM's host without any policy of its own: what stops it here is the browser alone.
  await page.goto(`${stage.org.origins.ui}/nothing-here`);
  const tried = await page.evaluate(
    async ([origin, names]) => {
      const got: string[] = [];
      const loads = (element: HTMLElement, address: string, name: string) =>
        new Promise<void>((settle) => {
          element.onload = () => settle(void got.push(address));
          element.onerror = () => settle();
          element.setAttribute(name, address);
          document.body.append(element);
        });
      for (const address of names.map((name) => `${origin}/${name}`)) {
        for (const mode of ['cors', 'no-cors'] as const) {
          await fetch(address, { mode }).then(
            () => got.push(address),
            () => {},
          );
        }
        if (address.endsWith('.png')) await loads(document.createElement('img'), address, 'src');
        if (address.endsWith('.js')) await loads(document.createElement('script'), address, 'src');
        if (address.endsWith('.css'))
          await loads(Object.assign(document.createElement('link'), { rel: 'stylesheet' }), address, 'href');
      }
      return got;
    },
    [`chrome-extension://${stage.candor.extensionId}`, paths] as const,
  );
  expect(tried).toEqual([]);
  for (const path of paths.filter((one) => one.endsWith('.html'))) {
    await page.evaluate((address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      document.body.append(frame);
      window.open(address);
    }, `chrome-extension://${stage.candor.extensionId}/${path}`);
  }
  await page.waitForTimeout(500);
  const shown = [...page.frames(), ...stage.candor.context.pages().map((one) => one.mainFrame())].map((one) =>
    one.url(),
  );
  expect(shown.filter((url) => /^chrome-extension:.*(panel|popup|options)\/index/u.test(url))).toEqual([]);
  // The one door is the panel, under an address that changes with every session and that no page is told.
  expect(await page.evaluate((address) => fetch(address).then(({ status }) => status), secret)).toBe(200);
  for (const one of stage.candor.context.pages())
    if (one.url() === 'about:blank' || one.url().startsWith('chrome-error')) await one.close();
  await page.close();
});

const mayNotAsk = (caller: Caller) =>
  (Object.keys(MAY_ASK) as Message[]).filter((message) => !MAY_ASK[message].includes(caller));
const KEPT = [
  'facts',
  'payloads',
  'contents',
  'heads',
  'contacts',
  'activities',
  'outbox',
  'forms',
  'drafts',
  'connections',
  'people',
] as const;
const stored = async () => JSON.stringify(await Promise.all(KEPT.map((table) => scene.desk.rows(table))));
const refused = async () => (await scene.desk.ask('verify')).refusedMessages;

/** In whatever context: sends each message and answers with what it was answered. */
const asking = (messages: readonly Message[]): string =>
  `Promise.all(${JSON.stringify(messages)}.map((name) => chrome.runtime.sendMessage({ candor: 1, ask: name, with: null }).then((reply) => JSON.stringify(reply))))`;

const allRefused = async (messages: readonly Message[], answers: Promise<readonly string[]>) => {
  expect(await answers).toEqual(messages.map(() => '{"error":"refused"}'));
};

it('what a caller may not ask is refused and counted: from a content script, our frame, the panel as a tab, and window.open', async () => {
  const { stage, page } = scene;
  const frame = await openPanel(stage, page);
  const [before, count] = [await stored(), await refused()];
  const guest = mayNotAsk('guest');
  expect(guest).toEqual(expect.arrayContaining(['confirmTold', 'raiseObjection', 'connect', 'verify', 'badge']));
  expect(mayNotAsk('page')).toEqual(
    expect.arrayContaining(['openForm', 'commit', 'saveDraft', ...guest.filter((one) => !one.startsWith('badge'))]),
  );

  await allRefused(mayNotAsk('page'), inContentScript(page, asking(mayNotAsk('page'))));
  const ask = (messages: readonly Message[]) =>
    Promise.all(
      messages.map(async (name) =>
        JSON.stringify(await chrome.runtime.sendMessage({ candor: 1, ask: name, with: null })),
      ),
    );
  await allRefused(guest, frame.evaluate(ask, guest));

  const tab = await stage.candor.openOwn('src/panel/index.html');
  await allRefused(guest, tab.evaluate(ask, guest));
  const opening = stage.candor.context.waitForEvent('page');
  await page.evaluate((address) => void window.open(address), secret);
  const opened = await opening;
  await opened.locator('textarea').waitFor();
  expect(opened.mainFrame().parentFrame()).toBe(null);
  await allRefused(guest, opened.evaluate(ask, guest));

  const expected = count + mayNotAsk('page').length + 3 * guest.length;
  await until('all of them counted', async () => (await refused()) >= expected);
  await page.waitForTimeout(200);
  expect(await refused()).toBe(expected);
  // The two tabs opened a form of their own, bound to no record: forms are all that may differ.
  const after = await stored();
  const withoutForms = (text: string) =>
    JSON.stringify(JSON.parse(text).map((rows: unknown, index: number) => (KEPT[index] === 'forms' ? [] : rows)));
  expect(withoutForms(after) === withoutForms(before)).toBe(true);
  await tab.close();
  await opened.close();
  await page.bringToFront();
  await closePanel(stage, page);
});

it('the panel as a tab or by window.open saves nothing, whoever types in it', async () => {
  const { stage, page, desk } = scene;
  const opening = stage.candor.context.waitForEvent('page');
  await page.evaluate((address) => void window.open(address), secret);
  const opened = await opening;
  await opened.locator('textarea').click();
  await opened.keyboard.type('met @dana, in a window of the page');
  await opened.waitForTimeout(1_250);
  await opened.keyboard.press('Enter');
  await (await openedPopup(stage)).close();
  const said = await opened.evaluate(async () => {
    const ask = async (name: string, given: unknown) =>
      (await chrome.runtime.sendMessage({ candor: 1, ask: name, with: given })).ok;
    const form = await ask('openForm', null);
    return [form.mayCommit, await ask('commit', { formId: form.formId, text: 'met @dana, by message', armed: true })];
  });
  expect(said).toEqual([false, { is: 'not_here', why: { key: 'refuseNotHere' } }]);
  expect(await desk.rows('activities')).toEqual([]);
  await opened.close();
});
