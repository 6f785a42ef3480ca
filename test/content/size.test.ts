import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundled, from, root } from '../support/bundle.ts';

const crms = readdirSync(resolve(root, 'src/crm'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** As the build makes it: of a CRM only what a page needs. */
const bundle = (crm: string): Promise<string> =>
  bundled(`
    import { recordFromUrl } from ${from(`src/crm/${crm}/about.ts`)};
    import { page } from ${from(`src/crm/${crm}/page.ts`)};
    import { visit } from ${from('src/content/visit.ts')};
    visit({ recordFromUrl }, page);`);

describe.each(crms)("what %s's pages have to carry", (crm) => {
  it('is 1.5 kB at most, and knows nothing of sign-in, of the API or of how to post', async () => {
    const code = await bundle(crm);
    expect(code).toContain('currententrychange');
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(1536);
    expect(code).not.toMatch(/oauth|services\/data|postMessage|innerHTML|MutationObserver|setInterval/i);
  });
});
