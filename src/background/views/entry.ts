/** A fact as a sentence. Every type has one; a type without does not compile. */
import type { Sentence } from '../../contract.ts';
import type { Entry, FactType, Payloads } from '../../domain/events.ts';
import type { Say as Words } from '../../words.ts';
import type { Light } from './person.ts';
import { purposeWord } from './purpose.ts';

export interface EntryLight extends Light {
  readonly say: Words;
  readonly name: string;
  readonly contact: string | null;
  readonly crm: string;
}

type Say<T extends FactType> = (payload: Payloads[T], light: EntryLight) => Sentence;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What the first version did not know (`domain/events/`): a sentence each, with the one thing that was said. */
const LAW_SAID: { readonly [T in FactType]?: (payload: Payloads[T]) => string } = {
  'disclosure.first': ({ recipient }) => recipient,
  'notice.superseded': ({ version }) => version,
  'exemption.granted': ({ reviewBy }) => reviewBy,
  'basis.set': ({ basis }) => `basis_${basis}`,
  'basis.changed': ({ basis }) => `basis_${basis}`,
  'consent.implied': ({ ground }) => ground,
  'objection.resolved': ({ reason }) => reason,
  'request.received': ({ kind }) => `requestKind_${kind}`,
  'request.fulfilled': ({ how }) => how,
  'data.rectified': ({ fields }) => fields.join(', '),
  'ownership.rejected': ({ reason }) => reason,
  'ownership.disputed': ({ reason }) => reason,
  'conflict.settled': ({ reason }) => reason,
  'export.made': ({ what }) => what,
};

const SENTENCES: { readonly [T in FactType]?: Say<T> } = {
  'contact.obtained': (said, { name, crm }) =>
    said.anchorFromCrm
      ? { key: 'timelineObtainedCrm', args: [name, crm] }
      : { key: said.kind === 'direct' ? 'timelineObtainedDirect' : 'timelineObtainedIndirect', args: [name] },
  'contact.logged': (said, { name }) => ({ key: `timelineLogged_${said.kind}`, args: [name] }),
  'notice.attempted': (said, { name }) => ({ key: `timelineAttempted${capital(said.route)}`, args: [name] }),
  'notice.delivered': (said, { name }) => ({ key: `timelineTold${capital(said.route)}`, args: [name] }),
  'notice.failed': (said, { name }) => ({ key: `timelineFailed_${said.reason}`, args: [name] }),
  'objection.raised': (said, { name }) => ({
    key: said.scope === 'general' ? 'timelineObjected' : 'timelineObjectedMarketing',
    args: [name],
  }),
  'consent.given': (said, { name, say }) => ({
    key: 'timelineConsentGiven',
    args: [name, purposeWord(say, said.purpose), say(`channel_${said.channel}`)],
  }),
  'fact.voided': () => ({ key: 'timelineVoided' }),
  'activity.logged': () => ({ key: 'timelineActivity' }),
  'activity.corrected': (said) => ({
    key: said.reason === 'made_private' ? 'timelineMadePrivate' : 'timelineCorrected',
  }),
  'activity.retracted': (said) => ({
    key: said.reason === 'taken_back' ? 'timelineTakenBack' : 'timelineRetracted',
  }),
  'step.marked': (said) => ({ key: said.done ? 'timelineStepDone' : 'timelineStepOpen' }),
  'gate.decided': (said, { name, contact }) => {
    const withheld = said.withheld.find(({ part }) => part === contact);
    return withheld
      ? { key: `timelineWithheld_${withheld.reason}`, args: [name] }
      : { key: 'timelineReleased', args: [name] };
  },
  'delivery.stored': (said, { name, crm, contact }) => {
    const person = contact !== null && said.people.includes(contact);
    const words = said.words !== null;
    if (said.step === 'restriction') return { key: 'timelineRestrictionPassed', args: [name, crm] };
    if (said.step === 'status') return { key: 'timelineStatusCopied', args: [name, crm] };
    if (said.step.startsWith('retract'))
      return { key: said.fields.includes('neutral') ? 'timelineNeutralised' : 'timelineDeleted', args: [crm] };
    if (said.step.startsWith('amend')) return { key: 'timelineAmended', args: [crm] };
    if (said.step.startsWith('task/')) return { key: 'timelineCrossedTask', args: [name, crm] };
    return {
      key: person && words ? 'timelineCrossedBoth' : person ? 'timelineCrossedPerson' : 'timelineCrossedWords',
      args: [name, crm],
    };
  },
  'crm.value_observed': (said, { name, crm, say }) =>
    said.stops.length === 0
      ? { key: 'timelineObservedNone', args: [crm, name] }
      : {
          key: 'timelineObserved',
          args: [crm, name, said.stops.map((limit) => say(`statusPart_${limit}`)).join(', ')],
        },
  'delivery.refused': (said, { crm }) => ({ key: 'timelineRefused', args: [crm, said.why] }),
};

export const entrySentence = (entry: Entry, light: EntryLight): Sentence =>
  entry.payload === null
    ? { key: 'timelineErased' }
    : ((SENTENCES[entry.fact.type] as Say<FactType> | undefined)?.(entry.payload as Payloads[FactType], light) ?? {
        key: `timelineLaw_${entry.fact.type.replace('.', '_')}`,
        args: [light.name, saidIn(entry, light)],
      });

const saidIn = ({ fact, payload }: Entry, { say }: EntryLight): string => {
  const said = (LAW_SAID[fact.type] as ((payload: unknown) => string) | undefined)?.(payload) ?? '';
  // Words of a closed set come from `_locales`; what somebody typed is shown as it is.
  return /^(?:basis|requestKind)_/u.test(said) ? say(said) : said;
};

/** What stands behind a fact: evidence, notice and version, fields that crossed, who recorded it. */
export const entryDetails = ({ fact, payload }: Entry): readonly Sentence[] => {
  const details: Sentence[] = [];
  if (payload && (fact.type === 'notice.delivered' || fact.type === 'notice.attempted')) {
    const said = payload as Payloads['notice.attempted'];
    details.push(
      { key: 'detailNotice', args: [said.noticeId, said.version, said.language] },
      { key: 'detailTextHash', args: [said.textHash] },
    );
  }
  if (payload && fact.type === 'consent.given') {
    const said = payload as Payloads['consent.given'];
    details.push({ key: `detailMethod_${said.method}` }, { key: `detailEvidence_${said.evidence}` });
    if (said.text)
      details.push(
        { key: 'detailConsentText', args: [said.text.noticeId, said.text.version] },
        { key: 'detailTextHash', args: [said.text.textHash] },
      );
    if (said.validUntil) details.push({ key: 'detailValidUntil', args: [said.validUntil] });
  }
  if (payload && fact.type === 'notice.delivered') {
    details.push({ key: `detailEvidence_${(payload as Payloads['notice.delivered']).evidence}` });
  }
  if (payload && fact.type === 'delivery.stored') {
    const said = payload as Payloads['delivery.stored'];
    details.push({ key: 'detailRecord', args: [said.remoteId] });
    if (said.fields.length > 0) details.push({ key: 'detailFields', args: [said.fields.join(', ')] });
  }
  if (fact.actor !== 'this-device') details.push({ key: 'detailActor', args: [fact.actor] });
  return details;
};
