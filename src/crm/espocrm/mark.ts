/**
 * This CRM takes no key of ours, so a record carries one: a mark in the last line of its description, by which it is
 * found again when nobody knows whether it was stored. The description because every instance has it, because it can
 * be searched, and because a person can read what it is; nothing else writable is on all three entities. An officer
 * can compute the mark from the key in the ledger.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The first 96 bits of the key's SHA-256. Small letters and figures: databases compare text without regard to case. */
export const markOf = (key: string): string => `[candor:${bytesToHex(sha256(utf8ToBytes(key))).slice(0, 24)}]`;

const MARK = /\[candor:[0-9a-f]{24}\]/;

export const markIn = (description: string | null): string | null => MARK.exec(description ?? '')?.[0] ?? null;

/** What people wrote, without the mark. */
export const wordsIn = (description: string | null): string => (description ?? '').replace(MARK, '').trim();

export const withMark = (words: string, mark: string | null): string => [words, mark].filter(Boolean).join('\n\n');
