/**
 * The hashes of the ledger. Synchronous, because they are taken inside one database transaction.
 * `privacy-model.md` §4.5 holds the vectors.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

export { bytesToHex, hexToBytes };

/** The `prev` of a chain's first fact. */
export const NO_HASH = '0'.repeat(64);

/**
 * RFC 8785: one text for one value. A member that is `undefined` is left out; anything else that JSON does not know
 * throws. A lone surrogate, which RFC 8785 leaves to an error, is written as its `\ud800` escape: what a person typed
 * must never fail to be saved, and two different strings still give two different texts.
 */
export function canonicalJson(value: unknown): string {
  refuseWhatIsNotJson(value);
  return canonicalize(value) as string;
}

function refuseWhatIsNotJson(value: unknown): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value !== 'object') throw new TypeError(`Not JSON: ${typeof value}`);
  if (Array.isArray(value)) {
    for (const item of value) refuseWhatIsNotJson(item);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  // a plain object, of whichever realm made it
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new TypeError('Not JSON: an object of a class');
  for (const member of Object.values(value)) if (member !== undefined) refuseWhatIsNotJson(member);
}

/** Lower-case hex. A string is hashed as UTF-8; a lone surrogate in it counts as U+FFFD. */
export const sha256Hex = (data: Uint8Array | string): string =>
  bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));

/** Binds a payload or content without saying it: SHA-256(salt ‖ JCS(payload)). Without the salt it says nothing. */
export function commitTo(salt: Uint8Array | string, payload: unknown): string {
  const bytes = typeof salt === 'string' ? hexToBytes(salt) : salt;
  return bytesToHex(sha256(concatBytes(bytes, utf8ToBytes(canonicalJson(payload)))));
}

/** The hash of a fact's core: every field of its envelope and the commitment to its payload. */
export const hashFact = (core: object): string => sha256Hex(canonicalJson(core));

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** The Merkle tree hash of RFC 9162 §2.1.1 over the raw bytes of hex hashes, in their order. */
export function merkleRoot(hashes: readonly string[]): string {
  if (hashes.length === 0) return sha256Hex('');
  return bytesToHex(treeHash(hashes.map((hash) => sha256(concatBytes(LEAF, hexToBytes(hash))))));
}

/** Splits at the largest power of two smaller than the number of leaves. */
function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(concatBytes(NODE, treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split))));
}
