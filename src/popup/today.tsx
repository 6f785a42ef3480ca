/** Below the form: how the last logs are doing, what waits, and the way to the rest. */
import type { JSX } from 'preact';
import type { ConnectionState, FollowUp, LogView, Sentence, TodayView } from '../contract.ts';
import { dates } from '../dates.ts';
import { ProgressMark } from '../ui/flags.tsx';
import { FollowUps } from '../ui/follow-ups.tsx';
import { LogName } from '../ui/log-name.tsx';
import { Sign } from '../ui/signs.tsx';
import type { Say } from '../words.ts';

const MOST = 4;
const MOST_STEPS = 3;

const CONNECTION: Readonly<Record<Exclude<ConnectionState, 'connected'>, { sentence: string; action: string }>> = {
  none: { sentence: 'popupNotConnected', action: 'popupConnect' },
  sign_in_needed: { sentence: 'popupSignInNeeded', action: 'popupSignIn' },
  waiting_for_setup: { sentence: 'popupSetupNeeded', action: 'popupSetup' },
  permission_missing: { sentence: 'popupPermissionMissing', action: 'popupPermission' },
};

export interface TodayProps {
  /** Null until the background answered. */
  today: TodayView | null;
  /** What the last seven days cost, for the person alone. */
  week?: Sentence | null;
  say: Say;
  language: string;
  onOptions: () => void;
  onDashboard: (view: string) => void;
  onMark: (step: FollowUp, done: boolean) => void;
  onOpen: (log: LogView) => void;
  onRemove: (log: LogView) => void;
  onKeepPrivate: (log: LogView) => void;
  onRetry: (log: LogView) => void;
  /** What just happened, and the way back while there is one. */
  told: { readonly words: string; readonly onUndo: (() => void) | null } | null;
}

export const Today = (props: TodayProps): JSX.Element => {
  const { today, week = null, say, language, onOptions, onDashboard, onMark, told } = props;
  const due = (today?.followUps ?? []).filter(({ done }) => !done).slice(0, MOST_STEPS);
  const [first] = today?.logs ?? [];
  return (
    <footer class="popup-today">
      {today && today.connection !== 'connected' && (
        <div class="row spread">
          <span>{say(CONNECTION[today.connection].sentence)}</span>
          <button type="button" class="button small" onClick={onOptions}>
            {say(CONNECTION[today.connection].action)}
          </button>
        </div>
      )}
      {today?.offline && (
        <p class="row soft">
          <Sign name="offline" />
          {say('popupOffline')}
        </p>
      )}
      <div class="row spread">
        <h2>{say('popupToday')}</h2>
        {today && (
          <div class="row">
            {today.needsYou > 0 && (
              <button type="button" class="link flag progress-needs_you" onClick={() => onDashboard('today')}>
                <Sign name="needsYou" />
                {say({ key: 'popupNeedsYou', count: today.needsYou })}
              </button>
            )}
            {today.waiting > 0 && <span class="soft num">{say({ key: 'popupWaiting', count: today.waiting })}</span>}
          </div>
        )}
      </div>
      <p class="popup-told" role="status">
        {told && (
          <>
            {told.words}{' '}
            {told.onUndo && (
              <button type="button" class="link" onClick={told.onUndo}>
                {say('popupUndo')}
              </button>
            )}
          </>
        )}
      </p>
      {due.length > 0 && (
        <section aria-label={say('dashFollowUps')}>
          <h3 class="soft">{say({ key: 'popupFollowUps', count: due.length, args: [due.length] })}</h3>
          <FollowUps
            say={say}
            when={dates(first?.zone ?? 'UTC', language, today?.now ?? due[0]?.due ?? '')}
            steps={due}
            onMark={onMark}
          />
        </section>
      )}
      {today && today.logs.length === 0 && <p class="soft">{say('popupNoLogs')}</p>}
      {today && today.logs.length > 0 && (
        <ul class="popup-logs">
          {today.logs.slice(0, MOST).map((log) => (
            <Log key={log.activity} log={log} {...props} />
          ))}
        </ul>
      )}
      {week && <p class="soft popup-week">{say(week)}</p>}
      <p>
        <button type="button" class="link" onClick={() => onDashboard('today')}>
          {say('popupDashboard')}
        </button>
      </p>
    </footer>
  );
};

const Log = ({
  log,
  say,
  language,
  onOpen,
  onRemove,
  onKeepPrivate,
  onRetry,
}: TodayProps & { log: LogView }): JSX.Element => (
  <li class="popup-log">
    <ProgressMark progress={log.progress} say={say} words={false} />
    <span class="popup-log-title">
      <LogName log={log} />
    </span>
    <time class="soft" dateTime={log.loggedAt}>
      {dates(log.zone, language, log.loggedAt).time(log.loggedAt)}
    </time>
    <span class="soft">{say(log.sentence)}</span>
    {(log.canRetry || log.may?.open || log.may?.remove || log.may?.keepPrivate) && (
      <details class="popup-acts">
        <summary aria-label={say('popupMore', log.title)} title={say('popupMore', log.title)}>
          <span aria-hidden="true">⋯</span>
        </summary>
        <div class="row">
          {log.canRetry && (
            <button type="button" class="link" onClick={() => onRetry(log)}>
              {say('dashRetry')}
            </button>
          )}
          {log.may?.open && (
            <button type="button" class="link" onClick={() => onOpen(log)}>
              {say(log.may.open === 'edit' ? 'dashOpenEdit' : 'dashOpenCorrect')}
            </button>
          )}
          {log.may?.keepPrivate && (
            <button type="button" class="link" onClick={() => onKeepPrivate(log)}>
              {say('dashKeepPrivate')}
            </button>
          )}
          {log.may?.remove && (
            <button type="button" class="link" onClick={() => onRemove(log)}>
              {say(log.may.remove === 'delete' ? 'dashDelete' : 'dashTakeBackNow')}
            </button>
          )}
        </div>
      </details>
    )}
  </li>
);
