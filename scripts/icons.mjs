/** Draws icons/candor-<size>.png from icons/candor.svg: `node scripts/icons.mjs`, after the mark changed. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './ready.mjs';

const folder = fileURLToPath(new URL('../icons/', import.meta.url));
const drawing = Buffer.from(readFileSync(`${folder}candor.svg`)).toString('base64');
const executablePath = findChromium();
if (!executablePath) throw new Error('No Chromium found: set CANDOR_CHROMIUM to one.');
const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
for (const size of [16, 32, 48, 128]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<body style="margin:0"><img src="data:image/svg+xml;base64,${drawing}" width="${size}" height="${size}" style="display:block">`,
  );
  await page.screenshot({ path: `${folder}candor-${size}.png`, omitBackground: true });
  await page.close();
}
await browser.close();
