/** What may be done about a person, by whoever is in front of the screen: each act with the fact it refers to. */
import type { ContactMay } from '../../contract.ts';
import { portable } from '../../domain/held.ts';
import type { ContactState, ContactStatus } from '../../domain/status.ts';
import { actsAs, type Standing } from '../../domain/who.ts';

export const mayOf = (state: ContactState, status: ContactStatus, standing: Standing): ContactMay => {
  const officer = actsAs('erasure.executed', standing);
  const live = status.lifecycle !== 'erased' && state.obtained !== null;
  const { general } = state.objections;
  const { state: owned, claim } = state.ownership;
  return {
    officer: officer !== null,
    selfConfirmed: officer?.selfConfirmed ?? false,
    resolveObjection: officer && general?.state === 'pending' ? general.fact : null,
    liftRestriction: officer ? (state.restrictions[0]?.fact ?? null) : null,
    claim: live && owned === 'company',
    confirmClaim: officer && owned === 'claimed' ? (claim?.fact ?? null) : null,
    transfer: live && (owned === 'claimed' || owned === 'confirmed'),
    review: officer !== null && status.lifecycle === 'review_due',
    acknowledge: status.disclosure === 'disclosed' ? (status.told?.fact ?? null) : null,
    attach: status.told?.fact ?? null,
    consent: live,
    withdraw: live,
    exempt: officer !== null && live && status.told === null,
    erase: officer !== null && live,
    portable: portable(status),
  };
};
