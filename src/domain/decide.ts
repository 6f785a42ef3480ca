/**
 * Command + status → facts, or a refusal. Every id derives from the command's own, so the same command
 * twice gives the same facts. Words and names are sealed by the given `seal`, which owns salts and chance.
 */
import type { ContactKey, Route, When } from './activity.ts';
import {
  activityStream,
  type ContentRef,
  contactStream,
  type Evidence,
  type NewFact,
  type NoticeKind,
  type RemoteLink,
} from './events.ts';
import type { Form } from './form.ts';
import type { Notice } from './policy/notices.ts';
import type { LineDraft } from './quick-log/draft.ts';
import type { ContactState, ContactStatus } from './status.ts';

/** Puts words into the contents store and answers with the reference that binds them. */
export type Seal = (words: unknown) => ContentRef;

/** Why a command was refused. A closed set: one sentence each in `_locales` (`refuse…`). */
export type Refusal =
  | {
      readonly refused:
        | 'nothing_to_log'
        | 'attempt_not_found'
        | 'already_told'
        | 'already_objected'
        | 'not_yours'
        | 'too_late';
    }
  | { readonly refused: 'ambiguous_person'; readonly words: string };
export type Decision = { readonly facts: readonly NewFact[] } | Refusal;

/** Somebody named in a line, as the directory and the ledger know them. */
export interface Attendee {
  readonly contact: ContactKey;
  readonly name: string;
  readonly state: ContactState;
  readonly status: ContactStatus;
  readonly link: RemoteLink | null;
  /** The CRM's creation date, for somebody first met in the CRM. */
  readonly createdAt: string | null;
  readonly connectedAt: string | null;
}

export interface LogCommand {
  readonly form: Form;
  readonly line: LineDraft;
  readonly attendees: readonly Attendee[];
  readonly account: string | null;
  readonly now: string;
  /** The words of the notice that `told` refers to, by kind, and their hash. */
  readonly noticeShown: (kind: NoticeKind, person: string) => { readonly notice: Notice; readonly textHash: string };
  readonly seal: Seal;
  /** The line as typed, without its private part. */
  readonly typed?: string;
}

/**
 * A log: who came to be held, who was named, who was told, and the activity itself.
 * A person of the CRM is anchored at the CRM's creation date (day-one rule); somebody met or called in person gave
 * their data themselves (GDPR Art. 13); somebody only written about or to did not (Art. 14).
 */
export const decideLog = ({ form, line, attendees, account, now, noticeShown, seal, typed }: LogCommand): Decision => {
  const { subject, note, nextSteps, promises, matters } = line;
  const words = note !== '' || subject !== null || [nextSteps, promises, matters].some((list) => list.length > 0);
  const empty = !words && line.private === null;
  if (empty && attendees.length === 0) return { refused: 'nothing_to_log' };
  const facts: NewFact[] = [];
  const inPerson = line.kind === 'meeting' || line.kind === 'visit' || line.kind === 'call';
  attendees.forEach((attendee, index) => {
    const stream = contactStream(attendee.contact);
    const id = (what: string): string => `${form.formId}/${what}/${index}`;
    const kind: NoticeKind = attendee.link || !inPerson ? 'indirect' : 'direct';
    if (!attendee.state.obtained) {
      facts.push({
        id: id('obtained'),
        stream,
        type: 'contact.obtained',
        occurredAt: (attendee.link && attendee.createdAt) || now,
        payload: {
          source: attendee.link ? 'crm' : inPerson ? 'meeting' : 'mention',
          kind,
          anchorFromCrm: attendee.link !== null && attendee.createdAt !== null,
          connectedAt: attendee.link ? attendee.connectedAt : null,
          link: attendee.link,
          name: seal({ name: attendee.name }),
        },
      });
    }
    facts.push({
      id: id('logged'),
      stream,
      type: 'contact.logged',
      occurredAt: line.when.end,
      precision: 'minute',
      payload: { activity: form.formId, kind: line.kind },
    });
    if (line.told && !attendee.status.told) {
      const needed = attendee.state.obtained?.kind ?? kind;
      const { notice, textHash } = noticeShown(needed, attendee.name);
      facts.push(
        delivered(
          id('told'),
          attendee.contact,
          notice,
          textHash,
          line.told.route,
          line.when.end,
          'stated',
          null,
          form.formId,
        ),
      );
    }
  });
  facts.push({
    id: form.formId,
    stream: activityStream(form.formId),
    type: 'activity.logged',
    occurredAt: line.when.end,
    precision: 'minute',
    payload: {
      kind: line.kind,
      when: line.when satisfies When,
      connection: form.connection,
      user: form.user,
      account,
      attendees: attendees.map(({ contact }) => contact),
      words: seal({ subject, note, nextSteps, promises, matters }),
      private: line.private ? seal({ private: line.private.kept }) : null,
      ...(typed === undefined ? {} : { line: seal({ text: typed }) }),
    },
  });
  return { facts };
};

