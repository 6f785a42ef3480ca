/** Tell: choose route and language, read the words, send them on their way, and confirm. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { NoticeDraft, Sentence, TimelineView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import { ROUTES, type Route } from '../../domain/activity.ts';
import { noticeLanguages } from '../../domain/policy/notices.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { Why } from '../../ui/saving.tsx';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { NO_ANSWER, type Refused, refusedIn } from '../commands.ts';
import { Dialog } from './dialog.tsx';
import { type FailReason, Pending } from './pending.tsx';

/** Mail first: it leaves an artefact, and most people have an address. */
const ORDER: readonly Route[] = ['mail', ...ROUTES.filter((route) => route !== 'mail' && route !== 'spoken'), 'spoken'];
const ROUTE_WORD: Readonly<Record<Route, string>> = {
  mail: 'tellRouteMail',
  letter: 'tellRouteLetter',
  card: 'tellRouteCard',
  link: 'tellRouteLink',
  spoken: 'tellRouteSpoken',
};
/** What sends it on its way, where no link of ours does. */
const SENT_WORD: Readonly<Record<Route, string>> = {
  mail: 'tellSentMail',
  letter: 'tellSentLetter',
  card: 'tellSentCard',
  link: 'tellSentLink',
  spoken: 'tellSentSpoken',
};
/** Longer than this, some mail programs open an empty message. */
const MAILTO_SAFE = 1900;

export const mailtoOf = (draft: Pick<NoticeDraft, 'to' | 'subject' | 'body'>): string =>
  `mailto:${draft.to ? encodeURIComponent(draft.to).replace(/%40/g, '@') : ''}?subject=${encodeURIComponent(
    draft.subject,
  )}&body=${encodeURIComponent(draft.body.replace(/\r?\n/g, '\r\n'))}`;

type Prepared = NoticeDraft | Refused | null;

