/** Options: connect, company, roles, and what leaves this device. It is handed everything it touches. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Done, Sentence, SettingsView } from '../contract.ts';
import type { Dates } from '../dates.ts';
import type { AskFunction } from '../messenger.ts';
import { Sign } from '../ui/signs.tsx';
import type { Say } from '../words.ts';
import { WorksAlone } from './alone.tsx';
import { CompanyForm } from './company-form.tsx';
import { Connect } from './connect.tsx';
import { addressOf, Connection } from './connection.tsx';
import { Directory } from './directory.tsx';
import { Establishment } from './establishment.tsx';
import { useHere } from './here.ts';
import { Law } from './law.tsx';
import { Trouble } from './trouble.tsx';

/** What the surface is handed by `main.tsx`, or by a test. */
export interface Hands {
  readonly say: Say;
  readonly dates: () => Dates;
  readonly ask: AskFunction;
  readonly onChanged: (then: () => void) => () => void;
  /** The browser's own question; only works in a click. */
  readonly request: (origins: readonly string[], permissions: readonly 'cookies'[]) => Promise<boolean>;
  readonly copy: (text: string) => Promise<void>;
  readonly zones: readonly string[];
  /** The keyboard command as this browser has it; null where none is set. */
  readonly shortcut: string | null;
  readonly openShortcuts: () => void;
  readonly newId: () => string;
}

const why = (answer: unknown): Sentence | null => {
  const said = answer as Partial<Extract<Done, { is: 'refused' }>> | null;
  return said?.is === 'refused' && said.why ? said.why : null;
};

