/**
 * What Candor costs, beside what there would be without it. Read the ratios: both sides of each are measured in turns, in
 * one run, on one machine; figures are medians unless they say otherwise.
 *
 *   npm run bench [-- --rounds 9] [--only hashes,queue,injected,calls,waits,saves,form]
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { badgeOf, connect, openStage, type Stage, tell } from '../demo/stage.ts';
import { findChromium } from '../scripts/ready.mjs';
import { sha256Hex } from '../src/domain/hash.ts';
import { builtExtension } from '../test/support/chromium.ts';
import { openHouse } from '../test/support/house.ts';
import { type Opened, openUnwatched } from './unwatched.ts';

const at = process.argv.indexOf('--rounds');
const ROUNDS = at < 0 ? 9 : Number(process.argv[at + 1]);
const PAGE = 'Dana Reyes';
const OTHER = 'Li Wei';
const IDLE_MS = 10_000;
/** What a fact about a person sends to the CRM leaves ten seconds after it. */
const AFTER_UNDO_MS = 13_000;
const QUEUED = 1_000;

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);
const share = (values: readonly number[], part: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
const median = (values: readonly number[]): number => share(values, 0.5);
const pause = (ms: number): Promise<void> => new Promise((then) => setTimeout(then, ms));

interface Line {
  readonly what: string;
  readonly ours: string;
  readonly beside: string;
  readonly ratio: string;
}
const lines: Line[] = [];
/** Said as it is measured, so that a run that ends early is not for nothing; the table comes at the end. */
const keep = (one: Line): void => {
  lines.push(one);
  console.log(`${one.what}: ${one.ours}, beside ${one.beside}, ratio ${one.ratio}`);
};
const line = (what: string, ours: number, beside: number, unit: string, digits = 1): void => {
  const text = (value: number): string => `${value.toFixed(digits)} ${unit}`.trim();
  keep({ what, ours: text(ours), beside: text(beside), ratio: beside === 0 ? '-' : (ours / beside).toFixed(2) });
};
const alone = (what: string, ours: string): void => keep({ what, ours, beside: '-', ratio: '-' });

// ---------------------------------------------------------------- in one page: nothing, an empty script, Candor

/** A Chromium on the same demo CRM, with an extension of ours or none. */
const launchBeside = async ({ crm }: Stage, extension: string | null, profile: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(profile, {
    executablePath: findChromium() ?? '',
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    viewport: { width: 1280, height: 800 },
    args: [
      ...(extension ? [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`] : []),
      `--host-resolver-rules=${Object.entries(crm.hostMap).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`)},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${crm.spki}`,
      '--disable-background-networking',
      '--no-first-run',
    ],
  });

const emptyExtension = (folder: string): string => {
  mkdirSync(folder, { recursive: true });
  const scripts = [{ matches: ['https://*.lightning.force.com/*'], js: ['empty.js'], run_at: 'document_idle' }];
  const manifest = { manifest_version: 3, name: 'Empty', version: '1.0', content_scripts: scripts };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'empty.js'), '');
  return folder;
};

/** Milliseconds of script while a record page is loaded and settles, and its heap then. Counted from before it is loaded. */
const weigh = async (page: Page, url: string): Promise<{ script: number; heap: number }> => {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  const value = async (name: string): Promise<number> =>
    (await session.send('Performance.getMetrics')).metrics.find((one) => one.name === name)?.value ?? 0;
  await session.send('Performance.enable');
  const before = await value('ScriptDuration');
  await page.goto(url);
  await page.locator('h1[data-record-name]').waitFor();
  await pause(700);
  const script = await value('ScriptDuration');
  await session.send('HeapProfiler.collectGarbage');
  const heap = await value('JSHeapUsedSize');
  await session.detach();
  // In a new process it counts from nothing.
  return { script: (script < before ? script : script - before) * 1000, heap: heap / 1024 };
};

const injected = async (stage: Stage, ours: Page): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-bench-'));
  const none = await launchBeside(stage, null, join(folder, 'none'));
  const empty = await launchBeside(stage, emptyExtension(join(folder, 'extension')), join(folder, 'empty'));
  try {
    const pages = { none: await none.newPage(), empty: await empty.newPage(), candor: ours };
    const found: Record<keyof typeof pages, { script: number; heap: number }[]> = { none: [], empty: [], candor: [] };
    for (let round = -1; round < ROUNDS; round += 1) {
      for (const name of ['none', 'empty', 'candor'] as const) {
        const weight = await weigh(pages[name], stage.crm.contactUrl(PAGE));
        // The first round only warms up.
        if (round >= 0) found[name].push(weight);
      }
    }
    const of = (name: keyof typeof pages, what: 'script' | 'heap'): number =>
      median(found[name].map((one) => one[what]));
    const script = readFileSync(join(builtExtension('test'), 'content/salesforce.js'));
    alone('bytes of script in a page', `${script.length} B, gzip ${gzipSync(script, { level: 9 }).length} B`);
    line('script time of a page, beside no extension', of('candor', 'script'), of('none', 'script'), 'ms');
    line('script time of a page, beside an empty script', of('candor', 'script'), of('empty', 'script'), 'ms');
    line('heap of a page, beside no extension', of('candor', 'heap'), of('none', 'heap'), 'kB', 0);
    line('heap of a page, beside an empty script', of('candor', 'heap'), of('empty', 'heap'), 'kB', 0);
  } finally {
    await none.close();
    await empty.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
};

// ---------------------------------------------------------------- calls

const calls = async (stage: Stage, page: Page): Promise<void> => {
  const worker = await stage.candor.worker();
  await worker.evaluate(() => {
    const counting = globalThis as { asked?: number };
    counting.asked = 0;
    chrome.runtime.onMessage.addListener(() => {
      counting.asked = (counting.asked ?? 0) + 1;
      return undefined;
    });
  });
  const asked = (): Promise<number> => worker.evaluate(() => (globalThis as { asked?: number }).asked ?? 0);
  const isApi = ({ path }: { path: string }): boolean => path.startsWith('/services/');
  const both = async () => ({ messages: await asked(), requests: stage.org.requests.filter(isApi).length });

  const perMove: { messages: number; requests: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await both();
    await move(stage, page, round % 2 === 0 ? OTHER : PAGE);
    await pause(500);
    const after = await both();
    perMove.push({ messages: after.messages - before.messages, requests: after.requests - before.requests });
  }
  alone('messages to the background for a move', String(median(perMove.map(({ messages }) => messages))));
  alone('calls to the CRM for a move to a known record', String(median(perMove.map(({ requests }) => requests))));
  // What a new connection brings, the directory above all, is no idling, nor is what telling somebody sends once its undo
  // is over: wait until it has come.
  let quietSince = performance.now();
  for (let last = await both(); performance.now() - quietSince < AFTER_UNDO_MS; await pause(250)) {
    const now = await both();
    if (now.requests !== last.requests || now.messages !== last.messages) quietSince = performance.now();
    last = now;
  }
  const before = await both();
  await pause(IDLE_MS);
  const after = await both();
  alone('messages in ten idle seconds', String(after.messages - before.messages));
  alone('calls to the CRM in ten idle seconds', String(after.requests - before.requests));
};

/** A move inside the app: the address changes, and the page draws the other record. Answers when it began. */
const move = async (stage: Stage, page: Page, name: string): Promise<number> => {
  const began = performance.now();
  await page.evaluate((url) => {
    history.pushState(null, '', url);
    dispatchEvent(new PopStateEvent('popstate'));
  }, stage.crm.contactUrl(name));
  await badgeOf(stage, page).waitFor('button', { text: name });
  return began;
};

// ---------------------------------------------------------------- waits of a person

const waits = async (stage: Stage, page: Page): Promise<void> => {
  await page.bringToFront();
  const moves: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = await move(stage, page, round % 2 === 0 ? OTHER : PAGE);
    moves.push(performance.now() - began);
  }
  alone('move → badge (asked every 50 ms)', `${median(moves).toFixed(0)} ms`);
};

/** In a browser of its own, without a driver in the frame: see unwatched.ts. */
const form = async (): Promise<void> => {
  const profile = mkdtempSync(join(tmpdir(), 'candor-bench-'));
  const stage = await openStage({ build: 'test', profileDir: profile });
  try {
    await connect(stage);
    await tell(stage, PAGE);
    await stage.openContact(PAGE);
    await stage.candor.flushed(stage.crm.origins.map((origin) => `${origin}/*`));
    // What telling somebody sends waits for its undo.
    await pause(AFTER_UNDO_MS);
    await stage.candor.close();
    const extension = builtExtension('test');
    const unwatched = await openUnwatched(stage, { extension, profile, url: stage.crm.contactUrl(PAGE) });
    const [warm, cold]: [Opened[], Opened[]] = [[], []];
    for (let round = -1; round < ROUNDS; round += 1) {
      const opened = await unwatched.press();
      await unwatched.stopWorker();
      const anew = await unwatched.press();
      if (round < 0) continue;
      warm.push(opened);
      cold.push(anew);
    }
    await unwatched.close();
    const of = (all: readonly Opened[], what: keyof Opened): number => median(all.map((one) => one[what]));
    line('command → line focused, cold worker beside warm', of(cold, 'line'), of(warm, 'line'), 'ms', 0);
    line('command → form bound, cold worker beside warm', of(cold, 'bound'), of(warm, 'bound'), 'ms', 0);
  } finally {
    await stage.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
};

/** Saving through the real messages, and one bare strict transaction in turns with it, in one own page. */
const saves = async (stage: Stage): Promise<void> => {
  const own = await stage.candor.openOwn('src/dashboard/index.html#/evidence');
  // tsx wraps the names of inner functions in a helper that only exists here.
  await own.evaluate('globalThis.__name = (named) => named');
  const found = await own.evaluate(async (rounds) => {
    const ask = async (name: string, given: unknown): Promise<{ formId?: string; is?: string }> =>
      (await chrome.runtime.sendMessage({ candor: 1, ask: name, with: given })).ok;
    const bare = await new Promise<IDBDatabase>((settle, fail) => {
      const opening = indexedDB.open('bench', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { keyPath: 'id' });
      opening.onsuccess = () => settle(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    const once = (id: number) =>
      new Promise<void>((settle, fail) => {
        const tx = bare.transaction('rows', 'readwrite', { durability: 'strict' });
        tx.objectStore('rows').put({ id, words: 'met @dana, a note of ordinary length for the bench' });
        tx.oncomplete = () => settle();
        tx.onabort = () => fail(tx.error);
      });
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = -3; round < rounds; round += 1) {
      const { formId } = await ask('openForm', null);
      await new Promise((then) => setTimeout(then, 60));
      let began = performance.now();
      const saved = await ask('commit', { formId, text: `met @dana, note ${round} of ordinary length`, armed: true });
      const mine = performance.now() - began;
      if (saved.is !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`);
      await new Promise((then) => setTimeout(then, 60));
      began = performance.now();
      await once(round);
      const plain = performance.now() - began;
      if (round < 0) continue;
      ours.push(mine);
      theirs.push(plain);
    }
    bare.close();
    indexedDB.deleteDatabase('bench');
    return { ours, theirs };
  }, ROUNDS * 12);
  await own.close();
  line('Enter → saved, p50, beside one bare strict transaction', median(found.ours), median(found.theirs), 'ms');
  line(
    'Enter → saved, p99, beside one bare strict transaction',
    share(found.ours, 0.99),
    share(found.theirs, 0.99),
    'ms',
  );
};

// ---------------------------------------------------------------- in this process

/** Calls that write, for a queue that grew offline. */
const queue = async (): Promise<void> => {
  const house = await openHouse();
  try {
    house.platform.isOnline = true;
    await house.ask('connections');
    for (let count = 1; count <= QUEUED; count += 1) {
      await house.log(PAGE, `met @dana 15m, note ${count}`);
      if (count % 200 === 0) console.log(`  ${count} saved`);
    }
    const before = house.platform.sent.length;
    await house.sendAll();
    const writes = house.platform.sent.slice(before).filter(({ method }) => method !== 'GET');
    const stored = house.org.records.all('Event').length;
    if (stored !== QUEUED) throw new Error(`${stored} of ${QUEUED} arrived`);
    line(
      `calls that write ${QUEUED} queued logs, beside ⌈${QUEUED}/200⌉`,
      writes.length,
      Math.ceil(QUEUED / 200),
      '',
      0,
    );
  } finally {
    await house.close();
  }
};

/** One fact's hash, synchronous as inside a transaction, beside WebCrypto, which would have to be awaited. */
const hashes = async (): Promise<void> => {
  const fact = JSON.stringify({
    id: 'f'.repeat(36),
    stream: 'contact/x',
    commitment: 'c'.repeat(64),
    prev: 'p'.repeat(64),
    rest: 'r'.repeat(400),
  });
  const [ours, theirs]: [number[], number[]] = [[], []];
  const many = 2_000;
  for (let round = -1; round < ROUNDS; round += 1) {
    let began = performance.now();
    for (let count = 0; count < many; count += 1) sha256Hex(`${fact}${count}`);
    const mine = ((performance.now() - began) / many) * 1000;
    began = performance.now();
    for (let count = 0; count < many; count += 1) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${fact}${count}`));
      Buffer.from(digest).toString('hex');
    }
    const awaited = ((performance.now() - began) / many) * 1000;
    if (round < 0) continue;
    ours.push(mine);
    theirs.push(awaited);
  }
  line('hash of a fact, beside awaited WebCrypto', median(ours), median(theirs), 'µs');
};

// ---------------------------------------------------------------- all of them

const of = process.argv.indexOf('--only');
const only = of < 0 ? null : process.argv[of + 1]?.split(',');
const wanted = (part: string): boolean => only?.includes(part) ?? true;

if (wanted('hashes')) await hashes();
if (wanted('queue')) {
  console.log(`${QUEUED} logs are saved first, one by one: this takes a minute or two`);
  await queue();
}
if (wanted('form')) await form();
if (['injected', 'calls', 'waits', 'saves'].some(wanted)) {
  const stage = await openStage({ build: 'test' });
  try {
    await connect(stage);
    await tell(stage, PAGE);
    const page = await stage.openContact(PAGE);
    await badgeOf(stage, page).waitFor('button', { text: PAGE });
    if (wanted('injected')) await injected(stage, page);
    if (wanted('calls')) await calls(stage, page);
    if (wanted('waits')) await waits(stage, page);
    if (wanted('saves')) await saves(stage);
  } finally {
    await stage.close();
  }
}

const widths = (['what', 'ours', 'beside'] as const).map((column) =>
  Math.max(...lines.map((one) => one[column].length)),
);
console.log(
  `\n${'what'.padEnd(widths[0] ?? 0)}  ${'Candor'.padStart(widths[1] ?? 0)}  ${'beside'.padStart(widths[2] ?? 0)}  ratio`,
);
for (const { what, ours, beside, ratio } of lines) {
  console.log(
    `${what.padEnd(widths[0] ?? 0)}  ${ours.padStart(widths[1] ?? 0)}  ${beside.padStart(widths[2] ?? 0)}  ${ratio.padStart(5)}`,
  );
}
