/** What is true of a person besides being told: the law that counts, basis, consents, restrictions, warnings. */
import type { Standing } from '../../contract.ts';
import { dates } from '../../dates.ts';
import { CHANNELS } from '../../domain/events/words.ts';
import { BUILT_IN } from '../../domain/policy/built-in.ts';
import type { ContactStatus } from '../../domain/status.ts';
import type { Say } from '../../words.ts';
import type { Light } from './person.ts';
import { purposeWord } from './purpose.ts';

const plain = (key: string, ...args: readonly (string | number)[]): Standing => ({
  is: 'plain',
  sentence: { key, args },
});
const warning = (key: string, ...args: readonly (string | number)[]): Standing => ({
  is: 'warning',
  sentence: { key, args },
});
const stop = (key: string, ...args: readonly (string | number)[]): Standing => ({
  is: 'stop',
  sentence: { key, args },
});

const list = (language: string, words: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(words);

/** What stops: restrictions and objections, erasure. */
const stops = (name: string, status: ContactStatus): readonly Standing[] => [
  ...(status.restricted ? [stop(`standingRestricted_${status.restricted}`, name)] : []),
  ...(status.objections.general ? [stop(`standingObjection_${status.objections.general}`, name)] : []),
  ...(status.objections.marketing ? [stop('standingObjectionMarketing', name)] : []),
  ...(status.lifecycle === 'erasure_pending'
    ? [stop(status.erasurePending.length > 0 ? 'standingErasureOpen' : 'standingErasureDue', name)]
    : []),
];

const warnings = (name: string, status: ContactStatus, date: (day: string) => string): readonly Standing[] => [
  ...(status.stale ? [warning('standingStale', name, status.stale.noticeId, status.stale.version)] : []),
  ...(status.contentKindMismatch ? [warning('standingKind', name)] : []),
  ...(status.languageMismatch ? [warning('standingLanguage', name)] : []),
  ...(status.failed ? [warning('standingFailed', name)] : []),
  ...(status.lateTold ? [warning('standingLate', name)] : []),
  ...(status.claimed ? [warning('standingClaimed', name)] : []),
  ...(status.toldBeforeContact === false && status.communicationDue
    ? [warning('standingContactBefore', name, date(status.communicationDue))]
    : []),
  ...(status.escalate ? [warning('standingEscalate', name)] : []),
  ...(status.anchorAssumed ? [warning('standingAnchor', name)] : []),
  ...(status.recordedLate.length > 0 ? [warning('standingRecordedLate', name, status.recordedLate.length)] : []),
  ...(status.gapProcessing.length > 0 ? [warning('standingGap', name, status.gapProcessing.length)] : []),
  ...(status.basisMissing ? [warning('standingNoBasis', name)] : []),
  ...(status.lifecycle === 'review_due' ? [warning('standingReviewDue', name)] : []),
];

const LAWS = new Set(BUILT_IN.jurisdictions.keys());
/** "Germany + Switzerland"; a law of the company's own by its key. */
const lawWords = (say: Say, keys: readonly string[]): string =>
  keys.map((key) => (LAWS.has(key) ? say(`law_${key.replace('-', '_')}`) : key)).join(' + ');

export const standingOf = (name: string, status: ContactStatus, say: Say, light: Light): readonly Standing[] => {
  const { date } = dates(light.zone, light.language, light.now);
  if (status.lifecycle === 'erased') return [stop('standingErased')];
  const channels = CHANNELS.filter((channel) => status.marketable[channel].allowed).map((one) => say(`channel_${one}`));
  return [
    ...stops(name, status),
    ...warnings(name, status, date),
    status.jurisdictionAssumed
      ? warning('standingLawAssumed', name, lawWords(say, status.jurisdictions))
      : plain('standingLaw', lawWords(say, status.jurisdictions)),
    ...status.bases.map(({ purpose, basis, assumed }) =>
      plain(assumed ? 'standingBasisAssumed' : 'standingBasis', purposeWord(say, purpose), say(`basis_${basis}`)),
    ),
    ...status.consents.map(({ purpose, channel, state, validUntil, refreshDue }) =>
      (refreshDue || state === 'expired' ? warning : plain)(
        validUntil ? 'standingConsentUntil' : 'standingConsent',
        purposeWord(say, purpose),
        say(`channel_${channel}`),
        say(`consent_${state}`),
        ...(validUntil ? [date(validUntil)] : []),
      ),
    ),
    channels.length > 0
      ? plain('standingMarketing', list(light.language, channels))
      : plain('standingMarketingNone', name),
    ...(status.exemptUntil ? [plain('standingExempt', name, date(status.exemptUntil))] : []),
    ...(status.reviewOn && status.lifecycle !== 'review_due' ? [plain('standingReview', date(status.reviewOn))] : []),
  ];
};
