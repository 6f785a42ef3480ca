/** Any facts about one person, from two or three devices and people, in a few weeks: for properties. */
import fc from 'fast-check';
import { CHANNELS } from '../../src/domain/events/words.ts';
import type { Entry, FactType, Payloads } from '../../src/domain/events.ts';
import { hashFact } from '../../src/domain/hash.ts';

const FROM = Date.parse('2026-11-01T00:00:00Z');
const instant = fc
  .integer({ min: 0, max: 60 * 24 * 12 })
  .map((steps) => new Date(FROM + steps * 5 * 60_000).toISOString());
const ref = fc.integer({ min: 0, max: 14 }).map((n) => `f${n}`);
const purpose = fc.constantFrom('account_management', 'direct_marketing');
const channel = fc.constantFrom(...CHANNELS.slice(0, 2));
const bool = fc.boolean();
const about = { purpose, channel };
const shown = {
  noticeId: fc.constantFrom('n', 'm'),
  version: fc.constantFrom('1', '2', '10'),
  kind: fc.constantFrom('direct' as const, 'indirect' as const),
  language: fc.constantFrom('en', 'de'),
  route: fc.constantFrom('mail' as const, 'spoken' as const),
  textHash: fc.constant('h'),
};
const evidence = fc.constantFrom('stated' as const, 'artefact' as const, 'system' as const);
const text = fc.option(
  fc.record({
    noticeId: fc.constant('n'),
    version: fc.constant('1'),
    textHash: fc.constant('h'),
    purposes: fc.constant(['direct_marketing']),
    shownAt: fc.constant('2026-10-01T00:00:00Z'),
  }),
  { freq: 6 },
);

type Payload = { readonly [T in FactType]?: fc.Arbitrary<Payloads[T]> };
const PAYLOADS: Payload = {
  'contact.obtained': fc.record({
    source: fc.constantFrom('crm' as const, 'meeting' as const),
    kind: shown.kind,
    anchorFromCrm: bool,
    connectedAt: fc.option(instant),
    link: fc.option(fc.record({ connection: fc.constant('c'), remoteId: fc.constantFrom('r1', 'r2') })),
    name: fc.constant(null),
  }),
  'contact.logged': fc.record({
    activity: ref,
    kind: fc.constantFrom('meeting' as const, 'email' as const, 'note' as const),
    purpose,
  }),
  'notice.attempted': fc.record(shown),
  'notice.delivered': fc.record({ ...shown, evidence, attempt: fc.option(ref), activity: fc.constant(null) }),
  'notice.failed': fc.record({ ref, reason: fc.constant('bounced' as const) }),
  'notice.acknowledged': fc.record({ ref, how: fc.constant('reply' as const) }),
  'notice.superseded': fc.record({
    noticeId: shown.noticeId,
    version: shown.version,
    material: bool,
    purposes: fc.constant(['account_management']),
  }),
  'exemption.granted': fc.record({
    article: fc.constant('14(5)(b)'),
    reason: fc.constant('secrecy' as const),
    reviewBy: fc.constant('2026-12-24'),
  }),
  'communication.first': fc.record({ how: fc.constant('other' as const) }),
  'disclosure.first': fc.record({ recipient: fc.constant('partner') }),
  'evidence.attached': fc.record({
    ref,
    kind: fc.constant('mail' as const),
    content: fc.constant({ content: 'x', commit: 'y' }),
  }),
  'objection.raised': fc.record({ scope: fc.constantFrom('general' as const, 'direct_marketing' as const) }),
  'objection.resolved': fc.record({
    ref,
    outcome: fc.constantFrom('upheld' as const, 'overridden' as const),
    reason: fc.constant(''),
  }),
  'restriction.set': fc.record({ ground: fc.constant('accuracy' as const) }),
  'restriction.lifted': fc.record({ ref, informedAt: instant }),
  'basis.set': fc.record({
    purpose,
    basis: fc.constantFrom('consent' as const, 'legitimate_interests' as const, 'contract' as const),
    assessment: fc.constant(null),
    reviewBy: fc.constant(null),
  }),
  'basis.changed': fc.record({
    purpose,
    from: fc.constantFrom('consent' as const, 'legitimate_interests' as const),
    basis: fc.constant('contract' as const),
    why: fc.constant(''),
    assessment: fc.constant(null),
    reviewBy: fc.constant(null),
  }),
  'consent.requested': fc.record(about),
  'consent.given': fc.record({
    ...about,
    text,
    method: fc.constant('form' as const),
    indicatedBy: fc.constantFrom('person' as const, 'person' as const, 'manager' as const),
    affirmative: fc.constantFrom(true, true, false),
    evidence,
    evidenceAt: fc.option(instant),
    validUntil: fc.option(fc.constant('2026-12-01')),
  }),
  'consent.refused': fc.record(about),
  'consent.withdrawn': fc.record({
    purpose: fc.option(purpose),
    channel: fc.option(channel),
    via: fc.constant('phone'),
  }),
  'consent.revoked': fc.record({ ...about, why: fc.constant('') }),
  'consent.invalidated': fc.record({ ref, why: fc.constant('') }),
  'consent.implied': fc.record({
    ground: fc.constantFrom('existing_customer' as const, 'inquiry' as const),
    base: fc.constant('2026-11-01'),
    channel: fc.option(channel),
  }),
  'request.received': fc.record({
    kind: fc.constant('access' as const),
    via: fc.constant('mail'),
    words: fc.constant(null),
  }),
  'request.extended': fc.record({ ref, reason: fc.constant('complex' as const), toldAt: instant }),
  'request.identity_requested': fc.record({ ref }),
  'request.identity_ok': fc.record({ ref }),
  'request.fulfilled': fc.record({ ref, how: fc.constant('') }),
  'ownership.claimed': fc.record({ basisOfClaim: fc.constant(''), preExistingSince: fc.constant(null) }),
  'ownership.confirmed': fc.record({ ref }),
  'ownership.disputed': fc.record({ reason: fc.constant('') }),
  'ownership.transferred': fc.record({ to: fc.constant('company') }),
  'record.merged': fc.record({ from: fc.constantFrom('c1', 'c2'), into: fc.constantFrom('c1', 'c2') }),
  'conflict.settled': fc.record({ conflict: ref, keep: fc.option(ref), reason: fc.constant('') }),
  'retention.reviewed': fc.record({ keep: bool, reviewBy: fc.constant(null) }),
  'erasure.requested': fc.record({ ground: fc.constant('objection' as const), ref: fc.constant(null) }),
  'fact.voided': fc.record({ ref, reason: fc.constant('undone' as const) }),
};
export const TOMBSTONE = fc.record({
  ground: fc.constant('objection' as const),
  places: fc.array(
    fc.record({
      place: fc.constantFrom('payloads', 'search'),
      found: fc.nat(3),
      destroyed: fc.nat(3),
      state: fc.constantFrom('done' as const, 'pending' as const),
    }),
    { maxLength: 2 },
  ),
  suppression: fc.option(fc.constant('fingerprint')),
});

