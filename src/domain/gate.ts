/**
 * Status + policy → what of an item may leave the device now. Two modes:
 * `redact_to_minimum` lets the kind, times, account and the told attendees go at once and withholds every
 * free word while any attendee is untold; `allow` lets everything go. An objection closes the gate in both.
 */
import type { ContactKey } from './activity.ts';
import type { GateModeName } from './events.ts';
import type { Policy } from './policy/policy.ts';
import type { ContactStatus } from './status.ts';

/** Why something is withheld. A closed set: one sentence each in `_locales` (`reason…`). */
export type WithheldReason = 'not_told' | 'overdue' | 'backlog' | 'objected';

export interface GateAttendee {
  readonly contact: ContactKey;
  readonly status: Pick<ContactStatus, 'flag' | 'told' | 'objection'>;
}

export interface Withheld {
  readonly contact: ContactKey;
  readonly reason: WithheldReason;
}

export interface GateDecision {
  readonly mode: GateModeName;
  /** Attendees whose link may leave. */
  readonly released: readonly ContactKey[];
  /** Everybody else, each with the reason; while anybody is here no free word leaves. */
  readonly withheld: readonly Withheld[];
  /** Subject, note and next steps may leave. */
  readonly words: boolean;
}

/**
 * A general objection withholds for ever until an officer resolves it. An objection to direct marketing does not
 * stop account management (GDPR Art. 21(2)-(3) binds the purpose), so it closes nothing here.
 */
const reasonFor = ({ status }: GateAttendee, mode: GateModeName): WithheldReason | null => {
  if (status.objection === 'general') return 'objected';
  if (status.told || mode === 'allow') return null;
  if (status.flag === 'overdue') return 'overdue';
  if (status.flag === 'backlog') return 'backlog';
  return 'not_told';
};

export const gate = (attendees: readonly GateAttendee[], policy: Policy): GateDecision => {
  const mode = policy.gate.untold;
  const released: ContactKey[] = [];
  const withheld: Withheld[] = [];
  for (const attendee of attendees) {
    const reason = reasonFor(attendee, mode);
    if (reason) withheld.push({ contact: attendee.contact, reason });
    else released.push(attendee.contact);
  }
  return { mode, released, withheld, words: withheld.length === 0 };
};
