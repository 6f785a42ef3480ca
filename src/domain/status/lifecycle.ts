/** Region L: review, erasure, and what an officer settled. */
import { keepBasis } from './basis.ts';
import type { Steps } from './step.ts';

export const lifecycle: Steps<'erasure.requested' | 'erasure.executed' | 'retention.reviewed' | 'conflict.settled'> = {
  'erasure.requested': (draft, { ground }, { fact }) => {
    draft.erasure = { ...draft.erasure, requestedAt: draft.erasure.requestedAt ?? fact.occurredAt, ground };
  },
  // Tombstones are read before everything else (`fold.ts`): what they absorb never gets here.
  'erasure.executed': () => {},
  'retention.reviewed': (draft, { keep, reviewBy }, { fact }) => {
    draft.review = { at: fact.occurredAt, keep, reviewBy };
  },
  'conflict.settled': (draft, { conflict, keep }) => {
    draft.settled.push({ conflict, keep });
    keepBasis(draft, keep);
  },
};
