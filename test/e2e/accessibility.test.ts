/** Every surface passes axe's WCAG 2.2 AA rules in light and dark, and every control is reached by keyboard and seen when it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, openStage } from '../../demo/stage.ts';
import { badge, DANA, extensionDir, openDesk, openPage, type Scene, tellNow } from './acts.ts';
import { busy, eachBusySurface, eachFreshSurface, type Look, type Shown } from './surfaces.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let scene: Scene;
const violations: string[] = [];
const unreached: string[] = [];

const look: Look = async (surface) => {
  const { name, evaluate, scheme } = surface;
  await evaluate(`${axe}; true`);
  for (const colours of ['light', 'dark'] as const) {
    await scheme(colours);
    // Colours that are still moving to the new scheme are nobody's.
    await evaluate(
      'getComputedStyle(document.body).color; document.getAnimations().forEach((one) => one.finish()); true',
    );
    // The other rules do not look at colours: once is enough.
    const which =
      colours === 'light'
        ? { type: 'tag', values: TAGS }
        : { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
    const found = await evaluate<{ rules: number; bad: string[] }>(`axe.run(document, {
      runOnly: ${JSON.stringify(which)}, resultTypes: ['violations'], iframes: false, preload: false,
    }).then(({ violations, passes }) => ({
      rules: passes.length,
      bad: violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => id + ': ' + html.slice(0, 160) + ' ' + (any[0]?.message ?? ''))),
    }))`);
    expect(found.rules, `${name}: axe ran`).toBeGreaterThan(colours === 'light' ? 8 : 0);
    violations.push(...found.bad.map((one) => `${name}, ${colours}: ${one}`));
  }
  await scheme('light');
  if (BY_KEYBOARD.test(name)) unreached.push(...(await notReached(surface)));
};

/** Surfaces whose controls are walked through with Tab: one of each kind. */
const BY_KEYBOARD =
  /^(options, (connected|something)|panel, (a line|saved)|popup, (with logs|a line)|dashboard (today|contacts|held|contact, pending|tell dialog, mail|objection dialog|evidence, verified))$/u;

/** In the page: its controls in a list, with the ones that Tab must reach. A group of radio buttons is one stop. */
const LIST = `globalThis.controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((one) =>
  one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }) && !(document.querySelector('dialog[open]') && !one.closest('dialog')) &&
  !(one.type === 'radio' && !one.checked)), controls.length`;
/** The focused control's place in that list, and whether a person sees that it is the one. */
const WHERE = `(() => {
  const one = document.activeElement;
  const seen = [one, one?.parentElement, one?.closest('label'), one?.nextElementSibling].some((each) => {
    if (!each) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  });
  return [controls.indexOf(one), seen];
})()`;

const notReached = async ({ name, evaluate, press }: Shown): Promise<string[]> => {
  const many = await evaluate<number>(LIST);
  expect(many, `${name}: controls`).toBeGreaterThan(1);
  const reached = new Set<number>();
  const unseen = new Set<number>();
  // Forwards until the focus leaves, then backwards: over a page the form is one stop among thousands.
  for (const key of ['Tab', 'Shift+Tab'] as const) {
    let outside = 0;
    for (let steps = 0; steps < 2 * many + 6 && outside < 3 && reached.size < many; steps += 1) {
      await press(key);
      const [at, seen] = await evaluate<[number, boolean]>(WHERE);
      outside = at < 0 ? outside + 1 : 0;
      if (at < 0) continue;
      reached.add(at);
      if (!seen) unseen.add(at);
    }
  }
  const markup = (at: number) => evaluate<string>(`controls[${at}].outerHTML.slice(0, 120)`);
  // Undo goes away by itself after ten seconds.
  const there = await evaluate<boolean[]>('controls.map((one) => one.isConnected && one.checkVisibility())');
  const missed = there.flatMap((is, at) => (is && !reached.has(at) ? [at] : []));
  return [
    ...(await Promise.all(missed.map(async (at) => `${name}: Tab does not reach ${await markup(at)}`))),
    ...(await Promise.all([...unseen].map(async (at) => `${name}: the focus is not seen on ${await markup(at)}`))),
  ];
};

