/**
 * The registry of notices: versioned texts by kind and language, each about certain purposes. `direct` follows GDPR
 * Art. 13, `indirect` Art. 14. The hash of the words shown is recorded, so a text is never edited: it gets a new version.
 */
import * as v from 'valibot';
import { ACCOUNT_MANAGEMENT, type Purpose } from '../events/words.ts';
import type { NoticeKind } from '../events.ts';
import { sha256Hex } from '../hash.ts';
import type { Superseded } from '../status/state.ts';
import { isOlder } from '../status/telling.ts';
import { type Controller, filled, ITEMS, type Item, lacks, spoken, type Template } from './checklist.ts';
import * as de from './texts/de.ts';
import * as en from './texts/en.ts';

export type { Controller } from './checklist.ts';

export interface Notice {
  readonly noticeId: string;
  readonly version: string;
  readonly kind: NoticeKind;
  readonly language: string;
  readonly subject: string;
  readonly body: string;
  readonly purposes: readonly Purpose[];
}

/** One version of a notice, in all its languages. */
export interface Edition {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  readonly version: string;
  /** In force from this day on, until a newer one is. */
  readonly validFrom: string;
  /** Whether people told with an older version must be told again. */
  readonly material: boolean;
  readonly purposes: readonly Purpose[];
  readonly texts: Readonly<Record<string, Template>>;
}

const edition = (kind: NoticeKind, version: string, validFrom: string, texts: Edition['texts']): Edition => ({
  noticeId: `candor-${kind}`,
  kind,
  version,
  validFrom,
  material: false,
  purposes: [ACCOUNT_MANAGEMENT],
  texts,
});

export const BUILT_IN_NOTICES: readonly Edition[] = [
  edition('direct', '1', '2026-01-01', { en: en.direct1 }),
  edition('indirect', '1', '2026-01-01', { en: en.indirect1 }),
  edition('direct', '2', '2026-01-01', { en: en.direct2, de: de.direct2 }),
  edition('indirect', '2', '2026-01-01', { en: en.indirect2, de: de.indirect2 }),
];

const templateSchema = v.object({
  subject: v.pipe(v.string(), v.nonEmpty()),
  paragraphs: v.array(v.object({ text: v.string(), covers: v.optional(v.array(v.picklist(ITEMS)), []) })),
});
const editionSchema = v.object({
  noticeId: v.pipe(v.string(), v.nonEmpty()),
  kind: v.picklist(['direct', 'indirect']),
  version: v.pipe(v.string(), v.regex(/^\d+(?:\.\d+)*$/u, 'a version such as "3" or "3.1"')),
  validFrom: v.pipe(v.string(), v.isoDate()),
  material: v.boolean(),
  purposes: v.pipe(v.array(v.string()), v.minLength(1)),
  texts: v.record(v.string(), templateSchema),
});

export interface NoticeProblem {
  readonly path: string;
  readonly problem: string;
}

/** A company's own notices. A bad one is named by its path and not used; one that lacks an item is used, and flagged. */
export const readNotices = (
  given: readonly unknown[],
): { readonly editions: readonly Edition[]; readonly problems: readonly NoticeProblem[] } => {
  const editions: Edition[] = [];
  const problems: NoticeProblem[] = [];
  given.forEach((one, index) => {
    const read = v.safeParse(editionSchema, one);
    if (read.success) editions.push(read.output);
    else
      for (const issue of read.issues)
        problems.push({
          path: [index, v.getDotPath(issue)].filter((one) => one !== null).join('.'),
          problem: issue.message,
        });
  });
  return { editions, problems };
};

const newestFirst = (a: Edition, b: Edition): number =>
  isOlder(a.version, b.version) ? 1 : isOlder(b.version, a.version) ? -1 : 0;

/** The edition in force on a day: the newest of those that were in force by then, else the first there was. */
export const editionOn = (
  kind: NoticeKind,
  day: string,
  editions: readonly Edition[] = BUILT_IN_NOTICES,
): Edition | null => {
  const ofKind = editions.filter((one) => one.kind === kind).sort(newestFirst);
  return ofKind.find(({ validFrom }) => validFrom <= day.slice(0, 10)) ?? ofKind.at(-1) ?? null;
};

/** Whether a version may be shown on a day: it is known, in force, and no newer one is. */
export const isInForce = (
  noticeId: string,
  version: string,
  day: string,
  editions: readonly Edition[] = BUILT_IN_NOTICES,
): boolean => {
  const shown = editions.find((one) => one.noticeId === noticeId && one.version === version);
  return shown !== undefined && editionOn(shown.kind, day, editions)?.version === version;
};

export const noticeLanguages: readonly string[] = [
  ...new Set(BUILT_IN_NOTICES.flatMap(({ texts }) => Object.keys(texts))),
];

/** What each language of an edition lacks, as this controller can say it. */
export const openItems = (
  { kind, texts }: Edition,
  controller: Controller,
): Readonly<Record<string, readonly Item[]>> =>
  Object.fromEntries(
    Object.entries(texts).map(([language, template]) => [language, lacks(kind, template, controller)]),
  );

/** Languages as a person or a CRM writes them: `de-CH`, `de_DE`, `DE`. */
const primary = (language: string): string => language.replace(/[-_].*$/su, '').toLowerCase();

/** The words for one person. A language without a text falls back to English, and says so in `language`. */
export const noticeFor = (
  kind: NoticeKind,
  language: string,
  controller: Controller,
  person: string,
  day = '9999-12-31',
  editions: readonly Edition[] = BUILT_IN_NOTICES,
): Notice => {
  const found = editionOn(kind, day, editions);
  const spokenIn = found && primary(language) in found.texts ? primary(language) : 'en';
  const template = found?.texts[spokenIn] ?? (kind === 'direct' ? en.direct2 : en.indirect2);
  return {
    noticeId: found?.noticeId ?? `candor-${kind}`,
    version: found?.version ?? '2',
    kind,
    language: spokenIn,
    subject: filled(template.subject, controller, person),
    body: spoken(template, controller)
      .map(({ text }) => filled(text, controller, person))
      .join('\n\n'),
    purposes: found?.purposes ?? [ACCOUNT_MANAGEMENT],
  };
};

const SPOKEN: Readonly<Record<string, string>> = { en: en.spoken, de: de.spoken };

/** The sentence to say, in the language of the notice. It announces the notice and does not stand in for it. */
export const spokenSentence = (language: string, controller: Controller): string =>
  filled(SPOKEN[primary(language)] ?? en.spoken, controller, '');

/** SHA-256 of the exact words shown. */
export const textHash = ({ subject, body }: Pick<Notice, 'subject' | 'body'>): string =>
  sha256Hex(`${subject}\n\n${body}`);

/** What the editions replaced: people told with older words become stale where it is material and concerns them. */
export const supersededBy = (editions: readonly Edition[]): readonly Superseded[] =>
  editions
    .filter(({ noticeId, version }) =>
      editions.some((one) => one.noticeId === noticeId && isOlder(one.version, version)),
    )
    .map(({ noticeId, version, material, purposes, validFrom }) => ({
      noticeId,
      version,
      material,
      purposes,
      at: `${validFrom}T00:00:00Z`,
    }));
