/** How a region takes in a fact. */
import type { Fact, FactType, Payloads } from '../events.ts';
import type { Draft, Finding, Mark } from './state.ts';

/** The fact at hand, its hash, and whether its author had seen another fact when writing it. */
export interface At {
  readonly fact: Fact;
  readonly hash: string;
  readonly knew: (earlier: Mark) => boolean;
}
export type Step<T extends FactType> = (draft: Draft, said: Payloads[T], at: At) => void;
export type Steps<T extends FactType> = { readonly [One in T]: Step<One> };

export const markOf = ({ fact, hash }: At): Mark => ({
  fact: fact.id,
  at: fact.occurredAt,
  actor: fact.actor,
  device: fact.device,
  hash,
});

export const find = (draft: Draft, is: Finding['is'], { fact }: At): void => {
  draft.findings.push({ is, fact: fact.id });
};

/** A conflict, under an id made from its facts: a fact is read once, so each is found once. */
export const conflict = (
  draft: Draft,
  is: Draft['conflicts'][number]['is'],
  about: string,
  facts: readonly string[],
): void => {
  const sorted = [...facts].sort();
  const id = `${is}:${sorted.join('+')}`;
  draft.conflicts.push({ id, is, about, facts: sorted });
};

export const SKEW_MS = 5 * 60_000;
export const millis = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
