/** A log as screens show it: how far it is, in words that are never ahead of the truth. */
import type { LogMay, LogView, Progress, Sentence } from '../../contract.ts';
import type { About } from '../../crm/adapter.ts';
import { opensWhenTold } from '../../domain/gate.ts';
import { ownFor } from '../../domain/own-fields.ts';
import { fullSubject } from '../../domain/subject.ts';
import type { Say } from '../../words.ts';
import { whereabouts, wordsAreHere } from '../corrections.ts';
import { byId } from '../people.ts';
import type { ActivityRow, ConnectionRow, OutboxRow } from '../store/schema.ts';
import type { ReadTx } from '../store/store.ts';

export interface LogLight {
  readonly nowMs: number;
  readonly online: boolean;
  readonly language: string;
  readonly say: Say;
  readonly abouts: readonly About[];
}

interface Facts {
  readonly activity: ActivityRow;
  readonly rows: readonly OutboxRow[];
  readonly connection: ConnectionRow | null;
  readonly crm: string;
  readonly names: ReadonlyMap<string, string>;
}

/** The gate lets not even a neutral record leave. */
const isHeld = (rows: readonly OutboxRow[]): boolean =>
  rows.some(({ step, state }) => step === 'record' && state === 'withheld');

const progressOf = ({ activity, rows, connection }: Facts, { nowMs }: LogLight): Progress => {
  if (rows.some(({ state }) => state === 'needs_you')) return 'needs_you';
  if (rows.some(({ state }) => state === 'in_flight')) return 'sending';
  if (activity.crossed.remoteId !== null) return 'in_crm';
  if (isHeld(rows)) return 'saved';
  return connection === null || activity.heldUntil > nowMs ? 'saved' : 'queued';
};

const list = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names);

/** Why it is not on its way although nothing in it is withheld. */
const waitingFor = ({ activity, rows, connection, crm }: Facts, { nowMs, online }: LogLight): Sentence => {
  if ((activity.editingUntil ?? 0) > nowMs) return { key: 'progressEditing' };
  if (connection === null) return { key: 'progressNoCrm' };
  if (connection.state === 'sign_in_needed') return { key: 'progressSignIn', args: [crm] };
  if (connection.state === 'waiting_for_setup') return { key: 'progressSetup', args: [crm] };
  if (connection.state === 'permission_missing') return { key: 'progressPermission', args: [crm] };
  if (activity.user !== connection.userId) return { key: 'progressOtherUser', args: [crm] };
  if (isHeld(rows)) return { key: 'progressHeld' };
  if (!online) return { key: 'progressOffline' };
  if (activity.heldUntil > nowMs) return { key: 'progressSaved' };
  const [ask] = ownFor(connection.own, activity.kind).missing;
  if (ask && activity.crossed.remoteId === null)
    return { key: ask.holds === 'other' ? 'progressDemanded' : 'progressAsks', args: [crm, ask.label] };
  if (connection.pausedUntil > nowMs) return { key: 'progressPaused', args: [crm] };
  if (rows.some(({ attempts }) => attempts > 0)) return { key: 'progressRetrying', args: [crm] };
  return { key: 'progressQueued' };
};

const refusal = (row: OutboxRow, crm: string): Sentence => {
  const why = row.why ?? { is: 'transient', field: null, why: '' };
  if (why.is === 'invalid') {
    return why.field
      ? { key: 'progressInvalidField', args: [crm, why.field, why.why] }
      : { key: 'progressInvalid', args: [crm, why.why] };
  }
  if (why.is === 'gone') return { key: 'progressGone', args: [crm] };
  if (why.is === 'forbidden') return { key: 'progressForbidden', args: [crm, why.why] };
  return { key: 'progressRefused', args: [crm, why.why] };
};

const headline = (facts: Facts, progress: Progress, light: LogLight): Sentence => {
  const { activity, rows, crm, names } = facts;
  const refused = rows.find(({ state }) => state === 'needs_you');
  if (refused) return refusal(refused, crm);
  if (activity.retracted) return { key: 'progressTakingBack', args: [crm] };
  if (progress === 'sending') return { key: 'progressSending', args: [crm] };
  if (progress !== 'in_crm') return waitingFor(facts, light);
  if (rows.some(({ step, state }) => state === 'queued' && step.startsWith('amend/')))
    return { key: 'progressCorrecting', args: [crm] };
  const withheld = rows.filter(({ state }) => state === 'withheld');
  if (withheld.length === 0) {
    return rows.some(({ state }) => state === 'queued') ? { key: 'progressInCrmMore' } : { key: 'progressInCrm' };
  }
  const people = activity.attendees.filter((contact) => withheld.some(({ step }) => step === `link/${contact}`));
  const parts = people.map((contact) => names.get(contact) ?? '');
  if (withheld.some(({ step }) => !step.startsWith('link/'))) parts.push(light.say('partNote'));
  const because = withheld.flatMap((row) => row.because);
  const objected = because.some(({ reason }) => reason === 'objected');
  const untold = because.some(({ reason }) => opensWhenTold(reason));
  return {
    key: objected ? 'progressInCrmObjected' : untold ? 'progressInCrmWithheld' : 'progressInCrmPartly',
    args: [list(parts, light.language)],
  };
};

