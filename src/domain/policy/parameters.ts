/**
 * Every parameter a policy has: its path, what a value looks like, and which of two values is the stricter.
 * A period of nothing (`null` in the data) is an empty list; several are kept side by side and the earliest end counts,
 * because `P1M` and `P30D` are not interchangeable: which of them ends first depends on the month.
 */
import * as v from 'valibot';
import { BASES, EXEMPTIONS, GROUNDS, REQUEST_KINDS, STOPS } from '../events/words.ts';
import { isPeriod } from './deadline.ts';

const period = v.pipe(
  v.string(),
  v.check(isPeriod, 'a period in whole days, weeks, months or years such as "P1M", or business days such as "P10BD"'),
);
const periodOrNone = v.nullable(period);
const list = <const T extends readonly [string, ...string[]]>(of: T) => v.array(v.picklist(of));

export const TRIGGERS = ['first_communication', 'first_disclosure'] as const;
export type Trigger = (typeof TRIGGERS)[number];
/** Narrowest first. */
export const MODES = ['hold', 'redact_to_minimum', 'allow_with_deadline', 'allow'] as const;
export const MARKETING_RULES = [
  'consent',
  'consent_or_existing_customer',
  'by_subscriber',
  'casl',
  'express_or_inferred',
  'presumed_consent',
  'opt_out_if_job_related',
  'opt_out',
] as const;
export type MarketingRule = (typeof MARKETING_RULES)[number];

type Values = readonly unknown[];
/** How the values of several jurisdictions become one. Each gets at least one value. */
type Combine = (values: Values) => unknown;

const unique = (values: Values): Values =>
  [...new Set(values.map((one) => JSON.stringify(one)))].map((one) => JSON.parse(one));
/** Every period that applies; whoever reads it takes the earliest end (of what is kept: the latest). */
const each: Combine = (values) => unique(values.filter((one) => one !== null));
/** As `each`, but where one jurisdiction has none there is none. */
const eachOrNone: Combine = (values) => (values.includes(null) ? [] : each(values));
const intersection: Combine = (values) =>
  (values as readonly (readonly unknown[])[]).reduce((all, one) => all.filter((item) => one.includes(item)));
const union: Combine = (values) => unique((values as readonly (readonly unknown[])[]).flat());
/** The value that comes first in `order`. */
const first =
  (...order: readonly unknown[]): Combine =>
  (values) =>
    order.find((one) => values.includes(one));
/** Null is any set of bases; anything else is narrower. */
const narrowest: Combine = (values) => {
  const sets = values.filter((one) => one !== null);
  return sets.length === 0 ? null : intersection(sets);
};
const smallest: Combine = (values) => Math.min(...(values as readonly number[]));
/** Every rule must be satisfied. */
const allRules: Combine = unique;
/** A date that is set beats none, an earlier one a later one. */
const earliestDate: Combine = (values) => [...values].filter((one) => one !== null).sort()[0] ?? null;
/** The basis that all who name one agree on; null (a law without a list of bases) has no say, `none` forbids to assume. */
const agreed: Combine = (values) => {
  const [only = null, ...others] = unique(values.filter((one) => one !== null));
  return others.length > 0 || only === 'none' ? null : only;
};
/** Grounds that all know, each with every period that applies. A law that implies consent from nothing asks for none. */
const commonGrounds: Combine = (values) => {
  const known = (values as readonly Readonly<Record<string, string>>[]).filter((one) => Object.keys(one).length > 0);
  const [head = {}, ...others] = known;
  return Object.fromEntries(
    Object.keys(head)
      .filter((ground) => others.every((one) => ground in one))
      .map((ground) => [ground, unique([head, ...others].map((one) => one[ground])).filter((one) => one !== 'open')]),
  );
};

