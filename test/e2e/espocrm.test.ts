/** A CRM at an address of its own, in a real browser: connected by name and password, its hash routes, its drawer. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCertificate } from '../../demo/crm/core/certificate.ts';
import { type DemoEspo, startDemoEspo } from '../../demo/crm/espocrm/index.ts';
import { builtExtension, type Candor, launchCandor } from '../support/chromium.ts';

let espo: DemoEspo;
let candor: Candor;
const HOST = 'crm.halden.example';

beforeAll(async () => {
  const tls = await makeCertificate([HOST]);
  espo = await startDemoEspo({ tls, host: HOST });
  candor = await launchCandor({ extensionDir: builtExtension('test'), hostMap: { [HOST]: espo.port }, spki: tls.spki });
});
afterAll(async () => {
  await candor?.close();
  await espo?.close();
});

const contactUrl = (name: string): string => espo.recordUrl('Contact', espo.named('Contact', name).id);

it('goes from an unknown address to a meeting on the CRM’s own page', async () => {
  // A tab of the CRM that was open before anything was granted.
  const page = await candor.context.newPage();
  await page.goto(contactUrl('Dana Reyes'));
  await page.locator('.detail[data-scope=Contact]').waitFor();
  expect(await page.locator('html > div').count()).toBe(0);

  await candor.approveHosts([`https://${HOST}/*`]);
  const options = await candor.openOwn('src/options/index.html');
  await options.locator('input[type=url]').fill(contactUrl('Dana Reyes'));
  await options.locator('.known').waitFor();
  expect(await options.locator('.permission code').allTextContents()).toEqual([`https://${HOST}/*`]);
  await options.locator('input[id$="-user"]').fill(String(espo.user.userName));
  await options.locator('input[id$="-password"]').fill(espo.password);
  await options.locator('.company input[id$="-name"]').fill('Norrland Instruments');
  await options.locator('.company input[id$="-contact"]').fill('privacy@example.com');
  await options.locator('form.connect button[type=submit]').click();
  await options.locator('article.connection.state-connected').waitFor();
  expect(await options.locator('body').textContent()).not.toContain(espo.password);
  await options.close();

  await page.bringToFront();
  const badge = candor.closedRoot(page, 'html > div');
  await badge.waitFor('button', { text: 'Dana Reyes' });

  // A click inside the app: the fragment changes, nothing is loaded.
  await page.locator('#main a[data-scope=Account]').first().click();
  await page.locator('.detail[data-scope=Account]').waitFor();
  await badge.waitFor('button', { text: 'Halden Freight AG' });
  await page.locator('#main a[data-scope=Contact]', { hasText: 'Li Wei' }).click();
  await badge.waitFor('button', { text: 'Li Wei' });
  await page.goBack();
  await badge.waitFor('button', { text: 'Halden Freight AG' });
  await page.goto(contactUrl('Dana Reyes'));
  await badge.waitFor('button', { text: 'Dana Reyes' });

  await candor.pressCommand(page);
  const frame = await candor.panelFrame(page);
  await frame.locator('textarea').waitFor();
  await page.keyboard.type('met 45m yesterday 3pm', { delay: 8 });
  await page.waitForTimeout(1_100);
  await page.keyboard.press('Enter');
  await frame.getByText('Saved on this device').first().waitFor();
  await frame.getByText('In CRM').first().waitFor({ timeout: 30_000 });
  expect(await page.evaluate(() => (window as unknown as { __seenKeys: string[] }).__seenKeys)).toEqual([]);
  expect(espo.all('Meeting')).toMatchObject([{ name: 'Meeting', status: 'Held', assignedUserId: espo.user.id }]);
  expect(espo.effects).toEqual([]);
  await page.keyboard.press('Escape');
});

it('is uncertain while a record lies beside the page: no badge for whom the person may not be looking at', async () => {
  const page = await candor.context.newPage();
  await page.goto(contactUrl('Dana Reyes'));
  const badge = candor.closedRoot(page, 'html > div');
  await badge.waitFor('button', { text: 'Dana Reyes' });
  await page.evaluate(() => {
    const drawer = document.createElement('div');
    drawer.className = 'dialog dialog-record modal in';
    document.body.append(drawer);
    // Any move inside the app looks again; this one stays with the same record, which the page does not load anew.
    history.replaceState(null, '', `${location.hash}/x=1`);
  });
  await expect.poll(() => badge.exists('button'), { timeout: 5_000 }).toBe(false);
  await page.close();
});
