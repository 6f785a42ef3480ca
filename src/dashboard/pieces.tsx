/** Small pieces every view of the dashboard uses. */
import type { ComponentChildren, JSX } from 'preact';
import type { LogView, Owner, PersonStatus, Sentence } from '../contract.ts';
import type { Dates } from '../dates.ts';
import { FlagSign, ProgressMark } from '../ui/flags.tsx';
import { Sign } from '../ui/signs.tsx';
import type { Say } from '../words.ts';
import type { Answered } from './answer.ts';
import { LogActButtons } from './log-acts.tsx';

const FLAG_WORD = {
  told: 'dashFlagTold',
  due: 'dashFlagDue',
  overdue: 'dashFlagOverdue',
  backlog: 'dashFlagBacklog',
  not_told: 'dashFlagNotTold',
  objected: 'dashFlagObjected',
} as const;

export const flagWord = (say: Say, flag: PersonStatus['flag']): string => say(FLAG_WORD[flag]);

/** A day, or the day of an instant. */
export const dayOf = (when: Dates, at: string): string => (at.length === 10 ? when.date(at) : when.day(at));

/** The flag with its sign and its word: colour is never the only sign. */
export const FlagMark = ({ say, flag }: { say: Say; flag: PersonStatus['flag'] }): JSX.Element => (
  <span class={`flag flag-${flag}`}>
    <FlagSign flag={flag} />
    {flagWord(say, flag)}
  </span>
);

export const daysWords = (say: Say, daysLeft: number): string =>
  daysLeft === 0
    ? say('dashDueToday')
    : daysLeft > 0
      ? say({ key: 'dashDaysLeft', count: daysLeft, args: [daysLeft] })
      : say({ key: 'dashDaysOver', count: -daysLeft, args: [-daysLeft] });

/** "12 days left · 4 Dec", and how much of the time is used. */
export const Deadline = ({
  say,
  when,
  status,
}: {
  say: Say;
  when: Dates;
  status: PersonStatus;
}): JSX.Element | null => {
  if (status.daysLeft === null) return <span class="soft">{say('dashNone')}</span>;
  return (
    <span class="deadline">
      <span>
        <span class="nowrap">{daysWords(say, status.daysLeft)}</span>{' '}
        {status.targetDue && (
          <span class="soft nowrap">
            · <time dateTime={status.targetDue}>{when.date(status.targetDue)}</time>
          </span>
        )}
      </span>
      {status.day && status.day.n <= status.day.m && (
        <span class="dayline">
          <Used n={status.day.n} m={status.day.m} flag={status.flag} />
          <span class="soft nowrap">{say('dashDayOf', status.day.n, status.day.m)}</span>
        </span>
      )}
    </span>
  );
};

const Used = ({ n, m, flag }: { n: number; m: number; flag: string }): JSX.Element => (
  <span class={`used used-${flag}`} aria-hidden="true">
    <span style={{ inlineSize: `${Math.round(Math.min(1, Math.max(0, m > 0 ? n / m : 1)) * 100)}%` }} />
  </span>
);

export const ownerWord = (say: Say, owner: Owner): string => {
  switch (owner) {
    case 'company':
      return say('dashOwnerCompany');
    case 'claimed':
      return say('dashOwnerClaimed');
    case 'confirmed':
      return say('dashOwnerConfirmed');
    case 'disputed':
      return say('dashOwnerDisputed');
    case 'transferred':
      return say('dashOwnerTransferred');
  }
};

const PERSON_WORD = {
  in_crm: 'dashPersonInCrm',
  stays: 'dashPersonStays',
  waiting: 'dashPersonWaiting',
  withheld: 'dashPersonWithheld',
} as const;
const PERSON_SIGN = { in_crm: 'inCrm', waiting: 'waiting', withheld: 'withheld', stays: 'private' } as const;
const KIND_WORD = {
  meeting: 'dashKindMeeting',
  call: 'dashKindCall',
  email: 'dashKindEmail',
  visit: 'dashKindVisit',
  note: 'dashKindNote',
} as const;

interface LogShown {
  readonly say: Say;
  readonly when: Dates;
  readonly onRetry?: ((activity: string) => void) | undefined;
  readonly onUndo?: ((activity: string) => void) | undefined;
  /** A shortcut per person whose part is withheld; null where there is nobody to tell. */
  readonly tell?: ((contact: string) => JSX.Element | null) | undefined;
}

export const Logs = ({ logs, ...shown }: LogShown & { logs: readonly LogView[] }): JSX.Element => (
  <div class="logs">
    {logs.map((log) => (
      <Log key={log.activity} log={log} {...shown} />
    ))}
  </div>
);

