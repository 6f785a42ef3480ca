import { randomBytes } from 'node:crypto';
import { consentPage, redirectAllowed, verifies, withParams } from '../core/consent.ts';
import { json, type RecordedRequest, type Reply, redirect } from '../core/requests.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface EntraOptions {
  readonly clients: readonly string[];
  readonly autoApprove: boolean;
  /** As an app registered for single-page use: tokens only for requests with an Origin header. */
  readonly spa: boolean;
  readonly now: () => Date;
}

interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly userId: string;
  used: boolean;
}

interface Session {
  readonly userId: string;
  readonly clientId: string;
  readonly until: number;
}

/** Refresh tokens of single-page apps live a day from the sign-in, however often they are renewed. */
const SPA_DAY = 24 * 3_600_000;
const PATH = /^\/(organizations|common|[0-9a-f-]{36})\/oauth2\/v2\.0\/(authorize|token)$/;

const oauthError = (error: string, code: number, description: string) =>
  json(
    400,
    { error, error_description: `AADSTS${code}: ${description}`, error_codes: [code] },
    { 'Cache-Control': 'no-store' },
  );

export const isEntraPath = (path: string): boolean => PATH.test(path);

/** The identity service: authorisation code with PKCE and refresh, for one organisation's scope. */
export class Entra {
  private readonly options: EntraOptions;
  private codes = new Map<string, Code>();
  private access = new Map<string, string>();
  private sessions = new Map<string, Session>();

  constructor(options: EntraOptions) {
    this.options = options;
  }

  issue(
    userId: string,
    clientId = this.options.clients[0] ?? '',
    until = this.options.now().getTime() + SPA_DAY,
  ): Tokens {
    const accessToken = `eyJ0eXAiOiJKV1QifQ.${randomBytes(48).toString('base64url')}.${randomBytes(24).toString('base64url')}`;
    const refreshToken = `0.AX${randomBytes(48).toString('base64url')}`;
    this.access.set(accessToken, userId);
    this.sessions.set(refreshToken, { userId, clientId, until });
    return { accessToken, refreshToken };
  }

  userOf(accessToken: string): string | undefined {
    return this.access.get(accessToken);
  }

  expire(): void {
    this.access.clear();
  }

  reset(): void {
    this.codes.clear();
    this.access.clear();
    this.sessions.clear();
  }

  handle(
    request: RecordedRequest,
    url: URL,
    apiOrigin: string,
    user: { readonly id: string; readonly name: string },
  ): Reply {
    const form = request.method === 'POST' ? new URLSearchParams(request.body) : url.searchParams;
    const page = PATH.exec(url.pathname)?.[2];
    if (page === 'authorize') return this.authorize(request.method, url.pathname, form, apiOrigin, user);
    if (request.method !== 'POST')
      return oauthError('invalid_request', 900561, 'The endpoint only accepts POST requests.');
    return this.token(form, request.headers.origin, apiOrigin);
  }

  private authorize(
    method: string,
    path: string,
    params: URLSearchParams,
    apiOrigin: string,
    user: { readonly id: string; readonly name: string },
  ): Reply {
    const clientId = params.get('client_id') ?? '';
    const redirectUri = params.get('redirect_uri') ?? '';
    const state = params.get('state') ?? undefined;
    if (!this.options.clients.includes(clientId))
      return oauthError(
        'unauthorized_client',
        700016,
        `Application with identifier '${clientId}' was not found in the directory.`,
      );
    if (!redirectAllowed(redirectUri))
      return oauthError('invalid_request', 50011, 'The redirect URI specified in the request does not match.');
    const refuse = (error: string, code: number, description: string) =>
      redirect(withParams(redirectUri, { error, error_description: `AADSTS${code}: ${description}`, state }));
    if (params.get('response_type') !== 'code')
      return refuse('unsupported_response_type', 70005, 'response_type is not supported.');
    const challenge = params.get('code_challenge');
    if (!challenge || params.get('code_challenge_method') !== 'S256')
      return refuse(
        'invalid_request',
        9002325,
        'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
      );
    const scope = (params.get('scope') ?? '').split(' ');
    if (!scope.some((each) => each === `${apiOrigin}/user_impersonation` || each === `${apiOrigin}/.default`))
      return refuse('invalid_scope', 70011, 'The provided value for scope is not valid.');
    const decision = method === 'POST' ? params.get('decision') : this.options.autoApprove ? 'allow' : null;
    if (decision === null) {
      return consentPage({
        action: path,
        params,
        redirectUri,
        user: user.name,
        asks: ['work with your data in this organisation as you', 'do so until tomorrow, or until you take it back'],
      });
    }
    if (decision !== 'allow') return refuse('access_denied', 65004, 'User declined to consent to access the app.');
    const code = `1.AX${randomBytes(60).toString('base64url')}`;
    this.codes.set(code, { clientId, redirectUri, challenge, userId: user.id, used: false });
    return redirect(withParams(redirectUri, { code, state }));
  }

  private token(params: URLSearchParams, origin: string | undefined, apiOrigin: string): Reply {
    const clientId = params.get('client_id') ?? '';
    if (!this.options.clients.includes(clientId))
      return oauthError(
        'unauthorized_client',
        700016,
        `Application with identifier '${clientId}' was not found in the directory.`,
      );
    if (this.options.spa && origin === undefined)
      return oauthError(
        'invalid_request',
        9002327,
        "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
      );
    switch (params.get('grant_type')) {
      case 'authorization_code': {
        const code = this.codes.get(params.get('code') ?? '');
        if (code === undefined || code.clientId !== clientId)
          return oauthError('invalid_grant', 9002313, 'Invalid request. Request is malformed or invalid.');
        if (code.used) return oauthError('invalid_grant', 54005, 'OAuth2 Authorization code was already redeemed.');
        code.used = true;
        if (code.redirectUri !== params.get('redirect_uri'))
          return oauthError(
            'invalid_grant',
            500112,
            'The reply address does not match the reply address provided when requesting Authorization code.',
          );
        if (!verifies(params.get('code_verifier') ?? '', code.challenge))
          return oauthError(
            'invalid_grant',
            501481,
            'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
          );
        return this.granted(this.issue(code.userId, clientId), apiOrigin);
      }
      case 'refresh_token': {
        const session = this.sessions.get(params.get('refresh_token') ?? '');
        if (session === undefined || session.clientId !== clientId)
          return oauthError('invalid_grant', 700003, 'The refresh token is not valid.');
        if (session.until <= this.options.now().getTime())
          return oauthError(
            'invalid_grant',
            700084,
            'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended.',
          );
        // A new one every time, with the end of the first; the old one stays good for a while.
        return this.granted(this.issue(session.userId, clientId, session.until), apiOrigin);
      }
      default:
        return oauthError('unsupported_grant_type', 70003, 'The app requested an unsupported grant type.');
    }
  }

  private granted({ accessToken, refreshToken }: Tokens, apiOrigin: string): Reply {
    return json(
      200,
      {
        token_type: 'Bearer',
        scope: `${apiOrigin}/user_impersonation ${apiOrigin}/.default`,
        expires_in: 4519,
        ext_expires_in: 4519,
        access_token: accessToken,
        refresh_token: refreshToken,
      },
      { 'Cache-Control': 'no-store' },
    );
  }
}
