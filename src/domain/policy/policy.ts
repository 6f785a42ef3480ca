/**
 * A policy: the rules that apply to one person, complete. It is resolved from the jurisdictions, which are data
 * (`jurisdictions/*.json`), by `resolve.ts`; a list of periods means that each applies and the earliest end counts.
 */

import type { Basis, Channel, Exemption, Ground, RequestKind, Stop } from '../events/words.ts';
import type { GateModeName, NoticeKind } from '../events.ts';
import { BUILT_IN } from './built-in.ts';
import type { MarketingRule, ParameterPath, Trigger } from './parameters.ts';
import { STRICT_DEFAULT } from './resolve.ts';

export type Periods = readonly string[];

/** Where a value comes from: the law, who confirmed it, and the jurisdiction that says it. */
export interface Source {
  readonly jurisdiction: string;
  readonly source: string;
  readonly mark: 'default' | 'approved';
}

export interface NoticeRule {
  /** How long until the person must have been told, from the anchor; empty where no notice is owed. */
  readonly due: Periods;
  readonly earliestOf: readonly Trigger[];
}

export interface Policy {
  /** Jurisdictions joined by `+`, e.g. `EU-DE+CH`. */
  readonly key: string;
  readonly jurisdictions: readonly string[];
  /** The person's place of work is unknown, so the controller's law stands in. */
  readonly jurisdictionAssumed: boolean;
  /** Jurisdictions whose own data could not be used, so that the strict default stands in. */
  readonly standsInFor: readonly string[];
  readonly version: string;
  /** `default`: ours, to be confirmed by the customer's counsel; `approved`: every parameter confirmed. */
  readonly mark: 'default' | 'approved';
  readonly bases: readonly Basis[] | null;
  readonly basisRequired: boolean;
  readonly basisAssumed: Basis | null;
  readonly notice: Readonly<Record<NoticeKind, NoticeRule>> & {
    readonly contentKindMustMatch: boolean;
    readonly languageMustMatch: 'require' | 'flag' | 'no';
    readonly newPurpose: 'before_processing' | 'none';
    readonly exemptions: readonly Exemption[];
    readonly processorIsRecipient: boolean;
  };
  readonly requests: {
    readonly kinds: readonly RequestKind[];
    readonly due: Periods;
    readonly extend: Periods;
    readonly extendNoticeDue: Periods;
    readonly stopClock: readonly Stop[];
    readonly confirm: Periods;
    readonly complaintAck: Periods;
  };
  readonly period: { readonly rule: 'clamp_from_origin'; readonly roll: 'none' | 'next_working_day' };
  readonly consent: {
    /** Each ground with its periods; an empty list has no end. */
    readonly implied: Readonly<Partial<Record<Ground, Periods>>>;
    readonly expires: Periods;
    readonly refresh: Periods;
  };
  /** Every rule of a channel must be satisfied. */
  readonly marketing: Readonly<Record<Channel, readonly MarketingRule[]>>;
  readonly optOut: { readonly due: Periods; readonly sale: Periods; readonly mechanismLive: Periods };
  readonly objection: {
    readonly directMarketing: 'absolute' | 'opt_out';
    readonly general: 'justify' | 'balance' | 'if_unlawful' | 'none';
  };
  readonly suppression: { readonly keep: Periods };
  readonly retention: {
    readonly review: Periods;
    readonly anchor: 'obtained' | 'last_contact_by_subject' | 'last_contact';
  };
  readonly gate: {
    /** What may leave about somebody who has not been told. */
    readonly untold: GateModeName;
    readonly onOverdue: GateModeName;
    /** Share of the period after which people are reminded. */
    readonly escalateAt: number;
    /** Last day on which day-one overdue is withheld like anybody untold; null until an officer sets it. */
    readonly backlogUntil: string | null;
  };
  readonly sources: Readonly<Record<ParameterPath, readonly Source[]>>;
  /** IANA zone of the controller's establishment: deadlines end at the end of a day there. */
  readonly zone: string;
  /** Days that move a deadline on besides weekends, `YYYY-MM-DD`; empty until the customer gives a list. */
  readonly holidays: ReadonlySet<string>;
}

export const euPolicy = (zone: string): Policy =>
  BUILT_IN.policyFor({ placeOfWork: STRICT_DEFAULT, controllerEstablishment: STRICT_DEFAULT, at: '2026-06-30', zone });
