/** `recordFromUrl` alone is bundled into somebody's page: there every byte counts. */
import type { About } from '../adapter.ts';
import { burden } from './burden.ts';
import { canonicalId } from './record-id.ts';

/** What an id is of, by its first three characters. */
const OBJECTS: Record<string, string> = { '003': 'Contact', '001': 'Account', '00U': 'Event', '00T': 'Task' };

const objectOf = (id: string): string | undefined => OBJECTS[id.slice(0, 3)];

/** An organisation, the partition it may live in (`acme--test.sandbox`), and either of its two hosts. */
const ORIGIN = /^https:\/\/([\w.-]+)\.(?:lightning\.force|my\.salesforce)\.com$/;

/**
 * A contact's or account's own page, or a related list of it. The older address names no object: its id decides.
 * Anchored at both ends, so that no user name, port, other host or other path can be in it.
 */
const RECORD =
  /^https:\/\/([\w.-]+\.lightning\.force\.com)\/(lightning\/r\/(Contact\/(?=003)|Account\/(?=001))|one\/one\.app(\?[^#]*)?#\/sObject\/)(00[13]\w+)\/(related\/\w+\/)?view\/?([?#]|$)/;

export const recordFromUrl: About['recordFromUrl'] = (url) => {
  // A router may write its route encoded; `unescape` never throws.
  const at = RECORD.exec(url.replace(/#.*/, unescape));
  const id = at && canonicalId(at[5]!);
  return id ? { tenant: at[1]!, type: id[2] === '3' ? 'contact' : 'account', id } : null;
};

export const about: About = {
  id: 'salesforce',
  name: 'Salesforce',
  hosts: ['https://*.lightning.force.com/*', 'https://*.my.salesforce.com/*'],
  idempotency: 'keyed',
  auth: {
    kind: 'oauth',
    authorizePath: '/services/oauth2/authorize',
    tokenPath: '/services/oauth2/token',
    scope: 'api refresh_token',
  },
  burden,
  docs: ['https://developer.salesforce.com/docs/apis'],
  recordFromUrl,
  tenantFromUrl: (url) => {
    const { origin, username, password } = URL.canParse(url) ? new URL(url) : ({} as Partial<URL>);
    const org = ORIGIN.exec(origin ?? '')?.[1];
    if (!org || username || password) return null;
    const tenant = `${org}.lightning.force.com`;
    // Two hosts, because the one with the pages redirects API calls and drops the credentials on the way.
    return { tenant, uiOrigin: `https://${tenant}`, apiOrigin: `https://${org}.my.salesforce.com` };
  },
  recordUrl: (tenant, _type, id) => `https://${tenant}/lightning/r/${objectOf(id)}/${id}/view`,
};