/** One log: what it is, how it is doing and why, and what can be done about it. */
export const Log = ({ say, when, log, onRetry, onUndo, tell }: LogShown & { log: LogView }): JSX.Element => (
  <article class={`log log-${log.progress}`} aria-labelledby={`log-${log.activity}`}>
    <header>
      <h3 id={`log-${log.activity}`}>
        <bdi>{log.title || say(KIND_WORD[log.kind])}</bdi>
      </h3>
      <ProgressMark progress={log.progress} say={say} />
    </header>
    <p class="meta soft">
      <span>{say(KIND_WORD[log.kind])}</span>
      <time dateTime={log.start}>{when.span(log.start, log.end)}</time>
      {log.account && <bdi>{log.account}</bdi>}
      {log.hasPrivate && (
        <span class="nowrap">
          <Sign name="private" />
          {say('dashHasPrivate')}
        </span>
      )}
    </p>
    <p class="what">{say(log.sentence)}</p>
    {log.reasons.length > 0 && (
      <ul class="reasons">
        {log.reasons.map((reason, index) => (
          <li key={index}>{say(reason)}</li>
        ))}
      </ul>
    )}
    {log.people.length > 0 && (
      <ul class="people" aria-label={say('dashPeopleOfLog')}>
        {log.people.map((person) => (
          <li key={person.id} class={`person-${person.state}`}>
            <Sign name={PERSON_SIGN[person.state]} />
            <bdi>{person.name}</bdi> <span class="soft">{say(PERSON_WORD[person.state])}</span>
          </li>
        ))}
      </ul>
    )}
    <Actions>
      {log.people.map((person) => (person.state === 'in_crm' ? null : (tell?.(person.id) ?? null)))}
      {log.canRetry && onRetry && (
        <button type="button" class="button" onClick={() => onRetry(log.activity)}>
          {say('dashRetry')}
        </button>
      )}
      {log.undoFor > 0 && onUndo && (
        <button type="button" class="button" onClick={() => onUndo(log.activity)}>
          {say('dashUndo')}
        </button>
      )}
      <LogActButtons say={say} log={log} />
      {log.url && (
        <a class="button quiet" href={log.url} target="_blank" rel="noreferrer">
          {say('dashOpenRecord')}
        </a>
      )}
    </Actions>
  </article>
);

const Actions = ({ children }: { children: ComponentChildren }): JSX.Element | null => {
  const shown = (Array.isArray(children) ? children.flat() : [children]).filter(Boolean);
  return shown.length > 0 ? <div class="actions">{shown}</div> : null;
};

/** Structure while the first answer is out: drawn by CSS after 100 ms, said at once. */
export const Loading = ({ say }: { say: Say }): JSX.Element => (
  <div class="loading" role="status">
    <span class="sr-only">{say('dashLoading')}</span>
    {[0, 1, 2, 3, 4].map((line) => (
      <span key={line} class="skeleton" aria-hidden="true" />
    ))}
  </div>
);

export const Failed = ({ say, why, onAgain }: { say: Say; why: Sentence; onAgain: () => void }): JSX.Element => (
  <div class="alert failed" role="alert">
    <Sign name="needsYou" />
    <p>{say(why)}</p>
    <button type="button" class="button" onClick={onAgain}>
      {say('dashAskAgain')}
    </button>
  </div>
);

/** The next step, in a sentence. */
export const Empty = ({ children }: { children: ComponentChildren }): JSX.Element => <p class="empty">{children}</p>;

/** Loading, failed, or the view; a failure after an answer keeps the answer on screen. */
export function Shown<T>({
  say,
  title,
  answer,
  onAgain,
  children,
}: {
  say: Say;
  /** Names the page while there is no sentence yet. */
  title: string;
  answer: Answered<T>;
  onAgain: () => void;
  children: (value: T) => ComponentChildren;
}): JSX.Element {
  const heading = <h1 class="sr-only">{title}</h1>;
  if (answer.is === 'asking')
    return (
      <>
        {heading}
        <Loading say={say} />
      </>
    );
  if (answer.is === 'here') return <>{children(answer.value)}</>;
  return (
    <>
      <Failed say={say} why={answer.why} onAgain={onAgain} />
      {answer.last !== null ? children(answer.last) : heading}
    </>
  );
}

/** A page of a long list, and the way to the next. */
export const More = ({
  say,
  shown,
  total,
  step,
  onMore,
}: {
  say: Say;
  shown: number;
  total: number;
  step: number;
  onMore: () => void;
}): JSX.Element | null =>
  shown < total ? (
    <p class="more">
      <span class="soft">{say('dashShownOf', shown, total)}</span>
      <button type="button" class="button" onClick={onMore}>
        {say('dashShowMore', Math.min(step, total - shown))}
      </button>
    </p>
  ) : null;
