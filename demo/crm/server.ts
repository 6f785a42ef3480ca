import { makeSeed, type Seed } from '../seed.ts';
import { openDoor } from './core/door.ts';
import { type Faults, makeFaults } from './core/faults.ts';
import { json, type RecordedRequest, type Reply, redirect } from './core/requests.ts';
import { OAuth, type Tokens, type Where } from './oauth.ts';
import { duplicateValue, type Effect, Org, type Row } from './org.ts';
import { PageSession } from './page-session.ts';
import { Rest } from './rest.ts';
import { serveAsset, serveUi } from './ui.ts';

export const DEMO_CLIENT_ID = 'candor-demo-client';
export const DEMO_KEY_FIELD = 'Candor_Key__c';
/** For the certificate: a real org's two hosts. */
export const WILDCARD_HOSTS = ['*.lightning.force.com', '*.my.salesforce.com'] as const;

/** Requests to the API door: what Salesforce would count, and what faults touch unless they say otherwise. */
const isApiPath = (path: string) => path.startsWith('/services/') || path.startsWith('/id/');

export interface DemoOrgOptions {
  /** 0, or absent: any free port. The server listens on 127.0.0.1 only. */
  readonly port?: number;
  /** Absent: plain http, for tests in Node. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly now?: (() => Date) | undefined;
  /** First label of the host names. */
  readonly orgName?: string;
  /** The brand word of the pages. */
  readonly label?: string;
  readonly seed?: Seed | undefined;
  /** Plants the few activities that the account team logged by hand; off by default, so that a test counts only its own. */
  readonly history?: boolean;
  /** The administrator's External Id field on Activity; null when it was never made. */
  readonly keyField?: string | null;
  readonly keyUnique?: boolean;
  readonly sharedActivities?: boolean;
  /** Candor's fields on contacts; there unless told. */
  readonly statusFields?: boolean;
  readonly dataProtection?: boolean;
  readonly clients?: readonly string[];
  /** Authorisation without the page that asks. */
  readonly autoApprove?: boolean;
  readonly requirePkce?: boolean;
  readonly rotateRefreshTokens?: boolean;
  readonly apiMax?: number;
  /** Answers name the org's real kind of host even when the caller came over loopback: for tests that map hosts themselves. */
  readonly mappedHosts?: boolean;
  readonly unknownFieldFails?: 'item' | 'request';
}

export interface DemoRecords {
  /** Rows as a reader with every right sees them, deleted ones left out. */
  all(sobject: string): Row[];
  /** Also the deleted ones, and relation rows that Shared Activities would show. */
  raw(sobject: string): Row[];
  byId(id: string): Row | undefined;
  contact(name: string, account?: string): Row;
  account(name: string): Row;
  user(name: string): Row;
  readonly effects: readonly Effect[];
}

export interface IssuedTokens extends Tokens {
  readonly instanceUrl: string;
  readonly userId: string;
  readonly organizationId: string;
}

export interface DemoOrg {
  readonly port: number;
  readonly hosts: { readonly ui: string; readonly api: string };
  /** `ui` and `api` as a browser with mapped hosts writes them; `loopback` for callers in Node. */
  readonly origins: { readonly ui: string; readonly api: string; readonly loopback: string };
  /** For Chromium's --host-resolver-rules. */
  readonly hostRules: string;
  readonly requests: RecordedRequest[];
  readonly records: DemoRecords;
  readonly faults: Faults;
  /** Address of a record's page under its real kind of host name. */
  recordUrl(id: string): string;
  setKeyField(present: boolean): void;
  setSharedActivities(on: boolean): void;
  /** From now on the organisation demands a field for events and tasks; null: no longer. */
  demand(
    field: {
      readonly name: string;
      readonly label: string;
      readonly choices: readonly string[];
      readonly refers?: boolean;
    } | null,
  ): void;
  setAppBlocked(blocked: boolean): void;
  /** What somebody does in the CRM itself. */
  change(id: string, fields: Readonly<Record<string, unknown>>): void;
  add(sobject: string, fields: Readonly<Record<string, unknown>>): string;
  remove(id: string): void;
  /** The second contact becomes part of the first, and names it as its master. */
  mergeContacts(master: string, merged: string): void;
  /** Tokens as if a sign-in had happened; the key account manager unless another user id is given. */
  issueToken(userId?: string): IssuedTokens;
  /** Every access token stops working, and every session of pages; refresh tokens stay good. */
  expireTokens(): void;
  /** Somebody signs in anew in front of the browser, the same person unless another user id is given. */
  signInPages(userId?: string): void;
  /** The cookie that the browser then holds for the API's host. */
  pageCookie(): { readonly name: string; readonly value: string };
  /** Data, tokens, faults, requests and both switches as at the start. */
  reset(): void;
  close(): Promise<void>;
}

