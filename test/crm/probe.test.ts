/** The probe, run as a person runs it, against the demo server: here it must find that everything holds. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDataverse } from '../../demo/crm/dynamics/index.ts';
import { type DemoEspo, startDemoEspo } from '../../demo/crm/espocrm/index.ts';
import { startDemoOrg } from '../../demo/crm/index.ts';
import type { Result } from '../../scripts/probe/checks.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

let espo: DemoEspo;
let folder: string;
beforeEach(async () => {
  espo = await startDemoEspo();
  folder = mkdtempSync(join(tmpdir(), 'candor-probe-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await espo.close();
});

const probe = async (...args: readonly string[]) => {
  const out = join(folder, 'probe.json');
  const ran = await run(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/probe.ts', ...args, '--out', out],
    {
      cwd: root,
      env: { ...process.env, CANDOR_PROBE_KEY: '' },
    },
  ).catch((error: { code: number; stdout: string }) => ({ stdout: error.stdout, code: error.code }));
  return { code: 'code' in ran ? ran.code : 0, said: ran.stdout, out };
};

describe('npm run probe', () => {
  it('finds that the demo keeps every promise, and leaves nothing behind', async () => {
    const before = espo.all('Contact').length;
    const key = espo.issueKey();
    const { code, said, out } = await probe('--crm', 'espocrm', '--url', espo.origins.loopback, '--key', key);
    const found = JSON.parse(readFileSync(out, 'utf8')) as { results: Result[]; left: string[]; removed: number };
    expect(found.results.filter(({ is }) => is !== 'holds')).toEqual([]);
    expect(found.results.length).toBeGreaterThan(18);
    expect(code, said).toBe(0);
    expect(found.left).toEqual([]);
    expect(found.removed).toBeGreaterThan(10);
    for (const entity of ['Meeting', 'Call', 'Task'] as const) expect(espo.all(entity)).toEqual([]);
    expect(espo.all('Contact')).toHaveLength(before);
    expect(espo.requests.filter(({ status }) => status === 401)).toHaveLength(1);
    expect(espo.effects).toEqual([]);
    expect(said + readFileSync(out, 'utf8')).not.toContain(key);
    const names = espo.requests.flatMap(({ method, body }) =>
      method === 'POST' && body.includes('"name"') ? [JSON.parse(body).name] : [],
    );
    for (const name of names) expect(name).toMatch(/^Candor probe \d{14}/);
  }, 60_000);

  it('names what differs, and where the sign-in fails tries once', async () => {
    espo.setAccess('Call', false);
    const user = String(espo.user.userName);
    const args = ['--crm', 'espocrm', '--url', espo.origins.loopback, '--user', user] as const;
    const { code, said } = await probe(...args, '--key', espo.password);
    expect(code).toBe(1);
    expect(said).toContain('DIFFERS      stores a call with its words, time and person: outcome {"is":"forbidden"');
    expect(said).toContain('DIFFERS      lacks nothing that Candor needs: missing is ["activity_access"], not []');
    espo.requests.length = 0;
    expect((await probe(...args, '--key', 'wrong')).code).toBe(1);
    expect(espo.requests).toHaveLength(1);
  }, 60_000);

  it.each([
    ['salesforce', () => startDemoOrg()],
    ['dynamics', () => startDataverse()],
  ] as const)(
    'finds the same of the demo of %s, with an access token',
    async (crm, start) => {
      const org = await start();
      const { accessToken } = org.issueToken();
      const contacts = org.records.all('contact').length;
      const { code, said, out } = await probe('--crm', crm, '--url', org.origins.loopback, '--key', accessToken);
      const found = JSON.parse(readFileSync(out, 'utf8')) as { results: Result[]; left: string[] };
      expect(found.results.filter(({ is }) => is === 'differs')).toEqual([]);
      expect(found.results.filter(({ is }) => is === 'holds').length).toBeGreaterThan(18);
      expect(code, said).toBe(0);
      expect(found.left).toEqual([]);
      expect(org.records.all('contact')).toHaveLength(contacts);
      for (const table of ['Event', 'Task', 'appointment', 'phonecall', 'task']) {
        expect(org.records.all(table)).toEqual([]);
      }
      expect(said + readFileSync(out, 'utf8')).not.toContain(accessToken);
      await org.close();
    },
    60_000,
  );

  it('says how it is called, and goes to no address that is not the CRM’s', async () => {
    expect(await probe('--crm', 'espocrm')).toMatchObject({
      code: 2,
      said: expect.stringContaining('npm run probe --'),
    });
    const args = ['--crm', 'espocrm', '--url', 'http://crm.example.com/', '--key', 'k'] as const;
    expect(await probe(...args)).toMatchObject({ code: 2, said: expect.stringContaining('not an address of EspoCRM') });
  }, 60_000);
});
