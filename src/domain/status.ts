/**
 * Every status is a fold over facts. The fold knows no clock: `fold` makes the state of a contact from
 * its facts, `statusAt` reads that state at a moment under a policy. The same facts in any order give the same state.
 */
import type { ContactKey, Kind, Route } from './activity.ts';
import type { ContentRef, Entry, Evidence, NoticeKind, RemoteLink } from './events.ts';
import { type Deadline, dayOf, deadlineFrom } from './policy/deadline.ts';
import type { Policy } from './policy/policy.ts';
import { voidedIn } from './voids.ts';

export interface Obtained {
  /** Anchor of the clock: the earliest obtaining, ISO 8601 UTC. */
  readonly at: string;
  /** `indirect` as soon as any source is: Art. 14 content is then needed. */
  readonly kind: NoticeKind;
  readonly anchorFromCrm: boolean;
  readonly connectedAt: string | null;
}

export interface Told {
  readonly fact: string;
  readonly at: string;
  readonly recordedAt: string;
  readonly route: Route;
  readonly evidence: Evidence;
  readonly kind: NoticeKind;
  readonly noticeId: string;
  readonly version: string;
}

export interface Attempt {
  readonly fact: string;
  readonly at: string;
  readonly route: Route;
}

export interface ContactState {
  readonly obtained: Obtained | null;
  readonly name: ContentRef | null;
  readonly links: readonly RemoteLink[];
  readonly told: Told | null;
  /** The latest notice on its way, neither confirmed nor failed. */
  readonly attempt: Attempt | null;
  readonly failed: boolean;
  readonly objection: 'none' | 'direct_marketing' | 'general';
  readonly logs: readonly { readonly activity: string; readonly kind: Kind; readonly at: string }[];
}

const NOTHING: ContactState = {
  obtained: null,
  name: null,
  links: [],
  told: null,
  attempt: null,
  failed: false,
  objection: 'none',
  logs: [],
};

/** On equal times the restrictive fact comes last and so wins. */
const restrictive = (type: Entry['fact']['type']): number =>
  type === 'objection.raised' || type === 'notice.failed' || type === 'fact.voided' ? 1 : 0;

const inOrder = (a: Entry, b: Entry): number =>
  compare(a.fact.occurredAt, b.fact.occurredAt) ||
  restrictive(a.fact.type) - restrictive(b.fact.type) ||
  compare(a.fact.hlc, b.fact.hlc) ||
  compare(a.fact.device, b.fact.device) ||
  a.fact.seq - b.fact.seq ||
  compare(a.fact.id, b.fact.id);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An Art. 13 text does not serve an Art. 14 case: it lacks source and categories. The other way round it does. */
const serves = (notice: NoticeKind, needed: NoticeKind): boolean => notice === 'indirect' || needed === 'direct';

/** State of one contact from its facts, in any order, with any repeated. Erased payloads say nothing. */
export const fold = (entries: readonly Entry[]): ContactState => {
  const unique = [...new Map(entries.map((entry) => [entry.fact.id, entry])).values()].sort(inOrder);
  // Voids and failures count whatever the order of arrival, so they are gathered first.
  const voided = voidedIn(unique);
  const live = unique.filter(({ fact }) => !voided.has(fact.id));
  const failed = new Set<string>();
  const confirmed = new Set<string>();
  for (const entry of live) {
    if (entry.fact.type === 'notice.failed' && entry.payload) failed.add((entry.payload as { ref: string }).ref);
    if (entry.fact.type === 'notice.delivered' && entry.payload) {
      const attempt = (entry.payload as { attempt: string | null }).attempt;
      if (attempt) confirmed.add(attempt);
    }
  }
  let state = NOTHING;
  const deliveries: Told[] = [];
  for (const entry of live) state = evolve(state, entry, deliveries, failed, confirmed);
  const needed = state.obtained?.kind ?? 'indirect';
  const told = deliveries.find((delivery) => serves(delivery.kind, needed)) ?? null;
  return { ...state, told, failed: state.failed && !told };
};

