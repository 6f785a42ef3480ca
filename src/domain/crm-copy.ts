/** What a CRM is told of a person: their standing as the ledger has it now, in the CRM's few words. A copy, made again whenever it is sent. */
import { type Disclosure, type Limit, type Ruling, type StatusWrite, statusLine } from './crm-status.ts';
import { DIRECT_MARKETING } from './events/words.ts';
import { closedChannels } from './restrictions.ts';
import type { ContactState, ContactStatus } from './status.ts';

const disclosureOf = (status: ContactStatus): Disclosure => {
  if (status.lifecycle === 'erased' || status.lifecycle === 'erasure_pending') return 'erasure_pending';
  if (status.told) return 'told';
  switch (status.disclosure) {
    case 'stale':
    case 'overdue':
      return status.disclosure;
    case 'exempt':
    case 'not_required':
      return 'exempt';
    default:
      return 'not_told';
  }
};

/** Objected to everything, restricted, or to be erased: nothing may be done with the data but keep them. */
const isStill = (status: ContactStatus): boolean =>
  status.objection === 'general' || status.restricted !== null || disclosureOf(status) === 'erasure_pending';

export interface Copy {
  readonly contact: string;
  readonly remoteId: string;
  readonly state: ContactState;
  readonly status: ContactStatus;
  /** The hash of the last fact about the person. */
  readonly head: string;
  /** The day of a moment where the company is. */
  readonly dayOf: (instant: string) => string;
}

/**
 * Restrictions as they stand; of permissions only those for which the person themselves acted, with evidence of its
 * own, and from that moment. What neither closed nor opened is not named, so a CRM's own stop is never touched.
 */
export const copyFor = ({ contact, remoteId, state, status, head, dayOf }: Copy): StatusWrite => {
  const limits: Partial<Record<Limit, Ruling>> = {};
  const closed = closedChannels(status);
  for (const channel of closed) limits[channel] = { is: 'stop' };
  if (isStill(status)) limits.processing = { is: 'stop' };
  for (const { purpose, channel, state: is, freshAt } of state.consents) {
    const may = purpose === DIRECT_MARKETING && (is === 'given' || is === 'renewed') && freshAt !== null;
    if (may && !closed.includes(channel) && status.marketable[channel].because === 'consent')
      limits[channel] = { is: 'may', since: freshAt };
  }
  const disclosure = disclosureOf(status);
  const stops = Object.entries(limits).flatMap(([limit, ruling]) => (ruling?.is === 'stop' ? [limit] : []));
  return {
    remoteId,
    limits,
    disclosure,
    toldOn: status.told ? dayOf(status.told.at) : null,
    line: statusLine({ id: contact, state: disclosure, stops, head }),
  };
};
