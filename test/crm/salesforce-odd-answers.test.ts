/** Answers that are not those of the records that were sent, and refusals of a whole call: nothing is believed by halves. */
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { canonicalId } from '../../src/crm/salesforce/record-id.ts';
import { scripted } from './adapter-contract.ts';

const event = (n: number): string => canonicalId(`00UHd0${String(n).padStart(9, '0')}`) ?? '';
const meeting = (n: number): Delivery => ({
  key: `k-${n}`,
  kind: 'meeting',
  step: 'record',
  start: '2026-11-19T14:00:00.000Z',
  end: '2026-11-19T14:45:00.000Z',
  day: '2026-11-19',
  subject: 'Meeting',
});
const three = [meeting(1), meeting(2), meeting(3)];
const stored = (n: number) => ({ success: true, id: event(n), errors: [] });
const push = async (results: unknown, deliveries = three) => {
  const { send } = scripted({ text: JSON.stringify(results) });
  return (await makeApi(send).push(deliveries)).map(({ is }) => is);
};

describe('the answers of a batch', () => {
  it('that lack one, or have one more, are not read by position', async () => {
    expect(await push([stored(1), stored(2)])).toEqual(['unknown', 'unknown', 'unknown']);
    expect(await push([stored(1), stored(2), stored(3), stored(4)])).toEqual(['unknown', 'unknown', 'unknown']);
    expect(await push([])).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('that name one record twice are believed for none of the two', async () => {
    expect(await push([stored(1), stored(1), stored(3)])).toEqual(['unknown', 'unknown', 'stored']);
  });

  it('in another order than the completions are not taken for them', async () => {
    const completions = [1, 2].map(
      (n): Delivery => ({ key: `c-${n}`, kind: 'meeting', step: 'completion', remoteId: event(n), subject: 'Pricing' }),
    );
    expect(await push([stored(2), stored(1)], completions)).toEqual(['unknown', 'unknown']);
    expect(await push([stored(1), stored(2)], completions)).toEqual(['stored', 'stored']);
  });

  it('that are no answers are unknown, each for itself', async () => {
    expect(await push([null, { success: 'yes' }, stored(3)])).toEqual(['unknown', 'unknown', 'stored']);
    expect(await push([{ ...stored(1), id: '003Hd000000000001' }, stored(2), stored(3)])).toEqual([
      'unknown',
      'stored',
      'stored',
    ]);
  });
});

describe('a refusal of the whole call', () => {
  const refusal = async (status: number, body: unknown) => {
    const { send } = scripted({ status, text: typeof body === 'string' ? body : JSON.stringify(body) });
    const [outcome] = await makeApi(send).push([meeting(1)]);
    return outcome?.is;
  };
  const error = (errorCode: string, message = errorCode) => [{ errorCode, message }];

  it.each([
    ['a key that several records carry', 300, ['/services/data/v60.0/sobjects/Event/1'], 'conflict'],
    ['the day’s calls are used up', 403, error('REQUEST_LIMIT_EXCEEDED'), 'throttled'],
    ['the API is switched off', 403, error('API_DISABLED_FOR_ORG'), 'forbidden'],
    ['a session that has ended', 401, error('INVALID_SESSION_ID', 'Session expired or invalid'), 'sign_in_needed'],
    [
      'a session that may never use the API',
      401,
      error('INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
      'forbidden',
    ],
    ['a locked row', 400, error('UNABLE_TO_LOCK_ROW'), 'transient'],
    ['a login page with status 200', 200, '<!doctype html><title>Login</title>', 'unknown'],
    ['a proxy that speaks HTML', 502, '<html>Bad gateway</html>', 'transient'],
    ['a maintenance page', 503, '<html>Down</html>', 'throttled'],
  ])('%s', async (_what, status, body, is) => {
    expect(await refusal(status as number, body)).toBe(is);
  });
});
