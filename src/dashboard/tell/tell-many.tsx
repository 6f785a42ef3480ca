/**
 * Telling several people, one after the other: each with their own words, their own attempt and their own fact. Nobody is
 * told by being in a list: what was sent is confirmed at the end, for all at once or one by one.
 */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ContactRow, NoticeDraft, Sentence } from '../../contract.ts';
import type { Route } from '../../domain/activity.ts';
import { Why } from '../../ui/saving.tsx';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { type Refused, refusedIn } from '../commands.ts';
import { TellForm, usePrepared } from '../contact/tell-form.tsx';
import { canBeTold } from '../contacts/picked.tsx';
import type { Who } from '../hands.ts';
import { Empty, FlagMark } from '../pieces.tsx';
import { hashOf } from '../place.ts';
import { usePress } from '../press.ts';

export interface OnTellMany {
  readonly prepare: (who: Who, route: Route, language: string) => Promise<NoticeDraft | Refused>;
  readonly attempt: (who: Who, route: Route, language: string) => Promise<{ readonly attempt: string } | Refused>;
  readonly confirmAll: (people: readonly Who[], onEach: (index: number) => void) => Promise<Sentence | null>;
  readonly notSent: (who: Who) => Promise<Sentence | null>;
  readonly copy: (text: string) => Promise<void>;
}

const whoOf = ({ id, name }: ContactRow): Who => ({ contact: id, name });

export function TellMany({
  say,
  rows,
  on,
}: {
  say: Say;
  /** Those who were chosen, in the order of the list. */
  rows: readonly ContactRow[];
  on: OnTellMany;
}): JSX.Element {
  /** Sent from here: said before the list has heard of it. */
  const [sent, setSent] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    // What the list has heard of, the list decides: it may have come back since.
    const heard = rows.filter(({ id, status }) => status.pending && sent.has(id)).map(({ id }) => id);
    if (heard.length > 0) setSent(new Set([...sent].filter((id) => !heard.includes(id))));
  }, [rows, sent]);
  const [chosen, setChosen] = useState<string | null>(null);
  const isPending = ({ id, status }: ContactRow): boolean => status.pending || sent.has(id);
  const open = rows.filter(canBeTold);
  const left = open.filter((row) => !isPending(row));
  const pending = open.filter(isPending);
  const current = left.find(({ id }) => id === chosen) ?? left[0] ?? null;
  const sentence = (): Sentence =>
    left.length > 0
      ? { key: 'tellManyLeft', count: left.length, args: [left.length, rows.length] }
      : pending.length > 0
        ? { key: 'tellManyPending', count: pending.length, args: [pending.length] }
        : { key: 'tellManyNobody' };
  const forget = (id: string): void => setSent((before) => new Set([...before].filter((one) => one !== id)));

  return (
    <>
      <nav class="back" aria-label={say('dashBack')}>
        <a href={hashOf({ view: 'contacts', find: '' })}>{say('dashContacts')}</a>
      </nav>
      <h1 class="sentence">{say(sentence())}</h1>
      {rows.length === 0 && <Empty>{say('tellManyEmpty')}</Empty>}
      <div class="tellmany">
        <div class="tellnow">
          {current && (
            <Current
              say={say}
              row={current}
              on={on}
              onSent={() => setSent((before) => new Set([...before, current.id]))}
            />
          )}
          {pending.length > 0 && (
            <OnTheirWay say={say} rows={pending} last={left.length === 0} on={on} onBack={forget} />
          )}
        </div>
        {rows.length > 0 && (
          <ol class="tellwhom" aria-label={say('tellManyWhom')}>
            {rows.map((row) => (
              <li key={row.id} aria-current={row === current ? 'step' : undefined}>
                {left.includes(row) && row !== current ? (
                  <button type="button" class="link" onClick={() => setChosen(row.id)}>
                    <bdi>{row.name}</bdi>
                  </button>
                ) : (
                  <bdi>{row.name}</bdi>
                )}
                {canBeTold(row) && isPending(row) ? (
                  <span class="pending soft">
                    <Sign name="sending" />
                    {say('dashOnItsWay')}
                  </span>
                ) : (
                  <FlagMark say={say} flag={row.status.flag} />
                )}
              </li>
            ))}
          </ol>
        )}
      </div>
    </>
  );
}

/** Route and language stay as they are from one person to the next, until they are chosen otherwise. */
const Current = ({
  say,
  row,
  on,
  onSent,
}: {
  say: Say;
  row: ContactRow;
  on: OnTellMany;
  onSent: () => void;
}): JSX.Element => {
  const who = whoOf(row);
  const prepared = usePrepared(row.id, (route, language) => on.prepare(who, route, language));
  const title = useRef<HTMLHeadingElement>(null);
  const first = useRef(row.id);
  useEffect(() => {
    // The next person, after one was sent: where the page goes on.
    if (first.current !== row.id) title.current?.focus();
    first.current = row.id;
  }, [row.id]);
  const send = async (): Promise<Sentence | null> => {
    const refused = refusedIn(await on.attempt(who, prepared.route, prepared.language));
    if (refused) return refused.why;
    onSent();
    return null;
  };
  return (
    <section aria-labelledby="telling" class="telling">
      <h2 id="telling" ref={title} tabIndex={-1}>
        {say('tellTitle', row.name)} {row.account && <bdi class="soft">{row.account}</bdi>}
      </h2>
      <p class="soft">{say(row.status.sentence)}</p>
      <TellForm say={say} name={row.name} prepared={prepared} onSend={send} onCopy={on.copy} />
    </section>
  );
};

const OnTheirWay = ({
  say,
  rows,
  last,
  on,
  onBack,
}: {
  say: Say;
  rows: readonly ContactRow[];
  /** Nobody is left to tell: this is what is to be done now. */
  last: boolean;
  on: OnTellMany;
  /** One was not sent after all: they are to be told again. */
  onBack: (id: string) => void;
}): JSX.Element => {
  const { busy, why, press } = usePress();
  const [at, setAt] = useState(0);
  const count = rows.length;
  return (
    <section class="pendingbox" aria-labelledby="on-their-way" aria-busy={busy}>
      <h2 id="on-their-way" class="state">
        <Sign name="sending" />
        {say('tellOnItsWay')}
      </h2>
      <p>{say('tellManyMeans')}</p>
      <ul class="sentlist">
        {rows.map((row) => (
          <li key={row.id}>
            <bdi>{row.name}</bdi>
            <button
              type="button"
              class="button"
              aria-label={say('tellManyNotSentTo', row.name)}
              onClick={() =>
                void press(async () => {
                  const refused = await on.notSent(whoOf(row));
                  if (refused === null) onBack(row.id);
                  return refused;
                })
              }
            >
              {say('tellNotSent')}
            </button>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button
          type="button"
          class={`button ${last ? 'primary' : ''}`}
          onClick={() => void press(() => on.confirmAll(rows.map(whoOf), setAt))}
        >
          {say({ key: 'tellManyConfirm', count, args: [count] })}
        </button>
        <span class="soft" role="status">
          {busy && count > 1 ? say('tellManyAt', at + 1, count) : ''}
        </span>
      </div>
      <Why say={say} why={why} />
    </section>
  );
};
