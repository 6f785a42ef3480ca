/** A person's status and a log's progress, each as a sign with its words. Colour only repeats what they say. */
import type { JSX } from 'preact';
import type { Flag, PersonStatus, Progress, Sentence } from '../contract.ts';
import type { Badge } from '../domain/status.ts';
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

/** Words about a person that say more than the flag. What is not here is said by the flag and its days. */
const BADGE_WORD: { readonly [B in Badge]?: string } = {
  erased: 'flagErased',
  erasure_pending: 'flagErasurePending',
  restricted: 'flagRestricted',
  withdrawn: 'flagWithdrawn',
  stale: 'flagStale',
  exempt: 'flagExempt',
  not_required: 'flagNotRequired',
  acknowledged: 'flagAcknowledged',
};
const BADGE_SIGN: { readonly [B in Badge]?: SignName } = {
  erased: 'close',
  erasure_pending: 'close',
  restricted: 'objected',
  withdrawn: 'objected',
  stale: 'due',
  exempt: 'verify',
  not_required: 'verify',
};
/** Which of the status colours a badge is drawn in. */
const BADGE_TONE: { readonly [B in Badge]?: string } = {
  erased: 'objected',
  erasure_pending: 'objected',
  restricted: 'objected',
  withdrawn: 'objected',
  stale: 'due',
  exempt: 'told',
  not_required: 'told',
};
type Shown = Pick<PersonStatus, 'flag' | 'badge'>;
export const signOf = ({ flag, badge }: Shown): SignName => (badge && BADGE_SIGN[badge]) ?? FLAG_SIGN[flag];
export const toneOf = ({ flag, badge }: Shown): string => (badge && BADGE_TONE[badge]) ?? flag;

/** "told", "not told, 12 days left", "3 days over". */
export const flagSentence = ({
  flag,
  badge,
  daysLeft,
  pending,
}: Pick<PersonStatus, 'flag' | 'badge' | 'daysLeft' | 'pending'>): Sentence => {
  const word = badge && BADGE_WORD[badge];
  if (word) return { key: word };
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

export const FlagSign = (status: Shown): JSX.Element => (
  <span class={`flag flag-${toneOf(status)}`}>
    <Sign name={signOf(status)} />
  </span>
);

/** The sign with its short words; `words={false}` keeps them for screen readers only. */
export const FlagMark = ({
  status,
  say,
  words = true,
}: {
  status: Pick<PersonStatus, 'flag' | 'badge' | 'daysLeft' | 'pending'>;
  say: Say;
  words?: boolean;
}): JSX.Element => (
  <span class={`flag flag-${toneOf(status)}`}>
    <Sign name={signOf(status)} />
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
