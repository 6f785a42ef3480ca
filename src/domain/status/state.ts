/**
 * What the facts about one person add up to, before any clock or law is asked: eight regions, side by side. Statuses
 * are read from it at a moment (`at.ts`). It is stored, so members are added, and `v` says which fold made it.
 */
import type { Kind, Route } from '../activity.ts';
import type { ErasedPlace } from '../events/rights.ts';
import type {
  Basis,
  Channel,
  ErasureGround,
  Exemption,
  Ground,
  Purpose,
  RefusedBecause,
  RequestKind,
  RestrictionGround,
  Stop,
} from '../events/words.ts';
import type { ContentRef, Evidence, NoticeKind, RemoteLink } from '../events.ts';
import type { Alarm, Place } from './order.ts';

/** States of another version are folded again from the facts. */
export const FOLD_VERSION = 2;

export interface Obtained {
  /** Anchor of the clock: the earliest obtaining, ISO 8601 UTC. */
  readonly at: string;
  /** `indirect` as soon as any source is: Art. 14 content is then needed. */
  readonly kind: NoticeKind;
  readonly anchorFromCrm: boolean;
  readonly connectedAt: string | null;
}

export interface Told {
  readonly fact: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly route: Route;
  readonly evidence: Evidence;
  readonly kind: NoticeKind;
  readonly noticeId: string;
  readonly version: string;
  readonly language?: string;
  readonly purposes?: readonly Purpose[];
  readonly languages?: readonly string[];
}

export interface Attempt {
  readonly fact: string;
  readonly at: string;
  readonly route: Route;
}

export interface Superseded {
  readonly noticeId: string;
  readonly version: string;
  readonly material: boolean;
  readonly purposes: readonly Purpose[];
  readonly at: string;
}

/** A fact, who wrote it, and where in the chains: enough to ask whether a later author had seen it. */
export interface Mark {
  readonly fact: string;
  readonly at: string;
  readonly actor: string;
  readonly device: string;
  readonly hash: string;
}

export interface BasisHeld {
  readonly basis: Basis;
  readonly by: Mark;
  readonly assessment: string | null;
  readonly reviewBy: string | null;
}

export const CONSENT_STATES = [
  'unknown',
  'requested',
  'deferred',
  'refused',
  'given',
  'renewed',
  'withdrawn',
  'revoked',
  'expired',
  'invalidated',
] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

export interface ConsentHeld {
  readonly purpose: Purpose;
  readonly channel: Channel;
  /** Never `expired`: that is read at a moment. */
  readonly state: Exclude<ConsentState, 'expired' | 'unknown'>;
  readonly by: Mark;
  readonly validUntil: string | null;
  /** The latest end of a consent (withdrawn, refused, revoked): only a fresh act of the person passes it. */
  readonly ended: Mark | null;
  /** The last act of the person that counts as fresh: affirmative, theirs, with evidence of its own. */
  readonly freshAt: string | null;
  /** Intervals between an end and the next valid consent; `until` null while open. */
  readonly gaps: readonly { readonly from: string; readonly until: string | null }[];
}

export interface Objection extends Mark {
  readonly state: 'pending' | 'upheld' | 'overridden';
}

export interface Restricted extends Mark {
  readonly ground: RestrictionGround;
}

export interface RequestHeld {
  readonly id: string;
  readonly kind: RequestKind;
  readonly receivedAt: string;
  readonly state: 'received' | 'identity_pending' | 'in_progress' | 'fulfilled' | 'refused';
  readonly acknowledgedAt: string | null;
  /** Only the first counts; whether it came in time is read with the policy. */
  readonly extension: { readonly recordedAt: string; readonly reason: string; readonly toldAt: string } | null;
  readonly stops: readonly { readonly stop: Stop; readonly from: string; readonly until: string | null }[];
  readonly closedAt: string | null;
  readonly refusedBecause: RefusedBecause | null;
}

export interface Ownership {
  readonly state: 'company' | 'claimed' | 'confirmed' | 'disputed' | 'transferred';
  readonly claim: Mark | null;
  /** It was confirmed as the manager's own before it was transferred: the transfer is a new obtaining. */
  readonly transferredAt: string | null;
}

export interface Erasure {
  readonly requestedAt: string | null;
  readonly executedAt: string | null;
  readonly ground: ErasureGround | null;
  readonly places: readonly ErasedPlace[];
  readonly suppression: string | null;
}

export interface Conflict {
  /** Made from its kind and its facts: the same on every device. */
  readonly id: string;
  readonly is: 'consent' | 'basis' | 'consent_without_evidence';
  readonly about: string;
  readonly facts: readonly string[];
}

