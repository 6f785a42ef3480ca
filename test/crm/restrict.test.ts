/** Closing channels in each CRM: by the person's own id, only ever closing, and an answer for each. */
import { describe, expect, it } from 'vitest';
import type { Response, Restriction, Send } from '../../src/crm/adapter.ts';
import { apis } from '../../src/crm/apis.ts';
import { CHANNELS } from '../../src/domain/events/words.ts';
import { scripted } from './adapter-contract.ts';

const SF = '003000000000001AAA';
const GUID = '6f9619ff-8b86-d011-b42d-00cf4fc964ff';
const ESPO = '5a1b2c3d4e5f60718';

const closing = (who: string, channels: Restriction['channels'] = CHANNELS): Restriction => ({
  key: 'k',
  who,
  channels,
});
const restrict = (crm: string, send: Send) => {
  const { restrict: close } = apis[crm]?.(send, 'user') ?? {};
  if (!close) throw new Error(`${crm} closes nothing`);
  return close;
};
const json = (value: unknown): Partial<Response> => ({ text: JSON.stringify(value) });

describe('salesforce', () => {
  it('sets both opt-outs of a contact in one call for many', async () => {
    const other = '003000000000002AAA';
    const { send, asked: sent } = scripted(
      json([
        { id: SF, success: true, errors: [] },
        { id: other, success: true, errors: [] },
      ]),
    );
    const outcomes = await restrict('salesforce', send)([closing(SF), closing(other, ['phone'])]);
    expect(outcomes).toEqual([
      { is: 'stored', remoteId: SF },
      { is: 'stored', remoteId: other },
    ]);
    expect(sent.map(({ method, body }) => [method, (body as { records: unknown }).records])).toEqual([
      [
        'PATCH',
        [
          { attributes: { type: 'Contact' }, id: SF, HasOptedOutOfEmail: true, DoNotCall: true },
          { attributes: { type: 'Contact' }, id: other, DoNotCall: true },
        ],
      ],
    ]);
  });

  it('says which field was refused, and of an answer about another record that nothing is known', async () => {
    const failed = {
      success: false,
      errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: 'no', fields: ['DoNotCall'] }],
    };
    const { send } = scripted(json([failed]), json([{ id: '003000000000009AAA', success: true, errors: [] }]));
    expect(await restrict('salesforce', send)([closing(SF)])).toMatchObject([{ is: 'invalid', field: 'DoNotCall' }]);
    expect(await restrict('salesforce', send)([closing(SF)])).toMatchObject([{ is: 'unknown' }]);
  });

  it('writes nothing for channels it has no field for, and nothing to what is no contact', async () => {
    const { send, asked: sent } = scripted(json([]));
    expect(await restrict('salesforce', send)([closing(SF, ['post']), closing('001000000000001AAA')])).toMatchObject([
      { is: 'stored' },
      { is: 'invalid' },
    ]);
    expect(sent).toEqual([]);
  });

  it('names no record twice in one call', async () => {
    const one = [{ id: SF, success: true, errors: [] }];
    const { send, asked: sent } = scripted(json(one));
    const outcomes = await restrict('salesforce', send)([closing(SF), closing(SF)]);
    expect(outcomes.map(({ is }) => is)).toEqual(['stored', 'stored']);
    expect(sent).toHaveLength(2);
  });

  it('is told to wait once for all', async () => {
    const { send } = scripted({ status: 503, headers: { 'retry-after': '60' }, text: '[]' });
    expect(await restrict('salesforce', send)([closing(SF)])).toMatchObject([{ is: 'throttled', after: 60_000 }]);
  });
});

describe('dynamics', () => {
  it('sets *do not* for each channel, and only on a contact that exists', async () => {
    const { send, asked: sent } = scripted({ status: 204 });
    expect(await restrict('dynamics', send)([closing(GUID)])).toEqual([{ is: 'stored', remoteId: GUID }]);
    expect(sent).toMatchObject([
      {
        method: 'PATCH',
        headers: { 'If-Match': '*' },
        body: { donotbulkemail: true, donotphone: true, donotbulkpostalmail: true, donotsendmm: true },
      },
    ]);
    expect(sent[0]?.path).toMatch(new RegExp(`/contacts\\(${GUID}\\)$`));
  });

  it('stops asking once it was told to wait, and names what is no id', async () => {
    const { send, asked: sent } = scripted({ status: 429, headers: { 'retry-after': '5' } });
    const outcomes = await restrict('dynamics', send)([closing('nobody'), closing(GUID), closing(GUID)]);
    expect(outcomes.map(({ is }) => is)).toEqual(['invalid', 'throttled', 'throttled']);
    expect(sent).toHaveLength(1);
  });
});

describe('espocrm', () => {
  it('opts out the address and the telephone of a contact', async () => {
    const { send, asked: sent } = scripted(json({ id: ESPO }));
    expect(await restrict('espocrm', send)([closing(ESPO)])).toEqual([{ is: 'stored', remoteId: ESPO }]);
    expect(sent).toMatchObject([{ method: 'PATCH', body: { emailAddressIsOptedOut: true, doNotCall: true } }]);
    expect(sent[0]?.path).toMatch(new RegExp(`/Contact/${ESPO}$`));
  });

  it('passes a refusal on, writes nothing where it has no field, and stops when signed out', async () => {
    const { send, asked: sent } = scripted({ status: 403, headers: { 'x-status-reason': 'no edit' } }, { status: 401 });
    const outcomes = await restrict(
      'espocrm',
      send,
    )([closing(ESPO), closing(ESPO, ['message']), closing(ESPO), closing(ESPO)]);
    expect(outcomes.map(({ is }) => is)).toEqual(['forbidden', 'stored', 'sign_in_needed', 'sign_in_needed']);
    expect(sent).toHaveLength(2);
  });
});

describe('every CRM', () => {
  it.each(Object.keys(apis))('%s: no request ever opens a channel', async (crm) => {
    const { send, asked: sent } = scripted({ status: 204 });
    const who = crm === 'salesforce' ? SF : crm === 'dynamics' ? GUID : ESPO;
    await restrict(crm, send)(CHANNELS.map((channel) => closing(who, [channel]))).catch(() => []);
    const flags = JSON.stringify(sent).match(/(OptedOut\w*|DoNotCall|doNotCall|donot\w+)":(\w+)/gu) ?? [];
    expect(flags.length).toBeGreaterThan(0);
    expect(flags.every((flag) => flag.endsWith(':true'))).toBe(true);
  });
});
