/** Contacts: who has been told, who has not, and how long is left. */
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { ContactsView, Flag } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { FlagSign } from '../../ui/flags.tsx';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { Empty, flagWord, More } from '../pieces.tsx';
import { hashOf } from '../place.ts';
import { useFound } from './found.ts';
import { type Column, hayOf, matching, type Order, ordered, pressed } from './order.ts';
import { PickAll, Picked, usePicked } from './picked.tsx';
import { COLUMNS, HEAD, Table } from './table.tsx';

const PAGE = 200;
/** Backlog stands apart: it is counted on its own and never mixed with the live clocks. */
const LIVE: readonly Flag[] = ['overdue', 'due', 'not_told', 'told', 'objected'];
export function Contacts({
  say,
  when,
  view,
  find,
  findContacts,
  shortcut,
}: {
  say: Say;
  when: Dates;
  view: ContactsView;
  find: string;
  /** Ids of contacts whose names fit with a slip or by their initials, too. */
  findContacts: (words: string) => Promise<readonly string[]>;
  shortcut: string | null;
}): JSX.Element {
  const [words, setWords] = useState(find);
  const [flag, setFlag] = useState<Flag | null>(null);
  const [order, setOrder] = useState<Order>({ by: 'urgency', down: false });
  const [limit, setLimit] = useState(PAGE);

  const found = useFound(words, findContacts, view);
  // Ordering is the dear part and words change with every key: so order first, then pick.
  const inOrder = useMemo(() => ordered(view.rows, order), [view.rows, order]);
  const hays = useMemo(() => inOrder.map(hayOf), [inOrder]);
  const rows = useMemo(() => {
    const fits = matching(hays, words);
    return inOrder.filter(
      (row, index) => (flag === null || row.status.flag === flag) && (fits(index) || found.has(row.id)),
    );
  }, [inOrder, hays, words, found, flag]);

  const picked = usePicked(rows);

  const total = view.rows.length;
  const { overdue, backlog, due, not_told } = view.counts;
  const untold = overdue + due + not_told + backlog;

  const narrow = (next: Flag | null): void => {
    setFlag(next);
    setLimit(PAGE);
  };

  if (total === 0)
    return (
      <>
        <h1 class="sentence">{say('dashContactsNone')}</h1>
        <Empty>{shortcut ? say('dashContactsEmptyKeys', shortcut) : say('dashContactsEmpty')}</Empty>
      </>
    );

  return (
    <>
      <h1 class="sentence">
        {untold === 0
          ? say({ key: 'dashContactsAllTold', count: total, args: [total] })
          : say({ key: 'dashContactsUntold', count: untold, args: [untold, total] })}
      </h1>
      <div class="filters">
        <fieldset class="chips">
          <legend class="sr-only">{say('dashFilterByFlag')}</legend>
          <Chip pressed={flag === null} count={total} onPress={() => narrow(null)}>
            {say('dashFilterAll')}
          </Chip>
          {LIVE.map((each) => (
            <Chip
              key={each}
              flag={each}
              pressed={flag === each}
              count={view.counts[each]}
              onPress={() => narrow(flag === each ? null : each)}
            >
              {flagWord(say, each)}
            </Chip>
          ))}
          <span class="apart">
            <Chip
              flag="backlog"
              pressed={flag === 'backlog'}
              count={backlog}
              onPress={() => narrow(flag === 'backlog' ? null : 'backlog')}
            >
              {flagWord(say, 'backlog')}
            </Chip>
          </span>
        </fieldset>
        <label class="find">
          <span class="sr-only">{say('dashFind')}</span>
          <Sign name="search" />
          <input
            type="search"
            value={words}
            placeholder={say('dashFind')}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              setWords(event.currentTarget.value);
              setLimit(PAGE);
            }}
          />
        </label>
      </div>
      {flag === 'backlog' && <p class="note">{say('dashBacklogMeans')}</p>}
      <div class="listline">
        <p class="soft" role="status">
          {say({ key: 'dashFound', count: rows.length, args: [rows.length] })}
        </p>
        <PickAll say={say} picked={picked} />
        <label class="sortby">
          {say('dashSortBy')}
          <select
            value={order.by}
            onChange={(event) => setOrder({ by: event.currentTarget.value as Column, down: false })}
          >
            {COLUMNS.map((column) => (
              <option key={column} value={column}>
                {say(HEAD[column])}
              </option>
            ))}
          </select>
        </label>
      </div>
      {rows.length === 0 ? (
        <Empty>
          {say('dashNothingFits')}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              setWords('');
              narrow(null);
            }}
          >
            {say('dashShowAll')}
          </button>
        </Empty>
      ) : (
        <Table
          say={say}
          when={when}
          rows={rows.slice(0, limit)}
          order={order}
          onOrder={(by) => setOrder(pressed(order, by))}
          picked={picked}
        />
      )}
      <More
        say={say}
        shown={Math.min(limit, rows.length)}
        total={rows.length}
        step={PAGE}
        onMore={() => setLimit(limit + PAGE)}
      />
      <Picked say={say} picked={picked} href={hashOf({ view: 'tell', contacts: picked.chosen })} />
    </>
  );
}

const Chip = ({
  flag,
  pressed,
  count,
  onPress,
  children,
}: {
  flag?: Flag;
  pressed: boolean;
  count: number;
  onPress: () => void;
  children: string;
}): JSX.Element => (
  <button type="button" class={`chip ${flag ? `flag-${flag}` : ''}`} aria-pressed={pressed} onClick={onPress}>
    {flag && <FlagSign flag={flag} />}
    <span class="chipword">{children}</span> <span class="count">{count}</span>
  </button>
);
