/**
 * Which words a person's line is read with: those of their own language first, and English always beside it. Other
 * languages are not mixed in: their short words ("die", "on", "met", "mar") would contradict one another.
 */
import type { Kind } from '../../activity.ts';
import { compile } from './compile.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nl } from './nl.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Words } from './words.ts';

const VOCABULARIES: ReadonlyMap<string, Vocabulary> = new Map(Object.entries({ de, fr, es, nl, it }));

/** Where English says "03/12" for the twelfth of March, and where for the third of December; elsewhere nobody can know. */
const MONTH_FIRST = new Set(['en-us', 'en-ph']);
const DAY_FIRST = new Set(['en-gb', 'en-ie', 'en-au', 'en-nz', 'en-in', 'en-za']);

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'nl', 'it'] as const;
export type Language = (typeof LANGUAGES)[number];

const isLanguage = (language: string): language is Language => (LANGUAGES as readonly string[]).includes(language);

/** "de-AT" is German; a language without a vocabulary is read as English. */
export function languageOf(tag: string): Language {
  const [primary = ''] = tag.toLowerCase().split(/[-_]/u);
  return isLanguage(primary) ? primary : 'en';
}

const ready = new Map<string, Words>();

/** The words for a language tag, made once. */
export function wordsFor(tag: string): Words {
  const language = languageOf(tag);
  const region = tag.toLowerCase().replace('_', '-');
  const key = MONTH_FIRST.has(region) || DAY_FIRST.has(region) ? region : language;
  const made = ready.get(key);
  if (made !== undefined) return made;
  const own = VOCABULARIES.get(language);
  const words = own === undefined ? compile({ ...en, dayFirst: englishOrder(key) }, null) : compile(own, en);
  ready.set(key, words);
  return words;
}

const englishOrder = (tag: string): boolean | null => (DAY_FIRST.has(tag) ? true : MONTH_FIRST.has(tag) ? false : null);

const SLASH: Readonly<Record<Kind, string>> = {
  meeting: 'meet',
  call: 'call',
  email: 'email',
  visit: 'visit',
  note: 'note',
};

/** How a kind is written: the first verb and the first noun of the language, and the slash word that every language reads. */
export function verbsFor(
  kind: Kind,
  tag: string,
): { readonly verb: string; readonly noun: string; readonly slash: string } {
  const own = VOCABULARIES.get(languageOf(tag)) ?? en;
  const first = (list: string | undefined) => list?.split(',')[0]?.trim() ?? '';
  return { verb: first(own.verbs[kind]), noun: first(own.nouns[kind]), slash: SLASH[kind] };
}
