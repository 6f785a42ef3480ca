/** What can be recorded about a person, each with what has to be said for it, and the act that becomes of it. */
import type { Act } from '../../domain/decide.ts';
import {
  ACCOUNT_MANAGEMENT,
  BASES,
  CHANNELS,
  DIRECT_MARKETING,
  ERASURE_GROUNDS,
  EXEMPTIONS,
  METHODS,
  REFUSED_BECAUSE,
  REQUEST_KINDS,
  RESTRICTION_GROUNDS,
} from '../../domain/events/words.ts';
import { choice, day, type Field, several, startOf, text, type Values } from './fields.ts';

export interface Kind {
  readonly title: string;
  /** What it means, in a sentence. */
  readonly means: string;
  readonly button: string;
  readonly fields: readonly Field[];
  /** A decision of an officer's. */
  readonly officer?: true;
  /** Asked for by name because it is no act: an erasure and an artefact go their own ways. */
  readonly act?: (said: Values, ref: string) => Act;
}

const PURPOSES = [ACCOUNT_MANAGEMENT, DIRECT_MARKETING];
const VIA = ['mail', 'letter', 'phone', 'in_person'] as const;

export const KINDS = {
  request: {
    title: 'lawRequest',
    means: 'lawRequestMeans',
    button: 'lawRecord',
    fields: [
      choice('kind', 'lawKind', REQUEST_KINDS, 'requestKind_'),
      choice('via', 'lawVia', VIA, 'via_'),
      { name: 'words', label: 'lawWords', is: 'long', optional: true },
    ],
    act: ({ kind, via = '' }) => ({
      type: 'request.received',
      payload: { kind: kind as (typeof REQUEST_KINDS)[number], via, words: null },
    }),
  },
  restrict: {
    title: 'lawRestrict',
    means: 'lawRestrictMeans',
    button: 'lawRestrict',
    fields: [choice('ground', 'lawGround', RESTRICTION_GROUNDS, 'restrictionGround_')],
    act: ({ ground }) => ({
      type: 'restriction.set',
      payload: { ground: ground as (typeof RESTRICTION_GROUNDS)[number] },
    }),
  },
  lift: {
    officer: true,
    title: 'lawLift',
    means: 'lawLiftMeans',
    button: 'lawLift',
    fields: [day('informedAt', 'lawInformedOn')],
    act: ({ informedAt }, ref) => ({ type: 'restriction.lifted', payload: { ref, informedAt: startOf(informedAt) } }),
  },
  consent: {
    title: 'lawConsent',
    means: 'lawConsentMeans',
    button: 'lawRecord',
    fields: [
      several('purposes', 'lawConsentPurposes', PURPOSES, 'purpose_'),
      several('channels', 'lawConsentChannels', CHANNELS, 'channel_'),
      day('givenOn', 'lawConsentGivenOn'),
      choice('method', 'lawConsentMethod', METHODS, 'method_'),
      { name: 'affirmative', label: 'lawConsentAffirmative', is: 'tick', optional: true },
      text('textName', 'lawConsentTextName'),
      { name: 'text', label: 'lawConsentText', is: 'long' },
      day('shownOn', 'lawConsentShownOn'),
      { ...day('validUntil', 'lawConsentUntil'), optional: true },
      { name: 'file', label: 'lawConsentProof', is: 'file', optional: true },
      { name: 'words', label: 'lawConsentProofWords', is: 'long', optional: true },
    ],
  },
  withdraw: {
    title: 'lawWithdraw',
    means: 'lawWithdrawMeans',
    button: 'lawRecord',
    fields: [choice('channel', 'lawChannel', ['every', ...CHANNELS], 'channel_'), choice('via', 'lawVia', VIA, 'via_')],
    act: ({ channel, via = '' }) => ({
      type: 'consent.withdrawn',
      payload: { purpose: null, channel: channel === 'every' ? null : (channel as (typeof CHANNELS)[number]), via },
    }),
  },
  resolve: {
    officer: true,
    title: 'lawResolve',
    means: 'lawResolveMeans',
    button: 'lawRecord',
    fields: [choice('outcome', 'lawOutcome', ['upheld', 'overridden'], 'outcome_'), text('reason', 'lawReason')],
    act: ({ outcome, reason = '' }, ref) => ({
      type: 'objection.resolved',
      payload: { ref, outcome: outcome as 'upheld' | 'overridden', reason },
    }),
  },
  basis: {
    title: 'lawBasis',
    means: 'lawBasisMeans',
    button: 'lawRecord',
    fields: [
      choice('purpose', 'lawPurpose', PURPOSES, 'purpose_'),
      choice('basis', 'lawBasisIs', BASES, 'basis_'),
      { name: 'assessment', label: 'lawAssessment', is: 'text', optional: true },
    ],
    act: ({ purpose = '', basis, assessment }) => ({
      type: 'basis.set',
      payload: { purpose, basis: basis as (typeof BASES)[number], assessment: assessment || null, reviewBy: null },
    }),
  },
  claim: {
    title: 'lawClaim',
    means: 'lawClaimMeans',
    button: 'lawRecord',
    fields: [text('basisOfClaim', 'lawClaimBasis'), { ...day('since', 'lawClaimSince'), optional: true }],
    act: ({ basisOfClaim = '', since }) => ({
      type: 'ownership.claimed',
      payload: { basisOfClaim, preExistingSince: since || null },
    }),
  },
  confirm: {
    officer: true,
    title: 'lawConfirm',
    means: 'lawConfirmMeans',
    button: 'lawConfirm',
    fields: [],
    act: (_, ref) => ({ type: 'ownership.confirmed', payload: { ref } }),
  },
  reject: {
    officer: true,
    title: 'lawReject',
    means: 'lawRejectMeans',
    button: 'lawReject',
    fields: [text('reason', 'lawReason')],
    act: ({ reason = '' }, ref) => ({ type: 'ownership.rejected', payload: { ref, reason } }),
  },
  transfer: {
    title: 'lawTransfer',
    means: 'lawTransferMeans',
    button: 'lawTransferButton',
    fields: [],
    act: () => ({ type: 'ownership.transferred', payload: { to: 'company' } }),
  },
  rectify: {
    title: 'lawRectify',
    means: 'lawRectifyMeans',
    button: 'lawRecord',
    fields: [text('fields', 'lawRectified')],
    act: ({ fields = '' }) => ({ type: 'data.rectified', payload: { ref: null, fields: [fields] } }),
  },
  review: {
    officer: true,
    title: 'lawReview',
    means: 'lawReviewMeans',
    button: 'lawRecord',
    fields: [day('reviewBy', 'lawReviewBy')],
    act: ({ reviewBy = '' }) => ({ type: 'retention.reviewed', payload: { keep: true, reviewBy } }),
  },
  dispute: {
    title: 'lawDispute',
    means: 'lawDisputeMeans',
    button: 'lawRecord',
    fields: [text('reason', 'lawReason')],
    act: ({ reason = '' }) => ({ type: 'ownership.disputed', payload: { reason } }),
  },
  exempt: {
    officer: true,
    title: 'lawExempt',
    means: 'lawExemptMeans',
    button: 'lawRecord',
    fields: [
      choice('reason', 'lawReason', EXEMPTIONS, 'exemption_'),
      text('article', 'lawArticle'),
      day('reviewBy', 'lawReviewBy'),
    ],
    act: ({ reason, article = '', reviewBy = '' }) => ({
      type: 'exemption.granted',
      payload: { article, reason: reason as (typeof EXEMPTIONS)[number], reviewBy },
    }),
  },
  acknowledge: {
    title: 'lawAcknowledge',
    means: 'lawAcknowledgeMeans',
    button: 'lawRecord',
    fields: [choice('how', 'lawHow', ['reply', 'signature', 'form', 'spoken'], 'acknowledged_')],
    act: ({ how }, ref) => ({
      type: 'notice.acknowledged',
      payload: { ref, how: how as 'reply' | 'signature' | 'form' | 'spoken' },
    }),
  },
  attach: {
    title: 'lawAttach',
    means: 'lawAttachMeans',
    button: 'lawAttachIt',
    fields: [
      choice('kind', 'lawProof', ['mail', 'letter', 'photo', 'signature', 'witness', 'other'], 'proof_'),
      { name: 'file', label: 'lawFile', is: 'file', optional: true },
      { name: 'words', label: 'lawProofWords', is: 'long', optional: true },
    ],
  },
  extend: {
    officer: true,
    title: 'lawExtend',
    means: 'lawExtendMeans',
    button: 'lawExtend',
    fields: [choice('reason', 'lawReason', ['complex', 'numerous'], 'extension_'), day('toldAt', 'lawInformedOn')],
    act: ({ reason, toldAt }, ref) => ({
      type: 'request.extended',
      payload: { ref, reason: reason as 'complex' | 'numerous', toldAt: startOf(toldAt) },
    }),
  },
  fulfil: {
    title: 'lawFulfil',
    means: 'lawFulfilMeans',
    button: 'lawRecord',
    fields: [text('how', 'lawFulfilHow')],
    act: ({ how = '' }, ref) => ({ type: 'request.fulfilled', payload: { ref, how } }),
  },
  refuse: {
    officer: true,
    title: 'lawRefuse',
    means: 'lawRefuseMeans',
    button: 'lawRecord',
    fields: [choice('reason', 'lawReason', REFUSED_BECAUSE, 'because_')],
    act: ({ reason }, ref) => ({
      type: 'request.refused',
      payload: { ref, reason: reason as (typeof REFUSED_BECAUSE)[number] },
    }),
  },
  settle: {
    officer: true,
    title: 'lawSettle',
    means: 'lawSettleMeans',
    button: 'lawSettle',
    fields: [text('reason', 'lawReason')],
    act: ({ reason = '' }, ref) => ({ type: 'conflict.settled', payload: { conflict: ref, keep: null, reason } }),
  },
  erase: {
    officer: true,
    title: 'lawErase',
    means: 'lawEraseMeans',
    button: 'lawErase',
    fields: [choice('ground', 'lawGround', ERASURE_GROUNDS, 'erasureGround_')],
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;
/** Of a kind, with the fact it is about, where it is about one. */
export interface Wanted {
  readonly kind: KindName;
  readonly ref: string;
}

/** A field that must be said and is not. */
export const missingIn = (kind: Kind, said: Values): readonly string[] =>
  kind.fields.filter(({ name, optional }) => !optional && !(said[name] ?? '').trim()).map(({ name }) => name);

/** Every choice begins with its first value; what is ticked, the person behind the screen ticks. */
export const beginning = (kind: Kind): Values =>
  Object.fromEntries(
    kind.fields.flatMap(({ name, is, of }) => (is === 'choice' && of?.[0] !== undefined ? [[name, of[0]]] : [])),
  );