const evolve = (
  state: ContactState,
  { fact, payload }: Entry,
  deliveries: Told[],
  failed: ReadonlySet<string>,
  confirmed: ReadonlySet<string>,
): ContactState => {
  if (!payload) return state;
  const at = fact.occurredAt;
  switch (fact.type) {
    case 'contact.obtained': {
      const said = payload as Extract<Entry, { fact: { type: 'contact.obtained' } }>['payload'] & object;
      const before = state.obtained;
      return {
        ...state,
        obtained: {
          at: before ? before.at : at,
          kind: before?.kind === 'indirect' || said.kind === 'indirect' ? 'indirect' : 'direct',
          anchorFromCrm: before ? before.anchorFromCrm : said.anchorFromCrm,
          connectedAt: before ? before.connectedAt : said.connectedAt,
        },
        name: state.name ?? said.name,
        links: said.link ? withLink(state.links, said.link) : state.links,
      };
    }
    case 'contact.logged': {
      const said = payload as { activity: string; kind: Kind };
      return { ...state, logs: [...state.logs, { activity: said.activity, kind: said.kind, at }] };
    }
    case 'notice.attempted': {
      if (failed.has(fact.id)) return { ...state, failed: true };
      if (confirmed.has(fact.id)) return state;
      return { ...state, attempt: { fact: fact.id, at, route: (payload as { route: Route }).route } };
    }
    case 'notice.delivered': {
      const said = payload as Omit<Told, 'fact' | 'at' | 'recordedAt'> & { attempt: string | null };
      if (failed.has(fact.id) || (said.attempt !== null && failed.has(said.attempt))) return { ...state, failed: true };
      deliveries.push({
        fact: fact.id,
        at,
        recordedAt: fact.recordedAt,
        route: said.route,
        evidence: said.evidence,
        kind: said.kind,
        noticeId: said.noticeId,
        version: said.version,
      });
      return state;
    }
    case 'objection.raised': {
      const scope = (payload as { scope: 'general' | 'direct_marketing' }).scope;
      return { ...state, objection: state.objection === 'general' ? 'general' : scope };
    }
    case 'notice.failed':
    case 'fact.voided':
    case 'activity.corrected':
    case 'step.marked':
      return state;
    // Facts of other streams never reach this fold; naming them keeps it exhaustive.
    case 'activity.logged':
    case 'activity.retracted':
    case 'gate.decided':
    case 'delivery.stored':
    case 'delivery.refused':
      return state;
    default:
      return fact satisfies never;
  }
};

const withLink = (links: readonly RemoteLink[], link: RemoteLink): readonly RemoteLink[] =>
  links.some((known) => known.connection === link.connection && known.remoteId === link.remoteId)
    ? links
    : [...links, link];

/** What the ledger says about a person at a moment. */
export interface ContactStatus {
  readonly flag: 'objected' | 'overdue' | 'backlog' | 'due' | 'not_told' | 'told';
  readonly told: Told | null;
  /** Told after the deadline; stays for ever. */
  readonly lateTold: boolean;
  readonly deadline: Deadline | null;
  readonly day: { readonly n: number; readonly m: number } | null;
  readonly daysLeft: number | null;
  readonly objection: ContactState['objection'];
  readonly pending: Attempt | null;
  readonly failed: boolean;
  readonly anchorFromCrm: boolean;
  /** The notice this person needs. */
  readonly needs: NoticeKind;
}

/**
 * Reads a state at `now` (ISO 8601 UTC). Somebody with no fact yet is read from what the CRM shows:
 * looking writes no fact, so the anchor is passed in as `met`.
 */
export const statusAt = (
  state: ContactState,
  now: string,
  policy: Policy,
  met: Obtained | null = null,
): ContactStatus => {
  const obtained = state.obtained ?? met;
  const deadline = obtained
    ? deadlineFrom(obtained.at, policy.notice[obtained.kind].due, policy.zone, policy.holidays)
    : null;
  const day = deadline ? dayOf(deadline, now, policy.zone) : null;
  const told = state.told;
  const running = told === null && day !== null;
  const lateTold = told !== null && deadline !== null && dayOf(deadline, told.at, policy.zone).overdue;
  const backlog =
    obtained?.anchorFromCrm === true &&
    obtained.connectedAt !== null &&
    deadline !== null &&
    dayOf(deadline, obtained.connectedAt, policy.zone).overdue;
  return {
    flag:
      state.objection !== 'none'
        ? 'objected'
        : told
          ? 'told'
          : !day
            ? 'not_told'
            : day.overdue
              ? backlog
                ? 'backlog'
                : 'overdue'
              : 'due',
    told,
    lateTold,
    deadline: running ? deadline : null,
    day: running && day ? { n: day.n, m: day.m } : null,
    daysLeft: running && day ? day.daysLeft : null,
    objection: state.objection,
    pending: told ? null : state.attempt,
    failed: state.failed,
    anchorFromCrm: obtained?.anchorFromCrm ?? false,
    needs: obtained?.kind ?? 'indirect',
  };
};

/** The state of somebody about whom the ledger holds nothing. */
export const unknownContact: ContactState = NOTHING;

/** Whether anything live is held: a contact whose every fact was voided is not listed. */
export const isHeld = (state: ContactState): boolean => state.obtained !== null;

export type { ContactKey };
