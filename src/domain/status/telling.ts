/** Region D at a moment: is a notice owed, by when, and does what was said still hold? */

import { ACCOUNT_MANAGEMENT, type Purpose } from '../events/words.ts';
import type { NoticeKind } from '../events.ts';
import { dueFrom } from '../policy/clocks.ts';
import { type Deadline, dayIn, dayOf, pulledIn } from '../policy/deadline.ts';
import type { Policy } from '../policy/policy.ts';
import { liveDeliveries, servingDeliveries } from './disclosure.ts';
import type { ContactState, Obtained, Superseded, Told } from './state.ts';

/** Why a deadline is the day it is. `collection`: at the moment the person gave their data. */
export type DueBecause = 'period' | 'collection' | 'first_communication' | 'first_disclosure';

export interface Telling {
  readonly state: 'not_required' | 'unknown' | 'due' | 'overdue' | 'disclosed' | 'acknowledged' | 'stale' | 'exempt';
  readonly needs: NoticeKind;
  /** The clock as the law has it, running or not; null where no notice is owed or nobody knows since when. */
  readonly deadline: Deadline | null;
  readonly because: DueBecause | null;
  /** Overdue before the CRM was even connected (day-one rule). */
  readonly backlog: boolean;
  /** The delivery that counts now: null once the notice is stale. */
  readonly told: Told | null;
  readonly lateTold: boolean;
  /** Told on paper before the deadline, but entered after it: claimed, until there is evidence of its own. */
  readonly claimed: boolean;
  /** Local day of the first communication, and whether the person knew by then. */
  readonly communicationDue: string | null;
  readonly toldBeforeContact: boolean | null;
  readonly stale: Superseded | null;
  readonly exemptUntil: string | null;
  readonly anchorAssumed: boolean;
  readonly languageMismatch: boolean;
  readonly contentKindMismatch: boolean;
}

export interface Person {
  /** The anchor that the CRM shows for somebody about whom the ledger holds nothing. */
  readonly met?: Obtained | null;
  /** Languages the person reads, best first, as language tags; absent where nobody knows. */
  readonly languages?: readonly string[];
  /** Notices that were replaced, from the policy's own stream. */
  readonly superseded?: readonly Superseded[];
}

const numbersOf = (version: string): readonly number[] => version.split('.').map(Number);

