/** Corrections and removals, by id. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { scripted } from './adapter-contract.ts';
import { type DemoWorld, demoWorld } from './salesforce-world.ts';

const RECORD = {
  key: 'k/record',
  kind: 'meeting',
  step: 'record',
  start: '2026-11-17T14:00:00Z',
  end: '2026-11-17T14:45:00Z',
  day: '2026-11-17',
  subject: 'Meeting: pricing',
  note: 'pricing',
} as const satisfies Delivery;

let world: DemoWorld;
let id: string;
beforeEach(async () => {
  world = await demoWorld();
  const [made] = await makeApi(world.send).push([RECORD]);
  id = made?.is === 'stored' ? made.remoteId : '';
});
afterEach(() => world.close());

const retract = (): Delivery => ({
  key: 'k/retract',
  kind: 'meeting',
  step: 'retract',
  remoteId: id,
  subject: 'Meeting',
  of: 'record',
});

describe('a correction', () => {
  it('writes the later words and times to the same record, and empties a note that is none any more', async () => {
    const amend: Delivery = {
      ...RECORD,
      key: 'k/amend/1',
      step: 'amend',
      remoteId: id,
      subject: 'Meeting',
      note: null,
    };
    expect(await makeApi(world.send).push([amend])).toEqual([{ is: 'stored', remoteId: id }]);
    expect(await makeApi(world.send).push([amend])).toEqual([{ is: 'stored', remoteId: id }]);
    expect(world.activities()).toMatchObject([{ id, subject: 'Meeting', note: null }]);
  });

  it('never brings back what was deleted', async () => {
    const api = makeApi(world.send);
    await api.push([retract()]);
    const amend: Delivery = { ...RECORD, key: 'k/amend/1', step: 'amend', remoteId: id, note: 'later' };
    expect(await api.push([amend])).toMatchObject([{ is: 'gone' }]);
    expect(world.activities()).toEqual([]);
  });
});

describe('a removal', () => {
  it('deletes by id, and is done when it is done already', async () => {
    const api = makeApi(world.send);
    expect(await api.push([retract()])).toEqual([{ is: 'stored', remoteId: id }]);
    expect(await api.push([retract()])).toEqual([{ is: 'stored', remoteId: id }]);
    expect(world.activities()).toEqual([]);
  });

  it('puts a neutral word in place of every word where deleting is forbidden, and says that it did', async () => {
    const no = [{ id, success: false, errors: [{ statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'no' }] }];
    const script = scripted(
      { text: JSON.stringify(no) },
      { text: JSON.stringify([{ id, success: true, errors: [] }]) },
    );
    expect(await makeApi(script.send).push([retract()])).toEqual([{ is: 'stored', remoteId: id, neutral: true }]);
    expect(script.asked[1]).toMatchObject({
      method: 'PATCH',
      body: { records: [{ id, Subject: 'Meeting', Description: null }] },
    });
  });

  it('stays open when nobody knows whether it arrived, and is refused when neither is allowed', async () => {
    const no = [{ id, success: false, errors: [{ statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'no' }] }];
    const script = scripted({ text: JSON.stringify(no) }, { text: JSON.stringify(no) });
    expect(await makeApi(script.send).push([retract()])).toMatchObject([{ is: 'forbidden' }]);
    expect(await makeApi(scripted({ text: '[]' }).send).push([retract()])).toMatchObject([{ is: 'unknown' }]);
  });
});
