/**
 * We choose the ids of what we write, so that writing twice finds the first: the same key gives the same GUID for ever.
 *
 * The GUID is the beginning of SHA-256 of `candor/<what>/<key>` with the marks of a name-based UUID of the newest kind
 * (RFC 9562, version 8; version 5 is the same over SHA-1). Nobody else's ids fall in with it, and who has the key can
 * derive it again. **Never change this**: logs under way would be written a second time.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export const guidFor = (what: 'activity' | 'connection', key: string): string => {
  const bytes = sha256(utf8ToBytes(`candor/${what}/${key}`)).slice(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};
