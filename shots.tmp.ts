import { mkdirSync } from 'node:fs';
import { connect, openStage } from './demo/stage.ts';

mkdirSync('/tmp/shots', { recursive: true });
const stage = await openStage({ build: 'test', windowSize: { width: 1440, height: 1000 } });
try {
  stage.org.demand({ name: 'Region__c', label: 'Region', choices: ['North', 'South'] });
  await connect(stage);
  const options = await stage.candor.openOwn('src/options/index.html', { width: 1440, height: 1000 });
  await options.locator('.places summary').click();
  await options.waitForTimeout(300);
  await options.locator('article.connection').screenshot({ path: '/tmp/shots/options-1440.png' });
  await options.setViewportSize({ width: 320, height: 900 });
  await options.emulateMedia({ colorScheme: 'dark' });
  await options.waitForTimeout(200);
  await options.locator('article.connection').screenshot({ path: '/tmp/shots/options-320-dark.png' });
  await options.setViewportSize({ width: 1440, height: 1000 });
  await options.emulateMedia({ colorScheme: 'light' });
  await options.getByRole('button', { name: 'Connect another CRM' }).click();
  await options.waitForTimeout(200);
  await options.locator('section[aria-labelledby=connect]').screenshot({ path: '/tmp/shots/another.png' });
  await options.close();
  const page = await stage.openContact('Dana Reyes');
  await stage.candor.pressCommand(page);
  const frame = await stage.candor.panelFrame(page);
  await frame.locator('textarea').waitFor();
  await page.keyboard.type('met @dana 45m yesterday 3pm, she wants pricing >send list fri', { delay: 5 });
  await frame.locator('.own-asks').waitFor();
  await page.waitForTimeout(800);
  await page.screenshot({ path: '/tmp/shots/panel.png' });
  await frame.locator('.own-asks select').selectOption('North');
  await page.waitForTimeout(300);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await page.screenshot({ path: '/tmp/shots/panel-dark.png' });
} finally {
  await stage.close();
}
