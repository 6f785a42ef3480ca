/** The worst moment: the CRM has committed, its answer is lost, and the browser is killed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DANA, log, openDesk, openPage, openScene, type Scene, until, writes, written } from './acts.ts';

const profileDir = mkdtempSync(join(tmpdir(), 'candor-crash-'));
let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA], { profileDir });
});
afterAll(async () => {
  await scene?.stage.close();
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

it('the answer is lost after the CRM committed, the browser is killed: one record, and its id is adopted', async () => {
  const { stage, page } = scene;
  const { org } = stage;
  await log(stage, page, 'met @dana, the answer was lost ~~and the rest is mine');
  org.faults.add({
    match: ({ method, path }) => method !== 'GET' && path.includes('/composite/'),
    times: 99,
    do: 'drop_after',
  });
  // Meanwhile the browser writes the granted hosts to its disk: killed before that, it would forget them.
  await stage.candor.flushed([`${org.origins.ui}/*`, `${org.origins.api}/*`]);
  await until('the record of which nobody heard', () => written(stage).length === 1, 20_000);
  const [before] = written(stage);
  await stage.candor.kill();
  org.faults.clear();
  const heard = org.requests.length;

  await stage.reopen();
  const desk = await openDesk(stage);
  await until('the receipt', async () => (await desk.rows('outbox')).some(({ state }) => state === 'settled'), 40_000);
  const [after, ...others] = written(stage);
  expect(others).toEqual([]);
  expect(after?.Id).toBe(before?.Id);
  const [activity] = await desk.rows('activities');
  expect(activity?.crossed.remoteId).toBe(before?.Id);
  expect(writes(stage).filter(({ fault }) => fault === null)).toHaveLength(1);
  expect(org.requests.length).toBeGreaterThan(heard);

  const today = await desk.ask('today');
  expect(today.logs.map(({ progress, sentence }) => [progress, sentence.key])).toEqual([['in_crm', 'progressInCrm']]);
  expect((await desk.ask('verify')).verdict).toBe('intact');
  // The badge is back on the page as well: the script was registered anew.
  await openPage(stage, DANA);
}, 120_000);
