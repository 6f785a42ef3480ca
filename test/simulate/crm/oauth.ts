/** Sign-in of the model organisation: codes, access tokens that end, refresh tokens that may rotate. */
import type { FetchAnswer } from '../../../src/background/platform.ts';
import type { Chance } from '../chance.ts';
import { type UserName, userId } from './org.ts';

const json = (status: number, body: unknown): FetchAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  text: JSON.stringify(body),
});

export class OAuth {
  private access = new Map<string, string>();
  private refresh = new Map<string, string>();
  private codes = new Map<string, string>();
  rotates = false;
  /** Who sits at the sign-in window. */
  person: UserName = 'ann';

  constructor(private chance: Chance) {}

  copy(chance: Chance): OAuth {
    const copy = new OAuth(chance);
    copy.access = new Map(this.access);
    copy.refresh = new Map(this.refresh);
    return copy;
  }

  userOf(header: string | undefined): string | null {
    return this.access.get((header ?? '').replace('Bearer ', '')) ?? null;
  }

  expire(): void {
    this.access.clear();
  }

  revoke(): void {
    this.access.clear();
    this.refresh.clear();
  }

  authorize(url: string): string {
    const asked = new URL(url).searchParams;
    const code = `code-${this.chance.hex(12)}`;
    this.codes.set(code, userId(this.person));
    return `${asked.get('redirect_uri')}?code=${code}&state=${encodeURIComponent(asked.get('state') ?? '')}`;
  }

  token(body: string): FetchAnswer {
    const form = new URLSearchParams(body);
    const code = form.get('code');
    const given = form.get('refresh_token');
    const user = code ? this.codes.get(code) : given ? this.refresh.get(given) : undefined;
    if (!user) return json(400, { error: 'invalid_grant', error_description: 'expired access/refresh token' });
    if (code) this.codes.delete(code);
    const access = `access-${this.chance.hex(16)}`;
    this.access.set(access, user);
    if (given && !this.rotates) return json(200, { access_token: access });
    if (given) this.refresh.delete(given);
    const next = `refresh-${this.chance.hex(16)}`;
    this.refresh.set(next, user);
    return json(200, { access_token: access, refresh_token: next });
  }
}
