import { createHash, randomBytes } from 'node:crypto';
import { consentPage, redirectAllowed, verifies, withParams } from './core/consent.ts';
import { json, type Reply, redirect } from './core/requests.ts';
import type { Org } from './org.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly userId: string;
  used: boolean;
}

export interface OAuthOptions {
  readonly clients: readonly string[];
  readonly requirePkce: boolean;
  readonly rotateRefreshTokens: boolean;
  readonly autoApprove: boolean;
}

export interface Where {
  /** Origin of the API, as the caller reached it. */
  readonly origin: string;
  /** Host of identity addresses: a real org names the common sign-in host here. */
  readonly identityOrigin: string;
}

const oauthError = (error: string, description: string) =>
  json(400, { error, error_description: description }, { 'Cache-Control': 'no-store' });

/** Sign-in: authorisation code with PKCE, refresh, revocation, and who a token stands for. */
export class OAuth {
  private readonly org: Org;
  private readonly options: OAuthOptions;
  private codes = new Map<string, Code>();
  private access = new Map<string, string>();
  private refresh = new Map<string, { userId: string; clientId: string }>();
  private blocked = false;

  constructor(org: Org, options: OAuthOptions) {
    this.org = org;
    this.options = options;
  }

  /** As after September 2025: an app that the administrator has not installed cannot be used. */
  setBlocked(blocked: boolean): void {
    this.blocked = blocked;
  }

  issue(userId: string, clientId = this.options.clients[0] ?? ''): Tokens {
    const accessToken = `${this.org.orgId.slice(0, 15)}!${randomBytes(48).toString('base64url')}`;
    const refreshToken = `5Aep8${randomBytes(36).toString('base64url')}`;
    this.access.set(accessToken, userId);
    this.refresh.set(refreshToken, { userId, clientId });
    return { accessToken, refreshToken };
  }

  /** A session that somebody's browser holds as a cookie: as good as an access token, and never renewed. */
  session(userId: string): string {
    const value = `${this.org.orgId.slice(0, 15)}!AQ${randomBytes(48).toString('base64url')}`;
    this.access.set(value, userId);
    return value;
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
    this.refresh.clear();
    this.blocked = false;
  }

  /** GET shows the page (or lets the person through), POST carries Allow or Deny. */
  authorize(method: string, params: URLSearchParams, userId: string): Reply {
    const clientId = params.get('client_id') ?? '';
    const redirectUri = params.get('redirect_uri') ?? '';
    const state = params.get('state') ?? undefined;
    if (!this.options.clients.includes(clientId)) return oauthError('invalid_client_id', 'client identifier invalid');
    if (!redirectAllowed(redirectUri))
      return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    const refuse = (error: string, description: string) =>
      redirect(withParams(redirectUri, { error, error_description: description, state }));
    if (this.blocked) return refuse('OAUTH_APP_BLOCKED', 'this app must be installed into org');
    if (params.get('response_type') !== 'code')
      return refuse('unsupported_response_type', 'response type not supported');
    const challenge = params.get('code_challenge') ?? undefined;
    // jsforce sends the challenge without naming the method; Salesforce knows only S256.
    if ((params.get('code_challenge_method') ?? 'S256') !== 'S256')
      return refuse('invalid_request', 'invalid code challenge method');
    if (challenge === undefined && this.options.requirePkce)
      return refuse('invalid_request', 'missing required code challenge');

    const decision = method === 'POST' ? params.get('decision') : this.options.autoApprove ? 'allow' : null;
    if (decision === null) {
      return consentPage({
        action: '/services/oauth2/authorize',
        params,
        redirectUri,
        user: this.nameOf(userId),
        asks: ['read and write data through the API', 'do so at any time, until you take it back'],
      });
    }
    if (decision !== 'allow') return refuse('access_denied', 'end-user denied authorization');
    const code = `aPrx${randomBytes(40).toString('base64url')}`;
    this.codes.set(code, { clientId, redirectUri, challenge, userId, used: false });
    return redirect(withParams(redirectUri, { code, state }));
  }

  private nameOf(userId: string): string {
    const user = this.org.find(userId);
    return user === undefined ? '' : String(this.org.value(user.type, user.row, this.org.field(user.type, 'Name')));
  }

