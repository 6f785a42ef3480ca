/** The contacts as a table: one row each, ordered by any column, and chosen to be told. */
import type { JSX } from 'preact';
import type { ContactRow } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { Deadline, dayOf, FlagMark, ownerWord } from '../pieces.tsx';
import { hashOf } from '../place.ts';
import type { Column, Order } from './order.ts';
import { canBeTold, type PickedPeople } from './picked.tsx';

export const HEAD: Readonly<Record<Column, string>> = {
  urgency: 'dashColStatus',
  name: 'dashColPerson',
  deadline: 'dashColDeadline',
  account: 'dashColAccount',
  owner: 'dashColOwner',
  lastLog: 'dashColLastLog',
  withheld: 'dashColWithheld',
};
export const COLUMNS: readonly Column[] = ['name', 'urgency', 'deadline', 'account', 'owner', 'lastLog', 'withheld'];

/** Roles are written out because at 320 px the rows are laid out as cards, which makes browsers forget them. */
export const Table = ({
  say,
  when,
  rows,
  order,
  onOrder,
  picked,
}: {
  say: Say;
  when: Dates;
  rows: readonly ContactRow[];
  order: Order;
  onOrder: (by: Column) => void;
  picked: PickedPeople;
}): JSX.Element => (
  // biome-ignore-start lint/a11y: see above.
  <table class="dense contacts" role="table" aria-label={say('dashContacts')}>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" class="col-pick">
          <span class="sr-only">{say('dashPick')}</span>
        </th>
        {COLUMNS.map((column) => (
          <th
            key={column}
            role="columnheader"
            scope="col"
            class={`col-${column}`}
            aria-sort={order.by !== column ? 'none' : order.down ? 'descending' : 'ascending'}
          >
            <button type="button" onClick={() => onOrder(column)}>
              {say(HEAD[column])}
              <span class="way">{order.by === column && <Sign name={order.down ? 'down' : 'up'} size={12} />}</span>
            </button>
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <Row key={row.id} say={say} when={when} row={row} picked={picked} />
      ))}
    </tbody>
  </table>
  // biome-ignore-end lint/a11y: see above.
);

const Row = ({
  say,
  when,
  row,
  picked,
}: {
  say: Say;
  when: Dates;
  row: ContactRow;
  picked: PickedPeople;
}): JSX.Element => {
  const about = [row.title, row.company !== row.account ? row.company : null].filter(Boolean).join(' · ');
  return (
    // biome-ignore-start lint/a11y: see Table.
    <tr role="row">
      <td role="cell" class="col-pick">
        {canBeTold(row) && (
          <input
            type="checkbox"
            aria-label={say('dashPickPerson', row.name)}
            checked={picked.has(row.id)}
            onChange={(event) => picked.pick(row.id, event.currentTarget.checked)}
          />
        )}
      </td>
      <th role="rowheader" scope="row" class="col-name">
        <a href={hashOf({ view: 'contact', contact: row.id })}>
          <bdi>{row.name}</bdi>
        </a>
        {(about || row.idTail) && (
          <span class="soft about">
            {about && <bdi>{about}</bdi>}
            {row.idTail && <span class="tail"> …{row.idTail}</span>}
          </span>
        )}
      </th>
      <td role="cell" class="col-urgency">
        <FlagMark say={say} flag={row.status.flag} />
        {row.status.pending && (
          <span class="pending soft">
            <Sign name="sending" />
            {say('dashOnItsWay')}
          </span>
        )}
      </td>
      <td role="cell" class="col-deadline" data-head={say('dashColDeadline')}>
        <Deadline say={say} when={when} status={row.status} />
      </td>
      <td role="cell" class="col-account" data-head={say('dashColAccount')}>
        {row.account ? <bdi>{row.account}</bdi> : <span class="soft">{say('dashNone')}</span>}
      </td>
      <td role="cell" class="col-owner" data-head={say('dashColOwner')}>
        {ownerWord(say, row.owner)}
      </td>
      <td role="cell" class="col-lastLog" data-head={say('dashColLastLog')}>
        {row.lastLog ? (
          <time dateTime={row.lastLog}>{dayOf(when, row.lastLog)}</time>
        ) : (
          <span class="soft">{say('dashNever')}</span>
        )}
      </td>
      <td role="cell" class="col-withheld" data-head={say('dashColWithheld')}>
        {row.withheld > 0 ? (
          <span class="withheld">
            <Sign name="withheld" />
            {row.withheld}
          </span>
        ) : (
          <span class="soft">{say('dashNone')}</span>
        )}
      </td>
    </tr>
    // biome-ignore-end lint/a11y: see Table.
  );
};
