import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, type Request, type Response, type Send, Unanswered } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/dynamics/api.ts';
import { BASE } from '../../src/crm/dynamics/fields.ts';
import { guidFor } from '../../src/crm/dynamics/guid.ts';
import { answersOf, batchOf } from '../../src/crm/dynamics/multipart.ts';
import { writingFor } from '../../src/crm/dynamics/payload.ts';
import { answer, scripted } from './adapter-contract.ts';
import { batchAnswer, batchText, done, failed, type Part } from './dynamics-batch.ts';
import { type DataverseWorld, dataverseWorld } from './dynamics-world.ts';

const WHO = '5f1e0b2a-9d3c-ed11-9db0-000d3a993550';
const ACCOUNT = '7a2c4d6e-9d3c-ed11-9db0-000d3a993551';

const meeting = (key: string, more: object = {}): Delivery => ({
  key,
  kind: 'meeting',
  step: 'record',
  start: '2026-11-19T14:00:00.000Z',
  end: '2026-11-19T14:45:00.000Z',
  day: '2026-11-19',
  subject: 'Meeting',
  ...more,
});
const next = (key: string): Delivery => ({
  key,
  kind: 'meeting',
  step: 'task',
  text: 'send pricing',
  due: '2026-11-27',
});

const entityOf = (delivery: Delivery): string => writingFor(delivery)?.entity ?? '';
const held = (delivery: Delivery): readonly Part[] => [done(entityOf(delivery)), done(entityOf(delivery))];
const calls = (request: Request | undefined): readonly string[] =>
  (request?.raw?.text ?? '').split('\r\n').filter((line) => /^(?:GET|PATCH|POST) /.test(line));