type Host = 'ui' | 'api' | 'loopback' | 'unknown';

export async function startDemoOrg(options: DemoOrgOptions = {}): Promise<DemoOrg> {
  const now = options.now ?? (() => new Date());
  const orgName = options.orgName ?? 'acme';
  const hosts = { ui: `${orgName}.lightning.force.com`, api: `${orgName}.my.salesforce.com` };
  const keyName = options.keyField === undefined ? DEMO_KEY_FIELD : options.keyField;
  const secure = options.tls !== undefined;
  const start = {
    keyField: keyName ?? undefined,
    keyUnique: options.keyUnique ?? true,
    sharedActivities: options.sharedActivities ?? true,
    statusFields: options.statusFields ?? true,
    dataProtection: options.dataProtection ?? false,
    demands: undefined,
  };

  const org = new Org(now, start);
  const oauth = new OAuth(org, {
    clients: options.clients ?? [DEMO_CLIENT_ID],
    requirePkce: options.requirePkce ?? true,
    rotateRefreshTokens: options.rotateRefreshTokens ?? false,
    autoApprove: options.autoApprove ?? false,
  });
  const rest = new Rest(org, oauth, {
    apiMax: options.apiMax ?? 15_000,
    unknownFieldFails: options.unknownFieldFails ?? 'item',
  });
  const faults = makeFaults(isApiPath);
  const requests: RecordedRequest[] = [];
  const session = new PageSession(oauth);

  const load = () => {
    org.clear();
    session.begin(plantSeed(org, options.seed ?? makeSeed(now()), orgName, options.history ?? false));
  };
  load();

  const hostOf = (request: RecordedRequest): Host => {
    const name = request.host.replace(/:\d+$/, '').toLowerCase();
    if (name === hosts.ui) return 'ui';
    if (name === hosts.api) return 'api';
    return name === '127.0.0.1' || name === 'localhost' ? 'loopback' : 'unknown';
  };

  const whereOf = (request: RecordedRequest, host: Host): Where => {
    if (options.mappedHosts === true)
      return { origin: `https://${hosts.api}`, identityOrigin: 'https://login.salesforce.com' };
    const origin = `${secure ? 'https' : 'http'}://${request.host}`;
    // A real org names the common sign-in host in identity addresses, not its own: nothing may be fetched from there.
    return { origin, identityOrigin: host === 'loopback' ? origin : 'https://login.salesforce.com' };
  };

  const oauthRoute = (request: RecordedRequest, url: URL, host: Host): Reply => {
    const where = whereOf(request, host);
    const form = request.method === 'POST' ? new URLSearchParams(request.body) : url.searchParams;
    const bearer = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    switch (url.pathname) {
      case '/services/oauth2/authorize':
        return oauth.authorize(request.method, form, session.userId);
      case '/services/oauth2/token':
        if (request.method !== 'POST')
          return json(400, { error: 'invalid_request', error_description: 'must use HTTP POST' });
        return oauth.token(form, where);
      case '/services/oauth2/revoke':
        return oauth.revoke(form.get('token') ?? '');
      case '/services/oauth2/userinfo': {
        const user = oauth.userOf(bearer ?? '');
        return user === undefined ? badToken() : oauth.userInfo(user, where);
      }
      default: {
        const [, kind, orgId, id] = url.pathname.split('/');
        const user = oauth.userOf(bearer ?? url.searchParams.get('oauth_token') ?? '');
        if (kind !== 'id' || orgId !== org.orgId)
          return json(404, { error: 'not_found', error_description: 'no such resource' });
        return user === undefined || user !== id ? badToken() : oauth.identity(user, where);
      }
    }
  };

  const route = (request: RecordedRequest): Reply => {
    const host = hostOf(request);
    const url = new URL(request.path, `${secure ? 'https' : 'http'}://${request.host || 'localhost'}`);
    if (host === 'unknown') return { status: 421, headers: { 'Content-Type': 'text/plain' }, body: 'No such org' };
    if (isApiPath(url.pathname)) {
      // The page host does not answer for the API: it redirects, and clients lose their Authorization header on the way.
      if (host === 'ui') return redirect(`https://${hosts.api}${request.path}`);
      if (url.pathname.startsWith('/services/data')) {
        return rest.handle(request, url, whereOf(request, host), (token) => token === session.ui);
      }
      return oauthRoute(request, url, host);
    }
    const stop = host === 'loopback' ? undefined : session.stop(host, url, hosts);
    if (stop !== undefined) return stop;
    if (host === 'api') {
      const asset = serveAsset(url.pathname);
      if (asset !== undefined) return asset;
      // A Classic address leads to the Lightning page of that record.
      const classic = /^\/([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)$/.exec(url.pathname)?.[1];
      const target = classic === undefined ? undefined : org.find(classic.length === 18 ? classic : undefined);
      return redirect(
        `https://${hosts.ui}${target === undefined ? '/' : `/lightning/r/${target.type.name}/${classic}/view`}`,
      );
    }
    const orgLabel = options.label ?? 'Halden demo org';
    const context = { org, session: session.ui, userId: session.userId, orgLabel, secure };
    return (secure ? session.detour(request, hosts) : undefined) ?? serveUi(request, url, context);
  };

  const records = readRecords(org);
  const setKeyField = (present: boolean) => {
    org.reshape({ keyField: present ? (keyName ?? DEMO_KEY_FIELD) : undefined });
  };
  const setSharedActivities = (on: boolean) => {
    org.reshape({ sharedActivities: on });
  };
  const reset = () => {
    oauth.reset();
    faults.clear();
    org.reshape(start);
    requests.length = 0;
    rest.used = 0;
    load();
  };
  const { port, loopback, close } = await openDoor(
    {
      now,
      requests,
      faults,
      isApiPath,
      route,
      refusal: (status) => {
        const code = status === 429 ? 'TOO_MANY_REQUESTS' : status === 503 ? 'SERVER_UNAVAILABLE' : 'UNKNOWN_EXCEPTION';
        return [{ errorCode: code, message: 'Try again later' }];
      },
      raced: (reply) => raced(reply, keyName ?? DEMO_KEY_FIELD),
      records: (type) => records.all(type ?? 'Event'),
      effects: () => records.effects,
      expireTokens: () => oauth.expire(),
      reset,
      switches: {
        'key-field': ({ present }) => {
          setKeyField(present === true);
          return { present: present === true };
        },
        'shared-activities': ({ on }) => {
          setSharedActivities(on === true);
          return { on: on === true };
        },
      },
    },
    options,
  );

  return {
    port,
    hosts,
    origins: { ui: `https://${hosts.ui}`, api: `https://${hosts.api}`, loopback },
    hostRules: `MAP *.lightning.force.com:443 127.0.0.1:${port}, MAP *.my.salesforce.com:443 127.0.0.1:${port}`,
    requests,
    records,
    faults,
    recordUrl(id) {
      const target = org.find(id);
      return `https://${hosts.ui}/lightning/r/${target?.type.name ?? 'Contact'}/${id}/view`;
    },
    setKeyField,
    setSharedActivities,
    demand: (field) => org.reshape({ demands: field ?? undefined }),
    setAppBlocked(blocked) {
      oauth.setBlocked(blocked);
    },
    change(id, fields) {
      const target = org.find(id);
      if (target) org.update(target.type, target.row, { ...fields }, session.userId);
    },
    add: (sobject, fields) => org.create(org.type(sobject), { ...fields }, session.userId),
    remove(id) {
      const target = org.find(id);
      if (target) org.delete(target.type, target.row, session.userId);
    },
    mergeContacts: (master, merged) => org.merge(master, merged, session.userId),
    issueToken(of = session.userId) {
      return {
        ...oauth.issue(of),
        instanceUrl: secure || options.mappedHosts === true ? `https://${hosts.api}` : loopback,
        userId: of,
        organizationId: org.orgId,
      };
    },
    expireTokens() {
      oauth.expire();
    },
    signInPages: (of = session.userId) => session.begin(of),
    pageCookie: () => ({ name: 'sid', value: session.cookie() }),
    reset,
    close,
  };
}

function badToken(): Reply {
  return { status: 403, headers: { 'Content-Type': 'text/plain' }, body: 'Bad_OAuth_Token' };
}

/** The answer of the slower of two equal upserts: each row that this one created was created by somebody else a moment ago. */
function raced(reply: Reply, keyField: string): Reply {
  const body: unknown = typeof reply.body === 'string' && reply.body !== '' ? JSON.parse(reply.body) : undefined;
  const lost = (id: string) => duplicateValue(keyField, id).first;
  if (Array.isArray(body)) {
    return json(
      200,
      body.map((item: { created?: boolean; id: string }) => {
        if (item.created !== true) return item;
        const { errorCode, message } = lost(item.id);
        return { success: false, errors: [{ statusCode: errorCode, message, fields: [] }] };
      }),
    );
  }
  const single = body as { id?: string } | undefined;
  return reply.status === 201 && single?.id !== undefined ? json(400, [lost(single.id)]) : reply;
}

/** Puts the seed into the org and returns who sits in front of the browser. */
function plantSeed(org: Org, seed: Seed, orgName: string, history: boolean): string {
  const users = seed.users.map((each) => org.plant('User', { ...each.fields }, each.created));
  const oldest = seed.users[0]?.created ?? org.now();
  org.plant(
    'Organization',
    { Name: orgName, IsSandbox: false, InstanceName: 'HD0', TimeZoneSidKey: 'Europe/Berlin' },
    oldest,
  );
  const accounts = seed.accounts.map((each) =>
    org.plant('Account', { ...each.fields, OwnerId: users[each.owner] ?? null }, each.created),
  );
  for (const each of seed.contacts) {
    org.plant(
      'Contact',
      { ...each.fields, AccountId: accounts[each.account] ?? null, OwnerId: users[each.owner] ?? null },
      each.created,
    );
  }
  if (history) {
    const records = readRecords(org);
    for (const each of seed.history) {
      const who = records.contact(each.contact);
      org.plant(
        each.kind,
        { ...each.fields, WhoId: who.Id ?? null, WhatId: who.AccountId ?? null, OwnerId: users[0] ?? null },
        each.created,
      );
    }
  }
  return users[0] ?? '';
}

function readRecords(org: Org): DemoRecords {
  const named = (sobject: string, name: string, more: (row: Row) => boolean = () => true): Row => {
    const type = org.type(sobject);
    const each = org.field(type, 'Name');
    const row = org.rows(sobject).find((candidate) => org.value(type, candidate, each) === name && more(candidate));
    if (row === undefined) throw new Error(`No ${sobject} is called ${name}`);
    return row;
  };
  return {
    all: (sobject) => org.rows(org.findType(sobject)?.name ?? sobject),
    raw: (sobject) => org.raw(org.findType(sobject)?.name ?? sobject),
    byId: (id) => org.find(id)?.row,
    contact: (name, account) =>
      named('Contact', name, (row) => account === undefined || org.find(row.AccountId)?.row.Name === account),
    account: (name) => named('Account', name),
    user: (name) => named('User', name),
    effects: org.effects,
  };
}
