/**
 * A power cut, modelled: the browser is killed, and of each file of the database only what was flushed to the disk stays.
 * What the store acknowledged must all be there. The control runs the same writes with relaxed durability and must lose;
 * if it loses nothing, the model sees nothing, and the run fails.
 *
 *   npm run powercut [-- --cycles 5]        Linux, with a C compiler, as a user who may run the browser without its sandbox
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { bundled, from, root } from '../support/bundle.ts';
import { builtExtension, launchCandor } from '../support/chromium.ts';

const at = process.argv.indexOf('--cycles');
const CYCLES = at < 0 ? 3 : Number(process.argv[at + 1]);
const WRITES = 40;

type Durability = 'strict' | 'relaxed';

const folder = mkdtempSync(join(tmpdir(), 'candor-power-'));
const shim = join(folder, 'syncs.so');
execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, join(root, 'test/power/syncs.c'), '-ldl']);

const code = await bundled(`
  import { openStore } from ${from('src/background/store/idb.ts')};
  globalThis.store = openStore({ name: 'power', after: (ms) => new Promise((then) => setTimeout(then, ms)) });
`);
interface InPage {
  store: {
    write(body: (tx: { put(table: string, row: object): Promise<void> }) => Promise<void>): Promise<void>;
    read<A>(body: (tx: { all(table: string): Promise<A> }) => Promise<A>): Promise<A>;
  };
}

/** Writes one after the other, and answers how many were acknowledged. */
const write = (page: Page, first: number, count: number, durability: Durability): Promise<number> =>
  page.evaluate(
    async ([begin, many, how]) => {
      if (how === 'relaxed') {
        const real = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (this: IDBDatabase, stores, mode) {
          return real.call(this, stores, mode, { durability: 'relaxed' });
        };
      }
      const { store } = globalThis as unknown as InPage;
      let acknowledged = 0;
      for (let one = begin; one < begin + many; one += 1) {
        await store.write((tx) => tx.put('meta', { name: `row ${one}`, value: 'x'.repeat(200) }));
        acknowledged += 1;
      }
      return acknowledged;
    },
    [first, count, durability] as const,
  );

const filesIn = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

const open = async (profileDir: string, preload: string | null) => {
  const before = { LD_PRELOAD: process.env.LD_PRELOAD, CANDOR_SYNCS: process.env.CANDOR_SYNCS };
  if (preload) Object.assign(process.env, { LD_PRELOAD: shim, CANDOR_SYNCS: preload });
  try {
    const candor = await launchCandor({ extensionDir: builtExtension('test'), profileDir });
    const page = await candor.openOwn('src/dashboard/index.html#/evidence');
    await page.evaluate(code);
    return { candor, page };
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
};

/** One cycle: how many of the acknowledged writes are gone. */
const cut = async (durability: Durability, cycle: number): Promise<{ lost: number; acknowledged: number }> => {
  const profileDir = join(folder, `${durability}-${cycle}`);
  const journal = join(folder, `${durability}-${cycle}.syncs`);
  writeFileSync(journal, '');
  const first = await open(profileDir, null);
  await write(first.page, -1, 1, 'strict');
  await first.candor.close();
  const database = join(profileDir, 'Default', 'IndexedDB');
  const flushed = new Map(filesIn(database).map((path) => [path, statSync(path).size]));

  const second = await open(profileDir, journal);
  const acknowledged = await write(second.page, 0, WRITES, durability);
  await second.candor.kill();
  for (const entry of readFileSync(journal, 'utf8').split('\n').filter(Boolean)) {
    const [size = '', path = ''] = entry.split('\t');
    flushed.set(path, Number(size));
  }
  for (const path of filesIn(database)) truncateSync(path, Math.min(flushed.get(path) ?? 0, statSync(path).size));

  const third = await open(profileDir, null);
  const found = await third.page.evaluate(async () => {
    const rows = await (globalThis as unknown as InPage).store.read((tx) => tx.all('meta'));
    return (rows as unknown as { name: string }[]).filter(({ name }) => name !== 'row -1').length;
  });
  await third.candor.close();
  return { lost: acknowledged - found, acknowledged };
};

try {
  const results: Record<Durability, { lost: number; acknowledged: number }> = {
    strict: { lost: 0, acknowledged: 0 },
    relaxed: { lost: 0, acknowledged: 0 },
  };
  for (const durability of ['strict', 'relaxed'] as const) {
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const { lost, acknowledged } = await cut(durability, cycle);
      results[durability].lost += lost;
      results[durability].acknowledged += acknowledged;
    }
    const { lost, acknowledged } = results[durability];
    console.log(`${durability.padEnd(8)} ${lost} of ${acknowledged} acknowledged writes lost in ${CYCLES} power cuts`);
  }
  const holds = results.strict.lost === 0;
  const sees = results.relaxed.lost > 0;
  console.log(`${holds ? 'ok  ' : 'FAIL'}  what was acknowledged is there`);
  console.log(`${sees ? 'ok  ' : 'FAIL'}  the control loses: the model sees what is not flushed`);
  process.exitCode = holds && sees ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
