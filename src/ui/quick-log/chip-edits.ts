/** What the keys on a chip do to the line. Editing a chip edits the text; a key that means nothing there does nothing. */
import { KINDS } from '../../domain/activity.ts';
import type { LineContext, LineDraft } from '../../domain/quick-log/draft.ts';
import { removeMention, setDuration, setKind, setWhen } from '../../domain/quick-log/edit.ts';
import { replaceSpan } from '../../domain/quick-log/spans.ts';
import type { Chip } from './chips.ts';

export interface ChipKey {
  readonly key: string;
  readonly shiftKey: boolean;
}

const QUARTER = 15;
const DAY_MS = 24 * 60 * 60_000;

const without = (text: string, { span }: Chip): string | null =>
  span &&
  replaceSpan(text, span, '')
    .replace(/^[ ,]+/u, '')
    .replace(/ {2,}/gu, ' ');

const moved = (moment: string, by: number): string => new Date(Date.parse(moment) + by).toISOString();

/** The next quarter of an hour in that direction. */
const quarter = (minutes: number, step: number): number =>
  Math.max(
    QUARTER,
    step > 0 ? (Math.floor(minutes / QUARTER) + 1) * QUARTER : (Math.ceil(minutes / QUARTER) - 1) * QUARTER,
  );

/** The line afterwards; null where the key means nothing on this chip. */
export const edited = (
  chip: Chip,
  { key, shiftKey }: ChipKey,
  text: string,
  draft: LineDraft,
  context: LineContext,
): string | null => {
  if (key === 'Delete' || key === 'Backspace') {
    if (chip.is !== 'person') return without(text, chip);
    const index = draft.mentions.findIndex(({ span }) => span.start === chip.span?.start);
    return index < 0 ? null : removeMention(text, context, index);
  }
  const step = { ArrowUp: 1, ArrowDown: -1 }[key];
  if (step === undefined) return null;
  switch (chip.is) {
    case 'kind':
      return setKind(
        text,
        context,
        KINDS[(KINDS.indexOf(chip.kind) + KINDS.length - step) % KINDS.length] ?? chip.kind,
      );
    case 'duration':
      return setDuration(text, context, quarter(chip.minutes, step));
    case 'when': {
      const by = step * (shiftKey ? DAY_MS : QUARTER * 60_000);
      return setWhen(text, context, { start: moved(chip.start, by), end: moved(chip.end, by) });
    }
    default:
      return null;
  }
};

/** Which keys to tell somebody about. */
export const keysOn = (chip: Chip): 'chipKeysChange' | 'chipKeysRemove' | null => {
  if (chip.is === 'kind' || chip.is === 'duration' || chip.is === 'when') return 'chipKeysChange';
  return chip.span ? 'chipKeysRemove' : null;
};
