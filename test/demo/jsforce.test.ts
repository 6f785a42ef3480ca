import { createHash, randomBytes } from 'node:crypto';
import type { Connection as JsforceConnection, OAuth2 as JsforceOAuth2 } from 'jsforce';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_CLIENT_ID, type DemoOrg, startDemoOrg } from '../../demo/crm/index.ts';

/** The real client library against the demo org: what it accepts here, it would have accepted from Salesforce. */

const NOW = new Date('2026-11-22T10:00:00Z');
const REDIRECT = 'https://abcdefghijklmnop.chromiumapp.org/salesforce';
const KEY = 'Candor_Key__c';

let jsforce: { Connection: typeof JsforceConnection; OAuth2: typeof JsforceOAuth2 };
let org: DemoOrg;
let conn: JsforceConnection;

beforeAll(async () => {
  // jsforce reads proxy settings once, at import, and would send loopback through one.
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];
  const loaded = await import('jsforce');
  jsforce = loaded.default ?? loaded;
  org = await startDemoOrg({ now: () => NOW });
});

afterAll(() => org.close());

beforeEach(() => {
  org.reset();
  const { accessToken, instanceUrl } = org.issueToken();
  conn = new jsforce.Connection({ accessToken, instanceUrl, version: '60.0' });
});

const meeting = (key: string, more: Record<string, unknown> = {}) => ({
  [KEY]: key,
  Subject: 'Meeting',
  StartDateTime: '2026-11-21T15:00:00Z',
  EndDateTime: '2026-11-21T15:45:00Z',
  ...more,
});

const idOf = (name: string) => String(org.records.contact(name).Id);

const refusal = async (
  work: PromiseLike<unknown>,
): Promise<{ errorCode?: string; message: string; name: string; data?: unknown }> => {
  try {
    await work;
  } catch (error) {
    return error as Error & { errorCode?: string; data?: unknown };
  }
  throw new Error('expected a refusal');
};

/** Presses Allow on the consent page and returns the address the browser would be sent to. */
async function allow(url: string, decision = 'allow'): Promise<URL> {
  const page = await fetch(url, { redirect: 'manual' });
  if (page.status === 302) return new URL(page.headers.get('location') ?? '');
  const fields = [...(await page.text()).matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [
      name,
      value.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code))),
    ],
  );
  const form = new URLSearchParams(fields.filter(([name]) => name !== 'decision'));
  form.set('decision', decision);
  const answer = await fetch(`${org.origins.loopback}/services/oauth2/authorize`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return new URL(answer.headers.get('location') ?? '');
}