describe('a GUID of ours', () => {
  it('never changes: these were written', () => {
    expect(guidFor('activity', '01931b2c-7c1e-7000-8000-000000000001')).toBe('4275451c-5e97-8a96-99a8-07a9630bb850');
    expect(guidFor('connection', 'a/b')).toBe('e365219d-cd78-8d01-b86c-a3ebf4866106');
  });

  it('is a name-based one, its own for every key and purpose', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(guidFor('activity', a)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(guidFor('activity', a)).toBe(guidFor('activity', a));
        expect(guidFor('activity', a) === guidFor('activity', b)).toBe(a === b);
        expect(guidFor('activity', a)).not.toBe(guidFor('connection', a));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is written', () => {
  it('of a meeting is a change set that makes it and completes it, without anybody to invite', () => {
    const { operations } = writingFor(meeting('k', { who: WHO, account: ACCOUNT, note: 'She wants pricing.' })) ?? {
      operations: [],
    };
    const path = `${BASE}/appointments(${guidFor('activity', 'k')})`;
    expect(operations).toEqual([
      {
        method: 'PATCH',
        path,
        headers: { 'If-None-Match': '*' },
        body: {
          subject: 'Meeting',
          description: 'She wants pricing.',
          scheduledstart: '2026-11-19T14:00:00.000Z',
          scheduledend: '2026-11-19T14:45:00.000Z',
          'regardingobjectid_contact_appointment@odata.bind': `/contacts(${WHO})`,
        },
      },
      { method: 'PATCH', path, headers: { 'If-Match': '*' }, body: { statecode: 1, statuscode: 3 } },
    ]);
    expect(JSON.stringify(operations)).not.toMatch(/part(?:y|ies)|attendee/i);
  });

  it.each([
    ['visit', 'appointments', {}],
    ['call', 'phonecalls', { directioncode: true, actualdurationminutes: 45 }],
    ['email', 'tasks', { category: 'Email' }],
    ['note', 'tasks', { category: 'Note' }],
  ] as const)('of a %s is one of the %s, never an e-mail', (kind, set, body) => {
    const [first] = writingFor(meeting('k', { kind, account: ACCOUNT }))?.operations ?? [];
    expect(first?.path).toContain(`/${set}(`);
    expect(first?.body).toMatchObject(body);
    expect(Object.keys(first?.body ?? {})).toContain(`regardingobjectid_account_${set.slice(0, -1)}@odata.bind`);
  });

  it('of a next step is an open task, due on its day', () => {
    const { operations } = writingFor(next('k')) ?? { operations: [] };
    expect(operations).toHaveLength(1);
    expect(operations[0]?.body).toEqual({ subject: 'send pricing', scheduledend: '2026-11-27T12:00:00Z' });
  });

  it('of a completion changes what is there and makes nothing', () => {
    const remoteId = `appointment:${WHO}`;
    const done: Delivery = { key: 'c', kind: 'meeting', step: 'completion', remoteId, note: 'n', who: WHO };
    expect(writingFor(done)?.operations).toEqual([
      {
        method: 'PATCH',
        path: `${BASE}/appointments(${WHO})`,
        headers: { 'If-Match': '*' },
        body: { description: 'n', 'regardingobjectid_contact_appointment@odata.bind': `/contacts(${WHO})` },
      },
    ]);
  });

  it('of a further person is a connection with an id from the two, whatever the key', () => {
    const link = (key: string): Delivery => ({
      key,
      kind: 'call',
      step: 'link',
      remoteId: `phonecall:${ACCOUNT}`,
      who: WHO,
    });
    expect(writingFor(link('a'))).toEqual(writingFor(link('b')));
    expect(writingFor(link('a'))?.operations[0]).toMatchObject({
      path: `${BASE}/connections(${guidFor('connection', `${ACCOUNT}/${WHO}`)})`,
      headers: { 'If-None-Match': '*' },
      body: {
        'record1id_phonecall@odata.bind': `/phonecalls(${ACCOUNT})`,
        'record2id_contact@odata.bind': `/contacts(${WHO})`,
      },
    });
  });

  it('keeps a subject that is too long whole in the description', () => {
    const subject = '🙂'.repeat(250);
    const body = writingFor(meeting('k', { subject, note: 'n' }))?.operations[0]?.body;
    expect([...String(body?.subject)]).toHaveLength(200);
    expect(body?.description).toBe(`${subject}\n\nn`);
  });

  it('is nothing where an id cannot be one: the others go', async () => {
    const { send, asked } = scripted(batchAnswer(held(meeting('k'))));
    const outcomes = await makeApi(send).push([
      meeting('x', { who: "x')" }),
      { key: 'c', kind: 'meeting', step: 'completion', remoteId: `emails:${WHO}`, note: 'n' },
      { key: 'l', kind: 'meeting', step: 'link', remoteId: `appointment:${WHO}`, who: '003' },
      { key: 'd', kind: 'meeting', step: 'completion', remoteId: `__proto__:${WHO}`, note: 'n' },
      meeting('k'),
    ]);
    expect(outcomes.map(({ is }) => is)).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'stored']);
    expect(calls(asked[0])).toHaveLength(2);
  });
});

