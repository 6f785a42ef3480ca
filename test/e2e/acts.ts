/** What a person does in these tests, and where a test looks, on the stage that the tour plays on too. */
import type { Frame, Page } from 'playwright-core';
import { connect, openStage, type Stage, type StageOptions } from '../../demo/stage.ts';
import type { Rows, Table } from '../../src/background/store/schema.ts';
import { type Answer, type Ask, MAY_ASK, type Message } from '../../src/contract.ts';
import { builtExtension, type ClosedRoot, type Popup } from '../support/chromium.ts';

export type CrmRow = ReturnType<Stage['org']['records']['all']>[number];

/** What is under test: dist/test, or another folder, to see a test fail on a product that was broken on purpose. */
export const extensionDir = (): string => process.env.CANDOR_E2E_BUILD ?? builtExtension('test');

export const DANA = 'Dana Reyes';
export const LI = 'Li Wei';

/** Messages that only the browser's own surfaces may send. */
export const OWN_ONLY = (Object.keys(MAY_ASK) as Message[]).filter(
  (message) => MAY_ASK[message].length === 1 && MAY_ASK[message][0] === 'own',
);

/** A dashboard tab that stays open: asks the background as an own surface, and reads what is really stored. */
export interface Desk {
  readonly page: Page;
  ask<M extends Message>(message: M, ...ask: Ask<M> extends undefined ? [] : [Ask<M>]): Promise<Answer<M>>;
  rows<T extends Table>(table: T): Promise<Rows[T][]>;
}

export interface Scene {
  readonly stage: Stage;
  /** A CRM tab. */
  page: Page;
  desk: Desk;
}

export const openDesk = async (stage: Stage): Promise<Desk> => {
  const page = await stage.candor.openOwn('src/dashboard/index.html#/evidence');
  return {
    page,
    ask: async (message, ...[ask]) => {
      const reply = await page.evaluate(
        async ([name, given]) => chrome.runtime.sendMessage({ candor: 1, ask: name, with: given ?? null }),
        [message, ask] as const,
      );
      if (!reply || 'error' in reply) throw new Error(`${message}: ${reply?.error ?? 'no answer'}`);
      return reply.ok as never;
    },
    rows: (table) =>
      page.evaluate(async (name) => {
        const db = await new Promise<IDBDatabase>((settle, fail) => {
          const opening = indexedDB.open('candor');
          opening.onsuccess = () => settle(opening.result);
          opening.onerror = () => fail(opening.error);
        });
        try {
          return await new Promise<never>((settle, fail) => {
            const reading = db.transaction(name).objectStore(name).getAll();
            reading.onsuccess = () => settle(reading.result as never);
            reading.onerror = () => fail(reading.error);
          });
        } finally {
          db.close();
        }
      }, table),
  };
};

/** A connected stage with Dana's page open on it, and these people told. */
export const openScene = async (told: readonly string[] = [DANA], options: StageOptions = {}): Promise<Scene> => {
  const stage = await openStage({ extensionDir: extensionDir(), ...options });
  await connect(stage);
  const page = await openPage(stage, DANA);
  const desk = await openDesk(stage);
  const scene = { stage, page, desk };
  for (const name of told) await tellNow(scene, name);
  await page.bringToFront();
  return scene;
};

export const badge = (stage: Stage, page: Page): ClosedRoot => stage.candor.closedRoot(page, 'html > div');

/** A contact's page with its badge on it: the people of its account are known here from then on. */
export const openPage = async (stage: Stage, name: string, page?: Page): Promise<Page> => {
  const opened = await stage.openContact(name, page);
  await badge(stage, opened).waitFor('button', { text: name });
  return opened;
};

/** The key by which Candor knows a person of the CRM before and after the first fact about them. */
export const personKey = async ({ stage, desk }: Scene, name: string): Promise<string> => {
  const id = idOf(stage, name);
  const rows = await desk.rows('contacts');
  const [connection] = await desk.rows('connections');
  return (
    rows.find(({ links }) => links.some((link) => link.endsWith(`|${id}`)))?.contact ?? `crm:${connection?.id}:${id}`
  );
};

export const tellNow = async (scene: Scene, name: string): Promise<void> => {
  const command = async () => ({ commandId: crypto.randomUUID(), contact: await personKey(scene, name) });
  const attempted = await scene.desk.ask('attemptNotice', { ...(await command()), route: 'mail', language: 'en' });
  if (!('attempt' in attempted)) throw new Error(`could not tell ${name}: ${attempted.why.key}`);
  const told = await scene.desk.ask('confirmTold', { ...(await command()), attempt: attempted.attempt });
  if (told.is !== 'done') throw new Error(`could not confirm ${name}: ${told.why.key}`);
};

