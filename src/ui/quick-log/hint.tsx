/** A quiet hint: somebody may read this who should not. It decides nothing, and one key moves the words to private. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { LineContext } from '../../domain/quick-log/draft.ts';
import { moveToPrivate } from '../../domain/quick-log/sensitive/move.ts';
import { sensitive } from '../../domain/quick-log/sensitive/sensitive.ts';
import type { Say } from '../../words.ts';
import { Sign } from '../signs.tsx';

export interface Hinted {
  readonly words: string;
  /** The line with these words behind `~~`, and where to go on typing: before them. Null where they cannot be moved. */
  readonly moved: { readonly text: string; readonly caret: number } | null;
}

/** Where the private part begins, and the space before it. */
const PRIVATE = /(^|\s+)~~/u;

export const useHint = (
  text: string,
  context: LineContext | null,
  /** Private words that this surface was not shown would be replaced by new ones: nothing is moved then. */
  privateKept: boolean,
): Hinted | null =>
  useMemo(() => {
    const [first] = context ? sensitive(text, context.language ?? 'en') : [];
    if (!first || !context) return null;
    const moved = privateKept ? text : moveToPrivate(text, first.span, context);
    const caret = PRIVATE.exec(moved)?.index ?? moved.length;
    return {
      words: text.slice(first.span.start, first.span.end),
      moved: moved === text ? null : { text: moved, caret },
    };
  }, [text, context, privateKept]);

/** Alt+P; on a keyboard where that writes a sign, the key itself counts. */
export const isHintKey = (event: KeyboardEvent): boolean =>
  event.altKey && !event.ctrlKey && !event.metaKey && (event.code === 'KeyP' || event.key.toLowerCase() === 'p');

export const Hint = ({ hint, say, onMove }: { hint: Hinted | null; say: Say; onMove: () => void }): JSX.Element => (
  <div role="status">
    {hint && (
      <p class="note log-hint">
        <Sign name="private" />
        <span>
          {say('hintSensitive', hint.words)}{' '}
          {hint.moved && (
            <button type="button" class="link" aria-keyshortcuts="Alt+P" onClick={onMove}>
              {say('hintMove')} <kbd>{say('hintMoveKey')}</kbd>
            </button>
          )}
        </span>
      </p>
    )}
  </div>
);