describe('many deliveries', () => {
  /** Answers every batch with successes. */
  const storing = (refuse: (call: number) => Error | null = () => null): { send: Send; asked: Request[] } => {
    const asked: Request[] = [];
    return {
      asked,
      send: async (request) => {
        asked.push(request);
        const error = refuse(asked.length);
        if (error) throw error;
        const entities = calls(request).map((line) => line.split(' ')[1]?.slice(BASE.length + 1) ?? '');
        const entries = entities.flatMap((entity, at) =>
          entity === entities[at - 1]
            ? []
            : entity === entities[at + 1]
              ? [[done(entity), done(entity)]]
              : [done(entity)],
        );
        return answer(batchAnswer(...entries));
      },
    };
  };

  it('go ten operations at a time, each on its own', async () => {
    const { send, asked } = storing();
    const outcomes = await makeApi(send).push([...'abcdefghijkl'].map((key) => meeting(key)));
    expect(asked.map((request) => calls(request).length)).toEqual([10, 10, 4]);
    for (const { method, path, headers } of asked) {
      expect({ method, path }).toEqual({ method: 'POST', path: `${BASE}/$batch` });
      expect(headers).toMatchObject({
        'OData-Version': '4.0',
        'OData-MaxVersion': '4.0',
        Prefer: 'odata.continue-on-error',
      });
    }
    expect(outcomes).toEqual(
      [...'abcdefghijkl'].map((key) => ({ is: 'stored', remoteId: `appointment:${guidFor('activity', key)}` })),
    );
  });

  it('never split a change set between two batches', async () => {
    const { send, asked } = storing();
    await makeApi(send).push([...[...'abcdefghi'].map((key) => next(key)), meeting('m')]);
    expect(asked.map((request) => calls(request).length)).toEqual([9, 2]);
  });

  it('are unknown only where no answer came', async () => {
    const { send } = storing((call) => (call === 2 ? new Unanswered() : null));
    const outcomes = await makeApi(send).push([...'abcdefghijklmno'].map((key) => meeting(key)));
    expect(outcomes.map(({ is }) => is)).toEqual([
      ...Array<string>(5).fill('stored'),
      ...Array<string>(5).fill('unknown'),
      ...Array<string>(5).fill('stored'),
    ]);
  });

  it('stop where the CRM asks to wait or to sign in: the rest is not tried', async () => {
    for (const [status, is] of [
      [429, 'throttled'],
      [401, 'sign_in_needed'],
    ] as const) {
      const { send, asked } = scripted({ status });
      const outcomes = await makeApi(send).push([...'abcdefghijkl'].map((key) => meeting(key)));
      expect(asked).toHaveLength(1);
      expect(outcomes.every((outcome) => outcome.is === is)).toBe(true);
    }
  });

  it('are none: nothing is asked', async () => {
    const { send, asked } = storing();
    expect(await makeApi(send).push([])).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('412 to a new record', () => {
  const push = async (part: Part, ...more: Partial<Response>[]) => {
    const played = scripted(batchAnswer(part), ...more);
    const [outcome] = await makeApi(played.send).push([meeting('k')]);
    return { outcome, asked: played.asked };
  };
  const SAME = 'A record with matching key values already exists.';
  const stored = { is: 'stored', remoteId: `appointment:${guidFor('activity', 'k')}` };

  it.each(['', '0x80060892', '0x80040237'])(
    'in these words is the record that we wanted, whatever the code: %j',
    async (code) => {
      const { outcome, asked } = await push(failed(412, code, SAME));
      expect(outcome).toEqual(stored);
      expect(asked).toHaveLength(1);
    },
  );

  it('of a key that does not say whose is asked for by our id', async () => {
    const there = await push(failed(412, '0x80040237', 'Cannot insert duplicate key.'), {
      text: '{"createdon":"2026-11-19T14:00:00Z"}',
    });
    expect(there.outcome).toEqual(stored);
    expect(there.asked[1]).toMatchObject({
      method: 'GET',
      path: `${BASE}/appointments(${guidFor('activity', 'k')})?$select=createdon`,
    });
    const twin = await push(failed(412, '0x80060892', "The entity key 'Ref' requires unique values."), {
      status: 404,
      text: JSON.stringify({ error: { code: '0x80040217', message: 'appointment With Id = … Does Not Exist' } }),
    });
    expect(twin.outcome).toMatchObject({ is: 'invalid' });
    expect((await push(failed(412, '0x80040237'), { status: 503 })).outcome).toMatchObject({ is: 'throttled' });
    expect((await push(failed(412, '0x80040237'), { text: '<html>' })).outcome).toMatchObject({ is: 'unknown' });
  });

  it('by a duplicate rule is a refusal, and of a version a conflict', async () => {
    expect((await push(failed(412, '0x80040333'))).outcome).toMatchObject({ is: 'invalid' });
    expect((await push(failed(412, '0x80060882'))).outcome).toMatchObject({ is: 'conflict' });
  });

  it('to a change is a conflict, whatever it says', async () => {
    const { send } = scripted({ text: '{"description":null}' }, batchAnswer(failed(412, '', SAME)));
    const change: Delivery = {
      key: 'c',
      kind: 'meeting',
      step: 'completion',
      remoteId: `appointment:${WHO}`,
      note: 'n',
    };
    expect(await makeApi(send).push([change])).toMatchObject([{ is: 'conflict' }]);
  });
});

describe('the answers of a batch', () => {
  const many = [meeting('a'), next('b'), meeting('c'), next('d')];
  const entries = [
    held(many[0]!),
    done(entityOf(many[1]!)),
    failed(403, '0x80040220'),
    done(entityOf(many[3]!)),
  ] as const;
  const push = async (given: Partial<Response>) => (await makeApi(scripted(given).send).push(many)).map(({ is }) => is);

  it('belong to the deliveries in their order, each with its own', async () => {
    expect(await push(batchAnswer(...entries))).toEqual(['stored', 'stored', 'forbidden', 'stored']);
  });

  it('are read with bare line feeds, quotes and other headers too', async () => {
    const { headers, text = '' } = batchAnswer(...entries);
    const type = 'Multipart/Mixed; charset=utf-8; Boundary="batchresponse_1"';
    expect(await push({ headers: { ...headers, 'content-type': type }, text: text.replaceAll('\r\n', '\n') })).toEqual([
      'stored',
      'stored',
      'forbidden',
      'stored',
    ]);
  });

  it('that were shuffled assign nothing wrongly: only what names its record is known', async () => {
    const [a, b, c, d] = entries;
    expect(await push(batchAnswer(b, a, c, d))).toEqual(['stored', 'stored', 'unknown', 'stored']);
    expect(await push(batchAnswer(c, a, b, d))).toEqual(['stored', 'stored', 'unknown', 'stored']);
    expect(await push(batchAnswer(a, a, c, d))).toEqual(['stored', 'unknown', 'unknown', 'stored']);
    expect(await push(batchAnswer(a, b, c))).toEqual(['stored', 'stored', 'unknown', 'unknown']);
    expect(await push(batchAnswer(a, b, c, d, d))).toEqual(['stored', 'stored', 'unknown', 'stored']);
  });

  it('cut at any byte lose only what was not whole, and assign nothing wrongly', async () => {
    const text = batchText(entries);
    const whole = ['stored', 'stored', 'forbidden', 'stored'];
    for (let length = 0; length < text.length; length += 1) {
      const outcomes = await push({ ...batchAnswer(), text: text.slice(0, length) });
      outcomes.forEach((is, at) => {
        expect([whole[at], 'unknown'], `${length} bytes`).toContain(is);
      });
    }
    expect(await push({ ...batchAnswer(), text })).toEqual(whole);
    // All but the end of the end: everything that is there is whole.
    expect(await push({ ...batchAnswer(), text: text.slice(0, text.lastIndexOf('--')) })).toEqual(whole);
  });

  it('that are none are read as the answer of the call', async () => {
    for (const text of ['', 'x', '--batchresponse_1--', '{}', '<html></html>']) {
      expect(new Set(await push({ headers: { 'content-type': 'text/html' }, text }))).toEqual(new Set(['unknown']));
    }
    expect(answersOf(answer({ headers: { 'content-type': 'multipart/mixed' }, text: 'x' }))).toBeNull();
  });

  it('carry the wait of a part, by the clock of the whole', async () => {
    const part = failed(429, '0x80072322', 'limit', { 'Retry-After': 'Sun, 22 Nov 2026 10:02:00 GMT' });
    const { headers, text = '' } = batchAnswer(part);
    const given = { text, headers: { ...headers, date: 'Sun, 22 Nov 2026 10:00:00 GMT' } };
    expect(await makeApi(scripted(given).send).push([next('b')])).toEqual([{ is: 'throttled', after: 120_000 }]);
  });

  it('of our own batch come back as they were written, whatever the words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (subject) => {
        const writing = writingFor(meeting('k', { subject }));
        const { text } = batchOf([writing?.operations ?? [], writing?.operations.slice(0, 1) ?? []]);
        const bodies = text
          .split('\r\n')
          .filter((line) => line.startsWith('{'))
          .map((line) => JSON.parse(line));
        expect(bodies).toHaveLength(3);
        expect(text.match(/^--batch_candor/gmu)).toHaveLength(3);
      }),
      { numRuns: 100 },
    );
  });
});

