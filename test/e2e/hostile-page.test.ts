/**
 * A hostile page leads the hands of a person who has the form open: over all attacks nothing is saved, and what was
 * typed waits where no page reaches. The same hands without an attack save. A page that takes the badge away gets tired
 * before we do.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE } from '../support/hostile.ts';
import { badge, DANA, hasPanel, openedPopup, openPanel, openScene, type Scene, seenForASecond, until } from './acts.ts';
import { type Aim, ATTACKS, type Attack } from './attacks/attacks.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene([DANA]);
});
afterAll(() => scene?.stage.close());

const POPUP = '/src/popup/index.html';
const popups = async () => {
  const session = await scene.stage.candor.context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('no browser session');
  const { targetInfos } = await session.send('Target.getTargets');
  const open = targetInfos.filter(({ url, attached }) => !attached && url.endsWith(POPUP));
  for (const { targetId } of open) await session.send('Target.closeTarget', { targetId });
  await session.detach();
  return open.length > 0;
};
afterEach(() => until('the popup gone', async () => !(await popups())));

const saved = async () => (await scene.desk.rows('activities')).map(({ words }) => words.note);

/** The page anew, with its badge. */
const fresh = async (name = DANA) => {
  const { stage, page, desk } = scene;
  for (const { formId } of await desk.rows('drafts')) await desk.ask('saveDraft', { formId, text: '' });
  await page.bringToFront();
  await page.reload();
  await badge(stage, page).waitFor('button', { text: name });
};

