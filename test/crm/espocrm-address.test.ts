import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { about } from '../../src/crm/espocrm/about.ts';
import { page } from '../../src/crm/espocrm/page.ts';
import { aboutByUrl, recordByUrl } from './by-url.ts';

const ID = '64f1a2b3c4d5e6f70';
const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const H = 'https://crm.halden.example';

describe('an address', () => {
  it.each([
    [`${H}/#Contact/view/${ID}`, 'crm.halden.example', 'contact', ID],
    [`${H}/#Account/view/${ID}`, 'crm.halden.example', 'account', ID],
    [`${H}/#Contact/view/${UUID}`, 'crm.halden.example', 'contact', UUID],
    [`${H}/#Contact/view/${ID}/returnTo=list`, 'crm.halden.example', 'contact', ID],
    [`${H}/#Contact/view/${ID}?x=1`, 'crm.halden.example', 'contact', ID],
    [`${H}/?l=de#Contact/view/${ID}`, 'crm.halden.example', 'contact', ID],
    [`${H}:8443/crm/#Account/view/${ID}`, 'crm.halden.example:8443/crm', 'account', ID],
    [`http://127.0.0.1:8080/#Contact/view/${ID}`, 'http://127.0.0.1:8080', 'contact', ID],
    [`http://localhost/espo/#Contact%2Fview%2F${ID}`, 'http://localhost/espo', 'contact', ID],
    [`http://localhost/espo/#Contact/view/${ID}`, 'http://localhost/espo', 'contact', ID],
  ])('has the shape of a record page: %s', (url, tenant, type, id) => {
    expect(about.recordFromUrl(url)).toEqual({ tenant, type, id });
    expect(about.tenantFromUrl(url)?.tenant).toBe(tenant);
    const led = about.recordUrl(tenant, type as 'contact', id);
    expect(about.recordFromUrl(led)).toEqual({ tenant, type, id });
  });

  it.each([
    `${H}/#Contact`,
    `${H}/#Contact/list`,
    `${H}/#Contact/create`,
    `${H}/#Contact/edit/${ID}`,
    `${H}/#Contact/related/${ID}/meetings`,
    `${H}/#Lead/view/${ID}`,
    `${H}/#Meeting/view/${ID}`,
    `${H}/#contact/view/${ID}`,
    `${H}/#Contact/view/${ID}0`,
    `${H}/#Contact/view/${ID.slice(1)}`,
    `${H}/#Contact/view/${ID.toUpperCase()}`,
    `${H}/#Contact/view/${ID}#more`,
    `${H}/#Contact/view/${ID}%23more`,
    `${H}/%23Contact/view/${ID}`,
    `${H}/#%Contact/view/${ID}`,
    `${H}/#/Contact/view/${ID}`,
    `${H}/x#Contact/view/${ID}`,
    `${H}/?#Contact/view/`,
    `${H}#Contact/view/${ID}`,
    `https://user@crm.halden.example/#Contact/view/${ID}`,
    `http://crm.halden.example/#Contact/view/${ID}`,
    `http://127.0.0.1.example/#Contact/view/${ID}`,
    `file:///#Contact/view/${ID}`,
    `javascript:alert(1)//#Contact/view/${ID}`,
    '',
  ])('shows no record: %j', (url) => {
    expect(about.recordFromUrl(url)).toBeNull();
  });

  it.each([
    [`${H}/`, 'crm.halden.example', undefined],
    [`${H}/index.php?x=1`, 'crm.halden.example', undefined],
    [`${H}/sales/crm`, 'crm.halden.example/sales/crm', '/sales/crm'],
    [`${H}/sales/crm/#Home`, 'crm.halden.example/sales/crm', '/sales/crm'],
    [`${H}/sales/index.html#Home`, 'crm.halden.example/sales', '/sales'],
  ])('is of the instance that lives there: %s', (url, tenant, apiPath) => {
    expect(about.tenantFromUrl(url)).toMatchObject({ tenant, uiOrigin: H, apiOrigin: H });
    expect(about.tenantFromUrl(url)?.apiPath).toBe(apiPath);
  });

  it.each(['', 'crm.halden.example', 'http://crm.halden.example/', 'https://a:b@crm.halden.example/', 'ftp://x/'])(
    'is of no instance: %j',
    (url) => {
      expect(about.tenantFromUrl(url)).toBeNull();
    },
  );

  it('of an activity is that of what it became', () => {
    const at = (kind: 'call' | 'note' | 'visit') => about.recordUrl('crm.halden.example', 'activity', ID, kind);
    expect([at('call'), at('note'), at('visit')]).toEqual(
      ['Call', 'Task', 'Meeting'].map((entity) => `${H}/#${entity}/view/${ID}`),
    );
  });

  it('proves nothing by itself: who asks by address alone is told of nobody', () => {
    expect(recordByUrl(`${H}/#Contact/view/${ID}`)).toBeNull();
    expect(aboutByUrl(`${H}/`)).toBeNull();
  });
});

describe('an answer to the question what it is', () => {
  const { selfHosted } = about;
  const says = (status: number, body: unknown) =>
    selfHosted?.isOurs({ status, headers: {}, text: typeof body === 'string' ? body : JSON.stringify(body) });

  it('is ours by the settings that the sign-in page needs', () => {
    expect(says(200, { applicationName: 'Halden CRM', jsLibs: {}, cacheTimestamp: 1 })).toBe(true);
  });

  it.each([
    [401, ''],
    [200, '<html>EspoCRM</html>'],
    [200, 'null'],
    [200, { applicationName: 'Something else' }],
    [200, { applicationName: 1, jsLibs: {} }],
    [404, { applicationName: 'Halden CRM', jsLibs: {} }],
  ])('is not ours: %d %j', (status, body) => {
    expect(says(status, body)).toBe(false);
  });
});

describe('a page', () => {
  const record = { tenant: 'crm.halden.example', type: 'contact', id: ID } as const;
  const confirm = (html: string) => {
    const { document } = new Window();
    document.write(`<body>${html}</body>`);
    return page.confirm(document as unknown as Document, record);
  };
  const detail = (scope: string) => `<div id="main"><div class="detail" data-scope="${scope}"></div></div>`;

  it('is taken when it shows a record of that kind and nothing beside it', () => {
    expect(confirm(detail('Contact'))).toEqual({ record });
  });

  it.each([
    ['while it loads', '<div id="main"></div>'],
    ['with a record of another kind', detail('Account')],
    ['with an edit form', '<div id="main"><div class="edit" data-scope="Contact"></div></div>'],
    ['with a drawer that still loads', `${detail('Contact')}<div class="dialog dialog-record modal in"></div>`],
    ['with a drawer over nothing', '<div class="dialog-record"><div class="detail" data-scope="Contact"></div></div>'],
  ])('is uncertain %s', (_when, html) => {
    expect(confirm(html)).toBeNull();
  });
});
