/** What the ledger says about a person at a moment, under a policy. */

import {
  ACCOUNT_MANAGEMENT,
  type Basis,
  type Channel,
  DIRECT_MARKETING,
  type Purpose,
  type RestrictionGround,
} from '../events/words.ts';
import type { NoticeKind } from '../events.ts';
import { expiresOn, type RequestClock, refreshOn, requestClock, reviewOn } from '../policy/clocks.ts';
import { type Deadline, dayIn, dayOf } from '../policy/deadline.ts';
import type { Policy } from '../policy/policy.ts';
import { type Badge, badgeOf, flagOf } from './badge.ts';
import { basesIn } from './basis.ts';
import { type Circumstances, isLive, type Marketable, marketableOn } from './marketing.ts';
import type {
  Attempt,
  ConsentState,
  ContactState,
  Finding,
  Objection,
  Obtained,
  RequestHeld,
  Superseded,
  Told,
} from './state.ts';
import { type DueBecause, type Person, type Telling, tellingAt } from './telling.ts';
import { upgraded } from './upgraded.ts';

export interface ConsentStatus {
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly state: ConsentState;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly validUntil: string | null;
  readonly refreshDue: boolean;
}

export interface RequestStatus extends RequestClock {
  readonly id: string;
  readonly kind: RequestHeld['kind'];
  readonly state: RequestHeld['state'] | 'extended';
  readonly refusedBecause: RequestHeld['refusedBecause'];
}

export interface ContactStatus {
  /** The word of the first version; `badge` says more. */
  readonly flag: 'objected' | 'overdue' | 'backlog' | 'due' | 'not_told' | 'told';
  readonly badge: Badge;
  /** The delivery that counts now; null once it is stale. */
  readonly told: Told | null;
  /** Told after the deadline; stays for ever. */
  readonly lateTold: boolean;
  readonly deadline: Deadline | null;
  readonly day: { readonly n: number; readonly m: number } | null;
  readonly daysLeft: number | null;
  readonly objection: ContactState['objection'];
  readonly pending: Attempt | null;
  readonly failed: boolean;
  readonly anchorFromCrm: boolean;
  /** The notice this person needs. */
  readonly needs: NoticeKind;

  /** The local day this was read on. */
  readonly today: string;
  readonly jurisdictions: readonly string[];
  readonly jurisdictionAssumed: boolean;
  readonly disclosure: Telling['state'];
  readonly noticeDueOn: string | null;
  readonly overdueDays: number;
  readonly dueBecause: DueBecause | null;
  readonly backlog: boolean;
  /** The share of the period that makes people remind is used up. */
  readonly escalate: boolean;
  readonly claimed: boolean;
  /** Local day of the first communication with this person, and whether they knew by then. Null before there is one. */
  readonly communicationDue: string | null;
  readonly toldBeforeContact: boolean | null;
  readonly stale: Superseded | null;
  readonly exemptUntil: string | null;
  readonly anchorAssumed: boolean;
  readonly languageMismatch: boolean;
  readonly contentKindMismatch: boolean;
  readonly recordedLate: readonly string[];

  readonly bases: readonly { readonly purpose: Purpose; readonly basis: Basis; readonly assumed: boolean }[];
  /** Account management rests on nothing although this law asks for a basis. */
  readonly basisMissing: boolean;
  readonly consents: readonly ConsentStatus[];
  readonly marketable: Readonly<Record<Channel, Marketable>>;
  readonly objections: { readonly marketing: boolean; readonly general: Objection['state'] | null };
  readonly restricted: RestrictionGround | null;
  readonly requests: readonly RequestStatus[];
  readonly ownership: ContactState['ownership']['state'];
  readonly lifecycle: 'active' | 'review_due' | 'erasure_pending' | 'erased';
  readonly reviewOn: string | null;
  /** Places of an erasure that are not done. */
  readonly erasurePending: readonly string[];
  readonly conflicts: ContactState['conflicts'];
  /** Marketing that was logged while it had no permission, or before the person was told. */
  readonly gapProcessing: readonly string[];
  readonly findings: readonly Finding[];
  readonly alarms: ContactState['alarms'];
}

const consentsAt = (state: ContactState, today: string, policy: Policy): readonly ConsentStatus[] =>
  state.consents.map((one) => {
    const given = one.state === 'given' || one.state === 'renewed';
    const validUntil = given ? expiresOn(one, policy) : null;
    const refresh = given ? refreshOn(one, policy) : null;
    return {
      purpose: one.purpose,
      channel: one.channel,
      state: given && !isLive(one, today, policy) ? 'expired' : one.state,
      validUntil,
      refreshDue: refresh !== null && today > refresh,
    };
  });

const requestsAt = (state: ContactState, now: string, policy: Policy): readonly RequestStatus[] =>
  state.requests.map((request) => {
    const clock = requestClock(request, now, policy);
    const running = request.state === 'received' || request.state === 'in_progress';
    return {
      ...clock,
      id: request.id,
      kind: request.kind,
      state: running && clock.extended ? 'extended' : request.state,
      refusedBecause: request.refusedBecause,
    };
  });

