/** Consents by contact point: two tables in which one number means opposite things. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refused, type Send, type StatusMap, Unanswered } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/dynamics/api.ts';
import { BASE } from '../../src/crm/dynamics/fields.ts';
import { scripted } from './adapter-contract.ts';
import { type DataverseWorld, dataverseWorld } from './dynamics-world.ts';

const NEW = 'msdynmkt_contactpointconsent4';
const OLD = 'msdynmkt_contactpointconsent';
const MAP = { email: 'donotbulkemail', phone: 'donotphone', message: 'hal_candornomessages' };

let world: DataverseWorld;
let address: string;
/** How far the CRM's clock has gone on. */
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  world = await dataverseWorld({ now: () => new Date(Date.now() + ahead) });
  address = String(world.org.records.contact('Dana Reyes').emailaddress1);
});
afterEach(() => world.close());

const EMAIL = 534120000;
const TEXT = 534120001;
const newer = (value: number, type = EMAIL, of = address, purpose?: string): string =>
  world.org.add(NEW, {
    ...(purpose ? { 'msdynmkt_purposeid@odata.bind': `/msdynmkt_purposes(${purpose})` } : {}),
    msdynmkt_contactpointvalue: of,
    msdynmkt_contactpointtype: type,
    msdynmkt_contactpointconsenttype: 534120000,
    msdynmkt_value: value,
  });
const older = (status: number, type = EMAIL): string =>
  world.org.add(OLD, {
    msdynmkt_contactpointvalue: address,
    msdynmkt_contactpointtype: type,
    msdynmkt_consentstatus: status,
  });
const held = (table: string, id: string) => {
  const row = world.org.records.byId(table, id);
  return row?.msdynmkt_value ?? row?.msdynmkt_consentstatus;
};
const read = async () => (await makeApi(world.send).readStatus([world.people[0]], MAP))[0]?.stops;
const write = (limits: Parameters<ReturnType<typeof makeApi>['writeStatus']>[0]['limits']) =>
  makeApi(world.send).writeStatus(
    { remoteId: world.people[0], limits, disclosure: 'told', toldOn: null, line: '' },
    MAP,
  );
const stop = { is: 'stop' } as const;

it('reads 534120001 as opted in by the newer table and as opted out by the older one', async () => {
  newer(534120001);
  expect(await read()).toMatchObject({ email: false });
  older(534120001);
  expect(await read()).toMatchObject({ email: true });
});

it('reads 534120000 as not set by the newer table and as opted in by the older one', async () => {
  newer(534120000, TEXT);
  expect(await read()).toEqual({ email: false, phone: false, message: false });
  older(534120000);
  expect(await read()).toMatchObject({ email: false });
});

it('closes consents that are open with the number of their own table, and leaves what is not set', async () => {
  const [inNew, unset, inOld, text, other] = [
    newer(534120001),
    newer(534120000),
    older(534120000),
    newer(534120001, TEXT),
    newer(534120001, EMAIL, 'somebody.else@example.com'),
  ];
  expect(await write({ email: stop })).toMatchObject({ is: 'stored', seen: { stops: { email: true } } });
  expect(held(NEW, inNew)).toBe(534120002);
  expect(held(NEW, unset)).toBe(534120000);
  expect(held(OLD, inOld)).toBe(534120001);
  expect(held(NEW, text)).toBe(534120001);
  expect(held(NEW, other)).toBe(534120001);
});

it('closes the consent too where the column was closed before', async () => {
  world.status.set(world.people[0], 'email', true);
  const row = newer(534120001);
  await write({ email: stop });
  expect(held(NEW, row)).toBe(534120002);
});

it('opens no consent where nobody chose a purpose, and no column beside one that is closed', async () => {
  world.status.set(world.people[0], 'email', true);
  const row = newer(534120002);
  const since = new Date(Date.now() + 5_000).toISOString();
  expect(await write({ email: { is: 'may', since } })).toMatchObject({ is: 'stored', kept: ['email'] });
  expect(held(NEW, row)).toBe(534120002);
  expect(world.status.shown(world.people[0]).email).toBe(true);
});

it('does without consents where no marketing application is installed', async () => {
  for (const table of [NEW, OLD]) {
    const body = { error: { code: '0x8006088a', message: `Resource not found for the segment '${table}s'.` } };
    world.org.faults.add({ do: { status: 404, body }, times: 9, match: { pathIncludes: `${table}s` } });
  }
  expect(await write({ email: stop })).toMatchObject({ is: 'stored', seen: { stops: { email: true } } });
});

it('keeps the consents of people apart who are read at once, however their addresses are written', async () => {
  const other = String(world.org.records.contact('Li Wei').emailaddress1);
  newer(534120002, EMAIL, other.toUpperCase());
  newer(534120001);
  const [dana, li] = await makeApi(world.send).readStatus(world.people, MAP);
  expect([dana?.stops.email, li?.stops.email]).toEqual([false, true]);
});

it('reads rows that come in pages to the end, and takes no cut answer for all of them', async () => {
  const page = (value: readonly object[], next?: string) => ({
    text: JSON.stringify({ value, ...(next ? { '@odata.nextLink': next } : {}) }),
  });
  const row = (contactid: string) => ({ contactid, modifiedon: '2026-11-18T10:00:00Z', donotphone: true });
  const [dana, li] = world.people;
  const next = `https://halden.crm4.dynamics.com${BASE}/contacts?$skiptoken=2`;
  const read = (...answers: { text: string }[]) =>
    makeApi(scripted(...answers).send).readStatus(world.people, { phone: 'donotphone' });
  expect((await read(page([row(dana)], next), page([row(li)]))).map((seen) => seen?.stops.phone)).toEqual([true, true]);
  await expect(read(page([row(dana)], 'https://elsewhere.example.com/page'))).rejects.toBeInstanceOf(Refused);
});

