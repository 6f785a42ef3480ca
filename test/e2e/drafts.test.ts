/** What is typed outlives what holds it: the browser killed, the extension updated under an open form. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { badge, DANA, hasPanel, openPage, openPanel, openScene, type Scene, until } from './acts.ts';

const profileDir = mkdtempSync(join(tmpdir(), 'candor-drafts-'));
let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA], { profileDir });
});
afterAll(async () => {
  await scene?.stage.close();
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const CRASHED = 'met @dana, half a sentence';
const UPDATED = 'met @dana, half a sentence and one more';
/** A draft is kept 300 ms after the last key. */
const KEPT = 900;

it('a killed browser has the draft of the contact when it is opened again', async () => {
  const { stage, page } = scene;
  const { org } = stage;
  await stage.candor.flushed([`${org.origins.ui}/*`, `${org.origins.api}/*`]);
  await openPanel(stage, page);
  await page.keyboard.type(CRASHED);
  await page.waitForTimeout(KEPT);
  await stage.candor.kill();
  await stage.reopen();
  scene = { ...scene, page: await openPage(stage, DANA) };
  const frame = await openPanel(stage, scene.page);
  await until('the draft', async () => (await frame.locator('textarea').inputValue()) === CRASHED);
}, 120_000);

it('an update under an open form takes the dead form away, and the command brings its words back', async () => {
  const { stage, page } = scene;
  const frame = await stage.candor.panelFrame(page);
  await frame.locator('textarea').press('End');
  await page.keyboard.type(UPDATED.slice(CRASHED.length));
  await page.waitForTimeout(KEPT);
  const worker = await stage.candor.worker();
  const gone = new Promise<void>((settle) => worker.once('close', () => settle()));
  await worker.evaluate(() => chrome.runtime.reload()).catch(() => {});
  await gone;
  await until('the new badge', () => badge(stage, page).exists('button'), 20_000);
  await until('no dead form over the page', () => !hasPanel(stage, page));
  expect(await page.locator('html > div').count(), 'one badge, not two').toBe(1);
  const again = await openPanel(stage, page);
  await until('the draft', async () => (await again.locator('textarea').inputValue()) === UPDATED);
}, 60_000);
