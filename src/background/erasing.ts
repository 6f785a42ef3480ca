/**
 * Erasure: destroys what this device holds about a person, counts what is left, and says so place by place. The
 * tombstone is written from that count, never from the request. A log with others in it is theirs too: it stays, and is
 * named as kept.
 */
import { type Destroyed, eraseTargets } from '../domain/erasure.ts';
import { type AboutPerson, aboutPerson } from './about-person.ts';
import { entriesOf } from './ledger.ts';
import type { Known } from './people.ts';
import type { ActivityRow } from './store/schema.ts';
import type { WriteTx } from './store/store.ts';

const isAlone = ({ attendees }: ActivityRow): boolean => attendees.length === 1;

/** A log about nobody else: its facts' payloads, its words, its rows. The envelopes stay, and the chain still verifies. */
const eraseActivity = async (tx: WriteTx, id: string): Promise<void> => {
  const entries = await entriesOf(tx, `activity/${id}`);
  const { payloads, contents } = eraseTargets(entries, { links: [] });
  for (const fact of payloads) await tx.remove('payloads', fact);
  for (const content of contents) await tx.remove('contents', content);
  for (const { key, words } of await tx.all('outbox', { index: 'activity', prefix: id })) {
    if (words) await tx.remove('contents', words.content);
    await tx.remove('outbox', key);
  }
  for (const name of [`edit/${id}`, `effort/${id}`]) await tx.remove('meta', name);
  await tx.remove('forms', id);
  await tx.remove('drafts', id);
  await tx.remove('activities', id);
};

const places = (
  before: AboutPerson,
  after: AboutPerson,
  drafts: { found: number; left: number },
): readonly Destroyed[] => {
  const payloads = (one: AboutPerson): number => one.entries.filter(({ payload }) => payload !== null).length;
  const logs = (one: AboutPerson): number => one.activities.filter(isAlone).length;
  const shared = before.activities.filter((one) => !isAlone(one)).length;
  const gone = (place: string, found: number, left: number): Destroyed => ({ place, found, destroyed: found - left });
  return [
    gone('facts', payloads(before), payloads(after)),
    gone('contents', before.contents.length, after.contents.length),
    gone('logs', logs(before), logs(after)),
    gone('outbox', before.rows.length - sharedRows(before), after.rows.length - sharedRows(after)),
    gone('directory', before.directory.length, after.directory.length),
    gone('drafts', drafts.found, drafts.left),
    ...(shared > 0 ? [{ place: 'shared_logs', found: shared, destroyed: 0, because: 'kept' as const }] : []),
    // What this software does not reach is said, not counted as done.
    { place: 'disk', found: 0, destroyed: 0, because: 'out_of_reach' },
  ];
};

/** Rows of logs that others are in too; they say nothing that this person alone is in. */
const sharedRows = ({ rows, activities }: AboutPerson): number => {
  const shared = new Set(activities.filter((one) => !isAlone(one)).map(({ id }) => id));
  return rows.filter(({ activity }) => shared.has(activity)).length;
};

/** Destroys, and answers with what was found and what is gone. The caller records the tombstone in the same transaction. */
export const erasePerson = async (tx: WriteTx, known: Known): Promise<readonly Destroyed[]> => {
  const before = await aboutPerson(tx, known);
  const draftsFound = await countDrafts(tx, before);
  for (const activity of before.activities.filter(isAlone)) await eraseActivity(tx, activity.id);
  for (const { key } of before.rows.filter(({ about }) => about !== undefined)) await tx.remove('outbox', key);
  const { payloads, contents } = eraseTargets(before.entries, known.state);
  for (const fact of payloads) await tx.remove('payloads', fact);
  for (const content of contents) await tx.remove('contents', content);
  for (const { connection, remoteId } of before.directory) await tx.remove('people', [connection, remoteId]);
  for (const { formId } of before.forms) {
    await tx.remove('drafts', formId);
    await tx.remove('forms', formId);
  }
  const after = await aboutPerson(tx, known);
  const connections = new Set(known.state.links.map(({ connection }) => connection));
  return [
    ...places(
      before,
      { ...after, contents: await stillThere(tx, contents) },
      {
        found: draftsFound,
        left: await countDrafts(tx, before),
      },
    ),
    // The CRM is told to close every channel; its record is its own to delete.
    ...[...connections].map(
      (connection): Destroyed => ({
        place: `crm ${connection}`,
        found: 1,
        destroyed: 0,
        because: 'out_of_reach',
      }),
    ),
  ];
};

const countDrafts = async (tx: WriteTx, { forms }: AboutPerson): Promise<number> => {
  let found = 0;
  for (const { formId } of forms) if (await tx.get('drafts', formId)) found += 1;
  return found;
};

const stillThere = async (tx: WriteTx, contents: readonly string[]): Promise<readonly string[]> => {
  const left: string[] = [];
  for (const content of contents) if (await tx.get('contents', content)) left.push(content);
  return left;
};
