/** A small EspoCRM on the loopback: its API, its pages, and the faults that a test plays on it. */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { makeSeed, type Seed } from '../../seed.ts';
import { type Act, type FaultScript, type Faults, makeFaults, nameOf } from '../faults.ts';
import { json, type RecordedRequest, type Reply } from '../requests.ts';
import { Auth } from './auth.ts';
import { servePage } from './pages.ts';
import { type EntityName, plant, Records, type Row } from './records.ts';
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
  /** The person in front of the browser, and how they sign in. */
  readonly user: Row;
  readonly password: string;
  issueKey(userId?: string): string;
  setNameLength(most: number | null): void;
  /** A role that shuts an entity, or opens it again. */
  setAccess(entity: EntityName, open: boolean): void;
  expireTokens(): void;
  recordUrl(entity: EntityName, id: string): string;
  reset(): void;
  close(): Promise<void>;
}

export const isEspoApi = (path: string): boolean => path.includes('/api/v1/');

/** Faults take the API's requests unless they say otherwise, as they do for the other demo CRMs. */
const espoFaults = (): Faults => {
  const faults = makeFaults();
  return {
    add: (script: FaultScript) => faults.add({ ...script, match: script.match ?? (({ path }) => isEspoApi(path)) }),
    clear: () => faults.clear(),
    get waiting() {
      return faults.waiting;
    },
    take: (request) => faults.take(request),
  };
};

export const startDemoEspo = async (options: DemoEspoOptions = {}): Promise<DemoEspo> => {
  const now = options.now ?? (() => new Date());
  const { host = 'crm.halden.example', folder = '', label = 'Halden CRM', password = 'a demo password' } = options;
  const start = { nameLength: options.nameLength ?? null, duplicateMarks: options.duplicateMarks ?? false };
  const records = new Records(now);
  const auth = new Auth(records, password);
  const rest = new Rest(records, { ...start, shut: new Set() });
  const faults = espoFaults();
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

  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    answer(incoming, response).catch((error: unknown) => {
      response.writeHead(500);
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  };

  const timers = new Set<NodeJS.Timeout>();
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.add(timer);
    });

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await recordOf(incoming, now());
    requests.push(request);
    const fault = faults.take(request);
    if (fault !== undefined) request.fault = nameOf(fault);
    if (typeof fault === 'object' && 'slowMs' in fault) await wait(fault.slowMs);
    const reply = played(fault, request);
    if (reply === 'gone') {
      incoming.socket.destroy();
      return;
    }
    request.status = reply.status;
    const headers = { ...reply.headers } as Record<string, string>;
    if (isEspoApi(request.path)) headers.Connection = 'close';
    if (typeof fault === 'object' && 'cutAfter' in fault) {
      const body = Buffer.from(reply.body ?? '');
      response.writeHead(reply.status, { ...headers, 'Content-Length': String(body.length) });
      await new Promise<void>((resolve) =>
        response.write(body.subarray(0, fault.cutAfter), () => setImmediate(resolve)),
      );
      incoming.socket.destroy();
      return;
    }
    response.writeHead(reply.status, headers);
    response.end(reply.body);
  };

  const played = (fault: Act | undefined, request: RecordedRequest): Reply | 'gone' => {
    if (fault === 'drop_before') return 'gone';
    if (fault === 'expire') auth.expire();
    if (typeof fault === 'object' && 'status' in fault) {
      const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
      return fault.body === undefined
        ? { status: fault.status, headers, body: '' }
        : json(fault.status, fault.body, headers);
    }
    const reply = route(request);
    return fault === 'drop_after' ? 'gone' : reply;
  };

  const server =
    options.tls === undefined ? createHttpServer(listener) : createHttpsServer({ ...options.tls }, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const loopback = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${folder}`;

  return {
    port,
    host,
    origins: { ui: `https://${host}${folder}`, loopback },
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
    get user() {
      return user;
    },
    password,
    issueKey: (userId = user.id) => auth.key(userId),
    setNameLength: (most) => {
      rest.settings.nameLength = most;
    },
    setAccess: (entity, open) => void (open ? rest.settings.shut.delete(entity) : rest.settings.shut.add(entity)),
    expireTokens: () => auth.expire(),
    recordUrl: (entity, id) => `https://${host}${folder}/#${entity}/view/${id}`,
    reset: () => {
      load();
      faults.clear();
      requests.length = 0;
    },
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const recordOf = async (incoming: IncomingMessage, at: Date): Promise<RecordedRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  return {
    method: incoming.method ?? 'GET',
    host: headers.host ?? '',
    path: incoming.url ?? '/',
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    at,
    status: null,
    fault: null,
  };
};
