/**
 * `npm run demo`: opens the stage and leaves it open; without a display, or with `-- --headless`, plays the six steps.
 * `-- --crm dynamics` puts another CRM on stage.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crmAsked } from './crm/demo-crms.ts';
import { badgeOf, connect, openStage, tell } from './stage.ts';
import { playTour } from './tour.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const headless = process.argv.includes('--headless') || !hasDisplay;
const crm = crmAsked(process.argv);
const windowSize = { width: 1440, height: 900 };

if (headless) {
  const out = fileURLToPath(new URL('out', import.meta.url));
  rmSync(out, { recursive: true, force: true });
  const stage = await openStage({ build: 'chrome', crm, windowSize });
  say(`Candor, the main job in six steps (headless Chromium, ${crm} demo on this machine):\n`);
  const passed = await playTour(stage, out, say).finally(() => stage.close());
  say(`\n${passed ? 'All six steps were seen.' : 'The tour failed.'} Pictures and tour.json are in demo/out/.`);
  process.exitCode = passed ? 0 : 1;
} else {
  const stage = await openStage({ build: 'chrome', crm, headless: false, windowSize });
  await connect(stage);
  const page = await stage.openContact('Dana Reyes');
  await badgeOf(stage, page).waitFor('button', { text: 'Dana Reyes' });
  await tell(stage, 'Dana Reyes');
  await page.bringToFront();
  say(`The demo CRM is open on Dana Reyes, with Candor's badge at its right edge.

  Press Alt+Shift+L (or the badge) and type, for example:
    met @dana and @li 45m yesterday 3pm, she wants pricing by region >send pricing fri ~~may move to a rival
  Reload the CRM page to see what reached it. Then tell Li in the dashboard (the toolbar button leads there).

Close the browser window, or press Ctrl+C here, to end.`);
  const closed = new Promise<void>((resolve) => stage.candor.context.once('close', () => resolve()));
  process.once('SIGINT', () => void stage.close());
  await closed;
  await stage.crm.close();
}
