/** What a guard is: it sees what is to be recorded and how things stand, and says what speaks against it. */
import type { ContactKey } from '../activity.ts';
import type { ConsentPayloads } from '../events/consent.ts';
import type { NoticePayloads } from '../events/notices.ts';
import type { RightsPayloads } from '../events/rights.ts';
import type { Fact, Payloads } from '../events.ts';
import type { Edition } from '../policy/notices.ts';
import type { Policy } from '../policy/policy.ts';
import type { ContactState, ContactStatus } from '../status.ts';

export type ActType =
  | keyof NoticePayloads
  | keyof ConsentPayloads
  | Exclude<keyof RightsPayloads, 'erasure.executed'>
  | 'conflict.settled';
export type Act = { [T in ActType]: { readonly type: T; readonly payload: Payloads[T] } }[ActType] & {
  /** When it happened; now, where nothing is said. */
  readonly occurredAt?: string;
  /** How well that is known. */
  readonly precision?: Fact['precision'];
};

/** Why an act was refused. A closed set: one sentence each in `_locales` (`refuse…`). */
export const ACT_REFUSALS = {
  officer_only: 'refuseOfficerOnly',
  erased: 'refuseErased',
  in_the_future: 'refuseInTheFuture',
  unknown_ref: 'refuseUnknownRef',
  notice_not_in_force: 'refuseNoticeNotInForce',
  exemption_not_known: 'refuseExemptionNotKnown',
  review_in_the_past: 'refuseReviewInThePast',
  basis_not_allowed: 'refuseBasisNotAllowed',
  basis_swapped: 'refuseBasisSwapped',
  basis_is_another: 'refuseBasisIsAnother',
  basis_by_another: 'refuseBasisByAnother',
  text_not_shown: 'refuseTextNotShown',
  purpose_not_in_text: 'refusePurposeNotInText',
  not_by_the_person: 'refuseNotByThePerson',
  not_affirmative: 'refuseNotAffirmative',
  no_evidence_of_its_own: 'refuseNoEvidenceOfItsOwn',
  asking_is_marketing: 'refuseAskingIsMarketing',
  marketing_is_absolute: 'refuseMarketingIsAbsolute',
  person_not_informed: 'refusePersonNotInformed',
  request_closed: 'refuseRequestClosed',
  extension_none: 'refuseExtensionNone',
  extension_late: 'refuseExtensionLate',
  extended_before: 'refuseExtendedBefore',
  claimed_before: 'refuseClaimedBefore',
  own_claim: 'refuseOwnClaim',
  not_the_owner: 'refuseNotTheOwner',
  same_record: 'refuseSameRecord',
} as const;
export type ActRefusal = keyof typeof ACT_REFUSALS;

export interface Before {
  readonly contact: ContactKey;
  readonly state: ContactState;
  readonly status: ContactStatus;
  readonly policy: Policy;
  readonly editions: readonly Edition[];
  readonly actor: string;
  readonly selfConfirmed: boolean;
  readonly now: string;
  readonly occurredAt: string;
}
/** What speaks against an act, or nothing. */
export type Guard<T extends ActType> = (said: Payloads[T], before: Before) => ActRefusal | null;
export type Guards<T extends ActType> = { readonly [One in T]: Guard<One> };

export const nothingAgainst = (): null => null;
