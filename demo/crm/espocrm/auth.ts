/** Who asks: an API key, a name with a password or token in `Espo-Authorization`, or the cookie of the page. */
import { randomBytes } from 'node:crypto';
import type { RecordedRequest } from '../core/requests.ts';
import type { Records, Row } from './records.ts';
import { Refusal } from './refusal.ts';

/** Failures from one address before it is locked out; a success does not forgive. */
const MOST_FAILURES = 10;

export class Auth {
  private readonly keys = new Map<string, string>();
  private readonly tokens = new Map<string, string>();
  private failures = 0;
  /** The page's own session: `auth-token` is readable by script, its secret is not; the demo checks the first. */
  private session = '';

  constructor(
    private readonly records: Records,
    readonly password: string,
  ) {}

  reset(pageUser: Row): void {
    this.keys.clear();
    this.tokens.clear();
    this.failures = 0;
    this.session = this.token(pageUser.id);
  }

  get pageToken(): string {
    return this.session;
  }

  key(userId: string): string {
    const key = randomBytes(16).toString('hex');
    this.keys.set(key, userId);
    return key;
  }

  token(userId: string): string {
    const token = randomBytes(16).toString('hex');
    this.tokens.set(token, userId);
    return token;
  }

  /** Every key and token stops working, but not the page's own. */
  expire(): void {
    const user = this.tokens.get(this.session) ?? '';
    this.keys.clear();
    this.tokens.clear();
    this.tokens.set(this.session, user);
  }

  /** The user, and the token that a password bought. */
  who(request: RecordedRequest): { readonly user: Row; readonly token: string } {
    const found = this.find(request);
    const user = found && this.records.live('User', found.id);
    if (found && user) return { user, token: found.token };
    if (this.failures >= MOST_FAILURES) {
      throw new Refusal(403, 'Max failed login attempts exceeded for IP address 127.0.0.1.');
    }
    this.failures += 1;
    throw new Refusal(401, '');
  }

  private find({ headers }: RecordedRequest): { id: string; token: string } | null {
    const key = headers['x-api-key'];
    if (key !== undefined) return { id: this.keys.get(key) ?? '', token: '' };
    const given = headers['espo-authorization'] ?? headers.authorization?.replace(/^Basic /, '');
    if (given === undefined) {
      const token = /(?:^|;\s*)auth-token=(\w+)/.exec(headers.cookie ?? '')?.[1] ?? '';
      return { id: this.tokens.get(token) ?? '', token };
    }
    const [name = '', secret = ''] = Buffer.from(given, 'base64').toString('utf8').split(/:(.*)/s);
    const user = this.records.all('User').find(({ userName }) => userName === name);
    if (!user) return null;
    if (headers['espo-authorization-by-token'] === 'true') {
      return this.tokens.get(secret) === user.id ? { id: user.id, token: secret } : null;
    }
    return secret === this.password ? { id: user.id, token: this.token(user.id) } : null;
  }
}
