/** `recordFromUrl` alone is bundled into somebody's page: there every byte counts. */
import type { About } from '../adapter.ts';
import { burden } from './burden.ts';
import { canonicalId } from './record-id.ts';

/** An organisation in one of the regions: `acme.crm.dynamics.com`, `acme.crm4.dynamics.com`. Nothing else of that domain. */
const ORIGIN = /^https:\/\/([\w-]+\.crm\d*\.dynamics\.com)$/;

/**
 * The page of the app, also under an app's own path. Anchored, so that no user name, port, other host or other path
 * can be in it; what it shows is said by the query alone.
 */
const PAGE = /^https:\/\/([\w-]+\.crm\d*\.dynamics\.com)\/(?:apps\/[\w.~/-]+|main\.aspx)\?([^#]+)/i;

export const recordFromUrl: About['recordFromUrl'] = (url) => {
  const at = PAGE.exec(url);
  const asked = new URLSearchParams(at?.[2]);
  // Said twice is not said: which one the app would take is not ours to guess.
  const only = (name: string): string | null => (asked.getAll(name)[1] === undefined ? asked.get(name) : null);
  const type = only('etn');
  const id = canonicalId(only('id') ?? '');
  // `etc` is a number that means another table in every organisation. The app replaces such an address at once.
  return at &&
    id &&
    (type === 'contact' || type === 'account') &&
    only('pagetype') === 'entityrecord' &&
    !asked.has('etc')
    ? { tenant: at[1]!.toLowerCase(), type, id }
    : null;
};

export const about: About = {
  id: 'dynamics',
  name: 'Dynamics 365',
  // Match patterns know `*` as a whole label only: the regions are told apart above.
  hosts: ['https://*.dynamics.com/*'],
  idempotency: 'client_id',
  auth: {
    kind: 'oauth',
    authority: 'https://login.microsoftonline.com/organizations',
    authorizePath: '/oauth2/v2.0/authorize',
    tokenPath: '/oauth2/v2.0/token',
    scope: '{api}/user_impersonation offline_access',
  },
  burden,
  docs: [
    'https://learn.microsoft.com/power-apps/developer/data-platform/webapi/overview',
    'https://learn.microsoft.com/power-apps/developer/model-driven-apps/open-forms-views-dialogs-reports-url',
    'https://learn.microsoft.com/power-platform/admin/sync-logic',
  ],
  recordFromUrl,
  tenantFromUrl: (url) => {
    const { origin, username, password } = URL.canParse(url) ? new URL(url) : ({} as Partial<URL>);
    const tenant = ORIGIN.exec(origin ?? '')?.[1];
    if (!tenant || username || password) return null;
    return { tenant, uiOrigin: `https://${tenant}`, apiOrigin: `https://${tenant}` };
  },
  recordUrl: (tenant, type, id) => {
    // An activity's id says its table before a colon: the number alone is not an address.
    const [table, guid] = type === 'activity' ? id.split(':') : [type, id];
    return `https://${tenant}/main.aspx?pagetype=entityrecord&etn=${table}&id=${guid}`;
  },
};
