/** Words on screen: every one comes from `_locales`, through the `say` that a surface makes once and hands down. */
import type { Sentence } from './contract.ts';

type Gap = string | number;

/**
 * Says a sentence of `_locales` in the person's language. A sentence with a `count` takes the plural form
 * `key_one`, `key_other` … of that language; where it has no `args`, the count itself fills `$1`.
 */
export type Say = (sentence: Sentence | string, ...args: readonly Gap[]) => string;

/** `browser.i18n.getMessage`, or a stand-in: answers '' for a key it does not have. */
export type GetMessage = (key: string, substitutions?: string[]) => string;

/** What a missing key looks like on screen: visible, harmless, and found by tests. */
export const MISSING = /⟨missing: [^⟩]*⟩/;

export const sayer = (getMessage: GetMessage, language: string): Say => {
  const plurals = new Intl.PluralRules(language);
  const figures = new Intl.NumberFormat(language);
  const fill = (gap: Gap): string => (typeof gap === 'number' ? figures.format(gap) : gap);

  return (sentence, ...loose) => {
    const { key, count, args = loose } = typeof sentence === 'string' ? { key: sentence, count: undefined } : sentence;
    const gaps = (args.length === 0 && count !== undefined ? [count] : args).map(fill);
    const keys = count === undefined ? [key] : [`${key}_${plurals.select(count)}`, `${key}_other`, key];
    for (const each of keys) {
      const said = getMessage(each, gaps);
      if (said) return said;
    }
    return `⟨missing: ${keys[0]}⟩`;
  };
};
