/** The full tab: navigation, the view of the hash, the dialogs and the toast. It is handed everything it touches. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ContactRow, LogView, TimelineView } from '../contract.ts';
import { useActs } from './acts.ts';
import { Again, TakeBack } from './again/again.tsx';
import { useAnswer } from './answer.ts';
import { Objected } from './contact/objected.tsx';
import { ContactPlace } from './contact/place.tsx';
import { Tell } from './contact/tell.tsx';
import { Contacts } from './contacts/contacts.tsx';
import { Evidence } from './evidence/evidence.tsx';
import type { Hands, Who } from './hands.ts';
import { HeldPlace } from './held/place.tsx';
import { ActForm } from './law/act-form.tsx';
import type { Wanted } from './law/kinds.ts';
import { useLawActs } from './law/law-acts.ts';
import type { OnRequest } from './law/requests.tsx';
import { LogActsContext, usePutRight } from './log-acts.tsx';
import { Shown } from './pieces.tsx';
import { hashOf, type Place, placeOf } from './place.ts';
import { RequestsPlace } from './requests/place.tsx';
import { NAV, Side } from './side.tsx';
import { type OnTellMany, TellMany } from './tell/tell-many.tsx';
import { Toasts, useToast } from './toast.tsx';
import { ConnectionNote, Today } from './today/today.tsx';

type Open =
  | { readonly is: 'tell'; readonly who: Who; readonly pending: TimelineView['pendingAttempt'] }
  | { readonly is: 'objected'; readonly who: Who }
  | { readonly is: 'law'; readonly who: Who; readonly wanted: Wanted; readonly selfConfirmed: boolean }
  | { readonly is: 'again' | 'take_back'; readonly log: LogView };
/** Views that the rail does not name. */
const TITLE: Readonly<Partial<Record<Place['view'], string>>> = { contact: 'dashContact', tell: 'tellManyTitle' };

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
  const { say, ask, onChanged, after, copy, shortcut } = hands;
  const when = hands.dates();
  const place = usePlace();
  const address = hashOf(place);
  const main = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<Open | null>(null);
  const { toast, show, hide } = useToast(after);

  const [today, askToday] = useAnswer(() => ask('today'), 'today', onChanged);
  const [week] = useAnswer(
    () => (place.view === 'today' ? ask('burden', { activity: null }) : Promise.resolve(null)),
    place.view === 'today' ? 'burden' : 'none',
    onChanged,
  );
  const wantsContacts = place.view !== 'contact' && place.view !== 'evidence' && place.view !== 'requests';
  const [contacts, askContacts] = useAnswer(
    () => (wantsContacts ? ask('contacts') : Promise.resolve(null)),
    wantsContacts ? 'contacts' : 'none',
    onChanged,
  );

  const first = useRef(true);
  const title = say(TITLE[place.view] ?? NAV.find((n) => n.view === place.view)?.word ?? '');
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

  const { onRetry, onUndoLog, onSync, onAttempt, onConfirm, onConfirmAll, onNotSent, onFailed, onRaise } = useActs(
    hands,
    show,
    () => setOpen(null),
  );
  const tellMany: OnTellMany = {
    prepare: ({ contact }, route, language) => ask('prepareNotice', { contact, route, language }),
    attempt: onAttempt,
    confirmAll: onConfirmAll,
    notSent: onNotSent,
    copy,
  };

  const { remove, keepPrivate, mark } = usePutRight(hands, show);
  const { onAct, onPlain, onExport } = useLawActs(hands, show, () => setOpen(null));
  const law: OnRequest = {
    open: (who, kind, ref, selfConfirmed) => setOpen({ is: 'law', who, wanted: { kind, ref }, selfConfirmed }),
    plain: onPlain,
    export: onExport,
  };
  const findContacts = useCallback((words: string) => ask('findContacts', { words }), [ask]);
  const logActs = {
    onOpen: (log: LogView): void => setOpen({ is: 'again', log }),
    onRemove: (log: LogView): void =>
      log.may?.remove === 'take_back' ? setOpen({ is: 'take_back', log }) : void remove(log),
    onKeepPrivate: (log: LogView): void => void keepPrivate(log),
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
  /** What can be done about an attendee who has not been told. */
  const tell = (contact: string): JSX.Element | null => {
    const row = contactsHere?.rows.find(({ id }) => id === contact);
    if (!row || row.status.flag === 'told' || row.status.flag === 'objected') return null;
    return (
      <button key={contact} type="button" class="button" onClick={() => onTellRow(row)}>
        {say(row.status.pending ? 'dashConfirmPerson' : 'dashTellPerson', row.name)}
      </button>
    );
  };

  const todayHere = today.is === 'here' ? today.value : today.is === 'failed' ? today.last : null;

  return (
    <div class="frame">
      <Side
        say={say}
        place={place}
        needsYou={todayHere?.needsYou ?? 0}
        waiting={todayHere?.waiting ?? 0}
        onSkip={() => main.current?.focus()}
      />
      {/* Focusable, so that the skip link and a change of view have somewhere to land. */}
      <LogActsContext.Provider value={logActs}>
        <main ref={main} tabIndex={-1} class={`view view-${place.view}`}>
          {todayHere && <ConnectionNote say={say} connection={todayHere.connection} offline={todayHere.offline} />}
          {place.view === 'today' && (
            <Shown say={say} title={say('dashToday')} answer={today} onAgain={askToday}>
              {(view) => (
                <Today
                  week={week.is === 'here' ? week.value : null}
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
                  onMark={(activity, step, done) => void mark(activity, step, done)}
                />
              )}
            </Shown>
          )}
          {place.view === 'contacts' && (
            <Shown say={say} title={say('dashContacts')} answer={contacts} onAgain={askContacts}>
              {(view) =>
                view && (
                  <Contacts
                    key={place.find}
                    say={say}
                    when={when}
                    view={view}
                    find={place.find}
                    findContacts={findContacts}
                    shortcut={shortcut}
                  />
                )
              }
            </Shown>
          )}
          {place.view === 'tell' && (
            <Shown say={say} title={title} answer={contacts} onAgain={askContacts}>
              {(view) =>
                view && (
                  <TellMany
                    say={say}
                    rows={place.contacts.flatMap((id) => view.rows.find((row) => row.id === id) ?? [])}
                    on={tellMany}
                  />
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
              law={law}
            />
          )}
          {place.view === 'requests' && <RequestsPlace hands={hands} when={when} on={law} onRetry={onRetry} />}
          {place.view === 'held' && (
            <HeldPlace hands={hands} when={when} tell={tell} onRetry={onRetry} onUndo={onUndoLog} onSync={onSync} />
          )}
          {place.view === 'evidence' && <Evidence say={say} when={when} onVerify={() => ask('verify')} onCopy={copy} />}
        </main>
      </LogActsContext.Provider>
      {open?.is === 'again' && (
        <Again
          hands={hands}
          log={open.log}
          onSaved={(log) => {
            setOpen(null);
            show(say(log.sentence));
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.is === 'take_back' && (
        <TakeBack
          say={say}
          log={open.log}
          crm={open.log.may?.crm ?? ''}
          onTakeBack={() => {
            setOpen(null);
            void remove(open.log);
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.is === 'tell' && (
        <Tell
          say={say}
          when={when}
          contact={open.who.contact}
          name={open.who.name}
          pending={open.pending}
          onPrepare={(route, language) => ask('prepareNotice', { contact: open.who.contact, route, language })}
          onAttempt={(route, language) => onAttempt(open.who, route, language)}
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
      {open?.is === 'law' && (
        <ActForm
          key={`${open.wanted.kind}/${open.wanted.ref}`}
          say={say}
          name={open.who.name}
          wanted={open.wanted}
          selfConfirmed={open.selfConfirmed}
          onAct={(wanted, said) => onAct(open.who, wanted, said)}
          onFile={hands.readFile}
          onClose={() => setOpen(null)}
        />
      )}
      <Toasts say={say} toast={toast} onGone={hide} />
    </div>
  );
}
