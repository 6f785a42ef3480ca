/** Rules about what leaves the device: I2, I3, I4, I6, I10. Asked for every request, page message and console line. */
import type { ActivityRow, OutboxRow } from '../../../src/background/store/schema.ts';
import { KEY } from '../crm/org.ts';
import type { Call } from '../crm/rest.ts';
import { HOLD_MS, type Oracle, type Standing } from './oracle.ts';

export const API = 'https://acme.my.salesforce.com';
/** Generous: what a person's own day could need, never what a loop would. */
const REQUESTS_PER_HOUR = 400;
const SENDS_PER_STEP = 60;

type Body = Readonly<Record<string, unknown>>;

/** I4: private words stay. */
export const staysPrivate = (oracle: Oracle, where: string, said: string): void => {
  if (said.includes('privq')) oracle.broken('I4 private', `private words in ${where}`);
};

/** The log and step a record of a request is about. */
const subjectOf = (oracle: Oracle, body: Body): { key: string; activity: ActivityRow } | null => {
  const given = body[KEY];
  const remote = oracle.world.org.find(body.id ?? body.EventId ?? body.TaskId);
  const record = typeof given === 'string' ? given : String(remote?.fields[KEY] ?? '');
  const activity = oracle.activity(record.split('/')[0] ?? '');
  if (!activity) return null;
  if (typeof given === 'string') return { key: given, activity };
  if (body.id) return { key: `${activity.id}/completion`, activity };
  const who = oracle.world.org.find(body.RelationId)?.Id;
  const contact = activity.attendees.find(
    (key) => oracle.contact(key, activity.connection, Number.POSITIVE_INFINITY).remoteId === who,
  );
  return { key: `${activity.id}/link/${contact}`, activity };
};

const OPT_OUTS = new Set(['HasOptedOutOfEmail', 'DoNotCall']);
const LINE = /^candor:1 id=(\S+) state=([a-z_]+)(?: stop=([a-z,]+))? head=[0-9a-f]{16}$/u;

/** What is wrong with one field of a person, given where they stood when the row was leased; null when nothing is. */
const misstated = (
  name: string,
  value: unknown,
  contact: string,
  { told, objected, still }: Standing,
): string | null => {
  if (OPT_OUTS.has(name)) return objected && value === true ? null : 'closes somebody who did not object';
  if (name === 'Candor_Restricted__c') return still && value === true ? null : 'stops what nobody asked to be stopped';
  if (name === 'Candor_Disclosure__c') return (value === 'told') === told ? null : 'says otherwise of the notice';
  if (name === 'Candor_Told_On__c') return (value !== null) === told ? null : 'dates a notice that nobody had';
  if (name !== 'Candor_Status__c') return 'is no field for a status';
  const [, id, state, stops = ''] = LINE.exec(String(value)) ?? [];
  const true_ = id === contact && (state === 'told') === told && (stops !== '') === objected;
  return true_ ? null : 'is not the line of the ledger';
};

/** Why a row does not allow this change of a person; null when it does. */
const beyond = (oracle: Oracle, row: OutboxRow, body: Body, user: string | null): string | null => {
  const { contact = '', remoteId = '' } = row.about ?? {};
  if (row.user !== user) return `${row.key} of ${row.user} leaves as ${user}`;
  const standing = oracle.standings.get(row.key);
  if (!standing) return `${row.key} leaves without a lease`;
  const own = oracle.records(contact, row.connection);
  for (const [name, value] of Object.entries(body)) {
    const says = misstated(name, value, contact, standing);
    if (says) return `${row.key} writes ${name} = ${String(value)}, which ${says}, or not yet`;
    const closes = value === true;
    if (!closes && !own.has(remoteId)) return `${row.key} writes ${name} of one person on the record of another`;
  }
  return null;
};

/** I3: of a person doors are closed only for an objection, and a copy is what the ledger says; after the ten seconds, by whoever leased it. */
const mayTell = (oracle: Oracle, url: string, body: Body, user: string | null): string | null => {
  const { org, disk } = oracle.world;
  const record = org.find(new URL(url).pathname.split('/').at(-1));
  const rows = disk
    .rows<OutboxRow>('outbox')
    .filter(({ about, state }) => about && state === 'in_flight' && org.find(about.remoteId) === record);
  const [first] = rows;
  if (!first) return `contact ${record?.Id} is written without a lease`;
  // Several rows of one person leave one after the other; which of them this is, it does not say.
  const says = rows.map((row) => beyond(oracle, row, body, user));
  return says.includes(null) ? storm(oracle, first.key) : (says[0] ?? null);
};

