/** Region D: how the person came to be held, and what they were told. */

import type { NoticePayloads } from '../events/notices.ts';
import type { NoticeKind, RemoteLink } from '../events.ts';
import type { ContactState, Draft, Told } from './state.ts';
import type { Steps } from './step.ts';

type Mine =
  | 'contact.obtained'
  | 'contact.logged'
  | 'notice.attempted'
  | 'notice.delivered'
  | 'notice.failed'
  | keyof NoticePayloads;

const withLink = (links: readonly RemoteLink[], link: RemoteLink): boolean =>
  links.some((known) => known.connection === link.connection && known.remoteId === link.remoteId);

/** Facts come in the order in which they happened, so the first that says something is the earliest. */
const first = (draft: Draft, what: keyof Draft['firsts'], at: string): void => {
  if (draft.firsts[what] === null) draft.firsts = { ...draft.firsts, [what]: at };
};

export const disclosure: Steps<Mine> = {
  'contact.obtained': (draft, said, { fact }) => {
    const before = draft.obtained;
    draft.obtained = {
      at: before ? before.at : fact.occurredAt,
      kind: before?.kind === 'indirect' || said.kind === 'indirect' ? 'indirect' : 'direct',
      anchorFromCrm: before ? before.anchorFromCrm : said.anchorFromCrm,
      connectedAt: before ? before.connectedAt : said.connectedAt,
    };
    draft.sources.push({ source: said.source, kind: said.kind, at: fact.occurredAt });
    draft.name ??= said.name;
    if (said.link && !withLink(draft.links, said.link)) draft.links.push(said.link);
  },
  'contact.logged': (draft, { activity, kind, purpose }, { fact }) => {
    draft.logs.push({ activity, kind, at: fact.occurredAt, ...(purpose === undefined ? {} : { purpose }) });
    if (kind === 'note') return;
    first(draft, 'communication', fact.occurredAt);
    draft.lastContact = fact.occurredAt;
    // An e-mail that we sent is no contact by the person; a conversation is.
    if (kind !== 'email') draft.lastContactBySubject = fact.occurredAt;
  },
  'communication.first': (draft, _, { fact }) => {
    first(draft, 'communication', fact.occurredAt);
    draft.lastContact = fact.occurredAt;
  },
  'disclosure.first': (draft, _, { fact }) => first(draft, 'disclosure', fact.occurredAt),
  'notice.attempted': (draft, { route }, { fact }) => {
    draft.attempts.push({ fact: fact.id, at: fact.occurredAt, route });
  },
  'notice.delivered': (draft, said, { fact }) => {
    draft.deliveries.push({
      fact: fact.id,
      at: fact.occurredAt,
      recordedAt: fact.recordedAt,
      route: said.route,
      evidence: said.evidence,
      kind: said.kind,
      noticeId: said.noticeId,
      version: said.version,
      language: said.language,
      ...(said.purposes ? { purposes: said.purposes } : {}),
      ...(said.languages ? { languages: said.languages } : {}),
      attempt: said.attempt,
    });
  },
  'notice.failed': (draft, { ref }) => {
    draft.failures.push(ref);
  },
  'notice.acknowledged': (draft, { ref }, { fact }) => {
    draft.acknowledgements.push({ ref, at: fact.occurredAt });
    draft.lastContactBySubject = fact.occurredAt;
  },
  'notice.superseded': (draft, { noticeId, version, material, purposes }, { fact }) => {
    draft.superseded.push({ noticeId, version, material, purposes, at: fact.occurredAt });
  },
  'evidence.attached': (draft, { ref, kind, content }) => {
    draft.artefacts.push({ ref, kind, content });
  },
  'exemption.granted': (draft, { reason, reviewBy }, { fact }) => {
    draft.exemption = { reason, reviewBy, fact: fact.id };
  },
};

/** An Art. 13 text does not serve an Art. 14 case: it lacks source and categories. The other way round it does. */
const serves = (notice: NoticeKind, needed: NoticeKind): boolean => notice === 'indirect' || needed === 'direct';

type Deliveries = Pick<ContactState, 'deliveries' | 'failures' | 'artefacts'>;

/** Deliveries that reached the person, earliest first. A failure voids what it names, whatever the order of arrival. */
const reached = ({ deliveries, failures }: Deliveries): ContactState['deliveries'] => {
  if (failures.length === 0) return deliveries;
  const failed = new Set(failures);
  return deliveries.filter((one) => !failed.has(one.fact) && !(one.attempt && failed.has(one.attempt)));
};

/** Each with the best evidence there is: a second artefact proves what was only stated. */
export const liveDeliveries = (state: Deliveries): readonly Told[] =>
  reached(state).map(({ attempt: _, ...told }) =>
    told.evidence === 'stated' && state.artefacts.some(({ ref }) => ref === told.fact)
      ? { ...told, evidence: 'artefact' }
      : told,
  );

/** Those that serve somebody who needs this kind of notice. */
export const servingDeliveries = (state: Deliveries, needed: NoticeKind, anyKind = false): readonly Told[] =>
  liveDeliveries(state).filter(({ kind }) => anyKind || serves(kind, needed));

/** What counts is worked out once all facts are in. */
export const settleDisclosure = (draft: Draft): void => {
  const failed = new Set(draft.failures);
  const confirmed = new Set(draft.deliveries.flatMap(({ attempt }) => attempt ?? []));
  const open = draft.attempts.filter((one) => !failed.has(one.fact));
  const [told = null] = servingDeliveries(draft, draft.obtained?.kind ?? 'indirect');
  draft.told = told;
  draft.attempt = open.filter(({ fact }) => !confirmed.has(fact)).at(-1) ?? null;
  const lost = reached(draft).length < draft.deliveries.length || open.length < draft.attempts.length;
  draft.failed = told === null && lost;
};