interface Parameter {
  readonly schema: v.GenericSchema;
  readonly combine: Combine;
}
const earliest: Parameter = { schema: periodOrNone, combine: each };
const triggers: Parameter = { schema: list(TRIGGERS), combine: union };
const marketing: Parameter = { schema: v.picklist(MARKETING_RULES), combine: allRules };
const mode: Parameter = { schema: v.picklist(MODES), combine: first(...MODES) };
const strictIfTrue: Parameter = { schema: v.boolean(), combine: first(true, false) };

export const PARAMETERS = {
  bases: { schema: v.nullable(list(BASES)), combine: narrowest },
  basisRequired: strictIfTrue,
  /** What account management rests on while nobody recorded a basis: the one the built-in notices name. */
  basisAssumed: { schema: v.nullable(v.picklist([...BASES, 'none'])), combine: agreed },
  'notice.direct.due': earliest,
  'notice.direct.earliestOf': triggers,
  'notice.indirect.due': earliest,
  'notice.indirect.earliestOf': triggers,
  'notice.contentKindMustMatch': strictIfTrue,
  'notice.languageMustMatch': {
    schema: v.picklist(['require', 'flag', 'no']),
    combine: first('require', 'flag', 'no'),
  },
  'notice.newPurpose': {
    schema: v.picklist(['before_processing', 'none']),
    combine: first('before_processing', 'none'),
  },
  'notice.exemptions': { schema: list(EXEMPTIONS), combine: intersection },
  /** True: the provider of the CRM counts as a recipient, so sending there is the first disclosure. */
  'notice.processorIsRecipient': strictIfTrue,
  'requests.kinds': { schema: list(REQUEST_KINDS), combine: union },
  'requests.due': earliest,
  'requests.extend': { schema: periodOrNone, combine: eachOrNone },
  'requests.extendNoticeDue': earliest,
  'requests.stopClock': { schema: list(STOPS), combine: intersection },
  'requests.confirm': earliest,
  'requests.complaintAck': earliest,
  'period.rule': { schema: v.picklist(['clamp_from_origin']), combine: first('clamp_from_origin') },
  'period.roll': { schema: v.picklist(['none', 'next_working_day']), combine: first('none', 'next_working_day') },
  'consent.implied': {
    schema: v.record(v.picklist(GROUNDS), v.union([period, v.literal('open')])),
    combine: commonGrounds,
  },
  'consent.expires': earliest,
  'consent.refresh': earliest,
  'marketing.email': marketing,
  'marketing.phone': marketing,
  'marketing.post': marketing,
  'marketing.message': marketing,
  'optOut.due': earliest,
  'optOut.sale': earliest,
  /** How long the way to opt out must work after a message: the longest counts. */
  'optOut.mechanismLive': earliest,
  'objection.directMarketing': { schema: v.picklist(['absolute', 'opt_out']), combine: first('absolute', 'opt_out') },
  'objection.general': {
    schema: v.picklist(['justify', 'balance', 'if_unlawful', 'none']),
    combine: first('justify', 'balance', 'if_unlawful', 'none'),
  },
  /** How long a fingerprint of an opposition is kept: the longest counts. */
  'suppression.keep': earliest,
  'retention.review': earliest,
  'retention.anchor': {
    schema: v.picklist(['obtained', 'last_contact_by_subject', 'last_contact']),
    combine: first('obtained', 'last_contact_by_subject', 'last_contact'),
  },
  'gate.untold': mode,
  'gate.onOverdue': mode,
  'gate.escalateAt': { schema: v.pipe(v.number(), v.minValue(0), v.maxValue(1)), combine: smallest },
  /** Until when people overdue since day one are withheld like anybody untold; null until an officer sets a date. */
  'gate.backlogUntil': { schema: v.nullable(v.pipe(v.string(), v.isoDate())), combine: earliestDate },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterPath = keyof typeof PARAMETERS;
export const PARAMETER_PATHS = Object.keys(PARAMETERS) as readonly ParameterPath[];
export const isParameter = (path: string): path is ParameterPath => Object.hasOwn(PARAMETERS, path);
