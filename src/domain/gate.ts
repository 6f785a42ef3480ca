/**
 * Status + policy → what of an item may leave the device now, because. The decision table of the privacy model §6.2,
 * first match wins, asked for each person; then what that means for the item as a whole.
 *
 * - `hold`: nothing of the item leaves, not even a neutral record. One person in this mode holds the whole item.
 * - `redact_to_minimum`: kind, times, account and the people who may leave go at once; this person and every word wait.
 * - `allow_with_deadline`: everything goes, and the date by which the person must be told goes along.
 * - `allow`: everything goes.
 *
 * *Overdue* has the policy's `onOverdue` mode. Two kinds of overdue are treated as `redact_to_minimum` instead of `hold`
 * until the officer's date (`gate.backlogUntil`) has passed: people from day one (the CRM's own creation date is the
 * anchor), and people whose deadline was pulled in by the first communication or by collection itself. Both are the
 * everyday case of a log, and a hold would keep the neutral record of every first meeting on the device.
 *
 * The gate may delay permissions, never restrictions: those never come here (`restrictions.ts`).
 */
import type { ContactKey } from './activity.ts';
import { ACCOUNT_MANAGEMENT, DIRECT_MARKETING, type Purpose } from './events/words.ts';
import type { GateModeName } from './events.ts';
import { MODES } from './policy/parameters.ts';
import type { Policy } from './policy/policy.ts';
import type { ContactStatus } from './status.ts';

/** Why something is withheld. A closed set: one sentence each in `_locales` (`reason…`). */
export const WITHHELD_REASONS = [
  'personal',
  'erased',
  'erasure_pending',
  'restricted',
  'objected',
  'disputed',
  'no_basis',
  'overdue',
  'backlog',
  'stale',
  'wrong_notice',
  'wrong_language',
  'not_told',
  'purpose_not_told',
  'no_permission',
  'special_category',
  'held_with_others',
] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

/** Reasons that telling the person takes away; every other one needs a decision, or the person themselves. */
const UNTIL_TOLD: ReadonlySet<string> = new Set<WithheldReason>([
  'not_told',
  'overdue',
  'backlog',
  'stale',
  'wrong_notice',
  'wrong_language',
  'purpose_not_told',
]);
export const opensWhenTold = (reason: string): boolean => UNTIL_TOLD.has(reason);

export interface GateAttendee {
  readonly contact: ContactKey;
  readonly status: ContactStatus;
  /** The law for this person, where it is another than the item's. */
  readonly policy?: Policy;
}

/** What the gate asks about the item itself. */
export interface GateItem {
  readonly purpose?: Purpose;
  /** A word in it touches a special category (health, faith, politics …) and no officer has approved a ground. */
  readonly specialCategory?: boolean;
}

export interface Withheld {
  readonly contact: ContactKey;
  readonly reason: WithheldReason;
}

export interface GateDecision {
  /** The narrowest mode that applied. */
  readonly mode: GateModeName;
  /** Nothing of the item may leave, not even a neutral record. */
  readonly held: boolean;
  /** Attendees whose link may leave. */
  readonly released: readonly ContactKey[];
  /** Everybody else, each with the reason; while anybody is here no free word leaves. */
  readonly withheld: readonly Withheld[];
  /** Subject, note and next steps may leave. */
  readonly words: boolean;
  /** Why words wait although every attendee may leave. */
  readonly wordsWithheld: readonly WithheldReason[];
  /** Untold people who leave nevertheless, and by when they must be told. */
  readonly deadlines: readonly { readonly contact: ContactKey; readonly due: string | null }[];
  /** Untold people of whose period so much is used up that they are brought before somebody. */
  readonly escalate: readonly ContactKey[];
}

interface Weighed {
  readonly mode: GateModeName;
  readonly reason: WithheldReason;
  /** The law closes this person; nothing about their telling will open them. */
  readonly closed: boolean;
}
const OPEN = { mode: 'allow', reason: null, closed: false } as const;
type Verdict = Weighed | typeof OPEN;
const closed = (reason: WithheldReason): Verdict => ({ mode: 'hold', reason, closed: true });

export const narrower = (a: GateModeName, b: GateModeName): GateModeName =>
  MODES.indexOf(a) <= MODES.indexOf(b) ? a : b;

const knows = ({ told, disclosure }: ContactStatus): boolean =>
  told !== null || disclosure === 'exempt' || disclosure === 'not_required';

