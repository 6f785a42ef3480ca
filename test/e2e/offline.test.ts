/** What is queued is sent without anybody asking, is weighed again before it leaves, and goes to the CRM and nowhere else. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  badge,
  DANA,
  idOf,
  log,
  openPage,
  openPanel,
  openScene,
  personKey,
  type Scene,
  tellNow,
  until,
  writes,
  writesOf,
  written,
  writtenBytes,
} from './acts.ts';

const OBJECTS = 'Sönke Möhrwald';
const TAKEN_BACK = 'Annika Lüttmoor';
const PRIVATE = 'quince-jelly-9417';

let scene: Scene;
let objects: Page;
let takenBack: Page;
const asked: string[] = [];
const said: string[] = [];

beforeAll(async () => {
  scene = await openScene([DANA, OBJECTS]);
  const { stage } = scene;
  stage.candor.context.on('request', (request) => asked.push(`${request.url()}\n${request.postData() ?? ''}`));
  stage.candor.context.on('console', (message) => said.push(message.text()));
  const worker = await stage.candor.worker();
  worker.on('console', (message) => said.push(message.text()));
  // A second witness, inside: every address the background asks for.
  await worker.evaluate(() => {
    const kept = globalThis as unknown as { asked: string[]; fetch: typeof fetch };
    const real = kept.fetch;
    kept.asked = [];
    kept.fetch = (input, init) => {
      kept.asked.push(input instanceof Request ? input.url : String(input));
      return real(input, init);
    };
  });
  objects = await openPage(stage, OBJECTS, await stage.candor.context.newPage());
  takenBack = await openPage(stage, TAKEN_BACK, await stage.candor.context.newPage());
});
afterAll(() => scene?.stage.close());

it('offline a log is saved and says that it waits for the network; nothing is asked of anybody', async () => {
  const { stage, page } = scene;
  await stage.candor.context.setOffline(true);
  const before = stage.org.requests.length;
  const frame = await log(stage, page, `met @dana, she signs in march ~~${PRIVATE}`);
  await frame.getByText('Saved on this device. Waiting for the network.').first().waitFor();
  await (await log(stage, objects, 'met @sönke, he asked about customs'))
    .getByText('Waiting for the network')
    .first()
    .waitFor();
  await tellNow(scene, TAKEN_BACK);
  await (await log(stage, takenBack, 'met @annika, she asked about pallets'))
    .getByText('Waiting for the network')
    .first()
    .waitFor();
  expect(stage.org.requests.length).toBe(before);
});

it('a private part that was kept comes back to a frame in a page only as a locked chip', async () => {
  const { stage, page } = scene;
  const words = `${PRIVATE}-draft`;
  const frame = await openPanel(stage, page);
  await page.keyboard.press('n');
  await frame.locator('textarea').fill(`met @dana, a draft ~~${words}`);
  await until('the draft', async () =>
    (await scene.desk.rows('drafts')).some((draft) => draft.private?.includes(words)),
  );
  await page.keyboard.press('Escape');
  await until('the frame gone', () => frame.isDetached());
  const again = await openPanel(stage, page);
  await until('the draft again', async () => (await again.locator('textarea').inputValue()).includes('a draft'));
  await again.getByText('Private part kept').first().waitFor();
  const shown = await again.evaluate(
    () => document.documentElement.outerHTML + document.querySelector('textarea')?.value,
  );
  expect(shown).not.toContain(words);
  const answered = await again.evaluate(async () =>
    JSON.stringify(await chrome.runtime.sendMessage({ candor: 1, ask: 'openForm', with: null })),
  );
  expect(answered).toContain('a draft');
  expect(answered).not.toContain(words);
  await again.locator('textarea').fill('');
  await page.keyboard.press('Escape');
});

it('back online it is sent by itself, though the worker was stopped and nobody asks', async () => {
  const { stage, desk } = scene;
  const { ok } = await desk
    .ask('raiseObjection', {
      commandId: crypto.randomUUID(),
      contact: await personKey(scene, OBJECTS),
      scope: 'general',
    })
    .then(({ is }) => ({ ok: is === 'done' }));
  expect(ok).toBe(true);
  const annika = await personKey(scene, TAKEN_BACK);
  const told = (await desk.rows('facts'))
    .filter(({ stream, type }) => stream === `contact/${annika}` && type.startsWith('notice.'))
    .at(-1);
  const voided = await desk.ask('voidFact', { commandId: crypto.randomUUID(), contact: annika, ref: String(told?.id) });
  expect(voided).toEqual({ is: 'done' });

  const inside = await (await stage.candor.worker()).evaluate(
    () => (globalThis as unknown as { asked: string[] }).asked,
  );
  asked.push(...inside);
  // The open forms and badges have heard of it and asked again: after that nobody wakes the worker but its alarm.
  await scene.page.waitForTimeout(1_000);
  // (Stopping it while offline would leave the new worker's network cut for good: that is the emulation's doing.)
  await stage.candor.context.setOffline(false);
  await stage.candor.stopWorker();
  await until(
    'Dana’s meeting in the CRM',
    () => written(stage).some(({ WhoId }) => WhoId === idOf(stage, DANA)),
    45_000,
  );
  await until('three records', () => written(stage).length === 3);
  const dana = written(stage).find(({ WhoId }) => WhoId === idOf(stage, DANA));
  expect(dana?.Description).toBe('she signs in march');
});

/** What a CRM may be told of a person: doors that are closed, and where they stand. */
const OF_A_STATUS =
  /^(HasOptedOutOfEmail|DoNotCall|Candor_(Restricted|No_Post|No_Messages|Disclosure|Told_On|Status)__c)$/u;

