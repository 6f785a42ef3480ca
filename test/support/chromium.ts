/** Drives a real Chromium with Candor loaded: for the end-to-end tests and for the guided tour alike. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BrowserContext, type CDPSession, chromium, type Frame, type Page, type Worker } from 'playwright-core';
import { findChromium, root } from '../../scripts/ready.mjs';

export interface Launch {
  /** The unpacked extension: `builtExtension('test')`. */
  extensionDir: string;
  /** Give one to open the same profile again after `close` or `kill`; without one a new profile is made and deleted. */
  profileDir?: string;
  /** Host pattern to loopback port, for example `{ '*.my.salesforce.com': 8443 }`. Every other host is unreachable. */
  hostMap?: Record<string, number>;
  /** Base64 SHA-256 of the demo certificate's public key: that certificate alone is accepted. */
  spki?: string;
  /** Default true. */
  headless?: boolean;
  windowSize?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** Language of the pages, for example `de`. Candor itself speaks the browser's language: see `extensionIn`. */
  locale?: string;
}

export interface Candor {
  context: BrowserContext;
  extensionId: string;
  profileDir: string;
  /** The background's service worker. A stopped one is started by a message or event, not by this. */
  worker(): Promise<Worker>;
  /** One of Candor's own pages in a tab, for example `src/dashboard/index.html`. The popup's size is `popupSize`. */
  openOwn(path: string, size?: { width: number; height: number }): Promise<Page>;
  /** Lets the next real click that asks for these origins succeed without a dialog; grants nothing itself. */
  approveHosts(origins: readonly string[]): Promise<void>;
  /** Waits (up to 20 s) until granted origins are on disk: before that a killed browser forgets them. */
  flushed(origins: readonly string[]): Promise<void>;
  /** Reads and clicks inside a closed shadow root, which locators cannot see. */
  closedRoot(page: Page, hostSelector: string): ClosedRoot;
  /** The form's frame in a page: an ordinary Playwright frame, wherever it hangs. */
  panelFrame(page: Page, timeout?: number): Promise<Frame>;
  /** Stops the worker as the browser does after thirty idle seconds; the next message or event starts a new one. */
  stopWorker(): Promise<void>;
  /** SIGKILL, as in a crash. Launch again with the same `profileDir`. */
  kill(): Promise<void>;
  /** The real toolbar popup: the one that is open, or opened now. */
  popup(): Promise<Popup>;
  /** The keyboard command, as the browser delivers it: no page hears it. */
  pressCommand(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** The size in which the popup's page is shown when it is opened as a tab. */
export const popupSize = { width: 400, height: 600 } as const;

const panelPath = '/src/panel/index.html';
const popupPath = '/src/popup/index.html';

/** A folder under dist/, or a sentence that says how to make it. */
export function builtExtension(mode: 'chrome' | 'test'): string {
  const dir = join(root, 'dist', mode);
  if (existsSync(join(dir, 'manifest.json'))) return dir;
  throw new Error(`dist/${mode} is not built: node scripts/build.mjs --mode ${mode}`);
}

/**
 * A copy of a built extension that speaks `locale` whatever the browser speaks: Debian's Chromium knows English only,
 * so the words are put where English is looked for. The caller deletes the folder.
 */
export function extensionIn(locale: string, extensionDir: string): string {
  const dir = mkdtempSync(join(tmpdir(), `candor-${locale}-`));
  cpSync(extensionDir, dir, { recursive: true });
  cpSync(join(extensionDir, '_locales', locale), join(dir, '_locales', 'en'), { recursive: true });
  return dir;
}

export async function launchCandor(options: Launch): Promise<Candor> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium found: node scripts/ready.mjs --browser');
  const ownProfile = options.profileDir === undefined;
  const profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'candor-profile-'));
  const headless = options.headless ?? true;
  const windowSize = options.windowSize ?? { width: 1280, height: 800 };

  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath,
    headless,
    chromiumSandbox: process.getuid?.() !== 0,
    viewport: headless ? windowSize : null,
    args: browserArguments(options, headless, windowSize),
    env: { ...process.env, ...plainFonts(profileDir) },
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
    ...(options.locale ? { locale: options.locale } : {}),
  });
  const started = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 30_000 }));
  const extensionId = new URL(started.url()).host;
  const origin = `chrome-extension://${extensionId}`;
  const deleteOwnProfile = () => {
    if (ownProfile) rmSync(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  const worker = async (): Promise<Worker> =>
    context.serviceWorkers().find((one) => one.url().startsWith(`${origin}/`)) ??
    context.waitForEvent('serviceworker', { timeout: 10_000 });

  return {
    context,
    extensionId,
    profileDir,
    worker,

    async openOwn(path, size) {
      const page = await context.newPage();
      if (size) await page.setViewportSize(size);
      await page.goto(`${origin}/${path.replace(/^\//, '')}`);
      return page;
    },

    async approveHosts(origins) {
      const page = await context.newPage();
      await page.goto('chrome://extensions');
      await page.evaluate(
        async ([id, patterns]) => {
          const { developerPrivate } = chrome as unknown as { developerPrivate: DeveloperPrivate };
          for (const pattern of patterns) await developerPrivate.addHostPermission(id, pattern);
        },
        [extensionId, [...origins]] as const,
      );
      await page.close();
    },

    async flushed(origins) {
      const preferences = join(profileDir, 'Default', 'Preferences');
      await until(`the grant of ${origins.join(', ')} on disk`, 20_000, () => {
        const granted = grantedHosts(preferences, extensionId);
        return origins.every((one) => granted.includes(one)) || undefined;
      });
    },

    closedRoot: (page, hostSelector) => closedRoot(page, hostSelector),

    panelFrame: (page, timeout = 10_000) =>
      until(`Candor's form in ${page.url()}`, timeout, () =>
        page.frames().find((frame) => frame.url().startsWith(origin + panelPath) && !frame.isDetached()),
      ),

    async stopWorker() {
      const page = context.pages()[0] ?? (await context.newPage());
      const session = await context.newCDPSession(page);
      try {
        // Whoever asks something at that moment starts it again: that it was stopped once is what counts.
        let stopped = false;
        session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
          for (const one of versions) stopped ||= one.scriptURL.startsWith(origin) && one.runningStatus === 'stopped';
        });
        await session.send('ServiceWorker.enable');
        await session.send('ServiceWorker.stopAllWorkers');
        await until('a stopped worker', 10_000, () => stopped || undefined);
      } finally {
        await session.detach().catch(() => {});
      }
    },

    async kill() {
      const session = await browserSession(context);
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const browser = processInfo.find(({ type }) => type === 'browser');
      if (!browser) throw new Error('The browser does not say which process it is.');
      const closed = new Promise<void>((settle) => context.once('close', () => settle()));
      process.kill(browser.id, 'SIGKILL');
      await closed;
      for (const name of existsSync(profileDir) ? readdirSync(profileDir) : []) {
        if (name.startsWith('Singleton')) rmSync(join(profileDir, name), { force: true });
      }
      deleteOwnProfile();
    },

    async popup() {
      const session = await browserSession(context);
      const find = async () => {
        const { targetInfos } = await session.send('Target.getTargets');
        // A popup page opened as a tab is attached to Playwright already; the real popup never is.
        return targetInfos.find(
          ({ url, type, attached }) => type === 'page' && !attached && url === origin + popupPath,
        );
      };
      let target = await find();
      if (!target) {
        const running = await worker();
        // With no window in front, as after an earlier popup, the browser refuses to open one.
        await running.evaluate(async () => {
          const [window] = await chrome.windows.getAll({ windowTypes: ['normal'] });
          if (window?.id !== undefined) await chrome.windows.update(window.id, { focused: true });
          await chrome.action.openPopup();
        });
        target = await until('the popup', 10_000, find);
      }
      return Popup.attach(session, target.targetId, options.colorScheme);
    },

    async pressCommand(page) {
      await page.bringToFront();
      if (process.platform !== 'linux') {
        // Native key codes are known for Linux only; elsewhere the event is raised where the browser would raise it.
        const running = await worker();
        await running.evaluate(async () => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          (chrome.commands.onCommand as unknown as { dispatch(...given: unknown[]): void }).dispatch('open-log', tab);
        });
        return;
      }
      const session = await context.newCDPSession(page);
      const key = { modifiers: 9, key: 'L', code: 'KeyL', windowsVirtualKeyCode: 76, nativeVirtualKeyCode: 76 };
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
      await session.detach();
    },

    async close() {
      await context.close();
      deleteOwnProfile();
    },
  };
}

