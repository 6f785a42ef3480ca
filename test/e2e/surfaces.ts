/** Every surface, in the states a person meets: the tests of accessibility and of words look at each of them. */
import type { Frame, Page } from 'playwright-core';
import type { Stage } from '../../demo/stage.ts';
import type { Popup } from '../support/chromium.ts';
import { closePanel, DANA, openPage, openPanel, personKey, type Scene, seenForASecond, until } from './acts.ts';

export interface Shown {
  readonly name: string;
  /** Evaluates past the policy of the page: its content is what is looked at, not its guards. */
  evaluate<T>(expression: string): Promise<T>;
  scheme(colours: 'light' | 'dark'): Promise<void>;
  /** A real key, to whoever has the focus. */
  press(key: 'Tab' | 'Shift+Tab'): Promise<void>;
}
export type Look = (shown: Shown) => Promise<void>;

interface Send {
  (method: string, params: object): Promise<unknown>;
  press(key: string): Promise<void>;
}

const shown = (name: string, send: Send): Shown => ({
  name,
  evaluate: async (expression) => {
    const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    const { result, exceptionDetails } = answer as {
      result: { value: never };
      exceptionDetails?: { exception?: { description?: string } };
    };
    if (exceptionDetails) throw new Error(`${name}: ${exceptionDetails.exception?.description}`);
    return result.value;
  },
  scheme: async (colours) => {
    await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: colours }] });
  },
  press: send.press,
});

const sender = async (stage: Stage, target: Page | Frame): Promise<Send> => {
  const session = await stage.candor.context.newCDPSession(target);
  const { keyboard } = 'page' in target ? target.page() : target;
  return Object.assign(
    (method: string, params: object) => session.send(method as 'Runtime.evaluate', params as never),
    {
      press: (key: string) => keyboard.press(key),
    },
  );
};
const inPopup = (popup: Popup, name: string): Shown => {
  const send = (method: string, params: object) => popup.send(method, params);
  return shown(name, Object.assign(send, { press: (key: string) => popup.press(key.replace('Shift+', '') as 'Tab') }));
};

/** Before anything is connected. */
export const eachFreshSurface = async (stage: Stage, look: Look): Promise<void> => {
  const { candor } = stage;
  const options = await candor.openOwn('src/options/index.html');
  await options.locator('form.connect').waitFor();
  const send = await sender(stage, options);
  await look(shown('options, nothing connected', send));
  await options.locator('form.connect button[type=submit]').click();
  await options.locator('form.connect [role=alert]:not(:empty)').waitFor();
  await look(shown('options, something missing', send));
  await options.locator('form.connect input').first().fill('ftp://example.com/');
  await options.locator('.bad').first().waitFor();
  await options.locator('form.connect input').first().fill(stage.org.origins.ui);
  await options.locator('.known').waitFor();
  await look(shown('options, an address recognised', send));
  await options.close();
  const popup = await candor.popup();
  await popup.waitFor('.popup-today .button');
  await look(inPopup(popup, 'popup, nothing connected'));
  await popup.close();
  const dashboard = await candor.openOwn('src/dashboard/index.html#/today');
  for (const view of ['today', 'contacts', 'held', 'requests', 'evidence']) {
    await go(dashboard, view);
    await look(shown(`dashboard ${view}, nothing there`, await sender(stage, dashboard)));
  }
  await dashboard.close();
};

export const PEOPLE = { pending: 'Sönke Möhrwald', objected: 'Annika Lüttmoor', untold: 'Li Wei' } as const;

/** `@volker` fits both. */
const TWO_OF_A_NAME = ['Volker Dornkamp', 'Volker Eschfeld'];

/** A few people in every state, and logs that wait for them. */
export const busy = async (scene: Scene): Promise<void> => {
  const { desk, page, stage } = scene;
  await page.bringToFront();
  // Their own pages make them known here, whomever the directory has brought so far.
  for (const name of [...Object.values(PEOPLE), ...TWO_OF_A_NAME, DANA]) await openPage(stage, name, page);
  for (const line of [
    'met @dana and @li 45m yesterday 3pm re Q3, a note >send prices fri ~~a secret',
    'called @annika and @sönke, a note',
  ]) {
    const form = await desk.ask('openForm');
    const saved = await desk.ask('commit', { formId: form.formId, text: line, armed: true });
    if (saved.is !== 'saved') throw new Error(`not saved: ${line}`);
  }
  const command = async (name: string) => ({ commandId: crypto.randomUUID(), contact: await personKey(scene, name) });
  const attempted = await desk.ask('attemptNotice', {
    ...(await command(PEOPLE.pending)),
    route: 'letter',
    language: 'en',
  });
  const objected = await desk.ask('raiseObjection', { ...(await command(PEOPLE.objected)), scope: 'general' });
  const asked = await desk.ask('act', {
    ...(await command(DANA)),
    act: { type: 'request.received', payload: { kind: 'access', via: 'mail', words: null } },
  });
  if (!('attempt' in attempted) || objected.is !== 'done' || asked.is !== 'done')
    throw new Error('the people are not in their states');
};

