/** Full stops that end no sentence: "12. März", "am 24.11. um", "45 Min. gestern", "betr. Vertrag". */
import type { Piece } from './pieces.ts';
import type { Words } from './words/words.ts';

const DAY = /^\d{1,2}$/u;
const DAY_AND_MONTH = /^\d{1,2}\.\d{1,2}$/u;
/** "45min." */
const AMOUNT = /^\d{1,4}(?:[.,]\d{1,2})?/u;
const GOES_ON = /^[\p{Ll}\p{N}@]/u;

/** Joins such a stop to its word. A dot that belongs to a number stays in `low`; that of an abbreviation does not. */
export function joinedDots(text: string, pieces: readonly Piece[], words: Words): readonly Piece[] {
  if (words.dotted.size === 0 && !words.dottedDays) return pieces;
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] as Piece;
    const stop = pieces[at + 1];
    const low = stop !== undefined && isDot(text, piece, stop) ? dotted(text, pieces, at, words) : null;
    if (low === null || stop === undefined) joined.push(piece);
    else {
      joined.push({ ...piece, end: stop.end, low });
      at += 1;
    }
  }
  return joined;
}

function isDot(text: string, piece: Piece, stop: Piece): boolean {
  const adjacent = piece.kind === 'word' && stop.start === piece.end && stop.end === piece.end + 1;
  return adjacent && text.charAt(stop.start) === '.';
}

/** The word with its stop, or null where the stop is one. */
function dotted(text: string, pieces: readonly Piece[], at: number, words: Words): string | null {
  const { low } = pieces[at] as Piece;
  const before = pieces[at - 1]?.low ?? '';
  const after = pieces[at + 2];
  const next = after?.kind === 'word' ? after.low : '';
  if (words.dottedDays && DAY_AND_MONTH.test(low)) return `${low}.`;
  if (words.dottedDays && DAY.test(low)) {
    const dated = words.months.has(next) || words.weekdays.has(before) || opensDay(before, words);
    return dated ? `${low}.` : null;
  }
  if (!words.dotted.has(low.replace(AMOUNT, '')) || after === undefined || after.kind === 'break') return null;
  // "betr. Vertrag", "Mo. 15 Uhr": a subject and a day may go on with a capital letter
  const titled =
    words.aboutInside.has(low) || words.weekdays.has(low) || words.months.has(next) || words.weekdays.has(next);
  return titled || after.kind !== 'word' || GOES_ON.test(text.slice(after.start, after.start + 2)) ? low : null;
}

const opensDay = (word: string, words: Words): boolean =>
  words.on.has(word) || words.by.has(word) || words.to.has(word);
