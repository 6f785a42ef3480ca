/** The rail: the product, the views with what waits in them, the way to options. */
import type { JSX } from 'preact';
import { Sign, type SignName } from '../ui/signs.tsx';
import type { Say } from '../words.ts';
import { hashOf, type Place } from './place.ts';

export const NAV: readonly {
  readonly view: 'today' | 'contacts' | 'held' | 'requests' | 'evidence';
  word: string;
  sign: SignName;
}[] = [
  { view: 'today', word: 'dashToday', sign: 'calendar' },
  { view: 'contacts', word: 'dashContacts', sign: 'person' },
  { view: 'held', word: 'dashHeld', sign: 'withheld' },
  { view: 'requests', word: 'dashRequests', sign: 'clock' },
  { view: 'evidence', word: 'dashEvidence', sign: 'verify' },
];
const placeIn = (view: (typeof NAV)[number]['view']): Place => (view === 'contacts' ? { view, find: '' } : { view });

export const Side = ({
  say,
  place,
  needsYou,
  waiting,
  onSkip,
}: {
  say: Say;
  place: Place;
  needsYou: number;
  waiting: number;
  onSkip: () => void;
}): JSX.Element => (
  <header class="side">
    {/* Its address is where we are: the hash is the route, so the way to the page is a call. */}
    <a
      class="skip"
      href={hashOf(place)}
      onClick={(event) => {
        event.preventDefault();
        onSkip();
      }}
    >
      {say('dashSkip')}
    </a>
    <p class="brand">
      <Sign name="mark" size={20} />
      {say('dashBrand')}
    </p>
    <nav aria-label={say('dashNav')}>
      {NAV.map(({ view, word, sign }) => {
        const here =
          view === place.view || (view === 'contacts' && (place.view === 'contact' || place.view === 'tell'));
        const count = view === 'held' ? waiting : view === 'today' ? needsYou : 0;
        return (
          <a key={view} href={hashOf(placeIn(view))} aria-current={here ? 'page' : undefined}>
            <Sign name={sign} />
            <span>{say(word)}</span>
            {count > 0 && (
              <span class={`count ${view === 'today' ? 'needs' : ''}`}>
                <span aria-hidden="true">{say('dashNumber', count)}</span>
                <span class="sr-only">
                  {say({ key: view === 'today' ? 'dashNeedsCount' : 'dashWaitsCount', count, args: [count] })}
                </span>
              </span>
            )}
          </a>
        );
      })}
    </nav>
    <p class="foot">
      <a href="../options/index.html">
        <Sign name="settings" />
        <span>{say('dashOptions')}</span>
      </a>
    </p>
  </header>
);
