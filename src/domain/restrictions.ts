/**
 * Row 1 of the gate: what restricts is never delayed. It goes at once to every connection that already holds the person
 * (GDPR Art. 19), also while everything else about them is held; where none does, it is recorded and nothing is sent.
 */
import type { Entry, FactType, RemoteLink } from './events.ts';
import type { ContactState } from './status.ts';

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

export const alwaysPasses = (type: FactType): boolean => ALWAYS_PASS.has(type);

export interface Passing extends RemoteLink {
  /** The fact's own id makes sending it twice harmless. */
  readonly key: string;
  readonly fact: string;
  readonly type: FactType;
}

/** Where a fact goes at once. `links` are the person's records before the fact: after an erasure the state has none. */
export const passings = ({ fact }: Entry, { links }: Pick<ContactState, 'links'>): readonly Passing[] =>
  alwaysPasses(fact.type)
    ? links.map(({ connection, remoteId }) => ({
        connection,
        remoteId,
        key: `${fact.id}/${connection}`,
        fact: fact.id,
        type: fact.type,
      }))
    : [];
