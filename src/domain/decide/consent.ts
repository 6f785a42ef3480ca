/** What must be there before a basis or a consent is recorded. A withdrawal needs nothing. */

import type { ConsentPayloads } from '../events/consent.ts';
import { type Basis, DIRECT_MARKETING } from '../events/words.ts';
import type { Payloads } from '../events.ts';
import { basisFor } from '../status/basis.ts';
import { millis } from '../status/step.ts';
import { type ActRefusal, type Before, type Guards, nothingAgainst } from './guard.ts';

const allowed = (basis: Basis, { policy }: Before): boolean => policy.bases === null || policy.bases.includes(basis);

const swapped = ({ purpose, basis }: { purpose: string; basis: Basis }, { state }: Before): boolean =>
  basis !== 'consent' &&
  basisFor(state, purpose)?.basis === 'consent' &&
  state.consents.some((one) => one.purpose === purpose && one.state === 'withdrawn');

/** Art. 7, in the order in which one would ask. */
const invalid = (said: Payloads['consent.given'], { occurredAt }: Before): ActRefusal | null => {
  if (said.text === null || millis(said.text.shownAt, occurredAt) < 0) return 'text_not_shown';
  if (!said.text.purposes.includes(said.purpose)) return 'purpose_not_in_text';
  if (said.indicatedBy !== 'person') return 'not_by_the_person';
  return said.affirmative ? null : 'not_affirmative';
};

/** After an end, only the person's own act with evidence of its own begins anew. */
const unproven = (said: Payloads['consent.given'], { state }: Before): boolean => {
  const before = state.consents.find((one) => one.purpose === said.purpose && one.channel === said.channel);
  const objected = said.purpose === DIRECT_MARKETING && state.objections.marketing !== null;
  return said.evidence === 'stated' && (objected || (before?.ended ?? null) !== null);
};

export const consentGuards: Guards<keyof ConsentPayloads> = {
  'basis.set': (said, before) => {
    if (!allowed(said.basis, before)) return 'basis_not_allowed';
    if (swapped(said, before)) return 'basis_swapped';
    const held = basisFor(before.state, said.purpose);
    return held && held.basis !== said.basis && held.by.actor !== before.actor ? 'basis_by_another' : null;
  },
  'basis.changed': (said, before) => {
    if (!allowed(said.basis, before)) return 'basis_not_allowed';
    if (swapped(said, before)) return 'basis_swapped';
    return basisFor(before.state, said.purpose)?.basis === said.from ? null : 'basis_is_another';
  },
  // A message that asks for consent is marketing itself: it may not be sent once implied consent has lapsed (CASL), nor
  // to somebody who objected.
  'consent.requested': ({ purpose, channel }, { policy, status }) => {
    if (purpose !== DIRECT_MARKETING || status.marketable[channel].allowed) return null;
    const asking = status.objections.marketing || policy.marketing[channel].includes('casl');
    return asking ? 'asking_is_marketing' : null;
  },
  'consent.given': (said, before) =>
    invalid(said, before) ?? (unproven(said, before) ? 'no_evidence_of_its_own' : null),
  'consent.refused': nothingAgainst,
  'consent.deferred': nothingAgainst,
  'consent.withdrawn': nothingAgainst,
  'consent.revoked': nothingAgainst,
  'consent.invalidated': ({ ref }, { state }) =>
    state.consents.some(({ by }) => by.fact === ref) ? null : 'unknown_ref',
  'consent.implied': ({ base }, { status }) => (base > status.today ? 'in_the_future' : null),
};
