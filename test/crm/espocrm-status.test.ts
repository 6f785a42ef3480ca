/** Lists that leave out a field: a field that is not shown is no field that says *open*. */
import { expect, it } from 'vitest';
import { makeApi } from '../../src/crm/espocrm/api.ts';
import { scripted } from './adapter-contract.ts';

const MAP = { email: 'emailAddressIsOptedOut', phone: 'doNotCall' };
const row = { id: '1a2b', modifiedAt: '2026-11-18 10:00:00', doNotCall: false };

it('reads a person alone whose row leaves out a field', async () => {
  const { send, asked } = scripted(
    { text: JSON.stringify({ list: [row, { ...row, id: '3c4d', emailAddressIsOptedOut: false }] }) },
    { text: JSON.stringify({ ...row, emailAddressIsOptedOut: true }) },
  );
  const seen = await makeApi(send).readStatus(['1a2b', '3c4d'], MAP);
  expect(seen.map((one) => one?.stops)).toEqual([
    { email: true, phone: false },
    { email: false, phone: false },
  ]);
  expect(asked.map(({ path }) => path.split('?')[0])).toEqual(['/api/v1/Contact', '/api/v1/Contact/1a2b']);
});

it('asks for nobody where there is nobody to ask for', async () => {
  const { send, asked } = scripted();
  expect(await makeApi(send).readStatus(['../etc', ''], MAP)).toEqual([null, null]);
  expect(asked).toEqual([]);
});
