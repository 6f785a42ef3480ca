/** One person: one sentence, what to do, and every fact behind it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Sentence, TimelineEntry, TimelineView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { FlagSign, toneOf } from '../../ui/flags.tsx';
import { Sign, type SignName } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import type { OnRequest } from '../law/requests.tsx';
import { Empty, Log, More, ownerWord } from '../pieces.tsx';
import { hashOf } from '../place.ts';
import { type FailReason, Pending } from './pending.tsx';
import { Rights } from './rights.tsx';

const PAGE = 50;

export function Contact({
  say,
  when,
  view,
  onTell,
  onObjected,
  onConfirm,
  onFailed,
  onRetry,
  onUndo,
  law,
}: {
  say: Say;
  when: Dates;
  view: TimelineView | null;
  onTell: () => void;
  onObjected: () => void;
  onConfirm: (attempt: string) => Promise<Sentence | null>;
  onFailed: (attempt: string, reason: FailReason) => Promise<Sentence | null>;
  onRetry: (activity: string) => void;
  onUndo: (activity: string) => void;
  law: OnRequest;
}): JSX.Element {
  const [limit, setLimit] = useState(PAGE);
  const back = (
    <nav class="back" aria-label={say('dashBack')}>
      <a href={hashOf({ view: 'contacts', find: '' })}>{say('dashContacts')}</a>
    </nav>
  );
  if (!view)
    return (
      <>
        {back}
        <h1 class="sentence">{say('dashContactGone')}</h1>
        <Empty>{say('dashContactGoneMeans')}</Empty>
      </>
    );

  const { person, pendingAttempt } = view;
  const { status } = person;
  const about = [person.title, person.company !== person.account ? person.company : null].filter(Boolean).join(' · ');
  const newestFirst = [...view.entries].sort((a, b) => b.recordedAt.localeCompare(a.recordedAt));
  const gone = status.badge === 'erased' || status.badge === 'erasure_pending';
  const open = status.flag !== 'told' && status.flag !== 'objected';

  return (
    <>
      {back}
      <header class="person">
        <h1 class={`sentence of-${toneOf(status)}`}>
          <FlagSign {...status} />
          <span>{say(status.sentence)}</span>
        </h1>
        <p class="soft facts">
          {about && <bdi>{about}</bdi>}
          {person.account && (
            <span>
              <Sign name="account" />
              <bdi>{person.account}</bdi>
            </span>
          )}
          <span>
            <Sign name="person" />
            {ownerWord(say, person.owner)}
          </span>
          {person.idTail && <span class="tail">{say('dashIdTail', person.idTail)}</span>}
        </p>
        {view.deadline.length > 0 && (
          <ul class="deadlines">
            {view.deadline.map((line, index) => (
              <li key={index}>{say(line)}</li>
            ))}
          </ul>
        )}
        {!gone && (
          <div class="actions">
            <button type="button" class={`button ${open && !pendingAttempt ? 'primary' : ''}`} onClick={onTell}>
              <Sign name="mail" />
              {say(status.flag === 'told' ? 'dashTellAgain' : 'dashTell')}
            </button>
            <button type="button" class="button" onClick={onObjected}>
              <Sign name="objected" />
              {say('dashObjected')}
            </button>
          </div>
        )}
      </header>
      {pendingAttempt && (
        <Pending
          say={say}
          when={when}
          name={person.name}
          route={pendingAttempt.route}
          at={pendingAttempt.at}
          onConfirm={() => onConfirm(pendingAttempt.attempt)}
          onFailed={(reason) => onFailed(pendingAttempt.attempt, reason)}
        />
      )}
      <div class="columns">
        <section aria-labelledby="timeline">
          <h2 id="timeline">{say('dashTimeline')}</h2>
          {newestFirst.length === 0 ? (
            <Empty>{say('dashTimelineEmpty')}</Empty>
          ) : (
            <ol class="timeline">
              {newestFirst.slice(0, limit).map((entry) => (
                <Fact key={entry.id} say={say} when={when} entry={entry} />
              ))}
            </ol>
          )}
          <More
            say={say}
            shown={Math.min(limit, newestFirst.length)}
            total={newestFirst.length}
            step={PAGE}
            onMore={() => setLimit(limit + PAGE)}
          />
        </section>
        <div class="aside">
          <Rights say={say} when={when} view={view} on={law} />
          <section aria-labelledby="crossing">
            <h2 id="crossing">{say('dashCrossing')}</h2>
            {view.crossed.length === 0 ? (
              <p class="soft">{say('dashCrossingNone')}</p>
            ) : (
              <ul class="crossing">
                {view.crossed.map((line) => (
                  <li key={`${line.at} ${line.sentence.key}`}>
                    <time class="soft" dateTime={line.at}>
                      {when.moment(line.at)}
                    </time>
                    <span>{say(line.sentence)}</span>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section aria-labelledby="logs">
            <h2 id="logs">{say('dashLogs')}</h2>
            {view.logs.length === 0 ? (
              <p class="soft">{say('dashLogsNone')}</p>
            ) : (
              view.logs
                .slice(0, PAGE)
                .map((log) => (
                  <Log key={log.activity} say={say} when={when} log={log} onRetry={onRetry} onUndo={onUndo} />
                ))
            )}
          </section>
        </div>
      </div>
    </>
  );
}

const SIGN: Readonly<Record<string, SignName>> = {
  'contact.obtained': 'person',
  'contact.logged': 'text',
  'notice.attempted': 'sending',
  'notice.delivered': 'told',
  'notice.failed': 'overdue',
  'consent.given': 'promise',
  'consent.withdrawn': 'objected',
  'objection.raised': 'objected',
  'fact.voided': 'undo',
  'gate.decided': 'withheld',
  'delivery.stored': 'inCrm',
  'delivery.refused': 'needsYou',
};

const Fact = ({ say, when, entry }: { say: Say; when: Dates; entry: TimelineEntry }): JSX.Element => (
  <li class={`fact fact-${entry.type.replace('.', '-')} ${entry.voided ? 'voided' : ''}`}>
    <span class="spot">
      <Sign name={SIGN[entry.type] ?? 'text'} />
    </span>
    <div>
      <p class="happened">
        {entry.voided ? <s>{say(entry.sentence)}</s> : say(entry.sentence)}
        {entry.voided && <span class="soft"> {say('dashVoided')}</span>}
      </p>
      <div class="at">
        <time class="soft" dateTime={entry.occurredAt}>
          {entry.precision === 'day' ? when.day(entry.occurredAt) : when.moment(entry.occurredAt)}
        </time>
        <details>
          <summary>{say('dashProof')}</summary>
          <ul class="details">
            {entry.details.map((detail, index) => (
              <li key={index}>{say(detail)}</li>
            ))}
            <li>{say('dashRecordedAt', when.moment(entry.recordedAt))}</li>
            <li>
              {say('dashHash')} <code class="mono">{entry.hash}</code>
            </li>
          </ul>
        </details>
      </div>
    </div>
  </li>
);
