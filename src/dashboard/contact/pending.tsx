/** A notice on its way: only the person's own word makes somebody *told*. */
import type { JSX } from 'preact';
import type { Contract, Sentence } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import type { Route } from '../../domain/activity.ts';
import { Why } from '../../ui/saving.tsx';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { usePress } from '../press.ts';

export type FailReason = Parameters<Contract['noticeFailed']>[0]['reason'];

const STATE: Readonly<Record<Route, string>> = {
  mail: 'tellWayMail',
  letter: 'tellWayLetter',
  card: 'tellWayCard',
  link: 'tellWayLink',
  spoken: 'tellWaySpoken',
};
const CONFIRM: Readonly<Record<Route, string>> = {
  mail: 'tellConfirmMail',
  letter: 'tellConfirmLetter',
  card: 'tellConfirmCard',
  link: 'tellConfirmLink',
  spoken: 'tellConfirmSpoken',
};
const FAIL_WORD: Readonly<Record<FailReason, string>> = {
  not_sent: 'tellNotSent',
  bounced: 'tellBounced',
  returned: 'tellReturned',
};
const FAILS: Readonly<Record<Route, readonly FailReason[]>> = {
  mail: ['not_sent', 'bounced'],
  letter: ['not_sent', 'returned'],
  card: ['not_sent'],
  link: ['not_sent'],
  spoken: ['not_sent'],
};

export function Pending({
  say,
  when,
  name,
  route,
  at,
  onConfirm,
  onFailed,
}: {
  say: Say;
  when: Dates;
  name: string;
  route: Route;
  /** When it was sent on its way; null where that was a moment ago. */
  at: string | null;
  onConfirm: () => Promise<Sentence | null>;
  onFailed: (reason: FailReason) => Promise<Sentence | null>;
}): JSX.Element {
  const { busy, why, press } = usePress();
  return (
    <section class="pendingbox" aria-busy={busy} aria-label={say('tellOnItsWay')}>
      <p class="state">
        <Sign name="sending" />
        <strong>{say('tellOnItsWay')}</strong>
        {at && (
          <time class="soft" dateTime={at}>
            {when.moment(at)}
          </time>
        )}
      </p>
      <p>{say(STATE[route], name)}</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => void press(onConfirm)}>
          {say(CONFIRM[route])}
        </button>
        {FAILS[route].map((reason) => (
          <button key={reason} type="button" class="button" onClick={() => void press(() => onFailed(reason))}>
            {say(FAIL_WORD[reason])}
          </button>
        ))}
      </div>
      <Why say={say} why={why} />
    </section>
  );
}
