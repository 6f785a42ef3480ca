/** What its person may do to a log: open its line again, keep it private, delete it or take it back. */
import { createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { Done, LogView } from '../contract.ts';
import type { Say } from '../words.ts';
import { refusedIn, useCommand } from './commands.ts';
import type { Hands } from './hands.ts';
import type { Show } from './toast.tsx';

export interface LogActs {
  readonly onOpen: (log: LogView) => void;
  readonly onRemove: (log: LogView) => void;
  readonly onKeepPrivate: (log: LogView) => void;
}
export const LogActsContext = createContext<LogActs | null>(null);

export interface PutRight {
  readonly remove: (log: LogView) => Promise<void>;
  readonly keepPrivate: (log: LogView) => Promise<void>;
  readonly mark: (activity: string, step: number, done: boolean) => Promise<void>;
}

/** Each act is one command; deleting and taking back can be undone as long as the toast stands. */
export const usePutRight = ({ say, ask, newId }: Hands, show: Show): PutRight => {
  const command = useCommand(newId);
  const answered = (answer: Done, words: string | null, undo: (() => void) | null = null): void => {
    const refused = refusedIn(answer);
    if (refused) show(say(refused.why));
    else if (words) show(words, undo);
  };
  return {
    remove: async ({ activity, title, may }) => {
      const answer = await command(`remove/${activity}`, (commandId) => ask('takeBack', { commandId, activity }));
      answered(answer, say(may?.remove === 'delete' ? 'dashDeleted' : 'dashTakenBack', title), () => {
        void command(`restore/${activity}`, (commandId) => ask('restore', { commandId, activity })).then((back) =>
          answered(back, null),
        );
      });
    },
    keepPrivate: async ({ activity, title }) => {
      const answer = await command(`private/${activity}`, (commandId) => ask('keepPrivate', { commandId, activity }));
      answered(answer, say('dashMadePrivate', title));
    },
    mark: async (activity, step, done) => {
      const answer = await command(`mark/${activity}/${step}/${done}`, (commandId) =>
        ask('markStep', { commandId, activity, step, done }),
      );
      answered(answer, null);
    },
  };
};

const OPEN = { edit: 'dashOpenEdit', correct: 'dashOpenCorrect' } as const;
const REMOVE = { delete: 'dashDelete', take_back: 'dashTakeBack' } as const;

export const LogActButtons = ({ say, log }: { say: Say; log: LogView }): JSX.Element | null => {
  const acts = useContext(LogActsContext);
  const { may } = log;
  if (!acts || !may) return null;
  const named = (word: string): JSX.Element => (
    <>
      {say(word)}
      <span class="sr-only"> {log.title}</span>
    </>
  );
  return (
    <>
      {may.open && (
        <button type="button" class="button quiet" onClick={() => acts.onOpen(log)}>
          {named(OPEN[may.open])}
        </button>
      )}
      {may.keepPrivate && (
        <button type="button" class="button quiet" onClick={() => acts.onKeepPrivate(log)}>
          {named('dashKeepPrivate')}
        </button>
      )}
      {/* While it can be undone, that is the shorter way. */}
      {may.remove && log.undoFor === 0 && (
        <button type="button" class="button quiet" onClick={() => acts.onRemove(log)}>
          {named(REMOVE[may.remove])}
        </button>
      )}
    </>
  );
};
