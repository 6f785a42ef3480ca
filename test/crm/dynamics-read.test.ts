import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refused, Unanswered } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/dynamics/api.ts';
import { BASE } from '../../src/crm/dynamics/fields.ts';
import { quoted, searchWords } from '../../src/crm/dynamics/read.ts';
import { scripted } from './adapter-contract.ts';
import { type DataverseWorld, dataverseWorld } from './dynamics-world.ts';

describe('a question', () => {
  it.each([
    ["O'Brien", "'O''Brien'"],
    ["'' or 1 eq 1 or '", "''''' or 1 eq 1 or '''"],
    ['%_[]', "'%_[]'"],
  ])('carries what was given as a string and nothing else: %j', (given, asked) => {
    expect(quoted(given)).toBe(asked);
  });

  it.each([
    ['dana reyes', ['dana', 'reyes']],
    ['  d  & ~~ ', []],
    ['明 a', ['明']],
    ['a b c', []],
    ['one two three four five six seven', ['one', 'two', 'three', 'four', 'five', 'six']],
  ])('has the words worth asking: %j', (given, asked) => {
    expect(searchWords(given)).toEqual(asked);
  });
});

describe('reading', () => {
  let world: DataverseWorld;
  beforeEach(async () => {
    world = await dataverseWorld();
  });
  afterEach(() => world.close());
  const api = () => makeApi(world.send);

  it('knows who signed in', async () => {
    expect(await api().whoAmI()).toEqual({
      userId: world.org.issueToken().userId,
      userName: 'Mara Lindqvist',
      organisation: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('knows a contact with its account, by any form of the id', async () => {
    const contact = await api().readContact(world.people[0]);
    expect(contact).toMatchObject({
      id: world.people[0],
      name: 'Dana Reyes',
      firstName: 'Dana',
      lastName: 'Reyes',
      title: 'Head of Procurement',
      country: 'Germany',
      accountId: world.account,
      accountName: 'Halden Freight AG',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    expect(await api().readContact(`{${world.people[0].toUpperCase()}}`)).toEqual(contact);
    expect(await api().readAccount(world.account)).toEqual({ id: world.account, name: 'Halden Freight AG' });
  });

  it('asks for named columns, as a client of version 4', async () => {
    await api().readContact(world.people[0]);
    const request = world.org.requests.at(-1);
    expect(decodeURIComponent(request?.path ?? '')).toMatch(
      /\?\$select=contactid,fullname,.*&\$expand=parentcustomerid_account\(/,
    );
    expect(request?.headers).toMatchObject({
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
      'if-none-match': 'null',
    });
  });

  it('knows nobody by an id that is none, and asks nothing', async () => {
    expect(await api().readContact("x') or true")).toBeNull();
    expect(await api().readAccount('')).toBeNull();
    expect(await api().contactsOfAccount('000')).toEqual([]);
    expect(await api().findContacts('a')).toEqual([]);
    expect(world.org.requests).toEqual([]);
  });

  it('knows no contact that was deleted', async () => {
    await world.send({ method: 'DELETE', path: `${BASE}/contacts(${world.people[1]})` });
    expect(await api().readContact(world.people[1])).toBeNull();
  });

  it('lists the people of an account, without those who were merged away', async () => {
    const people = await api().contactsOfAccount(world.account);
    expect(people).toHaveLength(24);
    expect(people.every(({ accountId }) => accountId === world.account)).toBe(true);
    world.org.mergeContacts(world.people[0], world.people[1]);
    expect((await api().contactsOfAccount(world.account)).map(({ id }) => id)).not.toContain(world.people[1]);
  });

  it('finds people by parts of their names, and no accident by signs of the query', async () => {
    expect((await api().findContacts('dan rey')).map(({ id }) => id)).toContain(world.people[0]);
    for (const words of ["o'", "x') or (1 eq 1", 'a&$top=500', 'x"y', 'dana+li', '~~', '%25%', 'a#b']) {
      expect((await api().findContacts(words)).length).toBeLessThanOrEqual(20);
    }
    expect(await api().findContacts("zz') or contains(fullname,'a")).toEqual([]);
  });

  it('follows the pages of a list, only on its own origin, and not for ever', async () => {
    const row = (n: number) => ({
      contactid: `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`,
      fullname: `Person ${n}`,
      createdon: '2026-01-02T03:04:05Z',
    });
    const page = (from: number, next?: string) => ({
      text: JSON.stringify({ value: [row(from), row(from + 1)], ...(next ? { '@odata.nextLink': next } : {}) }),
    });
    const there = `https://elsewhere.test${BASE}/contacts?$skiptoken=2`;
    const good = scripted(page(0, there), page(2));
    expect(await makeApi(good.send).contactsOfAccount(world.account)).toHaveLength(4);
    expect(good.asked[1]?.path).toBe(`${BASE}/contacts?$skiptoken=2`);
    const out = scripted(page(0, 'https://acme.crm.dynamics.com/other'), page(2));
    expect(await makeApi(out.send).contactsOfAccount(world.account)).toHaveLength(2);
    const endless = scripted(page(0, there));
    expect((await makeApi(endless.send).contactsOfAccount(world.account)).length).toBeLessThanOrEqual(200);
    expect(endless.asked).toHaveLength(20);
  });

  it('takes only what it can read from a list', async () => {
    const good = { contactid: world.people[0], fullname: 'Dana Reyes', createdon: '2026-01-02T03:04:05Z' };
    const value = [
      good,
      null,
      7,
      { ...good, contactid: 'x' },
      { ...good, createdon: 'never' },
      { ...good, fullname: 7 },
    ];
    const { send } = scripted({ text: JSON.stringify({ value }) });
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

  it('says why it was refused, and does not hide that no answer came', async () => {
    world.org.expireTokens();
    const refused = await api()
      .whoAmI()
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect((refused as Refused).outcome.is).toBe('sign_in_needed');
    const lost = makeApi(scripted(new Unanswered()).send);
    for (const read of [lost.whoAmI(), lost.setup(), lost.readContact(world.people[0]), lost.findContacts('dana')]) {
      await expect(read).rejects.toBeInstanceOf(Unanswered);
    }
  });

  it.each([
    ['nothing is missing', [], { missing: [], attendeeLinks: true }],
    ['activities may not be made', ['prvCreateActivity'], { missing: ['activity_access'], attendeeLinks: true }],
    ['activities may not be changed', ['prvWriteActivity'], { missing: ['activity_access'], attendeeLinks: true }],
    ['nobody can be connected', ['prvCreateConnection'], { missing: [], attendeeLinks: false }],
  ] as const)('looks at the set-up and leaves it alone: %s', async (_title, lacking, setup) => {
    for (const privilege of lacking) world.org.setPrivilege(privilege, false);
    expect(await api().setup()).toEqual({ ...setup, required: [] });
    expect(world.written()).toEqual([]);
  });

  it('asks for a choice by its words and its numbers, and not for one that begins with a value of its own', async () => {
    const choices = [{ value: 768_420_000, label: 'North' }];
    world.org.demand({ name: 'hal_region', type: 'int', choices });
    const { required } = await api().setup();
    const kinds = [['meeting', 'visit'], ['call'], ['email', 'note', 'task']];
    expect(required).toEqual(
      kinds.map((of) => ({ name: 'hal_region', label: 'region', of, holds: 'choice', choices })),
    );
    world.org.demand({ name: 'hal_region', type: 'int', choices, preset: 768_420_000 });
    expect((await api().setup()).required).toEqual([]);
  });

  it('does not take a question that nobody understands for a missing right', async () => {
    const { send } = scripted(
      { text: JSON.stringify({ UserId: world.people[0], OrganizationId: world.account }) },
      { status: 404, text: '{"error":{"code":"0x8006088a","message":"Resource not found for the segment"}}' },
    );
    expect(await makeApi(send).setup()).toEqual({ missing: [], attendeeLinks: true, required: [] });
  });
});