export function Tell({
  say,
  when,
  name,
  pending,
  onPrepare,
  onAttempt,
  onConfirm,
  onFailed,
  onCopy,
  onClose,
}: {
  say: Say;
  when: Dates;
  name: string;
  /** A notice that is on its way already. */
  pending: TimelineView['pendingAttempt'];
  onPrepare: (route: Route, language: string) => Promise<NoticeDraft | Refused>;
  onAttempt: (route: Route, language: string) => Promise<{ readonly attempt: string } | Refused>;
  /** Null when done; else why not. */
  onConfirm: (attempt: string) => Promise<Sentence | null>;
  onFailed: (attempt: string, reason: FailReason) => Promise<Sentence | null>;
  onCopy: (text: string) => Promise<void>;
  onClose: () => void;
}): JSX.Element {
  const [route, setRoute] = useState<Route>(pending?.route ?? 'mail');
  const [language, setLanguage] = useState('en');
  const [prepared, setPrepared] = useState<Prepared>(null);
  const [attempt, setAttempt] = useState<string | null>(pending?.attempt ?? null);
  const [why, setWhy] = useState<Sentence | null>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const sending = useRef(false);
  const way = useRef<HTMLDivElement>(null);
  const prepare = useRef(onPrepare);
  prepare.current = onPrepare;

  useEffect(() => {
    let wanted = true;
    setPrepared(null);
    setWhy(null);
    setCopied('no');
    prepare.current(route, language).then(
      (answer) => wanted && setPrepared(answer),
      () => wanted && setPrepared(NO_ANSWER),
    );
    return () => {
      wanted = false;
    };
  }, [route, language]);

  useEffect(() => {
    if (attempt) way.current?.querySelector('button')?.focus();
  }, [attempt]);

  const sendOnItsWay = async (): Promise<void> => {
    if (sending.current || attempt) return;
    sending.current = true;
    const answer = await onAttempt(route, language);
    sending.current = false;
    const refused = refusedIn(answer);
    if (refused) setWhy(refused.why);
    else setAttempt((answer as { attempt: string }).attempt);
  };

  const copy = async (text: string): Promise<void> => {
    try {
      await onCopy(text);
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };

  const refused = refusedIn(prepared);
  const draft = prepared && !refused ? (prepared as NoticeDraft) : null;
  const mailto = draft && route === 'mail' ? mailtoOf(draft) : null;
  const whole = draft ? (route === 'mail' ? draft.body : `${draft.subject}\n\n${draft.body}`) : '';
  const text = route === 'link' && draft?.link ? draft.link : whole;

  return (
    <Dialog say={say} title={say('tellTitle', name)} onClose={onClose}>
      {attempt ? (
        <div ref={way}>
          <Pending
            say={say}
            when={when}
            name={name}
            route={route}
            at={pending?.at ?? null}
            onConfirm={() => onConfirm(attempt)}
            onFailed={(reason) => onFailed(attempt, reason)}
          />
          {mailto && (
            <p class="soft">
              <a class="button quiet" href={mailto} target="_blank" rel="noreferrer">
                {say('tellOpenAgain')}
              </a>
            </p>
          )}
          <p class="soft">{say('tellLater')}</p>
        </div>
      ) : (
        <>
          <div class="tellhow">
            <fieldset class="routes">
              <legend>{say('tellRoute')}</legend>
              {ORDER.map((each) => (
                <label key={each}>
                  <input
                    type="radio"
                    name="route"
                    value={each}
                    checked={route === each}
                    onChange={() => setRoute(each)}
                  />
                  <span>{say(ROUTE_WORD[each])}</span>
                </label>
              ))}
            </fieldset>
            <label class="language">
              {say('tellLanguage')}
              <select value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
                {noticeLanguages.map((each) => (
                  <option key={each} value={each}>
                    {say(`tellLanguage_${each}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          <section class="prepared" aria-label={say('tellText')} aria-busy={prepared === null}>
            {refused && <Why say={say} why={refused.why} />}
            {draft && (
              <>
                {route === 'mail' && (
                  <dl>
                    <dt>{say('tellTo')}</dt>
                    <dd>{draft.to ? <bdi>{draft.to}</bdi> : <span class="soft">{say('tellNoAddress')}</span>}</dd>
                    <dt>{say('tellSubject')}</dt>
                    <dd lang={draft.language}>{draft.subject}</dd>
                  </dl>
                )}
                {draft.spoken !== undefined && (
                  <div class="say">
                    <p class="soft">{say('tellSay')}</p>
                    <p class="lead">
                      <bdi lang={draft.language}>{draft.spoken}</bdi>
                    </p>
                    <p class="soft">{say('tellSayThen')}</p>
                  </div>
                )}
                {route === 'link' && <LinkToShow say={say} link={draft.link ?? null} />}
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
                <div class="words" lang={draft.language} dir="auto" tabIndex={0}>
                  {route !== 'mail' && <p class="lead">{draft.subject}</p>}
                  {draft.body}
                </div>
                <p class="fine soft">
                  {say(draft.kind === 'direct' ? 'tellKindDirect' : 'tellKindIndirect', draft.version)}{' '}
                  <code title={draft.textHash}>{draft.textHash.slice(0, 12)}</code>
                </p>
              </>
            )}
          </section>
          {draft && (
            <>
              <div class="actions">
                {mailto ? (
                  <a class="button primary" href={mailto} target="_blank" rel="noreferrer" onClick={sendOnItsWay}>
                    <Sign name="mail" />
                    {say('tellOpenMail')}
                  </a>
                ) : (
                  <button type="button" class="button primary" onClick={sendOnItsWay}>
                    {say(SENT_WORD[route])}
                  </button>
                )}
                <button type="button" class="button" onClick={() => copy(text)}>
                  {say('tellCopy')}
                </button>
                {mailto && (
                  <button type="button" class="button quiet" onClick={sendOnItsWay}>
                    {say('tellSentMail')}
                  </button>
                )}
              </div>
              <p class="soft">
                {mailto && mailto.length > MAILTO_SAFE ? say('tellMailLong') : say('tellOnlyConfirmed', name)}
              </p>
            </>
          )}
          <Why say={say} why={why} />
          <p class="sr-only" role="status">
            {copied === 'yes' ? say('tellCopied') : copied === 'failed' ? say('tellCopyFailed') : ''}
          </p>
        </>
      )}
    </Dialog>
  );
}

/** The address where the notice can be read, as words and as a code to point a camera at. */
const LinkToShow = ({ say, link }: { say: Say; link: string | null }): JSX.Element =>
  link === null ? (
    <p class="note">
      {say('tellNoLink')} <a href="../options/index.html">{say('dashOptions')}</a>
    </p>
  ) : (
    <div class="show">
      <QrCode text={link} label={say('tellQr', link)} />
      <p>
        <a href={link} target="_blank" rel="noreferrer">
          <bdi>{link}</bdi>
        </a>
      </p>
    </div>
  );
