/**
 * A state that an older fold stored, until it is folded again: what it knows is put where it is looked for now, and what
 * it cannot know is read strictly.
 */
import { type ContactState, FOLD_VERSION, type Mark, NOTHING } from './state.ts';

/** No act of the person is later than this. */
const FOR_EVER = '9999-12-31T23:59:59Z';
const unseen: Mark = { fact: '', at: FOR_EVER, actor: '', device: '', hash: '' };

export const upgraded = (state: ContactState): ContactState => {
  if (state.v === FOLD_VERSION) return state;
  const { told, attempt, objection, logs } = state;
  const spoken = logs.find(({ kind }) => kind !== 'note');
  return {
    ...NOTHING,
    ...state,
    deliveries: told ? [{ ...told, attempt: null }] : [],
    attempts: attempt ? [attempt] : [],
    firsts: { communication: spoken?.at ?? null, disclosure: null },
    objections: {
      marketing: objection === 'none' ? null : unseen,
      general: objection === 'general' ? { ...unseen, state: 'pending' } : null,
    },
  };
};
