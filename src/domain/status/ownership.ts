/** Region W: whose contact it is. A claim is evidence and a workflow, never a toggle. */
import type { Draft, Mark } from './state.ts';
import { find, markOf, type Steps } from './step.ts';

type Mine =
  | 'ownership.claimed'
  | 'ownership.confirmed'
  | 'ownership.rejected'
  | 'ownership.disputed'
  | 'ownership.transferred'
  | 'record.merged';

const refersTo = (draft: Draft, ref: string): Mark | null =>
  draft.ownership.claim?.fact === ref ? draft.ownership.claim : null;

export const ownership: Steps<Mine> = {
  'ownership.claimed': (draft, _, at) => {
    const { state, claim } = draft.ownership;
    if (state === 'confirmed') return;
    // A second claimant is a dispute, whoever is right.
    const disputed = state === 'disputed' || (state === 'claimed' && claim?.actor !== at.fact.actor);
    draft.ownership = {
      ...draft.ownership,
      state: disputed ? 'disputed' : 'claimed',
      claim: disputed ? claim : markOf(at),
    };
  },
  'ownership.confirmed': (draft, { ref, selfConfirmed }, at) => {
    const claim = refersTo(draft, ref);
    if (!claim) return;
    if (claim.actor === at.fact.actor && selfConfirmed !== true) find(draft, 'own_claim', at);
    else draft.ownership = { ...draft.ownership, state: 'confirmed' };
  },
  'ownership.rejected': (draft, { ref }) => {
    if (refersTo(draft, ref)) draft.ownership = { state: 'company', claim: null, transferredAt: null };
  },
  'ownership.disputed': (draft) => {
    draft.ownership = { ...draft.ownership, state: 'disputed' };
  },
  'ownership.transferred': (draft, _, { fact }) => {
    const confirmed = draft.ownership.state === 'confirmed';
    draft.ownership = {
      state: 'transferred',
      claim: draft.ownership.claim,
      transferredAt: confirmed ? fact.occurredAt : null,
    };
  },
  'record.merged': (draft, { from }) => {
    if (!draft.merged.includes(from)) draft.merged = [...draft.merged, from].sort();
  },
};
