/**
 * Storage refuses: the text stays in the form and the person is told; never *saved*.
 * Here it cannot be opened. A full disk and a blocked upgrade cannot be made in a real browser from outside (the protocol's
 * quota override does not reach extension origins); test/store/store.test.ts has them.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DANA, openPanel, openScene, type Scene, seenForASecond, until, written } from './acts.ts';

const NOT_SAVED = 'Not saved: the browser cannot open its storage. Your text stays here.';
const LINE = 'met @dana, nowhere to put it';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA]);
});
afterAll(() => scene?.stage.close());

/** The database as a newer Candor would leave it: this one cannot open it any more. */
const breakStorage = () =>
  scene.desk.page.evaluate(
    () =>
      new Promise<void>((settle, fail) => {
        const opening = indexedDB.open('candor', 99);
        opening.onsuccess = () => {
          opening.result.close();
          settle();
        };
        opening.onerror = () => fail(opening.error);
      }),
  );

it('Enter in the panel keeps the text and says that it was not saved', async () => {
  const { stage, page } = scene;
  const frame = await openPanel(stage, page);
  await page.keyboard.type(LINE);
  await seenForASecond(page);
  await until('the draft', async () => (await scene.desk.rows('drafts')).some(({ text }) => text === LINE));
  await breakStorage();
  await stage.candor.stopWorker();
  await page.keyboard.press('Enter');
  await frame.getByText(NOT_SAVED).waitFor();
  expect(await frame.locator('textarea').inputValue()).toBe(LINE);
  // Again, as the sentence says: the same answer, and still the words.
  await page.keyboard.press('Enter');
  await page.waitForTimeout(300);
  await frame.getByText(NOT_SAVED).waitFor();
  expect(await frame.locator('textarea').inputValue()).toBe(LINE);
  expect(await frame.locator('body').textContent()).not.toMatch(/\bsaved on this device\b/iu);
  expect(await frame.locator('.log-after').count()).toBe(0);
});

it('a popup opened meanwhile keeps what is typed, says that something is wrong, and never that it is saved', async () => {
  const { stage } = scene;
  const popup = await stage.candor.popup();
  await popup.waitFor('[role=alert]');
  await popup.type('called @dana, still nowhere');
  await popup.press('Enter');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await popup.evaluate(() => document.querySelector('textarea')?.value)).toBe('called @dana, still nowhere');
  expect(await popup.evaluate(() => document.body.textContent)).not.toMatch(/\bsaved on this device\b/iu);
  await popup.close();
  expect(written(stage)).toEqual([]);
});

it('when storage is back but empty, it is no new one: the ledger is gone, the words stay, and a person decides', async () => {
  const { stage, page, desk } = scene;
  await desk.page.evaluate(
    () =>
      new Promise<void>((settle, fail) => {
        const deleting = indexedDB.deleteDatabase('candor');
        deleting.onsuccess = () => settle();
        deleting.onerror = () => fail(deleting.error);
      }),
  );
  await page.bringToFront();
  const kept = await stage.candor.panelFrame(page);
  await kept.locator('textarea').click();
  await page.keyboard.press('Enter');
  await kept.getByText('Not saved: Candor’s ledger on this device is gone.').first().waitFor();
  expect(await kept.locator('textarea').inputValue()).toBe(LINE);
  const options = await stage.candor.openOwn('src/options/index.html');
  await options.locator('[role=alert]', { hasText: 'the browser gave back an empty storage' }).waitFor();
  if (process.env.CANDOR_SHOTS) await options.screenshot({ path: `${process.env.CANDOR_SHOTS}/ledger-gone.png` });
  await options.getByRole('button', { name: 'Start with an empty ledger' }).click();
  await options.locator('form.connect').waitFor();
  expect(await options.locator('[role=alert]:not(:empty)').count()).toBe(0);
  await options.close();
  await page.bringToFront();
  const frame = await stage.candor.panelFrame(page);
  await frame.locator('textarea').click();
  await page.keyboard.press('Enter');
  await frame
    .getByText('This form was closed elsewhere. Your text is still here: open the log again.')
    .first()
    .waitFor();
  await stage.candor.pressCommand(page);
  await seenForASecond(page);
  expect(await frame.locator('textarea').inputValue()).toBe(LINE);
  await page.keyboard.press('Enter');
  await frame.locator('.log-after').waitFor();
  expect(await desk.rows('activities')).toHaveLength(1);
});
