/** Why an order was refused, said where the person pressed; nothing while there is nothing to say. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Sentence } from '../contract.ts';
import type { Say } from '../words.ts';

export const Why = ({ say, why }: { say: Say; why: Sentence | null }): JSX.Element => (
  <p class="why" role="alert">
    {why && say(why)}
  </p>
);

export interface Saving {
  readonly why: Sentence | null;
  /** The last order was carried out, and nothing was changed since. */
  readonly saved: boolean;
  /** Null from the order: done. True when it was. */
  readonly save: (order: () => Promise<Sentence | null>) => Promise<boolean>;
  /** Refused before anybody was asked. */
  readonly refuse: (why: Sentence) => void;
  readonly edited: () => void;
}

/** What became of the last order: saved, refused and why, or no answer. */
export const useSaving = (noAnswer: string): Saving => {
  const [why, setWhy] = useState<Sentence | null>(null);
  const [saved, setSaved] = useState(false);
  return {
    why,
    saved,
    save: async (order) => {
      setSaved(false);
      try {
        const refused = await order();
        setWhy(refused);
        setSaved(refused === null);
        return refused === null;
      } catch {
        setWhy({ key: noAnswer });
        return false;
      }
    },
    refuse: (reason) => {
      setSaved(false);
      setWhy(reason);
    },
    edited: () => setSaved(false),
  };
};
