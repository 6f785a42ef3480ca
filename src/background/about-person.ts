/** Everything this device holds about one person, wherever it lies: what an access request is answered with, and what an erasure destroys. */

import { eraseTargets } from '../domain/erasure.ts';
import type { Entry } from '../domain/events.ts';
import { entriesOf } from './ledger.ts';
import type { Known } from './people.ts';
import type { ActivityRow, FormRow, OutboxRow, PersonRow } from './store/schema.ts';
import type { ReadTx } from './store/store.ts';

export interface AboutPerson {
  readonly entries: readonly Entry[];
  /** Content ids that facts about the person refer to. */
  readonly contents: readonly string[];
  readonly activities: readonly ActivityRow[];
  readonly rows: readonly OutboxRow[];
  /** Copies of their CRM record in the local directory, which is also where names are searched. */
  readonly directory: readonly PersonRow[];
  /** Open forms on their page, or in which they were picked. */
  readonly forms: readonly FormRow[];
}

export const aboutPerson = async (tx: ReadTx, known: Known): Promise<AboutPerson> => {
  const entries = known.contact ? await entriesOf(tx, `contact/${known.contact}`) : [];
  const activities = known.contact ? await tx.all('activities', { index: 'attendee', prefix: known.contact }) : [];
  const rows: OutboxRow[] = [];
  for (const { id } of activities) rows.push(...(await tx.all('outbox', { index: 'activity', prefix: id })));
  if (known.contact) rows.push(...(await tx.all('outbox', { index: 'activity', prefix: `contact/${known.contact}` })));
  const links = [
    ...known.state.links,
    ...(known.connection && known.remoteId ? [{ connection: known.connection, remoteId: known.remoteId }] : []),
  ];
  const directory = new Map<string, PersonRow>();
  for (const { connection, remoteId } of links) {
    const row = await tx.get('people', [connection, remoteId]);
    if (row) directory.set(`${connection}|${remoteId}`, row);
  }
  const isTheirs = ({ record, connection, choices }: FormRow): boolean =>
    links.some((link) => link.connection === connection && record?.type === 'contact' && link.remoteId === record.id) ||
    Object.values(choices).some((chosen) => chosen === known.contact || chosen === known.id);
  return {
    entries,
    contents: eraseTargets(entries, known.state).contents,
    activities,
    rows,
    directory: [...directory.values()],
    forms: (await tx.all('forms')).filter(isTheirs),
  };
};
