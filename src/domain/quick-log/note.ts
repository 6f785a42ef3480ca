/** The note: the running text that is left, without the seams that removed tokens leave. */
import type { Token } from './draft.ts';

const isSpace = (char: string) => char === ' ' || char === '\t' || char === '\u00a0';
const LEADING = /^[\s,;:.!?]+|^[-–—]+\s+/u;

/** Without spaces at the ends; line breaks stay. */
function unspaced(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charAt(start))) start += 1;
  while (end > start && isSpace(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const closes = /^[,.;:!?)\]}]/u;

/** `named` are the names in running text: without their `@` they are words of the note. */
export function noteOf(text: string, tokens: readonly Token[], named: ReadonlySet<Token>, afterHead: boolean): string {
  const parts: string[] = [];
  let part = '';
  let removed = false;
  for (const token of tokens) {
    if (token.kind === 'text') part += text.slice(token.start, token.end);
    else if (named.has(token)) part += text.slice(token.start + 1, token.end);
    else {
      parts.push(part);
      part = '';
      removed = true;
    }
  }
  parts.push(part);
  if (!removed) return part.trim();
  const note = joined(parts.map(unspaced).filter((words) => words !== '')).trim();
  const start = afterHead ? (LEADING.exec(note)?.[0].length ?? 0) : 0;
  return withoutTrailingComma(note.slice(start));
}

function joined(parts: readonly string[]): string {
  let last = '';
  const words = parts.flatMap((part) => {
    const seam = last === '' || last === '\n' || part.startsWith('\n') || closes.test(part) ? '' : ' ';
    last = part.charAt(part.length - 1);
    return [seam, part];
  });
  return words.join('');
}

function withoutTrailingComma(note: string): string {
  let end = note.length;
  while (
    end > 0 &&
    (note.charAt(end - 1) === ',' || note.charAt(end - 1) === ';' || note.charAt(end - 1).trim() === '')
  )
    end -= 1;
  return note.slice(0, end);
}