const storm = (oracle: Oracle, key: string): string | null => {
  oracle.sends.set(key, (oracle.sends.get(key) ?? 0) + 1);
  return (oracle.sends.get(key) ?? 0) > SENDS_PER_STEP ? `${key} was sent ${SENDS_PER_STEP} times` : null;
};

/** I3: no field that the lease did not allow, none sent empty, nothing without a lease. I6: links and completions after the record. */
const allowed = (oracle: Oracle, body: Body, user: string | null): string | null => {
  const subject = subjectOf(oracle, body);
  if (!subject) return `a record nobody logged: ${JSON.stringify(body).slice(0, 120)}`;
  const { key, activity } = subject;
  const row = oracle.row(key);
  const lease = oracle.leases.get(key);
  if (row?.state !== 'in_flight' || !lease) return `${key} leaves while it is ${row?.state ?? 'nowhere'}`;
  if (activity.retracted) return `${key} leaves although it was taken back`;
  if (activity.user !== user) return `${key} of ${activity.user} leaves as ${user}`;
  const { jumped } = oracle;
  const logged = oracle.streams.get(`activity/${activity.id}`)?.[0]?.at ?? 0;
  if (!jumped && oracle.world.scheduler.time - logged < HOLD_MS) return `${key} leaves within the ten seconds of undo`;
  const settled = jumped ? lease : oracle.gate(activity, oracle.world.scheduler.time - HOLD_MS);
  for (const [name, value] of Object.entries(body)) {
    if (value === '' || value === null) return `${key} sends ${name} empty`;
    const marker = typeof value === 'string' ? /(?:pub|next)(q\w+)/u.exec(value)?.[1] : undefined;
    if (marker) {
      if (!JSON.stringify(activity.words).includes(marker)) return `${key} carries words of another log`;
      if (!lease.words) return `${key} carries words that are withheld`;
      if (!settled.words) return `${key} carries words within the ten seconds in which they can be withheld again`;
    }
    if (name !== 'WhoId' && name !== 'RelationId') continue;
    const who = oracle.world.org.find(value)?.Id ?? '';
    if (!lease.people.has(who)) return `${key} names a person who is withheld`;
    if (!settled.people.has(who)) return `${key} names a person within the ten seconds of undo`;
  }
  if (!(KEY in body) && activity.crossed.remoteId === null) return `${key} leaves before its record is known`;
  if ('id' in body && activity.crossed.words && 'Description' in body) return `the words of ${activity.id} leave again`;
  return storm(oracle, key);
};

/** I10: left alone when the CRM asked for it, and never a storm. */
const polite = (oracle: Oracle, call: Call): string | null => {
  const { time } = oracle.world.scheduler;
  oracle.requests.push(time);
  if (oracle.requests.filter((at) => at > time - 3_600_000).length > REQUESTS_PER_HOUR)
    return `more than ${REQUESTS_PER_HOUR} requests in an hour`;
  const { quiet } = oracle;
  if (quiet?.certain && time < quiet.until && oracle.personAsks === 0)
    return `${call.method} ${call.url.slice(API.length, API.length + 60)} ${Math.round((quiet.until - time) / 1000)} s before the wait is over`;
  return null;
};

export const leaves = (oracle: Oracle, call: Call, user: string | null, refreshing: boolean): void => {
  staysPrivate(oracle, `${call.method} ${call.url}`, call.body + decodeURIComponent(call.url));
  if (new URL(call.url).origin !== API) oracle.broken('I3 gate', `a request to ${call.url}`);
  const impolite = polite(oracle, call);
  if (impolite) oracle.broken('I10 politeness', impolite);
  if (refreshing && call.body.includes('grant_type=refresh_token'))
    oracle.broken('I10 politeness', 'two refreshes of one sign-in at the same time');
  if (call.method === 'PATCH' && call.url.includes('/sobjects/Contact/')) {
    const says = mayTell(oracle, call.url, JSON.parse(call.body) as Body, user);
    if (says) oracle.broken('I3 gate', says);
    return;
  }
  if (!call.url.includes('/composite/')) return;
  for (const body of (JSON.parse(call.body) as { records: Body[] }).records) {
    const says = allowed(oracle, body, user);
    if (says) oracle.broken('I3 gate', says);
  }
};
