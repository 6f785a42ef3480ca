/** Sign-in: OAuth 2 authorisation code with PKCE (RFC 6749, RFC 7636) in the CRM's own window, no client secret. */
import * as v from 'valibot';
import { type About, type OAuth, Refused, Unanswered } from '../crm/adapter.ts';
import { retryAfter } from '../crm/retry-after.ts';
import { keepTrying } from './keep-trying.ts';
import type { Platform } from './platform.ts';
import type { ConnectionRow } from './store/schema.ts';
import type { Wire } from './wire.ts';

/** Access tokens live in the browser's memory, never on disk. */
export const tokenName = (connection: string): string => `token/${connection}`;

/** The CRM wants the person to sign in again; the queue is kept. */
export class SignInNeeded extends Error {
  override readonly name: string = 'SignInNeeded';
}

/** The sign-in did not come to an end: closed by the person, or refused by the CRM with a code. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
}

const Tokens = v.object({ access_token: v.string(), refresh_token: v.optional(v.string()) });
const OAuthError = v.object({ error: v.string() });

/** Only a CRM with OAuth is asked for tokens; another one's credential was given by the person. */
const oauthOf = (about: About): OAuth => {
  if (about.auth.kind !== 'oauth') throw new SignInNeeded('no key');
  return about.auth;
};

type Origins = Pick<ConnectionRow, 'apiOrigin'>;

const authorityOf = (about: About, { apiOrigin }: Origins): string =>
  (about.auth.kind === 'oauth' ? about.auth.authority : null) ?? apiOrigin;

/** What must be granted before anything can be sent, as match patterns: the API, and where the tokens come from. */
export const originsToReach = (about: About, at: Origins): readonly string[] => [
  ...new Set([at.apiOrigin, authorityOf(about, at)].map((address) => `${new URL(address).origin}/*`)),
];

const askForTokens = async (
  { platform, about, connection }: Omit<Wire, 'store'>,
  form: Readonly<Record<string, string>>,
): Promise<v.InferOutput<typeof Tokens> | { readonly error: string }> => {
  let answer: Awaited<ReturnType<Platform['fetch']>>;
  try {
    answer = await platform.fetch(authorityOf(about, connection) + oauthOf(about).tokenPath, {
      method: 'POST',
      // The browser adds the extension's `Origin` by itself. One identity service gives a public client its tokens only
      // with that header and a redirect registered for single-page apps.
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
  } catch (error) {
    throw new Unanswered('no whole answer from the sign-in', { cause: error });
  }
  // The identity service asks to wait as an API does (RFC 6585 §4, RFC 9110 §10.2.3).
  if (answer.status === 429 || answer.status === 503)
    throw new Refused({ is: 'throttled', after: retryAfter(answer.headers) });
  let body: unknown = null;
  try {
    body = JSON.parse(answer.text);
  } catch {
    // Not JSON: judged by its status below.
  }
  const tokens = v.safeParse(Tokens, body);
  if (answer.status === 200 && tokens.success) return tokens.output;
  const refused = v.safeParse(OAuthError, body);
  if (refused.success) return { error: refused.output.error };
  throw new Unanswered(`sign-in answered ${answer.status}`);
};

/** Shows the CRM's sign-in and answers with the tokens. Rejects with `SignInFailed` or `Unanswered`. */
export const signIn = async (wire: Omit<Wire, 'store'>): Promise<{ access: string; refresh: string | null }> => {
  const { platform, connection } = wire;
  const oauth = oauthOf(wire.about);
  const verifier = platform.secret();
  const state = platform.secret();
  const redirect = platform.redirectUri();
  const url = new URL(authorityOf(wire.about, connection) + oauth.authorizePath);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: connection.clientId,
    redirect_uri: redirect,
    scope: oauth.scope.replaceAll('{api}', connection.apiOrigin),
    state,
    code_challenge: await platform.challenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  let back: URL;
  try {
    back = new URL(await platform.authorize(url.href));
  } catch (error) {
    throw new SignInFailed('closed', { cause: error });
  }
  const code = back.searchParams.get('code');
  if (back.searchParams.get('state') !== state || !code) {
    throw new SignInFailed(back.searchParams.get('error') ?? 'no_code');
  }
  const answer = await askForTokens(wire, {
    grant_type: 'authorization_code',
    code,
    client_id: connection.clientId,
    redirect_uri: redirect,
    code_verifier: verifier,
  });
  if ('error' in answer) throw new SignInFailed(answer.error);
  return { access: answer.access_token, refresh: answer.refresh_token ?? null };
};

/** A new access token. A rotated refresh token is stored before the access token is used. */
export const refresh = async (wire: Wire): Promise<string> => {
  const { store, platform, connection } = wire;
  const row = await store.read((tx) => tx.get('connections', connection.id));
  if (!row?.refreshToken) throw new SignInNeeded('no refresh token');
  const answer = await askForTokens(wire, {
    grant_type: 'refresh_token',
    refresh_token: row.refreshToken,
    client_id: connection.clientId,
  });
  if ('error' in answer) throw new SignInNeeded(answer.error);
  const rotated = answer.refresh_token;
  if (rotated && rotated !== row.refreshToken) {
    // The one before is spent: without this write the person would have to sign in again.
    await keepTrying(platform, () =>
      store.write(async (tx) => {
        const now = await tx.get('connections', connection.id);
        if (now) await tx.put('connections', { ...now, refreshToken: rotated });
      }),
    );
  }
  await platform.session.set(tokenName(connection.id), answer.access_token);
  return answer.access_token;
};
