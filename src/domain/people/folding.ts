/** Names as they are compared: without case, accents, marks of direction and the letters that keyboards lack. */

const MARKS = /[\p{M}\p{Cf}ـ]/gu;
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
};
const LETTER = /[ßæœøđðþłıħŋ]/gu;
const PLAIN = /^[\0-\u007f]*$/u;
const APOSTROPHES = /['’‘ʼ`´]/gu;
const BETWEEN = /[^\p{L}\p{N}]+/u;

/** "Zoë" and "zoe", "STRAẞE" and "strasse", "İpek" and "ipek" are one. */
export function folded(text: string): string {
  const low = text.toLowerCase();
  if (PLAIN.test(low)) return low;
  return low
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(LETTER, (letter) => LETTERS[letter] as string);
}

/** The folded words of a name; an apostrophe does not divide a word. */
export const wordsOf = (text: string): readonly string[] =>
  folded(text)
    .replace(APOSTROPHES, '')
    .split(BETWEEN)
    .filter((word) => word !== '');

const SPELLED: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const SPELT = /[äöüøå]/gu;
/** Scripts that write names without spaces. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,}$/u;
const LONGEST_UNSPACED = 8;

/**
 * Further beginnings a name can be found by: "brien" for O'Brien, "mueller" for Müller, "伟" for 李伟. Each is a word by
 * which somebody may know the person.
 */
export function otherWordsOf(text: string): readonly string[] {
  const low = text.toLowerCase().normalize('NFC');
  if (PLAIN.test(low) && !low.includes("'")) return [];
  const spelled = low.replace(SPELT, (letter) => SPELLED[letter] as string);
  const afterApostrophe = low.split(/\s+/u).flatMap((word) => word.split(APOSTROPHES).slice(1));
  const endings = wordsOf(text).flatMap((word) =>
    UNSPACED.test(word)
      ? Array.from({ length: Math.min(word.length, LONGEST_UNSPACED) - 1 }, (_, at) => word.slice(at + 1))
      : [],
  );
  return [...(spelled === low ? [] : wordsOf(spelled)), ...afterApostrophe.flatMap(wordsOf), ...endings];
}
