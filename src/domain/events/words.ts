/** The words that facts about the law share. Closed sets: what is not here is refused at the door. */

/** Why data may be used: the six of GDPR Art. 6(1), the UK's seventh, and the further ones of the LGPD (Art. 7). */
export const BASES = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
  'recognised_legitimate_interests',
  'research',
  'legal_claims',
  'health',
  'credit_protection',
] as const;
export type Basis = (typeof BASES)[number];

/** Ways to reach a person with marketing. Consent is per purpose *and* channel. */
export const CHANNELS = ['email', 'phone', 'post', 'message'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What data is used for. A company may have purposes of its own; these two the rules know by name. */
export type Purpose = string;
export const ACCOUNT_MANAGEMENT: Purpose = 'account_management';
export const DIRECT_MARKETING: Purpose = 'direct_marketing';

/** What consent may be implied from, where the law knows implied consent (CASL, Spam Act) or an existing customer. */
export const GROUNDS = ['purchase', 'contract_end', 'inquiry', 'published', 'existing_customer'] as const;
export type Ground = (typeof GROUNDS)[number];

export const REQUEST_KINDS = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'objection',
  'portability',
  'complaint',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What may stop a request's clock, where the law lets it. */
export const STOPS = ['identity', 'clarification', 'fee'] as const;
export type Stop = (typeof STOPS)[number];

export const REFUSED_BECAUSE = [
  'identity_not_proven',
  'manifestly_unfounded',
  'excessive',
  'others_rights',
  'legal_duty',
  'legal_claims',
  'not_applicable',
  'no_data',
] as const;
export type RefusedBecause = (typeof REFUSED_BECAUSE)[number];

export const EXEMPTIONS = ['already_informed', 'disproportionate', 'law', 'secrecy'] as const;
export type Exemption = (typeof EXEMPTIONS)[number];

export const ERASURE_GROUNDS = [
  'no_longer_needed',
  'consent_withdrawn',
  'objection',
  'unlawful',
  'legal_duty',
  'retention_over',
] as const;
export type ErasureGround = (typeof ERASURE_GROUNDS)[number];

export const RESTRICTION_GROUNDS = ['accuracy', 'unlawful', 'claims', 'objection'] as const;
export type RestrictionGround = (typeof RESTRICTION_GROUNDS)[number];

/** How a consent was indicated. `spoken` has no trace of its own. */
export const METHODS = ['form', 'double_opt_in', 'reply', 'signature', 'spoken'] as const;
export type Method = (typeof METHODS)[number];

/** Marks an act for an officer's role that somebody gave themselves (*I work alone*). */
export interface OfficerAct {
  readonly selfConfirmed?: true;
}
