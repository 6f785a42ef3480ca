/** `told`, `told by mail`: the people named were told. It counts as a legal act, so when in doubt it is a word of the sentence. */
import type { Route } from '../activity.ts';
import { type Found, type Line, wordAt } from './pieces.ts';

/** The token alone, whatever stands around it. */
function token(line: Line, at: number): Found<Route> | null {
  if (!line.words.told.has(wordAt(line, at))) return null;
  if (!line.words.toldBy.has(wordAt(line, at + 1))) return { value: 'spoken', next: at + 1 };
  const route = line.words.routes.get(wordAt(line, at + 2));
  return route === undefined ? null : { value: route, next: at + 3 };
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
  for (const at of [end - 3, end - 1]) {
    if (at < from) continue;
    const found = token(line, at);
    if (found === null || found.next !== end) continue;
    const tied = at > from && (line.words.toldTies.has(wordAt(line, at - 1)) || line.pieces[at - 1]?.kind === 'open');
    return tied ? null : { at, route: found.value };
  }
  return null;
}
