/** The demo EspoCRM against what was observed of the real one (crm-protocols.md §7 and §13b). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoEspo, startDemoEspo } from '../../demo/crm/espocrm/index.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
let espo: DemoEspo;
let key: string;
beforeEach(async () => {
  espo = await startDemoEspo({ now: () => NOW });
  key = espo.issueKey();
});
afterEach(() => espo.close());

const call = async (path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}) => {
  const answer = await fetch(`${espo.origins.loopback}${path}`, {
    method: init.method ?? 'GET',
    headers: init.headers ?? { 'x-api-key': key },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await answer.text();
  const reason = answer.headers.get('x-status-reason');
  return {
    status: answer.status,
    headers: answer.headers,
    reason,
    body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
  };
};
const meeting = (more: object = {}) => ({
  name: 'Meeting',
  status: 'Held',
  dateStart: '2026-11-19 14:00:00',
  dateEnd: '2026-11-19 14:45:00',
  assignedUserId: espo.user.id,
  ...more,
});
const make = (more: object = {}) => call('/api/v1/Meeting', { method: 'POST', body: meeting(more) });

describe('the API', () => {
  it('has twelve accounts and two hundred contacts with ids of 17 hex digits', async () => {
    expect((await call('/api/v1/Account?maxSize=1')).body.total).toBe(12);
    const { list, total } = (await call('/api/v1/Contact?maxSize=200&select=name')).body;
    expect([total, list.length]).toEqual([200, 200]);
    for (const { id } of list) expect(id).toMatch(/^[0-9a-f]{17}$/);
    expect(Object.keys(list[0])).toEqual(['id', 'name']);
  });

  it('shows a duration of an hour in the answer of a create, and ignores an id: the same body twice is two meetings', async () => {
    const first = await make({ id: '64f1a2b3c4d5e6f70' });
    const second = await make({ id: '64f1a2b3c4d5e6f70' });
    expect(first.body.duration).toBe(3600);
    expect(first.body.id).not.toBe('64f1a2b3c4d5e6f70');
    expect(second.body.id).not.toBe(first.body.id);
    expect((await call(`/api/v1/Meeting/${first.body.id}`)).body).not.toHaveProperty('duration');
  });

  it('takes ISO times and keeps them in its own form', async () => {
    const { body } = await make({ dateStart: '2026-11-19T14:00:00Z' });
    expect(body.dateStart).toBe('2026-11-19 14:00:00');
  });

  it.each([
    [{ name: 'x'.repeat(300) }, 400, 'field: name, type: maxLength'],
    [{ name: 'a = b' }, 400, 'field: name, type: pattern'],
    [{ assignedUserId: null }, 400, 'field: assignedUser, type: required'],
    [{ dateStart: 'yesterday' }, 400, 'field: dateStart, type: valid'],
    [{ status: 'Done' }, 400, 'field: status, type: valid'],
    [{ contactsIds: ['64f1a2b3c4d5e6f70'] }, 403, 'non-existing record'],
  ])('refuses %j with its reason in a header', async (more, status, reason) => {
    const refused = await make(more);
    expect(refused.status).toBe(status);
    expect(refused.reason).toContain(reason);
    expect(refused.body.messageTranslation).toBeDefined();
  });

  it('lists the twins of a contact, and takes it when told to', async () => {
    const body = { firstName: 'Dana', lastName: 'Reyes' };
    const twin = await call('/api/v1/Contact', { method: 'POST', body });
    expect([twin.status, twin.reason, twin.body[0].name]).toEqual([409, 'duplicate', 'Dana Reyes']);
    const headers = { 'x-api-key': key, 'x-skip-duplicate-check': 'true' };
    expect((await call('/api/v1/Contact', { method: 'POST', body, headers })).status).toBe(200);
  });

  it('refuses lists of more than 200, unknown conditions, keys and records', async () => {
    expect(await call('/api/v1/Contact?maxSize=201')).toMatchObject({ status: 403, reason: /should not exceed 200/ });
    expect((await call('/api/v1/Contact?where[0][type]=regexp')).status).toBe(400);
    expect(await call('/api/v1/Contact', { headers: { 'x-api-key': 'wrong' } })).toMatchObject({
      status: 401,
      body: '',
    });
    expect((await call('/api/v1/Contact/64f1a2b3c4d5e6f70')).status).toBe(404);
    expect((await call('/api/v1/Nothing')).status).toBe(404);
  });

  it('locks an address out after ten wrong tries, but not who has a good key', async () => {
    for (let n = 0; n < 10; n++) await call('/api/v1/Contact', { headers: { 'x-api-key': 'wrong' } });
    expect(await call('/api/v1/Contact', { headers: { 'x-api-key': 'wrong' } })).toMatchObject({ status: 403 });
    expect((await call('/api/v1/Contact?maxSize=1')).status).toBe(200);
  });

  it('sells a token for a name and a password', async () => {
    const encoded = (secret: string) => Buffer.from(`${String(espo.user.userName)}:${secret}`).toString('base64');
    const { body } = await call('/api/v1/App/user', { headers: { 'espo-authorization': encoded(espo.password) } });
    const headers = { 'espo-authorization': encoded(body.token), 'espo-authorization-by-token': 'true' };
    expect((await call('/api/v1/Contact?maxSize=1', { headers })).status).toBe(200);
  });

  it('links people, shows them on each one’s page, mails only when told to', async () => {
    const dana = espo.named('Contact', 'Dana Reyes');
    const { body } = await make({ parentType: 'Account', parentId: dana.accountId });
    for (let n = 0; n < 2; n++) {
      const linked = await call(`/api/v1/Meeting/${body.id}/contacts`, { method: 'POST', body: { id: dana.id } });
      expect(linked.body).toBe('true');
    }
    expect((await call(`/api/v1/Contact/${dana.id}/meetings`)).body.total).toBe(1);
    expect((await call(`/api/v1/Meeting/${body.id}/contacts?select=name`)).body.list).toEqual([
      { id: dana.id, name: 'Dana Reyes' },
    ]);
    expect(espo.effects).toEqual([]);
    await call('/api/v1/Meeting/action/sendInvitations', { method: 'POST', body: { id: body.id } });
    expect(espo.effects).toHaveLength(1);
  });

  it('lets a post in the stream be changed for seven days only', async () => {
    const post = await call('/api/v1/Note', { method: 'POST', body: { type: 'Post', post: 'Hello' } });
    const path = `/api/v1/Note/${post.body.id}`;
    expect((await call(path, { method: 'PATCH', body: { post: 'Changed' } })).status).toBe(200);
    const old = espo.all('Note')[0];
    if (old) old.createdAt = '2026-11-01 10:00:00';
    expect((await call(path, { method: 'PATCH', body: { post: 'Late' } })).status).toBe(403);
  });

  it('answers everybody what it is, without a sign-in', async () => {
    const { status, body } = await call('/api/v1/Settings', { headers: {} });
    expect([status, typeof body.applicationName]).toEqual([200, 'string']);
  });
});

describe('the pages', () => {
  it('are one document, under the policy that was observed, and every file they name is served', async () => {
    const page = await call('/', { headers: {} });
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^script-src 'self' 'nonce-[^']+' 'unsafe-eval' /);
    for (const rule of ["form-action 'self'", "frame-ancestors 'self'"]) expect(policy).toContain(rule);
    for (const rule of ['default-src', 'style-src', 'connect-src', 'frame-src']) expect(policy).not.toContain(rule);
    const seen = new Set<string>();
    const queue = [...String(page.body).matchAll(/(?:src|href)="(client\/[^"]+)"/g)].map(([, path]) => path ?? '');
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const file = await call(`/${path}`, { headers: {} });
      expect([path, file.status]).toEqual([path, 200]);
      queue.push(...[...String(file.body).matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => `client/${name}`));
      expect(String(file.body)).not.toMatch(/pushState\(|replaceState\(/);
    }
    expect(seen.size).toBe(4);
  });

  it('read and write by the cookie alone, from their own origin', async () => {
    const page = await call('/', { headers: {} });
    const cookie = /auth-token=\w+/.exec(page.headers.get('set-cookie') ?? '')?.[0] ?? '';
    expect((await call('/api/v1/App/user', { headers: { cookie } })).body.user.name).toBe('Mara Lindqvist');
    expect((await call('/api/v1/Meeting', { method: 'POST', body: meeting(), headers: { cookie } })).status).toBe(200);
    espo.expireTokens();
    expect((await call('/api/v1/App/user', { headers: { cookie } })).status).toBe(200);
  });
});
