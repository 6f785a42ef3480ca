/** What every connected CRM is told of a person, and what is made of what it says itself. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { puller } from '../../src/background/pull.ts';
import { readStatusLine } from '../../src/domain/crm-status.ts';
import type { Act } from '../../src/domain/decide.ts';
import { CRMS, type Crm, type CrmHouse, openCrmHouse } from '../support/crm-house.ts';

const MINUTE = 60_000;

describe.each(CRMS)('the copy of a status in %s', (crm: Crm) => {
  let house: CrmHouse;
  let ids = 0;
  beforeEach(async () => {
    house = await openCrmHouse(crm);
  });
  afterEach(() => house.close());

  const idOf = (name: string): string => house.crm.contact(name);
  const open = async (name: string): Promise<string> => {
    house.platform.tabUrl = house.crm.contactUrl(idOf(name));
    return (await house.ask('openForm')).pageContact?.id ?? '';
  };
  const act = async (contact: string, asked: Act) => {
    ids += 1;
    const answer = await house.ask('act', { commandId: `act-${ids}`, contact, act: asked });
    if (answer.is !== 'done') throw new Error(JSON.stringify(answer));
  };
  const factsOf = async (type: string) =>
    house.store.read(async (tx) => {
      const facts = (await tx.all('facts')).filter((fact) => fact.type === type);
      return Promise.all(
        facts.map(async ({ id, stream, hash }) => ({ stream, hash, payload: (await tx.get('payloads', id))?.payload })),
      );
    });
  const keyOf = async (name: string): Promise<string> =>
    (await house.store.read((tx) => tx.all('contacts'))).find((row) => row.name === name)?.contact ?? '';

  it('says that a person was told, with a line that leads to the ledger, and no word of anybody', async () => {
    await house.tell('Dana Reyes');
    await house.sendAll(MINUTE);
    const { disclosure, line } = house.crm.entries(idOf('Dana Reyes'));
    expect(disclosure).toBe('told');
    const read = readStatusLine(line ?? '');
    expect(read).toMatchObject({ id: await keyOf('Dana Reyes'), state: 'told', stops: [] });
    const heads = (await house.store.read((tx) => tx.all('facts'))).map(({ hash }) => hash.slice(0, 16));
    expect(heads).toContain(read?.head);
    expect((await house.rows()).filter(({ about }) => about)).toEqual([]);
  });

  it('writes nothing about somebody whom nobody has told yet, and nothing for looking', async () => {
    const before = house.crm.requests.length;
    await open('Li Wei');
    await house.log('Dana Reyes', 'met @li 45m');
    await house.sendAll(MINUTE);
    expect(house.crm.entries(idOf('Li Wei'))).toEqual({ disclosure: null, line: null });
    const writes = house.crm.requests.slice(before).filter(({ method }) => method !== 'GET');
    expect(writes.every(({ body }) => !body.includes('not_told'))).toBe(true);
  });

  it('carries an objection at once, also of somebody untold, and again not', async () => {
    await house.ask('raiseObjection', { commandId: 'o-1', contact: await open('Li Wei'), scope: 'direct_marketing' });
    await house.sendAll();
    expect(house.crm.stops(idOf('Li Wei'))).toEqual({ email: true, phone: true });
    expect(readStatusLine(house.crm.entries(idOf('Li Wei')).line ?? '')?.stops).toEqual([
      'email',
      'phone',
      'post',
      'message',
    ]);
    const before = house.crm.requests.filter(({ method }) => method !== 'GET').length;
    await house.sendAll(MINUTE);
    expect(house.crm.requests.filter(({ method }) => method !== 'GET')).toHaveLength(before);
  });

  it('never takes a stop in the CRM for an act of the person, and never removes it: it is a value that was observed', async () => {
    const dana = idOf('Dana Reyes');
    house.crm.setStop(dana, 'phone', true);
    await house.tell('Dana Reyes');
    await house.sendAll(MINUTE);
    expect(house.crm.stops(dana)).toMatchObject({ phone: true });
    const observed = await factsOf('crm.value_observed');
    expect(observed).toMatchObject([{ payload: { stops: ['phone'], kept: [], link: { remoteId: dana } } }]);
    const timeline = await house.ask('timeline', { contact: await keyOf('Dana Reyes') });
    expect(timeline?.person.status.badge).toBe('told');
    // The same value is recorded once.
    await act(await keyOf('Dana Reyes'), {
      type: 'consent.withdrawn',
      payload: { purpose: 'direct_marketing', channel: 'email', via: 'call' },
    });
    await house.sendAll(MINUTE);
    expect(house.crm.stops(dana)).toEqual({ email: true, phone: true });
    expect(await factsOf('crm.value_observed')).toHaveLength(1);
  });

  it('reads back whoever was changed in the CRM meanwhile, of those the ledger holds', async () => {
    const pull = puller(house.house);
    await house.tell('Dana Reyes');
    await house.sendAll(MINUTE);
    await house.ask('pullDirectory', { connection: house.connection, scope: 'all_visible' });
    await pull.run();
    expect(await factsOf('crm.value_observed')).toEqual([]);
    house.platform.time += 10 * MINUTE;
    for (const name of ['Dana Reyes', 'Li Wei']) house.crm.setStop(idOf(name), 'email', true);
    await house.ask('pullDirectory', { connection: house.connection });
    await pull.run();
    expect(await factsOf('crm.value_observed')).toMatchObject([
      { stream: `contact/${await keyOf('Dana Reyes')}`, payload: { stops: ['email'] } },
    ]);
    const { person } = (await house.ask('timeline', { contact: await keyOf('Dana Reyes') })) ?? {};
    expect(person?.status.badge).toBe('told');
    house.crm.setStop(idOf('Dana Reyes'), 'email', false);
    await house.ask('pullDirectory', { connection: house.connection });
    await pull.run();
    expect((await factsOf('crm.value_observed')).map(({ payload }) => (payload as { stops: unknown }).stops)).toEqual([
      ['email'],
      [],
    ]);
  });

  it('is read back also where the organisation has no longer the fields that were looked at', async () => {
    const pull = puller(house.house);
    await house.tell('Dana Reyes');
    await house.sendAll(MINUTE);
    await house.ask('pullDirectory', { connection: house.connection, scope: 'all_visible' });
    await pull.run();
    await house.store.write(async (tx) => {
      const row = await tx.get('connections', house.connection);
      if (!row?.status) throw new Error('the fields were not looked at');
      const status = { ...row.status, map: { ...row.status.map, post: 'taken_away' } };
      await tx.put('connections', { ...row, status });
    });
    house.platform.time += 10 * MINUTE;
    house.crm.setStop(idOf('Dana Reyes'), 'email', true);
    await house.ask('pullDirectory', { connection: house.connection });
    await pull.run();
    expect(await factsOf('crm.value_observed')).toMatchObject([{ payload: { stops: ['email'] } }]);
  });

  it('waits for the sign-in, and goes then; a restriction that is refused is somebody’s to look at', async () => {
    const li = await open('Li Wei');
    await house.store.write(async (tx) => {
      const row = await tx.get('connections', house.connection);
      if (row) await tx.put('connections', { ...row, state: 'sign_in_needed' });
    });
    await house.ask('raiseObjection', { commandId: 'o-1', contact: li, scope: 'general' });
    await house.sendAll();
    expect(house.crm.stops(idOf('Li Wei'))).toEqual({ email: false, phone: false });
    await house.store.write(async (tx) => {
      const row = await tx.get('connections', house.connection);
      if (row) await tx.put('connections', { ...row, state: 'connected' });
    });
    house.crm.faults.add({
      do: { status: 403, body: { error: { code: '0x80040220', message: 'no' } } },
      times: 9,
      match: ({ method }) => method === 'PATCH',
    });
    await house.sendAll(MINUTE);
    const stuck = (await house.rows()).filter(({ about }) => about);
    expect(stuck).toMatchObject([{ state: 'needs_you', why: { is: 'forbidden' } }]);
    expect(await factsOf('delivery.refused')).toHaveLength(1);
  });

  it('goes to the fields that somebody chose, also after the organisation was looked at again', async () => {
    const [view] = await house.ask('connections');
    expect(view?.places).toBeNull();
    const tested = await house.ask('testConnection', { connection: house.connection });
    expect(tested.places?.map(({ field }) => field)).not.toContain(null);
    const place = tested.places?.find(({ part }) => part === 'disclosure');
    expect(place?.choices.map(({ name }) => name)).toContain(place?.field);
    await house.ask('placeStatus', { connection: house.connection, part: 'disclosure', field: null });
    await house.ask('placeStatus', { connection: house.connection, part: 'phone', field: 'no_such_field' });
    const again = await house.ask('testConnection', { connection: house.connection });
    expect(again.places?.flatMap(({ part, field }) => (field === null ? [part] : []))).toEqual(['phone', 'disclosure']);
    await house.tell('Dana Reyes');
    await house.ask('raiseObjection', { commandId: 'o-1', contact: await keyOf('Dana Reyes'), scope: 'general' });
    await house.sendAll(MINUTE);
    expect(house.crm.entries(idOf('Dana Reyes'))).toMatchObject({ disclosure: null, line: expect.any(String) });
    expect(house.crm.stops(idOf('Dana Reyes'))).toEqual({ email: true, phone: false });
  });

  it('of a person whom the CRM no longer holds is told to nobody', async () => {
    await house.tell('Dana Reyes');
    await house.ask('raiseObjection', { commandId: 'o-1', contact: await keyOf('Dana Reyes'), scope: 'general' });
    house.crm.removeContact(idOf('Dana Reyes'));
    await house.sendAll();
    const writes = house.crm.requests.filter(({ method }) => method === 'PATCH');
    expect(writes).toEqual([]);
    expect((await house.rows()).filter(({ step }) => step === 'restriction')).toMatchObject([{ why: { is: 'gone' } }]);
  });
});
