/** The officer's desk: how many of each, requests with their clocks, contradictions and alarms, what a CRM refused. */
import type { JSX } from 'preact';
import type { DeskView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { type OnRequest, PersonLink, Requests } from '../law/requests.tsx';
import { Empty } from '../pieces.tsx';

export const RequestsView = ({
  say,
  when,
  desk,
  on,
  onRetry,
}: {
  say: Say;
  when: Dates;
  desk: DeskView;
  on: OnRequest;
  /** What a CRM refused is asked for again. */
  onRetry: (activity: string) => void;
}): JSX.Element => {
  const officer = desk.roles.includes('officer');
  const open = desk.requests.filter(({ closed }) => !closed);
  const overdue = open.filter((request) => request.overdue).length;
  const closed = desk.requests.filter((request) => request.closed);
  const sentence =
    overdue > 0
      ? { key: 'deskSentenceOverdue', args: [overdue], count: overdue }
      : open.length > 0
        ? { key: 'deskSentenceOpen', args: [open.length], count: open.length }
        : { key: 'deskSentenceNone' };
  const list = (requests: DeskView['requests']): JSX.Element => (
    <Requests
      say={say}
      when={when}
      requests={requests}
      named
      officer={officer}
      selfConfirmed={desk.selfConfirmed}
      on={on}
    />
  );
  return (
    <>
      <h1 class="sentence">{say(sentence)}</h1>
      <p class="soft">{say(officer ? (desk.selfConfirmed ? 'lawRoleAlone' : 'lawRoleOfficer') : 'lawRoleManager')}</p>
      {desk.refolding && (
        <p class="note" role="status">
          <progress value={desk.refolding.looked} max={desk.refolding.of} aria-label={say('deskRefoldingLabel')} />{' '}
          {say('deskRefolding', desk.refolding.looked, desk.refolding.of)}
        </p>
      )}
      <section aria-labelledby="open">
        <h2 id="open">{say('lawRequests')}</h2>
        {open.length === 0 ? <Empty>{say('deskNoRequests')}</Empty> : list(open)}
      </section>
      {desk.stuck.length > 0 && (
        <section aria-labelledby="stuck">
          <h2 id="stuck">{say('deskStuckTitle')}</h2>
          <ul class="standing">
            {desk.stuck.map(({ contact, name, sentence: why }) => (
              <li key={`${contact} ${why.key}`} class="standing-warning">
                <Sign name="needsYou" />
                <span>
                  <PersonLink say={say} contact={contact} name={name} /> {say(why)}{' '}
                  <button type="button" class="link" onClick={() => onRetry(`contact/${contact}`)}>
                    {say('dashRetry')}
                  </button>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {desk.queue.length > 0 && (
        <section aria-labelledby="queue">
          <h2 id="queue">{say('deskQueue')}</h2>
          <ul class="requests">
            {desk.queue.map(({ contact, name, is, conflict, facts, sentence: why }) => (
              <li key={`${contact} ${is} ${facts.map(({ id }) => id).join()}`} class="request">
                <p class="happened">
                  <Sign name="needsYou" />
                  <PersonLink say={say} contact={contact} name={name} />
                </p>
                <p>{say(why)}</p>
                {facts.length > 0 && (
                  <ul class="reasons">
                    {facts.map(({ id, sentence: said }) => (
                      <li key={id}>{say(said)}</li>
                    ))}
                  </ul>
                )}
                {conflict && officer && (
                  <div class="actions">
                    <button
                      type="button"
                      class="button"
                      onClick={() => on.open({ contact, name }, 'settle', conflict, desk.selfConfirmed)}
                    >
                      {say('lawSettle')}
                    </button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="watch">
        <h2 id="watch">{say('deskWatch')}</h2>
        <dl class="counts watch">
          {desk.counts.map(({ is, sentence: word, count }) => (
            <div key={is} class={count === 0 ? 'none' : undefined}>
              <dt>{say(word)}</dt>
              <dd class="num">{say('dashNumber', count)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {closed.length > 0 && (
        <details>
          <summary>{say('deskClosed', closed.length)}</summary>
          {list(closed)}
        </details>
      )}
    </>
  );
};