describe('where somebody said which purpose is direct marketing', () => {
  let news: string;
  let events: string;
  let map: StatusMap;
  const later = () => new Date(Date.now() + 5_000).toISOString();
  const may = (since = later()) => ({ email: { is: 'may', since } as const });
  const put = (send: Send, limits: Parameters<typeof write>[0]) =>
    makeApi(send).writeStatus({ remoteId: world.people[0], limits, disclosure: 'told', toldOn: null, line: '' }, map);
  beforeEach(() => {
    news = world.org.add('msdynmkt_purpose', { msdynmkt_name: 'News' });
    events = world.org.add('msdynmkt_purpose', { msdynmkt_name: 'Events' });
    map = { ...MAP, purpose: news };
    world.status.set(world.people[0], 'email', true);
  });

  it('offers the purposes that there are, and takes none for it unasked', async () => {
    const { offered, usual } = await makeApi(world.send).statusFields();
    const purposes = offered.filter(({ holds }) => holds === 'purpose').map(({ name, label }) => [name, label]);
    expect(purposes).toEqual([
      [news, 'News'],
      [events, 'Events'],
    ]);
    expect(usual).not.toHaveProperty('purpose');
    const body = { error: { code: '0x8006088a', message: "Resource not found for the segment 'msdynmkt_purposes'." } };
    world.org.faults.add({ do: { status: 404, body }, match: { pathIncludes: 'msdynmkt_purposes' } });
    expect((await makeApi(world.send).statusFields()).offered.map(({ holds }) => holds)).not.toContain('purpose');
  });

  it('opens the consent for it after a fresh act, the column last, and touches no open or unset one', async () => {
    const [closed, unset, text] = [
      newer(534120002, EMAIL, address, news),
      newer(534120000, EMAIL, address, news),
      newer(534120002, TEXT, address, news),
    ];
    const before = world.org.requests.length;
    expect(await put(world.send, may())).toMatchObject({ is: 'stored', kept: [], seen: { stops: { email: false } } });
    expect([closed, unset, text].map((id) => held(NEW, id))).toEqual([534120001, 534120000, 534120002]);
    expect(world.status.shown(world.people[0]).email).toBe(false);
    const writes = world.org.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(writes.map(({ path }) => /\/(\w+)\(/.exec(path)?.[1])).toEqual([`${NEW}s`, 'contacts']);
  });

  it.each([
    ['is for another purpose', () => newer(534120002, EMAIL, address, events)],
    ['is for none', () => newer(534120002)],
    ['is in the older table, which knows no purposes', () => older(534120001)],
  ])('opens nothing of the channel beside a closed consent that %s', async (_title, close) => {
    const mine = newer(534120002, EMAIL, address, news);
    close();
    expect(await put(world.send, may())).toMatchObject({ is: 'stored', kept: ['email'] });
    expect(held(NEW, mine)).toBe(534120002);
    expect(world.status.shown(world.people[0]).email).toBe(true);
  });

  it('opens nothing that was closed after the act, though the contact was changed before it', async () => {
    const act = later();
    ahead = 60_000;
    const row = newer(534120002, EMAIL, address, news);
    expect(await put(world.send, may(act))).toMatchObject({ is: 'stored', kept: ['email'] });
    expect(held(NEW, row)).toBe(534120002);
  });

  it('opens nothing over a change that somebody makes in between', async () => {
    const row = newer(534120002, EMAIL, address, news);
    const between: Send = async (request) => {
      if (request.method !== 'GET') world.org.change(NEW, row, { msdynmkt_value: 534120002 });
      return world.send(request);
    };
    expect(await put(between, may())).toMatchObject({ is: 'conflict' });
    expect(held(NEW, row)).toBe(534120002);
    expect(world.status.shown(world.people[0]).email).toBe(true);
  });

  it('finishes what was cut off between the consent and the column', async () => {
    const row = newer(534120002, EMAIL, address, news);
    const cut: Send = (request) =>
      request.method !== 'GET' && request.path.includes('contacts(')
        ? Promise.reject(new Unanswered())
        : world.send(request);
    const act = may();
    expect(await put(cut, act)).toMatchObject({ is: 'unknown' });
    expect(world.status.shown(world.people[0]).email).toBe(true);
    expect(await put(world.send, act)).toMatchObject({ is: 'stored', kept: [], seen: { stops: { email: false } } });
    expect(held(NEW, row)).toBe(534120001);
  });

  it('closes consents for every purpose, also where the purpose may not be read', async () => {
    const rows = [newer(534120001, EMAIL, address, news), newer(534120001, EMAIL, address, events)];
    const body = { error: { code: '0x80060888', message: "Could not find a property named 'msdynmkt_purposeid'" } };
    world.org.faults.add({ do: { status: 400, body }, times: 9, match: { pathIncludes: '_msdynmkt_purposeid_value' } });
    expect(await put(world.send, { email: stop })).toMatchObject({ is: 'stored' });
    expect(rows.map((id) => held(NEW, id))).toEqual([534120002, 534120002]);
  });
});
