/** What must be there before a fact about rights, ownership or erasure is recorded. Asking and objecting need nothing. */
import type { RightsPayloads } from '../events/rights.ts';
import { requestClock } from '../policy/clocks.ts';
import { millis } from '../status/step.ts';
import { type ActRefusal, type Before, type Guards, nothingAgainst } from './guard.ts';

const open = ({ ref }: { readonly ref: string }, { state }: Before): ActRefusal | null => {
  const request = state.requests.find(({ id }) => id === ref);
  return request === undefined ? 'unknown_ref' : request.closedAt === null ? null : 'request_closed';
};

/** The extension and its reason must be told inside the first period, and recorded before it ends (Art. 12(3)). */
const extension = (said: RightsPayloads['request.extended'], before: Before): ActRefusal | null => {
  const closed = open(said, before);
  if (closed) return closed;
  const request = before.state.requests.find(({ id }) => id === said.ref);
  if (!request || request.extension) return 'extended_before';
  const clock = requestClock(
    { ...request, extension: { recordedAt: before.now, reason: said.reason, toldAt: said.toldAt } },
    before.now,
    before.policy,
  );
  if (before.policy.requests.extend.length === 0) return 'extension_none';
  if (clock.extensionRefused === 'after_deadline') return 'extension_late';
  return millis(said.toldAt, before.now) >= 0 ? null : 'person_not_informed';
};

const claim = ({ ref }: { readonly ref: string }, { state }: Before): ActRefusal | null =>
  state.ownership.claim?.fact === ref ? null : 'unknown_ref';

export const rightsGuards: Guards<Exclude<keyof RightsPayloads, 'erasure.executed'>> = {
  'objection.resolved': ({ ref }, { state }) => {
    const { general, marketing } = state.objections;
    if (general?.fact === ref) return null;
    return marketing?.fact === ref ? 'marketing_is_absolute' : 'unknown_ref';
  },
  'restriction.set': nothingAgainst,
  'restriction.lifted': ({ ref, informedAt }, { state, occurredAt }) =>
    !state.restrictions.some(({ fact }) => fact === ref)
      ? 'unknown_ref'
      : millis(informedAt, occurredAt) >= 0
        ? null
        : 'person_not_informed',
  'request.received': nothingAgainst,
  'request.acknowledged': open,
  'request.identity_requested': open,
  'request.identity_ok': open,
  'request.paused': open,
  'request.resumed': open,
  'request.started': open,
  'request.extended': extension,
  'request.fulfilled': open,
  'request.refused': open,
  'data.rectified': nothingAgainst,
  'erasure.requested': nothingAgainst,
  'retention.reviewed': ({ reviewBy }, { status }) =>
    reviewBy !== null && reviewBy <= status.today ? 'review_in_the_past' : null,
  'ownership.claimed': (_, { state, actor }) =>
    state.ownership.state === 'confirmed' ||
    (state.ownership.state === 'claimed' && state.ownership.claim?.actor === actor)
      ? 'claimed_before'
      : null,
  'ownership.confirmed': (said, before) =>
    claim(said, before) ??
    (before.state.ownership.claim?.actor === before.actor && !before.selfConfirmed ? 'own_claim' : null),
  'ownership.rejected': claim,
  'ownership.disputed': nothingAgainst,
  'ownership.transferred': (_, { state, actor }) => {
    const { state: owned, claim: claimed } = state.ownership;
    return (owned === 'claimed' || owned === 'confirmed') && claimed?.actor === actor ? null : 'not_the_owner';
  },
  'record.merged': ({ from, into }, { contact }) =>
    from === into ? 'same_record' : into === contact ? null : 'unknown_ref',
};