/** Day one, or the first communication: until the officer's date nobody's neutral records are held for it. */
const excused = ({ anchorFromCrm, dueBecause, today }: ContactStatus, { gate }: Policy): boolean =>
  (anchorFromCrm || dueBecause === 'first_communication' || dueBecause === 'collection') &&
  (gate.backlogUntil === null || today <= gate.backlogUntil);

const untold = (status: ContactStatus, policy: Policy): Verdict => {
  const { untold: before, onOverdue } = policy.gate;
  if (status.disclosure === 'overdue') {
    const mode = onOverdue === 'hold' && excused(status, policy) ? 'redact_to_minimum' : onOverdue;
    return { mode, reason: status.backlog ? 'backlog' : 'overdue', closed: false };
  }
  const reason =
    status.disclosure === 'stale'
      ? 'stale'
      : status.contentKindMismatch
        ? 'wrong_notice'
        : status.languageMismatch
          ? 'wrong_language'
          : 'not_told';
  return { mode: before, reason, closed: false };
};

/** Rows 2 to 11 of the table, in order. */
const weigh = (status: ContactStatus, policy: Policy, { purpose = ACCOUNT_MANAGEMENT }: GateItem): Verdict => {
  if (status.ownership === 'claimed' || status.ownership === 'confirmed') return closed('personal');
  if (status.lifecycle === 'erased' || status.lifecycle === 'erasure_pending') return closed(status.lifecycle);
  if (status.restricted !== null) return closed('restricted');
  // A general objection withholds until an officer resolves it; one to marketing binds that purpose only (row 11).
  if (status.objection === 'general') return { mode: 'redact_to_minimum', reason: 'objected', closed: false };
  if (status.ownership === 'disputed') return closed('disputed');
  if (status.basisMissing) return closed('no_basis');
  if (purpose === DIRECT_MARKETING && !status.marketable.email.allowed)
    return { mode: 'redact_to_minimum', reason: 'no_permission', closed: false };
  if (!knows(status)) return untold(status, policy);
  const about = status.told?.purposes ?? [ACCOUNT_MANAGEMENT];
  const newPurpose =
    status.told !== null && policy.notice.newPurpose === 'before_processing' && !about.includes(purpose);
  // Art. 13(3), 14(4): a further purpose needs its own notice before anything is done for it.
  return newPurpose ? { mode: policy.gate.untold, reason: 'purpose_not_told', closed: false } : OPEN;
};

type Leaving = Verdict & { readonly mode: 'allow' | 'allow_with_deadline' };
const leaves = (verdict: Verdict): verdict is Leaving =>
  verdict.mode === 'allow' || verdict.mode === 'allow_with_deadline';

export const gate = (attendees: readonly GateAttendee[], policy: Policy, item: GateItem = {}): GateDecision => {
  const weighed = attendees.map(({ contact, status, policy: own = policy }) => ({
    contact,
    status,
    verdict: weigh(status, own, item),
  }));
  const everyoneClosed = weighed.length > 0 && weighed.every(({ verdict }) => verdict.closed);
  const held = everyoneClosed || weighed.some(({ verdict }) => verdict.mode === 'hold' && !verdict.closed);
  const released: ContactKey[] = [];
  const withheld: Withheld[] = [];
  for (const { contact, verdict } of weighed) {
    if (!leaves(verdict)) withheld.push({ contact, reason: verdict.reason });
    else if (held) withheld.push({ contact, reason: 'held_with_others' });
    else released.push(contact);
  }
  const wordsWithheld: readonly WithheldReason[] = item.specialCategory ? ['special_category'] : [];
  const open = weighed.filter(({ status }) => !knows(status));
  // Somebody closed by the law is left out of an item about others: that is a redaction of the item, not a hold.
  const modes = weighed.map(({ verdict }) => (verdict.closed && !held ? 'redact_to_minimum' : verdict.mode));
  return {
    mode: modes.reduce<GateModeName>(narrower, 'allow'),
    held,
    released,
    withheld,
    words: withheld.length === 0 && wordsWithheld.length === 0,
    wordsWithheld,
    deadlines: open
      .filter(({ verdict }) => verdict.mode === 'allow_with_deadline')
      .map(({ contact, status }) => ({ contact, due: status.noticeDueOn })),
    escalate: open.filter(({ status }) => status.escalate).map(({ contact }) => contact),
  };
};