beforeAll(async () => {
  const stage = await openStage({ extensionDir: extensionDir() });
  scene = { stage } as Scene;
});
afterAll(() => scene?.stage.close());

it('no surface of a fresh profile breaks a rule of WCAG 2.2 AA, in light or dark', async () => {
  violations.length = 0;
  await eachFreshSurface(scene.stage, look);
  expect(violations).toEqual([]);
});

it('no surface in use breaks a rule of WCAG 2.2 AA, in light or dark', async () => {
  const { stage } = scene;
  await connect(stage);
  const page = await openPage(stage, DANA);
  scene = { stage, page, desk: await openDesk(stage) };
  await tellNow(scene, DANA);
  await busy(scene);
  violations.length = 0;
  await eachBusySurface(scene, look);
  expect(violations).toEqual([]);
}, 240_000);

it('Tab reaches every control of every surface, and the one that has the focus is seen to have it', () => {
  expect(unreached).toEqual([]);
});

it('the badge is a button with its whole meaning in its name, is reached by Tab, and opens with Enter', async () => {
  const { stage, page } = scene;
  await page.bringToFront();
  await page.reload();
  await badge(stage, page).waitFor('button', { text: DANA });
  const session = await stage.candor.context.newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const names = nodes.filter(({ role }) => role?.value === 'button').map(({ name }) => String(name?.value));
  expect(names).toContain('Dana Reyes: told. Log a contact with Dana Reyes');
  await page.locator('a.brand').focus();
  // From the first link backwards, perhaps past the browser's own controls: the badge is the last of the page.
  const here = () => page.evaluate(() => document.activeElement?.outerHTML);
  for (let tabs = 0; tabs < 3 && (await here()) !== '<div></div>'; tabs += 1) await page.keyboard.press('Shift+Tab');
  expect(await here()).toBe('<div></div>');
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  const frame = await stage.candor.panelFrame(page);
  await frame.locator('textarea').waitFor();

  // The chips are one stop for Tab: ArrowDown leads to them from the line, ArrowRight through them.
  await page.keyboard.type('met @dana 45m yesterday 3pm re Q3, words >send prices fri ~~mine');
  await frame.locator('button.chip').nth(4).waitFor();
  await page.waitForTimeout(400);
  const chips = await frame.locator('button.chip').count();
  const focused = new Set<string | null>();
  await page.keyboard.press('ArrowDown');
  for (let steps = 0; steps <= chips; steps += 1) {
    focused.add(
      await frame.evaluate(() => document.activeElement?.closest('button.chip')?.getAttribute('aria-label') ?? null),
    );
    await page.keyboard.press('ArrowRight');
  }
  expect(focused).not.toContain(null);
  expect(focused.size).toBe(chips);
});

it('the search itself finds a fault: a button without a name, and words too pale to read', async () => {
  const page = await scene.stage.candor.openOwn('src/options/index.html');
  await page.locator('article.connection').waitFor();
  await page.evaluate(() => {
    const pale = document.createElement('p');
    pale.textContent = 'too pale';
    pale.style.color = '#eee';
    document.body.append(document.createElement('button'), pale);
  });
  violations.length = 0;
  const session = await scene.stage.candor.context.newCDPSession(page);
  await look({
    name: 'a faulty page',
    evaluate: async (expression) =>
      (await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value,
    scheme: (colorScheme) => page.emulateMedia({ colorScheme }),
    press: (key) => page.keyboard.press(key),
  });
  expect(violations.map((one) => one.replace(/:.*/su, ''))).toContain('a faulty page, light');
  expect(violations.join()).toMatch(/button-name.*color-contrast/su);
  await page.close();
});
