/**
 * The door to statuses. Every status is a fold over facts: `fold` makes the state of a contact from its facts, in any
 * order, and `statusAt` reads that state at a moment under a policy. One file per region in `status/`.
 */
import type { ContactKey } from './activity.ts';
import { type ContactState, NOTHING } from './status/state.ts';

export { type ConsentStatus, type ContactStatus, type RequestStatus, statusAt } from './status/at.ts';
export { BADGES, type Badge } from './status/badge.ts';
export { advance, canAdvance, fold } from './status/fold.ts';
export type { Alarm } from './status/order.ts';
export {
  type Attempt,
  type Conflict,
  type ContactState,
  type Finding,
  FOLD_VERSION,
  type Obtained,
  type Superseded,
  type Told,
} from './status/state.ts';

/** The state of somebody about whom the ledger holds nothing. */
export const unknownContact: ContactState = NOTHING;

/** Whether anything live is held: a contact whose every fact was voided is not listed. */
export const isHeld = (state: ContactState): boolean => state.obtained !== null;

export type { ContactKey };
