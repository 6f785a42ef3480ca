import { createHash, randomBytes } from 'node:crypto';
import { DynamicsWebApi, type RequestError } from 'dynamics-web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DATAVERSE_CLIENT_ID, type DemoDataverse, startDataverse } from '../../demo/crm/dynamics/index.ts';

/** The real client library against the demo Dataverse: what it accepts here, it would have accepted from the service. */

const NOW = new Date('2026-11-22T10:00:00Z');
const KEY = '0f3a5c0e-7b1d-8a59-9d3e-5a1b2c3d4e5f';
const OTHER = '1f3a5c0e-7b1d-8a59-9d3e-5a1b2c3d4e5f';

let org: DemoDataverse;
let client: DynamicsWebApi;

beforeAll(async () => {
  org = await startDataverse({ now: () => NOW });
});
afterAll(() => org.close());
beforeEach(() => {
  org.reset();
  const { accessToken } = org.issueToken();
  client = new DynamicsWebApi({
    serverUrl: `${org.origins.loopback}/`,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => accessToken,
    propagateErrors: true,
  });
});

const idOf = (name: string) => String(org.records.contact(name).contactid);
const meeting = (more: object = {}) => ({
  subject: 'Meeting',
  scheduledstart: '2026-11-21T15:00:00Z',
  scheduledend: '2026-11-21T15:45:00Z',
  ...more,
});

const refusal = async (work: Promise<unknown>): Promise<RequestError> => {
  try {
    await work;
  } catch (error) {
    return error as RequestError;
  }
  throw new Error('expected a refusal');
};

describe('reading', () => {
  test('says who asks', async () => {
    expect(await client.callFunction('WhoAmI')).toMatchObject({ UserId: org.issueToken().userId });
  });

  test('one record by its id, with its ETag, its account expanded, and what its lookups lead to', async () => {
    const dana = await client.retrieve({
      collection: 'contacts',
      key: idOf('Dana Reyes'),
      select: ['fullname', 'jobtitle', '_parentcustomerid_value'],
      expand: [{ property: 'parentcustomerid_account', select: ['name'] }],
      includeAnnotations: '*',
    });
    expect(dana).toMatchObject({
      fullname: 'Dana Reyes',
      jobtitle: 'Head of Procurement',
      parentcustomerid_account: { name: 'Halden Freight AG' },
      _parentcustomerid_value_Formatted: 'Halden Freight AG',
      _parentcustomerid_value_LogicalName: 'account',
    });
    expect(dana['@odata.etag']).toMatch(/^W\/"\d+"$/);
    expect(dana.emailaddress1).toBeUndefined();
  });

  test('nothing new when the version is the one that is known', async () => {
    const read = (ifnonematch?: string) =>
      client.retrieve({
        collection: 'contacts',
        key: idOf('Dana Reyes'),
        select: ['fullname'],
        ...(ifnonematch ? { ifnonematch } : {}),
      });
    const first = await read();
    expect(await read(first['@odata.etag'])).toBeUndefined();
    expect(org.requests.at(-1)?.status).toBe(304);
  });

  test('lists, filtered, ordered and counted', async () => {
    const { value, oDataCount } = await client.retrieveMultiple({
      collection: 'contacts',
      select: ['fullname'],
      filter: "contains(fullname,'REYES') or (lastname eq 'Wei' and not startswith(firstname,'x'))",
      orderBy: ['fullname desc'],
      count: true,
    });
    expect([oDataCount, value.map(({ fullname }) => fullname)]).toEqual([2, ['Li Wei', 'Dana Reyes']]);
    const none = await client.retrieveMultiple({
      collection: 'contacts',
      select: ['fullname'],
      filter: "lastname eq 'O''Reilly'",
    });
    expect(none.value).toEqual([]);
  });

  test('pages by the link that it is given, to the last', async () => {
    const ids = new Set<string>();
    let page = await client.retrieveMultiple({ collection: 'contacts', select: ['contactid'], maxPageSize: 70 });
    const sizes = [page.value.length];
    for (;;) {
      for (const { contactid } of page.value) ids.add(contactid);
      if (!page.oDataNextLink) break;
      page = await client.retrieveMultiple({ collection: 'contacts', maxPageSize: 70 }, page.oDataNextLink);
      sizes.push(page.value.length);
    }
    expect([sizes, ids.size]).toEqual([[70, 70, 60], 200]);
  });

  test('refusals are named: a column, a table, a record that is not there', async () => {
    expect(await refusal(client.retrieve({ collection: 'contacts', key: KEY }))).toMatchObject({
      status: 404,
      code: '0x80040217',
    });
    expect(await refusal(client.retrieveMultiple({ collection: 'contacts', select: ['x'] }))).toMatchObject({
      status: 400,
    });
    expect(await refusal(client.retrieveMultiple({ collection: 'nothings' }))).toMatchObject({
      status: 404,
      code: '0x8006088a',
    });
    expect(await refusal(client.retrieveMultiple({ collection: 'contacts', filter: 'fullname eq' }))).toMatchObject({
      status: 400,
    });
  });
});

