/** I7, and that the CRM holds what it should: asked when faults have stopped and time has passed. */
import type { ActivityRow, ConnectionRow, OutboxRow } from '../../../src/background/store/schema.ts';
import { type CrmRecord, KEY } from '../crm/org.ts';
import type { Oracle } from './oracle.ts';

/** Refusals that are the CRM's last word: a deleted or merged record cannot be written to. */
const FINAL = new Set(['gone']);

const rowsOf = (oracle: Oracle, activity: ActivityRow): OutboxRow[] =>
  oracle.world.disk.rows<OutboxRow>('outbox').filter((row) => row.activity === activity.id);

/** Somebody or something in it was deleted or merged in the CRM meanwhile. */
const touched = (oracle: Oracle, activity: ActivityRow): boolean => {
  const { org } = oracle.world;
  const ids = activity.attendees.map(
    (key) => oracle.contact(key, activity.connection, Number.POSITIVE_INFINITY).remoteId,
  );
  const gone = [...ids, activity.account].some((id) => id !== null && (org.find(id)?.deleted ?? false));
  return gone || [...org.records.values()].some(({ deleted, fields }) => deleted && of(fields[KEY]) === activity.id);
};

const of = (key: unknown): string => String(key ?? '').split('/')[0] ?? '';

/** What is missing in the CRM of one log; null when everything that may leave is there. */
export const missing = (oracle: Oracle, activity: ActivityRow): string | null => {
  const { org } = oracle.world;
  if (activity.retracted || activity.connection === null) return null;
  const rows = rowsOf(oracle, activity);
  for (const row of rows) {
    if (row.state === 'needs_you' && FINAL.has(row.why?.is ?? '') && touched(oracle, activity)) continue;
    if (row.state === 'in_flight' || row.state === 'queued') {
      const waits = rows.some((one) => one.step === 'record' && one.state === 'needs_you');
      if (!waits) return `${row.key} is still ${row.state} after ${row.attempts} tries`;
    }
    if (row.state === 'needs_you') return `${row.key} needs its person: ${row.why?.is} ${row.why?.why}`;
  }
  if (touched(oracle, activity)) return null;
  const record = org.byKey(`${activity.id}/record`);
  if (!record) return `${activity.id} is not in the CRM`;
  if (activity.crossed.remoteId !== record.Id) return `${activity.id} does not know its record`;
  const { words, people } = oracle.gate(activity);
  const has = String(record.fields.Description ?? '').includes('pub');
  if (words && !has) return `the words of ${activity.id} may leave and did not`;
  if (words) {
    const lost = activity.words.nextSteps.findIndex((_, index) => !org.byKey(`${activity.id}/task/${index}`));
    if (lost >= 0) return `a next step of ${activity.id} may leave and did not`;
  }
  const attached = peopleOf(oracle, record);
  for (const who of people) if (!attached.has(who)) return `${who} is not attached to ${activity.id}`;
  return null;
};

const peopleOf = (oracle: Oracle, { Id, type }: CrmRecord): Set<string> =>
  new Set(oracle.world.org.related(type === 'Event' ? 'EventRelation' : 'TaskRelation', Id).map(({ who }) => who));

export const connectionOf = (oracle: Oracle): ConnectionRow | undefined =>
  oracle.world.disk.rows<ConnectionRow>('connections')[0];

/** What a person objected to and the CRM was not told; null when it knows. */
const untoldObjection = (oracle: Oracle, user: string): string | null => {
  const { org, disk } = oracle.world;
  const rows = disk.rows<OutboxRow>('outbox').filter(({ about }) => about);
  for (const { key, about, user: whose, state, why, attempts } of rows) {
    if (whose !== user || org.find(about?.remoteId)?.deleted) continue;
    if (state === 'needs_you') return `${key} needs its person: ${why?.is} ${why?.why}`;
    if (state !== 'settled') return `${key} is still ${state} after ${attempts} tries`;
  }
  for (const { contact } of disk.rows<{ contact: string }>('contacts')) {
    const [record] = [...oracle.records(contact, connectionOf(oracle)?.id ?? '')].map((id) => org.find(id));
    if (!record || record.deleted || !oracle.objected(contact)) continue;
    const waits = rows.some(({ about, user: whose }) => about?.contact === contact && whose !== user);
    if (!waits && record.fields.HasOptedOutOfEmail !== true) return `the CRM was not told that ${contact} objected`;
  }
  return null;
};

/** A copy in the CRM that is not what the ledger says; null when each is. */
const oldCopy = (oracle: Oracle, user: string): string | null => {
  const { org, disk } = oracle.world;
  const rows = disk.rows<OutboxRow>('outbox');
  for (const { contact } of disk.rows<{ contact: string }>('contacts')) {
    const { told, remoteId } = oracle.contact(contact, connectionOf(oracle)?.id ?? '', Number.POSITIVE_INFINITY);
    const record = org.find(remoteId);
    const waits = rows.some(({ about, user: whose }) => about?.contact === contact && whose !== user);
    if (!record || record.deleted || waits) continue;
    const says = record.fields.Candor_Disclosure__c;
    if ((says === 'told') !== told) return `the CRM says ${says} of ${contact}, who was ${told ? '' : 'not '}told`;
    if (told !== (record.fields.Candor_Told_On__c !== null)) return `the CRM dates no true notice of ${contact}`;
  }
  return null;
};

/** Everything that may leave has left; null once it is so. */
export const unrest = (oracle: Oracle, user: string): string | null => {
  for (const activity of oracle.world.disk.rows<ActivityRow>('activities')) {
    if (activity.user !== user) continue;
    const says = missing(oracle, activity);
    if (says) return says;
  }
  return untoldObjection(oracle, user) ?? oldCopy(oracle, user);
};
