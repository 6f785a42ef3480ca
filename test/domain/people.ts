/** People in tests: a few facts, read at a moment under a policy. */
import type { Entry } from '../../src/domain/events.ts';
import { BUILT_IN } from '../../src/domain/policy/built-in.ts';
import type { Policy } from '../../src/domain/policy/policy.ts';
import type { Circumstances } from '../../src/domain/status/marketing.ts';
import type { Person } from '../../src/domain/status/telling.ts';
import { type ContactStatus, fold, statusAt } from '../../src/domain/status.ts';

/** The law for somebody who works in `place`, for a controller in the same country unless said otherwise. */
export const lawIn = (
  place: string,
  more: { readonly at?: string; readonly controller?: string; readonly region?: string } = {},
): Policy =>
  BUILT_IN.policyFor({
    placeOfWork: place,
    region: more.region ?? null,
    controllerEstablishment: more.controller ?? place,
    at: more.at ?? '2026-11-20',
    zone: 'Europe/Berlin',
  });
export const EU = lawIn('EU');

export const NOW = '2026-11-20T12:00:00Z';
export const read = (
  entries: readonly Entry[],
  {
    now = NOW,
    policy = EU,
    person = {},
  }: { now?: string; policy?: Policy; person?: Omit<Person, 'met'> & Circumstances } = {},
): ContactStatus => statusAt(fold(entries), now, policy, null, person);