interface Made {
  readonly type: FactType;
  readonly payload: unknown;
  readonly occurredAt: string;
  readonly late: number;
  readonly device: string;
  readonly actor: string;
  readonly role: 'manager' | 'officer';
  readonly stream: string;
  readonly knows: boolean;
}
const made = (types: readonly FactType[], streams: readonly string[]): fc.Arbitrary<Made> =>
  fc.constantFrom(...types).chain((type) =>
    fc.record({
      type: fc.constant(type),
      payload: PAYLOADS[type] as fc.Arbitrary<unknown>,
      occurredAt: instant,
      late: fc.constantFrom(0, 0, 60_000, 86_400_000 * 9),
      device: fc.constantFrom('d1', 'd2'),
      actor: fc.constantFrom('u1', 'u2'),
      role: fc.constantFrom('manager' as const, 'officer' as const),
      stream: fc.constantFrom(...streams),
      knows: bool,
    }),
  );

/** Whole facts: chained per device, with heads of the other device where the author knew them. */
const chain = (facts: readonly Made[]): readonly Entry[] => {
  const seq = new Map<string, number>();
  const prev = new Map<string, string>();
  const last = new Map<string, string>();
  return facts.map(({ late, knows, ...said }, index) => {
    const place = `${said.stream} ${said.device}`;
    const recorded = Date.parse(said.occurredAt) + late;
    const core = {
      v: 1 as const,
      id: `f${index}`,
      stream: `contact/${said.stream}` as const,
      type: said.type,
      occurredAt: said.occurredAt,
      precision: 'instant' as const,
      recordedAt: new Date(recorded).toISOString(),
      hlc: `${String(recorded).padStart(15, '0')}-${String(index).padStart(5, '0')}`,
      device: said.device,
      seq: (seq.get(place) ?? 0) + 1,
      actor: said.actor,
      role: said.role,
      parents: knows ? [...last].filter(([device]) => device !== said.device).map(([, hash]) => hash) : [],
      prev: prev.get(place) ?? '0'.repeat(64),
      commit: 'c'.repeat(64),
    };
    const hash = hashFact({ ...core, payload: said.payload });
    seq.set(place, core.seq);
    prev.set(place, hash);
    last.set(said.device, hash);
    return { fact: core, hash, payload: said.payload } as Entry;
  });
};

export const TYPES = Object.keys(PAYLOADS) as readonly FactType[];
export const anyFacts = ({
  types = TYPES,
  streams = ['c1'],
  max = 14,
}: {
  types?: readonly FactType[];
  streams?: readonly string[];
  max?: number;
} = {}): fc.Arbitrary<readonly Entry[]> => fc.array(made(types, streams), { maxLength: max }).map(chain);
