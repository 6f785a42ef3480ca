/**
 * The answer to an access request: everything held about a person, withheld and local data included (GDPR Art. 15). The
 * caller hands in what lies outside the ledger: the words themselves, the logs, what waits, what crossed.
 */
import type { Entry } from './events.ts';
import type { Policy, Source } from './policy/policy.ts';
import { basisFor } from './status/basis.ts';
import type { ContactState, ContactStatus } from './status.ts';

export interface AccessInput {
  readonly contact: string;
  readonly state: ContactState;
  readonly status: ContactStatus;
  readonly policy: Policy;
  readonly entries: readonly Entry[];
  /** Content id → the words; what is absent was erased. */
  readonly contents: ReadonlyMap<string, unknown>;
  /** Logs that name this person, with public and private words, as the device holds them. */
  readonly logs: readonly unknown[];
  /** What waits to leave and why, and what left, to whom. */
  readonly waiting: readonly unknown[];
  readonly crossed: readonly unknown[];
}

export interface AccessExport {
  readonly about: string;
  readonly name: unknown;
  readonly sources: ContactState['sources'];
  readonly purposes: readonly {
    readonly purpose: string;
    readonly basis: string;
    readonly assumed: boolean;
    readonly assessment: string | null;
  }[];
  readonly recipients: ContactState['links'];
  readonly retention: string | null;
  readonly law: { readonly key: string; readonly version: string; readonly requests: readonly Source[] };
  readonly told: ContactStatus['told'];
  readonly consents: ContactStatus['consents'];
  readonly objections: ContactStatus['objections'];
  readonly restricted: ContactStatus['restricted'];
  readonly requests: ContactStatus['requests'];
  readonly ownership: ContactStatus['ownership'];
  readonly facts: readonly {
    readonly id: string;
    readonly type: string;
    readonly occurredAt: string;
    readonly recordedAt: string;
    readonly by: string;
    readonly payload: unknown;
  }[];
  readonly contents: readonly { readonly content: string; readonly words: unknown }[];
  readonly logs: readonly unknown[];
  readonly waiting: readonly unknown[];
  readonly crossed: readonly unknown[];
}

export const accessExport = ({
  contact,
  state,
  status,
  policy,
  entries,
  contents,
  logs,
  waiting,
  crossed,
}: AccessInput): AccessExport => ({
  about: contact,
  name: state.name ? (contents.get(state.name.content) ?? null) : null,
  sources: state.sources,
  purposes: status.bases.map((one) => ({ ...one, assessment: basisFor(state, one.purpose)?.assessment ?? null })),
  recipients: state.links,
  retention: status.reviewOn,
  law: { key: policy.key, version: policy.version, requests: policy.sources['requests.due'] },
  told: status.told,
  consents: status.consents,
  objections: status.objections,
  restricted: status.restricted,
  requests: status.requests,
  ownership: status.ownership,
  facts: entries.map(({ fact, payload }) => ({
    id: fact.id,
    type: fact.type,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
    by: fact.actor,
    payload,
  })),
  contents: [...contents].map(([content, words]) => ({ content, words })),
  logs,
  waiting,
  crossed,
});

/** Art. 20: only what rests on consent or contract is portable; a contact under legitimate interests has access, not this. */
export const portable = ({ bases }: Pick<ContactStatus, 'bases'>): readonly string[] =>
  bases.filter(({ basis }) => basis === 'consent' || basis === 'contract').map(({ purpose }) => purpose);
