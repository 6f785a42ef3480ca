import type { Response } from '../../src/crm/adapter.ts';
import { about } from '../../src/crm/salesforce/about.ts';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { page } from '../../src/crm/salesforce/page.ts';
import { adapterContract } from './adapter-contract.ts';
import { demoWorld } from './salesforce-world.ts';

const CONTACT = '003Hd000001AbCdIAK';
const ACCOUNT = '001Hd000001AbCdIAK';
const HOST = 'https://acme.lightning.force.com';
const tenant = 'acme.lightning.force.com';
const contact = { tenant, type: 'contact', id: CONTACT } as const;
const account = { tenant, type: 'account', id: ACCOUNT } as const;

const shell = (main: string): string => `<body><header></header><main>${main}</main></body>`;

const whole = (status: number, errorCode: string, message = errorCode, fields?: string[]): Partial<Response> => ({
  status,
  text: JSON.stringify([{ message, errorCode, ...(fields ? { fields } : {}) }]),
});
const item = (statusCode: string, message = statusCode, fields: string[] = []): Partial<Response> => ({
  text: JSON.stringify([{ success: false, errors: [{ statusCode, message, fields }] }]),
});

adapterContract({
  about,
  page,
  makeApi,
  foreign: [
    'https://example.com/lightning/r/Contact/003Hd000001AbCd/view',
    'https://login.salesforce.com/',
    'https://app.hubspot.com/contacts/1/record/0-1/101',
    'about:blank',
    '',
  ],
  records: [
    [
      `${HOST}/lightning/r/Contact/${CONTACT}/view`,
      contact,
      shell(`<div class="record" data-record-id="${CONTACT}"><div data-record-id="${ACCOUNT}"></div></div>`),
    ],
    [`${HOST}/lightning/r/Account/${ACCOUNT.slice(0, 15)}/view`, account, shell('<one-record-home></one-record-home>')],
    [`${HOST}/one/one.app#/sObject/${CONTACT}/view`, contact, shell(`<div data-record-id="${CONTACT.slice(0, 15)}">`)],
  ],
  contradiction: [
    `${HOST}/lightning/r/Contact/${CONTACT}/view`,
    shell('<div class="record" data-record-id="003Hd000001ZzZzIAK"></div>'),
  ],
  refusals: [
    ['the session expired', whole(401, 'INVALID_SESSION_ID', 'Session expired or invalid'), 'sign_in_needed'],
    [
      'this session is not for the API',
      whole(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API'),
      'forbidden',
    ],
    ['401 with nothing to read', { status: 401 }, 'sign_in_needed'],
    ['the bare word of the identity service', { status: 403, text: 'Bad_OAuth_Token' }, 'sign_in_needed'],
    ['the quota of the day', whole(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'), 'throttled'],
    ['429', { status: 429 }, 'throttled'],
    ['503', whole(503, 'SERVER_UNAVAILABLE'), 'throttled'],
    ['the API is off', whole(403, 'API_DISABLED_FOR_ORG'), 'forbidden'],
    ['any other 403', whole(403, 'SOMETHING_NEW'), 'forbidden'],
    ['403 of a stranger on the way', { status: 403, text: '<html>' }, 'forbidden'],
    ['no right to this record', item('INSUFFICIENT_ACCESS_OR_READONLY'), 'forbidden'],
    [
      'no key field: the address is missing, not the record',
      whole(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible: Candor_Key__c'),
      'forbidden',
    ],
    ['a required field', item('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Region__c]'), 'invalid'],
    ['a validation rule', item('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Say the region', ['Region__c']), 'invalid'],
    ['a duplicate rule', item('DUPLICATES_DETECTED'), 'invalid'],
    [
      'a field that is not there',
      whole(400, 'INVALID_FIELD', "No such column 'X__c' on sobject of type Event"),
      'invalid',
    ],
    ['a value too long', item('STRING_TOO_LONG', 'Subject: data value too large', ['Subject']), 'invalid'],
    [
      'the twin of another field',
      item('DUPLICATE_VALUE', 'duplicate value found: Ref__c duplicates value on record with id: 00UHd00000AbCdE'),
      'invalid',
    ],
    ['the record was deleted', item('ENTITY_IS_DELETED', 'entity is deleted'), 'gone'],
    ['the contact was deleted', item('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['WhoId']), 'gone'],
    ['a locked row', item('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access'), 'transient'],
    [
      'the same under the other name of the code',
      { text: '[{"success":false,"errors":[{"errorCode":"UNABLE_TO_LOCK_ROW"}]}]' },
      'transient',
    ],
    ['an error of the server', whole(500, 'UNKNOWN_EXCEPTION'), 'transient'],
    ['an error of a gateway', { status: 502, text: '<html>Bad gateway</html>' }, 'transient'],
    [
      'several records with our key, as one answer',
      { status: 300, text: '["/services/data/v60.0/sobjects/Event/1"]' },
      'conflict',
    ],
    ['several records with our key, in a collection', item('DUPLICATE_EXTERNAL_ID'), 'conflict'],
    ['changed meanwhile', whole(412, 'PRECONDITION_FAILED'), 'conflict'],
    ['a page of somebody else with 200', { text: '<html>Please sign in</html>' }, 'unknown'],
    ['a redirect', { status: 302 }, 'unknown'],
    ['no results', { text: '[]' }, 'unknown'],
    [
      'more results than records',
      { text: `[${'{"success":true,"id":"00UHd000001AbCdIAK"},'.repeat(2)}{}]` },
      'unknown',
    ],
    ['a success without an id', { text: '[{"success":true}]' }, 'unknown'],
    ['a success with the id of something else', { text: '[{"success":true,"id":"00THd000001AbCdIAK"}]' }, 'unknown'],
    ['a success with errors', { text: '[{"success":true,"id":"00UHd000001AbCdIAK","errors":[{}]}]' }, 'unknown'],
    ['a failure without a reason', { text: '[{"success":false,"errors":[]}]' }, 'unknown'],
    ['keys that are no keys', { text: '[{"__proto__":{"success":true,"id":"00UHd000001AbCdIAK"}}]' }, 'unknown'],
  ],
  busy: { status: 503 },
  world: () => demoWorld(),
});