const delivered = (
  id: string,
  contact: ContactKey,
  notice: Notice,
  textHash: string,
  route: Route,
  occurredAt: string,
  evidence: Evidence,
  attempt: string | null,
  activity: string | null,
): NewFact => ({
  id,
  stream: contactStream(contact),
  type: 'notice.delivered',
  occurredAt,
  precision: 'minute',
  payload: {
    noticeId: notice.noticeId,
    version: notice.version,
    kind: notice.kind,
    language: notice.language,
    route,
    textHash,
    purposes: notice.purposes,
    evidence,
    attempt,
    activity,
  },
});

/** Somebody the ledger does not hold yet, because looking writes no fact: the first *Tell* or objection does. */
export const obtainedFromCrm = (attendee: Attendee, commandId: string, now: string, seal: Seal): readonly NewFact[] =>
  attendee.state.obtained
    ? []
    : [
        {
          id: `${commandId}/obtained`,
          stream: contactStream(attendee.contact),
          type: 'contact.obtained',
          occurredAt: attendee.createdAt ?? now,
          payload: {
            source: 'crm',
            kind: 'indirect',
            anchorFromCrm: attendee.createdAt !== null,
            connectedAt: attendee.connectedAt,
            link: attendee.link,
            name: seal({ name: attendee.name }),
          },
        },
      ];

/** A notice is on its way. The person is not told yet. */
export const decideAttempt = (
  attendee: Attendee,
  commandId: string,
  now: string,
  shown: { readonly notice: Notice; readonly textHash: string; readonly route: Route },
  seal: Seal,
): Decision => {
  if (attendee.status.told) return { refused: 'already_told' };
  const { noticeId, version, kind, language, purposes } = shown.notice;
  return {
    facts: [
      ...obtainedFromCrm(attendee, commandId, now, seal),
      {
        id: commandId,
        stream: contactStream(attendee.contact),
        type: 'notice.attempted',
        occurredAt: now,
        payload: { noticeId, version, kind, language, route: shown.route, textHash: shown.textHash, purposes },
      },
    ],
  };
};

/** Only a confirmed delivery makes a person told. The facts of the attempt are repeated, so the proof stands alone. */
export const decideConfirm = (
  contact: ContactKey,
  status: ContactStatus,
  attempt: {
    readonly id: string;
    readonly payload: Omit<Extract<NewFact, { type: 'notice.attempted' }>['payload'], never>;
  } | null,
  commandId: string,
  now: string,
): Decision => {
  if (status.told) return { refused: 'already_told' };
  if (!attempt) return { refused: 'attempt_not_found' };
  return {
    facts: [
      {
        id: commandId,
        stream: contactStream(contact),
        type: 'notice.delivered',
        occurredAt: now,
        payload: { ...attempt.payload, evidence: 'stated', attempt: attempt.id, activity: null },
      },
    ],
  };
};

/** GDPR Art. 21: accepted through any channel, from any role, whatever the status; repeating it changes nothing. */
export const decideObjection = (
  attendee: Attendee,
  commandId: string,
  now: string,
  scope: 'general' | 'direct_marketing',
  seal: Seal,
): Decision => {
  if (attendee.status.objection === scope || attendee.status.objection === 'general')
    return { refused: 'already_objected' };
  return {
    facts: [
      ...obtainedFromCrm(attendee, commandId, now, seal),
      {
        id: commandId,
        stream: contactStream(attendee.contact),
        type: 'objection.raised',
        occurredAt: now,
        payload: { scope },
      },
    ],
  };
};

export { ACT_TYPES, type ActContext, type ActDecision, decideAct } from './decide/act.ts';
export { type Consented, consentActs } from './decide/consented.ts';
export { ACT_REFUSALS, type Act, type ActRefusal, type ActType } from './decide/guard.ts';
