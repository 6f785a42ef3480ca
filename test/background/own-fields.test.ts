/** Fields that an organisation demands of its own: a log waits for one answer, and is never sent to be refused. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OwnAsk } from '../../src/contract.ts';
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
  const own = async () => (await house.ask('connections'))[0]?.own ?? [];
  /** The CRM's own value for a word. */
  const choice = (asks: readonly OwnAsk[], label: string) =>
    asks[0]?.choices.find((each) => each.label === label)?.value ?? null;
  /** Says it in the options. */
  const answer = async (label: string): Promise<void> => {
    const asks = await own();
    const value = choice(asks, label);
    expect(value).not.toBeNull();
    await house.ask('answerOwn', { connection: house.connection, field: asks[0]?.name ?? '', value });
  };
  const writes = () => house.crm.requests.filter(({ method }) => method !== 'GET');

  it('is asked for in the form, goes along with the log, and is remembered', async () => {
    house.crm.demand(['North', 'South']);
    await look();
    const form = await formOn('Dana Reyes');
    expect(form.asks).toMatchObject([{ value: null, of: expect.arrayContaining(['meeting', 'call', 'task']) }]);
    const name = form.asks[0]?.name ?? '';
    expect(form.asks[0]).toMatchObject({ holds: 'choice', choices: [{ label: 'North' }, { label: 'South' }] });
    expect(await house.ask('answerInForm', { formId: form.formId, field: name, value: 'East' })).toMatchObject({
      is: 'refused',
      why: { key: 'refuseOwnValue' },
    });
    const north = choice(form.asks, 'North');
    await house.ask('answerInForm', { formId: form.formId, field: name, value: north });
    expect((await formOn('Dana Reyes')).asks).toMatchObject([{ value: north }]);
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
    await answer('South');
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
      await answer('North');
      await house.sendAll(10 * MINUTE);
      await house.sendAll(10 * MINUTE);
      expect(house.crm.demanded()).toEqual(['North']);
    },
  );

  it('whose choice was taken away is asked for again', async () => {
    house.crm.demand(['North', 'South']);
    await look();
    await answer('North');
    const [{ name = '' } = {}] = await own();
    house.crm.demand(['South', 'West']);
    const activity = await house.log('Dana Reyes', 'met 45m');
    await house.sendAll();
    expect((await house.ask('progress', { activity }))?.sentence).toMatchObject({ key: 'progressAsks' });
    expect(await own()).toMatchObject([{ name, value: null }]);
    await answer('West');
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

  it('and that nobody can say here is named, with who can mend it; nobody is asked for it in the line', async () => {
    house.crm.demandReference();
    await look();
    // The service of one CRM takes a record without it, whatever its forms say: nothing waits there.
    const lenient = crm === 'dynamics';
    expect(await own()).toMatchObject([{ holds: 'other', lenient, label: expect.stringMatching(/project/i) }]);
    expect((await formOn('Dana Reyes')).asks).toEqual([]);
    const activity = await house.log('Dana Reyes', 'met 45m');
    const before = writes().length;
    await house.sendAll();
    if (lenient) {
      expect(house.crm.activities()).toHaveLength(1);
      return;
    }
    expect(writes()).toHaveLength(before);
    const log = await house.ask('progress', { activity });
    expect(log).toMatchObject({ progress: 'queued', sentence: { key: 'progressDemanded' } });
    house.crm.demand(null);
    await look();
    await house.sendAll();
    expect(house.crm.activities()).toHaveLength(1);
  });
});

/** What only this CRM has: a choice with a value that its forms begin with, and one whose words nobody may read. */
describe('a choice that dynamics demands', () => {
  let house: CrmHouse;
  beforeEach(async () => {
    house = await openCrmHouse('dynamics');
  });
  afterEach(() => house.close());
  const own = async () => {
    await house.ask('testConnection', { connection: house.connection });
    return (await house.ask('connections'))[0]?.own;
  };

  it('is asked for by its words and sent as its number, and what is no choice is refused', async () => {
    house.crm.demand(['North', 'South']);
    const [field] = (await own()) ?? [];
    expect(field?.choices.map(({ value }) => typeof value)).toEqual(['number', 'number']);
    for (const value of ['North', 1]) {
      const said = await house.ask('answerOwn', { connection: house.connection, field: field?.name ?? '', value });
      expect(said).toMatchObject({ is: 'refused', why: { key: 'refuseOwnValue' } });
    }
  });

  it('is nobody’s to say where its words may not be read: it is named, and no log waits', async () => {
    house.crm.demand(['North']);
    const body = { error: { code: '0x80040220', message: 'Principal is missing prvReadAttribute privilege.' } };
    house.crm.faults.add({ do: { status: 403, body }, times: 9, match: { pathIncludes: 'PicklistAttributeMetadata' } });
    expect(await own()).toMatchObject([{ holds: 'other', lenient: true }]);
    await house.log('Dana Reyes', 'met 45m');
    await house.sendAll();
    expect(house.crm.activities()).toHaveLength(1);
  });
});
