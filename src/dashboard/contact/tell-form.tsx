/** How somebody is told: the route, the language, the words, and what sends them on their way. */
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { NoticeDraft, Sentence } from '../../contract.ts';
import { ROUTES, type Route } from '../../domain/activity.ts';
import { noticeLanguages } from '../../domain/policy/notices.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { Why } from '../../ui/saving.tsx';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';
import { NO_ANSWER, type Refused, refusedIn } from '../commands.ts';

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

export interface Prepared {
  readonly route: Route;
  readonly language: string;
  readonly setRoute: (route: Route) => void;
  readonly setLanguage: (language: string) => void;
  /** Null while it is being asked for. */
  readonly answer: NoticeDraft | Refused | null;
  readonly draft: NoticeDraft | null;
  /** Opens the mail, where the route is one. */
  readonly mailto: string | null;
}

/** The words for somebody, asked for again with every other route, language or person. */
export const usePrepared = (
  contact: string,
  onPrepare: (route: Route, language: string) => Promise<NoticeDraft | Refused>,
  first: Route = 'mail',
): Prepared => {
  const [route, setRoute] = useState<Route>(first);
  const [language, setLanguage] = useState('en');
  const [given, setGiven] = useState<{ readonly to: string; readonly answer: NoticeDraft | Refused } | null>(null);
  const prepare = useRef(onPrepare);
  prepare.current = onPrepare;
  const question = `${contact}/${route}/${language}`;
  useEffect(() => {
    let wanted = true;
    const keep = (answer: NoticeDraft | Refused): void => {
      if (wanted) setGiven({ to: question, answer });
    };
    prepare.current(route, language).then(keep, () => keep(NO_ANSWER));
    return () => {
      wanted = false;
    };
  }, [question, route, language]);
  // One person's words are never shown, or sent, as another's.
  const answer = given?.to === question ? given.answer : null;
  const draft = answer && !refusedIn(answer) ? (answer as NoticeDraft) : null;
  const mailto = draft && route === 'mail' ? mailtoOf(draft) : null;
  return { route, language, setRoute, setLanguage, answer, draft, mailto };
};

export function TellForm({
  say,
  name,
  prepared: { route, language, setRoute, setLanguage, answer, draft, mailto },
  onSend,
  onCopy,
}: {
  say: Say;
  name: string;
  prepared: Prepared;
  /** Null when it is on its way; else why not. */
  onSend: () => Promise<Sentence | null>;
  onCopy: (text: string) => Promise<void>;
}): JSX.Element {
  const routes = useId();
  const [why, setWhy] = useState<Sentence | null>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const sending = useRef(false);
  useEffect(() => {
    setWhy(null);
    setCopied('no');
  }, [name, route, language]);

  const send = async (): Promise<void> => {
    if (sending.current) return;
    sending.current = true;
    setWhy(await onSend());
    sending.current = false;
  };
  const copy = async (text: string): Promise<void> => {
    try {
      await onCopy(text);
      setCopied('yes');
    } catch {
      setCopied('failed');
    }
  };
  const refused = refusedIn(answer);
  const whole = draft ? (route === 'mail' ? draft.body : `${draft.subject}\n\n${draft.body}`) : '';
  const text = route === 'link' && draft?.link ? draft.link : whole;

  return (
    <>
      <div class="tellhow">
        <fieldset class="routes">
          <legend>{say('tellRoute')}</legend>
          {ORDER.map((each) => (
            <label key={each}>
              <input type="radio" name={routes} value={each} checked={route === each} onChange={() => setRoute(each)} />
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
      <section class="prepared" aria-label={say('tellText')} aria-busy={answer === null}>
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
              <a class="button primary" href={mailto} target="_blank" rel="noreferrer" onClick={() => void send()}>
                <Sign name="mail" />
                {say('tellOpenMail')}
              </a>
            ) : (
              <button type="button" class="button primary" onClick={() => void send()}>
                {say(SENT_WORD[route])}
              </button>
            )}
            <button type="button" class="button" onClick={() => copy(text)}>
              {say('tellCopy')}
            </button>
            {mailto && (
              <button type="button" class="button quiet" onClick={() => void send()}>
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
  );
}

/** The address where the notice can be read, as words and as a code to point a camera at. */
const LinkToShow = ({ say, link }: { say: Say; link: string | null }): JSX.Element =>
  link === null ? (
    <p class="note">
      <span>
        {say('tellNoLink')} <a href="../options/index.html">{say('dashOptions')}</a>
      </span>
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
