/** Today: what needs me, whom to tell next, what waits, what I logged. */
import type { ComponentChildren, JSX } from 'preact';
import type { ConnectionState, ContactRow, ContactsView, LogView, Sentence, TodayView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { FollowUps } from '../../ui/follow-ups.tsx';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { ordered } from '../contacts/order.ts';
import { daysWords, Empty, FlagMark, Logs } from '../pieces.tsx';
import { hashOf } from '../place.ts';

const FIRST = 5;

const CONNECTION: Readonly<Record<ConnectionState, string | null>> = {
  connected: null,
  none: 'dashConnectNone',
  sign_in_needed: 'dashConnectSignIn',
  waiting_for_setup: 'dashConnectSetup',
  permission_missing: 'dashConnectPermission',
};

/** Why nothing can reach the CRM, and where to go: shown on every view. */
export const ConnectionNote = ({
  say,
  connection,
  offline,
}: {
  say: Say;
  connection: ConnectionState;
  offline: boolean;
}): JSX.Element | null => {
  const key = CONNECTION[connection];
  if (key)
    return (
      <p class="note connection">
        <Sign name="settings" />
        <span>
          {say(key)} <a href="../options/index.html">{say('dashOpenOptions')}</a>
        </span>
      </p>
    );
  if (offline)
    return (
      <p class="note connection">
        <Sign name="offline" />
        <span>{say('dashOffline')}</span>
      </p>
    );
  return null;
};

export function Today({
  say,
  when,
  today,
  week,
  contacts,
  shortcut,
  tell,
  onTell,
  onRetry,
  onUndo,
  onSync,
  onMark,
}: {
  say: Say;
  when: Dates;
  today: TodayView;
  /** What the last seven days cost, for the person alone; null before the first log that was measured. */
  week: Sentence | null;
  contacts: ContactsView | null;
  shortcut: string | null;
  tell: (contact: string) => JSX.Element | null;
  onTell: (person: ContactRow) => void;
  onRetry: (activity: string) => void;
  onUndo: (activity: string) => void;
  onSync: () => void;
  onMark: (activity: string, step: number, done: boolean) => void;
}): JSX.Element {
  const needs = today.logs.filter((log) => log.progress === 'needs_you');
  const waiting = today.logs.filter((log) => log.progress !== 'needs_you' && log.progress !== 'in_crm');
  const there = today.logs.filter((log) => log.progress === 'in_crm');
  const urgent = ordered(
    (contacts?.rows ?? []).filter(({ status }) => status.flag === 'overdue' || status.flag === 'due'),
    { by: 'urgency', down: false },
  );
  const list = (logs: readonly LogView[]): JSX.Element => (
    <Logs say={say} when={when} logs={logs} tell={tell} onRetry={onRetry} onUndo={onUndo} />
  );
  return (
    <>
      <header class="headline">
        <h1 class="sentence">
          {today.needsYou > 0
            ? say({ key: 'dashTodayNeeds', count: today.needsYou, args: [today.needsYou] })
            : today.waiting > 0
              ? say({ key: 'dashTodayWaits', count: today.waiting, args: [today.waiting] })
              : urgent.length > 0
                ? say({ key: 'dashTodayTell', count: urgent.length, args: [urgent.length] })
                : say('dashTodayQuiet')}
        </h1>
        {today.waiting > 0 && today.connection === 'connected' && !today.offline && (
          <button type="button" class="button" onClick={onSync}>
            {say('dashSyncNow')}
          </button>
        )}
      </header>
      {needs.length > 0 && <Part title={say('dashNeedsYou')}>{list(needs)}</Part>}
      {urgent.length > 0 && (
        <Part title={say('dashTellNext')}>
          <ul class="next">
            {urgent.slice(0, FIRST).map((person) => (
              <li key={person.id}>
                <a href={hashOf({ view: 'contact', contact: person.id })}>
                  <bdi>{person.name}</bdi>
                </a>
                <span class="soft">{person.account && <bdi>{person.account}</bdi>}</span>
                <span class="how">
                  <FlagMark say={say} flag={person.status.flag} />
                  {person.status.daysLeft !== null && (
                    <span class="soft nowrap">{daysWords(say, person.status.daysLeft)}</span>
                  )}
                </span>
                <button type="button" class="button small" onClick={() => onTell(person)}>
                  {person.status.pending ? say('dashConfirmShort') : say('dashTellShort')}
                  <span class="sr-only"> {person.name}</span>
                </button>
              </li>
            ))}
          </ul>
          {urgent.length > FIRST && (
            <p>
              <a href={hashOf({ view: 'contacts', find: '' })}>
                {say({ key: 'dashTellAll', count: urgent.length, args: [urgent.length] })}
              </a>
            </p>
          )}
        </Part>
      )}
      {today.followUps && today.followUps.length > 0 && (
        <Part title={say('dashFollowUps')}>
          <FollowUps
            say={say}
            when={when}
            steps={today.followUps}
            onMark={({ activity, step }, done) => onMark(activity, step, done)}
          />
        </Part>
      )}
      {waiting.length > 0 && <Part title={say('dashWaiting')}>{list(waiting)}</Part>}
      <Part title={say('dashLogged')}>
        {there.length > 0 ? (
          list(there)
        ) : today.logs.length === 0 ? (
          <Empty>{shortcut ? say('dashTodayEmptyKeys', shortcut) : say('dashTodayEmpty')}</Empty>
        ) : (
          <p class="soft">{say('dashLoggedNone')}</p>
        )}
      </Part>
      {week && (
        <Part title={say('dashWeek')}>
          <p class="soft">{say(week)}</p>
        </Part>
      )}
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ComponentChildren }): JSX.Element => (
  <section class="part" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);
