/** Facts about what people may ask for, about erasure, and about whose contact it is. */
import type { ContentRef } from '../events.ts';
import type { ErasureGround, OfficerAct, RefusedBecause, RequestKind, RestrictionGround, Stop } from './words.ts';

/** What became of one place that held something about an erased person. Written from the result, never from the request. */
export interface ErasedPlace {
  readonly place: string;
  readonly found: number;
  readonly destroyed: number;
  readonly state: 'done' | 'pending' | 'failed' | 'kept' | 'out_of_reach';
}

export interface RightsPayloads {
  /** After weighing a general objection. Refused for direct marketing, which nobody may override (Art. 21(3)). */
  'objection.resolved': OfficerAct & {
    readonly ref: string;
    readonly outcome: 'upheld' | 'overridden';
    readonly reason: string;
  };
  'restriction.set': { readonly ground: RestrictionGround };
  /** Art. 18(3): the person is informed before. */
  'restriction.lifted': OfficerAct & { readonly ref: string; readonly informedAt: string };
  'request.received': { readonly kind: RequestKind; readonly via: string; readonly words: ContentRef | null };
  'request.acknowledged': { readonly ref: string };
  'request.identity_requested': { readonly ref: string };
  'request.identity_ok': { readonly ref: string };
  /** The person is asked what they mean, or for a fee. */
  'request.paused': { readonly ref: string; readonly stop: Exclude<Stop, 'identity'> };
  'request.resumed': { readonly ref: string };
  'request.started': { readonly ref: string };
  /** Counts only if recorded before the first deadline, with the person told why. */
  'request.extended': OfficerAct & {
    readonly ref: string;
    readonly reason: 'complex' | 'numerous';
    readonly toldAt: string;
  };
  'request.fulfilled': { readonly ref: string; readonly how: string };
  'request.refused': OfficerAct & { readonly ref: string; readonly reason: RefusedBecause };
  'data.rectified': { readonly ref: string | null; readonly fields: readonly string[] };
  'erasure.requested': { readonly ground: ErasureGround; readonly ref: string | null };
  /** The tombstone. It holds nothing about the person, and it outlives every other payload of the stream. */
  'erasure.executed': OfficerAct & {
    readonly ground: ErasureGround;
    readonly places: readonly ErasedPlace[];
    /** HMAC of the normalised address, so that an erased person does not silently return; null where none is kept. */
    readonly suppression: string | null;
  };
  /** Retention or basis looked at again. */
  'retention.reviewed': OfficerAct & { readonly keep: boolean; readonly reviewBy: string | null };
  'ownership.claimed': { readonly basisOfClaim: string; readonly preExistingSince: string | null };
  'ownership.confirmed': OfficerAct & { readonly ref: string };
  /** The claim fails: the contact is the company's. */
  'ownership.rejected': OfficerAct & { readonly ref: string; readonly reason: string };
  'ownership.disputed': { readonly reason: string };
  'ownership.transferred': { readonly to: string };
  /** Two keys, one person: the facts of both are read together. */
  'record.merged': { readonly from: string; readonly into: string };
}

export interface HousePayloads {
  /** Parameters of the law as the company has set them. On the `policy/` stream. */
  'policy.changed': OfficerAct & {
    readonly version: string;
    readonly validFrom: string;
    readonly reason: string;
    readonly changes: readonly PolicyChange[];
  };
  /** Where the company is established, and the days on which its deadlines do not end. On the `policy/` stream. */
  'controller.changed': {
    readonly country: string | null;
    readonly zone: string;
    readonly holidays: readonly string[];
  };
  /** *I work alone*: one person holds every role, and every officer's act says that they confirmed it themselves. */
  'roles.alone': { readonly alone: boolean };
  /** An entry of the officer's queue was decided. It never makes a permission of a doubt. */
  'conflict.settled': OfficerAct & { readonly conflict: string; readonly keep: string | null; readonly reason: string };
  /** Words that touch a special category may leave, on this ground. On the activity's stream. */
  'words.approved': OfficerAct & { readonly ground: string };
  'export.made': { readonly what: string; readonly about: string | null; readonly hash: string };
}

export interface PolicyChange {
  readonly jurisdiction: string;
  readonly parameter: string;
  readonly value: unknown;
  readonly source: string;
  readonly mark: 'default' | 'approved';
}
