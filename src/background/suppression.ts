/**
 * An erased person does not silently return: their address leaves a fingerprint under a secret of this installation, and
 * whoever is read from a CRM is compared with it before a copy is kept. It says nothing without the secret, and it is
 * never used to find anybody again.
 */
import { fingerprint, isSuppressed } from '../domain/erasure.ts';
import type { Platform } from './platform.ts';
import type { PersonRow } from './store/schema.ts';
import type { ReadTx, WriteTx } from './store/store.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const SECRET = 'suppressionSecret';
const LIST = 'suppressed';

const listOf = async (tx: ReadTx): Promise<readonly string[]> =>
  ((await tx.get('meta', LIST))?.value as readonly string[] | undefined) ?? [];

const secretIn = async (tx: ReadTx): Promise<Uint8Array | null> => {
  const held = (await tx.get('meta', SECRET))?.value as string | undefined;
  return held === undefined ? null : bytesOf(held);
};

/** Keeps the fingerprint of an address; null where the person has none. */
export const suppress = async (
  tx: WriteTx,
  platform: Pick<Platform, 'secret'>,
  address: string | null,
): Promise<string | null> => {
  if (!address) return null;
  let secret = await secretIn(tx);
  if (!secret) {
    const made = platform.secret();
    await tx.put('meta', { name: SECRET, value: made });
    secret = bytesOf(made);
  }
  const print = fingerprint(address, secret);
  await tx.put('meta', { name: LIST, value: [...new Set([...(await listOf(tx)), print])] });
  return print;
};

/** Whether a copy of somebody may be kept; asked once for a whole page of people. */
export const mayKeep = async (tx: ReadTx): Promise<(person: Pick<PersonRow, 'email'>) => boolean> => {
  const secret = await secretIn(tx);
  const prints = new Set(await listOf(tx));
  if (!secret || prints.size === 0) return () => true;
  return ({ email }) => !email || !isSuppressed(email, secret, prints);
};
