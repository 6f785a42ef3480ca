import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { CONTROL_PREFIX, type Controlled, control, controlAllowed } from './control.ts';
import { type Act, nameOf } from './faults.ts';
import { json, type RecordedRequest, type Reply } from './requests.ts';

/** What a demo CRM says to the one listener that all of them share. */
export interface Inside extends Controlled {
  readonly now: () => Date;
  readonly requests: RecordedRequest[];
  isApiPath(path: string): boolean;
  route(request: RecordedRequest): Reply;
  /** The body of a status that a fault plays without one of its own. */
  refusal(status: number): unknown;
  /** What the slower of two equal writes would have been answered, made from the answer of the faster. */
  raced(reply: Reply): Reply;
}

export interface Door {
  readonly port: number;
  readonly loopback: string;
  close(): Promise<void>;
}

export interface Listening {
  /** 0, or absent: any free port. The server listens on 127.0.0.1 only. */
  readonly port?: number | undefined;
  /** Absent: plain http, for tests in Node. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
}

/** Opens the server: records every request, plays the fault script, and writes answers in one place only. */
export async function openDoor(inside: Inside, { port: wanted = 0, tls }: Listening): Promise<Door> {
  const timers = new Set<NodeJS.Timeout>();
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.add(timer);
    });

  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await record(incoming, inside.now());
    if (request.path.startsWith(CONTROL_PREFIX)) {
      if (!controlAllowed(request)) send(response, { status: 404 });
      else send(response, control(request, new URL(request.path, 'http://localhost'), inside));
      return;
    }
    inside.requests.push(request);
    const fault = inside.faults.take(request);
    if (fault !== undefined) request.fault = nameOf(fault);
    if (typeof fault === 'object' && 'slowMs' in fault) await wait(fault.slowMs);
    const reply = playFault(inside, fault, request);
    if (reply === 'gone') {
      incoming.socket.destroy();
      return;
    }
    request.status = reply.status;
    if (typeof fault === 'object' && 'cutAfter' in fault) {
      await cut(response, reply, fault.cutAfter);
      incoming.socket.destroy();
      return;
    }
    // A browser silently resends what it sent on a reused connection that then died; on a fresh one it reports the loss, and
    // a dropped request is what a fault is for.
    if (inside.isApiPath(request.path)) response.setHeader('Connection', 'close');
    send(response, reply);
  };

  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    void answer(incoming, response).catch((error: unknown) => {
      response.writeHead(500, { 'Content-Type': 'text/plain' });
      response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  };

  const server = tls === undefined ? createHttpServer(listener) : createHttpsServer({ ...tls }, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    loopback: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function playFault(inside: Inside, fault: Act | undefined, request: RecordedRequest): Reply | 'gone' {
  if (fault === undefined) return inside.route(request);
  if (fault === 'drop_before') return 'gone';
  if (fault === 'drop_after') {
    inside.route(request);
    return 'gone';
  }
  if (fault === 'expire') {
    inside.expireTokens();
    return inside.route(request);
  }
  if (fault === 'race') return inside.raced(inside.route(request));
  if ('status' in fault) {
    const body = fault.body ?? inside.refusal(fault.status);
    return json(fault.status, body, fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter });
  }
  return inside.route(request);
}

async function record(incoming: IncomingMessage, at: Date): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
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
}

function headersOf(reply: Reply): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(reply.headers ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, headersOf(reply));
  response.end(reply.body);
}

/** Promises the whole body and sends its beginning. */
function cut(response: ServerResponse, reply: Reply, bytes: number): Promise<void> {
  const body = Buffer.from(reply.body ?? '');
  response.writeHead(reply.status, { ...headersOf(reply), 'Content-Length': String(body.length) });
  return new Promise((resolve) => {
    response.write(body.subarray(0, bytes), () => setImmediate(resolve));
    if (bytes === 0) setImmediate(resolve);
  });
}
