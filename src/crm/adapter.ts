/**
 * The whole of what a CRM must bring, on one page. A CRM is a guest: three small files
 * (`about.ts`, `page.ts`, `api.ts`) in a folder of its own; its name appears nowhere else.
 */
import type { Delivery } from '../domain/delivery.ts';

export type { Delivery };

// ---------------------------------------------------------------- About: plain data, one pure function

/** A record page of the CRM, read from an address alone. `tenant` is the organisation's UI host. */
export interface RecordRef {
  readonly tenant: string;
  readonly type: 'contact' | 'account';
  /** The CRM's own id in its canonical form. */
  readonly id: string;
}

/** OAuth 2 authorisation code with PKCE (RFC 7636), no client secret. */
export interface OAuth {
  /**
   * Where people sign in when that is not the API origin: an address on the vendor's identity service, the same for
   * every tenant. The permission for its origin is asked for together with the tenant's; no content script runs there.
   */
  readonly authority?: `https://${string}`;
  /** These follow the authority, or the API origin where there is none. */
  readonly authorizePath: string;
  readonly tokenPath: string;
  /** `{api}` stands for the tenant's API origin. */
  readonly scope: string;
}

export interface About {
  readonly id: string;
  /** As people know it; the only place where screens take the CRM's name from. */
  readonly name: string;
  /** Match patterns, also the manifest's optional host permissions. */
  readonly hosts: readonly string[];
  readonly auth: OAuth;
  /** The vendor's pages these files were written from. */
  readonly docs: readonly string[];
  /** Pure; null for everything that is not certainly a contact's or account's page. */
  recordFromUrl(url: string): RecordRef | null;
  /** The two origins of a tenant, from any address of it; null when the address is not this CRM's. */
  tenantFromUrl(url: string): { readonly tenant: string; readonly uiOrigin: string; readonly apiOrigin: string } | null;
  /** Where a person can see a record. */
  recordUrl(tenant: string, type: 'contact' | 'account' | 'activity', id: string): string;
}

// ---------------------------------------------------------------- Page: what only the document can add

/** A record that the page confirms it is showing. */
export interface Located {
  readonly record: RecordRef;
}

export interface Page {
  /** Stable attributes first, visible text last; unsure is null. Changes nothing in the page. */
  confirm(document: Document, record: RecordRef): Located | null;
}

// ---------------------------------------------------------------- Api: through the given `send`

export interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query on the connection's API origin. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Instead of `body`: text of another media type, sent as it is. */
  readonly raw?: { readonly type: string; readonly text: string };
}

/** Header names are lower case. `text` is capped; a longer body is an `unknown` outcome. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Never rejects with a response; rejects with `Unanswered` when none arrived whole. Any other rejection is the
 * sender's own (no permission, no sign-in): nothing was sent, and adapters let it pass.
 */
export type Send = (request: Request) => Promise<Response>;

/** No whole answer came: the CRM may or may not have acted. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/**
 * What became of one delivery, in three values: stored, refused, unknown. Refusals say why.
 * `after` is a wait in milliseconds; null where the CRM named none.
 */
export type Outcome =
  | { readonly is: 'stored'; readonly remoteId: string }
  | { readonly is: 'throttled'; readonly after: number | null }
  | { readonly is: 'transient'; readonly why: string }
  | { readonly is: 'sign_in_needed'; readonly why: string }
  | { readonly is: 'forbidden'; readonly why: string }
  | { readonly is: 'invalid'; readonly field: string | null; readonly why: string }
  | { readonly is: 'gone'; readonly mergedInto: string | null; readonly why: string }
  | { readonly is: 'conflict'; readonly why: string }
  | { readonly is: 'unknown'; readonly why: string };

/** A read that was refused carries its outcome. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly outcome: Exclude<Outcome, { is: 'stored' }>) {
    super(outcome.is);
  }
}

/** A person of the CRM, as much as Candor reads. Times ISO 8601 UTC. */
export interface RemoteContact {
  readonly id: string;
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly createdAt: string;
}

export interface RemoteAccount {
  readonly id: string;
  readonly name: string;
}

/** Who the tokens belong to, and the organisation they belong in. */
export interface Identity {
  readonly userId: string;
  readonly userName: string;
  readonly organisation: string;
}

/**
 * What the organisation lacks for Candor to work, each with who can mend it. `attendeeLinks` is false
 * where only one person can be attached to an activity.
 */
export interface Setup {
  readonly missing: readonly ('key_field' | 'key_field_unique' | 'activity_access')[];
  readonly attendeeLinks: boolean;
}

export interface Api {
  whoAmI(): Promise<Identity>;
  /** Reads the organisation's set-up; changes nothing. */
  setup(): Promise<Setup>;
  readContact(id: string): Promise<RemoteContact | null>;
  readAccount(id: string): Promise<RemoteAccount | null>;
  contactsOfAccount(accountId: string): Promise<readonly RemoteContact[]>;
  findContacts(words: string): Promise<readonly RemoteContact[]>;
  /**
   * One outcome per delivery, in the same order. The same delivery twice leaves one record. Whatever the CRM does is
   * an outcome; it rejects only with what `send` itself would not do.
   */
  push(deliveries: readonly Delivery[]): Promise<readonly Outcome[]>;
}

export type MakeApi = (send: Send) => Api;
