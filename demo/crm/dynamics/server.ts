import { randomBytes } from 'node:crypto';
import { makeSeed, type Seed } from '../../seed.ts';
import { openDoor } from '../core/door.ts';
import { type Faults, makeFaults } from '../core/faults.ts';
import type { RecordedRequest, Reply } from '../core/requests.ts';
import { Api, refused } from './api.ts';
import { Entra, isEntraPath, type Tokens } from './entra.ts';
import { exists, type Protection, protectionBody } from './errors.ts';
import { type Effect, guidIn, Org, type Row } from './org.ts';
import { plantSeed } from './plant.ts';
import { ACTIVITIES, type Column, type Table, tableByName } from './schema.ts';
import { serveAsset, serveUi } from './ui.ts';

export const DATAVERSE_CLIENT_ID = '11111111-2222-4333-8444-555555555555';
export const ENTRA_HOST = 'login.microsoftonline.com';
/** For the certificate: an organisation's host in the first region, and the identity service. */
export const DATAVERSE_HOSTS = ['*.crm.dynamics.com', ENTRA_HOST] as const;

export interface DataverseOptions {
  readonly port?: number | undefined;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly now?: (() => Date) | undefined;
  /** First label of the host name. */
  readonly orgName?: string;
  readonly label?: string;
  readonly seed?: Seed | undefined;
  /** Plants the few activities that the account team logged by hand. */
  readonly history?: boolean;
  readonly clients?: readonly string[];
  /** Authorisation without the page that asks. */
  readonly autoApprove?: boolean;
  /** False: an app registered for desktops, whose tokens need no Origin header. */
  readonly spa?: boolean;
}

export interface DataverseRecords {
  all(table: string): Row[];
  byId(table: string, id: string): Row | undefined;
  contact(name: string, account?: string): Row;
  account(name: string): Row;
  /** The people on an activity: the one it regards, and those who are connected to it. */
  peopleOn(activityId: string): string[];
  readonly effects: readonly Effect[];
}

/** A column of its own that an organisation's forms demand. */
export type Demanded = Pick<Column, 'name'> & Partial<Pick<Column, 'type' | 'choices' | 'preset' | 'refers'>>;

export interface DemoDataverse {
  readonly port: number;
  readonly hosts: { readonly org: string; readonly signIn: string };
  /** `ui` and `api` as a browser with mapped hosts writes them: the same; `loopback` for callers in Node. */
  readonly origins: { readonly ui: string; readonly api: string; readonly signIn: string; readonly loopback: string };
  /** For Chromium's --host-resolver-rules. */
  readonly hostRules: string;
  readonly requests: RecordedRequest[];
  readonly records: DataverseRecords;
  readonly faults: Faults;
  recordUrl(table: string, id: string): string;
  /** Takes a privilege from everybody, for example `prvCreateActivity`. */
  setPrivilege(name: string, has: boolean): void;
  /** Merges the second contact into the first, as the merge form does. */
  mergeContacts(master: string, subordinate: string): void;
  /** From now on the organisation's forms demand a column of activities; null: no longer. */
  demand(column: Demanded | null): void;
  /** What somebody does in the CRM itself. */
  change(table: string, id: string, columns: Readonly<Record<string, unknown>>): void;
  add(table: string, columns: Readonly<Record<string, unknown>>): string;
  remove(table: string, id: string): void;
  /** The body of a service protection answer, for a fault with status 429. */
  protection(kind: Protection): unknown;
  issueToken(userId?: string): Tokens & { readonly userId: string };
  /** Every access token stops working; refresh tokens stay good. */
  expireTokens(): void;
  reset(): void;
  close(): Promise<void>;
}

const isApiPath = (path: string) => path.startsWith('/api/');