export function Options({ hands }: { hands: Hands }): JSX.Element {
  const { say, ask, onChanged } = hands;
  const when = hands.dates();
  /** A further CRM is being connected. */
  const [another, setAnother] = useState(false);
  const { here, trouble, again } = useHere(ask, onChanged);
  useEffect(() => {
    document.title = say('optionsTitle');
  }, [say]);

  const then = async (answer: Promise<unknown>): Promise<Sentence | null> => {
    const said = await answer;
    await again();
    return why(said);
  };
  const save = (settings: SettingsView): Promise<Sentence | null> => then(ask('saveSettings', settings));

  return (
    <div class="page">
      <header class="top">
        <p class="brand">
          <Sign name="mark" size={20} />
          {say('optionsBrand')}
        </p>
        <a href="../dashboard/index.html">{say('optionsDashboard')}</a>
      </header>
      <main>
        {here === 'asking' && (
          <div class="loading" role="status">
            <span class="sr-only">{say('optionsLoading')}</span>
            {[0, 1, 2].map((line) => (
              <span key={line} class="skeleton" aria-hidden="true" />
            ))}
          </div>
        )}
        {trouble && (
          <Trouble
            say={say}
            trouble={trouble}
            onAgain={() => void again()}
            onAnew={() => void then(ask('startAnew')).catch(() => again())}
          />
        )}
        {typeof here === 'object' && (
          <>
            <h1 class="sentence">
              {say(
                here.connections.length === 0
                  ? 'optionsSentenceNone'
                  : here.connections.every(({ state }) => state === 'connected')
                    ? 'optionsSentenceConnected'
                    : 'optionsSentenceNeeds',
              )}
            </h1>
            {here.connections.length > 0 && (
              <section aria-labelledby="connections">
                <h2 id="connections">{say('optionsConnections')}</h2>
                {here.connections.map((connection) => (
                  <Connection
                    key={connection.id}
                    say={say}
                    when={when}
                    connection={connection}
                    onTest={() => then(ask('testConnection', { connection: connection.id }))}
                    onSignIn={() =>
                      then(ask('connect', { address: addressOf(connection.tenant), clientId: connection.clientId }))
                    }
                    onCredentials={(credentials) =>
                      then(ask('connect', { address: addressOf(connection.tenant), clientId: '', credentials }))
                    }
                    onSession={() =>
                      then(
                        ask('connect', { address: addressOf(connection.tenant), clientId: '', session: true as const }),
                      )
                    }
                    onPlace={(part, field) => then(ask('placeStatus', { connection: connection.id, part, field }))}
                    onAnswer={(field, value) => then(ask('answerOwn', { connection: connection.id, field, value }))}
                    onDisconnect={() => then(ask('disconnect', { connection: connection.id }))}
                    onOrigins={async () =>
                      (await ask('recognise', { address: addressOf(connection.tenant) }))?.origins ?? null
                    }
                    onRequest={hands.request}
                    onCopy={hands.copy}
                  />
                ))}
                {!another && (
                  <p>
                    <button type="button" class="button" onClick={() => setAnother(true)}>
                      {say('optionsAnother')}
                    </button>
                  </p>
                )}
              </section>
            )}
            {here.directories.length > 0 && (
              <section aria-labelledby="directory">
                <h2 id="directory">{say('directoryTitle')}</h2>
                {here.directories.map((view) => (
                  <Directory
                    key={view.connection}
                    say={say}
                    view={view}
                    tenant={
                      here.directories.length > 1
                        ? (here.connections.find(({ id }) => id === view.connection)?.tenant ?? null)
                        : null
                    }
                    onPull={(scope) =>
                      then(ask('pullDirectory', { connection: view.connection, ...(scope ? { scope } : {}) }))
                    }
                    onCancel={() => then(ask('cancelPull', { connection: view.connection }))}
                  />
                ))}
              </section>
            )}
            {(here.connections.length === 0 || another) && (
              <section aria-labelledby="connect">
                <h2 id="connect">{say(another ? 'optionsAnother' : 'optionsConnectTitle')}</h2>
                <Connect
                  say={say}
                  settings={here.settings}
                  zones={hands.zones}
                  onRecognise={(address) => ask('recognise', { address })}
                  onRequest={hands.request}
                  onSave={async (controller) =>
                    why(await ask('saveSettings', { ...here.settings, controller, zoneAssumed: false }))
                  }
                  onConnect={async (address, clientId, credentials, session) => {
                    const refused = await then(
                      ask('connect', {
                        address,
                        clientId,
                        ...(credentials ? { credentials } : {}),
                        ...(session ? { session: true as const } : {}),
                      }),
                    );
                    if (!refused) setAnother(false);
                    return refused;
                  }}
                  onCancel={another ? () => setAnother(false) : null}
                  onCopy={hands.copy}
                />
              </section>
            )}
            {here.connections.length > 0 && (
              <section aria-labelledby="company">
                <h2 id="company">{say('optionsStepCompany')}</h2>
                <CompanyForm say={say} settings={here.settings} zones={hands.zones} onSave={save} />
              </section>
            )}
            <section aria-labelledby="law">
              <h2 id="law">{say('optionsLaw')}</h2>
              <Establishment say={say} settings={here.settings} onSave={save} />
              <Law
                say={say}
                when={when}
                policy={here.policy}
                onChange={(reason, changes) => then(ask('changePolicy', { commandId: hands.newId(), reason, changes }))}
              />
            </section>
            <section aria-labelledby="alone">
              <h2 id="alone">{say('optionsRoles')}</h2>
              <WorksAlone say={say} settings={here.settings} onSave={save} />
            </section>
            <section aria-labelledby="keys">
              <h2 id="keys">{say('optionsKeys')}</h2>
              <p>
                {hands.shortcut ? (
                  <>
                    {say('optionsKeysAre')} <kbd>{hands.shortcut}</kbd>
                  </>
                ) : (
                  say('optionsKeysNone')
                )}
              </p>
              <p class="soft">{say('optionsKeysMean')}</p>
              <p>
                <button type="button" class="button" onClick={hands.openShortcuts}>
                  {say('optionsKeysChange')}
                </button>
              </p>
            </section>
            <section aria-labelledby="leaves">
              <h2 id="leaves">{say('optionsLeaves')}</h2>
              <p>{say('optionsLeavesNow')}</p>
              <p>{say('optionsLeavesLater')}</p>
              <p>{say('optionsLeavesNever')}</p>
            </section>
          </>
        )}
      </main>
    </div>
  );
}