/** A fact without effect, and why: one sentence each in `_locales` (`findingLaw_…`). */
export interface Finding {
  readonly is:
    | 'officer_only'
    | 'not_theirs_to_void'
    | 'marketing_objection_stands'
    | 'person_not_informed'
    | 'basis_swapped'
    | 'consent_invalid'
    | 'request_unknown'
    | 'own_claim';
  readonly fact: string;
}

export interface ContactState {
  readonly v: number;
  readonly obtained: Obtained | null;
  readonly name: ContentRef | null;
  readonly links: readonly RemoteLink[];
  /** The earliest delivery that serves this person's case. */
  readonly told: Told | null;
  /** The latest notice on its way, neither confirmed nor failed. */
  readonly attempt: Attempt | null;
  readonly failed: boolean;
  readonly objection: 'none' | 'direct_marketing' | 'general';
  readonly logs: readonly {
    readonly activity: string;
    readonly kind: Kind;
    readonly at: string;
    readonly purpose?: Purpose;
  }[];

  readonly sources: readonly { readonly source: string; readonly kind: NoticeKind; readonly at: string }[];
  readonly firsts: { readonly communication: string | null; readonly disclosure: string | null };
  readonly attempts: readonly Attempt[];
  readonly deliveries: readonly (Told & { readonly attempt: string | null })[];
  /** Refs that bounced, were returned or never sent. */
  readonly failures: readonly string[];
  readonly acknowledgements: readonly { readonly ref: string; readonly at: string }[];
  readonly artefacts: readonly { readonly ref: string; readonly kind: string; readonly content: ContentRef }[];
  readonly superseded: readonly Superseded[];
  readonly exemption: { readonly reason: Exemption; readonly reviewBy: string; readonly fact: string } | null;

  readonly bases: readonly { readonly purpose: Purpose; readonly held: readonly BasisHeld[] }[];
  readonly consents: readonly ConsentHeld[];
  readonly implied: readonly {
    readonly ground: Ground;
    readonly base: string;
    readonly channel: Channel | null;
    readonly at: string;
  }[];
  readonly objections: { readonly marketing: Mark | null; readonly general: Objection | null };
  readonly restrictions: readonly Restricted[];
  readonly requests: readonly RequestHeld[];
  readonly ownership: Ownership;
  readonly erasure: Erasure;
  readonly review: { readonly at: string; readonly keep: boolean; readonly reviewBy: string | null } | null;

  readonly conflicts: readonly Conflict[];
  readonly settled: readonly { readonly conflict: string; readonly keep: string | null }[];
  readonly findings: readonly Finding[];
  readonly alarms: readonly Alarm[];
  /** Facts dated more than a week before they were recorded. */
  readonly recordedLate: readonly string[];
  /** Stands in for the anchor while nobody recorded one. */
  readonly firstRecordedAt: string | null;
  /** Last time the person themselves took part. */
  readonly lastContactBySubject: string | null;
  readonly lastContact: string | null;
  readonly merged: readonly string[];
  /** Refs that were taken back, also of facts that have not arrived. */
  readonly voids: readonly string[];
  /** Where in the order the last fact stands: a later one can be added without reading all again. */
  readonly last: Place | null;
}

export const NOTHING: ContactState = {
  v: FOLD_VERSION,
  obtained: null,
  name: null,
  links: [],
  told: null,
  attempt: null,
  failed: false,
  objection: 'none',
  logs: [],
  sources: [],
  firsts: { communication: null, disclosure: null },
  attempts: [],
  deliveries: [],
  failures: [],
  acknowledgements: [],
  artefacts: [],
  superseded: [],
  exemption: null,
  bases: [],
  consents: [],
  implied: [],
  objections: { marketing: null, general: null },
  restrictions: [],
  requests: [],
  ownership: { state: 'company', claim: null, transferredAt: null },
  erasure: { requestedAt: null, executedAt: null, ground: null, places: [], suppression: null },
  review: null,
  conflicts: [],
  settled: [],
  findings: [],
  alarms: [],
  recordedLate: [],
  firstRecordedAt: null,
  lastContactBySubject: null,
  lastContact: null,
  merged: [],
  voids: [],
  last: null,
};

/** A state while facts are added to it: its lists may grow, what is in them is replaced, never changed. */
export type Draft = {
  -readonly [K in keyof ContactState]: ContactState[K] extends readonly (infer Item)[] ? Item[] : ContactState[K];
};

/** A draft of a state; its lists are copies. A state of another version misses members: they start empty. */
export const draftOf = (state: ContactState): Draft =>
  Object.fromEntries(
    Object.entries({ ...NOTHING, ...state }).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]),
  ) as Draft;