/** The command, and the form with the focus in its line. */
export const openPanel = async (stage: Stage, page: Page): Promise<Frame> => {
  for (let tries = 1; ; tries += 1) {
    await stage.candor.pressCommand(page);
    try {
      return await openedPanel(stage, page);
    } catch (error) {
      // A machine that is too busy to show the frame within its second gets the popup instead: closed, and once more.
      const worker = await stage.candor.worker();
      const contexts = await worker.evaluate(async () =>
        (await chrome.runtime.getContexts({})).map((one) => one.contextType),
      );
      if (tries === 3 || !contexts.some((one) => one === 'POPUP')) throw error;
      await (await stage.candor.popup()).close();
    }
  }
};

const openedPanel = async ({ candor }: Stage, page: Page): Promise<Frame> => {
  const frame = await candor.panelFrame(page, 5_000);
  await frame.locator('textarea').waitFor({ timeout: 5_000 });
  const isReady = () =>
    frame.evaluate(
      () =>
        document.hasFocus() &&
        document.activeElement?.localName === 'textarea' &&
        document.querySelector('.log-record')?.textContent !== '',
    );
  await until('the form bound and its line focused', isReady, 5_000);
  return frame;
};

/** Escape, until the frame is gone. */
export const closePanel = async (stage: Stage, page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await until('the frame gone', () => !hasPanel(stage, page));
};

export const hasPanel = ({ candor }: Stage, page: Page): boolean =>
  page.frames().some((frame) => frame.url().startsWith(`chrome-extension://${candor.extensionId}`));

/** The popup that the product opened, once it is there. The driver opens one where there is none, and fails while one is coming. */
export const openedPopup = async ({ candor }: Stage): Promise<Popup> => {
  let popup: Popup | null = null;
  await until('a popup opened by Candor', async () => {
    const worker = await candor.worker();
    const there = await worker.evaluate(async () =>
      (await chrome.runtime.getContexts({})).some(({ contextType }) => contextType === 'POPUP'),
    );
    popup = there ? await candor.popup().catch(() => null) : null;
    return popup !== null;
  });
  return popup as unknown as Popup;
};

/** A frame may save once it has been seen for a second. */
export const seenForASecond = (page: Page): Promise<void> => page.waitForTimeout(1_250);

/** Opens the form, types the line and presses Enter; answers when it is saved on the device. */
export const log = async (stage: Stage, page: Page, line: string): Promise<Frame> => {
  const frame = await openPanel(stage, page);
  await page.keyboard.type(line);
  await seenForASecond(page);
  await page.keyboard.press('Enter');
  await frame.locator('.log-after').waitFor();
  return frame;
};

export const idOf = (stage: Stage, name: string): string => String(stage.org.records.contact(name).Id);

/** What Candor wrote into the CRM. */
export const written = ({ org }: Stage, type: 'Event' | 'Task' = 'Event'): CrmRow[] =>
  org.records.all(type).filter(({ Candor_Key__c }) => Candor_Key__c !== null);

const allWrites = ({ org }: Stage): typeof org.requests =>
  org.requests.filter(({ method, path }) => method !== 'GET' && path.startsWith('/services/data'));
const isOfPerson = ({ path }: { path: string }): boolean => path.includes('/sobjects/Contact/');
/** Requests that write activities. */
export const writes = (stage: Stage): Stage['org']['requests'] => allWrites(stage).filter((one) => !isOfPerson(one));
/** Requests that write what became of a person. */
export const writesOf = (stage: Stage, name: string): Stage['org']['requests'] =>
  allWrites(stage).filter((one) => isOfPerson(one) && one.path.includes(idOf(stage, name)));
/** Whatever was written into the CRM, as it was sent. */
export const writtenBytes = (stage: Stage): string =>
  allWrites(stage)
    .map(({ path, body }) => `${path}\n${body}`)
    .join('\n');

/** Asks again every 50 ms until it is true. */
export const until = async (
  what: string,
  seen: () => boolean | undefined | Promise<boolean | undefined>,
  within = 15_000,
): Promise<void> => {
  const end = performance.now() + within;
  while (!(await seen())) {
    if (performance.now() > end) throw new Error(`waited ${within / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Undo and a little: what was logged is sent by then, unless something holds it. */
export const AFTER_UNDO = 20_000;
