/** A button whose order is on its way: pressing it again does nothing, and a refusal is said beside it. */
import { useState } from 'preact/hooks';
import type { Sentence } from '../contract.ts';

export interface Press {
  readonly busy: boolean;
  readonly why: Sentence | null;
  /** Null from the order: done. */
  readonly press: (order: () => Promise<Sentence | null>) => Promise<void>;
}

export const usePress = (): Press => {
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState<Sentence | null>(null);
  return {
    busy,
    why,
    press: async (order) => {
      if (busy) return;
      setBusy(true);
      setWhy(await order());
      setBusy(false);
    },
  };
};
