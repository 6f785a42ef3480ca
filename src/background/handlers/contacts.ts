/** The contacts the ledger holds, and everything it holds about one of them. */
import type { ContactRow, Flag, TimelineEntry, TimelineView } from '../../contract.ts';
import { dates } from '../../dates.ts';
import type { Entry } from '../../domain/events.ts';
import { isHeld } from '../../domain/status.ts';
import { standingOf as authorityOf, managedRolesOf } from '../authority.ts';
import type { House } from '../house.ts';
import { entriesOf } from '../ledger.ts';
import { byId, type Known, statusOf } from '../people.ts';
import type { ReadTx } from '../store/store.ts';
import { type EntryLight, entryDetails, entrySentence } from '../views/entry.ts';
import { light, logLight } from '../views/light.ts';
import { logView } from '../views/log.ts';
import { mayOf } from '../views/may.ts';
import type { Light } from '../views/person.ts';
import { requestViews } from '../views/request.ts';
import { standingOf } from '../views/standing.ts';
import { shower } from './form.ts';
import type { Handler } from './handler.ts';
import { overallConnection } from './logs.ts';

const rowFor = async (
  tx: ReadTx,
  known: Known,
  show: (known: Known) => ReturnType<Awaited<ReturnType<typeof shower>>>,
): Promise<ContactRow> => {
  let withheld = 0;
  if (known.contact) {
    for (const { id } of await tx.all('activities', { index: 'attendee', prefix: known.contact })) {
      const rows = await tx.all('outbox', { index: 'activity', prefix: id });
      if (rows.some(({ state }) => state === 'withheld')) withheld += 1;
    }
  }
  const last = known.state.logs.at(-1);
  return { ...show(known), account: known.company, lastLog: last?.at ?? null, withheld };
};

const NONE: Readonly<Record<Flag, number>> = { objected: 0, overdue: 0, backlog: 0, due: 0, not_told: 0, told: 0 };

export const contacts: Handler<'contacts'> = (house) =>
  house.store.read(async (tx) => {
    const show = await shower(tx, await light(tx, house));
    const rows: ContactRow[] = [];
    const counts = { ...NONE };
    for (const { contact, state } of await tx.all('contacts')) {
      if (!isHeld(state)) continue;
      const known = await byId(tx, contact);
      if (!known) continue;
      const row = await rowFor(tx, known, show);
      counts[row.status.flag] += 1;
      rows.push(row);
    }
    rows.sort((a, b) => a.name.localeCompare(b.name));
    return { rows, counts, connection: await overallConnection(tx) };
  });

export const findContacts: Handler<'findContacts'> = async ({ people }, { words }) => {
  await people.ready();
  return people.contacts(words);
};

export const timeline: Handler<'timeline'> = async (house, { contact: id }) => {
  const managed = await managedRolesOf(house.platform);
  return house.store.read(async (tx): Promise<TimelineView | null> => {
    const known = await byId(tx, id);
    if (!known) return null;
    const lit = await light(tx, house);
    const person = await rowFor(tx, known, await shower(tx, lit));
    const own = known.contact ? await entriesOf(tx, `contact/${known.contact}`) : [];
    const activities = known.contact ? await tx.all('activities', { index: 'attendee', prefix: known.contact }) : [];
    const receipts: Entry[] = [];
    for (const activity of activities) receipts.push(...(await entriesOf(tx, `activity/${activity.id}`)));
    const voided = new Set(
      own.flatMap(({ fact, payload }) =>
        fact.type === 'fact.voided' && payload ? [(payload as { ref: string }).ref] : [],
      ),
    );
    const entryLight: EntryLight = {
      ...lit,
      say: house.say,
      name: known.name,
      contact: known.contact,
      crm: crmName(house, known),
    };
    const concerns = receipts.filter((entry) => concernsPerson(entry, known.contact));
    const entries = [...own, ...concerns].map((entry) => entryView(entry, entryLight, voided));
    // As they happened, not as they were written: an old record of the CRM is met long before the log that found it.
    entries.sort((a, b) => when(b) - when(a) || Date.parse(b.recordedAt) - Date.parse(a.recordedAt));
    const logs = [];
    for (const activity of activities) if (!activity.retracted) logs.push(await logView(tx, activity, logLight(house)));
    logs.sort((a, b) => (a.loggedAt < b.loggedAt ? 1 : -1));
    const connection = known.connection ? ((await tx.get('connections', known.connection)) ?? null) : null;
    const status = statusOf(known, connection, lit.now, lit.rules);
    const attempt = status.pending;
    return {
      person,
      deadline: deadlineLines(person, lit, known.state.obtained === null),
      entries,
      crossed: receipts
        .filter(
          ({ fact, payload }) =>
            fact.type === 'delivery.stored' &&
            payload !== null &&
            concernsPerson({ fact, payload } as Entry, known.contact),
        )
        .map((entry) => ({ at: entry.fact.recordedAt, sentence: entrySentence(entry, entryLight) })),
      logs,
      pendingAttempt: attempt ? { attempt: attempt.fact, route: attempt.route, at: attempt.at } : null,
      standing: standingOf(known.name, status, house.say, lit),
      requests: requestViews(known.contact ?? known.id, known.name, known.state, status.requests, lit),
      may: mayOf(known.state, status, authorityOf(lit.rules, managed)),
    };
  });
};

const crmName = ({ abouts }: House, known: Known): string =>
  abouts.find(({ id }) => known.connection?.startsWith(`${id}@`))?.name ?? '';

/** Receipts and gate decisions are facts of the activity; those that touch this person stand in their timeline. */
const concernsPerson = ({ fact, payload }: Entry, contact: string | null): boolean => {
  if (!payload || !contact) return false;
  if (fact.type === 'delivery.stored') {
    const said = payload as { step: string; people: readonly string[]; words: unknown };
    return said.people.includes(contact) || said.words !== null || /^(retract|amend)/u.test(said.step);
  }
  if (fact.type === 'activity.corrected' || fact.type === 'activity.retracted') return true;
  if (fact.type === 'gate.decided') {
    const said = payload as { at: string; released: readonly string[]; withheld: readonly { part: string }[] };
    return (
      said.at === 'planned' && (said.released.includes(contact) || said.withheld.some(({ part }) => part === contact))
    );
  }
  return false;
};

const when = ({ occurredAt }: TimelineEntry): number => Date.parse(occurredAt);

const entryView = (entry: Entry, lit: EntryLight, voided: ReadonlySet<string>): TimelineEntry => ({
  id: entry.fact.id,
  type: entry.fact.type,
  occurredAt: entry.fact.occurredAt,
  recordedAt: entry.fact.recordedAt,
  precision: entry.fact.precision,
  sentence: entrySentence(entry, lit),
  details: entryDetails(entry),
  hash: entry.hash,
  voided: voided.has(entry.fact.id),
});

const deadlineLines = ({ status }: ContactRow, lit: Light, beforeAnyFact: boolean): TimelineView['deadline'] => {
  if (!status.targetDue || !status.legalDue || !status.day) return [];
  const { date } = dates(lit.zone, lit.language, lit.now);
  return [
    { key: 'deadlineTarget', args: [date(status.targetDue), status.day.n, status.day.m] },
    ...(status.legalDue === status.targetDue ? [] : [{ key: 'deadlineLegal', args: [date(status.legalDue)] }]),
    ...(beforeAnyFact ? [{ key: 'deadlineFromCrm' }] : []),
  ];
};
