/** The browser stops the background whenever it likes: after each step of the path nothing is lost and nothing twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DANA, openPanel, openScene, type Scene, seenForASecond, until, writes, written } from './acts.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA]);
});
afterAll(() => scene?.stage.close());

const stop = () => scene.stage.candor.stopWorker();
const rowsOf = async (words: string) => {
  const activity = (await scene.desk.rows('activities')).find(({ words: { note } }) => note.includes(words));
  return { activity, rows: (await scene.desk.rows('outbox')).filter((row) => row.activity === activity?.id) };
};
const isWrite = ({ method, path }: { method: string; path: string }) =>
  method !== 'GET' && path.includes('/composite/');

it('stopped after the form opened, after the draft, after Enter, in the undo, in the request and after the receipt: one record', async () => {
  const { stage, page, desk } = scene;
  const frame = await openPanel(stage, page);
  const [form] = (await desk.rows('forms')).filter(({ savedAs }) => savedAs === null);
  await stop();

  await page.keyboard.type('met @dana, stopped everywhere');
  await until('the draft', async () =>
    (await desk.rows('drafts')).some(({ text }) => text.includes('stopped everywhere')),
  );
  await stop();

  await seenForASecond(page);
  await page.keyboard.press('Enter');
  await frame.locator('.log-after').waitFor();
  await stop();
  const { activity } = await rowsOf('stopped everywhere');
  expect(activity?.id, 'the log of the form that was opened first').toBe(form?.formId);

  // Half of the undo is over: a surface asks, the worker starts, and it is stopped again.
  await page.waitForTimeout(4_000);
  await desk.ask('today');
  await stop();
  expect(writes(stage)).toHaveLength(0);

  // The undo is over, and nobody is awake. The first message wakes the worker; its request is on its way when it dies.
  await page.waitForTimeout(Math.max(0, (activity?.heldUntil ?? 0) - Date.now()) + 200);
  stage.org.faults.add({ match: isWrite, do: { slowMs: 1_500 } });
  await desk.ask('today');
  await until('the request on its way', () => writes(stage).length === 1);
  expect((await rowsOf('stopped everywhere')).rows.map(({ state }) => state)).toEqual(['in_flight']);
  await stop();
  await until('the record of the request whose answer nobody heard', () => written(stage).length === 1);
  expect(
    (await rowsOf('stopped everywhere')).rows.map(({ state }) => state),
    'nobody wrote a receipt',
  ).toEqual(['in_flight']);

  await desk.ask('today');
  // Should it fail once more, the alarm of half a minute tries again.
  await until(
    'the receipt',
    async () => (await rowsOf('stopped everywhere')).rows.every(({ state }) => state === 'settled'),
    45_000,
  );
  await stop();
  await desk.ask('today');
  await page.waitForTimeout(500);

  expect(written(stage)).toHaveLength(1);
  // Once, or once more where a late stop met the second answer too: the key makes asking again harmless.
  expect(writes(stage).length, 'asked again, with the same key').toBeGreaterThanOrEqual(2);
  const settled = await rowsOf('stopped everywhere');
  expect(settled.activity?.crossed.remoteId).toBe(written(stage)[0]?.Id);
  const facts = (await desk.rows('facts')).filter(({ stream }) => stream === `activity/${settled.activity?.id}`);
  expect(facts.filter(({ type }) => type === 'activity.logged')).toHaveLength(1);
  expect(facts.filter(({ type }) => type === 'delivery.stored')).toHaveLength(1);
  expect((await desk.ask('verify')).verdict).toBe('intact');
  await frame.getByText('In CRM.').first().waitFor();
}, 90_000);
