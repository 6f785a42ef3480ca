/**
 * Sign-in by the session of the person's own pages: one cookie, which the CRM takes as a bearer token. It is read from
 * the browser for each request, stored nowhere, not even in `storage.session`: reading it again costs nothing, and so
 * the browser's own jar stays the one place where it is and where it ends.
 *
 * The person may sign out, or somebody else in, without Candor hearing of it. So a value that was not seen before is asked
 * whose it is, before anything else is sent with it; what it was found to be is in this worker's memory only.
 */
import { type Identity, Refused, type Request, type Response, type Send } from '../crm/adapter.ts';
import { mayUseSession } from './authority.ts';
import { SignInNeeded } from './sign-in.ts';
import type { ConnectionRow } from './store/schema.ts';
import type { Store } from './store/store.ts';
import type { Wire } from './wire.ts';

/** Asks the CRM whom the credentials of a `send` belong to. */
export type WhoIs = (send: Send) => Promise<Identity>;

/** Somebody else is signed in there, or it is another organisation. Nothing was sent. */
export class AnotherUser extends SignInNeeded {
  override readonly name = 'AnotherUser';
}

/** The organisation lets no page's session use its API, there or by policy: signing in again does not help. */
export class SessionNotAllowed extends SignInNeeded {
  override readonly name = 'SessionNotAllowed';
}

interface Memory {
  /** The value last found to be somebody's. */
  known: { readonly value: string; readonly identity: Identity } | null;
  /** A value that the CRM took for nobody's. */
  refused: string | null;
  /** A value with which it was tried to go on by itself. */
  tried: string | null;
  /** One question per value, however many requests meet it together. */
  readonly asking: Map<string, Promise<Identity>>;
}

/** A worker's own: it ends with its store. */
const memories = new WeakMap<Store, Map<string, Memory>>();

const memoryOf = (store: Store, connection: string): Memory => {
  const ours = memories.get(store) ?? new Map<string, Memory>();
  memories.set(store, ours);
  const memory = ours.get(connection) ?? { known: null, refused: null, tried: null, asking: new Map() };
  ours.set(connection, memory);
  return memory;
};

/** What was found out is asked again: the person wants it looked at now. */
export const forgetSession = (store: Store, connection: string): void => {
  memories.get(store)?.delete(connection);
};

/** The session's value as the browser has it now; null while nobody is signed in there. */
const read = async ({ platform, about, connection }: Wire): Promise<string | null> => {
  const cookie = about.auth.kind === 'oauth' ? about.auth.session?.cookie : undefined;
  return cookie === undefined ? null : platform.cookie(connection.apiOrigin, cookie);
};

/** One call with a value; it ends the call where the connection was signed in or out meanwhile. */
export type Call = (value: string, request: Request) => Promise<Response>;

const whose = (wire: Wire, value: string, whoIs: WhoIs, call: Call): Promise<Identity> => {
  const memory = memoryOf(wire.store, wire.connection.id);
  if (memory.known?.value === value) return Promise.resolve(memory.known.identity);
  const under =
    memory.asking.get(value) ??
    whoIs((request) => call(value, request))
      .then(
        (identity) => {
          memory.known = { value, identity };
          return identity;
        },
        (error: unknown) => {
          const is = error instanceof Refused ? error.outcome.is : null;
          if (is === 'forbidden') throw new SessionNotAllowed('session not allowed', { cause: error });
          if (is !== 'sign_in_needed') throw error;
          memory.refused = value;
          throw new SignInNeeded('session over', { cause: error });
        },
      )
      .finally(() => memory.asking.delete(value));
  memory.asking.set(value, under);
  return under;
};

/** Whoever the logs of this connection are of; a connection that is being made is of nobody yet. */
const isThem = ({ userId, organisation }: ConnectionRow, identity: Identity): boolean =>
  userId === null || (identity.userId === userId && (organisation === null || identity.organisation === organisation));

/** The value to send with now. Rejects with `SignInNeeded`, and says on the connection when it is somebody else's. */
const sessionOf = async (wire: Wire, whoIs: WhoIs, call: Call): Promise<string> => {
  const { store, connection } = wire;
  if (!(await mayUseSession(wire.platform))) throw new SessionNotAllowed('forbidden by policy');
  const value = connection.session?.off ? null : await read(wire);
  if (value === null) throw new SignInNeeded('no session');
  if (value === memoryOf(store, connection.id).refused) throw new SignInNeeded('session over');
  const identity = await whose(wire, value, whoIs, call);
  if (isThem(connection, identity)) return value;
  await store.write(async (tx) => {
    const row = await tx.get('connections', connection.id);
    if (row?.session && row.signIn === connection.signIn)
      await tx.put('connections', { ...row, state: 'sign_in_needed', session: { other: identity.userName } });
  });
  throw new AnotherUser('another user');
};

/** Sends with the session; where it is over, with the one that took its place, or not again. */
export const sendBySession = async (wire: Wire, whoIs: WhoIs, call: Call, request: Request): Promise<Response> => {
  const value = await sessionOf(wire, whoIs, call);
  const first = await call(value, request);
  if (first.status !== 401) return first;
  const memory = memoryOf(wire.store, wire.connection.id);
  // Whatever it was, it is to be asked again before it is believed.
  if (memory.known?.value === value) memory.known = null;
  const now = await read(wire);
  if (now === null || now === value) return first;
  return call(await sessionOf(wire, whoIs, call), request);
};

/** Whether somebody signed in since it was last tried to go on; answers yes once per value. */
export const isFreshSession = async (wire: Wire): Promise<boolean> => {
  const memory = memoryOf(wire.store, wire.connection.id);
  const value = await read(wire);
  if (value === null || value === memory.refused || value === memory.tried) return false;
  memory.tried = value;
  return true;
};
