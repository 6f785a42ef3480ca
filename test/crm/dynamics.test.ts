import type { Response } from '../../src/crm/adapter.ts';
import { about } from '../../src/crm/dynamics/about.ts';
import { makeApi } from '../../src/crm/dynamics/api.ts';
import { page } from '../../src/crm/dynamics/page.ts';
import { adapterContract } from './adapter-contract.ts';
import { batchAnswer, done, failed } from './dynamics-batch.ts';
import { dataverseWorld } from './dynamics-world.ts';

const CONTACT = '5f1e0b2a-9d3c-ed11-9db0-000d3a993550';
const ACCOUNT = '7a2c4d6e-9d3c-ed11-9db0-000d3a993551';
const HOST = 'https://acme.crm4.dynamics.com';
const tenant = 'acme.crm4.dynamics.com';
const contact = { tenant, type: 'contact', id: CONTACT } as const;
const account = { tenant, type: 'account', id: ACCOUNT } as const;
const GUID = '00000000-0000-0000-0000-000000000001';

const form = '<div data-id="editFormRoot"><h1>Somebody</h1></div>';
const shell = (main: string): string => `<body><div id="shell"><main>${main}</main></div></body>`;

const whole = (status: number, code: string, message = code): Partial<Response> => ({
  status,
  text: JSON.stringify({ error: { code, message } }),
});

adapterContract({
  about,
  page,
  makeApi,
  foreign: [
    `https://example.com/main.aspx?pagetype=entityrecord&etn=contact&id=${CONTACT}`,
    'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
    'https://acme.lightning.force.com/lightning/r/Contact/003Hd000001AbCd/view',
    'about:blank',
    '',
  ],
  records: [
    [`${HOST}/main.aspx?appid=${GUID}&pagetype=entityrecord&etn=contact&id=${CONTACT}`, contact, shell(form)],
    [
      `${HOST}/main.aspx?etn=account&id=%7B${ACCOUNT.toUpperCase()}%7D&pagetype=entityrecord#1`,
      account,
      shell('<p>A form that nobody has seen yet</p>'),
    ],
    [`${HOST}/apps/sales?pagetype=entityrecord&etn=contact&id=${CONTACT}`, contact, shell(form)],
  ],
  contradiction: [
    `${HOST}/main.aspx?pagetype=entityrecord&etn=contact&id=${CONTACT}`,
    `${shell(form)}<aside>${form}</aside>`,
  ],
  refusals: [
    ['the token expired', { status: 401 }, 'sign_in_needed'],
    ['401 with a body', whole(401, '0x80040220', 'Expired'), 'sign_in_needed'],
    ['too many requests', { ...whole(429, '0x80072322'), headers: { 'retry-after': '30' } }, 'throttled'],
    ['too much time, whatever the status', whole(503, '0x80072321'), 'throttled'],
    ['one operation of a batch over the limit', batchAnswer(failed(429, '0x80072326')), 'throttled'],
    [
      'no privilege for one operation',
      batchAnswer(failed(403, '0x80040220', 'missing prvCreateActivity')),
      'forbidden',
    ],
    ['no access to this record', batchAnswer(failed(403, '0x80042f09')), 'forbidden'],
    ['not a member of the organisation', whole(403, '0x80072560', 'The user is not a member'), 'forbidden'],
    ['403 of a stranger on the way', { status: 403, text: '<html>' }, 'forbidden'],
    ['no such address', whole(404, '0x8006088a', "Resource not found for the segment '$batch'."), 'forbidden'],
    ['no such table', batchAnswer(failed(404, '0x8006088a', "Resource not found for the segment 'x'.")), 'forbidden'],
    ['405', { status: 405 }, 'forbidden'],
    [
      'the contact was deleted',
      batchAnswer(failed(404, '0x80040217', `contact With Id = ${CONTACT} Does Not Exist`)),
      'gone',
    ],
    ['the same without a code', batchAnswer(failed(404, '', `contact With Id = ${CONTACT} Does Not Exist`)), 'gone'],
    [
      'a text too long',
      batchAnswer(
        failed(400, '0x80044331', "The length of the 'description' attribute of the 'appointment' entity exceeded …"),
      ),
      'invalid',
    ],
    ['a column that is not there', batchAnswer(failed(400, '0x80048d19', "An undeclared property 'x'")), 'invalid'],
    ['a rule of the organisation', batchAnswer(failed(400, '0x80040265', 'Say the region')), 'invalid'],
    ['a duplicate by a rule', batchAnswer(failed(412, '0x80040333')), 'invalid'],
    ['a body too large', { status: 413 }, 'invalid'],
    ['another version than was read', batchAnswer(failed(412, '0x80060882')), 'conflict'],
    ['412 that says nothing, and no record to read', batchAnswer({ status: 412 }), 'unknown'],
    ['an error of the database', batchAnswer(failed(500, '0x80044151')), 'transient'],
    ['an error of the server', { status: 500 }, 'transient'],
    ['an error of a gateway', { status: 502, text: '<html>Bad gateway</html>' }, 'transient'],
    ['a page of somebody else with 200', { text: '<html>Please sign in</html>' }, 'unknown'],
    ['JSON with 200', { text: '{"value":[]}', headers: { 'content-type': 'application/json' } }, 'unknown'],
    ['a redirect', { status: 302 }, 'unknown'],
    ['no parts', batchAnswer(), 'unknown'],
    ['more parts than operations', batchAnswer({ status: 204 }, { status: 204 }), 'unknown'],
    ['half a change set', batchAnswer([{ status: 204 }]), 'unknown'],
    [
      'the success of another record',
      batchAnswer([done(`appointments(${GUID})`), done(`appointments(${GUID})`)]),
      'unknown',
    ],
    ['a part that is no answer', batchAnswer({ status: 0 }), 'unknown'],
  ],
  busy: { status: 429 },
  world: () => dataverseWorld(),
});
