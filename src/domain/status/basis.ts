/** Region B: the lawful basis per purpose. Two people who name different ones are a conflict, never the last writer's win. */
import type { Basis, Purpose } from '../events/words.ts';
import type { BasisHeld, ConsentHeld, ContactState, Draft } from './state.ts';
import { type At, conflict, find, markOf, type Steps } from './step.ts';

/** Narrowest first: a consent can be withdrawn at any moment, an interest objected to, the others neither. */
const NARROW: readonly Basis[] = ['consent', 'legitimate_interests', 'recognised_legitimate_interests'];
const width = (basis: Basis): number => (NARROW.indexOf(basis) + NARROW.length + 1) % (NARROW.length + 1);

const put = (draft: Draft, purpose: Purpose, held: readonly BasisHeld[]): void => {
  draft.bases = [...draft.bases.filter((one) => one.purpose !== purpose), { purpose, held }].sort((a, b) =>
    a.purpose < b.purpose ? -1 : 1,
  );
};

const heldFor = (state: Pick<ContactState, 'bases'>, purpose: Purpose): readonly BasisHeld[] =>
  state.bases.find((one) => one.purpose === purpose)?.held ?? [];

const narrowest = (held: readonly BasisHeld[]): BasisHeld =>
  held.reduce((one, other) => (width(other.basis) < width(one.basis) ? other : one));

/** The basis that counts: of several in conflict the narrowest, until an officer keeps one. */
export const basisFor = (state: Pick<ContactState, 'bases'>, purpose: Purpose): BasisHeld | null => {
  const held = heldFor(state, purpose);
  return held.length > 0 ? narrowest(held) : null;
};

/** Every purpose that has a basis, with the one that counts. */
export const basesIn = ({ bases }: Pick<ContactState, 'bases'>): readonly { purpose: Purpose; basis: Basis }[] =>
  bases.map(({ purpose, held }) => ({ purpose, basis: narrowest(held).basis }));

/** EDPB 05/2020: whoever withdrew is not told that the basis was another one all along. */
const isSwap = (consents: readonly ConsentHeld[], purpose: Purpose, to: Basis, held: readonly BasisHeld[]): boolean =>
  to !== 'consent' &&
  held.some(({ basis }) => basis === 'consent') &&
  consents.some((one) => one.purpose === purpose && one.state === 'withdrawn');

const take = (
  draft: Draft,
  said: { purpose: Purpose; basis: Basis; assessment: string | null; reviewBy: string | null },
  at: At,
  replaces: (held: BasisHeld) => boolean,
): void => {
  const before = heldFor(draft, said.purpose);
  if (isSwap(draft.consents, said.purpose, said.basis, before)) {
    find(draft, 'basis_swapped', at);
    return;
  }
  const mine = { basis: said.basis, by: markOf(at), assessment: said.assessment, reviewBy: said.reviewBy };
  const others = before.filter((one) => !replaces(one) && one.by.actor !== at.fact.actor && one.basis !== said.basis);
  for (const other of others) conflict(draft, 'basis', said.purpose, [other.by.fact, at.fact.id]);
  put(draft, said.purpose, [...others, mine]);
};

export const basis: Steps<'basis.set' | 'basis.changed'> = {
  'basis.set': (draft, said, at) => take(draft, said, at, () => false),
  // A change says which basis it replaces, and its author had seen it: that is a succession, not a conflict.
  'basis.changed': (draft, said, at) => take(draft, said, at, (one) => one.basis === said.from && at.knew(one.by)),
};

/** An officer's decision keeps one of the bases. */
export const keepBasis = (draft: Draft, keep: string | null): void => {
  const one = draft.bases.find(({ held }) => held.some(({ by }) => by.fact === keep));
  if (one)
    put(
      draft,
      one.purpose,
      one.held.filter(({ by }) => by.fact === keep),
    );
};
