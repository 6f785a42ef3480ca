/** SHA-256 by Node instead of by @noble/hashes: the same digest, sooner. */
import { createHash } from 'node:crypto';

export const sha256 = (data: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(data).digest());
