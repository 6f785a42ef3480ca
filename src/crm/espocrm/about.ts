/** `recordFromUrl` alone is bundled into somebody's page: there every byte counts. */
import type { About } from '../adapter.ts';
import { burden } from './burden.ts';
import { SHAPES } from './fields.ts';

/**
 * An instance lives where its organisation put it: any https address, with a path or without. The fragment is the
 * whole route. Plain http only on this machine, where the tests are. Edit forms and related lists are no record page.
 */
const RECORD =
  /^(?:https:\/\/|(?=http:\/\/(?:127\.0\.0\.1|localhost)[:/]))([^?#@]+)\/(\?[^#]*)?#(Contact|Account)\/view\/([\da-f]{17}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})([/?]|$)/;

/** `tenant` is the address without `https://`: host, port and path, nothing of the route. */
export const recordFromUrl: About['recordFromUrl'] = (url) => {
  const at = RECORD.exec(url.replace(/#.*/, unescape));
  return at && { tenant: at[1]!, type: at[3] === 'Contact' ? 'contact' : 'account', id: at[4]! };
};

const LOOPBACK = /^(?:127\.0\.0\.1|localhost)$/;

const base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** A kept credential says by its first word what it is. */
const KEY = 'key ';
const TOKEN = 'token ';

const parsed = (text: string): { readonly [name: string]: unknown } => {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
};

export const about: About = {
  id: 'espocrm',
  name: 'EspoCRM',
  // Nobody knows beforehand where an instance is: only ever asked for one origin at a time, by the person's click.
  hosts: ['https://*/*'],
  idempotency: 'read_back',
  // Notes and e-mails become tasks, which belong to one person; meetings and calls take many.
  oneAttendee: ['email', 'note'],
  selfHosted: {
    // The sign-in page itself needs these settings, so they are answered to everybody.
    ask: '/api/v1/Settings',
    isOurs: ({ status, text }) => {
      const { applicationName, jsLibs, cacheTimestamp } = parsed(text);
      return status === 200 && typeof applicationName === 'string' && (jsLibs ?? cacheTimestamp) !== undefined;
    },
  },
  auth: {
    kind: 'key',
    fromKey: (key) => KEY + key,
    headers: (credential) =>
      credential.startsWith(KEY)
        ? { 'x-api-key': credential.slice(KEY.length) }
        : { 'espo-authorization': credential.slice(TOKEN.length), 'espo-authorization-by-token': 'true' },
    login: {
      request: (user, password) => ({
        method: 'GET',
        path: '/api/v1/App/user',
        headers: { 'espo-authorization': base64(`${user}:${password}`), 'espo-authorization-by-token': 'false' },
      }),
      credential: (user, { status, text }) => {
        const { token } = parsed(text);
        return status === 200 && typeof token === 'string' ? TOKEN + base64(`${user}:${token}`) : null;
      },
    },
  },
  burden,
  docs: ['https://docs.espocrm.com/development/api/'],
  recordFromUrl,
  tenantFromUrl: (address) => {
    if (!URL.canParse(address)) return null;
    const { protocol, hostname, origin, pathname, username, password } = new URL(address);
    if (username || password || (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.test(hostname))))
      return null;
    // Up to the last slash: `/crm/` and `/crm/index.php` are one instance; a last word without a dot is its folder.
    const apiPath = pathname.replace(/\/([^/]*\.[^/]*)?$/, '');
    const tenant = `${origin}${apiPath}`.replace(/^https:\/\//, '');
    return { tenant, uiOrigin: origin, apiOrigin: origin, ...(apiPath ? { apiPath } : {}) };
  },
  recordUrl: (tenant, type, id, kind = 'meeting') => {
    const entity = { contact: 'Contact', account: 'Account', activity: SHAPES[kind].entity }[type];
    return `${tenant.startsWith('http://') ? '' : 'https://'}${tenant}/#${entity}/view/${id}`;
  },
};
