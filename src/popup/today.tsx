/** Below the form: how the last logs are doing, what waits, and the way to the rest. */
import type { JSX } from 'preact';
import type { ConnectionState, LogView, Sentence, TodayView } from '../contract.ts';
import { dates } from '../ui/dates.ts';
import { ProgressMark } from '../ui/flags.tsx';
import { Sign } from '../ui/signs.tsx';
import type { Say } from '../ui/words.ts';

const MOST = 4;

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
}

export const Today = ({ today, week = null, say, language, onOptions, onDashboard }: TodayProps): JSX.Element => (
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
    {today && today.logs.length === 0 && <p class="soft">{say('popupNoLogs')}</p>}
    {today && today.logs.length > 0 && (
      <ul class="popup-logs">
        {today.logs.slice(0, MOST).map((log) => (
          <Log key={log.activity} log={log} say={say} language={language} />
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

const Log = ({ log, say, language }: { log: LogView; say: Say; language: string }): JSX.Element => (
  <li class="popup-log">
    <ProgressMark progress={log.progress} say={say} words={false} />
    <span class="popup-log-title">
      {log.title}
      {log.account && ` · ${log.account}`}
    </span>
    <time class="soft" dateTime={log.loggedAt}>
      {dates(log.zone, language, log.loggedAt).time(log.loggedAt)}
    </time>
    <span class="soft">{say(log.sentence)}</span>
  </li>
);
