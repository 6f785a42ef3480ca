import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type DemoOrg, startDemoOrg } from '../../demo/crm/index.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const KEY = 'Candor_Key__c';

let org: DemoOrg;
let token: string;

beforeAll(async () => {
  org = await startDemoOrg({ now: () => NOW });
});
afterAll(() => org.close());
beforeEach(() => {
  org.reset();
  token = org.issueToken().accessToken;
});

const body = {
  Subject: 'Meeting',
  StartDateTime: '2026-11-21T15:00:00Z',
  EndDateTime: '2026-11-21T15:45:00Z',
};

const upsert = (key = 'k-1') =>
  fetch(`${org.origins.loopback}/services/data/v60.0/sobjects/Event/${KEY}/${key}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const query = () =>
  fetch(`${org.origins.loopback}/services/data/v60.0/query?q=${encodeURIComponent('SELECT Id FROM Event')}`, {
    headers: { authorization: `Bearer ${token}` },
  });

describe('the fault script', () => {
  test('drop before: nothing was done and nothing answered', async () => {
    org.faults.add({ do: 'drop_before' });
    await expect(upsert()).rejects.toThrow();
    expect(org.records.all('Event')).toEqual([]);
    expect(org.requests.at(-1)).toMatchObject({ status: null, fault: 'drop_before' });
    expect((await upsert()).status).toBe(201);
  });

  test('drop after: the record is there, the answer is not, and the retry finds it', async () => {
    org.faults.add({ do: 'drop_after' });
    await expect(upsert()).rejects.toThrow();
    const [event] = org.records.all('Event');
    expect(event?.[KEY]).toBe('k-1');
    expect(org.requests.at(-1)).toMatchObject({ status: null, fault: 'drop_after' });
    const again = await upsert();
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ id: event?.Id, created: false });
    expect(org.records.all('Event')).toHaveLength(1);
  });

  test.each(['0', '17', 'Sun, 22 Nov 2026 10:00:30 GMT', undefined])(
    '429 and 503 carry Retry-After %s and do no work',
    async (retryAfter) => {
      for (const status of [429, 503]) {
        org.faults.add({ do: { status, ...(retryAfter === undefined ? {} : { retryAfter }) } });
        const answer = await upsert();
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter ?? null]);
      }
      expect(org.records.all('Event')).toEqual([]);
    },
  );

  test('a status may bring its own body', async () => {
    org.faults.add({
      do: { status: 400, body: [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access' }] },
    });
    expect(await (await upsert()).json()).toMatchObject([{ errorCode: 'UNABLE_TO_LOCK_ROW' }]);
  });

  test('expire: this request and every later one with the same token is refused', async () => {
    org.faults.add({ do: 'expire' });
    const refused = await upsert();
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject([{ errorCode: 'INVALID_SESSION_ID' }]);
    expect((await upsert()).status).toBe(401);
    expect(org.records.all('Event')).toEqual([]);
    token = org.issueToken().accessToken;
    expect((await upsert()).status).toBe(201);
  });

  test('slow: the work waits, then goes on as usual', async () => {
    org.faults.add({ do: { slowMs: 80 } });
    const from = performance.now();
    expect((await upsert()).status).toBe(201);
    expect(performance.now() - from).toBeGreaterThan(70);
  });

  test('cut: the work is done and only the first bytes of the answer arrive', async () => {
    org.faults.add({ do: { cutAfter: 5 } });
    const answer = await upsert();
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow();
    expect(org.records.all('Event')).toHaveLength(1);
  });

  test('race: the record is there, made by an equal request a moment before', async () => {
    org.faults.add({ do: 'race' });
    const answer = await upsert();
    expect(answer.status).toBe(400);
    const [event] = org.records.all('Event');
    expect(await answer.json()).toEqual([
      {
        errorCode: 'DUPLICATE_VALUE',
        message: `duplicate value found: ${KEY} duplicates value on record with id: ${String(event?.Id).slice(0, 15)}`,
        fields: [],
      },
    ]);
  });

  test('faults are taken in order, by the requests they match, as often as they say', async () => {
    org.faults.add({ match: { method: 'PATCH', pathIncludes: '/k-2' }, do: { status: 503 } });
    org.faults.add({ match: (request) => request.method === 'GET', times: 2, do: { status: 429 } });
    expect((await upsert('k-1')).status).toBe(201);
    expect([(await query()).status, (await query()).status, (await query()).status]).toEqual([429, 429, 200]);
    expect(org.faults.waiting).toBe(1);
    expect((await upsert('k-2')).status).toBe(503);
    expect((await upsert('k-2')).status).toBe(201);
  });

  test('a fault without a matcher spares the pages, and one can be taken back', async () => {
    const takeBack = org.faults.add({ do: 'drop_before' });
    expect((await fetch(`${org.origins.loopback}/lightning/o/Contact/list`)).status).toBe(200);
    takeBack();
    expect((await upsert()).status).toBe(201);
  });
});

describe('the remote control', () => {
  const control = (path: string, init: RequestInit = {}) => fetch(`${org.origins.loopback}/__demo/${path}`, init);
  const post = (path: string, value: unknown) => control(path, { method: 'POST', body: JSON.stringify(value) });

  test('drives faults, switches and reads from this machine', async () => {
    expect((await post('faults', { do: { status: 503 }, match: { method: 'PATCH' } })).status).toBe(201);
    expect((await upsert()).status).toBe(503);
    await post('key-field', { present: false });
    expect((await upsert()).status).toBe(404);
    await post('key-field', { present: true });
    expect((await upsert()).status).toBe(201);
    expect(await (await control('records?sobject=Event')).json()).toHaveLength(1);
    expect(((await (await control('requests')).json()) as unknown[]).length).toBe(3);
    expect(org.requests.every((request) => !request.path.startsWith('/__demo/'))).toBe(true);
    await post('expire', {});
    expect((await upsert()).status).toBe(401);
    await post('reset', {});
    expect(org.records.all('Event')).toEqual([]);
  });

  test('is not there for a web page, whatever host it uses', async () => {
    expect((await control('requests', { headers: { origin: 'https://halden.lightning.force.com' } })).status).toBe(404);
  });
});
