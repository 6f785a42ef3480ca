/** `told`, `told by mail`, `per Mail informiert`: the people named were told. It counts as a legal act, so when in doubt it is a word of the sentence. */
import type { Route } from '../activity.ts';
import { type Found, type Line, wordAt } from './pieces.ts';

/** A token is at most this many words. */
const LONGEST = 4;

/** The token alone, whatever stands around it. */
function token(line: Line, at: number): Found<Route> | null {
  const { words } = line;
  const route = (by: number) => (words.toldBy.has(wordAt(line, by)) ? words.routes.at(line, by + 1) : null);
  if (words.told.has(wordAt(line, at))) {
    if (!words.toldBy.has(wordAt(line, at + 1))) return { value: 'spoken', next: at + 1 };
    return route(at + 1);
  }
  const before = route(at);
  return before !== null && words.told.has(wordAt(line, before.next)) ? { ...before, next: before.next + 1 } : null;
}

/** In the head: nothing of a sentence may follow. */
export function toldInHead(line: Line, at: number, alone: (next: number) => boolean): Found<Route> | null {
  const found = line.pieces[at - 1]?.kind === 'open' ? null : token(line, at);
  return found !== null && alone(found.next) ? found : null;
}

/** At the end of a part: nothing follows, and the word before does not tie it to the sentence ("she was told"). */
export function toldAtEnd(line: Line, from: number, until: number): { at: number; route: Route } | null {
  let end = until;
  while (end > from && (line.pieces[end - 1]?.kind === 'stop' || line.pieces[end - 1]?.kind === 'comma')) end -= 1;
  for (let at = Math.max(from, end - LONGEST); at < end; at += 1) {
    const found = token(line, at);
    if (found?.next !== end) continue;
    return at > from && tied(line, at, end) ? null : { at, route: found.value };
  }
  return null;
}

/** A word that also ends ordinary sentences ("sie hat den Chef informiert") is tied by any word before it. */
function tied(line: Line, at: number, end: number): boolean {
  const before = line.pieces[at - 1]?.kind;
  if (before === 'open' || line.words.toldTies.has(wordAt(line, at - 1))) return true;
  const setOff = line.words.toldSetOff.has(wordAt(line, at)) || line.words.toldSetOff.has(wordAt(line, end - 1));
  return setOff && before === 'word';
}
