import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const from = (path: string): string => JSON.stringify(resolve(root, path));
const crms = readdirSync(resolve(root, 'src/crm'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** As the build makes it: of a CRM only what a page needs. */
const bundle = async (crm: string): Promise<string> => {
  const entry = `
    import { recordFromUrl } from ${from(`src/crm/${crm}/about.ts`)};
    import { page } from ${from(`src/crm/${crm}/page.ts`)};
    import { visit } from ${from('src/content/visit.ts')};
    visit({ recordFromUrl }, page);`;
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) => (id === '\0entry' ? entry : null),
      },
    ],
    build: {
      write: false,
      target: 'chrome130',
      modulePreload: false,
      rolldownOptions: { input: 'entry', output: { format: 'iife', codeSplitting: false } },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output[0] : null;
  return chunk?.code ?? '';
};

describe.each(crms)("what %s's pages have to carry", (crm) => {
  it('is 1.5 kB at most, and knows nothing of sign-in, of the API or of how to post', async () => {
    const code = await bundle(crm);
    expect(code).toContain('currententrychange');
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(1536);
    expect(code).not.toMatch(/oauth|services\/data|postMessage|innerHTML|MutationObserver|setInterval/i);
  });
});
