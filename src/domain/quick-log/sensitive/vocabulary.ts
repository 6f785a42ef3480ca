/**
 * Words that may not belong into a firm's records, as data. Lists are separated by commas; `*` at the end of an entry
 * stands for any ending. The lists are short on purpose: a hint that is often wrong is soon read by nobody.
 */
export const SENSITIVE_KINDS = [
  'health',
  'family',
  'religion',
  'politics',
  'union',
  'sex_life',
  'origin',
  'insult',
] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];
type ByKind = { readonly [kind in SensitiveKind]?: string };

export interface SensitiveWords {
  /** Say it wherever they stand. */
  readonly always: ByKind;
  /** Say it only of a person: "she is ill", not "the margin is ill". */
  readonly ofPerson: ByKind;
  /** Say it only after a possessive: "his wife". */
  readonly theirs: ByKind;
  /** Phrases in which none of these words says it. */
  readonly never: string;
  readonly person: string;
  readonly be: string;
  /** Between "is" and the word. */
  readonly fillers: string;
  readonly possessive: string;
  /** With a capital letter these are names. */
  readonly names?: string;
  /** "weil sie krank ist": the person may stand directly before the word. */
  readonly verbLast?: boolean;
  /** Begin a clause of their own without a comma. */
  readonly clauseWords: string;
}
