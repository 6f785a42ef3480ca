/** Small, enlarged, in forced colours and without motion: nothing is cut off, nothing is told by colour alone, nothing moves. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DANA, openPanel, openScene, type Scene, until } from './acts.ts';
import { busy } from './surfaces.ts';

/** `CANDOR_SHOTS=folder` leaves pictures to look at. */
const shots = process.env.CANDOR_SHOTS;
const shot = async (page: Page, name: string): Promise<void> => {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
};

const LINE =
  'met @dana and @li 45m yesterday 3pm re Q3, words !a draft by then *delivery on time >send prices fri ~~mine';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA]);
  await busy(scene);
});
afterAll(() => scene?.stage.close());

/** What sticks out to the right, with the widest first. */
const sticksOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > wide + 1)
      .map((one) => `${one.localName}.${one.className}`)
      .slice(0, 5);
  });

const OWN = [
  ['popup', 'src/popup/index.html'],
  ['side panel', 'src/popup/side.html'],
  ['today', 'src/dashboard/index.html#/today'],
  ['contacts', 'src/dashboard/index.html#/contacts'],
  ['held', 'src/dashboard/index.html#/held'],
  ['evidence', 'src/dashboard/index.html#/evidence'],
  ['options', 'src/options/index.html'],
] as const;

/** 320 CSS pixels are also what is left of 640 at 200 %. */
it.each(OWN)('at 320 px nothing of the %s is cut off or scrolls sideways', async (name, path) => {
  const page = await scene.stage.candor.openOwn(path, { width: 320, height: 640 });
  await page.waitForTimeout(500);
  if (path.includes('popup/')) {
    await page.locator('textarea').fill(LINE);
    await until('the chips', async () => (await page.locator('button.chip').count()) > 8);
    await page.waitForTimeout(400);
  }
  expect(await sticksOut(page)).toEqual([]);
  expect(await page.evaluate(() => getComputedStyle(document.body).fontSize), 'words as large as look.md says').toBe(
    '13px',
  );
  await shot(page, `small-${name.replace(' ', '-')}`);
  await page.close();
});

it.each(OWN)(
  'in forced colours each control of the %s has an edge or is a link, and the focus is seen',
  async (name, path) => {
    const page = await scene.stage.candor.openOwn(path, { width: 1024, height: 720 });
    await page.emulateMedia({ forcedColors: 'active' });
    await page.waitForTimeout(400);
    if (path.includes('popup/')) {
      await page.locator('textarea').fill(LINE);
      await until('the chips', async () => (await page.locator('button.chip').count()) > 8);
    }
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input:not([type=radio], [type=checkbox]), select, textarea')]
        .filter((one) => one.checkVisibility() && !one.matches('.link, .quiet, th button, .sr-only'))
        .filter((one) => {
          const edged = (each: Element | null): boolean => {
            if (!each) return false;
            const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(each);
            return (borderTopStyle !== 'none' && parseFloat(borderTopWidth) > 0) || outlineStyle !== 'none';
          };
          return !edged(one) && !edged(one.parentElement);
        })
        .map((one) => one.outerHTML.slice(0, 100)),
    );
    expect(bare).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await shot(page, `forced-${name.replace(' ', '-')}`);
    await page.close();
  },
);

it('where motion is not wanted nothing moves', async () => {
  for (const [name, path] of OWN) {
    const page = await scene.stage.candor.openOwn(path, { width: 400, height: 640 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((one) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(one);
          const long = (times: string): boolean => times.split(',').some((time) => parseFloat(time) > 0.01);
          return (animationName !== 'none' && long(animationDuration)) || long(transitionDuration);
        })
        .map((one) => `${one.localName}.${one.className}`)
        .slice(0, 5),
    );
    expect(moving, name).toEqual([]);
    await page.close();
  }
});

it('Tab goes through the form in the order in which it is read: line, chips, who is told, Save', async () => {
  const { stage, page } = scene;
  await page.bringToFront();
  const frame = await openPanel(stage, page);
  await page.keyboard.type(LINE);
  await until('the chips', async () => (await frame.locator('button.chip').count()) > 8);
  await page.waitForTimeout(400);
  const places: { top: number; what: string }[] = [];
  for (let steps = 0; steps < 12; steps += 1) {
    const at = await frame.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body || !document.hasFocus()) return null;
      return { top: one.getBoundingClientRect().top + scrollY, what: `${one.localName}.${one.className}` };
    });
    if (!at) break;
    places.push(at);
    await page.keyboard.press('Tab');
  }
  expect(places[0]?.what).toMatch(/^textarea/u);
  expect(places[1]?.what).toMatch(/^button\.chip/u);
  expect(places.at(-1)?.what).toMatch(/^button\.button primary/u);
  expect(places.map(({ top }) => top)).toEqual(places.map(({ top }) => top).toSorted((a, b) => a - b));
});
