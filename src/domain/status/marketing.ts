/**
 * May this person be written to with marketing, on this channel? Every rule of the policy must be satisfied, and no
 * rule is asked while an objection, a restriction or an end of consent stands.
 */
import { CHANNELS, type Channel, DIRECT_MARKETING } from '../events/words.ts';
import { expiresOn, impliedUntil } from '../policy/clocks.ts';
import type { MarketingRule } from '../policy/parameters.ts';
import type { Policy } from '../policy/policy.ts';
import type { ConsentHeld, ContactState, Mark } from './state.ts';
import { millis, SKEW_MS } from './step.ts';

/** What the facts do not say and some rules ask. What is not given counts as not so. */
export interface Circumstances {
  /** The message is about the person's job. */
  readonly jobRelated?: boolean;
  /** Whose address it is (PECR). */
  readonly subscriber?: 'corporate' | 'individual';
  /** Both organisations have a relation, and the message concerns the recipient's organisation (CASL). */
  readonly betweenBusinesses?: boolean;
}

export interface Marketable {
  readonly allowed: boolean;
  readonly because:
    | 'erased'
    | 'objected'
    | 'restricted'
    | 'withdrawn'
    | 'conflict'
    | 'consent'
    | 'implied'
    | 'opt_out'
    | 'no_permission';
}

/** A consent with evidence of the person's own act after the objection. Nothing else passes one. */
const passes = ({ freshAt, by }: ConsentHeld, objection: Mark): boolean =>
  freshAt !== null && millis(objection.at, freshAt) > (by.device === objection.device ? 0 : SKEW_MS);

export const isLive = (consent: ConsentHeld, today: string, policy: Policy): boolean => {
  if (consent.state !== 'given' && consent.state !== 'renewed') return false;
  const last = expiresOn(consent, policy);
  return last === null || today <= last;
};

/** What satisfies a rule without a consent. */
const satisfied = (
  rule: MarketingRule,
  grounds: { readonly live: boolean; readonly customer: boolean },
  { jobRelated = false, subscriber, betweenBusinesses = false }: Circumstances,
): Marketable['because'] | null => {
  switch (rule) {
    case 'consent':
      return null;
    case 'consent_or_existing_customer':
      return grounds.customer ? 'implied' : null;
    case 'by_subscriber':
      return subscriber === 'corporate' ? 'opt_out' : grounds.customer ? 'implied' : null;
    case 'casl':
      return grounds.live || betweenBusinesses ? 'implied' : null;
    case 'express_or_inferred':
      return grounds.live ? 'implied' : null;
    case 'presumed_consent':
      return grounds.live || jobRelated ? 'implied' : null;
    case 'opt_out_if_job_related':
      return jobRelated ? 'opt_out' : null;
    case 'opt_out':
      return 'opt_out';
  }
};

export const marketable = (
  state: ContactState,
  channel: Channel,
  today: string,
  policy: Policy,
  circumstances: Circumstances = {},
): Marketable => {
  const no = (because: Marketable['because']): Marketable => ({ allowed: false, because });
  if (state.erasure.executedAt !== null || state.erasure.requestedAt !== null) return no('erased');
  // Who objects to everything objects to marketing too (`rights.ts`), so that half says it all.
  const { marketing } = state.objections;
  const consent = state.consents.find((one) => one.purpose === DIRECT_MARKETING && one.channel === channel);
  const live = consent && isLive(consent, today, policy) ? consent : null;
  if (marketing && !(live && passes(live, marketing))) return no('objected');
  if (state.restrictions.length > 0) return no('restricted');
  const about = `${DIRECT_MARKETING}/${channel}`;
  const settled = new Set(state.settled.map(({ conflict }) => conflict));
  if (state.conflicts.some((one) => one.is === 'consent' && one.about === about && !settled.has(one.id)) && !live)
    return no('conflict');
  if (consent?.ended) return no('withdrawn');
  // A consent satisfies every rule.
  if (live) return { allowed: true, because: 'consent' };
  const customers = state.implied.filter(({ ground }) => ground === 'existing_customer' || ground === 'purchase');
  const grounds = {
    live: covers(impliedUntil(state.implied, channel, policy), today),
    customer: covers(impliedUntil(customers, channel, policy), today),
  };
  let because: Marketable['because'] = 'opt_out';
  for (const rule of policy.marketing[channel]) {
    const found = satisfied(rule, grounds, circumstances);
    if (found === null) return no('no_permission');
    if (found === 'implied') because = found;
  }
  return { allowed: true, because };
};

const covers = (until: ReturnType<typeof impliedUntil>, today: string): boolean =>
  until !== null && (until === 'open' || today <= until);

export const marketableOn = (
  state: ContactState,
  today: string,
  policy: Policy,
  circumstances: Circumstances = {},
): Readonly<Record<Channel, Marketable>> =>
  Object.fromEntries(
    CHANNELS.map((channel) => [channel, marketable(state, channel, today, policy, circumstances)]),
  ) as Record<Channel, Marketable>;
