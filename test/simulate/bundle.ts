/**
 * The simulator and the product in one file of plain code, with the engine's edges exchanged: `idb` and the polyfill are
 * models; what costs most and decides nothing is quicker. A planted bug is a change of text made on the way.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const here = (file: string): string => join(ROOT, 'test/simulate', file);

const EDGES: readonly (readonly [string, string])[] = [
  ['idb', 'disk/idb.ts'],
  ['webextension-polyfill', 'browser.ts'],
  ['@noble/hashes/sha2.js', 'quick/sha2.ts'],
  ['policy/deadline.ts', 'quick/deadline.ts'],
  ['../dates.ts', 'quick/dates.ts'],
];
/** A neighbour in the same folder, by its whole path. */
const pathOf = (id: string, from: string): string => (id.startsWith('./') ? join(dirname(from), id) : id);
const edge = (id: string): string | null => {
  const found = EDGES.find(([name]) => id === name || id.endsWith(`/${name}`));
  return found ? here(found[1]) : null;
};

export interface Change {
  /** Path in the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

let dir: string | null = null;
const made = (): string => {
  if (dir === null) {
    const ours = mkdtempSync(join(tmpdir(), 'candor-simulate-'));
    process.once('exit', () => rmSync(ours, { recursive: true, force: true }));
    dir = ours;
  }
  return mkdtempSync(join(dir, 'bundle-'));
};

export const bundle = async (changes: readonly Change[] = []): Promise<string> => {
  const outDir = made();
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    plugins: [
      {
        name: 'candor:edges',
        enforce: 'pre',
        resolveId: (id, from = '') => (from.includes('/test/simulate/quick/') ? null : edge(pathOf(id, from))),
        transform: (code, id) => {
          const path = id.slice(ROOT.length);
          const mine = changes.filter(({ file }) => file === path);
          return mine.length === 0
            ? null
            : mine.reduce((text, { find, replace }) => text.replace(find, () => replace), code);
        },
      },
    ],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: here('thread.ts'),
      outDir,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'thread.mjs', codeSplitting: false } },
    },
  });
  return join(outDir, 'thread.mjs');
};
