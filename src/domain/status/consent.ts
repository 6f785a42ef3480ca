/**
 * Region C: consent per purpose and channel. An end (withdrawn, refused, revoked) is passed only by a later fresh act of
 * the person that carries evidence of its own; otherwise the restrictive fact wins.
 */

import { CHANNELS, type Channel, DIRECT_MARKETING, type Purpose } from '../events/words.ts';
import type { Payloads } from '../events.ts';
import type { ConsentHeld, Draft } from './state.ts';
import { type At, conflict, find, markOf, millis, SKEW_MS, type Steps } from './step.ts';

type Mine =
  | 'consent.requested'
  | 'consent.given'
  | 'consent.refused'
  | 'consent.deferred'
  | 'consent.withdrawn'
  | 'consent.revoked'
  | 'consent.invalidated'
  | 'consent.implied';
type Given = Payloads['consent.given'];
type About = { readonly purpose: Purpose; readonly channel: Channel };

const held = (draft: Draft, { purpose, channel }: About): ConsentHeld | undefined =>
  draft.consents.find((one) => one.purpose === purpose && one.channel === channel);

const put = (draft: Draft, next: ConsentHeld): void => {
  const others = draft.consents.filter((one) => one.purpose !== next.purpose || one.channel !== next.channel);
  const key = (one: ConsentHeld): string => `${one.purpose}/${one.channel}`;
  draft.consents = [...others, next].sort((a, b) => (key(a) < key(b) ? -1 : 1));
};

const fresh = ({ purpose, channel }: About, at: At): ConsentHeld => ({
  purpose,
  channel,
  state: 'requested',
  by: markOf(at),
  validUntil: null,
  ended: null,
  freshAt: null,
  gaps: [],
});

/** Art. 7: the text before the act, the purpose in the text, the person's own affirmative act. */
export const isValidConsent = (said: Given, occurredAt: string): boolean =>
  said.text !== null &&
  millis(said.text.shownAt, occurredAt) >= 0 &&
  said.text.purposes.includes(said.purpose) &&
  said.indicatedBy === 'person' &&
  said.affirmative;

/** When the person acted, as its own evidence shows; a manager's tick shows nothing. */
const actedAt = ({ evidence, evidenceAt }: Given, occurredAt: string): string | null => {
  if (evidence === 'stated') return null;
  return evidenceAt !== null && millis(evidenceAt, occurredAt) > 0 ? evidenceAt : occurredAt;
};

const give = (draft: Draft, said: Given, at: At): void => {
  const { fact } = at;
  const before = held(draft, said) ?? fresh(said, at);
  const { ended } = before;
  if (!isValidConsent(said, fact.occurredAt)) {
    find(draft, 'consent_invalid', at);
    if (!ended && before.state !== 'given') put(draft, { ...before, state: 'invalidated', by: markOf(at) });
    return;
  }
  draft.lastContactBySubject = fact.occurredAt;
  const acted = actedAt(said, fact.occurredAt);
  const next = { ...before, by: markOf(at), validUntil: said.validUntil, freshAt: acted ?? before.freshAt };
  if (!ended) {
    put(draft, { ...next, state: before.state === 'given' || before.state === 'renewed' ? 'renewed' : 'given' });
    return;
  }
  const knew = at.knew(ended);
  const near = millis(ended.at, fact.occurredAt) <= SKEW_MS;
  const act = acted !== null && millis(ended.at, acted) > 0;
  if (act && (knew || !near)) {
    put(draft, { ...next, state: 'renewed', ended: null, gaps: closed(before.gaps, fact.occurredAt) });
    return;
  }
  conflict(draft, act ? 'consent' : 'consent_without_evidence', `${said.purpose}/${said.channel}`, [
    ended.fact,
    fact.id,
  ]);
};

const closed = (gaps: ConsentHeld['gaps'], until: string): ConsentHeld['gaps'] =>
  gaps.map((gap) => (gap.until === null ? { ...gap, until } : gap));

const end = (draft: Draft, about: About, state: 'withdrawn' | 'refused' | 'revoked', at: At): void => {
  const before = held(draft, about) ?? fresh(about, at);
  const given = before.state === 'given' || before.state === 'renewed';
  // Within the skew of two clocks, and neither author had seen the other's: the restrictive fact counts, an officer looks.
  if (given && state === 'withdrawn' && !at.knew(before.by) && millis(before.by.at, at.fact.occurredAt) <= SKEW_MS) {
    conflict(draft, 'consent', `${about.purpose}/${about.channel}`, [before.by.fact, at.fact.id]);
  }
  const gaps = before.gaps.some(({ until }) => until === null)
    ? before.gaps
    : [...before.gaps, { from: at.fact.occurredAt, until: null }];
  // Who withdrew is not made to have refused by a later, weaker entry.
  const next = before.ended && before.state === 'withdrawn' ? 'withdrawn' : state;
  put(draft, { ...before, state: next, by: markOf(at), ended: markOf(at), validUntil: null, gaps });
};

const ask = (draft: Draft, about: About, state: 'requested' | 'deferred', at: At): void => {
  const before = held(draft, about) ?? fresh(about, at);
  if (before.ended || before.state === 'given' || before.state === 'renewed') return;
  put(draft, { ...before, state, by: markOf(at) });
};

export const consent: Steps<Mine> = {
  'consent.requested': (draft, said, at) => ask(draft, said, 'requested', at),
  'consent.deferred': (draft, said, at) => ask(draft, said, 'deferred', at),
  'consent.given': give,
  'consent.refused': (draft, said, at) => end(draft, said, 'refused', at),
  'consent.revoked': (draft, said, at) => end(draft, said, 'revoked', at),
  'consent.withdrawn': (draft, { purpose, channel }, at) => {
    draft.lastContactBySubject = at.fact.occurredAt;
    const known = draft.consents.filter(
      (one) => (purpose === null || one.purpose === purpose) && (channel === null || one.channel === channel),
    );
    // Whoever withdraws everything says no to marketing too, also where nobody ever asked them.
    const named = (channel === null ? CHANNELS : [channel]).map((one) => ({
      purpose: purpose ?? DIRECT_MARKETING,
      channel: one,
    }));
    const all = new Map([...known, ...named].map((one) => [`${one.purpose}/${one.channel}`, one]));
    for (const one of all.values()) end(draft, one, 'withdrawn', at);
  },
  'consent.invalidated': (draft, { ref }, at) => {
    const before = draft.consents.find(({ by }) => by.fact === ref);
    if (before) put(draft, { ...before, state: 'invalidated', by: markOf(at), ended: markOf(at), validUntil: null });
  },
  'consent.implied': (draft, { ground, base, channel }, { fact }) => {
    draft.implied.push({ ground, base, channel, at: fact.occurredAt });
  },
};
