/** A small EspoCRM on the loopback: its API, its pages, and the faults that a test plays on it. */
import { makeSeed, type Seed } from '../../seed.ts';
import { openDoor } from '../core/door.ts';
import { type Faults, makeFaults } from '../core/faults.ts';
import { json, type RecordedRequest, type Reply } from '../core/requests.ts';
import { Auth } from './auth.ts';
import { servePage } from './pages.ts';
import { crmTime, type EntityName, plant, Records, type Row } from './records.ts';
import { Refusal } from './refusal.ts';
import { type Effect, Rest } from './rest.ts';

export interface DemoEspoOptions {
  /** 0, or absent: any free port. The server listens on 127.0.0.1 only. */
  readonly port?: number;
  /** Absent: plain http, for tests in Node. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly now?: (() => Date) | undefined;
  /** The host as a browser with mapped hosts writes it. */
  readonly host?: string;
  /** The folder it lives in, such as `/crm`. */
  readonly folder?: string;
  readonly label?: string;
  readonly seed?: Seed | undefined;
  /** How long a name may be; null where the organisation says nothing. */
  readonly nameLength?: number | null;
  readonly duplicateMarks?: boolean;
  readonly password?: string;
}

export interface DemoEspo {
  readonly port: number;
  readonly host: string;
  /** `ui` as a browser with mapped hosts writes it; `loopback` for callers in Node. Both with the folder. */
  readonly origins: { readonly ui: string; readonly loopback: string };
  /** For Chromium's --host-resolver-rules. */
  readonly hostRules: string;
  readonly requests: RecordedRequest[];
  readonly faults: Faults;
  readonly effects: readonly Effect[];
  /** Rows as an administrator sees them, removed ones left out. */
  all(entity: EntityName): Row[];
  named(entity: EntityName, name: string, account?: string): Row;
  people(row: Row): string[];
  remove(entity: EntityName, id: string): void;
  /** What somebody does in the CRM itself. */
  change(entity: EntityName, id: string, attributes: Readonly<Record<string, unknown>>): void;
  /** The person in front of the browser, and how they sign in. */
  readonly user: Row;
  readonly password: string;
  issueKey(userId?: string): string;
  setNameLength(most: number | null): void;
  /** From now on the organisation demands a field for meetings, calls and tasks; null: no longer. */
  demand(field: { readonly name: string; readonly choices: readonly string[] } | null): void;
  /** A role that shuts an entity, or opens it again. */
  setAccess(entity: EntityName, open: boolean): void;
  expireTokens(): void;
  recordUrl(entity: EntityName, id: string): string;
  reset(): void;
  close(): Promise<void>;
}

export const isEspoApi = (path: string): boolean => path.includes('/api/v1/');

export const startDemoEspo = async (options: DemoEspoOptions = {}): Promise<DemoEspo> => {
  const now = options.now ?? (() => new Date());
  const { host = 'crm.halden.example', folder = '', label = 'Halden CRM', password = 'a demo password' } = options;
  const start = { nameLength: options.nameLength ?? null, duplicateMarks: options.duplicateMarks ?? false };
  const records = new Records(now);
  const auth = new Auth(records, password);
  const rest = new Rest(records, { ...start, shut: new Set() });
  const faults = makeFaults(isEspoApi);
  const requests: RecordedRequest[] = [];
  let user: Row;

  const load = (): void => {
    records.clear();
    user = plant(records, options.seed ?? makeSeed(now()));
    auth.reset(user);
    rest.effects.length = 0;
    rest.settings.shut.clear();
    Object.assign(rest.settings, start);
  };
  load();

  const settings = () => ({
    applicationName: label,
    cacheTimestamp: 1_795_000_000,
    jsLibs: {},
    siteUrl: `https://${host}${folder}`,
  });

  const api = (request: RecordedRequest, url: URL): Reply => {
    if (request.method === 'OPTIONS') return { status: 200, headers: { 'Content-Type': 'text/html' }, body: '' };
    const path = url.pathname.slice(folder.length);
    if (path === '/api/v1/Settings') return json(200, settings());
    const { user: who, token } = auth.who(request);
    if (path === '/api/v1/') return json(200, 'EspoCRM REST API');
    if (path === '/api/v1/App/user') {
      const rights = { create: 'yes', read: 'all', edit: 'all', delete: 'own' };
      const table = Object.fromEntries(
        ['Account', 'Contact', 'Meeting', 'Call', 'Task', 'Note'].map((entity) => [
          entity,
          rest.settings.shut.has(entity) ? false : rights,
        ]),
      );
      return json(200, { user: who, acl: { table }, preferences: {}, token, settings: settings(), language: 'en_US' });
    }
    return rest.handle(request, url, who);
  };

  const route = (request: RecordedRequest): Reply => {
    const url = new URL(request.path, `http://${request.host || 'localhost'}`);
    const name = request.host.replace(/:\d+$/, '').toLowerCase();
    if (![host, '127.0.0.1', 'localhost'].includes(name)) return { status: 421, body: 'No such instance' };
    if (!url.pathname.startsWith(`${folder}/`)) return { status: 404, body: 'Not found' };
    if (!isEspoApi(url.pathname)) return servePage(url.pathname.slice(folder.length), auth.pageToken, label);
    try {
      return api(request, url);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const headers = error.reason === '' ? {} : { 'X-Status-Reason': error.reason };
      return error.body === undefined
        ? { status: error.status, headers: { 'Content-Type': 'application/json', ...headers }, body: '' }
        : json(error.status, error.body, headers);
    }
  };

  const setAccess = (entity: EntityName, open: boolean): void => {
    if (open) rest.settings.shut.delete(entity);
    else rest.settings.shut.add(entity);
  };
  const reset = (): void => {
    load();
    faults.clear();
    requests.length = 0;
  };
  const { port, loopback, close } = await openDoor(
    {
      now,
      requests,
      faults,
      isApiPath: isEspoApi,
      route,
      // Bodies are often empty; the reason is in a header.
      refusal: () => '',
      // There is no key that two equal writes could meet in: both are stored.
      raced: (reply) => reply,
      records: (type) => records.all((type ?? 'Meeting') as EntityName),
      effects: () => rest.effects,
      expireTokens: () => auth.expire(),
      reset,
      switches: {
        access: ({ entity, open }) => setAccess(entity as EntityName, open === true),
      },
    },
    options,
  );

  return {
    port,
    host,
    origins: { ui: `https://${host}${folder}`, loopback: `${loopback}${folder}` },
    hostRules: `MAP ${host}:443 127.0.0.1:${port}`,
    requests,
    faults,
    effects: rest.effects,
    all: (entity) => records.all(entity),
    named: (entity, name, account) => records.named(entity, name, account),
    people: (row) => records.people(row),
    remove: (entity, id) => {
      const row = records.live(entity, id);
      if (row) row.deleted = true;
    },
    change: (entity, id, attributes) => {
      const row = records.live(entity, id);
      if (row) Object.assign(row, attributes, { modifiedAt: crmTime(now()) });
    },
    get user() {
      return user;
    },
    password,
    issueKey: (userId = user.id) => auth.key(userId),
    setNameLength: (most) => {
      rest.settings.nameLength = most;
    },
    demand: (field) => {
      rest.settings.demands = field ?? undefined;
    },
    setAccess,
    expireTokens: () => auth.expire(),
    recordUrl: (entity, id) => `https://${host}${folder}/#${entity}/view/${id}`,
    reset,
    close,
  };
};
