/** Signing in by the session of the person's own CRM pages: an opt-in, so it says first what it is and how it ends. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { ConnectionView, Sentence } from '../contract.ts';
import type { Say } from '../words.ts';

/** What is asked of the browser beside hosts. */
export const SESSION_PERMISSIONS = ['cookies'] as const;

export function SignInWay({
  say,
  crm,
  bySession,
  onChange,
}: {
  say: Say;
  crm: string;
  bySession: boolean;
  onChange: (bySession: boolean) => void;
}): JSX.Element {
  const id = useId();
  return (
    <fieldset class="ways">
      <legend class="sr-only">{say('optionsStepKey')}</legend>
      {[false, true].map((session) => (
        <label key={String(session)} class="choice">
          <input type="radio" name={`${id}-way`} checked={bySession === session} onChange={() => onChange(session)} />
          {session ? say('optionsWithSession', crm) : say('optionsWithApp')}
        </label>
      ))}
    </fieldset>
  );
}

/** Everything to know before the click. */
export function SessionMeans({ say, crm, host }: { say: Say; crm: string; host: string }): JSX.Element {
  return (
    <div class="permission">
      <p>{say('optionsSessionReads', crm, host)}</p>
      <dl class="means">
        <dt>{say('optionsSessionCanIs')}</dt>
        <dd>{say('optionsSessionCan', crm)}</dd>
        <dt>{say('optionsSessionKeptIs')}</dt>
        <dd>{say('optionsSessionKept', host)}</dd>
        <dt>{say('optionsSessionAsksIs')}</dt>
        <dd>{say('optionsSessionAsks')}</dd>
        <dt>{say('optionsSessionBackIs')}</dt>
        <dd>{say('optionsSessionBack')}</dd>
      </dl>
      <p class="soft">{say('optionsSessionOrdinary')}</p>
    </div>
  );
}

/** Why the session does not serve now; null where it does, or where there is none. */
export const sessionTrouble = ({ crm, session, state, user }: ConnectionView): Sentence | null => {
  if (!session || state !== 'sign_in_needed') return null;
  if (session.off) return { key: 'optionsSessionOff', args: [crm.name] };
  if (session.other) return { key: 'optionsSessionOther', args: [crm.name, session.other, user ?? ''] };
  return { key: 'optionsSessionOver', args: [crm.name] };
};

/** What can be done about it. `onUse` makes whoever is signed in there the one whose logs these are. */
export function SessionActions({
  say,
  connection: { crm, session },
  address,
  onUse,
}: {
  say: Say;
  connection: ConnectionView;
  address: string;
  onUse: () => void;
}): JSX.Element | null {
  if (!session) return null;
  if (session.off) {
    return (
      <button type="button" class="button primary" onClick={onUse}>
        {say('optionsSessionUse')}
      </button>
    );
  }
  return (
    <>
      <a class="button primary" href={address} target="_blank" rel="noreferrer">
        {say('optionsSessionOpen', crm.name)}
      </a>
      {session.other && (
        <button type="button" class="button" onClick={onUse}>
          {say('optionsSessionGoOn', session.other)}
        </button>
      )}
    </>
  );
}
