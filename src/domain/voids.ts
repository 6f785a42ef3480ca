/** Which facts were taken back, whatever the order of arrival. A void that was itself taken back takes nothing back. */
import type { Entry } from './events.ts';

export const voidedIn = (entries: readonly Entry[]): ReadonlySet<string> => {
  const voided = new Set<string>();
  const voids = entries
    .filter(({ fact, payload }) => fact.type === 'fact.voided' && payload !== null)
    .sort((a, b) => (a.fact.hlc < b.fact.hlc ? 1 : -1));
  // Latest first: only something later can have taken a void back.
  for (const { fact, payload } of voids) if (!voided.has(fact.id)) voided.add((payload as { ref: string }).ref);
  return voided;
};
