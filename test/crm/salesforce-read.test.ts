import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refused, Unanswered } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { quoted, searchWords } from '../../src/crm/salesforce/query.ts';
import { scripted } from './adapter-contract.ts';
import { type DemoWorld, demoWorld } from './salesforce-world.ts';

describe('a question', () => {
  it.each([
    ["O'Hara", "'O\\'Hara'"],
    ["x' OR Id != '", "'x\\' OR Id != \\''"],
    ['a\\', "'a\\\\'"],
    ['a\nb\tc"', "'a\\nb\\tc\\\"'"],
  ])('keeps what was given inside its quotes: %j', (given, text) => {
    expect(quoted(given)).toBe(text);
  });

  it.each([
    ['dana', 'dana*'],
    ['  li   wei ', 'li* wei*'],
    ['a', null],
    ['', null],
    ['* ?', null],
    ['a dana', 'dana*'],
    ['李', '李*'],
    ["o'hara-smith", "o\\'hara\\-smith*"],
    ['x} RETURNING User(Id)', 'x\\}* RETURNING* User\\(Id\\)*'],
    ['and or not', 'and* or* not*'],
    ['dana\u0000reyes', 'dana* reyes*'],
    ['a1 b1 c1 d1 e1 f1 g1', 'a1* b1* c1* d1* e1* f1*'],
  ])('searches for the beginnings of words, whatever they are: %j', (given, words) => {
    expect(searchWords(given)).toBe(words);
  });
});

describe('reading', () => {
  let world: DemoWorld;
  beforeEach(async () => {
    world = await demoWorld();
  });
  afterEach(() => world.close());

  it('knows who the tokens belong to', async () => {
    const user = world.org.issueToken();
    expect(await makeApi(world.send).whoAmI()).toMatchObject({
      userId: user.userId,
      organisation: user.organizationId,
      userName: expect.stringMatching(/\S/),
    });
  });

  it('knows a contact with its account, by either form of the id', async () => {
    const api = makeApi(world.send);
    const contact = await api.readContact(world.people[0]);
    expect(contact).toMatchObject({
      id: world.people[0],
      name: 'Dana Reyes',
      firstName: 'Dana',
      lastName: 'Reyes',
      accountId: world.account,
      accountName: world.org.records.byId(world.account)?.Name,
    });
    expect(contact?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await api.readContact(world.people[0].slice(0, 15))).toEqual(contact);
    expect(await api.readAccount(world.account)).toEqual({ id: world.account, name: contact?.accountName });
  });

  it('knows nobody by an id that is none, and asks nothing', async () => {
    const api = makeApi(world.send);
    expect(await api.readContact("x' OR Id != '")).toBeNull();
    expect(await api.readAccount('')).toBeNull();
    expect(await api.contactsOfAccount('000')).toEqual([]);
    expect(await api.findContacts('a')).toEqual([]);
    expect(world.org.requests).toEqual([]);
  });

  it('knows no contact that was deleted', async () => {
    const path = `/services/data/v60.0/sobjects/Contact/${world.people[1]}`;
    await world.send({ method: 'DELETE', path });
    expect(await makeApi(world.send).readContact(world.people[1])).toBeNull();
  });

  it('lists the people of an account', async () => {
    const people = await makeApi(world.send).contactsOfAccount(world.account);
    expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining([...world.people]));
    expect(people.every(({ accountId }) => accountId === world.account)).toBe(true);
  });

  it('finds people by the beginnings of their names, and no accident by signs of the query', async () => {
    const api = makeApi(world.send);
    expect((await api.findContacts('dan rey')).map(({ id }) => id)).toContain(world.people[0]);
    for (const words of ["o'", '} RETURNING User(Id', 'a{b', 'x"y', 'dana & li', '~~', 'and']) {
      await expect(api.findContacts(words)).resolves.toBeInstanceOf(Array);
    }
  });

  it('says why it was refused, and does not hide that no answer came', async () => {
    world.org.expireTokens();
    const refused = await makeApi(world.send)
      .whoAmI()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect((refused as Refused).outcome.is).toBe('sign_in_needed');
    const api = makeApi(scripted(new Unanswered()).send);
    for (const read of [api.whoAmI(), api.setup(), api.readContact(world.people[0]), api.findContacts('dana')]) {
      await expect(read).rejects.toBeInstanceOf(Unanswered);
    }
  });

  it('takes only what it can read from a list', async () => {
    const good = { Id: world.people[0], Name: 'Dana Reyes', CreatedDate: '2026-01-02T03:04:05.000+0000' };
    const rows = [good, null, 7, { ...good, Id: 'x' }, { ...good, CreatedDate: 'never' }, { ...good, AccountId: 'x' }];
    const { send } = scripted({ text: JSON.stringify({ records: rows }) });
    expect(await makeApi(send).contactsOfAccount(world.account)).toEqual([
      {
        id: world.people[0],
        name: 'Dana Reyes',
        firstName: '',
        lastName: '',
        title: null,
        email: null,
        country: null,
        accountId: null,
        accountName: null,
        createdAt: '2026-01-02T03:04:05.000Z',
      },
    ]);
  });
});

describe('set-up', () => {
  let world: DemoWorld;
  afterEach(() => world.close());

  it.each([
    ['nothing is missing', {}, [], true],
    ['the key field is missing', { keyField: null }, ['key_field'], true],
    ['the key field is not unique', { keyUnique: false }, ['key_field_unique'], true],
    ['activities cannot be shared', { sharedActivities: false }, [], false],
  ] as const)('is looked at and left alone: %s', async (_title, options, missing, attendeeLinks) => {
    world = await demoWorld(options);
    expect(await makeApi(world.send).setup()).toEqual({ missing, attendeeLinks, required: [] });
    expect(world.written()).toEqual([]);
  });

  it('lacks access where activities cannot be described', async () => {
    world = await demoWorld();
    const { send } = scripted({ status: 404, text: '[{"errorCode":"NOT_FOUND","message":"no"}]' });
    expect(await makeApi(send).setup()).toEqual({ missing: ['activity_access'], attendeeLinks: false, required: [] });
  });
});
