/** What is typed outlives what holds it: the browser is killed while a sentence is half written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { DANA, openPage, openPanel, openScene, type Scene, until } from './acts.ts';

const profileDir = mkdtempSync(join(tmpdir(), 'candor-drafts-'));
let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA], { profileDir });
});
afterAll(async () => {
  await scene?.stage.close();
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const HALF = 'met @dana, half a sentence';
/** A draft is kept 300 ms after the last key. */
const KEPT = 900;

it('a killed browser has the draft of the contact when it is opened again', async () => {
  const { stage, page } = scene;
  const { org } = stage;
  await stage.candor.flushed([`${org.origins.ui}/*`, `${org.origins.api}/*`]);
  await openPanel(stage, page);
  await page.keyboard.type(HALF);
  await page.waitForTimeout(KEPT);
  await stage.candor.kill();
  await stage.reopen();
  scene = { ...scene, page: await openPage(stage, DANA) };
  const frame = await openPanel(stage, scene.page);
  await until('the draft', async () => (await frame.locator('textarea').inputValue()) === HALF);
}, 120_000);
