/**
 * Appends facts. Runs inside the caller's one transaction: facts, payloads, contents, heads and the folded state of
 * each contact are written together or not at all. Hashing is synchronous, because awaiting WebCrypto would end the transaction.
 */

import { foldActivity, publicWords } from '../domain/activity-fold.ts';
import type { Decision, Refusal, Seal } from '../domain/decide.ts';
import {
  activityStream,
  contactStream,
  type Entry,
  type Fact,
  type NewFact,
  type Role,
  type Stream,
} from '../domain/events.ts';
import { commitTo, hashFact } from '../domain/hash.ts';
import { advance, type ContactState, canAdvance, fold } from '../domain/status.ts';
import { letPass } from './passings.ts';
import type { Platform } from './platform.ts';
import type { ContentRow, FactRow, Key } from './store/schema.ts';
import type { ReadTx, WriteTx } from './store/store.ts';

const FIRST = '0'.repeat(64);

/** Collects what a decision seals; put by `append`. */
export interface Sealer {
  readonly seal: Seal;
  readonly sealed: readonly ContentRow[];
}
export const sealer = (platform: Pick<Platform, 'id' | 'salt'>): Sealer => {
  const sealed: ContentRow[] = [];
  return {
    sealed,
    seal: (words) => {
      const row = { content: platform.id(), salt: platform.salt(), words };
      sealed.push(row);
      return { content: row.content, commit: commitTo(row.salt, words) };
    },
  };
};

export interface Author {
  readonly actor: string;
  readonly role: Role;
}

/** Hybrid logical clock as sortable text: physical milliseconds, then a counter. Never runs backwards on a device. */
const nextHlc = (last: string | undefined, now: number): string => {
  const [ms = '0', count = '0'] = (last ?? '').split('-');
  const physical = Math.max(now, Number(ms));
  const counter = physical === Number(ms) ? Number(count) + 1 : 0;
  return `${String(physical).padStart(15, '0')}-${String(counter).padStart(5, '0')}`;
};

export const isRefusal = (decision: Decision): decision is Refusal => 'refused' in decision;

/** The device's own random id, made once with the database: also the sentinel that tells a lost store from a new one. */
export const deviceOf = async (tx: WriteTx, platform: Pick<Platform, 'id'>): Promise<string> => {
  const row = await tx.get('meta', 'device');
  if (row) return row.value as string;
  const device = platform.id();
  await tx.put('meta', { name: 'device', value: device });
  return device;
};

/** Heads that other devices wrote in a stream: what the author of a fact had seen besides their own chain. */
const otherHeads = async (tx: ReadTx, stream: Stream, device: string): Promise<readonly string[]> =>
  (await tx.all('heads', { prefix: [stream] })).filter((head) => head.device !== device).map(({ hash }) => hash);

/**
 * Appends in order and answers with the hashes. `parents` are heads of other streams that the author saw; what other
 * devices wrote in the same stream is added here, so that every fact names all that was known when it was written.
 */
export const append = async (
  tx: WriteTx,
  platform: Platform,
  author: Author,
  facts: readonly NewFact[],
  sealed: readonly ContentRow[] = [],
  parents: readonly string[] = [],
): Promise<readonly string[]> => {
  const device = await deviceOf(tx, platform);
  let hlc = (await tx.get('meta', 'hlc'))?.value as string | undefined;
  const now = platform.now();
  const hashes: string[] = [];
  const seen = new Map<Stream, readonly string[]>();
  const written = new Map<Stream, Entry[]>();
  for (const row of sealed) await tx.put('contents', row);
  for (const { id, stream, type, occurredAt, precision = 'instant', payload } of facts) {
    const head = await tx.get('heads', [stream, device]);
    const others = seen.get(stream) ?? (await otherHeads(tx, stream, device));
    seen.set(stream, others);
    hlc = nextHlc(hlc, now);
    const salt = platform.salt();
    const core: Fact = {
      v: 1,
      id,
      stream,
      type,
      occurredAt,
      precision,
      recordedAt: new Date(now).toISOString(),
      hlc,
      device,
      seq: (head?.seq ?? 0) + 1,
      actor: author.actor,
      role: author.role,
      parents: [...new Set([...parents, ...others])],
      prev: head?.hash ?? FIRST,
      commit: commitTo(salt, payload),
    };
    const hash = hashFact(core);
    await tx.put('facts', { ...core, hash });
    await tx.put('payloads', { fact: id, salt, payload });
    await tx.put('heads', { stream, device, seq: core.seq, hash });
    hashes.push(hash);
    written.set(stream, [...(written.get(stream) ?? []), { fact: core, hash, payload } as Entry]);
  }
  if (hlc) await tx.put('meta', { name: 'hlc', value: hlc });
  for (const [stream, entries] of written) await takeIn(tx, platform, stream, entries);
  return hashes;
};

/** The facts of a stream with their payloads. */
export const entriesOf = async (tx: ReadTx, stream: string): Promise<readonly Entry[]> => {
  const facts = await tx.all('facts', { prefix: [stream] as Key });
  const entries: Entry[] = [];
  for (const { hash, ...fact } of facts as FactRow[]) {
    const payload = (await tx.get('payloads', fact.id))?.payload ?? null;
    entries.push({ fact, hash, payload } as Entry);
  }
  return entries;
};

/** Materialises what a stream says. Rebuildable from the facts at any time, and a test does it. */
export const refold = async (tx: WriteTx, stream: Stream): Promise<void> => {
  const [kind, id = ''] = stream.split(/\/(.*)/su);
  if (kind === 'contact') await refoldContact(tx, id);
  if (kind === 'activity') await refoldActivity(tx, id);
};

const refoldActivity = async (tx: WriteTx, id: string): Promise<void> => {
  const state = foldActivity(id, await entriesOf(tx, activityStream(id)));
  if (!state) return;
  const words = publicWords((await tx.get('contents', state.words.content))?.words);
  const before = await tx.get('activities', id);
  await tx.put('activities', {
    ...state,
    words,
    gateSeen: before?.gateSeen ?? '',
    heldUntil: before?.heldUntil ?? 0,
    editingUntil: before?.editingUntil ?? 0,
  });
};

/** What was just written, added to what is known; where that is not enough, all facts of the stream are read again. */
const takeIn = async (tx: WriteTx, platform: Platform, stream: Stream, entries: readonly Entry[]): Promise<void> => {
  const contact = stream.startsWith('contact/') ? stream.slice('contact/'.length) : null;
  const before = contact === null ? undefined : (await tx.get('contacts', contact))?.state;
  let state = before;
  for (const entry of entries) state = state && canAdvance(state, entry) ? advance(state, entry, () => []) : undefined;
  if (contact !== null && state) await putContact(tx, contact, state);
  else await refold(tx, stream);
  if (contact === null) return;
  // Where an erasure ends the links, those before it are told; where the same transaction made one, that one.
  const links = [...(before?.links ?? []), ...((await tx.get('contacts', contact))?.state.links ?? [])];
  await letPass(tx, platform, contact, links, entries);
};

const refoldContact = async (tx: WriteTx, contact: string): Promise<void> =>
  putContact(tx, contact, fold(await entriesOf(tx, contactStream(contact))));

const putContact = async (tx: WriteTx, contact: string, state: ContactState): Promise<void> => {
  const words = state.name ? (await tx.get('contents', state.name.content))?.words : undefined;
  const name = (words as { name?: string } | undefined)?.name ?? '';
  await tx.put('contacts', {
    contact,
    state,
    name,
    links: state.links.map(({ connection, remoteId }) => `${connection}|${remoteId}`),
  });
};