describe('against the demo organisation', () => {
  let world: DataverseWorld;
  beforeEach(async () => {
    world = await dataverseWorld();
  });
  afterEach(() => world.close());

  const push = async (...deliveries: readonly Delivery[]) => makeApi(world.send).push(deliveries);

  it('no appointment is ever seen open, and no party is ever written', async () => {
    const [outcome] = await push(meeting('k', { who: world.people[0] }));
    const id = outcome?.is === 'stored' ? outcome.remoteId : '';
    await push({ key: 'l', kind: 'meeting', step: 'link', remoteId: id, who: world.people[1] });
    expect(world.org.records.all('appointment')).toMatchObject([{ statecode: 1, statuscode: 3 }]);
    expect(world.org.records.all('activityparty')).toEqual([]);
    expect(world.org.records.effects.map(({ kind, table }) => `${kind} ${table}`)).toEqual([
      'create appointment',
      'update appointment',
      'create connection',
    ]);
  });

  it('a change set that fails half way leaves nothing', async () => {
    world.org.setPrivilege('prvWriteActivity', false);
    expect(await push(meeting('k'))).toMatchObject([{ is: 'forbidden' }]);
    expect(world.activities()).toEqual([]);
  });

  it('a log that somebody deleted is not brought back', async () => {
    const [outcome] = await push(meeting('k'));
    const id = outcome?.is === 'stored' ? outcome.remoteId : '';
    await world.send({ method: 'DELETE', path: `${BASE}/appointments(${id.split(':')[1]})` });
    const later: Delivery[] = [
      { key: 'c', kind: 'meeting', step: 'completion', remoteId: id, note: 'n' },
      { key: 'l', kind: 'meeting', step: 'link', remoteId: id, who: world.people[1] },
    ];
    expect((await push(...later)).map(({ is }) => is)).toEqual(['gone', 'gone']);
    expect(world.activities()).toEqual([]);
  });

  it('a person who was deleted stops only her own log; one who was merged is still known by her id', async () => {
    const [dana, li] = world.people;
    world.org.mergeContacts(dana, li);
    expect(await push(meeting('k-li', { who: li }))).toMatchObject([{ is: 'stored' }]);
    await world.send({ method: 'DELETE', path: `${BASE}/contacts(${dana})` });
    const outcomes = await push(meeting('k-dana', { who: dana }), meeting('k'));
    expect(outcomes.map(({ is }) => is)).toEqual(['gone', 'stored']);
  });

  it('a text that is too long is refused with its column, and the others go', async () => {
    const outcomes = await push(meeting('a', { note: 'x'.repeat(2001) }), meeting('b'));
    expect(outcomes).toMatchObject([{ is: 'invalid', field: 'description' }, { is: 'stored' }]);
  });

  it('waits as the service protection says', async () => {
    for (const kind of ['requests', 'time', 'concurrency'] as const) {
      world.org.faults.add({ do: { status: 429, retryAfter: '12', body: world.org.protection(kind) } });
      expect(await push(meeting('k'))).toEqual([{ is: 'throttled', after: 12_000 }]);
    }
  });

  it('a batch cut at any byte never loses or doubles a record', async () => {
    const deliveries = [meeting('a', { who: world.people[0] }), next('b')];
    for (const bytes of [0, 1, 60, 200, 500, 900, 1200]) {
      world.org.faults.add({ do: { cutAfter: bytes } });
      const outcomes = await push(...deliveries);
      expect(outcomes.every(({ is }) => is === 'unknown' || is === 'stored')).toBe(true);
    }
    expect((await push(...deliveries)).map(({ is }) => is)).toEqual(['stored', 'stored']);
    expect(world.activities()).toHaveLength(2);
  });
});
