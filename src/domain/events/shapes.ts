/** The shape of every payload, for facts that come from outside: bundles, backups, replays. A type without does not compile. */
import * as v from 'valibot';
import { KINDS, ROUTES } from '../activity.ts';
import { LIMITS } from '../crm-status.ts';
import type { FactType, Payloads } from '../events.ts';
import {
  BASES,
  CHANNELS,
  ERASURE_GROUNDS,
  EXEMPTIONS,
  GROUNDS,
  METHODS,
  REFUSED_BECAUSE,
  REQUEST_KINDS,
  RESTRICTION_GROUNDS,
} from './words.ts';

/** An instant with its zone: `2026-11-20T12:00:00Z`, `2026-11-20T13:00:00+01:00`. Without one it is no moment at all. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/u;
export const NO_ZONE = 'a moment with its zone, such as "2026-11-20T12:00:00Z"';
export const instant = v.pipe(
  v.string(),
  v.check((text) => INSTANT.test(text) && !Number.isNaN(Date.parse(text)), NO_ZONE),
);
/** 30 February reads as a date, and is none. */
const isDay = (text: string): boolean => {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};
export const day = v.pipe(v.string(), v.isoDate('a day such as "2026-11-20"'), v.check(isDay, 'a day of the calendar'));
const text = v.string();
const name = v.pipe(v.string(), v.nonEmpty());
const of = v.picklist;
const none = <const T extends v.GenericSchema>(schema: T) => v.nullable(schema);

const content = v.object({ content: name, commit: text });
const link = v.object({ connection: name, remoteId: name });
const noticeKind = of(['direct', 'indirect']);
const evidence = of(['stated', 'artefact', 'system']);
const purposes = v.array(name);
const alone = { selfConfirmed: v.exactOptional(v.literal(true)) };
const ref = { ref: name };
const shown = {
  noticeId: name,
  version: name,
  kind: noticeKind,
  language: name,
  route: of(ROUTES),
  textHash: text,
  purposes: v.exactOptional(purposes),
  languages: v.exactOptional(v.array(name)),
};
const about = { purpose: name, channel: of(CHANNELS) };
const basis = { purpose: name, basis: of(BASES), assessment: none(text), reviewBy: none(day) };