describe('signing in', () => {
  test('the code flow with PKCE signs jsforce in, names the user, and refreshes when the token expires', async () => {
    const oauth2 = new jsforce.OAuth2({
      loginUrl: org.origins.loopback,
      clientId: DEMO_CLIENT_ID,
      redirectUri: REDIRECT,
      useVerifier: true,
    });
    const back = await allow(oauth2.getAuthorizationUrl({ state: 'kept & given back' }));
    expect(back.origin).toBe(new URL(REDIRECT).origin);
    expect(back.searchParams.get('state')).toBe('kept & given back');

    const signedIn = new jsforce.Connection({ oauth2, version: '60.0' });
    const user = await signedIn.authorize(back.searchParams.get('code') ?? '', {
      code_verifier: oauth2.codeVerifier ?? '',
    });
    expect(user.id).toBe(org.records.user('Mara Lindqvist').Id);
    expect(signedIn.instanceUrl).toBe(org.origins.loopback);
    expect(signedIn.refreshToken).toBeTruthy();

    const identity = await signedIn.identity();
    expect(identity.display_name).toBe('Mara Lindqvist');
    expect(identity.organization_id).toMatch(/^00D/);

    let refreshed = 0;
    signedIn.on('refresh', () => {
      refreshed += 1;
    });
    org.expireTokens();
    const found = await signedIn.query('SELECT Id FROM Account LIMIT 1');
    expect(found.totalSize).toBe(1);
    expect(refreshed).toBe(1);
  });

  test('a code works once, only with its own verifier, and only for its own redirect', async () => {
    const verifier = randomBytes(48).toString('base64url');
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const oauth2 = new jsforce.OAuth2({
      loginUrl: org.origins.loopback,
      clientId: DEMO_CLIENT_ID,
      redirectUri: REDIRECT,
    });
    const code = async () =>
      (await allow(oauth2.getAuthorizationUrl({ code_challenge: challenge }))).searchParams.get('code') ?? '';

    const wrong = await refusal(oauth2.requestToken(await code(), { code_verifier: 'not the verifier' }));
    expect(wrong.name).toBe('invalid_grant');
    expect(wrong.message).toBe('invalid code verifier');

    const good = await code();
    await oauth2.requestToken(good, { code_verifier: verifier });
    expect((await refusal(oauth2.requestToken(good, { code_verifier: verifier }))).name).toBe('invalid_grant');

    const elsewhere = new jsforce.OAuth2({
      loginUrl: org.origins.loopback,
      clientId: DEMO_CLIENT_ID,
      redirectUri: 'https://other.example.com/',
    });
    expect((await refusal(elsewhere.requestToken(await code(), { code_verifier: verifier }))).name).toBe(
      'redirect_uri_mismatch',
    );
  });

  test('refusals of the sign-in page go back to the app by name', async () => {
    const oauth2 = new jsforce.OAuth2({
      loginUrl: org.origins.loopback,
      clientId: DEMO_CLIENT_ID,
      redirectUri: REDIRECT,
      useVerifier: true,
    });
    expect((await allow(oauth2.getAuthorizationUrl(), 'deny')).searchParams.get('error')).toBe('access_denied');
    org.setAppBlocked(true);
    expect((await allow(oauth2.getAuthorizationUrl())).searchParams.get('error')).toBe('OAUTH_APP_BLOCKED');
    org.setAppBlocked(false);
    const bare = new jsforce.OAuth2({
      loginUrl: org.origins.loopback,
      clientId: DEMO_CLIENT_ID,
      redirectUri: REDIRECT,
    });
    expect((await allow(bare.getAuthorizationUrl())).searchParams.get('error_description')).toBe(
      'missing required code challenge',
    );
    const stranger = new jsforce.OAuth2({
      loginUrl: org.origins.loopback,
      clientId: 'stranger',
      redirectUri: REDIRECT,
      useVerifier: true,
    });
    expect(await (await fetch(stranger.getAuthorizationUrl())).json()).toEqual({
      error: 'invalid_client_id',
      error_description: 'client identifier invalid',
    });
  });

  test('a revoked refresh token and an unknown one are refused alike', async () => {
    const oauth2 = new jsforce.OAuth2({
      loginUrl: org.origins.loopback,
      clientId: DEMO_CLIENT_ID,
      redirectUri: REDIRECT,
    });
    const { refreshToken } = org.issueToken();
    expect((await oauth2.refreshToken(refreshToken)).access_token).toBeTruthy();
    await oauth2.revokeToken(refreshToken);
    expect((await refusal(oauth2.refreshToken(refreshToken))).name).toBe('invalid_grant');
  });

  test('userinfo answers for the token and for nobody else', async () => {
    const { accessToken } = org.issueToken();
    const url = `${org.origins.loopback}/services/oauth2/userinfo`;
    const info = await (await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })).json();
    expect(info).toMatchObject({ name: 'Mara Lindqvist', organization_id: expect.stringMatching(/^00D/) });
    expect((await fetch(url)).status).toBe(403);
  });
});

