/** The full tab: navigation, the view of the hash, the dialogs and the toast. It is handed everything it touches. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ContactRow, Done, Sentence, TimelineView } from '../contract.ts';
import type { AskFunction } from '../messenger.ts';
import type { Dates } from '../ui/dates.ts';
import { Sign, type SignName } from '../ui/signs.tsx';
import type { Say } from '../ui/words.ts';
import { type OnChanged, useAnswer } from './answer.ts';
import { refusedIn, useCommand } from './commands.ts';
import { Contact } from './contact/contact.tsx';
import { Objected, type Scope } from './contact/objected.tsx';
import type { FailReason } from './contact/pending.tsx';
import { Tell } from './contact/tell.tsx';
import { Contacts } from './contacts/contacts.tsx';
import { Evidence } from './evidence/evidence.tsx';
import { Held } from './held/held.tsx';
import { Shown } from './pieces.tsx';
import { hashOf, type Place, placeOf } from './place.ts';
import { ConnectionNote, Today } from './today/today.tsx';

/** What the surface is handed by `main.tsx`, or by a test. */
export interface Hands {
  readonly say: Say;
  /** Days in words, counted from now. */
  readonly dates: () => Dates;
  readonly ask: AskFunction;
  readonly onChanged: OnChanged;
  readonly newId: () => string;
  /** Calls back once after so many milliseconds; returns the way to stop it. */
  readonly after: (ms: number, then: () => void) => () => void;
  readonly copy: (text: string) => Promise<void>;
  /** The keyboard command that opens a log, as this browser has it. */
  readonly shortcut: string | null;
}

/** As long as the background lets a fact be taken back. */
const UNDO_FOR = 10_000;

interface Who {
  readonly contact: string;
  readonly name: string;
}
type Open =
  | { readonly is: 'tell'; readonly who: Who; readonly pending: TimelineView['pendingAttempt'] }
  | { readonly is: 'objected'; readonly who: Who };
interface Toast {
  readonly n: number;
  readonly words: string;
  readonly onUndo: (() => void) | null;
}

const NAV: readonly { readonly view: 'today' | 'contacts' | 'held' | 'evidence'; word: string; sign: SignName }[] = [
  { view: 'today', word: 'dashToday', sign: 'calendar' },
  { view: 'contacts', word: 'dashContacts', sign: 'person' },
  { view: 'held', word: 'dashHeld', sign: 'withheld' },
  { view: 'evidence', word: 'dashEvidence', sign: 'verify' },
];
const placeIn = (view: (typeof NAV)[number]['view']): Place => (view === 'contacts' ? { view, find: '' } : { view });

function usePlace(): Place {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const moved = (): void => setHash(location.hash);
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return placeOf(hash);
}

