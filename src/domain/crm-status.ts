/**
 * What a CRM can be told about a person, and what it says itself. A status in a CRM is a copy for its people and its
 * campaigns: ours is the ledger. A value read there is evidence of a value in a CRM, never of consent.
 */

import { CHANNELS } from './events/words.ts';

/** What may not be done to a person: reach them with marketing by a channel, or use their data at all. */
export const LIMITS = [...CHANNELS, 'processing'] as const;
export type Limit = (typeof LIMITS)[number];

/** What says where the person stands; `line` is for machines. */
export const ENTRIES = ['disclosure', 'told_on', 'line'] as const;
export type Entry = (typeof ENTRIES)[number];

export type StatusPart = Limit | Entry;
export const STATUS_PARTS: readonly StatusPart[] = [...LIMITS, ...ENTRIES];

/**
 * Besides its fields a CRM may keep consents of its own, each for a purpose. Which of its purposes is our direct
 * marketing only a person can say; without that no such consent is ever opened.
 */
export const MAP_PARTS = [...STATUS_PARTS, 'purpose'] as const;
export type MapPart = StatusPart | 'purpose';

/** Which field of the CRM's contact holds which part; a part without a field is not written. Of `purpose`: its id there. */
export type StatusMap = Readonly<Partial<Record<MapPart, string>>>;

/** A restriction; or a permission, which counts from the person's own act (ISO 8601 UTC). */
export type Ruling = { readonly is: 'stop' } | { readonly is: 'may'; readonly since: string };

/** The words a CRM's people filter by; a set of its own, so that no later word of ours changes their reports. */
export const DISCLOSURES = ['told', 'not_told', 'overdue', 'stale', 'exempt', 'erasure_pending'] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

export interface StatusWrite {
  /** The record of the person in that CRM. */
  readonly remoteId: string;
  /** What is not named is not touched: a CRM's own opt-out stays, whoever made it. */
  readonly limits: Readonly<Partial<Record<Limit, Ruling>>>;
  readonly disclosure: Disclosure;
  /** `YYYY-MM-DD`; null while the person has not been told. */
  readonly toldOn: string | null;
  readonly line: string;
}

/** What a CRM holds of a person. `stops` names only what it has a field for. */
export interface StatusSeen {
  readonly id: string;
  readonly stops: Readonly<Partial<Record<Limit, boolean>>>;
  readonly disclosure: string | null;
  readonly toldOn: string | null;
  readonly line: string | null;
  /** When anything of the record was last changed there, ISO 8601 UTC. */
  readonly changedAt: string;
}

/** A field that could hold a part. */
export interface StatusField {
  readonly name: string;
  readonly label: string;
  readonly holds: 'flag' | 'text' | 'day' | 'purpose';
  /** The vendor's own, not one the organisation made. */
  readonly native: boolean;
}

/** What the organisation offers, read from its description, and what is usual for it. */
export interface StatusFields {
  readonly offered: readonly StatusField[];
  readonly usual: StatusMap;
}

const HOLDS: Readonly<Record<MapPart, StatusField['holds']>> = {
  email: 'flag',
  phone: 'flag',
  post: 'flag',
  message: 'flag',
  processing: 'flag',
  disclosure: 'text',
  told_on: 'day',
  line: 'text',
  purpose: 'purpose',
};
export const fits = (part: MapPart, field: StatusField): boolean => HOLDS[part] === field.holds;

/** Letters of the head that stand in the line: enough to find the fact, short enough for a small field. */
const HEAD = 16;
const LINE = /^candor:1 id=(\S+) state=([a-z_]+)(?: stop=([a-z,]+))? head=([0-9a-f]{1,64}|none)$/;

export interface StatusLine {
  /** The contact's key in our ledger: random, says nothing of the person. */
  readonly id: string;
  readonly state: string;
  readonly stops: readonly string[];
  readonly head: string;
}

/** One line by which an officer finds the ledger's facts about a record: our id, where the person stands, the head it was read from. */
export const statusLine = ({ id, state, stops, head }: StatusLine): string =>
  `candor:1 id=${id} state=${state}${stops.length > 0 ? ` stop=${stops.join(',')}` : ''} head=${head.slice(0, HEAD) || 'none'}`;

export const readStatusLine = (text: string): StatusLine | null => {
  const found = LINE.exec(text.trim());
  if (!found) return null;
  const [, id = '', state = '', stops, head = ''] = found;
  return { id, state, stops: stops ? stops.split(',') : [], head };
};
