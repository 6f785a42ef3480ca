/**
 * Row 1 of the gate: what restricts is never delayed. It goes at once to every connection that already holds the person
 * (GDPR Art. 19), also while everything else about them is held; where none does, it is recorded and nothing is sent.
 */
import { CHANNELS, type Channel, DIRECT_MARKETING } from './events/words.ts';
import type { Entry, FactType, RemoteLink } from './events.ts';
import type { ConsentState } from './status/state.ts';
import type { ContactState, ContactStatus } from './status.ts';

const ALWAYS_PASS: ReadonlySet<FactType> = new Set<FactType>([
  'consent.withdrawn',
  'consent.refused',
  'consent.revoked',
  'consent.invalidated',
  'objection.raised',
  'objection.resolved',
  'restriction.set',
  'restriction.lifted',
  'erasure.requested',
  'erasure.executed',
  'notice.failed',
  'data.rectified',
]);

/** What else makes a CRM's copy of the status another: it follows, and may wait. */
const FOLLOWS: ReadonlySet<FactType> = new Set<FactType>([
  'notice.delivered',
  'notice.superseded',
  'consent.given',
  'exemption.granted',
  'fact.voided',
  'ownership.rejected',
  'ownership.transferred',
]);

export const alwaysPasses = (type: FactType): boolean => ALWAYS_PASS.has(type);

export interface Passing extends RemoteLink {
  /** The fact's own id makes sending it twice harmless. */
  readonly key: string;
  readonly fact: string;
  readonly type: FactType;
  /** False: a restriction. True: it only brings the copy up to date. */
  readonly follows: boolean;
}

/** Where a fact goes at once. `links` are the person's records before the fact: after an erasure the state has none. */
export const passings = ({ fact }: Entry, { links }: Pick<ContactState, 'links'>): readonly Passing[] =>
  alwaysPasses(fact.type) || FOLLOWS.has(fact.type)
    ? links.map(({ connection, remoteId }) => ({
        connection,
        remoteId,
        key: `${fact.id}/${connection}`,
        fact: fact.id,
        type: fact.type,
        follows: !alwaysPasses(fact.type),
      }))
    : [];

/** The channels on which a person may no longer be reached with marketing: what a CRM is told when a restriction passes. */
export const closedChannels = (status: ContactStatus): readonly Channel[] => {
  const everything =
    status.objection !== 'none' ||
    status.restricted !== null ||
    status.lifecycle === 'erased' ||
    status.lifecycle === 'erasure_pending';
  const ended = status.consents.filter(({ purpose, state }) => purpose === DIRECT_MARKETING && ENDED.has(state));
  return CHANNELS.filter((channel) => everything || ended.some((one) => one.channel === channel));
};
const ENDED: ReadonlySet<ConsentState> = new Set<ConsentState>(['withdrawn', 'refused', 'revoked', 'invalidated']);