const basesAt = (state: ContactState, { basisAssumed }: Policy): ContactStatus['bases'] => {
  const held = basesIn(state).map((one) => ({ ...one, assumed: false }));
  const assumed = basisAssumed !== null && !held.some(({ purpose }) => purpose === ACCOUNT_MANAGEMENT);
  return assumed ? [{ purpose: ACCOUNT_MANAGEMENT, basis: basisAssumed, assumed: true }, ...held] : held;
};

/** A basis that is consent holds only while one does. */
const holds = (
  state: ContactState,
  { purpose, basis }: ContactStatus['bases'][number],
  today: string,
  policy: Policy,
): boolean =>
  basis !== 'consent' || state.consents.some((one) => one.purpose === purpose && isLive(one, today, policy));

/** Every basis was a consent, and each was withdrawn: nothing is left to keep the data for (Art. 17(1)(b)). */
const nothingLeft = (state: ContactState, bases: ContactStatus['bases']): boolean =>
  bases.length > 0 &&
  bases.every(
    ({ purpose, basis }) =>
      basis === 'consent' &&
      state.consents.some((one) => one.purpose === purpose && one.state === 'withdrawn') &&
      !state.consents.some((one) => one.purpose === purpose && (one.state === 'given' || one.state === 'renewed')),
  );

const gapsIn = (state: ContactState): readonly string[] => {
  const told = state.told?.at;
  const gaps = state.consents.filter(({ purpose }) => purpose === DIRECT_MARKETING).flatMap((one) => one.gaps);
  return state.logs
    .filter(({ purpose }) => purpose === DIRECT_MARKETING)
    .filter(({ at }) => {
      const moment = Date.parse(at);
      const inGap = gaps.some(
        ({ from, until }) => moment >= Date.parse(from) && (until === null || moment < Date.parse(until)),
      );
      return inGap || told === undefined || moment < Date.parse(told);
    })
    .map(({ activity }) => activity);
};

const OPEN = new Set(['pending', 'failed']);

/**
 * Reads a state at `now` (ISO 8601 UTC). Somebody with no fact yet is read from what the CRM shows: looking writes no
 * fact, so the anchor is passed in as `met`.
 */
export const statusAt = (
  held: ContactState,
  now: string,
  policy: Policy,
  met: Obtained | null = null,
  person: Omit<Person, 'met'> & Circumstances = {},
): ContactStatus => {
  const state = upgraded(held);
  const telling = tellingAt(state, now, policy, { ...person, met });
  const today = dayIn(now, policy.zone);
  const running = telling.state === 'due' || telling.state === 'overdue';
  const deadline = running ? telling.deadline : null;
  const day = deadline && dayOf(deadline, now, policy.zone);
  const bases = basesAt(state, policy);
  const account = bases.find(({ purpose }) => purpose === ACCOUNT_MANAGEMENT);
  const erasurePending = state.erasure.places.filter((one) => OPEN.has(one.state)).map(({ place }) => place);
  const review = reviewOn(state, policy);
  const settled = new Set(state.settled.map(({ conflict }) => conflict));
  const status: Omit<ContactStatus, 'badge' | 'flag'> = {
    told: telling.told,
    lateTold: telling.lateTold,
    deadline,
    day: day && { n: day.n, m: day.m },
    daysLeft: day?.daysLeft ?? null,
    objection: state.objection,
    pending: telling.told ? null : state.attempt,
    failed: state.failed,
    anchorFromCrm: (state.obtained ?? met)?.anchorFromCrm ?? false,
    needs: telling.needs,
    today,
    jurisdictions: policy.jurisdictions,
    jurisdictionAssumed: policy.jurisdictionAssumed,
    disclosure: telling.state,
    noticeDueOn: deadline?.legalDue ?? null,
    overdueDays: day?.overdueDays ?? 0,
    dueBecause: telling.because,
    backlog: telling.backlog && telling.state === 'overdue',
    escalate: day !== null && day.n >= policy.gate.escalateAt * day.m,
    claimed: telling.claimed,
    communicationDue: telling.communicationDue,
    toldBeforeContact: telling.toldBeforeContact,
    stale: telling.stale,
    exemptUntil: telling.exemptUntil,
    anchorAssumed: telling.anchorAssumed,
    languageMismatch: telling.languageMismatch,
    contentKindMismatch: telling.contentKindMismatch,
    recordedLate: state.recordedLate,
    bases,
    basisMissing: policy.basisRequired && !(account && holds(state, account, today, policy)),
    consents: consentsAt(state, today, policy),
    marketable: marketableOn(state, today, policy, person),
    objections: { marketing: state.objections.marketing !== null, general: state.objections.general?.state ?? null },
    restricted: state.restrictions[0]?.ground ?? null,
    requests: requestsAt(state, now, policy),
    ownership: state.ownership.state,
    lifecycle:
      state.erasure.executedAt !== null && erasurePending.length === 0
        ? 'erased'
        : state.erasure.executedAt !== null || state.erasure.requestedAt !== null || nothingLeft(state, bases)
          ? 'erasure_pending'
          : review !== null && today >= review
            ? 'review_due'
            : 'active',
    reviewOn: review,
    erasurePending,
    conflicts: state.conflicts.filter(({ id }) => !settled.has(id)),
    gapProcessing: gapsIn(state),
    findings: state.findings,
    alarms: state.alarms,
  };
  return { flag: flagOf(status), badge: badgeOf(status), ...status };
};
