/** The skeleton of a CRM, in a scratch copy: it type-checks, is formatted, and fails with sentences that say what to write. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const MODULES = 'node_modules';
let scratch: string;

const node = (program: string, ...args: readonly string[]) =>
  run(process.execPath, [join(root, MODULES, program), ...args], { cwd: scratch }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      said: error.stdout + error.stderr,
    }),
  );
const generate = (...args: readonly string[]) =>
  node('tsx/dist/cli.mjs', join(root, 'scripts/new-crm.ts'), '--root', scratch, ...args);

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'candor-new-crm-'));
  for (const path of [
    'src',
    'test/crm/adapter-contract.ts',
    'test/crm/loss-contract.ts',
    'test/crm/status-contract.ts',
    'test/crm/changes-contract.ts',
    'manifest.json',
    'biome.json',
    'package.json',
    'vite.config.ts',
  ]) {
    cpSync(join(root, path), join(scratch, path), { recursive: true });
  }
  symlinkSync(join(root, MODULES), join(scratch, MODULES));
  const tsconfig = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as object;
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({ ...tsconfig, include: ['src/crm', 'test/crm'] }));
  expect((await generate('acme')).code).toBe(0);
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe('npm run new-crm acme', () => {
  it('writes files that type-check and need no formatting', async () => {
    expect(await node('typescript/bin/tsc', '-p', '.')).toEqual({ code: 0, said: '' });
    const checked = await node(
      '@biomejs/biome/bin/biome',
      'ci',
      '--colors=off',
      '--error-on-warnings',
      'src/crm/acme',
      'test/crm',
    );
    expect(checked.code, checked.said).toBe(0);
  }, 60_000);

  it('and a contract test whose every failure is a sentence that says what to write and where', async () => {
    const report = join(scratch, 'report.json');
    await node('vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`, 'test/crm/acme.test.ts');
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { assertionResults: { status: string; failureMessages: string[] }[] }[];
    };
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const messages = tests
      .filter(({ status }) => status === 'failed')
      .map(({ failureMessages }) => failureMessages[0] ?? '');
    expect(messages.length).toBeGreaterThan(20);
    const sentences = new Set(
      messages.map((message) => message.split('\n')[0]?.replace(/^(Assertion)?Error: /, '') ?? ''),
    );
    for (const sentence of sentences) expect(sentence).toMatch(/^Write .+ (src|test)\/crm\/acme/);
    const guide = readFileSync(join(root, 'docs/add-a-crm.md'), 'utf8');
    for (const what of ['recordFromUrl', 'tenantFromUrl', 'confirm', 'push', 'refusals', 'acme-world.ts']) {
      expect([...sentences].join('\n')).toContain(what);
      expect(guide).toContain(what);
    }
  }, 60_000);

  it('overwrites nothing, and says which names it takes', async () => {
    expect(await generate('acme')).toMatchObject({ code: 1, said: expect.stringContaining('is there already') });
    expect(await generate('../acme')).toMatchObject({ code: 2, said: expect.stringContaining('small letters') });
  });
});
