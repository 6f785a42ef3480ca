/** Regions O and R: objections and restrictions. They are always taken; only an officer resolves, and never marketing. */
import type { Steps } from './step.ts';
import { find, markOf, millis } from './step.ts';

export const rights: Steps<
  'objection.raised' | 'objection.resolved' | 'restriction.set' | 'restriction.lifted' | 'data.rectified'
> = {
  'objection.raised': (draft, { scope }, at) => {
    const mark = markOf(at);
    draft.lastContactBySubject = mark.at;
    // Who objects to everything objects to marketing too, and that half nobody may override (Art. 21(2)-(3)).
    const marketing = mark;
    const general = scope === 'general' ? { ...mark, state: 'pending' as const } : draft.objections.general;
    draft.objections = { marketing, general };
  },
  'objection.resolved': (draft, { ref, outcome }, at) => {
    const { general } = draft.objections;
    if (general?.fact === ref) draft.objections = { ...draft.objections, general: { ...general, state: outcome } };
    else find(draft, 'marketing_objection_stands', at);
  },
  'restriction.set': (draft, { ground }, at) => {
    draft.restrictions.push({ ...markOf(at), ground });
  },
  'restriction.lifted': (draft, { ref, informedAt }, at) => {
    if (millis(informedAt, at.fact.occurredAt) >= 0)
      draft.restrictions = draft.restrictions.filter(({ fact }) => fact !== ref);
    else find(draft, 'person_not_informed', at);
  },
  'data.rectified': () => {},
};