describe('reading', () => {
  test('a query follows relationships and nests them', async () => {
    const found = await conn.query(
      "SELECT Id, Name, Account.Name, Owner.Name FROM Contact WHERE Account.Name = 'Halden Freight AG' AND Name IN ('Dana Reyes', 'Li Wei') ORDER BY Name",
    );
    expect(found.totalSize).toBe(2);
    expect(found.done).toBe(true);
    expect(found.records.map((each) => [each.Name, each.Account?.Name, each.Owner?.Name])).toEqual([
      ['Dana Reyes', 'Halden Freight AG', 'Mara Lindqvist'],
      ['Li Wei', 'Halden Freight AG', 'Mara Lindqvist'],
    ]);
    expect(found.records[0]?.attributes?.type).toBe('Contact');
  });

  test('conditions compare text, ids of both lengths, dates, booleans and nothing', async () => {
    const count = async (where: string) => (await conn.query(`SELECT COUNT() FROM Contact WHERE ${where}`)).totalSize;
    const dana = idOf('Dana Reyes');
    expect(await count(`Id = '${dana.slice(0, 15)}'`)).toBe(1);
    expect(await count(`Id = '${dana}' OR Name = 'li wei'`)).toBe(2);
    expect(await count("Name LIKE 'Dana R%'")).toBe(1);
    expect(await count("FirstName = null AND LastName = 'Recepción'")).toBe(1);
    expect(await count("(HasOptedOutOfEmail = true OR HasOptedOutOfEmail = false) AND Name != ''")).toBe(200);
    expect(await count('CreatedDate > 2026-11-22T09:59:59Z')).toBe(0);
    expect((await count('CreatedDate >= LAST_N_DAYS:30')) > 5).toBe(true);
    expect(await count("NOT (MailingCountry IN ('Germany', 'France'))")).toBe(
      await count("MailingCountry NOT IN ('Germany', 'France')"),
    );
    expect(await count("LastName = 'O\\'Nobody'")).toBe(0);
  });

  test('a long answer comes in pages that jsforce follows', async () => {
    await conn.create(
      'Task',
      Array.from({ length: 250 }, (_, index) => ({ Subject: `Task ${index}` })),
      { allowRecursive: true },
    );
    const first = await conn.query('SELECT Id FROM Task', { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
    expect([first.totalSize, first.records.length, first.done]).toEqual([250, 200, false]);
    const second = await conn.queryMore(String(first.nextRecordsUrl));
    expect([second.records.length, second.done]).toEqual([50, true]);
  });

  test('a search finds people by name in several scripts, and says which object each is', async () => {
    const search = async (words: string, scope = 'NAME') =>
      (
        await conn.search(
          `FIND {${words}} IN ${scope} FIELDS RETURNING Contact(Id, Name, Account.Name ORDER BY Name LIMIT 5), Account(Id, Name)`,
        )
      ).searchRecords;
    expect((await search('dan* rey*')).map((each) => each.Name)).toEqual(['Dana Reyes']);
    expect((await search('halden')).map((each) => each.attributes?.type)).toEqual(['Account']);
    expect((await search('Sofia Marenghi')).length).toBe(2);
    expect((await search('明子')).length).toBe(1);
    expect((await search('ليلى')).length).toBe(1);
    expect((await search('dana.reyes.halden@example.com', 'EMAIL')).map((each) => each.Name)).toEqual(['Dana Reyes']);
    expect((await refusal(search('d'))).errorCode).toBe('MALFORMED_SEARCH');
    expect((await refusal(search('a{b'))).errorCode).toBe('MALFORMED_SEARCH');
  });

  test('describe lists the key field while the org has it', async () => {
    const key = (await conn.describe('Event')).fields.find((each) => each.name === KEY);
    expect(key).toMatchObject({ externalId: true, unique: true, createable: true, type: 'string' });
    org.setKeyField(false);
    expect((await conn.describe('Event')).fields.some((each) => each.name === KEY)).toBe(false);
    expect((await conn.describeGlobal()).sobjects.map((each) => each.name)).toContain('EventRelation');
  });

  test('records are retrieved one by one and in one call, a missing one as nothing', async () => {
    const dana = idOf('Dana Reyes');
    const one = await conn.retrieve('Contact', dana, { fields: ['Id', 'Name', 'AccountId'] });
    expect(one).toMatchObject({ Id: dana, Name: 'Dana Reyes' });
    const unknown = `${dana.slice(0, 3)}Hd00000zzzzz`;
    const many = await conn.retrieve('Contact', [dana, unknown], { fields: ['Name'] });
    expect(many.map((each) => each?.Name ?? null)).toEqual(['Dana Reyes', null]);
    expect((await refusal(conn.retrieve('Contact', unknown))).errorCode).toBe('NOT_FOUND');
    expect((await refusal(conn.retrieve('Contact', `${dana.slice(0, 15)}AAA`))).errorCode).toBe('MALFORMED_ID');
  });

  test('changed records are listed with the end of the window they cover', async () => {
    const { id } = (await conn.sobject('Event').upsert(meeting('k-1'), KEY)) as { id: string };
    const changed = await conn.updated('Event', new Date(NOW.getTime() - 3_600_000), new Date(NOW.getTime() + 60_000));
    expect(changed.ids).toEqual([id]);
    expect(changed.latestDateCovered).toBe('2026-11-22T10:01:00.000+0000');
    await conn.sobject('Event').destroy(id);
    const gone = await conn.deleted('Event', new Date(NOW.getTime() - 3_600_000), new Date(NOW.getTime() + 60_000));
    expect(gone.deletedRecords.map((each) => each.id)).toEqual([id]);
  });

  test('every answer carries the limits header, and the day ends at its maximum', async () => {
    await conn.query('SELECT Id FROM Account LIMIT 1');
    await conn.query('SELECT Id FROM Account LIMIT 1');
    expect(conn.limitInfo.apiUsage).toEqual({ used: 2, limit: 15_000 });
    const small = await startDemoOrg({ now: () => NOW, apiMax: 1 });
    const { accessToken, instanceUrl } = small.issueToken();
    const few = new jsforce.Connection({ accessToken, instanceUrl, version: '60.0' });
    await few.query('SELECT Id FROM Account LIMIT 1');
    expect((await refusal(few.query('SELECT Id FROM Account LIMIT 1'))).errorCode).toBe('REQUEST_LIMIT_EXCEEDED');
    await small.close();
  });
});

describe('writing', () => {
  test('an upsert by key creates, then updates the same record', async () => {
    const first = (await conn.sobject('Event').upsert(meeting('k-1', { WhoId: idOf('Dana Reyes') }), KEY)) as {
      id: string;
      created?: boolean;
    };
    expect(first).toMatchObject({ success: true, created: true });
    const second = (await conn.sobject('Event').upsert(meeting('k-1', { Subject: 'Meeting: pricing' }), KEY)) as {
      id: string;
      created?: boolean;
    };
    expect(second).toMatchObject({ success: true, created: false, id: first.id });
    expect(org.records.all('Event')).toHaveLength(1);
    expect(org.records.byId(first.id)).toMatchObject({ Subject: 'Meeting: pricing', DurationInMinutes: 45 });
    const event = await conn.retrieve('Event', first.id);
    // Derived from the contact, never written.
    expect(event.AccountId).toBe(org.records.account('Halden Freight AG').Id);
  });

  test('a batch keeps its order and each row its own outcome', async () => {
    await conn.sobject('Event').upsert(meeting('k-old'), KEY);
    const results = await conn
      .sobject('Event')
      .upsert(
        [
          meeting('k-new'),
          meeting('k-unknown-field', { Colour__c: 'red' }),
          { [KEY]: 'k-missing', Subject: 'no time' },
          meeting('k-old', { Subject: 'Changed' }),
          meeting('k-twice'),
          meeting('k-twice'),
          meeting('k-bad-who', { WhoId: idOf('Li Wei').replace(/^003/, '001').slice(0, 15) }),
          meeting('k-long', { Subject: 'x'.repeat(256) }),
        ],
        KEY,
      );
    const code = (each: (typeof results)[number]) => {
      const [error] = each.errors as unknown as { statusCode?: string }[];
      return each.success ? (each.created ? 'created' : 'updated') : error?.statusCode;
    };
    expect(results.map(code)).toEqual([
      'created',
      'INVALID_FIELD',
      'REQUIRED_FIELD_MISSING',
      'updated',
      'DUPLICATE_VALUE',
      'DUPLICATE_VALUE',
      'MALFORMED_ID',
      'STRING_TOO_LONG',
    ]);
    expect(org.records.all('Event').map((row) => row[KEY])).toEqual(['k-old', 'k-new']);
    expect(org.requests.at(-1)?.status).toBe(200);
    expect(results[1]?.errors).toMatchObject([{ message: "No such column 'Colour__c' on sobject of type Event" }]);
  });

  test('all or none takes the good rows back', async () => {
    const results = await conn.sobject('Event').upsert([meeting('k-1'), { [KEY]: 'k-2' }], KEY, { allOrNone: true });
    expect(results.map((each) => (each.errors as unknown as { statusCode: string }[])[0]?.statusCode)).toEqual([
      'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      'REQUIRED_FIELD_MISSING',
    ]);
    expect(org.records.all('Event')).toEqual([]);
    expect(org.records.effects).toEqual([]);
  });

  test('a collection takes two hundred records and no more', async () => {
    const many = Array.from({ length: 201 }, (_, index) => meeting(`k-${index}`));
    expect((await refusal(conn.sobject('Event').upsert(many, KEY))).errorCode).toBe('EXCEEDED_ID_LIMIT');
    expect(org.records.all('Event')).toEqual([]);
    expect((await conn.sobject('Event').upsert(many.slice(0, 200), KEY)).every((each) => each.success)).toBe(true);
  });

  test('a key that several records carry is answered with 300 and their addresses', async () => {
    const loose = await startDemoOrg({ now: () => NOW, keyUnique: false });
    const { accessToken, instanceUrl } = loose.issueToken();
    const other = new jsforce.Connection({ accessToken, instanceUrl, version: '60.0' });
    const made = await other.create('Event', [meeting('same'), meeting('same')]);
    const error = await refusal(other.sobject('Event').upsert(meeting('same'), KEY));
    expect(error.errorCode).toBe('MULTIPLE_CHOICES');
    expect(error.data).toEqual(made.map((each) => `/services/data/v60.0/sobjects/Event/${each.id}`));
    const [item] = await other.sobject('Event').upsert([meeting('same')], KEY);
    expect(item?.success).toBe(false);
    await loose.close();
  });

  test('a second record with a unique key is refused with the id of the first', async () => {
    const first = await conn.create('Event', meeting('k-1'));
    const error = await refusal(conn.create('Event', meeting('K-1')));
    expect(error.errorCode).toBe('DUPLICATE_VALUE');
    expect(error.message).toBe(
      `duplicate value found: ${KEY} duplicates value on record with id: ${first.id?.slice(0, 15)}`,
    );
  });

  test('an upsert brings a deleted log back as another record', async () => {
    const first = (await conn.sobject('Event').upsert(meeting('k-1'), KEY)) as { id: string };
    await conn.sobject('Event').destroy(first.id);
    const second = (await conn.sobject('Event').upsert(meeting('k-1'), KEY)) as { id: string; created?: boolean };
    expect(second.created).toBe(true);
    expect(second.id).not.toBe(first.id);
    expect((await refusal(conn.sobject('Event').update({ Id: first.id, Subject: 'late' }))).errorCode).toBe(
      'ENTITY_IS_DELETED',
    );
  });

  test('without the key field the upsert says so, as Salesforce does', async () => {
    org.setKeyField(false);
    const error = await refusal(conn.sobject('Event').upsert(meeting('k-1'), KEY));
    expect(error.errorCode).toBe('NOT_FOUND');
    expect(error.message).toBe(`Provided external ID field does not exist or is not accessible: ${KEY}`);
    expect((await refusal(conn.sobject('Event').upsert([meeting('k-1')], KEY))).errorCode).toBe('NOT_FOUND');
  });

  test('records are updated and deleted by id, alone and together', async () => {
    const made = await conn.create('Task', [{ Subject: 'One' }, { Subject: 'Two' }]);
    const [one, two] = made.map((each) => String(each.id));
    await conn.sobject('Task').update({ Id: one ?? '', Status: 'Completed' });
    expect(org.records.byId(one ?? '')).toMatchObject({ Status: 'Completed' });
    expect((await conn.retrieve('Task', one ?? '')).IsClosed).toBe(true);
    const changed = await conn.update('Task', [
      { Id: one ?? '', Subject: 'One more' },
      { Id: two ?? '', Status: 'Nonsense' },
    ]);
    expect(changed.map((each) => each.success)).toEqual([true, false]);
    expect((await conn.destroy('Task', [one ?? '', two ?? ''])).every((each) => each.success)).toBe(true);
    expect((await refusal(conn.sobject('Task').destroy(one ?? ''))).errorCode).toBe('ENTITY_IS_DELETED');
    expect((await conn.query('SELECT Id FROM Task')).totalSize).toBe(0);
    expect((await conn.query('SELECT Id FROM Task', { scanAll: true })).totalSize).toBe(2);
  });

  test('a stale conditional write is refused', async () => {
    const { id } = (await conn.sobject('Event').upsert(meeting('k-1'), KEY)) as { id: string };
    const since = new Date(NOW.getTime() - 60_000).toUTCString();
    const error = await refusal(
      conn.update('Event', { Id: id, Subject: 'x' }, { headers: { 'If-Unmodified-Since': since } }),
    );
    expect(error.errorCode).toBe('PRECONDITION_FAILED');
  });
});

describe('shared activities', () => {
  const relation = (event: string, contact: string) => ({
    EventId: event,
    RelationId: contact,
    IsParent: true,
    IsInvitee: false,
  });

  test('on: the first attendee is a relation row, and further ones can be added once', async () => {
    const event = (await conn.sobject('Event').upsert(meeting('k-1', { WhoId: idOf('Dana Reyes') }), KEY)) as {
      id: string;
    };
    const rows = async () =>
      (
        await conn.query(
          `SELECT RelationId, Relation.Name, IsParent, IsInvitee FROM EventRelation WHERE EventId = '${event.id}' AND IsWhat = false`,
        )
      ).records;
    expect((await rows()).map((each) => [each.Relation?.Name, each.IsParent, each.IsInvitee])).toEqual([
      ['Dana Reyes', true, false],
    ]);
    await conn.create('EventRelation', relation(event.id, idOf('Li Wei')));
    expect((await rows()).map((each) => each.Relation?.Name)).toEqual(['Dana Reyes', 'Li Wei']);
    expect((await refusal(conn.create('EventRelation', relation(event.id, idOf('Li Wei'))))).errorCode).toBe(
      'DUPLICATE_VALUE',
    );
  });

  test('on: a row without any of the three marks would be an invitation', async () => {
    const event = (await conn.sobject('Event').upsert(meeting('k-1'), KEY)) as { id: string };
    await conn.create('EventRelation', { EventId: event.id, RelationId: idOf('Li Wei') });
    expect(org.records.all('EventRelation').map((row) => row.IsInvitee)).toEqual([true]);
  });

  test('off: the columns do not exist, and one attendee is all an event has', async () => {
    org.setSharedActivities(false);
    const event = (await conn.sobject('Event').upsert(meeting('k-1', { WhoId: idOf('Dana Reyes') }), KEY)) as {
      id: string;
    };
    expect((await refusal(conn.create('EventRelation', relation(event.id, idOf('Li Wei'))))).errorCode).toBe(
      'INVALID_FIELD',
    );
    expect((await refusal(conn.query('SELECT IsParent FROM EventRelation'))).errorCode).toBe('INVALID_FIELD');
    expect((await conn.query('SELECT RelationId FROM EventRelation')).totalSize).toBe(0);
    expect((await conn.describe('EventRelation')).fields.some((each) => each.name === 'IsParent')).toBe(false);
  });
});

describe('refusals as jsforce names them', () => {
  const cases: readonly (readonly [what: string, code: string, work: () => PromiseLike<unknown>])[] = [
    ['a malformed query', 'MALFORMED_QUERY', () => conn.query('SELECT FROM Contact')],
    [
      'AND and OR side by side',
      'MALFORMED_QUERY',
      () => conn.query("SELECT Id FROM Contact WHERE Name = 'a' AND Name = 'b' OR Name = 'c'"),
    ],
    ['an unclosed string', 'MALFORMED_QUERY', () => conn.query("SELECT Id FROM Contact WHERE Name = 'a")],
    ['an unknown column', 'INVALID_FIELD', () => conn.query('SELECT Colour__c FROM Contact')],
    ['an unknown relationship', 'INVALID_FIELD', () => conn.query('SELECT Firm.Name FROM Contact')],
    ['a filter on long text', 'INVALID_FIELD', () => conn.query("SELECT Id FROM Event WHERE Description LIKE '%x%'")],
    [
      'a quoted date',
      'INVALID_FIELD',
      () => conn.query("SELECT Id FROM Event WHERE StartDateTime > '2026-11-01T00:00:00Z'"),
    ],
    ['an unknown object in a query', 'INVALID_TYPE', () => conn.query('SELECT Id FROM Spaceship')],
    ['an unknown object in a path', 'NOT_FOUND', () => conn.sobject('Spaceship').describe()],
    ['a missing name', 'REQUIRED_FIELD_MISSING', () => conn.create('Contact', { FirstName: 'Nobody' })],
    [
      'a derived field',
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      () => conn.create('Task', { Subject: 'x', AccountId: String(org.records.account('Halden Freight AG').Id) }),
    ],
    ['a bad mail address', 'INVALID_EMAIL_ADDRESS', () => conn.create('Contact', { LastName: 'x', Email: 'nowhere' })],
    [
      'a contact that is not there',
      'INVALID_CROSS_REFERENCE_KEY',
      () => conn.create('Task', { Subject: 'x', WhoId: '003Hd00000zzzzz' }),
    ],
    [
      'a date that is none',
      'JSON_PARSER_ERROR',
      () => conn.create('Event', meeting('k', { StartDateTime: 'yesterday' })),
    ],
    [
      'an end before the start',
      'FIELD_INTEGRITY_EXCEPTION',
      () => conn.create('Event', meeting('k', { EndDateTime: '2026-11-21T14:00:00Z' })),
    ],
  ];
  test.each(cases)('%s is %s', async (_what, code, work) => {
    expect((await refusal(work())).errorCode).toBe(code);
  });

  test('a deleted contact cannot be logged against', async () => {
    const li = idOf('Li Wei');
    await conn.sobject('Contact').destroy(li);
    expect((await refusal(conn.create('Task', { Subject: 'x', WhoId: li }))).errorCode).toBe('ENTITY_IS_DELETED');
  });

  test('no token, an expired one and a page cookie are three refusals of one code', async () => {
    const ask = async (token: string) => {
      const other = new jsforce.Connection({ accessToken: token, instanceUrl: org.origins.loopback, version: '60.0' });
      return refusal(other.query('SELECT Id FROM Account'));
    };
    expect((await ask('')).errorCode).toBe('INVALID_SESSION_ID');
    const { accessToken } = org.issueToken();
    org.expireTokens();
    expect((await ask(accessToken)).message).toBe('Session expired or invalid');
    const page = await fetch(`${org.origins.loopback}/lightning/o/Contact/list`);
    const sid = /sid=([^;]+)/.exec(page.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect((await ask(sid)).message).toBe('This session is not valid for use with the REST API');
  });
});
