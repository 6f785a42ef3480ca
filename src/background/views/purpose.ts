/** What data are used for, in a word or two. */
import type { Say } from '../../words.ts';

const KNOWN_PURPOSES = new Set(['account_management', 'direct_marketing']);

/** A purpose of the company's own is shown by its own name. */
export const purposeWord = (say: Say, purpose: string): string =>
  KNOWN_PURPOSES.has(purpose) ? say(`purpose_${purpose}`) : purpose;
