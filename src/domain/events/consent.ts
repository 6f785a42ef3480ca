/** Facts about lawful bases and consent. Being told is not agreeing: none of these is about a notice. */
import type { ContentRef, Evidence } from '../events.ts';
import type { Basis, Channel, Ground, Method, OfficerAct, Purpose } from './words.ts';

/** The text that was shown before a consent, and when. */
export interface ConsentText {
  readonly noticeId: string;
  readonly version: string;
  readonly textHash: string;
  readonly purposes: readonly Purpose[];
  readonly shownAt: string;
}

interface About {
  readonly purpose: Purpose;
  readonly channel: Channel;
}

export interface ConsentPayloads {
  'basis.set': {
    readonly purpose: Purpose;
    readonly basis: Basis;
    /** Reference of the balancing test that legitimate interests rest on. */
    readonly assessment: string | null;
    /** `YYYY-MM-DD`; null where nobody set one. */
    readonly reviewBy: string | null;
  };
  'basis.changed': {
    readonly purpose: Purpose;
    readonly from: Basis;
    readonly basis: Basis;
    readonly why: string;
    readonly assessment: string | null;
    readonly reviewBy: string | null;
  };
  'consent.requested': About;
  'consent.given': About & {
    readonly text: ConsentText | null;
    readonly method: Method;
    /** Only the person can consent; anything else is recorded and invalid. */
    readonly indicatedBy: 'person' | 'manager' | 'import';
    /** A clear affirmative act; silence and ticked boxes are not. */
    readonly affirmative: boolean;
    readonly evidence: Evidence;
    /** Date of the evidence itself (a form, a reply), where it has one. */
    readonly evidenceAt: string | null;
    /** Last day it holds, `YYYY-MM-DD`; null where none was agreed. */
    readonly validUntil: string | null;
    /** The words that were shown and what proves the act, as content: Art. 7(1) asks for both. */
    readonly words?: ContentRef;
  };
  'consent.refused': About;
  'consent.deferred': About;
  /** Accepted from anybody, through any channel. Null means every purpose, every channel. */
  'consent.withdrawn': { readonly purpose: Purpose | null; readonly channel: Channel | null; readonly via: string };
  /** Ended by us or by an authority. */
  'consent.revoked': OfficerAct & About & { readonly why: string };
  /** It never was a consent. */
  'consent.invalidated': OfficerAct & { readonly ref: string; readonly why: string };
  /** A ground from which consent is implied, with the day it counts from (for a contract, its end). */
  'consent.implied': { readonly ground: Ground; readonly base: string; readonly channel: Channel | null };
}
