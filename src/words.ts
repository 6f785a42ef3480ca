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

export const sayer = (
  getMessage: GetMessage,
  language: string,
  /** What is done to each text that fills a gap. */
  gap: (text: string) => string = (text) => text,
): Say => {
  const plurals = new Intl.PluralRules(language);
  const figures = new Intl.NumberFormat(language);
  const fill = (given: Gap): string => (typeof given === 'number' ? figures.format(given) : gap(given));

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

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
const TURNING = /[\u202a-\u202e\u2066-\u2069]/gu;
/** Letters that run from right to left, and controls that make others do so. */
const RIGHT_TO_LEFT = /[\p{Bidi_C}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name inside a sentence. Names run in both directions, and some carry controls that turn the letters after them
 * around: such a one would turn the rest of the sentence. It is wrapped in an isolate, and loses the controls that could
 * end it; every other name stays as it is.
 */
export const isolated = (text: string): string =>
  RIGHT_TO_LEFT.test(text) ? `${FIRST_STRONG_ISOLATE}${text.replace(TURNING, '')}${POP_ISOLATE}` : text;
