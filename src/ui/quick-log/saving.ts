/** From Enter to the saved log: at most one commit on its way, a refusal keeps the text, undo gives it back. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Committed, FormView, LogView, Sentence } from '../../contract.ts';
import type { Effort } from '../../domain/burden.ts';
import { unanswered } from '../unanswered.ts';
import type { Hear, QuickLogAsk, Surface } from './asking.ts';
import { type Drafting, useDrafting } from './drafting.ts';
import { isTooLong, tooLong } from './too-long.ts';

interface Saved {
  readonly log: LogView;
  readonly boundElsewhere: Sentence | null;
}

export interface Saving {
  /** The form the words belong to now; null before it is there and once it is saved. */
  readonly formId: string | null;
  readonly saved: Saved | null;
  readonly busy: boolean;
  /** Why it was not saved, until the words change. */
  readonly refused: Sentence | null;
  /** What happens instead, or next. */
  readonly told: Sentence | null;
  readonly drafting: Drafting;
  refuse(why: Sentence | null): void;
  tell(what: Sentence | null): void;
  save(): Promise<void>;
  undo(): Promise<void>;
}

/** A restored draft and what was typed before it arrived: both are kept. */
const joined = (draft: string, typed: string): string => [draft, typed].filter((words) => words.trim()).join(' ');

export const useSaving = ({
  form,
  text,
  setText,
  ask,
  surface,
  armed,
  effort,
  onChanged,
  onAnother,
}: {
  form: FormView | null;
  text: string;
  setText: (text: string) => void;
  ask: QuickLogAsk;
  surface: Surface;
  armed: () => boolean;
  /** What it cost so far. */
  effort: () => Effort;
  onChanged: Hear;
  onAnother: (text: string) => void;
}): Saving => {
  /** The form that goes on after one was saved before with other words. */
  const [nextForm, setNextForm] = useState<string | null>(null);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, refuse] = useState<Sentence | null>(null);
  const [told, tell] = useState<Sentence | null>(null);
  const pending = useRef(false);
  /** Enter was pressed before the form was there. */
  const wanted = useRef(false);
  const formId = saved ? null : (nextForm ?? form?.formId ?? null);
  const drafting = useDrafting(formId, text, form?.draft ?? '', ask, refuse);

  const commit = async (id: string, words: string): Promise<void> => {
    let answer: Committed;
    try {
      answer = await ask('commit', { formId: id, text: words, armed: true, effort: effort() });
    } catch (error) {
      refuse(unanswered(error, 'logNoAnswer'));
      return;
    }
    switch (answer.is) {
      case 'saved':
        setSaved({ log: answer.log, boundElsewhere: answer.boundElsewhere });
        return;
      case 'already_saved':
        if (answer.nextFormId === null) {
          setSaved({ log: answer.log, boundElsewhere: null });
        } else {
          setNextForm(answer.nextFormId);
          refuse({ key: 'logSavedBefore' });
        }
        return;
      case 'refused':
        refuse(answer.why);
        return;
      case 'not_here':
        tell(answer.why);
        await ask('continueInPopup').catch(() => refuse({ key: 'logOpenPopup' }));
    }
  };

  /** This frame may not save: the words go along to a window of the browser's own. */
  const goOn = async (): Promise<void> => {
    await drafting.flush();
    tell({ key: 'logContinues' });
    await ask('continueInPopup').catch(() => refuse({ key: 'logOpenPopup' }));
  };

  const save = async (): Promise<void> => {
    if (pending.current || saved) return;
    refuse(null);
    tell(null);
    if (isTooLong(text)) {
      refuse(tooLong(text));
      return;
    }
    if (text.trim() === '' && !form?.privateKept) {
      tell({ key: 'logEmpty' });
      return;
    }
    const allowed = surface === 'popup' || ((form?.mayCommit ?? true) && armed());
    if (formId === null && allowed) {
      wanted.current = true;
      tell({ key: 'logOpening' });
      return;
    }
    pending.current = true;
    setBusy(true);
    if (formId !== null && allowed) {
      drafting.pause(true);
      await commit(formId, text);
      drafting.pause(false);
    } else await goOn();
    pending.current = false;
    setBusy(false);
  };

  // The form arrives, after the first keys perhaps. Nothing typed is lost; nothing unseen is saved.
  const arrived = form?.formId;
  // Once per form.
  useEffect(() => {
    if (!form) return;
    setNextForm(null);
    if (form.draft !== '' && form.draft !== text) setText(joined(form.draft, text));
    if (!wanted.current) return;
    if (form.draft !== '') {
      wanted.current = false;
      tell({ key: 'logDraftFound' });
    }
  }, [arrived]);
  // Once, when an early Enter can be kept.
  useEffect(() => {
    if (!wanted.current || formId === null) return;
    wanted.current = false;
    void save();
  }, [formId]);

  const activity = saved?.log.activity;
  useEffect(() => {
    if (activity === undefined) return;
    let current = true;
    const stop = onChanged(() => {
      ask('progress', { activity }).then(
        (log) => current && log && setSaved((before) => (before ? { ...before, log } : before)),
        () => undefined, // The next announcement asks again.
      );
    });
    return () => {
      current = false;
      stop();
    };
  }, [activity, ask, onChanged]);

  const undo = async (): Promise<void> => {
    if (!saved || pending.current) return;
    pending.current = true;
    try {
      const done = await ask('undo', { activity: saved.log.activity });
      if (done.is === 'done') onAnother(text);
      else refuse(done.why);
    } catch {
      refuse({ key: 'logUndoNoAnswer' });
    }
    pending.current = false;
  };

  return { formId, saved, busy, refused, told, drafting, refuse, tell, save, undo };
};