/**
 * A bare Linux machine answers `system-ui` with whatever font it finds first. Pictures are drawn with a plain sans-serif
 * instead, where it is installed, so that they look alike everywhere.
 */
function plainFonts(dir: string): Record<string, string> {
  const system = '/etc/fonts/fonts.conf';
  if (process.platform !== 'linux' || process.env.FONTCONFIG_FILE || !existsSync(system)) return {};
  const file = join(dir, 'fonts.conf');
  const plain = ['system-ui', 'sans-serif'].map(
    (name) =>
      `<match target="pattern"><test name="family"><string>${name}</string></test>` +
      '<edit name="family" mode="prepend" binding="strong"><string>Liberation Sans</string></edit></match>',
  );
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, `<?xml version="1.0"?><fontconfig><include>${system}</include>${plain.join('')}</fontconfig>`);
  return { FONTCONFIG_FILE: file };
}

interface DeveloperPrivate {
  addHostPermission(extensionId: string, pattern: string): Promise<void>;
}

function browserArguments(options: Launch, headless: boolean, windowSize: { width: number; height: number }): string[] {
  const mapped = Object.entries(options.hostMap ?? {}).map(([pattern, port]) => `MAP ${pattern} 127.0.0.1:${port}`);
  return [
    `--disable-extensions-except=${options.extensionDir}`,
    `--load-extension=${options.extensionDir}`,
    `--host-resolver-rules=${[...mapped, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1', 'EXCLUDE localhost'].join(',')}`,
    ...(options.spki ? [`--ignore-certificate-errors-spki-list=${options.spki}`] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    '--no-first-run',
    `--window-size=${windowSize.width},${windowSize.height}`,
    // With a display, without this, a yellow bar warns about the flags above in every window.
    ...(headless ? [] : ['--test-type']),
  ];
}

function grantedHosts(preferences: string, extensionId: string): string[] {
  try {
    const { extensions } = JSON.parse(readFileSync(preferences, 'utf8'));
    return extensions?.settings?.[extensionId]?.granted_permissions?.explicit_host ?? [];
  } catch {
    return []; // Being written, or not there yet.
  }
}

async function browserSession(context: BrowserContext): Promise<CDPSession> {
  const browser = context.browser();
  if (!browser) throw new Error('This context has no browser session.');
  return browser.newBrowserCDPSession();
}

/** A function as text that runs alone: tsx wraps the names of inner functions in a helper that only exists here. */
const alone = (given: (...values: never[]) => unknown): string => `((__name) => (${given}))((named) => named)`;

/** Asks again every 50 ms until there is an answer. */
async function until<T>(what: string, timeout: number, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error(`Waited ${timeout} ms for ${what}.`);
    await pause(50);
  }
}

