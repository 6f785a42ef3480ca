import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { crx } from '@crxjs/vite-plugin';
import { build, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import manifest from './manifest.json' with { type: 'json' };

const root = fileURLToPath(new URL('.', import.meta.url));

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}
const reached = new Map<string, ReadonlySet<string>>();
/** Whether code that one of these files runs at once is in this module. */
const isReached = (graph: Graph, id: string, ...from: readonly string[]): boolean =>
  from.some((file) => {
    const known = reached.get(file);
    if (known) return known.has(id);
    const found = new Set([resolve(root, file)]);
    for (const one of found) for (const next of graph.getModuleInfo(one)?.importedIds ?? []) found.add(next);
    reached.set(file, found);
    return found.has(id);
  });

/**
 * The person waits for the panel's frame, and each file it needs is waited for: what it shares with others comes in three.
 * None has a surface's entry in it, and what the background runs has nothing to draw with.
 */
const sharedWithPanel = (id: string, graph: Graph): string | null => {
  // Neither the panel's own files nor the bundler's, which the first of them needs before all else.
  if (id.startsWith(resolve(root, 'src/panel')) || id.startsWith('\0') || !isReached(graph, id, 'src/panel/main.tsx'))
    return null;
  if (isReached(graph, id, 'src/background/index.ts')) return 'rules';
  return isReached(graph, id, 'src/dashboard/main.tsx', 'src/options/main.tsx') ? 'pieces' : 'form';
};

/** The browsers a build exists for. `test` is the Chromium build in a folder of its own, so that tests never touch what ships. */
const targets = ['chrome', 'test'] as const;
type Target = (typeof targets)[number];
const isTarget = (mode: string): mode is Target => (targets as readonly string[]).includes(mode);

/** The one place where a browser may differ from manifest.json. Firefox goes here when its turn comes. */
function manifestFor(_target: Target): typeof manifest {
  return manifest;
}

/** What a CRM's page has to carry: it is in somebody else's page, so it is small or the build fails. */
const contentLimit = 1536;

/** The bundler opens every chunk it touches to web pages. Ours is exactly what manifest.json says, nothing more. */
function onlyDeclaredResources(target: Target): Plugin & { renderCrxManifest(built: object): object } {
  return {
    name: 'candor:only-declared-resources',
    enforce: 'post',
    renderCrxManifest: (built) => ({
      ...built,
      web_accessible_resources: manifestFor(target).web_accessible_resources,
    }),
  };
}

/** What an organisation may manage: the manifest names the file, so the build carries it. */
function managedSchema(): Plugin {
  const fileName = manifest.storage.managed_schema;
  return {
    name: 'candor:managed-schema',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: readFileSync(join(root, fileName)) });
    },
  };
}

const crms = (): string[] =>
  readdirSync(join(root, 'src/crm'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(root, 'src/crm', entry.name)).includes('page.ts'))
    .map((entry) => entry.name)
    .sort();

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** One self-contained script per CRM at a path that never changes: `content/<crm>.js`, registered at run time. */
function contentScripts(outDir: string): Plugin {
  return {
    name: 'candor:content-scripts',
    apply: 'build',
    buildStart() {
      if (!this.meta.watchMode) return;
      for (const file of ['src/content', 'src/crm'].flatMap(sourcesIn)) this.addWatchFile(file);
    },
    closeBundle: {
      sequential: true,
      async handler(error?: Error) {
        if (error) return;
        const tooLarge: string[] = [];
        for (const crm of crms()) {
          await buildContentScript(crm, outDir);
          const code = readFileSync(join(outDir, 'content', `${crm}.js`));
          const gzip = gzipSync(code, { level: 9 }).length;
          console.log(`content/${crm}.js  ${code.length} B, gzip ${gzip} B of ${contentLimit} B`);
          if (gzip > contentLimit) tooLarge.push(`content/${crm}.js is ${gzip} B gzip`);
        }
        if (tooLarge.length > 0) {
          throw new Error(
            `${tooLarge.join('; ')}; the limit is ${contentLimit} B. Move code out of src/content or the CRM's about.ts and page.ts.`,
          );
        }
      },
    },
  };
}

async function buildContentScript(crm: string, outDir: string): Promise<void> {
  const entry = `virtual:content/${crm}`;
  const from = (path: string): string => JSON.stringify(resolve(root, path));
  await build({
    configFile: false,
    root,
    mode: 'production',
    logLevel: 'warn',
    publicDir: false,
    plugins: [
      {
        name: 'candor:content-entry',
        resolveId: (id) => (id === entry ? `\0${entry}` : null),
        load: (id) =>
          id === `\0${entry}`
            ? [
                `import { recordFromUrl } from ${from(`src/crm/${crm}/about.ts`)};`,
                `import { page } from ${from(`src/crm/${crm}/page.ts`)};`,
                `import { visit } from ${from('src/content/visit.ts')};`,
                'visit({ recordFromUrl }, page);',
              ].join('\n')
            : null,
      },
    ],
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: 'chrome130',
      reportCompressedSize: false,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        output: { format: 'iife', entryFileNames: `content/${crm}.js`, codeSplitting: false },
      },
    },
  });
}

export default defineConfig(({ mode }) => {
  const target = isTarget(mode) ? mode : 'chrome';
  const outDir = join(root, 'dist', target);
  const endToEnd = mode === 'e2e';
  return {
    root,
    publicDir: false,
    plugins: process.env.VITEST
      ? []
      : [
          onlyDeclaredResources(target),
          crx({ manifest: manifestFor(target), browser: 'chrome' }),
          managedSchema(),
          contentScripts(outDir),
        ],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: { panel: 'src/panel/index.html', dashboard: 'src/dashboard/index.html' },
        preserveEntrySignatures: 'allow-extension',
        output: {
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [{ debugName: 'the panel', name: sharedWithPanel }],
          },
        },
      },
    },
    // `vitest run` is the unit tests; `vitest run --mode e2e` drives the built extension in real browsers, two
    // files at a time: most of such a test is waiting, for the ten seconds of undo above all.
    test: endToEnd
      ? {
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 180_000,
          teardownTimeout: 30_000,
        }
      : {
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'node_modules/**'],
          testTimeout: 20_000,
          alias: { 'webextension-polyfill': join(root, 'test/support/polyfill.ts') },
        },
  };
});
