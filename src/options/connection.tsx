/** One connected CRM: how it is, what is missing and for whom, and what can be done. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionState, ConnectionView, Sentence } from '../contract.ts';
import type { Dates } from '../dates.ts';
import type { OwnAnswer } from '../ui/own-field.tsx';
import { Why } from '../ui/saving.tsx';
import { Sign, type SignName } from '../ui/signs.tsx';
import type { Say } from '../words.ts';
import { CopyLine } from './copy.tsx';
import { CredentialFields, complete, type Given, NOTHING } from './credentials.tsx';
import { SESSION_PERMISSIONS, SessionActions, sessionTrouble } from './page-session.tsx';
import { Demands, Places, Works } from './places.tsx';

const STATE: Readonly<
  Record<ConnectionState, { readonly word: string; readonly means: string; readonly sign: SignName }>
> = {
  none: { word: 'optionsStateNone', means: 'optionsStateNoneMeans', sign: 'notTold' },
  connected: { word: 'optionsStateConnected', means: 'optionsStateConnectedMeans', sign: 'told' },
  sign_in_needed: { word: 'optionsStateSignIn', means: 'optionsStateSignInMeans', sign: 'needsYou' },
  waiting_for_setup: { word: 'optionsStateSetup', means: 'optionsStateSetupMeans', sign: 'due' },
  permission_missing: { word: 'optionsStatePermission', means: 'optionsStatePermissionMeans', sign: 'needsYou' },
};

/** A tenant is a host name; what recognises and connects takes an address. */
export const addressOf = (tenant: string): string => (/^[a-z]+:\/\//.test(tenant) ? tenant : `https://${tenant}/`);

export function Connection({
  say,
  when,
  connection,
  onTest,
  onSignIn,
  onCredentials,
  onSession,
  onPlace,
  onAnswer,
  onDisconnect,
  onOrigins,
  onRequest,
  onCopy,
}: {
  say: Say;
  when: Dates;
  connection: ConnectionView;
  onTest: () => Promise<Sentence | null>;
  onSignIn: () => Promise<Sentence | null>;
  /** The same where the person types what signs them in. */
  onCredentials: (given: Given) => Promise<Sentence | null>;
  /** The same with whoever is signed in on the CRM's own pages now. */
  onSession: () => Promise<Sentence | null>;
  onAnswer: (field: string, value: OwnAnswer) => Promise<Sentence | null>;
  onPlace: (part: string, field: string | null) => Promise<Sentence | null>;
  onDisconnect: () => Promise<Sentence | null>;
  /** The origins this connection needs: asked for beforehand, because a click may not wait for an answer. */
  onOrigins: () => Promise<readonly string[] | null>;
  onRequest: (origins: readonly string[], permissions: readonly 'cookies'[]) => Promise<boolean>;
  onCopy: (text: string) => Promise<void>;
}): JSX.Element {
  const [busy, setBusy] = useState<'no' | 'testing' | 'signing' | 'leaving'>('no');
  const [why, setWhy] = useState<Sentence | null>(null);
  const [given, setGiven] = useState<Given>(NOTHING);
  const [leaving, setLeaving] = useState(false);
  const [origins, setOrigins] = useState<readonly string[] | null>(null);
  const ask = useRef(onOrigins);
  ask.current = onOrigins;
  const blocked = connection.state === 'permission_missing';
  useEffect(() => {
    if (!blocked) return;
    let wanted = true;
    ask.current().then(
      (answer) => wanted && setOrigins(answer),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [blocked]);

  const run = async (as: typeof busy, act: () => Promise<Sentence | null>): Promise<void> => {
    if (busy !== 'no') return;
    setBusy(as);
    setWhy(null);
    try {
      setWhy(await act());
    } catch {
      setWhy({ key: 'optionsNoAnswer' });
    } finally {
      setBusy('no');
    }
  };
  const allow = (): void => {
    if (!origins) return;
    // In the user's gesture: nothing may be awaited before this.
    const asked = onRequest(origins, connection.session ? SESSION_PERMISSIONS : []);
    void run('testing', async () => ((await asked) ? onTest() : { key: 'optionsNotAllowed' }));
  };
  const takeSession = (): void => {
    const asked = onRequest([], SESSION_PERMISSIONS);
    void run('signing', async () => ((await asked) ? onSession() : { key: 'optionsNotAllowed' }));
  };

  const typed = connection.auth === 'key' && connection.state === 'sign_in_needed';
  const signIn = (): Promise<Sentence | null> => {
    if (!typed) return onSignIn();
    const all = complete(given);
    return all ? onCredentials(all) : Promise.resolve({ key: 'optionsFillIn' });
  };
  const state = STATE[connection.state];
  const trouble = sessionTrouble(connection);
  return (
    <article class={`connection state-${connection.state}`} aria-labelledby={`connection-${connection.id}`}>
      <header>
        <h3 id={`connection-${connection.id}`}>
          {connection.crm.name} <span class="soft">·</span> <bdi class="tenant">{connection.tenant}</bdi>
        </h3>
        <span class="flag state">
          <Sign name={state.sign} />
          {say(state.word)}
        </span>
      </header>
      <p>{trouble ? say(trouble) : say(state.means, connection.crm.name)}</p>
      {connection.session && !trouble && <p class="soft">{say('optionsSessionUsed', connection.crm.name)}</p>}
      {(connection.user || connection.organisation) && (
        <dl class="who">
          {connection.user && (
            <div>
              <dt>{say('optionsUser')}</dt>
              <dd>
                <bdi>{connection.user}</bdi>
              </dd>
            </div>
          )}
          {connection.organisation && (
            <div>
              <dt>{say('optionsOrganisation')}</dt>
              <dd>
                <bdi>{connection.organisation}</bdi>
              </dd>
            </div>
          )}
        </dl>
      )}
      {connection.pausedUntil && (
        <p class="soft">{say('optionsPaused', connection.crm.name, when.moment(connection.pausedUntil))}</p>
      )}
      {connection.state === 'connected' && <Works say={say} connection={connection} />}
      {connection.waiting > 0 && (
        <p class="soft">{say({ key: 'optionsWaiting', count: connection.waiting, args: [connection.waiting] })}</p>
      )}
      {connection.missing.length > 0 && (
        <ul class="missing">
          {connection.missing.map((each) => (
            <li key={each.what.key}>
              <p>
                <Sign name="needsYou" />
                <strong>{say(each.what)}</strong>
              </p>
              <CopyLine
                say={say}
                long
                label={say('optionsForAdministrator')}
                text={say(each.forAdministrator)}
                onCopy={onCopy}
              />
            </li>
          ))}
        </ul>
      )}
      {typed && !leaving && (
        <CredentialFields say={say} value={given} missing={why?.key === 'optionsFillIn'} onChange={setGiven} />
      )}
      {leaving ? (
        <div class="leaving">
          <p>
            {connection.waiting > 0
              ? say({ key: 'optionsDisconnectKeeps', count: connection.waiting, args: [connection.waiting] })
              : say('optionsDisconnectMeans')}
          </p>
          <div class="actions">
            <button type="button" class="button" onClick={() => run('leaving', onDisconnect)}>
              {say('optionsDisconnectNow')}
            </button>
            <button type="button" class="button quiet" onClick={() => setLeaving(false)}>
              {say('optionsKeep')}
            </button>
          </div>
        </div>
      ) : (
        <div class="actions">
          {trouble && (
            <SessionActions
              say={say}
              connection={connection}
              address={addressOf(connection.tenant)}
              onUse={takeSession}
            />
          )}
          {connection.state === 'sign_in_needed' && !trouble && (
            <button type="button" class="button primary" onClick={() => run('signing', signIn)}>
              {say('optionsSignIn')}
            </button>
          )}
          {blocked && (
            <button type="button" class="button primary" onClick={allow}>
              {say('optionsAllow')}
            </button>
          )}
          <button type="button" class="button" onClick={() => run('testing', onTest)}>
            {say('optionsTest')}
          </button>
          <button type="button" class="button quiet" onClick={() => setLeaving(true)}>
            {say('optionsDisconnect')}
          </button>
        </div>
      )}
      <p class="soft" role="status">
        {busy === 'testing' ? say('optionsTesting') : busy === 'signing' ? say('optionsConnecting') : ''}
      </p>
      <Why say={say} why={why} />
      {connection.own.length > 0 && (
        <Demands say={say} crm={connection.crm.name} own={connection.own} onAnswer={onAnswer} />
      )}
      {connection.places && (
        <Places say={say} id={connection.id} places={connection.places} crm={connection.crm.name} onPlace={onPlace} />
      )}
      <details>
        <summary>{say('optionsTechnical')}</summary>
        {connection.auth === 'oauth' && (
          <>
            <CopyLine say={say} label={say('optionsRedirect')} text={connection.redirectUri} onCopy={onCopy} />
            <CopyLine say={say} label={say('optionsClientId')} text={connection.clientId} onCopy={onCopy} />
          </>
        )}
      </details>
    </article>
  );
}
