/** Editing a chip edits the text. */
import type { Span } from './draft.ts';

/** The text with one span replaced. A span that reaches outside the text is cut to it. */
export function replaceSpan(text: string, span: Span, replacement: string): string {
  const start = Math.min(Math.max(span.start, 0), text.length);
  const end = Math.min(Math.max(span.end, start), text.length);
  return text.slice(0, start) + replacement + text.slice(end);
}
