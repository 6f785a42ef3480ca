/** What else is true of a person, what they asked for, and what can be recorded. */
import type { JSX } from 'preact';
import type { TimelineView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import type { Who } from '../hands.ts';
import type { KindName } from '../law/kinds.ts';
import { ExportButton, type OnRequest, Requests } from '../law/requests.tsx';

const SIGN = { plain: 'text', warning: 'needsYou', stop: 'objected' } as const;

export const Rights = ({
  say,
  when,
  view,
  on,
}: {
  say: Say;
  when: Dates;
  view: TimelineView;
  on: OnRequest;
}): JSX.Element | null => {
  const { standing = [], requests = [], may, person } = view;
  if (!may) return null;
  const who: Who = { contact: person.id, name: person.name };
  const open = (kind: KindName, ref: string | null | boolean, word: string): JSX.Element | null =>
    ref === null || ref === false ? null : (
      <button
        type="button"
        class="button"
        onClick={() => on.open(who, kind, ref === true ? '' : ref, may.selfConfirmed)}
      >
        {say(word)}
      </button>
    );
  const gone = person.status.badge === 'erased';
  return (
    <>
      <section aria-labelledby="standing">
        <h2 id="standing">{say('lawStanding')}</h2>
        <ul class="standing">
          {standing.map(({ is, sentence }) => (
            <li key={`${sentence.key} ${sentence.args?.join()}`} class={`standing-${is}`}>
              <Sign name={SIGN[is]} />
              <span>{say(sentence)}</span>
            </li>
          ))}
        </ul>
      </section>
      {requests.length > 0 && (
        <section aria-labelledby="requests">
          <h2 id="requests">{say('lawRequests')}</h2>
          <Requests
            say={say}
            when={when}
            requests={requests}
            named={false}
            officer={may.officer}
            selfConfirmed={may.selfConfirmed}
            on={on}
          />
        </section>
      )}
      {!gone && (
        <section aria-labelledby="acts">
          <h2 id="acts">{say('lawActs')}</h2>
          <div class="actions acts">
            {open('request', true, 'lawRequestButton')}
            {open('restrict', true, 'lawRestrict')}
            {open('lift', may.liftRestriction, 'lawLift')}
            {open('consent', may.consent, 'lawConsentButton')}
            {open('withdraw', may.withdraw, 'lawWithdrawButton')}
            {open('resolve', may.resolveObjection, 'lawResolveButton')}
            {open('acknowledge', may.acknowledge, 'lawAcknowledgeButton')}
            {open('attach', may.attach, 'lawAttachButton')}
            {open('basis', true, 'lawBasisButton')}
            {open('claim', may.claim, 'lawClaimButton')}
            {open('confirm', may.confirmClaim, 'lawConfirm')}
            {open('reject', may.confirmClaim, 'lawReject')}
            {open('transfer', may.transfer, 'lawTransferButton')}
            {open('rectify', true, 'lawRectifyButton')}
            {open('review', may.review, 'lawReviewButton')}
            {open('dispute', person.owner !== 'disputed', 'lawDisputeButton')}
            {open('exempt', may.exempt, 'lawExemptButton')}
            <ExportButton say={say} who={who} portable={false} on={on} />
            {may.portable.length > 0 && <ExportButton say={say} who={who} portable on={on} />}
            {open('erase', may.erase, 'lawErase')}
          </div>
          <p class="soft">
            {say(may.officer ? (may.selfConfirmed ? 'lawRoleAlone' : 'lawRoleOfficer') : 'lawRoleManager')}
          </p>
        </section>
      )}
    </>
  );
};