/** Versions are numbers, or numbers with points: "10" is newer than "9". */
export const isOlder = (version: string, than: string): boolean => {
  const [a, b] = [numbersOf(version), numbersOf(than)];
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

const speaks = (languages: readonly string[], language: string): boolean =>
  languages.some((one) => one.split('-')[0]?.toLowerCase() === language.split('-')[0]?.toLowerCase());

const mismatched = (told: Told, languages: readonly string[] | undefined): boolean => {
  const known = languages ?? told.languages;
  return known !== undefined && known.length > 0 && told.language !== undefined && !speaks(known, told.language);
};

const purposesOf = (state: ContactState): readonly Purpose[] => [
  ACCOUNT_MANAGEMENT,
  ...state.bases.map(({ purpose }) => purpose),
];

/** The replacement that leaves this person with old words: material, about a purpose of theirs, and not told since. */
const staleBy = (
  state: ContactState,
  told: Told,
  superseded: readonly Superseded[],
  now: string,
): Superseded | null => {
  const purposes = purposesOf(state);
  const live = liveDeliveries(state);
  return (
    superseded.find(
      (one) =>
        one.material &&
        Date.parse(one.at) <= Date.parse(now) &&
        one.noticeId === told.noticeId &&
        one.purposes.some((purpose) => purposes.includes(purpose)) &&
        !live.some(({ noticeId, version }) => noticeId === one.noticeId && !isOlder(version, one.version)),
    ) ?? null
  );
};

/** The anchor of the company's duty. A contact that was confirmed as the manager's own is obtained when it is handed over. */
const anchorOf = (
  state: ContactState,
  met: Obtained | null,
): { readonly obtained: Obtained | null; readonly assumed: boolean } => {
  const { transferredAt } = state.ownership;
  if (transferredAt !== null) {
    return {
      obtained: { at: transferredAt, kind: 'indirect', anchorFromCrm: false, connectedAt: null },
      assumed: false,
    };
  }
  const known = state.obtained ?? met;
  if (known || state.firstRecordedAt === null) return { obtained: known, assumed: false };
  return {
    obtained: { at: state.firstRecordedAt, kind: 'indirect', anchorFromCrm: false, connectedAt: null },
    assumed: true,
  };
};

/** What the manager said while the contact was their own is no communication of the company's. */
const communicationOf = ({ firsts, logs, ownership }: ContactState): string | null => {
  const from = ownership.transferredAt;
  if (from === null) return firsts.communication;
  return logs.find(({ kind, at }) => kind !== 'note' && Date.parse(at) >= Date.parse(from))?.at ?? null;
};

/** Where the provider of the CRM counts as a recipient, somebody who is in it was disclosed when they were obtained. */
const disclosureOf = (obtained: Obtained, { firsts, links }: ContactState, { notice }: Policy): string | null =>
  notice.processorIsRecipient && (links.length > 0 || obtained.anchorFromCrm) ? obtained.at : firsts.disclosure;

const clockOf = (
  obtained: Obtained,
  state: ContactState,
  policy: Policy,
): { readonly base: Deadline; readonly due: Deadline; readonly because: DueBecause } | null => {
  const rule = policy.notice[obtained.kind];
  const base = dueFrom(obtained.at, rule.due, policy);
  if (base === null) return null;
  let due = base;
  let because: DueBecause = base.m === 0 ? 'collection' : 'period';
  for (const [trigger, at] of [
    ['first_communication', communicationOf(state)],
    ['first_disclosure', disclosureOf(obtained, state, policy)],
  ] as const) {
    if (at === null || !rule.earliestOf.includes(trigger)) continue;
    const pulled = pulledIn(due, at, policy.zone);
    if (pulled !== due) because = trigger;
    due = pulled;
  }
  return { base, due, because };
};

/** The officer's exemption, while it lasts and where this law knows it. */
const exemptionAt = ({ exemption }: ContactState, now: string, { zone, notice }: Policy): ContactState['exemption'] =>
  exemption !== null && dayIn(now, zone) <= exemption.reviewBy && notice.exemptions.includes(exemption.reason)
    ? exemption
    : null;

export const tellingAt = (
  state: ContactState,
  now: string,
  policy: Policy,
  { met = null, languages, superseded = [] }: Person,
): Telling => {
  const { zone } = policy;
  const { obtained, assumed } = anchorOf(state, met);
  const needs = obtained?.kind ?? 'indirect';
  const clock = obtained && clockOf(obtained, state, policy);
  // Where the law knows only one content, a text of either kind serves.
  const serving = servingDeliveries(state, needs, !policy.notice.contentKindMustMatch);
  const understood = serving.find((one) => !mismatched(one, languages)) ?? null;
  const strict = policy.notice.languageMustMatch === 'require';
  const delivered = strict ? understood : (serving[0] ?? null);
  const stale = delivered && staleBy(state, delivered, [...state.superseded, ...superseded], now);
  const told = stale ? null : delivered;
  const day = clock && dayOf(clock.due, now, zone);
  const late = (at: string): boolean => clock !== null && dayOf(clock.due, at, zone).overdue;
  const exemption = exemptionAt(state, now, policy);
  const owed = obtained === null || policy.notice[needs].due.length > 0;
  const ours = state.ownership.state !== 'confirmed';
  const acknowledged = told !== null && state.acknowledgements.some(({ ref }) => ref === told.fact);
  const communication = communicationOf(state);
  return {
    state: stale
      ? 'stale'
      : told
        ? acknowledged
          ? 'acknowledged'
          : 'disclosed'
        : exemption
          ? 'exempt'
          : !owed || !ours
            ? 'not_required'
            : !day
              ? 'unknown'
              : day.overdue
                ? 'overdue'
                : 'due',
    needs,
    deadline: clock?.due ?? null,
    because: clock?.because ?? null,
    backlog:
      obtained?.anchorFromCrm === true &&
      obtained.connectedAt !== null &&
      clock !== null &&
      dayOf(clock.base, obtained.connectedAt, zone).overdue,
    told,
    lateTold: delivered !== null && late(delivered.at),
    claimed: delivered !== null && delivered.evidence === 'stated' && !late(delivered.at) && late(delivered.recordedAt),
    communicationDue: communication === null ? null : dayIn(communication, zone),
    toldBeforeContact:
      communication === null ? null : delivered !== null && dayIn(delivered.at, zone) <= dayIn(communication, zone),
    stale: stale ?? null,
    exemptUntil: exemption?.reviewBy ?? null,
    anchorAssumed: assumed,
    languageMismatch: policy.notice.languageMustMatch !== 'no' && serving.length > 0 && understood === null,
    contentKindMismatch: serving.length === 0 && liveDeliveries(state).length > 0,
  };
};