it('of a person who objected between queueing and sending nothing leaves but the objection', async () => {
  const { stage } = scene;
  const told = writesOf(stage, OBJECTS);
  // The doors first, in a call of their own; then where they stand.
  expect(
    told.map(({ body }) => JSON.parse(body)),
    'the objection passes',
  ).toContainEqual(expect.objectContaining({ HasOptedOutOfEmail: true, DoNotCall: true }));
  for (const { body } of told)
    expect(Object.keys(JSON.parse(body)).filter((name) => !OF_A_STATUS.test(name))).toEqual([]);
  const bytes = told.reduce((all, { path, body }) => all.replace(`${path}\n${body}`, ''), writtenBytes(stage));
  for (const trace of [idOf(stage, OBJECTS), idOf(stage, OBJECTS).slice(0, 15), 'Sönke', 'Möhrwald', 'customs'])
    expect(bytes).not.toContain(trace);
});

it('of a person whose notice was taken back between queueing and sending nothing leaves', async () => {
  const { stage } = scene;
  const bytes = writtenBytes(stage);
  for (const trace of [idOf(stage, TAKEN_BACK).slice(0, 15), 'Annika', 'Lüttmoor', 'pallets'])
    expect(bytes).not.toContain(trace);
});

it('no request goes to any origin but the CRM’s two', async () => {
  const { stage } = scene;
  const origins = new Set(
    asked
      .map((line) => new URL(line.split('\n')[0] ?? ''))
      .filter(({ protocol }) => protocol !== 'chrome-extension:')
      .map(({ origin }) => origin),
  );
  expect([...origins].sort()).toEqual([stage.org.origins.ui, stage.org.origins.api].sort());
  expect(
    asked.some((line) => line.startsWith(`${stage.org.origins.api}/services/data`)),
    'the witness sees the background',
  ).toBe(true);
  expect(writes(stage).every(({ host }) => host === stage.org.hosts.api)).toBe(true);
});

it('no byte of private text is in any request, page, frame or console', async () => {
  const { stage, page } = scene;
  const requests = stage.org.requests.map(({ path, headers, body }) => `${path}${JSON.stringify(headers)}${body}`);
  await page.bringToFront();
  await page.reload();
  await badge(stage, page).waitFor('button', { text: DANA });
  await page.getByText('she signs in march').first().waitFor();
  const session = await stage.candor.context.newCDPSession(page);
  const dom = JSON.stringify(await session.send('DOM.getDocument', { depth: -1, pierce: true }));
  expect(dom.includes('she signs in march'), 'what is looked through is the page').toBe(true);
  const leaked = { requests, asked, said, dom: [dom] };
  for (const [where, texts] of Object.entries(leaked))
    expect(texts.filter((text) => text.includes(PRIVATE)).length, where).toBe(0);
  expect(
    (await scene.desk.rows('contents')).some(({ words }) => JSON.stringify(words).includes(PRIVATE)),
    'it is kept here',
  ).toBe(true);
});
