/** No application, no client id: signed in by the session of the CRM's own tab, in a real browser. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStage, type Stage } from '../../demo/stage.ts';
import { AFTER_UNDO, badge, DANA, extensionDir, log, openDesk, until, written } from './acts.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ extensionDir: extensionDir() });
});
afterAll(() => stage?.close());

/** What the browser holds for a host, as only the browser itself can say. */
const sidAt = async (host: string): Promise<string> =>
  (await stage.candor.context.cookies(`https://${host}/`)).find(({ name }) => name === 'sid')?.value ?? '';
const permissions = async (): Promise<readonly string[]> => {
  const worker = await stage.candor.worker();
  return worker.evaluate(async () => (await chrome.permissions.getAll()).permissions ?? []);
};

it('connects with the session of a tab, logs a meeting, goes on after a new sign-in, and gives the permission back', async () => {
  const { candor, org, crm } = stage;
  // The person is signed in, as every day: the browser was sent over the API's host on its way to the page.
  const page = await stage.openContact(DANA);
  const cookies = await candor.context.cookies(`https://${org.hosts.api}/`);
  expect(cookies.map(({ name, httpOnly, secure }) => ({ name, httpOnly, secure }))).toEqual([
    { name: 'sid', httpOnly: true, secure: true },
  ]);
  expect(await permissions()).not.toContain('cookies');

  await candor.approveHosts(crm.origins.map((origin) => `${origin}/*`));
  const options = await candor.openOwn('src/options/index.html');
  await options.locator('input[type=url]').fill(crm.address);
  await options.locator('.known').waitFor();
  await options.locator('.ways input').nth(1).check();
  expect(await options.locator('input[id$="-client"]').count()).toBe(0);
  await options.locator('.company input[id$="-name"]').fill('Norrland Instruments');
  await options.locator('.company input[id$="-contact"]').fill('privacy@example.com');

  // A cookie of a wider domain is not this organisation's.
  await candor.context.clearCookies();
  await candor.context.addCookies([{ name: 'sid', value: 'wide', domain: '.salesforce.com', path: '/', secure: true }]);
  await options.locator('form.connect button[type=submit]').click();
  await options.getByText('Nobody is signed in to Salesforce').waitFor();
  expect(org.requests.some(({ headers }) => headers.authorization?.includes('wide'))).toBe(false);
  await candor.context.clearCookies();
  await page.reload();
  await page.locator(crm.marks.name).waitFor();

  await options.bringToFront();
  await options.locator('form.connect button[type=submit]').click();
  await options.locator('article.connection.state-connected').waitFor();
  expect(await permissions()).toContain('cookies');
  expect(await options.locator('article.connection .who').textContent()).toContain('Mara Lindqvist');

  await page.bringToFront();
  await badge(stage, page).waitFor('button', { text: DANA });
  await log(stage, page, 'met 45m yesterday 3pm');
  await until('the meeting in the CRM', () => written(stage).length === 1, AFTER_UNDO);
  const first = await sidAt(org.hosts.api);
  expect(org.requests.some(({ path }) => path.startsWith('/services/oauth2/token'))).toBe(false);
  expect(org.requests.find(({ path }) => path.includes('/composite/'))?.headers.authorization).toBe(`Bearer ${first}`);

  // The session ends. A worker that was started anew reads the next one when its person has signed in in the tab.
  org.signInPages();
  await options.bringToFront();
  await options.getByRole('button', { name: 'Test again' }).click();
  await options.locator('article.connection.state-sign_in_needed').waitFor();
  await candor.stopWorker();
  await page.bringToFront();
  await page.reload();
  await options.bringToFront();
  await options.locator('article.connection.state-connected').waitFor();
  expect(await sidAt(org.hosts.api)).not.toBe(first);

  // Neither value is in the database, the session storage or any surface.
  const desk = await openDesk(stage);
  const kept = await desk.page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((settle) => {
      const opening = indexedDB.open('candor');
      opening.onsuccess = () => settle(opening.result);
    });
    const all = await Promise.all(
      [...db.objectStoreNames].map(
        (name) =>
          new Promise((settle) => {
            const reading = db.transaction(name).objectStore(name).getAll();
            reading.onsuccess = () => settle(reading.result);
          }),
      ),
    );
    db.close();
    return JSON.stringify([all, await chrome.storage.session.get(), await chrome.storage.local.get()]);
  });
  expect(kept).toContain(org.hosts.api);
  expect(kept).not.toContain(first);
  expect(kept).not.toContain(await sidAt(org.hosts.api));
  expect(kept).not.toContain('!AQ');

  await options.bringToFront();
  await options.getByRole('button', { name: 'Disconnect' }).click();
  await options.locator('.leaving .button').first().click();
  await options.locator('article.connection.state-sign_in_needed').waitFor();
  await until('the permission handed back', async () => !(await permissions()).includes('cookies'));
});