export const SHAPES = {
  'contact.obtained': v.object({
    source: of(['crm', 'meeting', 'mention']),
    kind: noticeKind,
    anchorFromCrm: v.boolean(),
    connectedAt: none(instant),
    link: none(link),
    name: none(content),
  }),
  'contact.logged': v.object({ activity: name, kind: of(KINDS), purpose: v.exactOptional(name) }),
  'notice.attempted': v.object(shown),
  'notice.delivered': v.object({ ...shown, evidence, attempt: none(name), activity: none(name) }),
  'notice.failed': v.object({ ...ref, reason: of(['bounced', 'returned', 'not_sent']) }),
  'objection.raised': v.object({ scope: of(['general', 'direct_marketing']) }),
  'fact.voided': v.object({ ...ref, reason: of(['undone', 'mistaken']) }),
  'activity.logged': v.object({
    kind: of(KINDS),
    when: v.object({ start: instant, end: instant, zone: name }),
    connection: none(name),
    user: none(name),
    account: none(name),
    attendees: v.array(name),
    words: content,
    private: none(content),
    line: v.exactOptional(content),
  }),
  'activity.corrected': v.object({
    reason: of(['corrected', 'made_private']),
    when: v.object({ start: instant, end: instant, zone: name }),
    words: content,
    private: none(content),
    line: content,
    record: v.boolean(),
    steps: v.array(v.number()),
  }),
  'activity.retracted': v.object({ reason: of(['undone', 'edited', 'taken_back']) }),
  'step.marked': v.object({ step: v.number(), done: v.boolean() }),
  'gate.decided': v.object({
    step: name,
    at: of(['planned', 'leased']),
    mode: of(['allow', 'allow_with_deadline', 'redact_to_minimum', 'hold']),
    released: v.array(text),
    withheld: v.array(v.object({ part: text, reason: text })),
    policy: v.exactOptional(v.object({ key: text, version: text })),
  }),
  'delivery.stored': v.object({
    step: name,
    remoteId: name,
    fields: v.array(text),
    people: v.array(text),
    words: none(content),
  }),
  'delivery.refused': v.object({ step: name, outcome: text, why: text }),

  'communication.first': v.object({ how: of([...KINDS, 'other']) }),
  'disclosure.first': v.object({ recipient: text }),
  'notice.acknowledged': v.object({ ...ref, how: of(['reply', 'signature', 'form', 'spoken']) }),
  'notice.superseded': v.object({ noticeId: name, version: name, material: v.boolean(), purposes, ...alone }),
  'evidence.attached': v.object({
    ...ref,
    kind: of(['mail', 'letter', 'photo', 'signature', 'witness', 'other']),
    content,
  }),
  'exemption.granted': v.object({ article: text, reason: of(EXEMPTIONS), reviewBy: day, ...alone }),

  'basis.set': v.object(basis),
  'basis.changed': v.object({ ...basis, from: of(BASES), why: text }),
  'consent.requested': v.object(about),
  'consent.given': v.object({
    ...about,
    text: none(v.object({ noticeId: name, version: name, textHash: text, purposes, shownAt: instant })),
    method: of(METHODS),
    indicatedBy: of(['person', 'manager', 'import']),
    affirmative: v.boolean(),
    evidence,
    evidenceAt: none(instant),
    validUntil: none(day),
    words: v.exactOptional(content),
  }),
  'consent.refused': v.object(about),
  'consent.deferred': v.object(about),
  'consent.withdrawn': v.object({ purpose: none(name), channel: none(of(CHANNELS)), via: text }),
  'consent.revoked': v.object({ ...about, why: text, ...alone }),
  'consent.invalidated': v.object({ ...ref, why: text, ...alone }),
  'consent.implied': v.object({ ground: of(GROUNDS), base: day, channel: none(of(CHANNELS)) }),

  'objection.resolved': v.object({ ...ref, outcome: of(['upheld', 'overridden']), reason: text, ...alone }),
  'restriction.set': v.object({ ground: of(RESTRICTION_GROUNDS) }),
  'restriction.lifted': v.object({ ...ref, informedAt: instant, ...alone }),
  'request.received': v.object({ kind: of(REQUEST_KINDS), via: text, words: none(content) }),
  'request.acknowledged': v.object(ref),
  'request.identity_requested': v.object(ref),
  'request.identity_ok': v.object(ref),
  'request.paused': v.object({ ...ref, stop: of(['clarification', 'fee']) }),
  'request.resumed': v.object(ref),
  'request.started': v.object(ref),
  'request.extended': v.object({ ...ref, reason: of(['complex', 'numerous']), toldAt: instant, ...alone }),
  'request.fulfilled': v.object({ ...ref, how: text }),
  'request.refused': v.object({ ...ref, reason: of(REFUSED_BECAUSE), ...alone }),
  'data.rectified': v.object({ ref: none(name), fields: v.array(text) }),
  'erasure.requested': v.object({ ground: of(ERASURE_GROUNDS), ref: none(name) }),
  'erasure.executed': v.object({
    ground: of(ERASURE_GROUNDS),
    places: v.array(
      v.object({
        place: name,
        found: v.pipe(v.number(), v.integer(), v.minValue(0)),
        destroyed: v.pipe(v.number(), v.integer(), v.minValue(0)),
        state: of(['done', 'pending', 'failed', 'kept', 'out_of_reach']),
      }),
    ),
    suppression: none(text),
    ...alone,
  }),
  'retention.reviewed': v.object({ keep: v.boolean(), reviewBy: none(day), ...alone }),
  'ownership.claimed': v.object({ basisOfClaim: text, preExistingSince: none(text) }),
  'ownership.confirmed': v.object({ ...ref, ...alone }),
  'ownership.rejected': v.object({ ...ref, reason: text, ...alone }),
  'ownership.disputed': v.object({ reason: text }),
  'ownership.transferred': v.object({ to: text }),
  'record.merged': v.object({ from: name, into: name }),

  'crm.value_observed': v.object({ link, stops: v.array(of(LIMITS)), kept: v.array(of(LIMITS)), changedAt: instant }),

  'policy.changed': v.object({
    version: name,
    validFrom: day,
    reason: text,
    changes: v.array(
      v.object({
        jurisdiction: name,
        parameter: name,
        value: v.unknown(),
        source: name,
        mark: of(['default', 'approved']),
      }),
    ),
    ...alone,
  }),
  'controller.changed': v.object({ country: none(text), zone: name, holidays: v.array(day) }),
  'roles.alone': v.object({ alone: v.boolean() }),
  'conflict.settled': v.object({ conflict: name, keep: none(name), reason: text, ...alone }),
  'words.approved': v.object({ ground: text, ...alone }),
  'export.made': v.object({ what: text, about: none(text), hash: text }),
} as const satisfies { readonly [T in FactType]: v.GenericSchema<unknown, Payloads[T]> };

export const isFactType = (type: string): type is FactType => Object.hasOwn(SHAPES, type);
