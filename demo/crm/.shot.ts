import { chromium } from 'playwright-core';
import { makeCertificate, startDemoOrg } from './index.ts';

const cert = await makeCertificate();
const org = await startDemoOrg({ tls: cert, orgName: 'halden', history: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  chromiumSandbox: false,
  args: [`--host-resolver-rules=${org.hostRules}`, `--ignore-certificate-errors-spki-list=${cert.spki}`],
});
const page = await browser.newPage({
  viewport: { width: 1440, height: 900 },
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
});
page.on('console', (m) => console.log('console', m.text()));
page.on('pageerror', (e) => console.log('pageerror', e.message));
const dana = org.records.contact('Dana Reyes');
await page.goto(org.recordUrl(String(dana.Id)));
await page.waitForSelector('[data-record-id]');
await page.waitForTimeout(200);
console.log(await page.title(), await page.evaluate(() => document.querySelectorAll('*').length));
await page.screenshot({ path: '/tmp/shots/dana.png' });
await page.setViewportSize({ width: 1024, height: 768 });
await page.screenshot({ path: '/tmp/shots/dana-1024.png' });
await page.setViewportSize({ width: 1440, height: 900 });
await page.click('[data-act="new-event"]');
await page.screenshot({ path: '/tmp/shots/composer.png' });
await page.keyboard.press('Escape');
await page.click('[data-act="edit"]');
await page.screenshot({ path: '/tmp/shots/edit.png' });
await page.click('dialog .button:not(.primary)');
await page.click('.highlights a[data-inside]');
await page.waitForSelector('[data-object="Account"]');
await page.screenshot({ path: '/tmp/shots/account.png' });
await page.click('[data-tab="Contacts"]');
await page.waitForSelector('.list');
await page.screenshot({ path: '/tmp/shots/list.png' });
console.log(await page.evaluate(() => document.querySelectorAll('*').length));
await page.goto(org.recordUrl(String(org.records.contact('Li Wei').Id)));
await page.waitForSelector('[data-record-id]');
await page.screenshot({ path: '/tmp/shots/li.png' });
await page.goto(
  `${org.origins.api}/services/oauth2/authorize?response_type=code&client_id=candor-demo-client&redirect_uri=https://x.chromiumapp.org/&code_challenge=abc`,
);
await page.screenshot({ path: '/tmp/shots/consent.png' });
await browser.close();
await org.close();
