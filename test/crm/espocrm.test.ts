import type { Response } from '../../src/crm/adapter.ts';
import { about } from '../../src/crm/espocrm/about.ts';
import { makeApi } from '../../src/crm/espocrm/api.ts';
import { page } from '../../src/crm/espocrm/page.ts';
import { adapterContract } from './adapter-contract.ts';
import { espoWorld } from './espocrm-world.ts';

const ID = '64f1a2b3c4d5e6f70';
const OTHER = '64f1a2b3c4d5e6f71';
const tenant = 'crm.halden.example';
const contact = { tenant, type: 'contact', id: ID } as const;
const account = { tenant, type: 'account', id: ID } as const;

const shell = (main: string, beside = ''): string =>
  `<body><div id="header"></div><div id="content"><div id="main">${main}</div></div>${beside}</body>`;
const detail = (scope: string): string =>
  `<div class="record"><div class="detail" id="view-1" data-scope="${scope}" tabindex="-1"></div></div>`;

const reason = (status: number, text = ''): Partial<Response> => ({ status, headers: { 'x-status-reason': text } });
const translated = (status: number, label: string, data: object = {}): Partial<Response> => ({
  status,
  text: JSON.stringify({ messageTranslation: { label, scope: null, data } }),
});

adapterContract({
  about,
  page,
  makeApi,
  userId: 'u-1',
  foreign: [
    `https://crm.halden.example/Contact/view/${ID}`,
    `https://crm.halden.example/#Lead/view/${ID}`,
    `https://crm.halden.example/#Contact/edit/${ID}`,
    `http://crm.halden.example/#Contact/view/${ID}`,
    'https://acme.lightning.force.com/lightning/r/Contact/003Hd000001AbCdIAK/view',
    'about:blank',
    '',
  ],
  records: [
    [`https://crm.halden.example/#Contact/view/${ID}`, contact, shell(detail('Contact'))],
    [`https://crm.halden.example/#Account/view/${ID}`, account, shell(detail('Account'))],
    [
      `https://crm.halden.example/sales/crm/?v=1#Contact/view/${ID}/returnTo=list`,
      { ...contact, tenant: 'crm.halden.example/sales/crm' },
      shell(detail('Contact')),
    ],
  ],
  contradiction: [
    `https://crm.halden.example/#Contact/view/${ID}`,
    shell(detail('Contact'), `<div class="dialog dialog-record modal in" role="dialog">${detail('Contact')}</div>`),
  ],
  refusals: [
    ['a wrong or expired key', { status: 401 }, 'sign_in_needed'],
    ['a second step at sign-in', reason(401, 'second-step-required'), 'sign_in_needed'],
    ['429', { status: 429 }, 'throttled'],
    ['maintenance', { status: 503 }, 'throttled'],
    ['a locked-out address', reason(403, 'Max failed login attempts exceeded for IP address 10.0.0.1.'), 'throttled'],
    ['no right', reason(403, 'No create access.'), 'forbidden'],
    ['403 of a stranger on the way', { status: 403, text: '<html>' }, 'forbidden'],
    ['no such entity', { status: 404 }, 'forbidden'],
    ['the contact was removed', translated(403, 'cannotRelateNonExisting', { foreignEntityType: 'Contact' }), 'gone'],
    [
      'the same, in the header only',
      reason(403, "Can't relate with non-existing record. entity type: Meeting"),
      'gone',
    ],
    ['a required field', translated(400, 'validationFailure', { field: 'region', type: 'required' }), 'invalid'],
    ['a value too long', reason(400, 'Field validation failure; field: name, type: maxLength.'), 'invalid'],
    ['400 without a word', { status: 400 }, 'invalid'],
    ['a duplicate of somebody else', { ...reason(409, 'duplicate'), text: `[{"id":"${OTHER}"}]` }, 'conflict'],
    ['changed meanwhile', reason(409, 'modified'), 'conflict'],
    ['an error of the server', { status: 500 }, 'transient'],
    ['an error of a gateway', { status: 502, text: '<html>Bad gateway</html>' }, 'transient'],
    ['a login page with 200', { text: '<html>Please sign in</html>' }, 'unknown'],
    ['a redirect', { status: 302 }, 'unknown'],
    ['nothing in it', { text: '' }, 'unknown'],
    ['a list', { text: '[]' }, 'unknown'],
    ['a success without an id', { text: '{"name":"Meeting"}' }, 'unknown'],
    ['an id that is none', { text: '{"id":"../User"}' }, 'unknown'],
  ],
  busy: { status: 503 },
  world: () => espoWorld(),
});
