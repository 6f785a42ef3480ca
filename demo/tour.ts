/**
 * The six steps of the main job, played in a real browser and checked against what the demo CRM really holds. Each step
 * says what it saw there; a step that sees something else fails, and the tour with it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import type { DemoActivity } from './crm/demo-crm.ts';
import { playGallery } from './gallery.ts';
import { liDeadline } from './seed.ts';
import { badgeOf, connect, type Stage, tell } from './stage.ts';

export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly evidence: string;
}

export const LINE =
  'met @dana and @li 45m yesterday 3pm, she wants pricing by region >send pricing fri ~~may move to a rival';

class Unexpected extends Error {
  override readonly name = 'Unexpected';
}
const expect = (seen: boolean, sentence: string): void => {
  if (!seen) throw new Unexpected(sentence);
};

/** Plays the tour; writes numbered pictures and `tour.json` to `out`. Answers whether every step was seen. */
export const playTour = async (stage: Stage, out: string, say: (line: string) => void): Promise<boolean> => {
  mkdirSync(out, { recursive: true });
  const { crm } = stage;
  const results: StepResult[] = [];
  let picture = 0;
  const shot = async (page: Page, name: string): Promise<void> => {
    picture += 1;
    await page.screenshot({ path: join(out, `${String(picture).padStart(2, '0')}-${name}.png`) });
  };
  const step = async (name: string, play: () => Promise<string>): Promise<void> => {
    let result: StepResult;
    try {
      result = { name, ok: true, evidence: await play() };
    } catch (error) {
      result = { name, ok: false, evidence: error instanceof Error ? error.message : String(error) };
    }
    results.push(result);
    say(`${result.ok ? 'ok  ' : 'FAIL'} ${results.length}. ${result.name}\n       ${result.evidence}`);
    writeFileSync(join(out, 'tour.json'), `${JSON.stringify({ steps: results }, null, 2)}\n`);
  };

  const dana = crm.contact('Dana Reyes');
  const li = crm.contact('Li Wei');
  const logged = (what: DemoActivity['what']): readonly DemoActivity[] =>
    crm.activities().filter((activity) => activity.what === what);
  const bodies = (): string => crm.requests.map(({ body }) => body).join('\n');

  await connect(stage, (page, name) => (name === 'connected' ? shot(page, name) : Promise.resolve()));
  const page = await stage.openContact('Dana Reyes');
  const badge = badgeOf(stage, page);
  await badge.waitFor('button', { text: 'Dana Reyes' });
  await tell(stage, 'Dana Reyes');

  await step('The badge on a contact’s page says who has been told', async () => {
    await badge.waitFor('button', { text: 'told' });
    const first = await badge.text('button');
    expect(first === 'Dana Reyes: told', `the badge says “${first}”`);
    await shot(page, 'badge-told');
    const before = crm.requests.length;
    await stage.openContact('Li Wei', page);
    const { daysLeft } = liDeadline(new Date());
    await badge.waitFor('button', { text: 'Li Wei' });
    const second = await badge.text('button');
    expect(second === `Li Wei: not told, ${daysLeft} days left`, `the badge says “${second}”`);
    await shot(page, 'badge-not-told');
    const writes = crm.requests.slice(before).filter((each) => each.method !== 'GET' && crm.isApi(each));
    expect(writes.length === 0, 'looking at a page wrote something');
    return `“${first}”, then “${second}”; looking wrote nothing`;
  });

  let frame: Frame | null = null;
  await step('One line is typed; the panel shows what leaves, what is withheld and what stays', async () => {
    await stage.openContact('Dana Reyes', page);
    await badge.waitFor('button', { text: 'Dana Reyes' });
    await stage.candor.pressCommand(page);
    frame = await stage.candor.panelFrame(page);
    const line = frame.locator('textarea');
    await line.waitFor();
    await page.keyboard.type(LINE, { delay: 8 });
    await frame.getByText('Li Wei, until told', { exact: true }).waitFor();
    await page.waitForTimeout(1_100);
    await shot(page, 'before-saving');
    const keys = await page.evaluate(() => (window as unknown as { __seenKeys: string[] }).__seenKeys.length);
    expect(keys === 0, `the page heard ${keys} keys typed into the panel`);
    await page.keyboard.press('Enter');
    await frame.getByText('Saved on this device').first().waitFor();
    await shot(page, 'saved');
    expect(crm.activities().length === 0, 'something was sent before the undo was over');
    await frame.getByText('In CRM. Li Wei and the note withheld until told.').first().waitFor({ timeout: 30_000 });
    await shot(page, 'in-crm-withheld');
    return 'saved at once, sent after the ten-second undo: “In CRM. Li Wei and the note withheld until told.”';
  });

  await step('The CRM holds one neutral meeting with the time, the account and Dana; nothing else left', async () => {
    await page.reload();
    await page.locator(crm.marks.activity).first().waitFor();
    await shot(page, 'crm-neutral');
    const [meeting, ...more] = logged('meeting');
    expect(meeting !== undefined && more.length === 0, `${more.length + 1} meetings`);
    expect(meeting?.subject === 'Meeting', `the subject is “${meeting?.subject}”`);
    expect(meeting?.people.join() === dana.id && meeting.account === dana.account, 'who or account is wrong');
    expect(meeting?.note === '', 'a note reached the CRM');
    expect(logged('todo').length === 0, 'a task reached the CRM');
    const said = bodies();
    expect(!/pricing|rival/u.test(said), 'words left the device');
    expect(
      !crm.requests.some((each) => each.method !== 'GET' && crm.isApi(each) && each.body.includes(li.id)),
      'Li left the device',
    );
    return `${meeting?.id}: “Meeting”, ${meeting?.start}, Halden Freight AG, Dana Reyes; no free text, no Li, no task`;
  });

  await step('Li is told by mail; the same record is completed, the next step becomes one task', async () => {
    const [before] = logged('meeting');
    const dashboard = await stage.candor.openOwn('src/dashboard/index.html#/contacts', { width: 1440, height: 900 });
    await dashboard.getByRole('link', { name: 'Li Wei' }).first().click();
    await dashboard.getByRole('heading', { name: /Li Wei has not been told/u }).waitFor();
    await shot(dashboard, 'contact-not-told');
    await dashboard.getByRole('button', { name: /^Tell/u }).click();
    await dashboard.locator('dialog .words').waitFor();
    await dashboard.waitForTimeout(400);
    await shot(dashboard, 'tell');
    await dashboard.locator('dialog').getByRole('button', { name: 'I am sending it another way' }).click();
    await dashboard.locator('dialog .pendingbox .primary').waitFor();
    await shot(dashboard, 'on-its-way');
    expect(crm.activities().length === 1, 'an attempt opened the gate');
    await dashboard.locator('dialog .pendingbox .primary').click();
    await dashboard.getByRole('heading', { name: /Li Wei was told by mail/u }).waitFor();
    await waitFor(
      () => {
        const [meeting] = logged('meeting');
        return logged('todo').length === 1 && Boolean(meeting?.people.includes(li.id)) && meeting?.note !== '';
      },
      30_000,
      'completion, link and task',
    );
    await dashboard.reload();
    await dashboard.locator('.timeline li').first().waitFor();
    await shot(dashboard, 'contact-told');
    await dashboard.close();
    const [meeting, ...more] = logged('meeting');
    const [task, ...otherTasks] = logged('todo');
    expect(more.length === 0 && meeting?.id === before?.id, 'another meeting was made');
    expect(meeting?.note === 'she wants pricing by region', `the note is “${meeting?.note}”`);
    expect(otherTasks.length === 0 && task?.subject === 'send pricing', 'the task is wrong');
    expect(new Date(`${task?.due}T12:00:00Z`).getUTCDay() === 5, `the task is due ${task?.due}, not a Friday`);
    expect(!/rival/u.test(bodies()), 'private words left the device');
    await page.reload();
    await page.locator(crm.marks.activity).nth(1).waitFor();
    await shot(page, 'crm-complete');
    return `the same ${meeting?.id}: “${meeting?.subject}”, with Li; one task “${task?.subject}” due ${task?.due}; the private part never left`;
  });

  await step('The toolbar popup logs offline; when the network is back it syncs by itself', async () => {
    const other = await stage.candor.context.newPage();
    await other.bringToFront();
    await stage.candor.context.setOffline(true);
    const popup = await stage.candor.popup();
    // A real popup is outside this emulation, and opening it ends the worker's: begun again.
    await stage.candor.context.setOffline(false);
    await stage.candor.context.setOffline(true);
    await popup.waitFor('textarea');
    await popup.type('called @dana, confirmed the date');
    await popup.waitFor('body', { text: 'With Dana Reyes' });
    picture += 1;
    await popup.screenshot(join(out, `${String(picture).padStart(2, '0')}-popup-offline.png`));
    await popup.press('Enter');
    await popup.waitFor('body', { text: 'Waiting for the network' });
    picture += 1;
    await popup.screenshot(join(out, `${String(picture).padStart(2, '0')}-popup-waiting.png`));
    await popup.close();
    await stage.candor.context.setOffline(false);
    await waitFor(() => logged('call').length === 1, 60_000, 'the call in the CRM');
    const [call] = logged('call');
    await other.close();
    return `a call logged without a network, in the CRM by itself afterwards: ${call?.id} “${call?.subject}”`;
  });

  await step('The dashboard lists contacts, what waits and why, the timeline, and verifies the ledger', async () => {
    const dashboard = await stage.candor.openOwn('src/dashboard/index.html#/contacts', { width: 1440, height: 900 });
    await dashboard.getByRole('link', { name: 'Dana Reyes' }).first().waitFor();
    await dashboard.evaluate(() => {
      location.hash = '#/held';
    });
    await dashboard.locator('h1').first().waitFor();
    await dashboard.evaluate(() => {
      location.hash = '#/evidence';
    });
    await dashboard.locator('h1').first().waitFor();
    await dashboard.getByRole('button', { name: /Verify/u }).click();
    await dashboard
      .getByText(/intact/iu)
      .first()
      .waitFor();
    await shot(dashboard, 'verify');
    await dashboard.close();
    const origins = new Set(crm.requests.filter(crm.isApi).map(({ host }) => host));
    const verified = await stage.ask('verify');
    expect(verified.verdict === 'intact', `the ledger is ${verified.verdict}`);
    expect(
      [...origins].every((host) => host.startsWith('halden.')),
      `requests went to ${[...origins].join(', ')}`,
    );
    return `${verified.facts} facts in ${verified.streams} chains verify; requests went to ${[...origins].join(', ')} only`;
  });

  await playGallery(stage, shot);
  return results.every(({ ok }) => ok);
};

const waitFor = async (seen: () => boolean, within: number, what: string): Promise<void> => {
  const until = Date.now() + within;
  while (!seen()) {
    if (Date.now() > until) throw new Unexpected(`waited ${within / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
