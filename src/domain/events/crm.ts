/** Facts about what a CRM says. None of them moves a status: a value there is evidence of a value there. */
import type { Limit } from '../crm-status.ts';
import type { RemoteLink } from '../events.ts';

export interface CrmPayloads {
  /** The CRM says *stop* where our ledger does not. It is no act of the person: an officer may ask whose it was. */
  'crm.value_observed': {
    readonly link: RemoteLink;
    readonly stops: readonly Limit[];
    /** Of these the CRM's value was left although the ledger holds a permission. */
    readonly kept: readonly Limit[];
    /** When the record was last changed there, ISO 8601 UTC. */
    readonly changedAt: string;
  };
}