export function Dashboard({ hands }: { hands: Hands }): JSX.Element {
  const { say, ask, onChanged, newId, after, copy, shortcut } = hands;
  const when = hands.dates();
  const place = usePlace();
  const address = hashOf(place);
  const main = useRef<HTMLElement>(null);
  const command = useCommand(newId);
  const [open, setOpen] = useState<Open | null>(null);
  const [toast, setToast] = useState<Toast | null>(null);
  const said = useRef(0);
  const stopToast = useRef<() => void>(() => undefined);

  const show = useCallback(
    (words: string, onUndo: (() => void) | null = null): void => {
      stopToast.current();
      said.current += 1;
      setToast({ n: said.current, words, onUndo });
      stopToast.current = after(UNDO_FOR, () => setToast(null));
    },
    [after],
  );

  const [today, askToday] = useAnswer(() => ask('today'), 'today', onChanged);
  const wantsContacts = place.view !== 'contact' && place.view !== 'evidence';
  const [contacts, askContacts] = useAnswer(
    () => (wantsContacts ? ask('contacts') : Promise.resolve(null)),
    wantsContacts ? 'contacts' : 'none',
    onChanged,
  );

  const first = useRef(true);
  const title = say(place.view === 'contact' ? 'dashContact' : (NAV.find((n) => n.view === place.view)?.word ?? ''));
  useEffect(() => {
    document.title = say('dashTitle', title);
  }, [say, title]);
  useEffect(() => {
    if (first.current) first.current = false;
    else {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [address]);

  // ---------------------------------------------------------------- commands

  const tellAnswer = (answer: Done): void => {
    const refused = refusedIn(answer);
    if (refused) show(say(refused.why));
  };
  const onRetry = async (activity: string): Promise<void> =>
    tellAnswer(await command(`retry/${activity}`, () => ask('retry', { activity })));
  const onUndoLog = async (activity: string): Promise<void> =>
    tellAnswer(await command(`undo/${activity}`, () => ask('undo', { activity })));
  const onSync = (): void => {
    ask('syncNow').then(
      () => show(say('dashSyncing')),
      () => show(say('dashNoAnswer')),
    );
  };

  /** Takes back the newest fact of a type: confirmations answer *done* only, so the timeline names it. */
  const takeBack = async (who: Who, type: string, words: string): Promise<void> => {
    const answer = await command(`void/${who.contact}/${type}`, async (commandId): Promise<Done> => {
      const timeline = await ask('timeline', { contact: who.contact });
      const newest = [...(timeline?.entries ?? [])]
        .filter((entry) => entry.type === type && !entry.voided)
        .sort((a, b) => b.recordedAt.localeCompare(a.recordedAt))[0];
      if (!newest) return { is: 'refused', why: { key: 'dashUndoGone' } };
      return ask('voidFact', { commandId, contact: who.contact, ref: newest.id });
    });
    const refused = refusedIn(answer);
    show(refused ? say(refused.why) : words);
  };

  const onConfirm = async (who: Who, attempt: string): Promise<Sentence | null> => {
    const answer = await command(`confirm/${attempt}`, (commandId) =>
      ask('confirmTold', { commandId, contact: who.contact, attempt }),
    );
    const refused = refusedIn(answer);
    if (refused) return refused.why;
    setOpen(null);
    show(say('tellDone', who.name), () => void takeBack(who, 'notice.delivered', say('tellUndone', who.name)));
    return null;
  };
  const onFailed = async (who: Who, attempt: string, reason: FailReason): Promise<Sentence | null> => {
    const answer = await command(`failed/${attempt}/${reason}`, (commandId) =>
      ask('noticeFailed', { commandId, contact: who.contact, ref: attempt, reason }),
    );
    const refused = refusedIn(answer);
    if (refused) return refused.why;
    setOpen(null);
    show(say('tellFailed', who.name));
    return null;
  };
  const onRaise = async (who: Who, scope: Scope): Promise<Sentence | null> => {
    const answer = await command(`objection/${who.contact}/${scope}`, (commandId) =>
      ask('raiseObjection', { commandId, contact: who.contact, scope }),
    );
    const refused = refusedIn(answer);
    if (refused) return refused.why;
    setOpen(null);
    show(
      say(scope === 'general' ? 'objectionDone' : 'objectionMarketingDone', who.name),
      () => void takeBack(who, 'objection.raised', say('objectionUndone', who.name)),
    );
    return null;
  };

  /** A notice that is on its way already opens where it was left. */
  const openTell = async (who: Who, pending: boolean): Promise<void> => {
    if (!pending) return setOpen({ is: 'tell', who, pending: null });
    try {
      const timeline = await ask('timeline', { contact: who.contact });
      setOpen({ is: 'tell', who, pending: timeline?.pendingAttempt ?? null });
    } catch {
      show(say('dashNoAnswer'));
    }
  };
  const onTellRow = (row: ContactRow): void => void openTell({ contact: row.id, name: row.name }, row.status.pending);

  const contactsHere = contacts.is === 'here' ? contacts.value : contacts.is === 'failed' ? contacts.last : null;
  /** Logs name people by their names only: one fitting person is a button, several are a choice. */
  const tell = (name: string): JSX.Element | null => {
    const fitting = (contactsHere?.rows ?? []).filter(
      (row) => row.name === name && row.status.flag !== 'told' && row.status.flag !== 'objected',
    );
    const [only] = fitting;
    if (!only) return null;
    const words = say(only.status.pending ? 'dashConfirmPerson' : 'dashTellPerson', name);
    if (fitting.length > 1)
      return (
        <a key={name} class="button" href={hashOf({ view: 'contacts', find: name })}>
          {words}
        </a>
      );
    return (
      <button key={name} type="button" class="button" onClick={() => onTellRow(only)}>
        {words}
      </button>
    );
  };

  const todayHere = today.is === 'here' ? today.value : today.is === 'failed' ? today.last : null;

  return (
    <div class="frame">
      <a
        class="skip"
        href={address}
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {say('dashSkip')}
      </a>
      <header class="side">
        <p class="brand">
          <Sign name="mark" size={20} />
          {say('dashBrand')}
        </p>
        <nav aria-label={say('dashNav')}>
          {NAV.map(({ view, word, sign }) => {
            const here = view === place.view || (view === 'contacts' && place.view === 'contact');
            const count =
              view === 'held' ? (todayHere?.waiting ?? 0) : view === 'today' ? (todayHere?.needsYou ?? 0) : 0;
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
      {/* Focusable, so that the skip link and a change of view have somewhere to land. */}
      <main ref={main} tabIndex={-1} class={`view view-${place.view}`}>
        {todayHere && <ConnectionNote say={say} connection={todayHere.connection} offline={todayHere.offline} />}
        {place.view === 'today' && (
          <Shown say={say} title={say('dashToday')} answer={today} onAgain={askToday}>
            {(view) => (
              <Today
                say={say}
                when={when}
                today={view}
                contacts={contactsHere}
                shortcut={shortcut}
                tell={tell}
                onTell={onTellRow}
                onRetry={onRetry}
                onUndo={onUndoLog}
                onSync={onSync}
              />
            )}
          </Shown>
        )}
        {place.view === 'contacts' && (
          <Shown say={say} title={say('dashContacts')} answer={contacts} onAgain={askContacts}>
            {(view) =>
              view && (
                <Contacts key={place.find} say={say} when={when} view={view} find={place.find} shortcut={shortcut} />
              )
            }
          </Shown>
        )}
        {place.view === 'contact' && (
          <ContactPlace
            key={place.contact}
            hands={hands}
            when={when}
            contact={place.contact}
            onTell={(who, pending) => setOpen({ is: 'tell', who, pending })}
            onObjected={(who) => setOpen({ is: 'objected', who })}
            onConfirm={onConfirm}
            onFailed={onFailed}
            onRetry={onRetry}
            onUndo={onUndoLog}
          />
        )}
        {place.view === 'held' && (
          <HeldPlace hands={hands} when={when} tell={tell} onRetry={onRetry} onUndo={onUndoLog} onSync={onSync} />
        )}
        {place.view === 'evidence' && <Evidence say={say} when={when} onVerify={() => ask('verify')} onCopy={copy} />}
      </main>
      {open?.is === 'tell' && (
        <Tell
          say={say}
          when={when}
          name={open.who.name}
          pending={open.pending}
          onPrepare={(route, language) => ask('prepareNotice', { contact: open.who.contact, route, language })}
          onAttempt={(route, language) =>
            command(`attempt/${open.who.contact}/${route}/${language}`, (commandId) =>
              ask('attemptNotice', { commandId, contact: open.who.contact, route, language }),
            )
          }
          onConfirm={(attempt) => onConfirm(open.who, attempt)}
          onFailed={(attempt, reason) => onFailed(open.who, attempt, reason)}
          onCopy={copy}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.is === 'objected' && (
        <Objected
          say={say}
          name={open.who.name}
          onRaise={(scope) => onRaise(open.who, scope)}
          onClose={() => setOpen(null)}
        />
      )}
      <div class="toasts" role="status">
        {toast && (
          <p key={toast.n} class="toast">
            <span>{toast.words}</span>
            {toast.onUndo && (
              <button
                type="button"
                class="button"
                onClick={() => {
                  stopToast.current();
                  setToast(null);
                  toast.onUndo?.();
                }}
              >
                <Sign name="undo" />
                {say('dashUndo')}
              </button>
            )}
          </p>
        )}
      </div>
    </div>
  );
}

const ContactPlace = ({
  hands,
  when,
  contact,
  onTell,
  onObjected,
  onConfirm,
  onFailed,
  onRetry,
  onUndo,
}: {
  hands: Hands;
  when: Dates;
  contact: string;
  onTell: (who: Who, pending: TimelineView['pendingAttempt']) => void;
  onObjected: (who: Who) => void;
  onConfirm: (who: Who, attempt: string) => Promise<Sentence | null>;
  onFailed: (who: Who, attempt: string, reason: FailReason) => Promise<Sentence | null>;
  onRetry: (activity: string) => void;
  onUndo: (activity: string) => void;
}): JSX.Element => {
  const { say, ask, onChanged } = hands;
  const [timeline, again] = useAnswer(() => ask('timeline', { contact }), contact, onChanged);
  return (
    <Shown say={say} title={say('dashContact')} answer={timeline} onAgain={again}>
      {(view) => {
        const who = { contact: view?.person.id ?? contact, name: view?.person.name ?? '' };
        return (
          <Contact
            say={say}
            when={when}
            view={view}
            onTell={() => onTell(who, view?.pendingAttempt ?? null)}
            onObjected={() => onObjected(who)}
            onConfirm={(attempt) => onConfirm(who, attempt)}
            onFailed={(attempt, reason) => onFailed(who, attempt, reason)}
            onRetry={onRetry}
            onUndo={onUndo}
          />
        );
      }}
    </Shown>
  );
};

const HeldPlace = ({
  hands,
  when,
  tell,
  onRetry,
  onUndo,
  onSync,
}: {
  hands: Hands;
  when: Dates;
  tell: (name: string) => JSX.Element | null;
  onRetry: (activity: string) => void;
  onUndo: (activity: string) => void;
  onSync: () => void;
}): JSX.Element => {
  const { say, ask, onChanged } = hands;
  const [held, again] = useAnswer(() => ask('held'), 'held', onChanged);
  return (
    <Shown say={say} title={say('dashHeld')} answer={held} onAgain={again}>
      {(logs) => (
        <Held say={say} when={when} logs={logs} tell={tell} onRetry={onRetry} onUndo={onUndo} onSync={onSync} />
      )}
    </Shown>
  );
};
