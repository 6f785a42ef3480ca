/**
 * The whole of what a CRM must bring, on one page. A CRM is a guest: three small files
 * (`about.ts`, `page.ts`, `api.ts`) in a folder of its own; its name appears nowhere else.
 */
import type { Kind } from '../domain/activity.ts';
import type { NativeForm } from '../domain/burden.ts';
import type { Limit, StatusFields, StatusMap, StatusSeen, StatusWrite } from '../domain/crm-status.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { OwnField } from '../domain/own-fields.ts';

export type {
  Limit,
  StatusField,
  StatusFields,
  StatusMap,
  StatusPart,
  StatusSeen,
  StatusWrite,
} from '../domain/crm-status.ts';
export type { Delivery, OwnField };

// ---------------------------------------------------------------- About: plain data, one pure function

/** A record page of the CRM, read from an address alone. `tenant` is the organisation's UI host. */
export interface RecordRef {
  readonly tenant: string;
  readonly type: 'contact' | 'account';
  /** The CRM's own id in its canonical form. */
  readonly id: string;
}

/** An organisation's addresses. */
export interface Tenant {
  /** Told apart by it; without a scheme unless that is not https. */
  readonly tenant: string;
  readonly uiOrigin: string;
  readonly apiOrigin: string;
  /** Where on that origin the API's paths begin; absent at its root. */
  readonly apiPath?: string;
}

/** OAuth 2 authorisation code with PKCE (RFC 7636), no client secret. */
export interface OAuth {
  readonly kind: 'oauth';
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
  /** Present where people may sign in without an application too: see `PageSession`. */
  readonly session?: PageSession;
}

/**
 * The session of the person's own pages, for those whose administrator made no application: a cookie of the API origin
 * that the CRM takes as a bearer token. An opt-in, with a permission of its own; it can do whatever the person can.
 */
export interface PageSession {
  readonly cookie: string;
}

/** What the person types where there is no OAuth: a key, or a name and a password that buy a token. */
export type Credentials = { readonly key: string } | { readonly user: string; readonly password: string };

/**
 * A credential that travels in headers of its own. What is kept is one opaque text, the *credential*: never the
 * password. When it is refused the person is asked again; nothing is retried, since servers lock who guesses.
 */
export interface KeyAuth {
  readonly kind: 'key';
  headers(credential: string): Readonly<Record<string, string>>;
  /** The credential that a typed key is. */
  fromKey(key: string): string;
  /** Buys a credential for a name and a password; null from an answer that gives none. */
  readonly login: {
    request(user: string, password: string): Request;
    credential(user: string, answer: Response): string | null;
  };
}

/**
 * Where every organisation has an address of its own, the address alone proves nothing: `ask` is answered without a
 * sign-in, and `isOurs` says whether that answer is this CRM's. Asked once, when a connection is made.
 */
export interface SelfHosted {
  readonly ask: string;
  isOurs(answer: Response): boolean;
}

/**
 * Why the same delivery twice leaves one record. `keyed`: the CRM takes our key and answers with the record that has
 * it. `client_id`: we choose the record's id. `read_back`: it takes neither; the record carries a mark, and whoever
 * sends looks for it (`Api.find`) before anything is sent a second time.
 */
export type Idempotency = 'keyed' | 'client_id' | 'read_back';

export interface About {
  readonly id: string;
  /** As people know it; the only place where screens take the CRM's name from. */
  readonly name: string;
  /** Match patterns, also the manifest's optional host permissions. */
  readonly hosts: readonly string[];
  readonly auth: OAuth | KeyAuth;
  readonly idempotency: Idempotency;
  /**
   * Present where any origin may be this CRM. `recordFromUrl` and `tenantFromUrl` then go by the shape of an address;
   * whoever asks them also requires a connection with that tenant, and content scripts enter connected origins only.
   */
  readonly selfHosted?: SelfHosted;
  /** Kinds whose record takes one person: a second one can never be linked to it. */
  readonly oneAttendee?: readonly Kind[];
  /** The vendor's pages these files were written from. */
  readonly docs: readonly string[];
  /** Pure; null for everything that is not certainly a contact's or account's page. */
  recordFromUrl(url: string): RecordRef | null;
  /** The two origins of a tenant, from any address of it; null when the address is not this CRM's. */
  tenantFromUrl(url: string): Tenant | null;
  /** Where a person can see a record. `kind` says what an activity is, where its id does not. */
  recordUrl(tenant: string, type: 'contact' | 'account' | 'activity', id: string, kind?: Kind): string;
  /** What its own form for a meeting costs (docs/burden.md); left out while nobody counted. Never in a web page. */
  readonly burden?: NativeForm;
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
  /** `neutral`: asked to delete, the CRM forbade it, and its words were replaced by a neutral one. */
  | { readonly is: 'stored'; readonly remoteId: string; readonly neutral?: true }
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
  /** State or province, where the CRM has one: parts of some countries have a law of their own. */
  readonly region?: string;
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
  /** Fields of its own that the organisation demands, by its description. */
  readonly required: readonly OwnField[];
}

