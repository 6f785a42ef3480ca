/** A CRM that takes no key of ours: what may have been stored is looked for before anything of it is sent again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QUIET_MS } from '../../src/background/read-back.ts';
import { type EspoHouse, openEspoHouse, tellEspo } from '../support/espo-house.ts';
import { say } from '../support/house.ts';

const LINE = 'met @dana and @li 45m yesterday 3pm, she wants pricing by region >send pricing fri ~~may move to a rival';
const TEN_MINUTES = 600_000;

let house: EspoHouse;
beforeEach(async () => {
  house = await openEspoHouse();
  await tellEspo(house, 'Dana Reyes');
});
afterEach(() => house.close());

const meetings = () => house.espo.all('Meeting');
const tasks = () => house.espo.all('Task');
const posts = () => house.espo.requests.filter(({ method }) => method === 'POST');
const written = () =>
  house.espo.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ body }) => body)
    .join('\n');
const id = (name: string): string => house.espo.named('Contact', name).id;
const sentence = async (activity: string) => say((await house.ask('progress', { activity }))?.sentence ?? '');

describe('the main job', () => {
  it('writes a neutral meeting that is over, then completes the same record, with its mark, once everybody is told', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect(meetings()).toMatchObject([
      {
        name: 'Meeting',
        status: 'Held',
        dateStart: '2026-11-17 14:00:00',
        dateEnd: '2026-11-17 14:45:00',
        parentType: 'Account',
        parentId: house.espo.named('Account', 'Halden Freight AG').id,
        contactsIds: [id('Dana Reyes')],
        assignedUserId: house.espo.user.id,
        reminders: [],
      },
    ]);
    const [before] = meetings();
    expect(before?.description).toMatch(/^\[candor:[0-9a-f]{24}\]$/);
    expect(await sentence(activity)).toBe('In CRM. Li Wei and the note withheld until told.');
    // People write in the CRM too: it stays.
    if (before) before.description = `Room 4.\n\n${before.description}`;
    await tellEspo(house, 'Li Wei');
    await house.sendAll();
    const [after] = meetings();
    expect(meetings()).toHaveLength(1);
    expect(after).toMatchObject({ id: before?.id, name: 'Meeting: she wants pricing by region' });
    expect(after?.contactsIds).toEqual([id('Dana Reyes'), id('Li Wei')]);
    expect(after?.description).toMatch(/^she wants pricing by region\n\nRoom 4\.\n\n\[candor:[0-9a-f]{24}\]$/);
    expect(tasks()).toMatchObject([{ name: 'send pricing', dateEndDate: '2026-11-20', status: 'Not Started' }]);
    expect(await sentence(activity)).toBe('In CRM.');
    expect(written()).not.toMatch(/rival/);
    expect(house.espo.effects).toEqual([]);
    expect((await house.ask('verify')).verdict).toBe('intact');
  });

  it('keeps a note as a finished task of one person, and plans no link that the CRM cannot make', async () => {
    await tellEspo(house, 'Li Wei');
    const activity = await house.log('Dana Reyes', '/note @dana @li they compare by lane');
    await house.sendAll();
    expect(tasks()).toMatchObject([{ status: 'Completed', parentType: 'Contact', parentId: id('Dana Reyes') }]);
    expect(await sentence(activity)).toBe('In CRM without Li Wei.');
  });
});

describe('nothing twice', () => {
  it('adopts the record when the answer was lost after the CRM had committed', async () => {
    house.espo.faults.add({ match: { method: 'POST', pathIncludes: '/Meeting' }, do: 'drop_after' });
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect(meetings()).toHaveLength(1);
    const [row] = (await house.store.read((tx) => tx.all('outbox'))).filter(({ step }) => step === 'record');
    expect(row).toMatchObject({ state: 'queued', sentAt: house.platform.time });
    house = house.reboot(TEN_MINUTES);
    await house.sender.run();
    expect(meetings()).toHaveLength(1);
    expect(posts().filter(({ path }) => path.endsWith('/Meeting'))).toHaveLength(1);
    expect((await house.ask('progress', { activity }))?.progress).toBe('in_crm');
  });

  it('believes that it was never stored only after a minute, then sends it', async () => {
    house.espo.faults.add({ match: { method: 'POST' }, do: 'drop_before' });
    await house.log('Dana Reyes', LINE);
    await house.sendAll();
    const sent = house.platform.time;
    for (house.platform.time += 5_000; house.platform.time < sent + QUIET_MS; house.platform.time += 5_000) {
      await house.sender.run();
      expect(meetings()).toHaveLength(0);
    }
    await house.sender.run();
    expect(meetings()).toHaveLength(1);
  });

  it('settles with what its own lease let cross: what may cross since then follows by id', async () => {
    await house.log('Dana Reyes', LINE);
    house.espo.faults.add({ match: { method: 'POST', pathIncludes: '/Meeting' }, do: 'drop_after' });
    await house.sendAll();
    await tellEspo(house, 'Li Wei');
    house = house.reboot(TEN_MINUTES);
    await house.sender.run();
    expect(meetings()).toHaveLength(1);
    expect(meetings()[0]?.description).toMatch(/^she wants pricing by region\n\n\[candor:/);
    expect(meetings()[0]?.contactsIds).toEqual([id('Dana Reyes'), id('Li Wei')]);
    expect(tasks()).toHaveLength(1);
    expect(await house.ask('held')).toEqual([]);
  });

  it('asks the gate again before it is sent again', async () => {
    await tellEspo(house, 'Li Wei');
    await house.log('Dana Reyes', LINE);
    house.espo.faults.add({ match: { method: 'POST' }, do: 'drop_before' });
    await house.sendAll();
    const dana = (await house.ask('contacts')).rows.find(({ name }) => name === 'Dana Reyes')?.id ?? '';
    await house.ask('raiseObjection', { commandId: 'objection-1', contact: dana, scope: 'general' });
    house.espo.requests.length = 0;
    for (let round = 0; round < 3; round++) {
      house.platform.time += TEN_MINUTES;
      await house.sender.run();
    }
    expect(meetings()).toMatchObject([{ name: 'Meeting' }]);
    expect(written()).not.toMatch(/pricing/);
    expect(written()).not.toContain(id('Dana Reyes'));
  });

  it('waits as long as the question itself gets no answer, and sends nothing', async () => {
    await house.log('Dana Reyes', LINE);
    house.espo.faults.add({ match: { method: 'POST', pathIncludes: '/Meeting' }, do: 'drop_after' });
    await house.sendAll();
    const before = posts().length;
    for (const act of [
      'drop_before',
      { status: 503, retryAfter: '30' },
      { status: 500 },
      { status: 200, body: 1 },
    ] as const) {
      house.espo.faults.add({ match: { method: 'GET', pathIncludes: '/Meeting' }, do: act });
      house.platform.time += TEN_MINUTES;
      await house.sender.run();
      expect(posts()).toHaveLength(before);
      expect((await house.store.read((tx) => tx.all('activities')))[0]?.crossed.remoteId).toBeNull();
    }
    house.platform.time += TEN_MINUTES;
    await house.sender.run();
    expect(meetings()).toHaveLength(1);
    expect(posts().filter(({ path }) => path.endsWith('/Meeting'))).toHaveLength(1);
  });

  it.each(['hang_before', 'hang_after'] as const)(
    'loses nothing and makes nothing twice when the worker is killed at any request (%s)',
    async (how) => {
      for (let stopAt = 1; stopAt <= 12; stopAt++) {
        await house.close();
        house = await openEspoHouse();
        await tellEspo(house, 'Dana Reyes');
        await tellEspo(house, 'Li Wei');
        await house.log('Dana Reyes', LINE);
        const done = house.sendAll.bind(house);
        let seen = 0;
        house.network = () => {
          seen += 1;
          return seen === stopAt ? how : 'pass';
        };
        await Promise.race([done(), house.hung]);
        for (let round = 0; round < 4; round++) {
          house = house.reboot(TEN_MINUTES);
          await house.sender.run();
        }
        expect(meetings(), `killed at request ${stopAt}`).toHaveLength(1);
        expect(tasks(), `killed at request ${stopAt}`).toHaveLength(1);
        expect(meetings()[0]?.contactsIds, `killed at request ${stopAt}`).toEqual([id('Dana Reyes'), id('Li Wei')]);
        expect(await house.ask('held')).toEqual([]);
        if (seen < stopAt) break;
      }
    },
  );

  it('goes on when a body is cut at any byte of the answer', async () => {
    for (const cutAfter of [0, 1, 40, 200]) {
      await house.close();
      house = await openEspoHouse();
      await tellEspo(house, 'Dana Reyes');
      await house.log('Dana Reyes', 'met, all well');
      house.espo.faults.add({ match: { method: 'POST' }, do: { cutAfter } });
      await house.sendAll();
      house = house.reboot(TEN_MINUTES);
      await house.sender.run();
      expect(meetings(), `cut after ${cutAfter}`).toHaveLength(1);
      expect(await house.ask('held')).toEqual([]);
    }
  });
});

describe('what remains', () => {
  it('is a line that delivers one call twice: two records, unseen where the answer came', async () => {
    await house.log('Dana Reyes', 'met, all well');
    house.network = ({ method }) => (method === 'POST' ? 'twice' : 'pass');
    await house.sendAll();
    expect(meetings()).toHaveLength(2);
  });

  it('and parked with the reason where it must be looked for; it goes on once one of them is removed', async () => {
    const activity = await house.log('Dana Reyes', 'met, all well');
    house.network = ({ method, url }) => (method === 'POST' && url.endsWith('/Meeting') ? 'twice_lost' : 'pass');
    await house.sendAll();
    expect(meetings()).toHaveLength(2);
    house = house.reboot(TEN_MINUTES);
    await house.sender.run();
    expect((await house.ask('progress', { activity }))?.progress).toBe('needs_you');
    expect(meetings()).toHaveLength(2);
    house.espo.remove('Meeting', meetings()[1]?.id ?? '');
    await house.ask('retry', { activity });
    await house.sender.run();
    expect(meetings()).toHaveLength(1);
    expect((await house.ask('progress', { activity }))?.progress).toBe('in_crm');
  });
});

describe('the CRM meanwhile', () => {
  it('parks a completion whose record was removed, and does not bring it back', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    house.espo.remove('Meeting', meetings()[0]?.id ?? '');
    await tellEspo(house, 'Li Wei');
    await house.sendAll();
    expect(meetings()).toHaveLength(0);
    expect((await house.ask('progress', { activity }))?.progress).toBe('needs_you');
  });

  it('keeps everything when the key no longer works, and does not knock again', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    house.espo.expireTokens();
    await house.sendAll();
    const before = house.espo.requests.length;
    house.platform.time += TEN_MINUTES;
    await house.sender.run();
    expect(house.espo.requests).toHaveLength(before);
    expect((await house.ask('connections'))[0]?.state).toBe('sign_in_needed');
    const address = house.espo.origins.loopback;
    await house.ask('connect', { address, clientId: '', credentials: { key: house.espo.issueKey() } });
    house.platform.time += TEN_MINUTES;
    await house.sender.run();
    expect(meetings()).toHaveLength(1);
    expect((await house.ask('progress', { activity }))?.progress).toBe('in_crm');
  });
});

describe('connecting an instance at an address of its own', () => {
  const connect = (credentials?: { key: string } | { user: string; password: string }, address?: string) =>
    house.ask('connect', {
      address: address ?? house.espo.origins.loopback,
      clientId: '',
      ...(credentials ? { credentials } : {}),
    });
  const refusedAs = async (answer: ReturnType<typeof connect>): Promise<string> => {
    const said = await answer;
    return 'is' in said ? said.why.key : said.state;
  };

  it('asks the instance itself what it is before any credential is sent', async () => {
    house.espo.faults.add({ match: { pathIncludes: '/Settings' }, do: { status: 200, body: '<html>' } });
    house.espo.requests.length = 0;
    expect(await refusedAs(connect({ key: 'k' }))).toBe('refuseNotThisCrm');
    expect(house.espo.requests.map(({ path }) => path)).toEqual(['/api/v1/Settings']);
    expect(house.espo.requests[0]?.headers['x-api-key']).toBeUndefined();
    house.espo.faults.add({ match: { pathIncludes: '/Settings' }, do: 'drop_before' });
    expect(await refusedAs(connect({ key: 'k' }))).toBe('refuseNoAnswer');
  });

  it('refuses a wrong key after one try and keeps the connection that was there', async () => {
    const before = await house.store.read((tx) => tx.all('connections'));
    house.espo.requests.length = 0;
    expect(await refusedAs(connect({ key: 'wrong' }))).toBe('refuseKey');
    expect(house.espo.requests.filter(({ status }) => status === 401)).toHaveLength(1);
    expect(await refusedAs(connect())).toBe('refuseKey');
    expect(await house.store.read((tx) => tx.all('connections'))).toEqual(before);
  });

  it('buys a token for a name and a password, and keeps the token only', async () => {
    const user = String(house.espo.user.userName);
    expect(await refusedAs(connect({ user, password: 'wrong' }))).toBe('refuseKey');
    expect(await refusedAs(connect({ user, password: house.espo.password }))).toBe('connected');
    const kept = JSON.stringify(await house.store.read((tx) => tx.all('connections')));
    const decoded = kept.replace(/token ([\w+/=]+)/, (_, coded: string) => Buffer.from(coded, 'base64').toString());
    expect(decoded).toContain(`${user}:`);
    expect(decoded).not.toContain(house.espo.password);
    await house.log('Dana Reyes', 'met, all well');
    await house.sendAll();
    expect(meetings()).toHaveLength(1);
  });

  it('never shows a credential again, and names the right kind of sign-in', async () => {
    const key = house.espo.issueKey();
    await connect({ key });
    const views = await house.ask('connections');
    expect(views).toMatchObject([{ auth: 'key', state: 'connected', user: 'Mara Lindqvist' }]);
    expect(JSON.stringify(views)).not.toContain(key);
    const seen = await house.ask('recognise', { address: 'https://crm.halden.example/sales/#Contact/view/1' });
    expect(seen).toMatchObject({
      tenant: 'crm.halden.example/sales',
      certain: false,
      auth: 'key',
      origins: ['https://crm.halden.example/*'],
    });
  });

  it('takes a page of the same shape elsewhere for nobody’s record', async () => {
    house.platform.tabUrl = house.url('Dana Reyes').replace('127.0.0.1', 'localhost');
    expect((await house.ask('openForm')).record).toBeNull();
    house.platform.tabUrl = house.url('Dana Reyes');
    expect((await house.ask('openForm')).record?.name).toBe('Dana Reyes');
  });

  it('says what the administrator must do where a role shuts meetings', async () => {
    house.espo.setAccess('Meeting', false);
    const activity = await house.log('Dana Reyes', 'met, all well');
    await house.sendAll();
    expect((await house.ask('connections'))[0]).toMatchObject({ state: 'waiting_for_setup' });
    expect((await house.ask('progress', { activity }))?.progress).toBe('queued');
    house.espo.setAccess('Meeting', true);
    await house.ask('testConnection', { connection: (await house.ask('connections'))[0]?.id ?? '' });
    for (let round = 0; round < 2; round++) {
      house.platform.time += TEN_MINUTES;
      await house.sender.run();
    }
    expect(meetings()).toHaveLength(1);
  });

  it('lives in a folder as well', async () => {
    await house.close();
    house = await openEspoHouse({ folder: '/sales/crm' });
    await tellEspo(house, 'Dana Reyes');
    await house.log('Dana Reyes', 'met, all well');
    await house.sendAll();
    expect(meetings()).toHaveLength(1);
  });
});
