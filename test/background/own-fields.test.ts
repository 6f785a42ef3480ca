/** Fields that an organisation demands of its own: a log waits for one answer, and is never sent to be refused. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CRMS, type Crm, type CrmHouse, openCrmHouse } from '../support/crm-house.ts';

const MINUTE = 60_000;

describe.each(CRMS)('a field that %s demands', (crm: Crm) => {
  let house: CrmHouse;
  beforeEach(async () => {
    house = await openCrmHouse(crm);
  });
  afterEach(() => house.close());

  const look = () => house.ask('testConnection', { connection: house.connection });
  const formOn = async (name: string) => {
    house.platform.tabUrl = house.crm.contactUrl(house.crm.contact(name));
    return house.ask('openForm');
  };
  const save = async (formId: string, text: string): Promise<string> => {
    const saved = await house.ask('commit', { formId, text, armed: true });
    if (saved.is !== 'saved') throw new Error(JSON.stringify(saved));
    return saved.log.activity;
  };
  const writes = () => house.crm.requests.filter(({ method }) => method !== 'GET');

  it('is asked for in the form, goes along with the log, and is remembered', async () => {
    house.crm.demand(['North', 'South']);
    await look();
    const form = await formOn('Dana Reyes');
    expect(form.asks).toMatchObject([{ value: null, of: expect.arrayContaining(['meeting', 'call', 'task']) }]);
    const name = form.asks[0]?.name ?? '';
    if (crm !== 'dynamics') {
      expect(form.asks[0]).toMatchObject({ holds: 'choice', choices: [{ value: 'North' }, { value: 'South' }] });
      expect(await house.ask('answerInForm', { formId: form.formId, field: name, value: 'East' })).toMatchObject({
        is: 'refused',
        why: { key: 'refuseOwnValue' },
      });
    }
    await house.ask('answerInForm', { formId: form.formId, field: name, value: 'North' });
    expect((await formOn('Dana Reyes')).asks).toMatchObject([{ value: 'North' }]);
    await save(form.formId, 'met 45m');
    await house.sendAll();
    expect(house.crm.demanded()).toEqual(['North']);
    const next = await formOn('Dana Reyes');
    expect(next.asks).toEqual([]);
    await save(next.formId, 'called 15m');
    await house.sendAll();
    expect(house.crm.demanded()).toEqual(['North', 'North']);
  });

  it('makes a log wait, named, and never be refused; set once in the options it goes', async () => {
    house.crm.demand(['North', 'South']);
    await look();
    const activity = await house.log('Dana Reyes', 'met 45m');
    const before = writes().length;
    for (let round = 0; round < 3; round += 1) await house.sendAll(MINUTE);
    expect(writes()).toHaveLength(before);
    const log = await house.ask('progress', { activity });
    expect(log?.sentence.key).toBe('progressAsks');
    const [connection] = await house.ask('connections');
    const [ask] = connection?.own ?? [];
    await house.ask('answerOwn', { connection: house.connection, field: ask?.name ?? '', value: 'South' });
    await house.sendAll();
    expect(house.crm.demanded()).toEqual(['South']);
  });

  it.skipIf(crm === 'dynamics')(
    'that is demanded since the last look is named at the first refusal, and the log waits',
    async () => {
      await look();
      house.crm.demand(['North']);
      const activity = await house.log('Dana Reyes', 'met 45m');
      await house.sendAll();
      expect((await house.ask('progress', { activity }))?.sentence).toMatchObject({ key: 'progressAsks' });
      expect((await house.ask('progress', { activity }))?.progress).toBe('queued');
      expect((await formOn('Dana Reyes')).asks).toHaveLength(1);
      const [connection] = await house.ask('connections');
      await house.ask('answerOwn', {
        connection: house.connection,
        field: connection?.own[0]?.name ?? '',
        value: 'North',
      });
      await house.sendAll(10 * MINUTE);
      await house.sendAll(10 * MINUTE);
      expect(house.crm.demanded()).toEqual(['North']);
    },
  );

  it.skipIf(crm === 'dynamics')('whose choice was taken away is asked for again', async () => {
    house.crm.demand(['North', 'South']);
    await look();
    const [connection] = await house.ask('connections');
    const name = connection?.own[0]?.name ?? '';
    await house.ask('answerOwn', { connection: house.connection, field: name, value: 'North' });
    house.crm.demand(['South', 'West']);
    const activity = await house.log('Dana Reyes', 'met 45m');
    await house.sendAll();
    expect((await house.ask('progress', { activity }))?.sentence).toMatchObject({ key: 'progressAsks' });
    expect((await house.ask('connections'))[0]?.own).toMatchObject([{ name, value: null }]);
    await house.ask('answerOwn', { connection: house.connection, field: name, value: 'West' });
    for (let round = 0; round < 2; round += 1) await house.sendAll(10 * MINUTE);
    expect(house.crm.demanded()).toEqual(['West']);
  });

  it('that is demanded no longer is not asked for and not sent', async () => {
    house.crm.demand(['North']);
    await look();
    house.crm.demand(null);
    expect((await look()).own).toEqual([]);
    await house.log('Dana Reyes', 'met 45m');
    await house.sendAll();
    expect(house.crm.activities()).toHaveLength(1);
  });
});