  token(params: URLSearchParams, where: Where): Reply {
    const clientId = params.get('client_id') ?? '';
    if (!this.options.clients.includes(clientId)) return oauthError('invalid_client_id', 'client identifier invalid');
    if (this.blocked) return oauthError('OAUTH_APP_BLOCKED', 'this app must be installed into org');
    switch (params.get('grant_type')) {
      case 'authorization_code':
        return this.exchange(params, clientId, where);
      case 'refresh_token':
        return this.renew(params, clientId, where);
      default:
        return oauthError('unsupported_grant_type', 'grant type not supported');
    }
  }

  private exchange(params: URLSearchParams, clientId: string, where: Where): Reply {
    const code = this.codes.get(params.get('code') ?? '');
    if (code === undefined || code.used || code.clientId !== clientId)
      return oauthError('invalid_grant', 'expired authorization code');
    code.used = true;
    if (code.redirectUri !== params.get('redirect_uri'))
      return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    if (code.challenge !== undefined) {
      if (!verifies(params.get('code_verifier') ?? '', code.challenge))
        return oauthError('invalid_grant', 'invalid code verifier');
    }
    const tokens = this.issue(code.userId, clientId);
    return this.granted(code.userId, tokens.accessToken, tokens.refreshToken, where);
  }

  private renew(params: URLSearchParams, clientId: string, where: Where): Reply {
    const old = params.get('refresh_token') ?? '';
    const known = this.refresh.get(old);
    if (known === undefined || known.clientId !== clientId)
      return oauthError('invalid_grant', 'expired access/refresh token');
    const tokens = this.issue(known.userId, clientId);
    if (this.options.rotateRefreshTokens) {
      this.refresh.delete(old);
      return this.granted(known.userId, tokens.accessToken, tokens.refreshToken, where);
    }
    this.refresh.delete(tokens.refreshToken);
    return this.granted(known.userId, tokens.accessToken, undefined, where);
  }

  private granted(userId: string, accessToken: string, refreshToken: string | undefined, where: Where): Reply {
    const id = `${where.identityOrigin}/id/${this.org.orgId}/${userId}`;
    const issued = String(this.org.now().getTime());
    return json(
      200,
      {
        access_token: accessToken,
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
        signature: createHash('sha256').update(`${id}${issued}`).digest('base64'),
        scope: 'refresh_token api id',
        instance_url: where.origin,
        id,
        token_type: 'Bearer',
        issued_at: issued,
      },
      { 'Cache-Control': 'no-store' },
    );
  }

  revoke(token: string): Reply {
    this.access.delete(token);
    this.refresh.delete(token);
    return { status: 200, headers: { 'Content-Type': 'text/html;charset=UTF-8' }, body: '' };
  }

  userInfo(userId: string, where: Where): Reply {
    const row = this.org.find(userId)?.row ?? {};
    const type = this.org.type('User');
    return json(200, {
      sub: `${where.identityOrigin}/id/${this.org.orgId}/${userId}`,
      user_id: userId,
      organization_id: this.org.orgId,
      preferred_username: row.Username ?? null,
      nickname: row.FirstName ?? null,
      name: this.org.value(type, row, this.org.field(type, 'Name')),
      email: row.Email ?? null,
      email_verified: true,
      given_name: row.FirstName ?? null,
      family_name: row.LastName ?? null,
      zoneinfo: row.TimeZoneSidKey ?? null,
      locale: row.LocaleSidKey ?? null,
      user_type: 'STANDARD',
      active: true,
      urls: { rest: `${where.origin}/services/data/v{version}/` },
    });
  }

  identity(userId: string, where: Where): Reply {
    const row = this.org.find(userId)?.row ?? {};
    const type = this.org.type('User');
    return json(200, {
      id: `${where.identityOrigin}/id/${this.org.orgId}/${userId}`,
      asserted_user: true,
      user_id: userId,
      organization_id: this.org.orgId,
      username: row.Username ?? null,
      nick_name: row.FirstName ?? null,
      display_name: this.org.value(type, row, this.org.field(type, 'Name')),
      email: row.Email ?? null,
      first_name: row.FirstName ?? null,
      last_name: row.LastName ?? null,
      timezone: row.TimeZoneSidKey ?? null,
      active: true,
      user_type: 'STANDARD',
      language: row.LanguageLocaleKey ?? null,
      locale: row.LocaleSidKey ?? null,
      urls: {
        rest: `${where.origin}/services/data/v{version}/`,
        query: `${where.origin}/services/data/v{version}/query/`,
      },
    });
  }
}
