/**
 * A page that covers, fades or moves the focus of the form can lead a person's hands, and still save nothing: what
 * was typed waits in the popup, which no page can touch. More of what a page can do is in hostile-page.test.ts.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  badge,
  closePanel,
  DANA,
  hasPanel,
  openedPopup,
  openPanel,
  openScene,
  type Scene,
  seenForASecond,
  until,
} from './acts.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA]);
});
afterAll(() => scene?.stage.close());
beforeEach(async () => {
  const { stage, page } = scene;
  await page.bringToFront();
  await page.reload();
  await badge(stage, page).waitFor('button', { text: DANA });
});

const saved = () => scene.desk.rows('activities');

/** The popup came up with these words, and nothing was saved. */
const waitsInPopup = async (words: string, thenEmpty = true) => {
  const popup = await openedPopup(scene.stage);
  await until('the words in the popup', () =>
    popup.evaluate((sought) => document.querySelector('textarea')?.value === sought, words),
  );
  expect(await saved()).toEqual([]);
  if (thenEmpty) {
    await popup.evaluate(() => document.querySelector('textarea')?.select());
    await popup.press('Backspace');
    await until('no draft', async () => (await scene.desk.rows('drafts')).every(({ text }) => text === ''));
  }
  await popup.close();
};

/** Appended by the page when it likes: nearly invisible, over everything, and letting every click through. */
const OVERLAY = 'position:fixed;inset:0;z-index:2147483647;background:#fff;opacity:.02;pointer-events:none';
const layOver = (style: string): void => {
  const layer = document.createElement('div');
  layer.style.cssText = style;
  document.documentElement.append(layer);
};

it('keys steered into the form with inert and Tab save nothing', async () => {
  const { stage, page } = scene;
  const frame = await openPanel(stage, page);
  // The page takes the focus back, makes itself inert, and lets the person's Tab do the rest.
  await page.evaluate(() => document.querySelector<HTMLElement>('#global-search')?.focus());
  await until('the focus in the page', () => frame.evaluate(() => !document.hasFocus()));
  await page.evaluate(() => {
    document.body.inert = true;
  });
  await page.waitForTimeout(100);
  for (
    let tabs = 0;
    tabs < 4 && !(await frame.evaluate(() => document.activeElement?.localName === 'textarea' && document.hasFocus()));
    tabs += 1
  ) {
    await page.keyboard.press('Tab');
  }
  expect(await frame.evaluate(() => document.hasFocus() && document.activeElement?.localName)).toBe('textarea');
  await page.keyboard.type('met @dana, steered');
  await seenForASecond(page);
  await page.keyboard.press('Enter');
  await waitsInPopup('met @dana, steered');
});

it('a badge clicked by script opens nothing; one that was covered when it was clicked opens the popup', async () => {
  const { stage, page, desk } = scene;
  const opened = (await desk.rows('forms')).length;
  await page.evaluate(() => {
    for (const host of document.documentElement.children) {
      if (host.localName !== 'div') continue;
      (host as HTMLElement).click();
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
        host.dispatchEvent(
          new MouseEvent(type, {
            bubbles: true,
            composed: true,
            cancelable: true,
            clientX: innerWidth - 20,
            clientY: innerHeight * 0.42,
          }),
        );
      }
      (host as HTMLElement).focus();
    }
    const key = { key: 'L', code: 'KeyL', altKey: true, shiftKey: true, bubbles: true, composed: true };
    for (const type of ['keydown', 'keyup']) document.dispatchEvent(new KeyboardEvent(type, key));
  });
  await page.waitForTimeout(400);
  expect(hasPanel(stage, page)).toBe(false);
  expect(await desk.rows('forms')).toHaveLength(opened);

  await page.evaluate(layOver, OVERLAY);
  await page.waitForTimeout(400);
  await badge(stage, page).click('button');
  await (await openedPopup(stage)).close();
  expect(hasPanel(stage, page)).toBe(false);
});

it('a badge that was plainly seen when it was clicked opens the form, which may save', async () => {
  const { stage, page } = scene;
  await page.waitForTimeout(400);
  await badge(stage, page).click('button');
  const frame = await stage.candor.panelFrame(page);
  await frame.getByRole('button', { name: 'Save' }).waitFor();
  await closePanel(stage, page);
});

it('under a modal dialog of the page the command opens the popup with the same draft', async () => {
  const { stage, page } = scene;
  await openPanel(stage, page);
  await page.keyboard.type('met @dana, under a dialog');
  await closePanel(stage, page);
  await page.locator('h1[data-record-name]').click();
  await page.keyboard.press('e');
  await page.locator('dialog[open]').waitFor();
  await stage.candor.pressCommand(page);
  await waitsInPopup('met @dana, under a dialog');
  expect(hasPanel(stage, page)).toBe(false);
});
