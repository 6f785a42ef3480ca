/** Guided connect: address, administrator's part, company, one button. The permission is asked for first, in the click. */
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ConnectionView, Recognised, Sentence, SettingsView } from '../contract.ts';
import { Why } from '../ui/saving.tsx';
import { Sign } from '../ui/signs.tsx';
import type { Say } from '../words.ts';
import { Company, type Controller } from './company.tsx';
import { CopyLine } from './copy.tsx';
import { CredentialFields, complete, type Given, NOTHING } from './credentials.tsx';
import { SESSION_PERMISSIONS, SessionMeans, SignInWay } from './page-session.tsx';

export type Connected = ConnectionView | { readonly is: 'refused'; readonly why: Sentence };

export function Connect({
  say,
  settings,
  zones,
  onRecognise,
  onRequest,
  onSave,
  onConnect,
  onCancel,
  onCopy,
}: {
  say: Say;
  settings: SettingsView;
  zones: readonly string[];
  onRecognise: (address: string) => Promise<Recognised | null>;
  /** Asks the browser; must be called in the click, before anything is awaited. */
  onRequest: (origins: readonly string[], permissions: readonly 'cookies'[]) => Promise<boolean>;
  /** Null when saved; else why not. */
  onSave: (controller: Controller) => Promise<Sentence | null>;
  onConnect: (
    address: string,
    clientId: string,
    credentials: Given | null,
    session: boolean,
  ) => Promise<Sentence | null>;
  /** Null where there is nothing to go back to: the first CRM. The company was asked for then. */
  onCancel: (() => void) | null;
  onCopy: (text: string) => Promise<void>;
}): JSX.Element {
  const [address, setAddress] = useState('');
  const [known, setKnown] = useState<Recognised | null | 'asking' | 'failed'>(null);
  const [clientId, setClientId] = useState('');
  const [bySession, setBySession] = useState(false);
  const [given, setGiven] = useState<Given>(NOTHING);
  const [controller, setController] = useState<Controller>(settings.controller);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState<'no' | 'permission' | 'connecting'>('no');
  const [why, setWhy] = useState<Sentence | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const recognise = useRef(onRecognise);
  recognise.current = onRecognise;
  const id = useId();

  useEffect(() => {
    if (!address.trim()) {
      setKnown(null);
      return;
    }
    let wanted = true;
    setKnown((before) => (before && before !== 'failed' ? before : 'asking'));
    recognise.current(address.trim()).then(
      (answer) => wanted && setKnown(answer),
      () => wanted && setKnown('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [address]);

  const crm = known !== null && typeof known === 'object' ? known : null;
  /** The host whose session is to be used, where that was chosen. */
  const session = bySession ? (crm?.session ?? null) : null;

  const connect = async (): Promise<void> => {
    if (busy !== 'no') return;
    const signIn = session !== null || (crm?.auth === 'key' ? complete(given) !== null : clientId.trim() !== '');
    const company = onCancel !== null || (controller.name.trim() !== '' && controller.privacyContact.trim() !== '');
    if (!crm || !signIn || !company) {
      setMissing(true);
      setWhy({ key: 'optionsFillIn' });
      form.current?.querySelector<HTMLInputElement>('input[data-empty="true"]')?.focus();
      return;
    }
    // In the user's gesture: nothing may be awaited before this.
    const asked = onRequest(crm.origins, session ? SESSION_PERMISSIONS : []);
    setBusy('permission');
    setMissing(false);
    setWhy(null);
    try {
      if (!(await asked)) return setWhy({ key: 'optionsNotAllowed' });
      setBusy('connecting');
      const refused =
        (onCancel ? null : await onSave(controller)) ??
        (await onConnect(
          address.trim(),
          session ? '' : clientId.trim(),
          crm.auth === 'key' ? given : null,
          session !== null,
        ));
      setWhy(refused);
    } catch {
      setWhy({ key: 'optionsNoAnswer' });
    } finally {
      setBusy('no');
    }
  };

  return (
    <form
      ref={form}
      class="connect"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void connect();
      }}
    >
      <ol class="steps">
        <li>
          <h3>{say('optionsStepAddress')}</h3>
          <div class="field">
            <label for={`${id}-address`}>{say('optionsAddress')}</label>
            <input
              id={`${id}-address`}
              type="url"
              inputMode="url"
              autocomplete="off"
              spellcheck={false}
              value={address}
              data-empty={!crm}
              aria-invalid={missing && !crm}
              aria-describedby={`${id}-known`}
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
            <div id={`${id}-known`} role="status">
              {crm ? (
                <>
                  <p class="known">
                    <Sign name={crm.certain ? 'told' : 'notTold'} />
                    <strong>{crm.crm.name}</strong>
                    <span class="soft">·</span>
                    <bdi class="tenant">{crm.tenant}</bdi>
                  </p>
                  {!crm.certain && <p class="hint soft">{say('optionsCertainLater', crm.crm.name)}</p>}
                </>
              ) : known === 'failed' ? (
                <p class="bad">{say('optionsNoAnswer')}</p>
              ) : address.trim() && known === null ? (
                <p class="bad">{say('optionsUnknown')}</p>
              ) : (
                <p class="hint soft">{say('optionsAddressHelp')}</p>
              )}
            </div>
          </div>
          {crm && (
            <div class="permission">
              <p>{say('optionsWillAsk', crm.crm.name)}</p>
              <ul>
                {crm.origins.map((origin) => (
                  <li key={origin}>
                    <code class="mono">{origin}</code>
                  </li>
                ))}
              </ul>
              <p class="soft">{say('optionsWhyAsk')}</p>
            </div>
          )}
        </li>
        {crm?.auth === 'key' ? (
          <li>
            <h3>{say('optionsStepKey')}</h3>
            <CredentialFields say={say} value={given} missing={missing} onChange={setGiven} />
          </li>
        ) : (
          <li>
            <h3>{say(crm?.session ? 'optionsStepKey' : 'optionsStepClient')}</h3>
            {crm?.session && <SignInWay say={say} crm={crm.crm.name} bySession={bySession} onChange={setBySession} />}
            {crm && session ? (
              <SessionMeans say={say} crm={crm.crm.name} host={session} />
            ) : (
              <>
                <p class="soft">{say('optionsClientHelp')}</p>
                {crm ? (
                  <CopyLine say={say} label={say('optionsRedirect')} text={crm.redirectUri} onCopy={onCopy} />
                ) : (
                  <p class="hint soft">{say('optionsRedirectLater')}</p>
                )}
                <div class="field">
                  <label for={`${id}-client`}>{say('optionsClientId')}</label>
                  <input
                    id={`${id}-client`}
                    type="text"
                    autocomplete="off"
                    spellcheck={false}
                    value={clientId}
                    data-empty={!clientId.trim()}
                    aria-invalid={missing && !clientId.trim()}
                    onInput={(event) => setClientId(event.currentTarget.value)}
                  />
                </div>
              </>
            )}
          </li>
        )}
        {!onCancel && (
          <li>
            <h3>{say('optionsStepCompany')}</h3>
            <Company
              say={say}
              value={controller}
              zones={zones}
              zoneAssumed={settings.zoneAssumed}
              missing={missing}
              onChange={setController}
            />
          </li>
        )}
        <li>
          <h3>{say('optionsStepAllow')}</h3>
          <p class="soft">{say(session ? 'optionsAllowSession' : 'optionsAllowHelp')}</p>
          <p>
            <button type="submit" class="button primary" aria-disabled={busy !== 'no'}>
              {say('optionsConnect')}
            </button>{' '}
            {onCancel && (
              <button type="button" class="button quiet" onClick={onCancel}>
                {say('optionsConnectCancel')}
              </button>
            )}
          </p>
          <p class="soft" role="status">
            {busy === 'permission' ? say('optionsAsking') : busy === 'connecting' ? say('optionsConnecting') : ''}
          </p>
          <Why say={say} why={why} />
        </li>
      </ol>
    </form>
  );
}
