/** A question that was not answered: the storage's own reason where there is one. */
import type { Sentence } from '../contract.ts';

/** As the background's door says it: `storage:quota`. */
const STORAGE = /^storage:(\w+)$/u;

export const unanswered = (error: unknown, otherwise: string): Sentence => {
  const reason = error instanceof Error ? STORAGE.exec(error.message)?.[1] : undefined;
  return { key: reason ? `storage_${reason}` : otherwise };
};

/** The storage came back empty: only a person can say that the empty one is theirs. */
export const isLedgerGone = ({ key }: Sentence): boolean => key === 'storage_ledger_gone';