export async function startDataverse(options: DataverseOptions = {}): Promise<DemoDataverse> {
  const now = options.now ?? (() => new Date());
  const hosts = { org: `${options.orgName ?? 'acme'}.crm.dynamics.com`, signIn: ENTRA_HOST };
  const secure = options.tls !== undefined;
  const org = new Org(now);
  const api = new Api(org);
  const entra = new Entra({
    clients: options.clients ?? [DATAVERSE_CLIENT_ID],
    autoApprove: options.autoApprove ?? false,
    spa: options.spa ?? true,
    now,
  });
  const faults = makeFaults(isApiPath);
  const requests: RecordedRequest[] = [];
  const session = randomBytes(24).toString('base64url');
  let userId = '';
  const load = () => {
    org.clear();
    userId = plantSeed(org, options.seed ?? makeSeed(now()), options.history ?? false);
  };
  load();

  const route = (request: RecordedRequest): Reply => {
    const host = request.host.replace(/:\d+$/, '').toLowerCase();
    const loopback = host === '127.0.0.1' || host === 'localhost';
    const url = new URL(request.path, `http://${request.host || 'localhost'}`);
    const asset = serveAsset(url.pathname);
    if (asset !== undefined) return asset;
    // On the loopback the identity service and the organisation share a name; scopes name the organisation's real one.
    if (isEntraPath(url.pathname) && (loopback || host === hosts.signIn)) {
      return entra.handle(request, url, `https://${hosts.org}`, {
        id: userId,
        name: org.titleOf('systemuser', userId),
      });
    }
    if (!loopback && host !== hosts.org) {
      return { status: 421, headers: { 'Content-Type': 'text/plain' }, body: 'No such organisation' };
    }
    if (isApiPath(request.path)) {
      const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      return api.handle(request, `${secure ? 'https' : 'http'}://${request.host}`, entra.userOf(bearer ?? ''));
    }
    return serveUi(request, url, { org, session, userId, label: options.label ?? 'Halden demo', secure });
  };

  const records = readRecords(org);
  const reset = () => {
    entra.reset();
    faults.clear();
    requests.length = 0;
    load();
  };
  const setPrivilege = (name: string, has: boolean) => {
    if (has) org.revoked.delete(name);
    else org.revoked.add(name);
  };
  const { port, loopback, close } = await openDoor(
    {
      now,
      requests,
      faults,
      isApiPath,
      route,
      refusal: (status) =>
        status === 429
          ? protectionBody('requests')
          : { error: { code: '0x80040216', message: 'An unexpected error occurred.' } },
      raced: (reply) => (reply.status < 300 ? refused(exists(org.existsCode)) : reply),
      records: (type) => records.all(type ?? 'appointment'),
      effects: () => records.effects,
      expireTokens: () => entra.expire(),
      reset,
      switches: {
        privilege: ({ name, has }) => {
          setPrivilege(String(name), has === true);
          return { name, has: has === true };
        },
      },
    },
    options,
  );

  return {
    port,
    hosts,
    origins: { ui: `https://${hosts.org}`, api: `https://${hosts.org}`, signIn: `https://${hosts.signIn}`, loopback },
    hostRules: `MAP *.crm.dynamics.com:443 127.0.0.1:${port}, MAP ${ENTRA_HOST}:443 127.0.0.1:${port}`,
    requests,
    records,
    faults,
    recordUrl: (table, id) => `https://${hosts.org}/main.aspx?pagetype=entityrecord&etn=${table}&id=${id}`,
    setPrivilege,
    mergeContacts(master, subordinate) {
      const contact = tableByName.get('contact');
      if (contact) org.merge(contact, org.live(contact, master), org.live(contact, subordinate), userId);
    },
    demand(column) {
      for (const table of ACTIVITIES) {
        if (column === null) org.demands.delete(table);
        else org.demands.set(table, { type: 'string', max: 100, ...column, writable: true, required: true });
      }
    },
    change(name, id, columns) {
      const table = named(name);
      org.update(table, org.live(table, id), { ...columns }, userId);
    },
    add(name, columns) {
      const table = named(name);
      const id = org.nextId(name);
      org.create(table, id, { ...columns }, { match: undefined, noneMatch: undefined, detectTwins: false }, userId);
      return id;
    },
    remove(name, id) {
      const table = named(name);
      const condition = { match: undefined, noneMatch: undefined, detectTwins: false };
      org.delete(table, org.live(table, id), condition, userId);
    },
    protection: protectionBody,
    issueToken(of = userId) {
      return { ...entra.issue(of), userId: of };
    },
    expireTokens() {
      entra.expire();
    },
    reset,
    close,
  };
}

function named(name: string): Table {
  const table = tableByName.get(name);
  if (!table) throw new Error(`no table ${name}`);
  return table;
}

function readRecords(org: Org): DataverseRecords {
  const named = (table: string, column: string, name: string, more: (row: Row) => boolean = () => true): Row => {
    const row = org.rows(table).find((each) => each[column] === name && more(each));
    if (row === undefined) throw new Error(`No ${table} is called ${name}`);
    return row;
  };
  return {
    all: (table) => org.rows(table),
    byId: (table, id) => org.find(table, guidIn(id)),
    contact: (name, account) =>
      named(
        'contact',
        'fullname',
        name,
        (row) => account === undefined || org.titleOf('account', row._parentcustomerid_value) === account,
      ),
    account: (name) => named('account', 'name', name),
    peopleOn: (activityId) => peopleOn(org, activityId),
    effects: org.effects,
  };
}

export function peopleOn(org: Org, activityId: string): string[] {
  const activity = ACTIVITIES.map((name) => org.find(name, activityId)).find((row) => row !== undefined);
  const regards = activity?._regardingobjectid_table === 'contact' ? [String(activity._regardingobjectid_value)] : [];
  const connected = org
    .rows('connection')
    .filter((row) => row._record1id_value === activityId && row._record2id_table === 'contact')
    .map((row) => String(row._record2id_value));
  const parties = org
    .partiesOf(activityId)
    .filter((row) => row._partyid_table === 'contact')
    .map((row) => String(row._partyid_value));
  return [...new Set([...regards, ...connected, ...parties])];
}
