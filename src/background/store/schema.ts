/**
 * Every table: its key, its indexes, what a row is. Keys are in the rows.
 * *Facts, payloads, contents, drafts, forms and the outbox cannot be rebuilt*; contacts, activities and heads can,
 * and a test does it. `people` and `accounts` are read again from the CRM.
 */

import type { ConnectionState } from '../../contract.ts';
import type { Activity } from '../../domain/activity.ts';
import type { MapPart, StatusField, StatusMap } from '../../domain/crm-status.ts';
import type { ContentRef, Fact, FactType, Payloads } from '../../domain/events.ts';
import type { Form } from '../../domain/form.ts';
import type { Crossed, RowReason, StepName } from '../../domain/outbox.ts';
import type { Own, OwnValue } from '../../domain/own-fields.ts';
import type { ContactState } from '../../domain/status.ts';

export type Key = string | number | readonly Key[];

/** A fact as stored. Its key is `[stream, device, seq]`: facts of other devices join later without rewriting ours. */
export type FactRow = Fact & { readonly hash: string };
export interface PayloadRow {
  readonly fact: string;
  readonly salt: string;
  readonly payload: Payloads[FactType];
}
export interface ContentRow {
  readonly content: string;
  readonly salt: string;
  readonly words: unknown;
}
/** The last fact of one device in one stream. */
export interface HeadRow {
  readonly stream: string;
  readonly device: string;
  readonly seq: number;
  readonly hash: string;
}
export interface ContactRow {
  readonly contact: string;
  readonly state: ContactState;
  readonly name: string;
  /** `connection|remoteId` of each CRM record of this person. */
  readonly links: readonly string[];
}
export interface ActivityRow extends Activity {
  readonly loggedAt: string;
  readonly words: Activity['words'];
  readonly hasPrivate: boolean;
  readonly crossed: Crossed;
  /** Signature of the gate decision last recorded, so that only a change becomes a fact. */
  readonly gateSeen: string;
  /** Sending waits until then (epoch ms): the ten-second undo. */
  readonly heldUntil: number;
  /** As folded; absent in rows that were written before they were. */
  readonly private?: ContentRef | null;
  readonly line?: ContentRef | null;
  readonly corrections?: number;
  readonly retractedAt?: string | null;
  readonly doneSteps?: readonly number[];
  /** Opened again by its person: not sent before (epoch ms). */
  readonly editingUntil?: number;
}
export type RowState = 'withheld' | 'queued' | 'in_flight' | 'needs_you' | 'settled';
export interface OutboxRow {
  /** `activity/step`: unique for ever, the adapter's idempotency key. */
  readonly key: string;
  readonly activity: string;
  readonly connection: string;
  readonly user: string | null;
  readonly step: StepName;
  readonly state: RowState;
  readonly because: readonly { readonly contact: string | null; readonly reason: RowReason }[];
  /** Epoch ms; not sent before. */
  readonly notBefore: number;
  readonly attempts: number;
  /** Tries that came to nothing by themselves: an error that passes, or no answer; and since when (epoch ms). */
  readonly failures?: number;
  readonly failingSince?: number;
  /**
   * Epoch ms of a lease of which nobody knows what became, where the CRM takes no key of ours (`read_back`): the row is
   * looked for in the CRM before anything of it is sent again, and until then it stays as that lease left it.
   */
  readonly sentAt?: number | null;
  /** Hash of the gate decision that allowed the last lease. */
  readonly head: string | null;
  /** What crosses if the delivery in flight is stored. */
  readonly crosses: { readonly who: string | null; readonly people: readonly string[]; readonly words: boolean } | null;
  readonly fields: readonly string[];
  /** The words in flight, sealed when they were leased. */
  readonly words: ContentRef | null;
  readonly why: { readonly is: string; readonly field: string | null; readonly why: string } | null;
  /**
   * Whom a row of step `restriction` or `status` is about; its `activity` is then the person's stream. `survivor`: the
   * record is another person's, who took them in when the CRM's people merged the two.
   */
  readonly about?: { readonly contact: string; readonly remoteId: string; readonly survivor?: boolean };
}
export interface FormRow extends Form {
  /** `record` and `user` in one text: the open form of a record is found again by it. */
  readonly place: string;
  /** Person picked for a mention that fits several: folded words → person id. */
  readonly choices: Readonly<Record<string, string>>;
  /** What was said to a demand of the organisation; null takes it back. Remembered when the form is saved. */
  readonly own?: Readonly<Record<string, OwnValue>>;
  /** SHA-256 of the line it was saved with; null while it is open. */
  readonly savedAs: string | null;
  /** The same of the part a guest is shown: it sends the line again without the private words it never had. */
  readonly savedShown?: string;
  /** The log that saving this form puts right. */
  readonly replaces?: string;
}
export interface DraftRow {
  readonly formId: string;
  readonly text: string;
  /** The words after `~~`, kept apart: they never go back to a guest frame. */
  readonly private: string | null;
  readonly savedAt: string;
}
export interface PersonRow {
  readonly connection: string;
  readonly remoteId: string;
  readonly name: string;
  readonly title: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly region?: string;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly createdAt: string;
  readonly readAt: string;
  /** When they last came with a page that was opened, or were looked for by name. */
  readonly openedAt?: string;
}
export interface AccountRow {
  readonly connection: string;
  readonly remoteId: string;
  readonly name: string;
  readonly readAt: string;
  /** When the account's people were last read with a page. */
  readonly openedAt?: string;
}
export interface ConnectionRow {
  readonly id: string;
  readonly crm: string;
  readonly tenant: string;
  readonly uiOrigin: string;
  readonly apiOrigin: string;
  /** Where on that origin the API's paths begin; absent at its root. */
  readonly apiPath?: string;
  readonly clientId: string;
  readonly state: Exclude<ConnectionState, 'none'>;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly organisation: string | null;
  readonly missing: readonly string[];
  readonly attendeeLinks: boolean;
  readonly connectedAt: string;
  /** The CRM asked us to wait (epoch ms). One lane per connection; survives restarts. */
  readonly pausedUntil: number;
  /** Epoch ms of the last receipt: what fails again and again while others are stored fails by itself. */
  readonly storedAt?: number;
  /** What outlives the browser: a refresh token, or the credential of a CRM without OAuth. Never in a view or a log. */
  readonly refreshToken: string | null;
  /** What the organisation demands of its own for a record, and what people said once. */
  readonly own?: Own;
  /** Where the organisation keeps a person's status: its fields, and the one chosen for each part. Absent until looked. */
  readonly status?: {
    readonly offered: readonly StatusField[];
    readonly usual: StatusMap;
    readonly map: StatusMap;
    /** What people said, null for nowhere; the rest is as usual. */
    readonly chosen?: Readonly<Partial<Record<MapPart, string | null>>>;
  };
  /**
   * Signed in by the session of the person's own pages: nothing of it is kept here. `other`: who is signed in there
   * instead, under whom nothing goes. `off`: the person disconnected.
   */
  readonly session?: { readonly other: string | null; readonly off?: true };
  /** Changes with every sign-in and sign-out: what was begun under another is not sent. */
  readonly signIn?: string;
}
export interface MetaRow {
  readonly name: string;
  readonly value: unknown;
}

