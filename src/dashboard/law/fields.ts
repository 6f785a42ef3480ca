/** What has to be said for an act, field by field, and what was said. */

export type Values = Readonly<Record<string, string>>;

export interface Field {
  readonly name: string;
  /** Its words in `_locales`. */
  readonly label: string;
  readonly is: 'choice' | 'several' | 'text' | 'long' | 'day' | 'file' | 'tick';
  /** Values of a choice or of several, and how the words for each begin in `_locales`. */
  readonly of?: readonly string[];
  readonly prefix?: string;
  readonly optional?: true;
}

export const choice = (name: string, label: string, of: readonly string[], prefix: string): Field => ({
  name,
  label,
  is: 'choice',
  of,
  prefix,
});
/** Ticked boxes; the values that are ticked, with spaces between. */
export const several = (name: string, label: string, of: readonly string[], prefix: string): Field => ({
  name,
  label,
  is: 'several',
  of,
  prefix,
});
export const ticked = (said: string | undefined): readonly string[] => (said ?? '').split(' ').filter(Boolean);
export const text = (name: string, label: string): Field => ({ name, label, is: 'text' });
export const day = (name: string, label: string): Field => ({ name, label, is: 'day' });
/** The start of a day: nobody knows the hour. */
export const startOf = (said: string | undefined): string => `${said}T00:00:00Z`;
