/**
 * What somebody heard or saw a person agree to, as the acts it makes: one for each purpose and channel. Being told is
 * another matter: nothing here says anything about a notice.
 */
import type { Channel, Method, Purpose } from '../events/words.ts';
import type { ContentRef } from '../events.ts';
import { sha256Hex } from '../hash.ts';
import { dayIn, startOf } from '../policy/deadline.ts';
import type { Act } from './guard.ts';

export interface Consented {
  readonly purposes: readonly Purpose[];
  readonly channels: readonly Channel[];
  readonly method: Method;
  /** They did it themselves, and clearly: silence and boxes ticked beforehand are none. */
  readonly affirmative: boolean;
  /** `YYYY-MM-DD` in the company's zone. */
  readonly givenOn: string;
  /** What they had been shown before it. */
  readonly text: { readonly name: string; readonly words: string; readonly shownOn: string };
  /** A file, or words: a reply, a signed form. Null where nothing but our word stands for it. */
  readonly proof: { readonly name: string; readonly text: string } | null;
  readonly validUntil: string | null;
}

/** A text without a register of its own is known by its words: other words, other version. */
const VERSION_LENGTH = 12;

/** The acts, all of one content: the words that were shown and the proof. */
export const consentActs = (
  { purposes, channels, method, affirmative, givenOn, text, proof, validUntil }: Consented,
  { now, zone, words }: { readonly now: string; readonly zone: string; readonly words: ContentRef },
): readonly Act[] => {
  const textHash = sha256Hex(text.words);
  const shown = {
    noticeId: text.name,
    version: textHash.slice(0, VERSION_LENGTH),
    textHash,
    purposes,
    shownAt: startOf(text.shownOn, zone),
  };
  // What happened today happened by now; of another day only the day is known, and its start is the stricter reading:
  // whatever was withdrawn on the same day came after it.
  const when =
    givenOn === dayIn(now, zone)
      ? { occurredAt: now }
      : { occurredAt: startOf(givenOn, zone), precision: 'day' as const };
  return purposes.flatMap((purpose) =>
    channels.map(
      (channel): Act => ({
        type: 'consent.given',
        ...when,
        payload: {
          purpose,
          channel,
          text: shown,
          method,
          indicatedBy: 'person',
          affirmative,
          evidence: proof ? 'artefact' : 'stated',
          evidenceAt: null,
          validUntil,
          words,
        },
      }),
    ),
  );
};
