import { X509Certificate } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../demo/crm/core/certificate.ts';
import { DATAVERSE_HOSTS, type DemoDataverse, startDataverse } from '../../demo/crm/dynamics/index.ts';

const NOW = new Date('2026-11-22T10:00:00Z');

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let org: DemoDataverse;
let cookie: string;

/** A request under any host name: what a browser with mapped hosts would send. */
const ask = (path: string, options: { host?: string; cookie?: string } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      host: options.host ?? org.hosts.org,
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
    };
    const request = httpRequest({ port: org.port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });

beforeAll(async () => {
  org = await startDataverse({ now: () => NOW, orgName: 'halden', history: true });
  const page = await ask('/main.aspx');
  cookie = /CrmOwinAuth=[^;]+/.exec(String(page.headers['set-cookie']))?.[0] ?? '';
});
afterAll(() => org.close());

const idOf = (name: string) => String(org.records.contact(name).contactid);

describe('the pages', () => {
  test('every kind of record address gives the app, under a strict policy', async () => {
    const query = `pagetype=entityrecord&etn=contact&id=${idOf('Dana Reyes')}`;
    for (const path of [`/main.aspx?${query}`, `/main.aspx?appid=x&${query}`, `/apps/sales?${query}`, '/main.aspx']) {
      const page = await ask(path);
      expect(page.status).toBe(200);
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-src 'none'",
        "base-uri 'none'",
      ])
        expect(page.headers['content-security-policy']).toContain(rule);
      expect(page.body).not.toMatch(/<script(?![^>]*src=)|style=/);
    }
    expect((await ask('/')).headers.location).toBe('/main.aspx?pagetype=entitylist&etn=contact');
  });

  test('every file that a page names is served', async () => {
    const seen = new Set<string>();
    const queue = [...(await ask('/main.aspx')).body.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const file = await ask(path);
      expect([path, file.status]).toEqual([path, 200]);
      queue.push(
        ...[...file.body.matchAll(/from '(\.[^']+\.js)'/g)].map(
          (match) => new URL(match[1] ?? '', `http://x${path}`).pathname,
        ),
      );
    }
    expect([...seen].sort()).toEqual([
      '/dynamics/pages/app.css',
      '/dynamics/pages/app.js',
      '/dynamics/pages/form.js',
      '/pages/dom.js',
      '/pages/mark.svg',
    ]);
  });

  test('data is for the page session only: no cookie, no answer, and an API token is none', async () => {
    expect((await ask('/ui/session')).status).toBe(401);
    expect((await ask('/ui/session', { cookie: `CrmOwinAuth=${org.issueToken().accessToken}` })).status).toBe(401);
    expect(JSON.parse((await ask('/ui/session', { cookie })).body)).toMatchObject({ user: 'Mara Lindqvist' });
    expect((await ask('/ui/form?etn=contact&id=x', { cookie })).status).toBe(404);
    expect((await ask('/ui/list?etn=nothing', { cookie })).status).toBe(404);
  });

  test('a form carries its account, its people and its past; an account gathers that of its people', async () => {
    const form = async (etn: string, id: string) =>
      JSON.parse((await ask(`/ui/form?etn=${etn}&id=${id}`, { cookie })).body);
    const dana = await form('contact', idOf('Dana Reyes'));
    expect(dana).toMatchObject({ name: 'Dana Reyes', account: { name: 'Halden Freight AG' } });
    expect(dana.timeline).toHaveLength(4);
    expect((await form('contact', idOf('Li Wei'))).timeline).toEqual([]);
    const account = await form('account', dana.account.id);
    expect(account.contacts).toHaveLength(24);
    expect(account.timeline).toHaveLength(4);
    expect(JSON.parse((await ask('/ui/list?etn=contact', { cookie })).body).rows).toHaveLength(200);
  });
});

describe('the hosts', () => {
  test('the organisation answers for pages and API, the identity service for sign-in, nobody else for anything', async () => {
    expect((await ask('/api/data/v9.2/WhoAmI')).status).toBe(401);
    const signIn = { host: org.hosts.signIn };
    expect((await ask('/organizations/oauth2/v2.0/authorize?client_id=x', signIn)).status).toBe(400);
    expect((await ask('/organizations/oauth2/v2.0/authorize?client_id=x')).status).toBe(404);
    expect((await ask('/main.aspx', signIn)).status).toBe(421);
    expect((await ask('/main.aspx', { host: 'other.crm.dynamics.com' })).status).toBe(421);
  });

  test('the certificate covers both', async () => {
    const { cert } = await makeCertificate(DATAVERSE_HOSTS);
    const x509 = new X509Certificate(cert);
    expect([org.hosts.org, org.hosts.signIn].map((host) => x509.checkHost(host))).not.toContain(undefined);
  });
});
