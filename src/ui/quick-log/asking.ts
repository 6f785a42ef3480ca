/** What the form may ask the background: the part of the contract it needs, handed in by the surface. */
import type { Answer, Ask } from '../../contract.ts';

export type QuickLogMessage =
  | 'openForm'
  | 'saveDraft'
  | 'preview'
  | 'choosePerson'
  | 'answerInForm'
  | 'findPeople'
  | 'findByEmail'
  | 'commit'
  | 'burden'
  | 'undo'
  | 'progress'
  | 'retry'
  | 'continueInPopup'
  | 'openDashboard';

export type QuickLogAsk = <M extends QuickLogMessage>(
  message: M,
  ...ask: Ask<M> extends undefined ? [] : [Ask<M>]
) => Promise<Answer<M>>;

export type Surface = 'panel' | 'popup';

/** Tells when the background announced something; returns the way to stop. */
export type Hear = (then: () => void) => () => void;