describe('writing with a chosen id', () => {
  const upsert = (more: object = {}, condition: object = { ifnonematch: '*' }, key = KEY) =>
    client.upsert({ collection: 'appointments', key, data: meeting(more), ...condition });

  test('makes the record once; the second is told that it exists', async () => {
    expect(await upsert()).toBe(KEY);
    expect(await refusal(upsert({ subject: 'Again' }))).toMatchObject({
      status: 412,
      message: 'A record with matching key values already exists.',
    });
    expect(org.records.all('appointment')).toMatchObject([
      { activityid: KEY, subject: 'Meeting', statecode: 0, statuscode: 1 },
    ]);
  });

  test('the client takes that 412 for nothing to say, as its users know it', async () => {
    const plain = new DynamicsWebApi({
      serverUrl: `${org.origins.loopback}/`,
      dataApi: { version: '9.2' },
      onTokenRefresh: async () => org.issueToken().accessToken,
    });
    const data = { collection: 'appointments', key: KEY, data: meeting(), ifnonematch: '*' };
    expect(await plain.upsert(data)).toBe(KEY);
    expect(await plain.upsert(data)).toBeNull();
  });

  test('changes what is there and makes nothing', async () => {
    expect(await refusal(upsert({}, { ifmatch: '*' }))).toMatchObject({ status: 404, code: '0x80040217' });
    await upsert();
    await upsert({ subject: 'Pricing' }, { ifmatch: '*' });
    expect(org.records.all('appointment')).toMatchObject([{ subject: 'Pricing' }]);
  });

  test('refuses a version that is not the last', async () => {
    const key = idOf('Dana Reyes');
    const { '@odata.etag': etag } = await client.retrieve({ collection: 'contacts', key, select: ['fullname'] });
    const change = () => client.update({ collection: 'contacts', key, data: { donotemail: true }, ifmatch: etag });
    await change();
    expect(await refusal(change())).toMatchObject({ status: 412, code: '0x80060882' });
    expect(await refusal(client.deleteRecord({ collection: 'contacts', key, ifmatch: etag }))).toMatchObject({
      status: 412,
    });
  });

  test('binds what it regards, and refuses somebody who is not there', async () => {
    const bind = (id: string) => ({ 'regardingobjectid_contact_appointment@odata.bind': `/contacts(${id})` });
    await upsert(bind(idOf('Dana Reyes')));
    expect(org.records.peopleOn(KEY)).toEqual([idOf('Dana Reyes')]);
    expect(await refusal(upsert(bind(KEY), {}, OTHER))).toMatchObject({ status: 404, code: '0x80040217' });
    expect(
      await refusal(upsert({ 'regardingobjectid_lead_appointment@odata.bind': `/leads(${KEY})` }, {}, OTHER)),
    ).toMatchObject({
      status: 400,
      code: '0x80048d19',
    });
    expect(org.records.all('appointment')).toHaveLength(1);
  });

  test('with attendees, as public code writes them, is an invitation', async () => {
    const parties = [idOf('Dana Reyes'), idOf('Li Wei')].map((id) => ({
      'partyid_contact@odata.bind': `/contacts(${id})`,
      participationtypemask: 5,
    }));
    await upsert({ appointment_activity_parties: parties });
    const read = await client.retrieve({
      collection: 'appointments',
      key: KEY,
      select: ['subject'],
      expand: [{ property: 'appointment_activity_parties' }],
    });
    expect(read.appointment_activity_parties).toHaveLength(2);
    expect(org.records.effects.filter(({ kind }) => kind === 'invite')).toHaveLength(1);
  });

  test('states and their reasons belong together, and nothing begins completed', async () => {
    expect(await refusal(upsert({ statecode: 1, statuscode: 3 }))).toMatchObject({ status: 400 });
    await upsert();
    const state = (data: object) => client.update({ collection: 'appointments', key: KEY, data });
    expect(await refusal(state({ statecode: 1, statuscode: 5 }))).toMatchObject({ status: 400, code: '0x80048408' });
    await state({ statecode: 1 });
    expect(org.records.byId('appointment', KEY)).toMatchObject({
      statecode: 1,
      statuscode: 3,
      actualend: '2026-11-22T10:00:00Z',
    });
  });

  test('a text that is too long and a column that is not there are refused by name', async () => {
    expect(await refusal(upsert({ subject: 'x'.repeat(201) }))).toMatchObject({
      status: 400,
      code: '0x80044331',
      message: expect.stringContaining("'subject'"),
    });
    expect(await refusal(upsert({ candor_key: 'k' }))).toMatchObject({ status: 400, code: '0x80048d19' });
    expect(org.records.all('appointment')).toEqual([]);
  });

  test('creates, answers with the record when asked to, and deletes', async () => {
    const made: Record<string, unknown> = await client.create({
      collection: 'tasks',
      data: { subject: 'send pricing' },
      returnRepresentation: true,
    });
    expect(made).toMatchObject({ subject: 'send pricing', statecode: 0, statuscode: 2 });
    expect(await client.deleteRecord({ collection: 'tasks', key: String(made.activityid) })).toBe(true);
    expect(org.records.all('task')).toEqual([]);
  });

  test('connections come with their mirror', async () => {
    await upsert();
    await client.upsert({
      collection: 'connections',
      key: OTHER,
      data: {
        'record1id_appointment@odata.bind': `/appointments(${KEY})`,
        'record2id_contact@odata.bind': `/contacts(${idOf('Li Wei')})`,
      },
      ifnonematch: '*',
    });
    expect(org.records.peopleOn(KEY)).toEqual([idOf('Li Wei')]);
    expect(org.records.all('connection').map(({ ismaster }) => ismaster)).toEqual([true, false]);
  });

  test('duplicates are detected only for who asks', async () => {
    const data = { lastname: 'Twin', emailaddress1: String(org.records.contact('Dana Reyes').emailaddress1) };
    expect(await refusal(client.create({ collection: 'contacts', data, duplicateDetection: true }))).toMatchObject({
      status: 412,
      code: '0x80040333',
    });
    expect(await client.create({ collection: 'contacts', data })).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a merge leaves the subordinate inactive, naming its master', async () => {
    const [master, subordinate] = [idOf('Dana Reyes'), idOf('Li Wei')];
    await client.callAction({
      actionName: 'Merge',
      action: {
        Target: { contactid: master, '@odata.type': 'Microsoft.Dynamics.CRM.contact' },
        Subordinate: { contactid: subordinate, '@odata.type': 'Microsoft.Dynamics.CRM.contact' },
        PerformParentingChecks: false,
      },
    });
    expect(org.records.byId('contact', subordinate)).toMatchObject({
      statecode: 1,
      merged: true,
      _masterid_value: master,
    });
  });
});

