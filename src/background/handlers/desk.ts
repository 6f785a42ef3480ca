/** The officer's desk: requests with their clocks, what waits for a decision, what is watched, and how many of each. */
import type { DeskView, QueueView, RequestView } from '../../contract.ts';
import { officerQueue, type QueueEntry } from '../../domain/merge.ts';
import { type ContactStatus, isHeld } from '../../domain/status.ts';
import { actsAs, rolesOf } from '../../domain/who.ts';
import { managedRolesOf, standingOf } from '../authority.ts';
import type { House } from '../house.ts';
import { entriesOf } from '../ledger.ts';
import { byId, statusOf } from '../people.ts';
import { refoldingProgress } from '../refolding.ts';
import type { ConnectionRow } from '../store/schema.ts';
import type { ReadTx } from '../store/store.ts';
import { entrySentence } from '../views/entry.ts';
import { light } from '../views/light.ts';
import type { Light } from '../views/person.ts';
import { requestViews } from '../views/request.ts';
import type { Handler } from './handler.ts';

const SOON_DAYS = 7;

/** What an officer watches; each person may be in several. */
const WATCHED: readonly (readonly [is: string, (status: ContactStatus) => boolean])[] = [
  ['overdue', ({ disclosure, backlog }) => disclosure === 'overdue' && !backlog],
  ['soon', ({ disclosure, daysLeft }) => disclosure === 'due' && daysLeft !== null && daysLeft <= SOON_DAYS],
  ['backlog', ({ backlog }) => backlog],
  ['failed', ({ failed, told }) => failed && told === null],
  ['stale', ({ disclosure }) => disclosure === 'stale'],
  ['mismatch', ({ contentKindMismatch, languageMismatch }) => contentKindMismatch || languageMismatch],
  ['unknown', ({ anchorAssumed }) => anchorAssumed],
  ['no_basis', ({ basisMissing }) => basisMissing],
  ['objections', ({ objections }) => objections.general === 'pending'],
  ['restricted', ({ restricted }) => restricted !== null],
  ['gaps', ({ gapProcessing }) => gapProcessing.length > 0],
  ['claims', ({ ownership }) => ownership === 'claimed'],
  ['disputed', ({ ownership }) => ownership === 'disputed'],
  ['review', ({ lifecycle }) => lifecycle === 'review_due'],
  ['erasing', ({ lifecycle }) => lifecycle === 'erasure_pending'],
];

const SENTENCES: Readonly<Record<string, string>> = {
  same_id: 'alarmSameId',
  fork: 'alarmFork',
  consent: 'queueConsent',
  basis: 'queueBasis',
  consent_without_evidence: 'queueConsentWithoutEvidence',
};

const queueView = async (
  tx: ReadTx,
  { contact, is, about, facts }: QueueEntry,
  name: string,
  conflicts: ReadonlySet<string>,
  lit: Light,
  say: House['say'],
): Promise<QueueView> => {
  const entries = facts.length > 0 ? await entriesOf(tx, `contact/${contact}`) : [];
  const entryLight = { ...lit, say, name, contact, crm: '' };
  return {
    contact,
    name,
    is,
    conflict: conflicts.has(about) ? about : null,
    facts: facts.flatMap((id) => {
      const entry = entries.find(({ fact }) => fact.id === id);
      return entry ? [{ id, sentence: entrySentence(entry, entryLight) }] : [];
    }),
    sentence: { key: SENTENCES[is] ?? `findingLaw_${is}`, args: [about.split('#')[0] ?? about] },
  };
};

const stuckIn = async (tx: ReadTx, house: House): Promise<DeskView['stuck']> => {
  const stuck: DeskView['stuck'][number][] = [];
  for (const connection of await tx.all('connections')) {
    const crm = house.abouts.find(({ id }) => id === connection.crm)?.name ?? '';
    for (const row of await tx.all('outbox', { index: 'state', prefix: [connection.id, 'needs_you'] })) {
      if (!row.about) continue;
      const name = (await byId(tx, row.about.contact))?.name ?? '';
      stuck.push({ contact: row.about.contact, name, sentence: { key: 'deskStuck', args: [crm, row.why?.why ?? ''] } });
    }
  }
  return stuck;
};

const byClock = (a: RequestView, b: RequestView): number =>
  Number(a.closed) - Number(b.closed) || ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1);

export const desk: Handler<'desk'> = async (house) => {
  const { store, platform } = house;
  const managed = await managedRolesOf(platform);
  return store.read(async (tx): Promise<DeskView> => {
    const lit = await light(tx, house);
    const standing = standingOf(lit.rules, managed);
    const connections = new Map<string, ConnectionRow>((await tx.all('connections')).map((one) => [one.id, one]));
    const counts = new Map<string, number>(WATCHED.map(([is]) => [is, 0]));
    const requests: RequestView[] = [];
    const queue: QueueView[] = [];
    for (const { contact, state } of await tx.all('contacts')) {
      if (!isHeld(state) && state.alarms.length === 0 && state.findings.length === 0 && state.requests.length === 0)
        continue;
      const known = await byId(tx, contact);
      if (!known) continue;
      const status = statusOf(known, connections.get(known.connection ?? '') ?? null, lit.now, lit.rules);
      for (const [is, watched] of WATCHED) if (watched(status)) counts.set(is, (counts.get(is) ?? 0) + 1);
      requests.push(...requestViews(contact, known.name, state, status.requests, lit));
      const conflicts = new Set(status.conflicts.map(({ id }) => id));
      for (const entry of officerQueue([{ contact, status }]))
        queue.push(await queueView(tx, entry, known.name, conflicts, lit, house.say));
    }
    return {
      now: lit.now,
      roles: [...rolesOf(standing)],
      managed: managed !== null,
      selfConfirmed: actsAs('erasure.executed', standing)?.selfConfirmed ?? false,
      requests: requests.sort(byClock),
      queue,
      counts: [...counts].map(([is, count]) => ({ is, count, sentence: { key: `desk_${is}` } })),
      refolding: await refoldingProgress(tx),
      stuck: await stuckIn(tx, house),
    };
  });
};