export interface ClosedRoot {
  /** Waits for the element, and for `text` in it if given. Without a selector: the root itself. */
  waitFor(selector?: string, how?: { text?: string; timeout?: number }): Promise<void>;
  exists(selector?: string): Promise<boolean>;
  /** The text of the first match, or of the whole root without its styles. Waits for the element. */
  text(selector?: string): Promise<string>;
  attribute(selector: string, name: string): Promise<string | null>;
  html(): Promise<string>;
  /** In CSS pixels of the page. */
  box(selector: string): Promise<{ x: number; y: number; width: number; height: number }>;
  /** A real, trusted mouse click in the middle of the element. */
  click(selector: string): Promise<void>;
  /** Runs in the page's own world, with the element as argument: for reading, not for acting like a person. */
  evaluate<T>(selector: string, read: (element: Element) => T): Promise<T>;
}

function closedRoot(page: Page, hostSelector: string): ClosedRoot {
  const missing = Symbol('missing');

  /** Every call looks anew: the root is rebuilt at will by whoever owns it. */
  async function inRoot<T>(body: string, ...values: (string | null)[]): Promise<T | typeof missing> {
    const session = await page.context().newCDPSession(page);
    try {
      const { root: documentNode } = await session.send('DOM.getDocument', { depth: 0 });
      const { nodeId } = await session.send('DOM.querySelector', {
        nodeId: documentNode.nodeId,
        selector: hostSelector,
      });
      if (!nodeId) return missing;
      const { node } = await session.send('DOM.describeNode', { nodeId, depth: 1, pierce: true });
      const shadow = node.shadowRoots?.find(({ shadowRootType }) => shadowRootType !== 'user-agent');
      if (!shadow) return missing;
      const { object } = await session.send('DOM.resolveNode', { backendNodeId: shadow.backendNodeId });
      const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
        objectId: object.objectId ?? '',
        functionDeclaration: `function (selector, value) {
          const element = selector === null ? this : this.querySelector(selector);
          if (!element) return { missing: true };
          return { value: (${body})(element, value) };
        }`,
        arguments: values.map((value) => ({ value })),
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value.missing ? missing : result.value.value;
    } catch (error) {
      // Between two documents the ids of one mean nothing in the next.
      if (/No node|Could not find node|Cannot find context|nodeId/i.test(String(error))) return missing;
      throw error;
    } finally {
      await session.detach().catch(() => {});
    }
  }

  async function present<T>(body: string, selector: string | null, value: string | null = null, timeout = 10_000) {
    return until<{ value: T }>(`${selector ?? 'the closed root'} in ${hostSelector}`, timeout, async () => {
      const seen = await inRoot<T>(body, selector, value);
      return seen === missing ? undefined : { value: seen as T };
    }).then((seen) => seen.value);
  }

  const readText = `(element) => [...(element.children ?? [])].length && element.nodeType === 11
    ? [...element.children].filter((child) => child.localName !== 'style').map((child) => child.textContent).join(' ')
    : element.textContent`;
  const readBox = `(element) => {
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  }`;
  type Box = { x: number; y: number; width: number; height: number };

  return {
    async waitFor(selector, { text, timeout = 10_000 } = {}) {
      await until(`${text ?? 'anything'} in ${selector ?? 'the closed root'} of ${hostSelector}`, timeout, async () => {
        const seen = await inRoot<string>(readText, selector ?? null);
        return seen !== missing && (text === undefined || (seen as string).includes(text)) ? true : undefined;
      });
    },
    exists: async (selector) => (await inRoot('() => true', selector ?? null)) !== missing,
    text: async (selector) => (await present<string>(readText, selector ?? null)).replace(/\s+/g, ' ').trim(),
    attribute: (selector, name) =>
      present<string | null>('(element, name) => element.getAttribute(name)', selector, name),
    html: () => present<string>('(element) => element.innerHTML', null),
    box: (selector) => present<Box>(readBox, selector),
    async click(selector) {
      const { x, y, width, height } = await present<Box>(readBox, selector);
      await page.mouse.click(x + width / 2, y + height / 2);
    },
    evaluate: (selector, read) => present(alone(read), selector),
  };
}