describe('a batch', () => {
  const upsert = (key: string, more: object = {}, inChangeSet = false) =>
    client.upsert({ collection: 'appointments', key, data: meeting(more), ifnonematch: '*', inChangeSet });

  test('goes on after a failure when it is told to, each operation with its own answer', async () => {
    await upsert(KEY);
    client.startBatch();
    upsert(KEY);
    upsert(OTHER);
    client.retrieve({ collection: 'contacts', key: idOf('Dana Reyes'), select: ['fullname'] });
    const answers = await client.executeBatch({ continueOnError: true });
    expect(answers[0]).toMatchObject({ status: 412 });
    expect(answers[1]).toBe(OTHER);
    expect(answers[2]).toMatchObject({ fullname: 'Dana Reyes' });
    expect(org.records.all('appointment')).toHaveLength(2);
  });

  test('stops at the first failure when it is not', async () => {
    await upsert(KEY);
    client.startBatch();
    upsert(KEY);
    upsert(OTHER);
    await refusal(client.executeBatch());
    expect(org.requests.at(-1)?.status).toBe(412);
    expect(org.records.all('appointment')).toHaveLength(1);
  });

  test('a change set is all or nothing', async () => {
    client.startBatch();
    upsert(KEY, {}, true);
    upsert(OTHER, {}, true);
    expect(await client.executeBatch()).toEqual([KEY, OTHER]);
    org.reset();
    const { accessToken } = org.issueToken();
    client.startBatch();
    client.upsert({ collection: 'appointments', key: KEY, data: meeting(), inChangeSet: true });
    client.upsert({
      collection: 'appointments',
      key: OTHER,
      data: meeting({ subject: 'x'.repeat(201) }),
      inChangeSet: true,
    });
    await refusal(client.executeBatch({ token: accessToken }));
    expect(org.records.all('appointment')).toEqual([]);
    expect(org.records.effects).toEqual([]);
  });
});

describe('refusals for everybody', () => {
  test('a token that is over', async () => {
    org.expireTokens();
    expect(await refusal(client.callFunction('WhoAmI'))).toMatchObject({ status: 401 });
  });

  test.each([
    ['requests', '0x80072322'],
    ['time', '0x80072321'],
    ['concurrency', '0x80072326'],
  ] as const)('service protection: %s', async (kind, code) => {
    org.faults.add({ do: { status: 429, retryAfter: '17', body: org.protection(kind) } });
    const refused = await refusal(client.callFunction('WhoAmI'));
    expect(refused).toMatchObject({ status: 429, code });
    expect(refused.headers['retry-after']).toBe('17');
  });

  test('a privilege that is missing is named', async () => {
    org.setPrivilege('prvCreateActivity', false);
    expect(await refusal(client.create({ collection: 'appointments', data: meeting() }))).toMatchObject({
      status: 403,
      code: '0x80040220',
      message: expect.stringContaining('prvCreateActivity'),
    });
    expect(await client.create({ collection: 'contacts', data: { lastname: 'Free' } })).toBeTruthy();
  });
});

