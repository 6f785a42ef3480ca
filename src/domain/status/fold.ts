/**
 * The fold: the facts about one person, in any order, with any repeated, always give the same state. It knows no clock
 * and no law. `advance` adds one fact that this device has just written, without reading the others again.
 */
import type { Entry, FactType, Payloads } from '../events.ts';
import { mayRecord } from '../who.ts';
import { basis } from './basis.ts';
import { consent } from './consent.ts';
import { disclosure, settleDisclosure } from './disclosure.ts';
import { absorb } from './erased.ts';
import { knowing } from './knowing.ts';
import { lifecycle } from './lifecycle.ts';
import { byPlace, compare, isRestrictive, placeOf, sorted, unique } from './order.ts';
import { ownership } from './ownership.ts';
import { requests } from './requests.ts';
import { rights } from './rights.ts';
import { type ContactState, type Draft, draftOf, FOLD_VERSION, NOTHING } from './state.ts';
import { type At, find, millis, type Step, type Steps } from './step.ts';

const nothing = (): void => {};

/** Facts of other streams never reach this fold; naming them keeps it exhaustive. */
const elsewhere: Steps<
  | 'activity.logged'
  | 'activity.retracted'
  | 'activity.corrected'
  | 'step.marked'
  | 'gate.decided'
  | 'delivery.stored'
  | 'delivery.refused'
  | 'policy.changed'
  | 'controller.changed'
  | 'roles.alone'
  | 'words.approved'
  | 'export.made'
  | 'crm.value_observed'
  | 'fact.voided'
> = {
  'activity.logged': nothing,
  'activity.retracted': nothing,
  'activity.corrected': nothing,
  'step.marked': nothing,
  'gate.decided': nothing,
  'delivery.stored': nothing,
  'delivery.refused': nothing,
  'policy.changed': nothing,
  'controller.changed': nothing,
  'roles.alone': nothing,
  'words.approved': nothing,
  'export.made': nothing,
  // Evidence of a value in a CRM: no act of the person, so no status follows from it.
  'crm.value_observed': nothing,
  // Gathered before the others: what is taken back is not read at all.
  'fact.voided': nothing,
};

/** A type without a step does not compile. */
const STEPS: Steps<FactType> = {
  ...disclosure,
  ...basis,
  ...consent,
  ...rights,
  ...requests,
  ...ownership,
  ...lifecycle,
  ...elsewhere,
};

/** A fact dated earlier than it was recorded by more than this is *recorded late*. */
const LATE_MS = 7 * 86_400_000;
/** How long a slip may be taken back: the ten-second undo and the time a device takes. */
const SLIP_MS = 15_000;

/** State of one contact from its facts. Erased payloads say nothing. */
export const fold = (entries: readonly Entry[]): ContactState => {
  const { entries: once, alarms } = unique(entries);
  const { state, entries: left } = absorb(once);
  if (state) return state;
  const draft = draftOf(NOTHING);
  draft.alarms = [...alarms];
  const voids = voidsIn(left, draft);
  const knew = knowing(left);
  for (const entry of sorted(left)) {
    if (!voids.has(entry.fact.id)) take(draft, entry, knew(entry));
  }
  return settle(draft);
};

/** Whether a fact can be read alone: it comes last, and nothing before it changes. */
export const canAdvance = (state: ContactState, entry: Entry): boolean =>
  state.v === FOLD_VERSION &&
  !RETROACTIVE.has(entry.fact.type) &&
  state.erasure.executedAt === null &&
  !state.voids.includes(entry.fact.id) &&
  (state.last === null || byPlace(state.last, placeOf(entry)) < 0);

/** Adds a fact. It is read alone where it can be; otherwise all are read again. */
export const advance = (state: ContactState, entry: Entry, others: () => readonly Entry[]): ContactState => {
  if (!canAdvance(state, entry)) return fold([...others(), entry]);
  const draft = draftOf(state);
  take(draft, entry, () => false);
  return settle(draft);
};

/** Facts that change what others mean, or that ask what their author had seen. */
const RETROACTIVE: ReadonlySet<FactType> = new Set<FactType>([
  'fact.voided',
  'record.merged',
  'erasure.executed',
  'consent.given',
  'consent.withdrawn',
  'basis.changed',
]);

const take = (draft: Draft, entry: Entry, knew: At['knew']): void => {
  const { fact, hash, payload } = entry;
  if (!payload) return;
  const at: At = { fact, hash, knew };
  draft.last = placeOf(entry);
  if (!mayRecord(fact.type, fact.role)) {
    find(draft, 'officer_only', at);
    return;
  }
  if (draft.firstRecordedAt === null || fact.recordedAt < draft.firstRecordedAt)
    draft.firstRecordedAt = fact.recordedAt;
  const dated = fact.type === 'contact.obtained' && (payload as Payloads['contact.obtained']).anchorFromCrm;
  if (!dated && millis(fact.occurredAt, fact.recordedAt) > LATE_MS) draft.recordedLate.push(fact.id);
  (STEPS[fact.type] as Step<FactType>)(draft, payload, at);
};

const settle = (draft: Draft): ContactState => {
  settleDisclosure(draft);
  const { general, marketing } = draft.objections;
  const stands = general !== null && general.state !== 'overridden';
  draft.objection = stands ? 'general' : marketing ? 'direct_marketing' : 'none';
  return draft;
};

/**
 * What was taken back. Its author may, and an officer; but a restrictive fact only its author, and only at once: an
 * objection that stood for a day is not a slip, and no later entry makes it one. A void that was itself taken back takes
 * nothing back; only something later can have done that, so the latest is read first.
 */
const voidsIn = (entries: readonly Entry[], draft: Draft): ReadonlySet<string> => {
  const byId = new Map<string, Entry>();
  for (const entry of entries) byId.set(entry.fact.id, entry);
  const voids = new Set<string>();
  const latestFirst = entries
    .filter((one) => one.fact.type === 'fact.voided')
    .sort((a, b) => compare(b.fact.hlc, a.fact.hlc) || compare(b.fact.id, a.fact.id));
  for (const { fact, hash, payload } of latestFirst) {
    if (!payload || voids.has(fact.id)) continue;
    const { ref } = payload as Payloads['fact.voided'];
    const target = byId.get(ref)?.fact;
    const theirs = target && (target.device === fact.device || target.actor === fact.actor);
    const atOnce = theirs && Math.abs(millis(target.recordedAt, fact.recordedAt)) <= SLIP_MS;
    const binding = target && isRestrictive(target.type) && target.type !== 'fact.voided';
    const may = !target || (binding ? atOnce : theirs || fact.role === 'officer');
    if (may) voids.add(ref);
    else find(draft, 'not_theirs_to_void', { fact, hash, knew: () => false });
  }
  draft.voids = [...voids].sort();
  return voids;
};
