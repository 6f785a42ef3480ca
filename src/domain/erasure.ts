/**
 * Erasure: what has to go, and a tombstone that says what really went. It is written from the result, never from the
 * request; a place that could not be reached is named, and the person counts as erased only once every place is done.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ErasedPlace } from './events/rights.ts';
import type { ErasureGround } from './events/words.ts';
import type { ContentRef, Entry, NewFact, Payloads } from './events.ts';
import { contactStream } from './events.ts';
import type { ContactState } from './status.ts';
import { actsAs, type Standing } from './who.ts';

/** Everything of a person that this device can name. Salts go with their payloads and contents. */
export interface EraseTargets {
  readonly payloads: readonly string[];
  readonly contents: readonly string[];
  readonly links: ContactState['links'];
}

const refsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const { content, commit } = value as Partial<ContentRef>;
  if (typeof content === 'string' && typeof commit === 'string') return [content];
  return Object.values(value).flatMap(refsIn);
};

/** The tombstone itself is kept: it holds nothing about the person. */
export const eraseTargets = (entries: readonly Entry[], { links }: Pick<ContactState, 'links'>): EraseTargets => {
  const mine = entries.filter(({ fact, payload }) => payload !== null && fact.type !== 'erasure.executed');
  return {
    payloads: mine.map(({ fact }) => fact.id),
    contents: [...new Set(mine.flatMap(({ payload }) => refsIn(payload)))],
    links,
  };
};

/** What somebody who erased found and destroyed in one place. */
export interface Destroyed {
  readonly place: string;
  readonly found: number;
  readonly destroyed: number;
  /** Kept under Art. 17(3), or beyond what this software reaches (backups, other systems). */
  readonly because?: 'kept' | 'out_of_reach';
  /** Another device or system has been asked and has not answered. */
  readonly asked?: boolean;
}

/** Done is only where all that was found is gone. */
export const placeOf = ({ place, found, destroyed, because, asked = false }: Destroyed): ErasedPlace => ({
  place,
  found,
  destroyed,
  state: because ?? (asked ? 'pending' : destroyed >= found ? 'done' : 'failed'),
});

export interface ErasureCommand {
  readonly contact: string;
  readonly commandId: string;
  readonly now: string;
  readonly ground: ErasureGround;
  readonly results: readonly Destroyed[];
  readonly suppression: string | null;
  readonly standing: Standing;
}

export type ErasureDecision =
  | { readonly fact: NewFact; readonly complete: boolean; readonly role: 'officer' }
  | { readonly refused: 'officer_only' | 'nothing_done' };

/** The tombstone of what was done. Without any result there is nothing to say, so nothing is said. */
export const decideTombstone = ({
  contact,
  commandId,
  now,
  ground,
  results,
  suppression,
  standing,
}: ErasureCommand): ErasureDecision => {
  const as = actsAs('erasure.executed', standing);
  if (as === null) return { refused: 'officer_only' };
  if (results.length === 0) return { refused: 'nothing_done' };
  const places = results.map(placeOf);
  const payload: Payloads['erasure.executed'] = {
    ground,
    places,
    suppression,
    ...(as.selfConfirmed ? { selfConfirmed: true } : {}),
  };
  const complete = places.every(({ state }) => state !== 'pending' && state !== 'failed');
  return {
    fact: { id: commandId, stream: contactStream(contact), type: 'erasure.executed', occurredAt: now, payload },
    complete,
    role: 'officer',
  };
};

/** Addresses that reach one mailbox, or one telephone, are one: case, marks around it and `mailto:` do not count. */
export const normalised = (address: string): string => {
  const bare = (/<([^<>]+)>\s*$/u.exec(address)?.[1] ?? address).normalize('NFKC').trim().toLowerCase();
  const plain = bare.replace(/^(?:mailto|tel):/u, '');
  return plain.includes('@') ? plain : plain.replace(/[\s().-]/gu, '').replace(/^00/u, '+');
};

const SHORTEST_SECRET = 16;

/**
 * A fingerprint under a secret of the company: HMAC-SHA-256 of the normalised address. A plain hash of an address can be
 * guessed; this cannot without the secret. It serves suppression only, never to find somebody again.
 */
export const fingerprint = (address: string, secret: Uint8Array): string => {
  if (secret.length < SHORTEST_SECRET)
    throw new RangeError(`The company secret needs at least ${SHORTEST_SECRET} bytes.`);
  return bytesToHex(hmac(sha256, secret, utf8ToBytes(normalised(address))));
};

/** Whether somebody about to be captured was erased and asked not to come back. */
export const isSuppressed = (address: string, secret: Uint8Array, fingerprints: ReadonlySet<string>): boolean =>
  fingerprints.has(fingerprint(address, secret));