/** Opens the form and answers where *Save* is. */
const opened = async (): Promise<Aim> => {
  const { stage, page } = scene;
  await fresh();
  const frame = await openPanel(stage, page);
  const box = await frame.locator('button[type=submit]').boundingBox();
  if (!box) throw new Error('Save is nowhere');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** What a person does who thinks that this is the page's own question. */
const hands = async ({ x, y }: Aim, how: Attack['hands']) => {
  const { page } = scene;
  await page.keyboard.press('Enter');
  if (how === undefined) await page.mouse.click(x, y);
};

const suffer = async (words: string, { play, at, hands: how }: Omit<Attack, 'ends'>) => {
  const { page } = scene;
  const aim = await opened();
  if (at === 'open') await page.evaluate(play, aim);
  if (how === 'tab and enter') {
    await page.waitForTimeout(150);
    for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press('Tab');
  }
  await page.keyboard.insertText(words);
  await seenForASecond(page);
  if (at === 'hands') await page.evaluate(play, aim);
  await hands(aim, how);
};

describe('with the form open', () => {
  for (const [name, attack] of Object.entries(ATTACKS)) {
    it(`${name}: nothing is saved`, async () => {
      const words = `met @dana, ${name}`;
      await suffer(words, attack);
      if (attack.ends === 'popup') {
        const popup = await openedPopup(scene.stage);
        await until('the words in the popup', () =>
          popup.evaluate((sought) => document.querySelector('textarea')?.value === sought, words),
        );
      } else await scene.page.waitForTimeout(300);
      expect(await saved()).toEqual([]);
    });
  }
});

describe('with the badge alone', () => {
  for (const [name, { play }] of Object.entries(ATTACKS).filter(([, { badge: too }]) => too)) {
    it(`${name}: a click opens no form in the page`, async () => {
      const { stage, page } = scene;
      await fresh();
      const box = await badge(stage, page).box('button');
      const aim = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      await page.evaluate(play, aim);
      await page.waitForTimeout(250);
      await page.mouse.click(aim.x, aim.y);
      await page.waitForTimeout(250);
      expect(hasPanel(stage, page)).toBe(false);
    });
  }
});

it('the same hands without an attack save: what was typed, once', async () => {
  expect(await saved()).toEqual([]);
  await suffer('met @dana, nobody attacks', { at: 'open', play: () => undefined });
  await until('the log', async () => (await saved()).length > 0);
  expect(await saved()).toEqual(['nobody attacks']);
});

it('a page that takes the badge away at every frame for ten seconds costs us less than 50 ms, and the toolbar says what to use', async () => {
  const { stage, page } = scene;
  await fresh();
  const session = await stage.candor.context.newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.start');
  const taken = await page.evaluate(async () => {
    const end = performance.now() + 10_000;
    let count = 0;
    while (performance.now() < end) {
      for (const host of [...document.documentElement.children]) {
        if (host.localName !== 'div') continue;
        host.remove();
        count += 1;
      }
      await new Promise((frame) => requestAnimationFrame(frame));
    }
    return count;
  });
  const { profile } = await session.send('Profiler.stop');
  const ours = new Set(
    profile.nodes.filter(({ callFrame }) => callFrame.url.startsWith('chrome-extension:')).map(({ id }) => id),
  );
  const micros = (profile.samples ?? []).reduce(
    (sum, id, at) => sum + (ours.has(id) ? (profile.timeDeltas?.[at] ?? 0) : 0),
    0,
  );
  await session.detach();
  // Once it was there, five times it was put back, and once or twice the page looked like another for a moment.
  expect(taken).toBeGreaterThan(1);
  expect(taken).toBeLessThan(10);
  expect(micros / 1000).toBeLessThan(50);
  const worker = await stage.candor.worker();
  await until('the toolbar saying what to use', async () =>
    (
      await worker.evaluate(async () => {
        const tabs = await chrome.tabs.query({});
        return Promise.all(tabs.map(({ id }) => chrome.action.getTitle({ tabId: id ?? 0 })));
      })
    ).includes('This page takes Candor’s badge away. Use this button instead.'),
  );
  const popup = await stage.candor.popup();
  await popup.waitFor('textarea');
});

describe('with hostile names in the CRM', () => {
  it('every screen shows them as text: no script runs, no policy is violated', async () => {
    const { stage, page, desk } = scene;
    const complaints: string[] = [];
    stage.candor.context.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|TrustedScript|Refused to/u.test(message.text()))
        complaints.push(message.text());
    });
    stage.candor.context.on('weberror', (error) => complaints.push(error.error().message));
    const people = stage.org.records.all('Contact').slice(0, Object.keys(HOSTILE).length);
    const texts = Object.values(HOSTILE);
    for (const [at, row] of people.entries()) {
      Object.assign(row, { Name: texts[at], LastName: texts[at], FirstName: null, Title: texts[at] });
    }
    for (const account of stage.org.records.all('Account')) Object.assign(account, { Name: texts[0] });

    // Theirs are read with the pages of the first of them, and the rest with the directory.
    const [connection] = await desk.rows('connections');
    await desk.ask('pullDirectory', { connection: connection?.id ?? '', scope: 'all_visible' });
    await until(
      'the directory',
      async () => (await desk.rows('people')).some(({ name }) => name === HOSTILE.markup),
      20_000,
    );
    const ran: unknown[] = [];
    const look = async (where: { evaluate(read: () => unknown): Promise<unknown> }) => {
      ran.push(await where.evaluate(() => (globalThis as { candorWasHere?: unknown }).candorWasHere ?? null));
    };

    await fresh('');
    const frame = await openPanel(stage, page);
    await page.keyboard.insertText(`met @dana, ${texts.join(' ')} ~~${texts.join(' ')}`);
    await frame.locator('.chip').nth(2).waitFor();
    await seenForASecond(page);
    await page.keyboard.press('Enter');
    await frame.locator('.log-after').waitFor();
    await look(frame);
    await look(page);

    const own = await stage.candor.openOwn('src/dashboard/index.html#/contacts');
    await own
      .getByText(HOSTILE.markup as string, { exact: true })
      .first()
      .waitFor();
    expect(await own.locator('img, main script, svg[onload]').count()).toBe(0);
    for (const place of ['today', 'held', 'evidence', 'again', `contacts/crm:${connection?.id}:${people[0]?.Id}`]) {
      await own.evaluate((hash) => {
        location.hash = hash;
      }, `#/${place}`);
      await own.locator('main h1').first().waitFor();
      await look(own);
    }
    await own.goto(own.url().replace(/dashboard.*/u, 'options/index.html'));
    await own.locator('article.connection').waitFor();
    await look(own);
    await own.close();
    const popup = await stage.candor.popup();
    await popup.waitFor('.popup-log');
    await look(popup as never);
    await popup.close();

    expect(ran.length).toBeGreaterThan(7);
    expect(ran.every((one) => one === null)).toBe(true);
    expect(complaints).toEqual([]);
  });
});