export const eachBusySurface = async (scene: Scene, look: Look): Promise<void> => {
  await panel(scene, look);
  await popupStates(scene, look);
  await dashboardViews(scene, look);
  const { stage } = scene;
  const options = await stage.candor.openOwn('src/options/index.html');
  await options.locator('article.connection details').first().click();
  const send = await sender(stage, options);
  await look(shown('options, connected', send));
  await options.locator('article.connection .actions .quiet').click();
  await options.locator('.leaving').waitFor();
  await look(shown('options, about to disconnect', send));
  await options.close();
};

const LINE = 'met @dana and @li 45m yesterday 3pm re Q3, words >send prices fri ~~secret words';

const panel = async ({ stage, page }: Scene, look: Look): Promise<void> => {
  await page.bringToFront();
  const frame = await openPanel(stage, page);
  const send = await sender(stage, frame);
  await look(shown('panel, empty', send));
  await page.keyboard.type(LINE);
  await frame.locator('.chip').nth(4).waitFor();
  await frame.locator('.chip-private, .hatch, .chip').last().waitFor();
  await page.waitForTimeout(400);
  await look(shown('panel, a line', send));
  await stage.candor.pressCommand(page);
  await frame.locator('textarea').click();
  await frame.locator('textarea').fill('met @volker');
  await frame.locator('[role=listbox]').waitFor();
  await look(shown('panel, names offered', send));
  await page.keyboard.press('Escape');
  await page.waitForTimeout(400);
  await page.keyboard.press('Enter');
  await frame.locator('[role=alert]').first().waitFor();
  await look(shown('panel, refused: several people fit', send));
  await frame.locator('textarea').fill(LINE);
  await seenForASecond(page);
  await page.keyboard.press('Enter');
  await frame.locator('.log-after').waitFor();
  await look(shown('panel, saved', send));
  await openPanel(stage, page);
  await closePanel(stage, page);
};

const popupStates = async ({ stage }: Scene, look: Look): Promise<void> => {
  const popup = await stage.candor.popup();
  await popup.waitFor('.popup-logs');
  await look(inPopup(popup, 'popup, with logs'));
  await popup.type(LINE);
  await popup.waitFor('.chip');
  await new Promise((resolve) => setTimeout(resolve, 500));
  await look(inPopup(popup, 'popup, a line'));
  await popup.press('Enter');
  await popup.waitFor('.log-after');
  await look(inPopup(popup, 'popup, saved'));
  await popup.close();
};

const go = async (dashboard: Page, view: string): Promise<void> => {
  await dashboard.evaluate((hash) => {
    location.hash = hash;
  }, `#/${view}`);
  await dashboard.locator('main h1').first().waitFor();
  await dashboard.waitForTimeout(150);
};

const dashboardViews = async (scene: Scene, look: Look): Promise<void> => {
  const { stage } = scene;
  const page = await stage.candor.openOwn('src/dashboard/index.html#/today');
  const send = await sender(stage, page);
  for (const view of ['today', 'contacts', 'held', 'requests']) {
    await go(page, view);
    await until(
      `something in ${view}`,
      async () => (await page.locator('main tbody tr, main article, main li').count()) > 0,
    );
    await look(shown(`dashboard ${view}`, send));
  }
  await go(page, 'contacts');
  await page.locator('.pickall input').check();
  await page.locator('.picked').waitFor();
  await look(shown('dashboard contacts, several chosen', send));
  await page.locator('.picked a').click();
  await page.locator('.telling .words').waitFor();
  await look(shown('dashboard, several to tell', send));
  for (const [state, name] of Object.entries(PEOPLE)) {
    await go(page, `contacts/${encodeURIComponent(await personKey(scene, name))}`);
    await page.locator('.timeline li').first().waitFor();
    await look(shown(`dashboard contact, ${state}`, send));
  }
  await page.locator('header.person .actions button').first().click();
  await page.locator('dialog .words').waitFor();
  for (const route of ['mail', 'link', 'spoken']) {
    await page.locator(`dialog input[value=${route}]`).check();
    await page.locator('dialog .words').waitFor();
    await look(shown(`dashboard tell dialog, ${route}`, send));
  }
  await page.locator('dialog .actions .primary').click();
  await page.locator('dialog .pendingbox').waitFor();
  await look(shown('dashboard tell dialog, on its way', send));
  await page.keyboard.press('Escape');
  await page.locator('header.person .actions button').last().click();
  await page.locator('dialog .scopes').waitFor();
  await look(shown('dashboard objection dialog', send));
  await page.locator('dialog .actions .primary').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.waitForTimeout(200);
  await look(shown('dashboard, a toast', send));
  await page.locator('.acts button').first().click();
  await page.locator('dialog form.act').waitFor();
  await look(shown('dashboard, a request to be recorded', send));
  await page.keyboard.press('Escape');
  await page.locator('.acts button', { hasText: /Gives consent|Willigt ein/u }).click();
  await page.locator('dialog .several').first().waitFor();
  await look(shown('dashboard, a consent to be recorded', send));
  await page.keyboard.press('Escape');
  await go(page, 'evidence');
  await page.locator('main .actions .primary').click();
  await page.locator('.report').waitFor();
  await look(shown('dashboard evidence, verified', send));
  await page.close();
};