const personState = (
  contact: string,
  { crossed }: ActivityRow,
  rows: readonly OutboxRow[],
): LogView['people'][number]['state'] => {
  if (crossed.who === contact || crossed.links.includes(contact)) return 'in_crm';
  const link = rows.find(({ step, state }) => step === `link/${contact}` && state === 'withheld');
  if (!link) return 'waiting';
  return link.because.every(({ reason }) => opensWhenTold(reason)) ? 'withheld' : 'stays';
};

const REASONS = {
  not_told: 'reasonNotTold',
  overdue: 'reasonOverdue',
  backlog: 'reasonBacklog',
  objected: 'reasonObjected',
  personal: 'reasonPersonal',
  erased: 'reasonErased',
  erasure_pending: 'reasonErasurePending',
  restricted: 'reasonRestricted',
  disputed: 'reasonDisputed',
  no_basis: 'reasonNoBasis',
  stale: 'reasonStale',
  purpose_not_told: 'reasonPurposeNotTold',
  wrong_notice: 'reasonWrongNotice',
  wrong_language: 'reasonWrongLanguage',
  no_permission: 'reasonNoPermission',
  special_category: 'reasonSpecialCategory',
  held_with_others: 'reasonHeldWithOthers',
  not_in_crm: 'reasonNotInCrm',
  one_attendee_only: 'reasonOneAttendeeOnly',
} as const;

const reasonsOf = ({ rows, names, crm }: Facts): readonly Sentence[] => {
  const said = new Map<string, Sentence>();
  for (const { because } of rows) {
    for (const { contact, reason } of because) {
      said.set(`${contact}/${reason}`, { key: REASONS[reason], args: [(contact && names.get(contact)) ?? '', crm] });
    }
  }
  return [...said.values()];
};

/** What is not known yet is neither edited nor taken back as if it were here; it can be put right where it may be. */
const mayOf = (activity: ActivityRow, rows: readonly OutboxRow[], crm: string): LogMay => {
  if (activity.retracted) return { open: null, remove: null, keepPrivate: false, crm };
  const where = whereabouts(activity, rows);
  const { subject, note, nextSteps } = activity.words;
  const worded = subject !== null || note !== '' || nextSteps.length > 0;
  return {
    open: where === 'here' ? 'edit' : where === 'left' ? 'correct' : null,
    remove: where === 'here' ? 'delete' : where === 'left' ? 'take_back' : null,
    keepPrivate: worded && wordsAreHere(activity, rows),
    crm,
  };
};

export const logView = async (tx: ReadTx, activity: ActivityRow, light: LogLight): Promise<LogView> => {
  const rows = await tx.all('outbox', { index: 'activity', prefix: activity.id });
  const connection = activity.connection ? ((await tx.get('connections', activity.connection)) ?? null) : null;
  const about = light.abouts.find(({ id }) => id === connection?.crm);
  const names = new Map<string, string>();
  for (const contact of activity.attendees) names.set(contact, (await byId(tx, contact))?.name ?? '');
  const account =
    activity.connection && activity.account ? await tx.get('accounts', [activity.connection, activity.account]) : null;
  const facts: Facts = { activity, rows, connection, crm: about?.name ?? '', names };
  const progress = progressOf(facts, light);
  const { crossed } = activity;
  const untouched = crossed.remoteId === null && rows.every(({ state }) => state === 'queued' || state === 'withheld');
  return {
    activity: activity.id,
    kind: activity.kind,
    start: activity.when.start,
    end: activity.when.end,
    zone: activity.when.zone,
    title: fullSubject(activity, light.say(`neutral_${activity.kind}`)),
    account: account?.name ?? null,
    people: activity.attendees.map((contact) => ({
      id: contact,
      name: names.get(contact) ?? '',
      state: personState(contact, activity, rows),
    })),
    progress,
    sentence: headline(facts, progress, light),
    reasons: reasonsOf(facts),
    url:
      about && connection && crossed.remoteId
        ? about.recordUrl(connection.tenant, 'activity', crossed.remoteId, activity.kind)
        : null,
    undoFor: untouched ? Math.max(0, activity.heldUntil - light.nowMs) : 0,
    hasPrivate: activity.hasPrivate,
    canRetry: progress === 'needs_you',
    may: mayOf(activity, rows, facts.crm),
    loggedAt: activity.loggedAt,
  };
};
