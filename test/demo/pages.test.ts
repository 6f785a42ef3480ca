import { createHash, X509Certificate } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoOrg, makeCertificate, startDemoOrg, WILDCARD_HOSTS } from '../../demo/crm/index.ts';

const NOW = new Date('2026-11-22T10:00:00Z');

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

let org: DemoOrg;
let sid: string;

/** A request under any host name: what a browser with mapped hosts would send. */
const ask = (
  path: string,
  options: { host?: string; method?: string; cookie?: string; body?: unknown } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const headers = {
      host: options.host ?? org.hosts.ui,
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
    };
    const request = httpRequest({ port: org.port, path, method: options.method ?? 'GET', headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  });

beforeAll(async () => {
  org = await startDemoOrg({ now: () => NOW, orgName: 'halden', history: true });
  const page = await ask('/lightning/o/Contact/list');
  sid = /sid=[^;]+/.exec(String(page.headers['set-cookie']))?.[0] ?? '';
});
afterAll(() => org.close());

const idOf = (name: string) => String(org.records.contact(name).Id);
const record = async (id: string) => JSON.parse((await ask(`/ui/record?id=${id}`, { cookie: sid })).body);

describe('the pages', () => {
  test('every kind of record address gives the app, under a strict policy and without isolation', async () => {
    const id = idOf('Dana Reyes');
    for (const path of [
      `/lightning/r/Contact/${id}/view`,
      `/lightning/r/${id}/view`,
      '/lightning/o/Contact/list',
      '/one/one.app',
    ]) {
      const page = await ask(path);
      expect(page.status).toBe(200);
      const policy = String(page.headers['content-security-policy']);
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
      ]) {
        expect(policy).toContain(rule);
      }
      expect(page.headers['cross-origin-embedder-policy']).toBeUndefined();
      expect(page.body).not.toMatch(/<script(?![^>]*src=)|style=/);
    }
  });

  test('every file that a page names is served', async () => {
    const page = await ask('/lightning/o/Contact/list');
    const seen = new Set<string>();
    const queue = [...page.body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const file = await ask(path);
      expect([path, file.status]).toEqual([path, 200]);
      queue.push(...[...file.body.matchAll(/from '\.\/([^']+\.js)'/g)].map((match) => `/assets/${match[1]}`));
    }
    expect(seen.size).toBeGreaterThan(7);
  });

  test('data is for the page session only: no cookie, no answer, and an API token is none', async () => {
    expect((await ask(`/ui/record?id=${idOf('Dana Reyes')}`)).status).toBe(401);
    expect((await ask('/ui/session', { cookie: `sid=${org.issueToken().accessToken}` })).status).toBe(401);
    expect(JSON.parse((await ask('/ui/session', { cookie: sid })).body)).toMatchObject({
      org: 'Halden demo org',
      user: 'Mara Lindqvist',
    });
  });

  test('a contact page carries its account, its colleagues and its past', async () => {
    const dana = await record(idOf('Dana Reyes').slice(0, 15));
    expect(dana).toMatchObject({ object: 'Contact', name: 'Dana Reyes', account: { name: 'Halden Freight AG' } });
    expect(dana.colleagues).toHaveLength(23);
    expect(dana.timeline.length).toBeGreaterThan(2);
    expect((await record(idOf('Li Wei'))).timeline).toEqual([]);
  });

  test("the page's own form makes an event with every attendee, seen on each one's timeline", async () => {
    const who = [idOf('Dana Reyes'), idOf('Li Wei')];
    const made = await ask('/ui/event', {
      method: 'POST',
      cookie: sid,
      body: {
        subject: 'Form meeting',
        start: '2026-11-22T11:00:00Z',
        end: '2026-11-22T12:00:00Z',
        who,
        what: org.records.account('Halden Freight AG').Id,
      },
    });
    expect(made.status).toBe(201);
    for (const id of who) {
      const [entry] = (await record(id)).timeline;
      expect(entry).toMatchObject({ subject: 'Form meeting', minutes: 60, account: { name: 'Halden Freight AG' } });
      expect(entry.attendees.map((each: { name: string }) => each.name)).toEqual(['Dana Reyes', 'Li Wei']);
    }
    const refused = await ask('/ui/event', {
      method: 'POST',
      cookie: sid,
      body: { subject: 'x', start: '2026-11-22T12:00:00Z', end: '2026-11-22T11:00:00Z', who: [] },
    });
    expect([refused.status, JSON.parse(refused.body).message]).toEqual([400, 'Event duration cannot be negative']);
  });
});

describe('the hosts', () => {
  test('the page host sends API calls elsewhere, the API host sends Classic addresses to the page', async () => {
    const moved = await ask('/services/data/v60.0/limits');
    expect([moved.status, moved.headers.location]).toEqual([
      302,
      'https://halden.my.salesforce.com/services/data/v60.0/limits',
    ]);
    const id = idOf('Dana Reyes');
    const classic = await ask(`/${id}`, { host: org.hosts.api });
    expect(classic.headers.location).toBe(`https://halden.lightning.force.com/lightning/r/Contact/${id}/view`);
    expect((await ask('/services/data', { host: org.hosts.api })).status).toBe(200);
    expect((await ask('/', { host: 'other.example.com' })).status).toBe(421);
  });

  test('over TLS the certificate covers both hosts, its hash is the one for Chromium, and instance_url has no port', async () => {
    const certificate = await makeCertificate(WILDCARD_HOSTS);
    const secure = await startDemoOrg({ now: () => NOW, orgName: 'halden', tls: certificate });
    const x509 = new X509Certificate(certificate.cert);
    expect(x509.checkHost(secure.hosts.ui)).toBeTruthy();
    expect(x509.checkHost(secure.hosts.api)).toBeTruthy();
    const spki = createHash('sha256')
      .update(x509.publicKey.export({ type: 'spki', format: 'der' }))
      .digest('base64');
    expect(certificate.spki).toBe(spki);
    const tokens = secure.issueToken();
    expect(tokens.instanceUrl).toBe('https://halden.my.salesforce.com');
    const granted = await new Promise<string>((resolve, reject) => {
      const request = httpsRequest(
        {
          host: '127.0.0.1',
          port: secure.port,
          servername: secure.hosts.api,
          ca: certificate.cert,
          path: '/services/oauth2/token',
          method: 'POST',
          headers: { host: secure.hosts.api, 'content-type': 'application/x-www-form-urlencoded' },
        },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => {
            body += chunk.toString('utf8');
          });
          response.on('end', () => resolve(body));
        },
      );
      request.on('error', reject);
      request.end(
        new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: 'candor-demo-client',
          refresh_token: tokens.refreshToken,
        }).toString(),
      );
    });
    expect(JSON.parse(granted)).toMatchObject({
      instance_url: 'https://halden.my.salesforce.com',
      token_type: 'Bearer',
    });
    await secure.close();
  });
});
