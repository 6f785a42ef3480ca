/** `@` over everybody the device knows: one index per worker, as the store is now; a slip is offered, never taken. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peopleSearch } from '../../src/background/people-search.ts';
import { puller } from '../../src/background/pull.ts';
import type { PersonRow } from '../../src/background/store/schema.ts';
import { openHouse, say, type TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
  await house.ask('pullDirectory', { connection: house.connection, scope: 'all_visible' });
  await puller(house.house).run();
});
afterEach(() => house.close());

const openOn = async (name: string) => {
  house.platform.tabUrl = house.contactUrl(name);
  return house.ask('openForm');
};
const find = async (formId: string, words: string) =>
  (await house.ask('findPeople', { formId, words })).people.map(({ name }) => name);
const row = (over: Partial<PersonRow> & Pick<PersonRow, 'remoteId' | 'name'>): PersonRow => ({
  connection: house.connection,
  title: null,
  email: null,
  country: null,
  accountId: null,
  accountName: null,
  createdAt: '2026-01-01T00:00:00Z',
  readAt: '2026-01-01T00:00:00Z',
  ...over,
});
const put = (...rows: readonly PersonRow[]) =>
  house.store.write(async (tx) => {
    for (const one of rows) await tx.put('people', one);
  });
const commit = (formId: string, text: string) => house.ask('commit', { formId, text, armed: true });
const attendees = async (activity: string) => {
  const log = await house.ask('progress', { activity });
  return log?.people.map(({ name }) => name);
};

describe('the search', () => {
  it('finds by any part, with a slip, by initials, and puts page and account first', async () => {
    const { formId } = await openOn('Dana Reyes');
    expect((await find(formId, 'reyes'))[0]).toBe('Dana Reyes');
    expect((await find(formId, 'Dnaa'))[0]).toBe('Dana Reyes');
    expect(await find(formId, 'dr')).toContain('Dana Reyes');
    const here = house.org.records.contact('Dana Reyes').AccountId;
    const [first] = (await house.ask('findPeople', { formId, words: 'halden' })).people;
    const account = house.org.records.all('Account').find(({ Id }) => Id === here);
    expect(first?.company).toBe(account?.Name);
  });

  it('knows who came, who was renamed and who went, without being built again', async () => {
    const { formId } = await openOn('Dana Reyes');
    expect(await find(formId, 'zyprian')).toEqual([]);
    await put(row({ remoteId: '003AA', name: 'Zyprian Ott' }));
    expect(await find(formId, 'zyprian')).toEqual(['Zyprian Ott']);
    await put(row({ remoteId: '003AA', name: 'Zyprian Ebner' }));
    expect(await find(formId, 'ott')).not.toContain('Zyprian Ebner');
    expect(await find(formId, 'zyprian')).toEqual(['Zyprian Ebner']);
    await house.store.write((tx) => tx.remove('people', [house.connection, '003AA']));
    expect(await find(formId, 'zyprian')).toEqual([]);
  });

  it('misses nobody who comes while it is being built', async () => {
    const search = peopleSearch(house.store as Parameters<typeof peopleSearch>[0]);
    const ready = search.ready();
    await put(row({ remoteId: '003AB', name: 'Zyprian Ott' }));
    await ready;
    expect(search.names('zyprian', { page: null, account: null, recent: [] }, 5)).toEqual(['Zyprian Ott']);
  });

  it('says who is there while a large directory is still being read, and says that it is not all', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) =>
      row({ remoteId: `003B${String(at).padStart(5, '0')}`, name: at === 1_199 ? 'Zyprian Last' : `Quirin N${at}` }),
    );
    await put(...many);
    const nowhere = { page: null, account: null, recent: [] };
    const search = peopleSearch(house.store as Parameters<typeof peopleSearch>[0]);
    expect(await search.begun()).toBe(false);
    expect(search.names('quirin', nowhere, 5)).toHaveLength(5);
    expect(search.names('zyprian', nowhere, 5)).toEqual([]);
    await search.ready();
    expect(await search.begun()).toBe(true);
    expect(search.names('zyprian', nowhere, 5)).toEqual(['Zyprian Last']);
    const { formId } = await openOn('Dana Reyes');
    const asked = await house.ask('findPeople', { formId, words: 'zyprian', inCrm: true });
    expect(asked).toMatchObject({ whole: true, people: [{ name: 'Zyprian Last' }] });
  });

  it('shows somebody of the CRM whom the ledger holds once, and a local contact too', async () => {
    await house.log('Dana Reyes', 'met @Zyprian Ott, hello');
    const { formId } = await openOn('Dana Reyes');
    expect((await find(formId, 'dana reyes')).filter((name) => name === 'Dana Reyes')).toHaveLength(
      house.org.records.all('Contact').filter(({ FirstName, LastName }) => `${FirstName} ${LastName}` === 'Dana Reyes')
        .length,
    );
    expect(await find(formId, 'zyp')).toEqual(['Zyprian Ott']);
  });

  it('puts whom I logged last before strangers', async () => {
    await put(
      row({ remoteId: '003AC', name: 'Quirin Abel', accountId: '001X', accountName: 'Vega' }),
      row({ remoteId: '003AD', name: 'Quirin Zobel', accountId: '001Y', accountName: 'Orion' }),
    );
    house.platform.tabUrl = null;
    const form = await house.ask('openForm');
    expect(await find(form.formId, 'quirin')).toEqual(['Quirin Abel', 'Quirin Zobel']);
    await house.log('Dana Reyes', 'met @Quirin Zobel, hello');
    const { formId } = await openOn('Dana Reyes');
    expect(await find(formId, 'quirin')).toEqual(['Quirin Zobel', 'Quirin Abel']);
  });

  it('asks the CRM only when it is told to', async () => {
    const { formId } = await openOn('Dana Reyes');
    const before = house.platform.sent.length;
    expect(await find(formId, 'xqzv')).toEqual([]);
    expect(house.platform.sent).toHaveLength(before);
    await house.ask('findPeople', { formId, words: 'xqzv', inCrm: true });
    expect(house.platform.sent.length).toBeGreaterThan(before);
  });

  it('finds contacts for the dashboard: those the ledger holds and nobody else', async () => {
    const activity = await house.log('Dana Reyes', 'met @dana, hello');
    const [dana] = (await house.ask('progress', { activity }))?.people ?? [];
    expect(await house.ask('findContacts', { words: 'Dnaa' })).toEqual([dana?.id]);
    expect(await house.ask('findContacts', { words: 'xqzv' })).toEqual([]);
  });
});

describe('a mention', () => {
  it.each([
    ['a slip', 'Dnaa Reyes'],
    ['letters inside a word', 'Eyes'],
    ['initials', 'DR'],
  ])('is never bound silently by %s: it is asked before Enter makes somebody new', async (_, typed) => {
    const { formId } = await openOn('Sönke Möhrwald');
    const text = `met @${typed}, all well`;
    const refused = await commit(formId, text);
    expect(refused.is).toBe('refused');
    if (refused.is !== 'refused') return;
    expect(say(refused.why)).toMatch(new RegExp(`^“${typed}” is nobody here\\. Did you mean .+\\?`, 'u'));
    const saved = await commit(formId, text);
    expect(saved.is).toBe('saved');
    if (saved.is === 'saved') expect(await attendees(saved.log.activity)).toContain(typed);
  });

  it('is not asked about again when the preview showed whom it may have meant', async () => {
    const { formId } = await openOn('Sönke Möhrwald');
    const text = 'met @Dnaa Reyes, all well';
    const shown = await house.ask('preview', { formId, text });
    expect(shown.people.find(({ isNew }) => isNew)?.alternatives.map(({ name }) => name)).toContain('Dana Reyes');
    expect((await commit(formId, text)).is).toBe('saved');
  });

  it('is whoever was chosen, and makes no second record of them', async () => {
    const { formId } = await openOn('Sönke Möhrwald');
    const text = 'met only @Dnaa Reyes, all well';
    const shown = await house.ask('preview', { formId, text });
    const meant = shown.people.find(({ isNew }) => isNew)?.alternatives.find(({ name }) => name === 'Dana Reyes');
    await house.ask('choosePerson', { formId, mention: 'Dnaa Reyes', person: meant?.id ?? '' });
    const saved = await commit(formId, text);
    if (saved.is !== 'saved') throw new Error(JSON.stringify(saved));
    expect(await attendees(saved.log.activity)).toContain('Dana Reyes');
    expect((await house.ask('contacts')).rows.map(({ name }) => name)).not.toContain('Dnaa Reyes');
  });

  it('of two people of one name is asked about, and both are told apart', async () => {
    await put(
      row({ remoteId: '003AE', name: 'Quirin Abel', accountId: '001X', accountName: 'Vega' }),
      row({ remoteId: '003AF', name: 'Quirin Abel', accountId: '001Y', accountName: 'Orion' }),
    );
    const { formId } = await openOn('Dana Reyes');
    const refused = await commit(formId, 'met @Quirin Abel, hello');
    expect(refused.is === 'refused' && refused.why.key).toBe('refuseAmbiguousPerson');
    const shown = await house.ask('preview', { formId, text: 'met @Quirin Abel, hello' });
    const [asked] = shown.people.filter(({ alternatives }) => alternatives.length > 0);
    expect(asked?.alternatives.map(({ company, idTail }) => `${company} ${idTail}`)).toEqual([
      'Orion 003AF',
      'Vega 003AE',
    ]);
  });

  it('reaches over a surname in lower case when somebody has it, however many share the first name', async () => {
    await put(
      ...Array.from({ length: 60 }, (_, at) => row({ remoteId: `003B${at}`, name: `Quirin Abel${at}` })),
      row({ remoteId: '003C', name: 'Quirin Zobel' }),
    );
    const { formId } = await openOn('Dana Reyes');
    const saved = await commit(formId, 'met @quirin zobel all well');
    if (saved.is !== 'saved') throw new Error(JSON.stringify(saved));
    expect(await attendees(saved.log.activity)).toContain('Quirin Zobel');
  });

  it('means whoever is called so, though everybody of the page’s account works for a company of that name', async () => {
    await put(row({ remoteId: '003E', name: 'Quirin Halden', accountId: '001Z', accountName: 'Vega' }));
    const { formId } = await openOn('Dana Reyes');
    const saved = await commit(formId, 'met @halden, all well');
    if (saved.is !== 'saved') throw new Error(JSON.stringify(saved));
    expect(await attendees(saved.log.activity)).toContain('Quirin Halden');
  });

  it('means somebody by spelling that keyboards allow: mueller for Müller', async () => {
    await put(row({ remoteId: '003D', name: 'Quirin Müller' }));
    const { formId } = await openOn('Dana Reyes');
    const saved = await commit(formId, 'met @Quirin Mueller, all well');
    if (saved.is !== 'saved') throw new Error(JSON.stringify(saved));
    expect(await attendees(saved.log.activity)).toContain('Quirin Müller');
  });
});
