/** Data protection switched on: the person's `Individual` and consents by channel. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StatusMap, StatusWrite } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { type DemoWorld, demoWorld } from './salesforce-world.ts';

let world: DemoWorld;
let person: string;
let individual: string;
let map: StatusMap;
beforeEach(async () => {
  world = await demoWorld({ dataProtection: true, statusFields: false });
  [person] = world.people;
  individual = world.org.add('Individual', { LastName: 'Reyes' });
  world.org.change(person, { IndividualId: individual });
  map = (await makeApi(world.send).statusFields()).usual;
});
afterEach(() => world.close());

const consent = (
  ContactPointType: string,
  PrivacyConsentStatus: string,
  PartyId = individual,
  DataUsePurposeId: string | null = null,
): string =>
  world.org.add('ContactPointTypeConsent', {
    Name: 'News',
    PartyId,
    ContactPointType,
    PrivacyConsentStatus,
    DataUsePurposeId,
  });
const write = (limits: StatusWrite['limits']) =>
  makeApi(world.send).writeStatus({ remoteId: person, limits, disclosure: 'told', toldOn: null, line: '' }, map);
const read = async () => (await makeApi(world.send).readStatus([person], map))[0]?.stops;
const stop = { is: 'stop' } as const;

it('takes what every organisation has where nobody deployed the package', () => {
  expect(map).toEqual({
    email: 'HasOptedOutOfEmail',
    phone: 'DoNotCall',
    processing: 'Individual.HasOptedOutProcessing',
  });
});

it('writes a restriction to the individual, and nothing there for a contact that has none', async () => {
  expect(await write({ processing: stop })).toMatchObject({ is: 'stored', seen: { stops: { processing: true } } });
  expect(world.org.records.byId(individual)?.HasOptedOutProcessing).toBe(true);
  world.org.change(person, { IndividualId: null });
  expect(await write({ processing: stop, phone: stop })).toMatchObject({
    is: 'stored',
    seen: { stops: { phone: true } },
  });
  expect(await read()).not.toHaveProperty('processing');
});

it('reads the least permissive of a flag and the consents by channel', async () => {
  consent('Email', 'OptOut');
  consent('MailingAddress', 'OptIn');
  consent('Web', 'OptOut');
  consent('Social', 'Seen');
  expect(await read()).toEqual({ email: true, phone: false, post: false, processing: false });
});

it('closes what is open for the channel, of this person only', async () => {
  const other = world.org.add('Individual', { LastName: 'Wei' });
  const [mine, phone, theirs] = [
    consent('Email', 'OptIn'),
    consent('Phone', 'OptIn'),
    consent('Email', 'OptIn', other),
  ];
  expect(await write({ email: stop })).toMatchObject({ is: 'stored', seen: { stops: { email: true } } });
  const status = (id: string) => world.org.records.byId(id)?.PrivacyConsentStatus;
  expect([mine, phone, theirs].map(status)).toEqual(['OptOut', 'OptIn', 'OptIn']);
  expect(world.org.records.byId(person)?.HasOptedOutOfEmail).toBe(true);
});

it('says that it has to wait where the question for consents was put off, and has written nothing', async () => {
  world.org.faults.add({ do: { status: 503, body: [] }, times: 1, match: { pathIncludes: 'ContactPointTypeConsent' } });
  expect(await write({ email: stop })).toMatchObject({ is: 'throttled' });
  expect(world.org.records.byId(person)?.HasOptedOutOfEmail).toBe(false);
});

it('opens no consent where nobody chose a purpose, and no flag beside one that is closed', async () => {
  world.org.change(person, { HasOptedOutOfEmail: true });
  const row = consent('Email', 'OptOut');
  const since = new Date(Date.now() + 5_000).toISOString();
  expect(await write({ email: { is: 'may', since } })).toMatchObject({ is: 'stored', kept: ['email'] });
  expect(world.org.records.byId(row)?.PrivacyConsentStatus).toBe('OptOut');
  expect(world.org.records.byId(person)?.HasOptedOutOfEmail).toBe(true);
});

it('does not ask again for what an organisation without data protection has not got', async () => {
  const plain = await demoWorld();
  const api = makeApi(plain.send);
  const { usual } = await api.statusFields();
  await api.readStatus(plain.people, usual);
  const before = plain.org.requests.length;
  await api.readStatus(plain.people, usual);
  expect(plain.org.requests.slice(before).map(({ status }) => status)).toEqual([200]);
  await plain.close();
});

describe('where somebody said which purpose is direct marketing', () => {
  let news: string;
  let events: string;
  const later = () => new Date(Date.now() + 5_000).toISOString();
  const status = (id: string) => world.org.records.byId(id)?.PrivacyConsentStatus;
  beforeEach(() => {
    news = world.org.add('DataUsePurpose', { Name: 'News' });
    events = world.org.add('DataUsePurpose', { Name: 'Events' });
    map = { ...map, purpose: news };
    world.org.change(person, { HasOptedOutOfEmail: true });
  });

  it('offers the purposes that there are, and takes none for it unasked', async () => {
    const { offered, usual } = await makeApi(world.send).statusFields();
    const purposes = offered.filter(({ holds }) => holds === 'purpose').map(({ name, label }) => [name, label]);
    expect(purposes.toSorted()).toEqual(
      [
        [news, 'News'],
        [events, 'Events'],
      ].toSorted(),
    );
    expect(usual).not.toHaveProperty('purpose');
  });

  it('opens the consent for it after a fresh act, with the moment of the act, the contact last', async () => {
    const [row, phone] = [consent('Email', 'OptOut', individual, news), consent('Phone', 'OptOut', individual, news)];
    const since = later();
    const before = world.org.requests.length;
    expect(await write({ email: { is: 'may', since } })).toMatchObject({ is: 'stored', kept: [] });
    expect([row, phone].map(status)).toEqual(['OptIn', 'OptOut']);
    const opened = world.org.records.byId(row);
    expect(Date.parse(String(opened?.CaptureDate))).toBe(Date.parse(since));
    expect(opened?.CaptureSource).toBe('Candor');
    expect(world.org.records.byId(person)?.HasOptedOutOfEmail).toBe(false);
    const writes = world.org.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(writes.map(({ path }) => /sobjects\/(\w+)\//.exec(path)?.[1])).toEqual([
      'ContactPointTypeConsent',
      'Contact',
    ]);
  });

  it('opens nothing of the channel beside a closed consent for another purpose', async () => {
    const rows = [consent('Email', 'OptOut', individual, news), consent('Email', 'OptOut', individual, events)];
    expect(await write({ email: { is: 'may', since: later() } })).toMatchObject({ is: 'stored', kept: ['email'] });
    expect(rows.map(status)).toEqual(['OptOut', 'OptOut']);
    expect(world.org.records.byId(person)?.HasOptedOutOfEmail).toBe(true);
  });

  it('closes consents for every purpose', async () => {
    const rows = [consent('Email', 'OptIn', individual, news), consent('Email', 'OptIn', individual, events)];
    await write({ email: stop });
    expect(rows.map(status)).toEqual(['OptOut', 'OptOut']);
  });
});
