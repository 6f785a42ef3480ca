/**
 * The same search where it really runs: the extension's own worker in a real Chromium, with the people in its IndexedDB.
 * A keystroke is timed where it is typed, from the question to its answer: the message there and back, the search, reading
 * those found from the store, and what is known of each of them. Cold: the worker was stopped, and builds its index first.
 *
 *   npm run bench:people
 */
import type { Page } from 'playwright-core';
import type { PersonRow } from '../src/background/store/schema.ts';
import { builtExtension, launchCandor } from '../test/support/chromium.ts';
import { crowd, keystrokes } from './crowd.ts';

const CONNECTION = 'bench@example.com';
const CHUNK = 5_000;

const rowsFor = (count: number): readonly PersonRow[] =>
  crowd(count).map(({ id, name, company, account }) => ({
    connection: CONNECTION,
    remoteId: id,
    name,
    title: 'Buyer',
    email: `${id}@example.com`,
    country: 'CH',
    accountId: account,
    accountName: company,
    createdAt: '2026-01-01T00:00:00Z',
    readAt: '2026-01-01T00:00:00Z',
  }));

const store = (page: Page, rows: readonly PersonRow[]): Promise<void> =>
  page.evaluate(async (people) => {
    const db = await new Promise<IDBDatabase>((settle, fail) => {
      const opening = indexedDB.open('candor');
      opening.onsuccess = () => settle(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    await new Promise<void>((settle, fail) => {
      const tx = db.transaction('people', 'readwrite');
      for (const row of people) tx.objectStore('people').put(row);
      tx.oncomplete = () => settle();
      tx.onerror = () => fail(tx.error);
    });
    db.close();
  }, rows as PersonRow[]);

const ask = (page: Page, name: string, given: unknown): Promise<unknown> =>
  page.evaluate(
    async ([message, value]) => (await chrome.runtime.sendMessage({ candor: 1, ask: message, with: value })).ok,
    [name, given] as const,
  );

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2).padStart(8);

const inWorker = async (count: number, slips: boolean, many: number): Promise<void> => {
  const candor = await launchCandor({ extensionDir: builtExtension('test') });
  try {
    const page = await candor.openOwn('src/dashboard/index.html#/evidence');
    // The first question makes the database.
    await ask(page, 'today', null);
    const rows = rowsFor(count);
    for (let from = 0; from < rows.length; from += CHUNK) await store(page, rows.slice(from, from + CHUNK));
    await candor.stopWorker();
    const began = performance.now();
    const form = (await ask(page, 'openForm', null)) as { formId: string };
    await ask(page, 'findPeople', { formId: form.formId, words: 'dana' });
    const cold = performance.now() - began;
    // Asked again and again while the index is built: the longest wait says how long the worker was deaf.
    const longest = await page.evaluate(async (formId) => {
      for (let longest = 0; ; await new Promise((then) => setTimeout(then, 5))) {
        const before = performance.now();
        const { ok } = await chrome.runtime.sendMessage({
          candor: 1,
          ask: 'findPeople',
          with: { formId, words: 'da' },
        });
        longest = Math.max(longest, performance.now() - before);
        if (ok.whole) return longest;
      }
    }, form.formId);
    const whole = performance.now() - began;

    const typed = keystrokes(crowd(count), slips, many);
    const times = await page.evaluate(
      async ([formId, all]) => {
        const each: { ms: number; found: number }[] = [];
        for (const words of [...all.slice(0, 100), ...all]) {
          const before = performance.now();
          const message = { candor: 1, ask: 'findPeople', with: { formId, words } };
          const found = (await chrome.runtime.sendMessage(message)).ok.people.length;
          each.push({ ms: performance.now() - before, found });
        }
        return each.slice(100);
      },
      [form.formId, typed] as const,
    );
    const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b);
    const found = times.filter((one) => one.found > 0).length;
    console.log(
      `  ${String(count).padStart(7)} ${slips ? 'with slips  ' : 'by beginning'}${at(sorted, 0.5)} ms${at(sorted, 0.95)} ms${at(sorted, 0.99)} ms` +
        `   ${typed.length} keystrokes, ${found} found somebody; cold: first answer in ${cold.toFixed(0)} ms, ` +
        `everybody after ${whole.toFixed(0)} ms, no answer later than ${longest.toFixed(0)} ms meanwhile`,
    );
  } finally {
    await candor.close();
  }
};

console.log('\nIn the extension, from the question to the answer      p50        p95        p99');
await inWorker(10_000, true, 600);
await inWorker(10_000, false, 600);
await inWorker(100_000, false, 300);
