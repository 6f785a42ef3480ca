/** One fact, one CRM record: whatever the person's fingers, their tabs and the wire do twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  AFTER_UNDO,
  closePanel,
  DANA,
  openPage,
  openPanel,
  openScene,
  type Scene,
  seenForASecond,
  until,
  writes,
  written,
} from './acts.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA]);
});
afterAll(() => scene?.stage.close());

const activities = () => scene.desk.rows('activities');
const loggedFacts = async () => (await scene.desk.rows('facts')).filter(({ type }) => type === 'activity.logged');
const about = async (note: string) => (await activities()).filter(({ words }) => words.note.includes(note));

const drafted = (words: string) =>
  until('the draft', async () => (await scene.desk.rows('drafts')).some(({ text }) => text.includes(words)));

/** Words typed in one tab, and the same form with them in a second tab of the contact, which is in front. */
const twoTabs = async (words: string) => {
  const { stage, page } = scene;
  const first = await openPanel(stage, page);
  await page.keyboard.type(words);
  await drafted(words);
  const other = await openPage(stage, DANA);
  const second = await openPanel(stage, other);
  await until('the draft in the second tab', async () => (await second.locator('textarea').inputValue()) === words);
  await seenForASecond(other);
  return { first, second, other };
};

it('Enter pressed twice at once, and Enter held down, save one log', async () => {
  const { stage, page } = scene;
  const frame = await openPanel(stage, page);
  await page.keyboard.type('met @dana, double enter');
  await seenForASecond(page);
  await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('Enter'), page.keyboard.press('Enter')]);
  await frame.locator('.log-after').waitFor();

  await page.keyboard.press('n');
  await frame.locator('textarea').waitFor();
  await page.keyboard.type('met @dana, held enter');
  await seenForASecond(page);
  // A held key: the browser repeats `keydown` without a `keyup`.
  for (let times = 0; times < 10; times += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await frame.locator('.log-after').waitFor();

  expect(await about('double enter')).toHaveLength(1);
  expect(await about('held enter')).toHaveLength(1);
  expect(await activities()).toHaveLength(2);
  expect(await loggedFacts()).toHaveLength(2);
  await closePanel(stage, page);
});

it('a contact open in two tabs has one form: the same words saved in both are one log', async () => {
  const { stage, page } = scene;
  const { first, second, other } = await twoTabs('met @dana, from two tabs');
  await other.keyboard.press('Enter');
  await second.locator('.log-after').waitFor();
  await other.close();
  await page.bringToFront();
  await first.locator('textarea').click();
  await page.keyboard.press('Enter');
  await first.locator('.log-after').waitFor();
  expect(await about('from two tabs')).toHaveLength(1);
  expect(await stage.candor.panelFrame(page)).toBe(first);
  await closePanel(stage, page);
});

it('words typed in one tab after the other tab saved are kept, and become a log of their own', async () => {
  const { stage, page } = scene;
  const { first, second, other } = await twoTabs('met @dana, first half');
  await other.keyboard.press('Enter');
  await second.locator('.log-after').waitFor();
  await other.close();
  await page.bringToFront();
  await first.locator('textarea').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' and second half');
  await page.keyboard.press('Enter');
  await first.getByText('This form was saved before, with other words.').first().waitFor();
  expect(await first.locator('textarea').inputValue()).toBe('met @dana, first half and second half');
  expect(await about('second half')).toHaveLength(0);
  await page.keyboard.press('Enter');
  await first.locator('.log-after').waitFor();
  expect(await about('first half')).toHaveLength(2);
  expect(await about('second half')).toHaveLength(1);
  await closePanel(stage, page);
});

it('words typed in one tab after the other tab saved outlive the command pressed again', async () => {
  const { stage, page } = scene;
  const { first, second, other } = await twoTabs('met @dana, third half');
  await other.keyboard.press('Enter');
  await second.locator('.log-after').waitFor();
  await other.close();
  await page.bringToFront();
  await first.locator('textarea').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' and fourth half');
  await page.waitForTimeout(600);
  await stage.candor.pressCommand(page);
  await page.waitForTimeout(600);
  expect(await first.locator('textarea').inputValue()).toContain('fourth half');
  await closePanel(stage, page);
});

it('a form opened in a second tab takes nothing away from the first, where nothing was typed yet', async () => {
  const { stage, page } = scene;
  const first = await openPanel(stage, page);
  const other = await openPage(stage, DANA);
  await openPanel(stage, other);
  await closePanel(stage, other);
  await other.close();
  await page.bringToFront();
  // A click arms the frame once it was seen for a second.
  await seenForASecond(page);
  await first.locator('textarea').click();
  await page.keyboard.press('End');
  await page.keyboard.type(' met @dana, opened first');
  await seenForASecond(page);
  await page.keyboard.press('Enter');
  await first.locator('.log-after').waitFor({ timeout: 5_000 });
  expect(await about('opened first')).toHaveLength(1);
  await closePanel(stage, page);
});

it('a panel and the popup on one contact save one log of the same words', async () => {
  const { stage, page } = scene;
  const frame = await openPanel(stage, page);
  await page.keyboard.type('called @dana, panel and popup');
  await drafted('panel and popup');
  const popup = await stage.candor.popup();
  await until('the draft in the popup', () =>
    popup.evaluate(() => document.querySelector('textarea')?.value === 'called @dana, panel and popup'),
  );
  await popup.press('Enter');
  await popup.waitFor('.log-after');
  await popup.close();
  await seenForASecond(page);
  await frame.locator('textarea').click();
  await page.keyboard.press('Enter');
  await frame.locator('.log-after').waitFor();
  expect(await about('panel and popup')).toHaveLength(1);
});

it('the same message, sent twenty times at once, is one log', async () => {
  const { desk, page, stage } = scene;
  await page.bringToFront();
  const popup = await stage.candor.popup();
  await popup.waitFor('.log-record', { text: DANA });
  const answers = await popup.evaluate(async () => {
    const ask = (name: string, given: unknown) => chrome.runtime.sendMessage({ candor: 1, ask: name, with: given });
    const { ok: form } = await ask('openForm', null);
    const commit = () => ask('commit', { formId: form.formId, text: 'met @dana, twenty times', armed: true });
    const replies = await Promise.all(Array.from({ length: 20 }, commit));
    return replies.map((reply: { ok: { is: string } }) => reply.ok.is).sort();
  });
  expect(answers).toEqual([...Array(19).fill('already_saved'), 'saved']);
  expect(await about('twenty times')).toHaveLength(1);
  await popup.close();
  expect(await desk.rows('activities')).toHaveLength((await loggedFacts()).length);
});

it('in the end the CRM holds exactly one record for each of them, each written by one request', async () => {
  const { stage } = scene;
  const logs = await activities();
  await until(
    'all of them in the CRM',
    () => written(stage).length + written(stage, 'Task').length >= logs.length,
    AFTER_UNDO,
  );
  await until('nothing on its way', async () =>
    (await scene.desk.rows('outbox')).every(({ state }) => state === 'settled'),
  );
  const keys = [...written(stage), ...written(stage, 'Task')].map(({ Candor_Key__c }) => String(Candor_Key__c));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toHaveLength(logs.length);
  for (const { id, crossed } of logs)
    expect(
      writes(stage).filter(({ body }) => body.includes(id)),
      `${id} ${crossed.remoteId}`,
    ).toHaveLength(1);
});
