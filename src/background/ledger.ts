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
import { fold } from '../domain/status.ts';
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

/** Appends in order and answers with the hashes. `parents` are heads of other chains the author saw. */
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
  for (const row of sealed) await tx.put('contents', row);
  for (const { id, stream, type, occurredAt, precision = 'instant', payload } of facts) {
    const head = await tx.get('heads', [stream, device]);
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
      parents,
      prev: head?.hash ?? FIRST,
      commit: commitTo(salt, payload),
    };
    const hash = hashFact(core);
    await tx.put('facts', { ...core, hash });
    await tx.put('payloads', { fact: id, salt, payload });
    await tx.put('heads', { stream, device, seq: core.seq, hash });
    hashes.push(hash);
  }
  if (hlc) await tx.put('meta', { name: 'hlc', value: hlc });
  for (const stream of new Set(facts.map((fact) => fact.stream))) await refold(tx, stream);
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

const refoldContact = async (tx: WriteTx, contact: string): Promise<void> => {
  const state = fold(await entriesOf(tx, contactStream(contact)));
  const words = state.name ? (await tx.get('contents', state.name.content))?.words : undefined;
  const name = (words as { name?: string } | undefined)?.name ?? '';
  await tx.put('contacts', {
    contact,
    state,
    name,
    links: state.links.map(({ connection, remoteId }) => `${connection}|${remoteId}`),
  });
};
