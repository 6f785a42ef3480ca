/**
 * `npm run new-crm acme`: writes the six files of a CRM's adapter. They type-check at once, and their contract test
 * fails with sentences that say what to write and where. `docs/add-a-crm.md` goes through them one after the other.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const about = (
  id: string,
  name: string,
): string => `/** \`recordFromUrl\` alone is bundled into somebody's page: there every byte counts. */
import type { About } from '../adapter.ts';

const write = (what: string): never => {
  throw new Error(\`Write \${what} in src/crm/${id}/about.ts.\`);
};

/** Pure; null for everything that is not certainly a contact's or account's page. */
export const recordFromUrl: About['recordFromUrl'] = (_url) =>
  write('recordFromUrl, one regular expression anchored at both ends that takes tenant, type and id out of an address');

export const about: About = {
  id: '${id}',
  name: '${name}',
  // Match patterns, also in manifest.json. Where organisations host it themselves: ['https://*/*'] and selfHosted.
  hosts: ['https://*.${id}.example/*'],
  // keyed: it takes our key. client_id: we choose the record's id. read_back: neither, so Api.find is needed.
  idempotency: 'keyed',
  auth: {
    kind: 'oauth',
    authorizePath: '/oauth2/authorize',
    tokenPath: '/oauth2/token',
    scope: 'api refresh_token',
  },
  docs: ['https://developer.${id}.example/'],
  recordFromUrl,
  tenantFromUrl: (_url) => write('tenantFromUrl, which says where the pages and the API of an address are'),
  recordUrl: (_tenant, _type, _id) => write('recordUrl, the address at which a person sees a record'),
};
`;

const page = (id: string): string => `import type { Page } from '../adapter.ts';

/** Stable attributes first, visible text last; unsure is null. Changes nothing in the page. */
export const page: Page = {
  confirm: (_document, _record) => {
    throw new Error(
      'Write confirm in src/crm/${id}/page.ts: null when the document shows another record than the address, or may.',
    );
  },
};
`;

const outcome = (
  id: string,
): string => `/** What an answer means: response → outcome. One class for each row of the taxonomy; what cannot be read is unknown. */
import type { Response } from '../adapter.ts';
import { exchanges, type Refusal } from '../exchange.ts';

/** Asked about every answer that is no plain success, and about a success that cannot be read. */
const refusalOf = (_response: Response): Refusal => {
  throw new Error(
    'Write refusalOf in src/crm/${id}/outcome.ts: a class of \`Outcome\` for every answer, with \`told\` and \`retryAfter\`.',
  );
};

/** Calls whose answer is read by a schema. Writes go through \`orUnknown\` of src/crm/exchange.ts as well. */
export const { exchange, reading } = exchanges(refusalOf);
`;

const api = (
  id: string,
): string => `/** How this CRM is read and written. Split it once it grows: what leaves, what is read. Calls go through outcome.ts. */
import type { MakeApi } from '../adapter.ts';

const write = (what: string): never => {
  throw new Error(\`Write \${what} in src/crm/${id}/api.ts.\`);
};

/** \`_send\` reaches the connection's API with its credentials; \`_userId\` is whom they belong to, where that is known. */
export const makeApi: MakeApi = (_send, _userId) => ({
  whoAmI: async () => write('whoAmI: the user and the organisation that the credentials belong to'),
  setup: async () => write('setup: what the organisation lacks, read from its own description'),
  readContact: async (_id) => write('readContact: a person with name, account and creation, times in ISO 8601 UTC'),
  readAccount: async (_id) => write('readAccount: an account with its name'),
  contactsOfAccount: async (_accountId) => write('contactsOfAccount: its people, page by page'),
  findContacts: async (_words) => write('findContacts: people by the beginnings of their names, escaped'),
  statusFields: async () => write('statusFields: fields of a contact that can hold a status'),
  readStatus: async (_ids, _map) => write('readStatus: what the CRM says of people, null for the unknown'),
  writeStatus: async (_write, _map) => write('writeStatus, with statusWriter of src/crm/status.ts'),
  push: async (_deliveries) => write('push: one outcome for each delivery, in order; one record, however often'),
});
`;

const world = (
  id: string,
  name: string,
): string => `/** ${name} as a world for the adapter contract: a server of the demo, or answers that were recorded. */
import type { World } from './adapter-contract.ts';

export const ${id}World = async (): Promise<World> => {
  throw new Error(
    'Write a world in test/crm/${id}-world.ts: a CRM with an account and two people, on a server of your own in demo/crm/${id}/.',
  );
};
`;

const test = (id: string): string => `import { about } from '../../src/crm/${id}/about.ts';
import { makeApi } from '../../src/crm/${id}/api.ts';
import { page } from '../../src/crm/${id}/page.ts';
import { ${id}World } from './${id}-world.ts';
import { adapterContract } from './adapter-contract.ts';

const tenant = 'acme.${id}.example';

adapterContract({
  about,
  page,
  makeApi,
  // Addresses that are nobody's record: lists, forms, other objects, other CRMs.
  foreign: ['https://example.com/', 'about:blank', ''],
  // An address, its record, and as much of the page as \`confirm\` looks at.
  records: [
    ['https://acme.${id}.example/contact/1', { tenant, type: 'contact', id: '1' }, '<body></body>'],
    ['https://acme.${id}.example/account/1', { tenant, type: 'account', id: '1' }, '<body></body>'],
  ],
  // A page that shows another record than its address says.
  contradiction: ['https://acme.${id}.example/contact/1', '<body></body>'],
  // Whole answers of the CRM to one record, and the class of each: what it is, the answer, our word for it.
  refusals: [],
  // The answer that asks to wait, without the header that says how long.
  busy: { status: 503 },
  world: ${id}World,
});
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: 'string', default: join(import.meta.dirname, '..') } },
});
const [id = ''] = positionals;

if (!/^[a-z][a-z0-9]*$/.test(id)) {
  process.stdout.write('npm run new-crm <name>: small letters and figures, for instance "npm run new-crm acme".\n');
  process.exitCode = 2;
} else if (existsSync(join(values.root, 'src/crm', id))) {
  process.stdout.write(`src/crm/${id}/ is there already.\n`);
  process.exitCode = 1;
} else {
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  const files: Readonly<Record<string, string>> = {
    [`src/crm/${id}/about.ts`]: about(id, name),
    [`src/crm/${id}/page.ts`]: page(id),
    [`src/crm/${id}/api.ts`]: api(id),
    [`src/crm/${id}/outcome.ts`]: outcome(id),
    [`test/crm/${id}-world.ts`]: world(id, name),
    [`test/crm/${id}.test.ts`]: test(id),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(values.root, path, '..'), { recursive: true });
    writeFileSync(join(values.root, path), text);
    process.stdout.write(`wrote ${path}\n`);
  }
  process.stdout.write(`
Now: npx vitest run test/crm/${id}.test.ts
Every failure says what to write and where. docs/add-a-crm.md goes through them in order.
`);
}
