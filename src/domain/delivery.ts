/** What leaves the device in one step. The only thing a CRM adapter is ever given to send. */
import type { Kind } from './activity.ts';
import type { OwnValues } from './own-fields.ts';

/** Named public fields only: what is absent was withheld or does not exist, and is left out, never sent empty. */
export type Delivery = {
  /** The idempotency key: unique for ever, born with the form. */
  readonly key: string;
  readonly kind: Kind;
} & (
  | {
      readonly step: 'record';
      readonly start: string;
      readonly end: string;
      /** The day it was for the person, `YYYY-MM-DD` in their zone: some CRMs keep a day, not a time. */
      readonly day: string;
      readonly subject: string;
      readonly note?: string;
      readonly who?: string;
      readonly account?: string;
      /** What the organisation demands of its own. */
      readonly own?: OwnValues;
    }
  | {
      readonly step: 'completion';
      readonly remoteId: string;
      readonly subject?: string;
      readonly note?: string;
      readonly who?: string;
    }
  | { readonly step: 'link'; readonly remoteId: string; readonly who: string }
  | {
      readonly step: 'task';
      readonly text: string;
      readonly due: string | null;
      readonly who?: string;
      readonly account?: string;
      readonly own?: OwnValues;
    }
  /** Put right by id: a record that somebody deleted is not brought back. Null empties what was there. */
  | {
      readonly step: 'amend';
      readonly remoteId: string;
      readonly subject: string;
      readonly note: string | null;
      readonly start: string;
      readonly end: string;
      readonly day: string;
    }
  | { readonly step: 'amend_task'; readonly remoteId: string; readonly text: string; readonly due: string | null }
  /** Deleted by id; where the CRM does not allow that, every word of it is replaced by the neutral one. */
  | {
      readonly step: 'retract';
      readonly remoteId: string;
      readonly subject: string;
      readonly of: 'record' | 'task';
    }
);
