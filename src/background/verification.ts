/**
 * Verifies the ledger: every chain from its first fact to its head, every commitment to payload and content. It says
 * that nothing was altered, cut or reordered since the last head that is known; it cannot say that what was entered is true.
 */
import type { Sentence } from '../contract.ts';
import type { ContentRef, Fact } from '../domain/events.ts';
import { commitTo, hashFact, merkleRoot } from '../domain/hash.ts';
import type { FactRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

export interface Verification {
  readonly streams: number;
  readonly facts: number;
  readonly erased: number;
  readonly findings: readonly Sentence[];
  readonly root: string;
}

const FIRST = '0'.repeat(64);

const chainKey = ({ stream, device }: { stream: string; device: string }): string => `${stream} ${device}`;

const refsIn = (payload: unknown): readonly ContentRef[] =>
  Object.values(payload as Record<string, unknown>).filter(
    (value): value is ContentRef =>
      typeof value === 'object' && value !== null && 'content' in value && 'commit' in value,
  );

export const verifyLedger = async (tx: ReadTx): Promise<Verification> => {
  const findings: Sentence[] = [];
  const chains = new Map<string, FactRow[]>();
  const facts = await tx.all('facts');
  for (const row of facts) chains.set(chainKey(row), [...(chains.get(chainKey(row)) ?? []), row]);
  const heads = await tx.all('heads');
  let erased = 0;
  for (const head of heads) {
    const chain = chains.get(chainKey(head)) ?? [];
    chains.delete(chainKey(head));
    let prev = FIRST;
    let seq = 0;
    for (const row of chain) {
      const { hash, ...core } = row;
      seq += 1;
      if (row.seq !== seq) {
        findings.push({ key: 'findingGap', args: [head.stream, seq, row.seq - 1] });
        seq = row.seq;
      } else if (row.prev !== prev) findings.push({ key: 'findingReordered', args: [head.stream, row.seq] });
      if (hashFact(core as Fact) !== hash) findings.push({ key: 'findingEdited', args: [head.stream, row.seq] });
      prev = hash;
      const found = await payloadFinding(tx, row);
      if (found === 'erased') erased += 1;
      else if (found) findings.push(found);
    }
    if (seq < head.seq) findings.push({ key: 'findingCut', args: [head.stream, head.seq - seq] });
    else if (prev !== head.hash) findings.push({ key: 'findingHead', args: [head.stream] });
  }
  for (const [chain] of chains) findings.push({ key: 'findingNoHead', args: [chain.split(' ')[0] ?? chain] });
  const root = merkleRoot(heads.map(({ hash }) => hash));
  return { streams: heads.length, facts: facts.length, erased, findings, root };
};

/** Absent payload and content are an erasure and say nothing; present ones must be what was committed to. */
const payloadFinding = async (tx: ReadTx, row: FactRow): Promise<Sentence | 'erased' | null> => {
  const held = await tx.get('payloads', row.id);
  if (!held) return 'erased';
  if (commitTo(held.salt, held.payload) !== row.commit) return { key: 'findingPayload', args: [row.stream, row.seq] };
  for (const { content, commit } of refsIn(held.payload)) {
    const words = await tx.get('contents', content);
    if (words && commitTo(words.salt, words.words) !== commit)
      return { key: 'findingContent', args: [row.stream, row.seq] };
  }
  return null;
};
