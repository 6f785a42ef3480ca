/** Facts about telling people, besides those of the first version in `events.ts`. */
import type { Kind } from '../activity.ts';
import type { ContentRef } from '../events.ts';
import type { Exemption, OfficerAct, Purpose } from './words.ts';

export interface NoticePayloads {
  /** The data were used to write or speak to the person (GDPR Art. 14(3)(b)). May pull the deadline in, never out. */
  'communication.first': { readonly how: Kind | 'other' };
  /** The data went to another recipient (Art. 14(3)(c)). May pull the deadline in, never out. */
  'disclosure.first': { readonly recipient: string };
  /** An explicit act of the person about a delivery. It never says anything about consent. */
  'notice.acknowledged': { readonly ref: string; readonly how: 'reply' | 'signature' | 'form' | 'spoken' };
  /** A notice has a new version. Told people become *stale* where it is material and its purposes concern them. */
  'notice.superseded': OfficerAct & {
    readonly noticeId: string;
    readonly version: string;
    readonly material: boolean;
    readonly purposes: readonly Purpose[];
  };
  /** A second artefact about a delivery, kept as content: the mail, a photo of the signed card, a named witness. */
  'evidence.attached': {
    readonly ref: string;
    readonly kind: 'mail' | 'letter' | 'photo' | 'signature' | 'witness' | 'other';
    readonly content: ContentRef;
  };
  /** Art. 13(4), 14(5): no notice is owed, until `reviewBy` (`YYYY-MM-DD`). Officers only. */
  'exemption.granted': OfficerAct & {
    readonly article: string;
    readonly reason: Exemption;
    readonly reviewBy: string;
  };
}
