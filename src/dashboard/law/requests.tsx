/** Requests with their clocks, and what can be done about each. */
import type { JSX } from 'preact';
import type { RequestView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import type { Who } from '../hands.ts';
import { hashOf } from '../place.ts';
import type { KindName } from './kinds.ts';
import type { LawActs } from './law-acts.ts';

export interface OnRequest {
  /** `selfConfirmed`: the officer's role was given to themselves, and the act will say so. */
  readonly open: (who: Who, kind: KindName, ref: string, selfConfirmed: boolean) => void;
  readonly plain: LawActs['onPlain'];
  readonly export: LawActs['onExport'];
}

/** The way to a person's page; somebody who was erased has no name any more. */
export const PersonLink = ({ say, contact, name }: { say: Say; contact: string; name: string }): JSX.Element => (
  <a href={hashOf({ view: 'contact', contact })}>{name ? <bdi>{name}</bdi> : say('dashNobody')}</a>
);

/** A file with everything held, or with what the person may take along. */
export const ExportButton = ({
  say,
  who,
  portable,
  on,
}: {
  say: Say;
  who: Who;
  portable: boolean;
  on: OnRequest;
}): JSX.Element => (
  <button type="button" class="button" onClick={() => void on.export(who, portable)}>
    {say(portable ? 'lawExportPortable' : 'lawExport')}
  </button>
);

interface Shown {
  readonly say: Say;
  readonly when: Dates;
  /** Each row says whose it is; on a person's own page nobody needs to be told. */
  readonly named: boolean;
  readonly officer: boolean;
  readonly selfConfirmed: boolean;
  readonly on: OnRequest;
}

export const Requests = ({ requests, ...shown }: Shown & { requests: readonly RequestView[] }): JSX.Element => (
  <ul class="requests">
    {requests.map((request) => (
      <Row key={request.id} request={request} {...shown} />
    ))}
  </ul>
);

const Row = ({
  say,
  when,
  request,
  named,
  officer,
  selfConfirmed,
  on,
}: Shown & { request: RequestView }): JSX.Element => {
  const { id, contact, name, kind, closed } = request;
  const who = { contact, name };
  const plain = (type: Parameters<OnRequest['plain']>[1], word: string): JSX.Element => (
    <button type="button" class="button" onClick={() => void on.plain(who, type, id)}>
      {say(word)}
    </button>
  );
  const form = (wanted: KindName, word: string): JSX.Element => (
    <button type="button" class="button" onClick={() => on.open(who, wanted, id, selfConfirmed)}>
      {say(word)}
    </button>
  );
  return (
    <li class={`request ${request.overdue ? 'is-overdue' : ''} ${closed ? 'is-closed' : ''}`}>
      <p class="happened">
        <Sign name={closed ? 'told' : request.overdue ? 'overdue' : request.waitsForPerson ? 'waiting' : 'clock'} />
        <strong>{say(`requestKind_${kind}`)}</strong>
        {named && <PersonLink say={say} contact={contact} name={name} />}
        <time class="soft" dateTime={request.receivedAt}>
          {say('lawReceived', when.day(request.receivedAt))}
        </time>
      </p>
      <p>{say(request.sentence)}</p>
      {!closed && request.extendBy && <p class="soft">{say('lawExtendBy', when.date(request.extendBy))}</p>}
      {!closed && (
        <div class="actions">
          {request.unacknowledged && plain('request.acknowledged', 'lawAckReceipt')}
          {request.waitsForPerson
            ? plain('request.identity_ok', 'lawIdentityOk')
            : plain('request.identity_requested', 'lawIdentityAsk')}
          {(kind === 'access' || kind === 'portability') && (
            <ExportButton say={say} who={who} portable={kind === 'portability'} on={on} />
          )}
          {officer && kind === 'erasure' && form('erase', 'lawErase')}
          {officer && request.extendBy && form('extend', 'lawExtend')}
          {form('fulfil', 'lawFulfil')}
          {officer && form('refuse', 'lawRefuse')}
        </div>
      )}
    </li>
  );
};