/** `mine_and_recent`: whom the user owns or opened of late. `all_visible`: everybody the CRM shows the user. */
export type DirectoryScope = 'mine_and_recent' | 'all_visible';

/** One page of what changed. The cursor is the adapter's own text: kept, handed back, never read by others. */
export interface Changes {
  readonly contacts: readonly RemoteContact[];
  readonly accounts: readonly RemoteAccount[];
  /** Deleted, or merged into another. */
  readonly removed: readonly string[];
  /** Where the next page begins, or, when done, the next round. */
  readonly next: string;
  readonly done: boolean;
  /** How many people there are about, where the CRM said so: for progress only. */
  readonly about: number | null;
}

/** `kept`: stricter in the CRM than in our ledger, and left so. `seen`: what the record says now. */
export type StatusOutcome =
  | { readonly is: 'stored'; readonly remoteId: string; readonly kept: readonly Limit[]; readonly seen: StatusSeen }
  | Exclude<Outcome, { is: 'stored' }>;

export interface Api {
  whoAmI(): Promise<Identity>;
  /** Reads the organisation's set-up; changes nothing. */
  setup(): Promise<Setup>;
  readContact(id: string): Promise<RemoteContact | null>;
  readAccount(id: string): Promise<RemoteAccount | null>;
  contactsOfAccount(accountId: string): Promise<readonly RemoteContact[]>;
  findContacts(words: string): Promise<readonly RemoteContact[]>;
  /**
   * A page of people that changed since the cursor; from the beginning without one. Rejects as other reads do.
   * Absent where a CRM's directory is not pulled yet: its people come with the pages that are opened.
   */
  changedSince?(ask: {
    readonly scope: DirectoryScope;
    /** The CRM's id of the user whose people they are. */
    readonly user: string;
    readonly after: string | null;
    readonly most: number;
  }): Promise<Changes>;
  /**
   * One outcome per delivery, in the same order. The same delivery twice leaves one record. Whatever the CRM does is
   * an outcome; it rejects only with what `send` itself would not do.
   */
  push(deliveries: readonly Delivery[]): Promise<readonly Outcome[]>;
  /**
   * Where `idempotency` is `read_back`: what became of records that may or may not have been stored. One answer for
   * each, in order: `stored` with its id; null where the CRM holds no such record now; any other outcome is no answer.
   */
  find?(sought: readonly Sought[]): Promise<readonly (Outcome | null)[]>;
  /** Fields of a contact that could hold a part of a status, and which ones usually do. Changes nothing. */
  statusFields(): Promise<StatusFields>;
  /** What the CRM says of people: a value in a CRM, no consent. In order; null for whom it does not hold. */
  readStatus(ids: readonly string[], map: StatusMap): Promise<readonly (StatusSeen | null)[]>;
  /**
   * One person's status, the same twice without harm: what is there is read first. Restrictions are written first and
   * in a call of their own; a permission only over a record that was not changed since the person's act.
   */
  writeStatus(write: StatusWrite, map: StatusMap): Promise<StatusOutcome>;
}

/** As much of a delivery as finds its record again. */
export type Sought = Pick<Delivery, 'key' | 'kind' | 'step'>;

/** `userId` is whom the credentials belong to, where that is known: it saves asking. */
export type MakeApi = (send: Send, userId?: string | null) => Api;
