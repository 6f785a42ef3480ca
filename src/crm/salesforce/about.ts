/** `recordFromUrl` alone is bundled into somebody's page: there every byte counts. */
import type { About } from '../adapter.ts';
import { burden } from './burden.ts';
import { canonicalId } from './record-id.ts';

/** What an id is of, by its first three characters. */
const OBJECTS: Record<string, string> = { '003': 'Contact', '001': 'Account', '00U': 'Event', '00T': 'Task' };

const objectOf = (id: string): string | undefined => OBJECTS[id.slice(0, 3)];

/** An organisation, the partition it may live in (`acme--test.sandbox`), either of its two hosts, and whose cloud. */
const ORIGIN = /^https:\/\/([\w.-]+)\.(?:lightning\.force|my\.salesforce)\.(com|mil)$/;

/**
 * A contact's or account's own page, or a related list of it. The older address names no object: its id decides.
 * Anchored at both ends, so that no user name, port, other host or other path can be in it.
 */
const LIGHTNING =
  /^https:\/\/([\w.-]+)\.lightning\.force\.(com|mil)\/(?:lightning\/r\/(?:Contact\/(?=003)|Account\/(?=001))|one\/one\.app(?:\?[^#]*)?#\/sObject\/)(00[13]\w+)\/(?:related\/\w+\/)?view\/?(?:[?#]|$)/;
/** Classic has nothing but the id in its address, on the organisation's other host. */
const CLASSIC = /^https:\/\/([\w.-]+)\.my\.salesforce\.(com|mil)\/(00[13]\w+)(?:[?#]|$)/;

export const recordFromUrl: About['recordFromUrl'] = (url) => {
  // A router may write its route encoded; `unescape` never throws.
  const at = LIGHTNING.exec(url.replace(/#.*/, unescape)) ?? CLASSIC.exec(url);
  const id = at && canonicalId(at[3]!);
  return id ? { tenant: `${at[1]}.lightning.force.${at[2]}`, type: id[2] === '3' ? 'contact' : 'account', id } : null;
};

export const about: About = {
  id: 'salesforce',
  name: 'Salesforce',
  hosts: [
    'https://*.lightning.force.com/*',
    'https://*.my.salesforce.com/*',
    'https://*.lightning.force.mil/*',
    'https://*.my.salesforce.mil/*',
  ],
  idempotency: 'keyed',
  auth: {
    kind: 'oauth',
    authorizePath: '/services/oauth2/authorize',
    tokenPath: '/services/oauth2/token',
    scope: 'api refresh_token',
    session: { cookie: 'sid' },
  },
  burden,
  docs: ['https://developer.salesforce.com/docs/apis'],
  recordFromUrl,
  tenantFromUrl: (url) => {
    const { origin, username, password } = URL.canParse(url) ? new URL(url) : ({} as Partial<URL>);
    const [, org, cloud] = ORIGIN.exec(origin ?? '') ?? [];
    if (!org || username || password) return null;
    const tenant = `${org}.lightning.force.${cloud}`;
    // Two hosts, because the one with the pages redirects API calls and drops the credentials on the way.
    return { tenant, uiOrigin: `https://${tenant}`, apiOrigin: `https://${org}.my.salesforce.${cloud}` };
  },
  recordUrl: (tenant, _type, id) => `https://${tenant}/lightning/r/${objectOf(id)}/${id}/view`,
};
