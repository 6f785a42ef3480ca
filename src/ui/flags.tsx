/** A person's status and a log's progress, each as a sign with its words. Colour only repeats what they say. */
import type { JSX } from 'preact';
import type { Flag, PersonStatus, Progress, Sentence } from '../contract.ts';
import type { Say } from '../words.ts';
import { Sign, type SignName } from './signs.tsx';

const FLAG_SIGN: Readonly<Record<Flag, SignName>> = {
  objected: 'objected',
  overdue: 'overdue',
  backlog: 'backlog',
  due: 'due',
  not_told: 'notTold',
  told: 'told',
};

/** "told", "not told, 12 days left", "3 days over". */
export const flagSentence = ({
  flag,
  daysLeft,
  pending,
}: Pick<PersonStatus, 'flag' | 'daysLeft' | 'pending'>): Sentence => {
  if (pending && flag !== 'objected' && flag !== 'told') return { key: 'flagPending' };
  switch (flag) {
    case 'objected':
      return { key: 'flagObjected' };
    case 'told':
      return { key: 'flagTold' };
    case 'backlog':
      return { key: 'flagBacklog' };
    case 'overdue':
      return daysLeft === null ? { key: 'flagOverdue' } : { key: 'flagOverdueDays', count: Math.abs(daysLeft) };
    case 'due':
      return daysLeft === null ? { key: 'flagDue' } : { key: 'flagDueDays', count: daysLeft };
    case 'not_told':
      return daysLeft === null ? { key: 'flagNotTold' } : { key: 'flagNotToldDays', count: daysLeft };
  }
};

export const FlagSign = ({ flag }: { flag: Flag }): JSX.Element => (
  <span class={`flag flag-${flag}`}>
    <Sign name={FLAG_SIGN[flag]} />
  </span>
);

/** The sign with its short words; `words={false}` keeps them for screen readers only. */
export const FlagMark = ({
  status,
  say,
  words = true,
}: {
  status: Pick<PersonStatus, 'flag' | 'daysLeft' | 'pending'>;
  say: Say;
  words?: boolean;
}): JSX.Element => (
  <span class={`flag flag-${status.flag}`}>
    <Sign name={FLAG_SIGN[status.flag]} />
    <span class={words ? undefined : 'sr-only'}>{say(flagSentence(status))}</span>
  </span>
);

const PROGRESS_SIGN: Readonly<Record<Progress, SignName>> = {
  saved: 'saved',
  queued: 'waiting',
  sending: 'sending',
  in_crm: 'inCrm',
  needs_you: 'needsYou',
};
const PROGRESS_WORD: Readonly<Record<Progress, string>> = {
  saved: 'flagSaved',
  queued: 'flagQueued',
  sending: 'flagSending',
  in_crm: 'flagInCrm',
  needs_you: 'flagNeedsYou',
};

/** Where a log is: saved, queued, sending, in CRM, needs you. */
export const ProgressMark = ({
  progress,
  say,
  words = true,
}: {
  progress: Progress;
  say: Say;
  words?: boolean;
}): JSX.Element => (
  <span class={`flag progress-${progress}`}>
    <Sign name={PROGRESS_SIGN[progress]} />
    <span class={words ? undefined : 'sr-only'}>{say(PROGRESS_WORD[progress])}</span>
  </span>
);