export interface Rows {
  facts: FactRow;
  payloads: PayloadRow;
  contents: ContentRow;
  heads: HeadRow;
  contacts: ContactRow;
  activities: ActivityRow;
  outbox: OutboxRow;
  forms: FormRow;
  drafts: DraftRow;
  people: PersonRow;
  accounts: AccountRow;
  connections: ConnectionRow;
  meta: MetaRow;
}
export type Table = keyof Rows;

export interface TableShape {
  readonly key: string | readonly string[];
  readonly indexes: Readonly<
    Record<string, { readonly path: string | readonly string[]; readonly unique?: true; readonly many?: true }>
  >;
}

export const SCHEMA: { readonly [T in Table]: TableShape } = {
  facts: { key: ['stream', 'device', 'seq'], indexes: { id: { path: 'id', unique: true } } },
  payloads: { key: 'fact', indexes: {} },
  contents: { key: 'content', indexes: {} },
  heads: { key: ['stream', 'device'], indexes: {} },
  contacts: { key: 'contact', indexes: { link: { path: 'links', many: true } } },
  activities: { key: 'id', indexes: { attendee: { path: 'attendees', many: true }, loggedAt: { path: 'loggedAt' } } },
  outbox: { key: 'key', indexes: { state: { path: ['connection', 'state'] }, activity: { path: 'activity' } } },
  forms: { key: 'formId', indexes: { place: { path: 'place' } } },
  drafts: { key: 'formId', indexes: {} },
  people: { key: ['connection', 'remoteId'], indexes: { account: { path: ['connection', 'accountId'] } } },
  accounts: { key: ['connection', 'remoteId'], indexes: {} },
  connections: { key: 'id', indexes: {} },
  meta: { key: 'name', indexes: {} },
};
export const TABLES = Object.keys(SCHEMA) as readonly Table[];