describe('signing in', () => {
  const REDIRECT = 'https://abcdefghijklmnop.chromiumapp.org/';
  const verifier = randomBytes(48).toString('base64url');
  const there = (path: string) => `${org.origins.loopback}/organizations/oauth2/v2.0/${path}`;
  const asked = (more: Record<string, string> = {}) =>
    new URLSearchParams({
      response_type: 'code',
      client_id: DATAVERSE_CLIENT_ID,
      redirect_uri: REDIRECT,
      scope: `${org.origins.api}/user_impersonation offline_access`,
      state: 's & t',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
  const press = async (decision: string, more?: Record<string, string>): Promise<URL> => {
    const page = await fetch(`${there('authorize')}?${asked(more)}`, { redirect: 'manual' });
    if (page.status === 302) return new URL(page.headers.get('location') ?? '');
    expect(await page.text()).toContain('Mara Lindqvist');
    const form = asked(more);
    form.set('decision', decision);
    const answer = await fetch(there('authorize'), { method: 'POST', body: form, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  };
  const token = async (
    form: Record<string, string>,
    headers: Record<string, string> = { origin: 'chrome-extension://abc' },
  ) => {
    const answer = await fetch(there('token'), {
      method: 'POST',
      headers,
      body: new URLSearchParams({
        client_id: DATAVERSE_CLIENT_ID,
        redirect_uri: REDIRECT,
        code_verifier: verifier,
        ...form,
      }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };

  test('Allow leads back with a code that is good once, with its proof and an origin', async () => {
    const back = await press('allow');
    expect([back.origin, back.searchParams.get('state')]).toEqual([new URL(REDIRECT).origin, 's & t']);
    const code = back.searchParams.get('code') ?? '';
    expect(await token({ grant_type: 'authorization_code', code }, {})).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('AADSTS9002327'),
    });
    const tokens = await token({ grant_type: 'authorization_code', code });
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      access_token: expect.any(String),
      refresh_token: expect.any(String),
    });
    expect(await token({ grant_type: 'authorization_code', code })).toMatchObject({ error: 'invalid_grant' });
    const signedIn = new DynamicsWebApi({
      serverUrl: `${org.origins.loopback}/`,
      dataApi: { version: '9.2' },
      onTokenRefresh: async () => String(tokens.access_token),
    });
    expect(await signedIn.callFunction('WhoAmI')).toMatchObject({ UserId: org.issueToken().userId });
    const again = await token({ grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) });
    expect(again.refresh_token).not.toBe(tokens.refresh_token);
  });

  test('a wrong proof, Deny and a foreign scope are refused by name', async () => {
    const code = (await press('allow')).searchParams.get('code') ?? '';
    expect(await token({ grant_type: 'authorization_code', code, code_verifier: 'x' })).toMatchObject({
      error: 'invalid_grant',
    });
    expect((await press('deny')).searchParams.get('error')).toBe('access_denied');
    expect(
      (await press('allow', { scope: 'https://other.crm.dynamics.com/user_impersonation' })).searchParams.get('error'),
    ).toBe('invalid_scope');
    expect((await press('allow', { code_challenge_method: 'plain' })).searchParams.get('error')).toBe(
      'invalid_request',
    );
  });

  test('what was renewed still ends a day after the sign-in', async () => {
    let now = NOW;
    const other = await startDataverse({ now: () => now });
    const renew = async (refresh: string) => {
      const answer = await fetch(`${other.origins.loopback}/organizations/oauth2/v2.0/token`, {
        method: 'POST',
        headers: { origin: 'chrome-extension://abc' },
        body: new URLSearchParams({
          client_id: DATAVERSE_CLIENT_ID,
          grant_type: 'refresh_token',
          refresh_token: refresh,
        }),
      });
      return (await answer.json()) as Record<string, unknown>;
    };
    now = new Date(NOW.getTime() + 23 * 3_600_000);
    const first = other.issueToken();
    now = new Date(now.getTime() + 20 * 3_600_000);
    const renewed = await renew(first.refreshToken);
    now = new Date(now.getTime() + 5 * 3_600_000);
    expect(await renew(String(renewed.refresh_token))).toMatchObject({ error: 'invalid_grant', error_codes: [700084] });
    await other.close();
  });
});
