/**
 * Every fact the ledger can hold. Facts are added, never changed (architecture, rule 3).
 *
 * A *fact* is the hashed envelope, a *payload* its structured part (salted commitment in the fact),
 * *content* the words and names, referred to by the payload through a content id. Erasure deletes
 * payload, content and salts; the envelope stays and the chain still verifies.
 */
import type { ContactKey, Kind, Route, When } from './activity.ts';
import type { ConsentPayloads } from './events/consent.ts';
import type { CrmPayloads } from './events/crm.ts';
import type { NoticePayloads } from './events/notices.ts';
import type { HousePayloads, RightsPayloads } from './events/rights.ts';
import type { Purpose } from './events/words.ts';

export const ROLES = ['manager', 'lead', 'officer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Facts are chained per device within a stream: one contact, one activity, this installation, or the company's policy. */
export type Stream = `contact/${string}` | `activity/${string}` | `device/${string}` | `policy/${string}`;
export const POLICY_STREAM: Stream = 'policy/company';
export const contactStream = (contact: ContactKey): Stream => `contact/${contact}`;
export const activityStream = (activity: string): Stream => `activity/${activity}`;

export type NoticeKind = 'direct' | 'indirect';
export type Evidence = 'stated' | 'artefact' | 'system';

/** Refers to a row of the contents store; the commitment binds it to the fact. */
export interface ContentRef {
  readonly content: string;
  readonly commit: string;
}

/** A CRM record this contact is linked to. */
export interface RemoteLink {
  readonly connection: string;
  readonly remoteId: string;
}

interface NoticeShown {
  readonly noticeId: string;
  readonly version: string;
  readonly kind: NoticeKind;
  readonly language: string;
  readonly route: Route;
  /** SHA-256 of the exact words shown, hex. */
  readonly textHash: string;
  /** What the text tells about; absent in facts of the first version, which told about account management. */
  readonly purposes?: readonly Purpose[];
  /** The person's languages as known then; absent where nobody knew. */
  readonly languages?: readonly string[];
}

/**
 * The payload of each type of fact. Types are added and never repurposed; what a type says further goes into new
 * optional members, so that every stored fact stays readable. Further types: `events/notices.ts`, `consent.ts`, `rights.ts`.
 */
export interface Payloads extends NoticePayloads, ConsentPayloads, RightsPayloads, HousePayloads, CrmPayloads {
  /** The company came to hold data about the person. GDPR Art. 13 (`direct`) or Art. 14 (`indirect`). */
  'contact.obtained': {
    readonly source: 'crm' | 'meeting' | 'mention';
    readonly kind: NoticeKind;
    /** The clock starts at the CRM's creation date: first met in the CRM (day-one rule). */
    readonly anchorFromCrm: boolean;
    /** When that CRM was connected; already overdue then means *backlog*. */
    readonly connectedAt: string | null;
    readonly link: RemoteLink | null;
    readonly name: ContentRef | null;
  };
  /** The person was named in a log. */
  'contact.logged': { readonly activity: string; readonly kind: Kind; readonly purpose?: Purpose };
  /** A notice was prepared and sent on its way; not yet told. */
  'notice.attempted': NoticeShown;
  'notice.delivered': NoticeShown & {
    readonly evidence: Evidence;
    readonly attempt: string | null;
    readonly activity: string | null;
  };
  /** A bounce or return; voids the attempt or delivery it names, whatever the order of arrival. */
  'notice.failed': { readonly ref: string; readonly reason: 'bounced' | 'returned' | 'not_sent' };
  /** GDPR Art. 21: always accepted, from any role. */
  'objection.raised': { readonly scope: 'general' | 'direct_marketing' };
  /** A slip taken back by its author, or a mistake by an officer; the target is ignored by the fold, never deleted. */
  'fact.voided': { readonly ref: string; readonly reason: 'undone' | 'mistaken' };
  'activity.logged': {
    readonly kind: Kind;
    readonly when: When;
    readonly connection: string | null;
    readonly user: string | null;
    readonly account: string | null;
    readonly attendees: readonly ContactKey[];
    readonly words: ContentRef;
    readonly private: ContentRef | null;
    /** The line as typed, without its private part: what a correction starts from. */
    readonly line?: ContentRef;
  };
  /** Words or times put right, or words moved to private. The words before stay in the facts before. */
  'activity.corrected': {
    readonly reason: 'corrected' | 'made_private';
    readonly when: When;
    readonly words: ContentRef;
    readonly private: ContentRef | null;
    readonly line: ContentRef;
    /** Subject, note or times are other than before; and which next steps are, by position. */
    readonly record: boolean;
    readonly steps: readonly number[];
  };
  /** `undone`, `edited`: nothing had left. `taken_back`: by its author, wherever it was. */
  'activity.retracted': { readonly reason: 'undone' | 'edited' | 'taken_back' };
  /** A next step of the log was done, or is open again. Kept here: it says nothing to the CRM. */
  'step.marked': { readonly step: number; readonly done: boolean };
  /** What the gate said when a step was planned or leased; `parents` of the fact are the heads it saw. */
  'gate.decided': {
    readonly step: string;
    readonly at: 'planned' | 'leased';
    readonly mode: GateModeName;
    readonly released: readonly string[];
    readonly withheld: readonly { readonly part: string; readonly reason: string }[];
    /** Which policy it was decided under. */
    readonly policy?: { readonly key: string; readonly version: string };
  };
  /** The receipt: the CRM's record id, and which fields and words crossed. */
  'delivery.stored': {
    readonly step: string;
    readonly remoteId: string;
    readonly fields: readonly string[];
    /** Attendees whose names or links crossed with this step. */
    readonly people: readonly ContactKey[];
    /** The exact words that crossed, null where none did. */
    readonly words: ContentRef | null;
  };
  'delivery.refused': { readonly step: string; readonly outcome: string; readonly why: string };
}

export type GateModeName = 'allow' | 'allow_with_deadline' | 'redact_to_minimum' | 'hold';
export type FactType = keyof Payloads;

/** The hashed core of a fact. Times are ISO 8601 in UTC; hashes are lower-case hex. */
export interface Fact<T extends FactType = FactType> {
  readonly v: 1;
  readonly id: string;
  readonly stream: Stream;
  readonly type: T;
  /** When it happened in the world (claimed). Legal effect follows this. */
  readonly occurredAt: string;
  readonly precision: 'instant' | 'minute' | 'day';
  /** The device's clock. Trust follows this. */
  readonly recordedAt: string;
  /** Hybrid logical clock, sortable as text. */
  readonly hlc: string;
  readonly device: string;
  /** 1, 2, 3 … within (stream, device). */
  readonly seq: number;
  readonly actor: string;
  readonly role: Role;
  /** Heads of other chains known when this was written. */
  readonly parents: readonly string[];
  /** Hash of the previous fact of (stream, device); 64 zeros for the first. */
  readonly prev: string;
  /** SHA-256(salt ‖ canonical JSON of the payload). */
  readonly commit: string;
}

/** A fact with its payload; `payload` is null once it was erased. */
export type Entry = {
  [T in FactType]: { readonly fact: Fact<T>; readonly hash: string; readonly payload: Payloads[T] | null };
}[FactType];

/** What a decision asks to be appended; the background fills in the envelope. */
export type NewFact = {
  [T in FactType]: {
    readonly id: string;
    readonly stream: Stream;
    readonly type: T;
    readonly occurredAt: string;
    readonly precision?: Fact['precision'];
    readonly payload: Payloads[T];
  };
}[FactType];
