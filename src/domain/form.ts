/** What a log is bound to from the moment its form opens. The id is born here, not when Enter is pressed. */
import type { Role } from './events.ts';

export interface BoundRecord {
  readonly tenant: string;
  readonly type: 'contact' | 'account';
  readonly id: string;
}

/** Letters a line may have: storage, grammar and hash are kept from ten megabytes of paste. */
export const LONGEST_LINE = 100_000;

export interface Form {
  /** Also the activity's id and the root of every idempotency key. */
  readonly formId: string;
  readonly openedAt: string;
  readonly zone: string;
  readonly connection: string | null;
  readonly user: string | null;
  readonly role: Role;
  readonly record: BoundRecord | null;
}
