/**
 * The one way to the network. `sendFor` reaches a single connection's API origin, with its user's token, and nothing
 * else. An expired token is refreshed once, by one request at a time; whatever comes then is the answer.
 */
import { type Request, type Response, type Send, Unanswered } from '../crm/adapter.ts';
import { sendBySession, type WhoIs } from './page-session.ts';
import type { Permission, Platform } from './platform.ts';
import { originsToReach, refresh, SignInNeeded, tokenName } from './sign-in.ts';
import type { ConnectionRow } from './store/schema.ts';
import type { Store } from './store/store.ts';
import type { Wire } from './wire.ts';

/** One refresh per connection, however many requests meet the expired token together. A worker's own: it ends with its store. */
const refreshing = new WeakMap<Store, Map<string, Promise<string>>>();

const freshToken = (wire: Wire): Promise<string> => {
  const { id } = wire.connection;
  const ours = refreshing.get(wire.store) ?? new Map<string, Promise<string>>();
  refreshing.set(wire.store, ours);
  const under = ours.get(id) ?? refresh(wire).finally(() => ours.delete(id));
  ours.set(id, under);
  return under;
};

type Headers = Readonly<Record<string, string>>;

/** One call with the credentials it is given, or none. Rejects with `Unanswered`. */
export const sendOnce = async (
  platform: Platform,
  to: Pick<ConnectionRow, 'apiOrigin' | 'apiPath'>,
  request: Request,
  credentials: Headers = {},
): Promise<Response> => {
  const url = new URL(`${to.apiPath ?? ''}${request.path}`, to.apiOrigin);
  // The path comes from an adapter: it must not lead to another origin.
  if (url.origin !== to.apiOrigin) throw new Error(`refused to send to ${url.origin}`);
  const content =
    request.body === undefined ? request.raw : { type: 'application/json', text: JSON.stringify(request.body) };
  try {
    return await platform.fetch(url.href, {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(content ? { 'content-type': content.type } : {}),
        ...request.headers,
        ...credentials,
      },
      ...(content ? { body: content.text } : {}),
    });
  } catch (error) {
    throw new Unanswered('no whole answer came', { cause: error });
  }
};

/** What a connection needs beside its origins. */
export const permissionsOf = ({ session }: Pick<ConnectionRow, 'session'>): readonly Permission[] =>
  session && !session.off ? ['cookies'] : [];

/** Whether everything is granted that a connection needs before anything can be sent. */
export const isGranted = ({ platform, about, connection }: Omit<Wire, 'store'>): Promise<boolean> =>
  // The sign-in's origin too: without it the next refresh would fail in a way that looks like the network.
  platform.granted(originsToReach(about, connection), permissionsOf(connection));

export const sendFor =
  (wire: Wire, whoIs: WhoIs): Send =>
  async (request) => {
    const { store, platform, about, connection } = wire;
    if (!(await isGranted(wire))) throw new PermissionMissing();
    if (about.auth.kind === 'key') {
      if (connection.refreshToken === null) throw new SignInNeeded('no key');
      // A key that is refused is not tried again: servers lock out who does.
      return sendOnce(platform, connection, request, about.auth.headers(connection.refreshToken));
    }
    /**
     * Asked when the token is known and before anything leaves: what was leased under another sign-in is not for whoever
     * it is now. A new sign-in is written before its token, so a foreign token never passes.
     */
    const call = async (token: string, asked: Request = request): Promise<Response> => {
      const now = await store.read((tx) => tx.get('connections', connection.id));
      if (now && now.signIn !== connection.signIn) throw new SignInChanged();
      return sendOnce(platform, connection, asked, { authorization: `Bearer ${token}` });
    };
    if (connection.session) return sendBySession(wire, whoIs, call, request);
    const held = (await platform.session.get(tokenName(connection.id))) as string | undefined;
    const first = await call(held ?? (await freshToken(wire)));
    if (first.status !== 401 || held === undefined) return first;
    return call(await freshToken(wire));
  };

/** Another sign-in than the one it was asked for. Nothing was sent. */
export class SignInChanged extends Error {
  override readonly name = 'SignInChanged';
}

/** The person took the permission for this CRM back. The queue is kept. */
export class PermissionMissing extends Error {
  override readonly name = 'PermissionMissing';
}
