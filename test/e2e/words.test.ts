/**
 * Every word on every surface comes from `_locales`. The German catalogue is put where English is looked for, with each
 * message wrapped in ⟦…⟧: what then stands outside, and is neither a date nor data, was written into the code; and no
 * English sentence is left.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, it } from 'vitest';
import { DEMO_CLIENT_ID, type DemoOrg } from '../../demo/crm/index.ts';
import { openStage, type Stage } from '../../demo/stage.ts';
import { badge, DANA, extensionDir, openDesk, openPage, type Scene, tellNow } from './acts.ts';
import { busy, eachBusySurface, eachFreshSurface, type Look } from './surfaces.ts';

type Catalogue = Record<string, { message: string }>;
const catalogue = (locale: string): Catalogue =>
  JSON.parse(readFileSync(join(extensionDir(), '_locales', locale, 'messages.json'), 'utf8')) as Catalogue;

let stage: Stage;
let dir: string;
afterAll(async () => {
  await stage?.close();
  rmSync(dir, { recursive: true, force: true });
});

const markedGerman = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'candor-words-'));
  cpSync(extensionDir(), copy, { recursive: true });
  const words = Object.entries(catalogue('de')).map(([key, entry]) => [
    key,
    { ...entry, message: `⟦${entry.message}⟧` },
  ]);
  writeFileSync(join(copy, '_locales/en/messages.json'), JSON.stringify(Object.fromEntries(words)));
  return copy;
};

/** As `connect` of the stage, without reading a word. */
const connect = async (): Promise<void> => {
  const { candor, org } = stage;
  await candor.approveHosts([`${org.origins.ui}/*`, `${org.origins.api}/*`]);
  const options = await candor.openOwn('src/options/index.html');
  await options.locator('form.connect input[id$="-address"]').fill(org.origins.ui);
  await options.locator('.known').waitFor();
  await options.locator('input[id$="-client"]').fill(DEMO_CLIENT_ID);
  await options.locator('.company input[id$="-name"]').fill('Norrland Instruments');
  await options.locator('.company input[id$="-contact"]').fill('privacy@example.com');
  await options.locator('.company select').selectOption('Europe/Berlin');
  const consent: Promise<Page> = candor.context.waitForEvent('page');
  await options.locator('form.connect button[type=submit]').click();
  await (await consent).getByRole('button', { name: 'Allow' }).click();
  await options.locator('article.connection.state-connected').waitFor();
  await options.close();
};

const openBusy = async (): Promise<Scene> => {
  await connect();
  const page = await openPage(stage, DANA);
  const scene = { stage, page, desk: await openDesk(stage) };
  await tellNow(scene, DANA);
  await busy(scene);
  return scene;
};

/** In the page: every text and label that a person sees or hears; dates, inputs and the prepared notice are data. */
const TEXTS = `(() => {
  const found = [document.title];
  const visit = (one) => {
    for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt']) {
      const text = one.getAttribute(name);
      if (text && !(name === 'title' && one.localName === 'code')) found.push(text);
    }
    if (one.matches('time, textarea, script, style, code, .prepared [lang], .company select, .places option:not([value=""]), bdi')) return;
    for (const node of one.childNodes) {
      if (node.nodeType === 3) found.push(node.textContent);
      if (node.nodeType === 1) visit(node);
    }
  };
  visit(document.body);
  return found.filter((text) => text.trim() !== '');
})()`;

/** What is left when everything that was said, one inside another perhaps, is taken out. */
const outside = (text: string): string => {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/gu, ' ');
  }
  return rest;
};
const wordsOf = (text: string): string[] => text.match(/\p{L}[\p{L}\p{M}’'-]*/gu) ?? [];

/** Parts of English messages that no German one has, of two words at least. */
const onlyEnglish = (): string[] => {
  const german = Object.values(catalogue('de'))
    .map(({ message }) => message)
    .join('\n');
  return Object.values(catalogue('en'))
    .flatMap(({ message }) => message.split(/\$\d/u).map((part) => part.trim()))
    .filter((part) => wordsOf(part).length >= 2 && !german.includes(part));
};

/** Names and places of the CRM, what was typed, and what a person entered. */
const dataOf = (org: DemoOrg): Set<string> => {
  const rows = ['Contact', 'Account', 'User', 'Organization'].flatMap((type) => org.records.raw(type));
  const tails = rows.map(({ Id }) => String(Id).slice(-8));
  const typed = 'a note words send prices Q3 secret volker';
  const names = ['Candor', 'Salesforce', 'Norrland Instruments', org.hosts.ui, org.hosts.api, 'https', 'Alt Shift L'];
  return new Set(
    [...rows.flatMap((row) => Object.values(row)), ...tails, typed, ...names].map(String).flatMap(wordsOf),
  );
};

const unmarked = new Set<string>();
const english = new Set<string>();
const said = new Set<string>();

it('no word stands unmarked on panel, popup, dashboard, options or badge', async () => {
  dir = markedGerman();
  stage = await openStage({ extensionDir: dir });
  const data = dataOf(stage.org);
  const sentences = onlyEnglish();
  expect(sentences.length).toBeGreaterThan(300);
  const check = (name: string, text: string): void => {
    said.add(text.trim());
    const words = wordsOf(outside(text)).filter((word) => !data.has(word));
    if (words.length > 0) unmarked.add(`${name}: “${words.join(' ')}” in “${text.trim().slice(0, 100)}”`);
    const found = sentences.find((one) => text.includes(one));
    if (found) english.add(`${name}: ${found}`);
  };
  const look: Look = async ({ name, evaluate }) => {
    for (const text of await evaluate<string[]>(TEXTS)) check(name, text);
  };
  await eachFreshSurface(stage, look);
  const scene = await openBusy();
  const button = badge(stage, scene.page);
  check('badge', await button.text('button'));
  check('badge, its name', String(await button.attribute('button', 'aria-label')));
  await eachBusySurface(scene, look);
  expect([...unmarked]).toEqual([]);
}, 240_000);

it('no English sentence is left on any of them in German', () => {
  expect([...english]).toEqual([]);
  const german = catalogue('de');
  for (const key of ['logSave', 'popupNoLogs', 'verifyIntact', 'optionsConnect', 'tellCopy', 'objectionRecord']) {
    expect([...said], key).toContain(`⟦${german[key]?.message}⟧`);
  }
  expect([...said]).toContain(`⟦${DANA}: ⟦${german.badgeTold?.message}⟧⟧`);
});
