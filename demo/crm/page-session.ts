import { randomBytes } from 'node:crypto';
import { type RecordedRequest, type Reply, redirect } from './core/requests.ts';
import type { OAuth } from './oauth.ts';

const cookie = (value: string, secure: boolean): string =>
  `sid=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

export const sidOf = ({ headers }: Pick<RecordedRequest, 'headers'>): string | undefined =>
  /(?:^|;\s*)sid=([^;]+)/.exec(headers.cookie ?? '')?.[1];

/**
 * Who sits in front of the browser, and the two cookies that say so: the one of the pages' host has no right at the API,
 * the one of the API's host is as good as an access token. As in the original a browser that comes without is sent over
 * the API's host, where people sign in, and back; here nobody is asked for a password on the way.
 */
export class PageSession {
  userId = '';
  ui = '';
  private api: string | null = null;

  constructor(private readonly oauth: OAuth) {}

  /** From the next page on it is this person's session; the one before is over. */
  begin(userId: string): void {
    this.end();
    this.userId = userId;
    this.ui = `ui!${randomBytes(24).toString('base64url')}`;
  }

  end(): void {
    if (this.api !== null) this.oauth.revoke(this.api);
    this.api = null;
  }

  /** What the browser holds for the API's host once it was there. */
  cookie(): string {
    this.api = this.api !== null && this.oauth.userOf(this.api) ? this.api : this.oauth.session(this.userId);
    return this.api;
  }

  /** A browser on its way to a page without the session of that page; undefined for everybody else. */
  detour(request: RecordedRequest, hosts: { readonly ui: string; readonly api: string }): Reply | undefined {
    const navigates = request.headers['sec-fetch-mode'] === 'navigate';
    if (!navigates || sidOf(request) === this.ui) return undefined;
    return redirect(`https://${hosts.api}/?startURL=${encodeURIComponent(request.path)}`);
  }

  /** The two stops of that detour. */
  stop(host: 'ui' | 'api', url: URL, hosts: { readonly ui: string; readonly api: string }): Reply | undefined {
    if (host === 'api') {
      const start = url.searchParams.get('startURL');
      if (url.pathname !== '/' || start === null) return undefined;
      const on = redirect(`https://${hosts.ui}/secur/frontdoor.jsp?retURL=${encodeURIComponent(start)}`);
      return { ...on, headers: { ...on.headers, 'Set-Cookie': cookie(this.cookie(), true) } };
    }
    const back = url.searchParams.get('retURL');
    if (url.pathname !== '/secur/frontdoor.jsp' || !back?.startsWith('/')) return undefined;
    const on = redirect(`https://${hosts.ui}${back}`);
    return { ...on, headers: { ...on.headers, 'Set-Cookie': cookie(this.ui, true) } };
  }
}
