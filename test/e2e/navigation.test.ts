/** The app under the badge moves by itself, and the person moves in it: what is shown and what is saved stay with the right contact. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  badge,
  closePanel,
  DANA,
  idOf,
  openPanel,
  openScene,
  type Scene,
  seenForASecond,
  until,
  written,
} from './acts.ts';

const SOENKE = 'Sönke Möhrwald';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA]);
});
afterAll(() => scene?.stage.close());

const says = (text: string, timeout = 5_000) => badge(scene.stage, scene.page).waitFor('button', { text, timeout });
const follow = (name: string) => scene.page.locator('main a[data-inside]', { hasText: name }).first().click();
const hasBadge = () => badge(scene.stage, scene.page).exists('button');
const noteOf = (activity: { words: { note: string } }) => activity.words.note;

it('the badge follows a link inside the app within half a second', async () => {
  await scene.page.locator('main a[data-inside]', { hasText: SOENKE }).first().waitFor();
  await follow(SOENKE);
  const since = performance.now();
  await says(SOENKE);
  expect(performance.now() - since).toBeLessThan(750);
  expect(await badge(scene.stage, scene.page).text('button')).toMatch(/^Sönke Möhrwald: not told/u);
});

it('it never shows one person beside another, however long the answer takes', async () => {
  const { stage, page } = scene;
  // The background has to start first: until it answers there is no badge at all.
  await stage.candor.stopWorker();
  await follow(DANA);
  const shown: string[] = [];
  await until(`the badge of ${DANA}`, async () => {
    const moved = page.url().includes(idOf(stage, DANA));
    const text = (await hasBadge()) ? await badge(stage, page).text('button') : 'none';
    if (moved) shown.push(text);
    return text.includes(DANA);
  });
  expect(shown.filter((text) => text.includes(SOENKE))).toEqual([]);
  await follow(SOENKE);
  await says(SOENKE);
});

it('back and forward bring the badge of the record they lead to', async () => {
  const { page } = scene;
  await page.goBack();
  await says(DANA);
  await page.goForward();
  await says(SOENKE);
});

it('on a list there is no badge, and the form of the command is bound to no record', async () => {
  const { stage, page } = scene;
  await page.locator('a[data-tab=Contacts]').click();
  await page.getByText('All contacts').first().waitFor();
  await until('no badge', async () => !(await hasBadge()));
  const frame = await openPanel(stage, page);
  await frame.getByText('No CRM record open. Name people with @.').first().waitFor();
  await closePanel(stage, page);
});

it('an account has its badge, which counts who was not told', async () => {
  const { stage, page } = scene;
  await page.goto(stage.org.recordUrl(String(stage.org.records.account('Halden Freight AG').Id)));
  await says('Halden Freight AG: 23 not told');
});

it('under the older address of the app, where the record is in the fragment, the badge follows as well', async () => {
  const { stage, page } = scene;
  await page.goto(`${stage.org.origins.ui}/one/one.app#/sObject/${idOf(stage, DANA)}/view`);
  await says(DANA);
  await page.locator('main a[data-inside]', { hasText: SOENKE }).first().waitFor();
  await follow(SOENKE);
  await says(SOENKE);
  expect(page.url()).toContain('/one/one.app#');
  await page.goBack();
  await says(DANA);
});

it('the command pressed again leaves the form where it is', async () => {
  const { stage, page } = scene;
  await stage.openContact(DANA, page);
  await says(DANA);
  const frame = await openPanel(stage, page);
  await page.keyboard.type('met @dana, still here');
  await page.waitForTimeout(1_300);
  await stage.candor.pressCommand(page);
  // Longer than a frame has to report that it is there.
  await page.waitForTimeout(1_500);
  expect(frame.isDetached()).toBe(false);
  expect(await frame.evaluate(() => document.hasFocus())).toBe(true);
  await frame.locator('textarea').fill('');
  await closePanel(stage, page);
});

it('the command pressed again brings the focus back to the form and lets it save', async () => {
  const { stage, page, desk } = scene;
  await stage.openContact(DANA, page);
  await says(DANA);
  const frame = await openPanel(stage, page);
  await page.keyboard.type('met @dana, armed again');
  await page.locator('h1[data-record-name]').click();
  await until('the focus in the page', () => frame.evaluate(() => !document.hasFocus()));
  await seenForASecond(page);
  await stage.candor.pressCommand(page);
  await until('the focus in the line', () =>
    frame.evaluate(() => document.hasFocus() && document.activeElement?.localName === 'textarea'),
  );
  expect(await stage.candor.panelFrame(page), 'the same frame').toBe(frame);
  expect(page.frames().filter((one) => one.url().startsWith('chrome-extension:'))).toHaveLength(1);
  expect(await frame.locator('textarea').inputValue()).toBe('met @dana, armed again');
  await page.keyboard.press('Enter');
  await frame.locator('.log-after').waitFor();
  expect((await desk.rows('activities')).map(noteOf)).toEqual(['armed again']);
  await closePanel(stage, page);
});

it('Escape closes the form; its words are there when it is opened again', async () => {
  const { stage, page } = scene;
  await openPanel(stage, page);
  await page.keyboard.type('met @dana, kept');
  await closePanel(stage, page);
  const frame = await openPanel(stage, page);
  await until('the draft', async () => (await frame.locator('textarea').inputValue()) === 'met @dana, kept');
  await frame.locator('textarea').fill('');
  await closePanel(stage, page);
});

it('a log is for the contact on whose page the form was opened, wherever the app went meanwhile, and says so', async () => {
  const { stage, page, desk } = scene;
  const frame = await openPanel(stage, page);
  await page.keyboard.type('called, she moved on');
  await follow(SOENKE);
  await says(SOENKE);
  await seenForASecond(page);
  await frame.locator('textarea').click();
  await page.keyboard.press('Enter');
  await frame.getByText(`Saved for ${DANA}, whose page this form was opened on.`).first().waitFor();
  expect(await frame.locator('.log-record-name').textContent()).toBe(DANA);
  const activity = (await desk.rows('activities')).find((one) => noteOf(one) === 'she moved on');
  const dana = (await desk.rows('contacts')).find(({ name }) => name === DANA);
  expect(activity?.attendees).toEqual([dana?.contact]);
  await closePanel(stage, page);
});

it('so it is when the page moves under the person’s hands, while the focus stays in the line', async () => {
  const { stage, page, desk } = scene;
  const frame = await openPanel(stage, page);
  await page.keyboard.type('called, he was here');
  await seenForASecond(page);
  await page.evaluate(() => history.back());
  await says(DANA);
  await page.keyboard.press('Enter');
  await frame.getByText(`Saved for ${SOENKE}, whose page this form was opened on.`).first().waitFor();
  const activity = (await desk.rows('activities')).find((one) => noteOf(one) === 'he was here');
  const soenke = (await desk.rows('contacts')).find(({ name }) => name === SOENKE);
  expect(activity?.attendees).toEqual([soenke?.contact]);
  await closePanel(stage, page);
});

it('the permission taken back: what is queued waits under that name, and is sent when it is given again', async () => {
  const { stage, desk } = scene;
  const { org, candor } = stage;
  const hosts = [`${org.origins.ui}/*`, `${org.origins.api}/*`];
  const popup = await candor.popup();
  await popup.waitFor('textarea');
  await popup.type('met @dana, without permission');
  await popup.press('Enter');
  await popup.waitFor('.log-after');
  expect(await desk.page.evaluate((origins) => chrome.permissions.remove({ origins }), hosts)).toBe(true);
  const before = stage.org.requests.length;
  await popup.waitFor('.log-progress', { text: 'Allow Salesforce again in the options to send it', timeout: 20_000 });
  await popup.waitFor('.popup-today', { text: 'Candor may not reach your CRM. Logs wait here.' });
  await popup.close();
  const waiting = (await desk.rows('outbox')).filter(({ state }) => state === 'queued');
  expect(waiting).not.toEqual([]);
  expect(stage.org.requests.slice(before).filter(({ path }) => path.startsWith('/services'))).toEqual([]);

  await candor.approveHosts(hosts);
  const options = await candor.openOwn('src/options/index.html');
  await options.locator('article.connection.state-permission_missing').waitFor();
  await options.getByRole('button', { name: 'Allow' }).click();
  await options.locator('article.connection.state-connected').waitFor();
  await until('all of them in the CRM', () => written(stage).length === 2 && written(stage, 'Task').length === 2);
  await options.close();
});

it('in the CRM, too, they are with the contact on whose page they were begun', () => {
  const { stage } = scene;
  const calls = written(stage, 'Task').map(({ WhoId, Description }) => [WhoId ?? null, Description ?? null]);
  expect(calls).toHaveLength(2);
  expect(calls).toContainEqual([idOf(stage, DANA), 'she moved on']);
  // Of the one who was not told nothing left but that a call took place; and nothing of it is with Dana.
  expect(calls).toContainEqual([null, null]);
});