/** The real popup. Playwright does not know it as a page, so it is driven through the browser's own session. */
export class Popup {
  readonly #browser: CDPSession;
  readonly #sessionId: string;
  readonly #waiting = new Map<number, { settle(value: unknown): void; fail(error: Error): void }>();
  #calls = 0;
  #closed = false;

  private constructor(browser: CDPSession, sessionId: string) {
    this.#browser = browser;
    this.#sessionId = sessionId;
    browser.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      const { id, result, error } = JSON.parse(event.message);
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) call?.fail(new Error(error.message));
      else call?.settle(result);
    });
    browser.on('Target.detachedFromTarget', (event) => {
      if (event.sessionId !== sessionId) return;
      this.#closed = true;
      for (const call of this.#waiting.values()) call.fail(new Error('The popup has closed.'));
      this.#waiting.clear();
    });
  }

  static async attach(browser: CDPSession, targetId: string, colorScheme?: 'light' | 'dark'): Promise<Popup> {
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
    const popup = new Popup(browser, sessionId);
    if (colorScheme) {
      const features = [{ name: 'prefers-color-scheme', value: colorScheme }];
      await popup.send('Emulation.setEmulatedMedia', { features });
    }
    return popup;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** One call of the DevTools protocol in the popup's page. */
  async send<T = unknown>(method: string, params: object = {}): Promise<T> {
    if (this.#closed) throw new Error('The popup has closed.');
    this.#calls += 1;
    const id = this.#calls;
    const answer = new Promise<unknown>((settle, fail) => this.#waiting.set(id, { settle, fail }));
    const message = JSON.stringify({ id, method, params });
    await this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message });
    return (await answer) as T;
  }

  /** Runs a function without closure in the popup; its answer must be plain data. */
  async evaluate<T>(read: (...given: never[]) => T | Promise<T>, ...given: unknown[]): Promise<T> {
    const expression = `(${alone(read)})(${given.map((value) => JSON.stringify(value)).join(', ')})`;
    const { result, exceptionDetails } = await this.send<{
      result: { value: T };
      exceptionDetails?: { text: string; exception?: { description?: string } };
    }>('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits for the element, and for `text` in it if given. */
  async waitFor(selector: string, how: { text?: string; timeout?: number } = {}): Promise<void> {
    await until(`${how.text ?? 'anything'} in ${selector} of the popup`, how.timeout ?? 10_000, async () => {
      const seen = await this.evaluate(
        (sought: string) => document.querySelector(sought)?.textContent ?? null,
        selector,
      );
      return seen?.includes(how.text ?? '') ? true : undefined;
    });
  }

  async text(selector = 'body'): Promise<string> {
    await this.waitFor(selector);
    return this.evaluate((sought: string) => (document.querySelector(sought) as HTMLElement).textContent, selector);
  }

  /** A real mouse click in the middle of the element. */
  async click(selector: string): Promise<void> {
    await this.waitFor(selector);
    const { x, y } = await this.evaluate((sought: string) => {
      const element = document.querySelector(sought) as HTMLElement;
      element.scrollIntoView({ block: 'nearest' });
      const box = element.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }, selector);
    for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased']) {
      const button = type === 'mouseMoved' ? 'none' : 'left';
      await this.send('Input.dispatchMouseEvent', { type, x, y, button, clickCount: button === 'left' ? 1 : 0 });
    }
  }

  /** Types where the focus is, key by key. */
  async type(text: string): Promise<void> {
    for (const letter of text) {
      await this.send('Input.dispatchKeyEvent', { type: 'keyDown', text: letter, key: letter, unmodifiedText: letter });
      await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key: letter });
    }
  }

  async press(name: keyof typeof keys): Promise<void> {
    const key = keys[name];
    await this.send('Input.dispatchKeyEvent', { type: 'text' in key ? 'keyDown' : 'rawKeyDown', ...key });
    await this.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp', text: undefined });
  }

  /** The popup at its real size. */
  async screenshot(path: string): Promise<void> {
    const { data } = await this.send<{ data: string }>('Page.captureScreenshot', { format: 'png' });
    writeFileSync(path, Buffer.from(data, 'base64'));
  }

  /** Closes it and waits until it is gone. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.send('Runtime.evaluate', { expression: 'setTimeout(() => window.close())' });
    await until('a closed popup', 5_000, () => this.#closed || undefined);
  }
}

const keys = {
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Escape: { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  Backspace: { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 },
  ArrowDown: { key: 'ArrowDown', code: 'ArrowDown', windowsVirtualKeyCode: 40 },
  ArrowUp: { key: 'ArrowUp', code: 'ArrowUp', windowsVirtualKeyCode: 38 },
} as const;
