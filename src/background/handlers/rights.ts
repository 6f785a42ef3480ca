/** Answers to requests: everything held as a file, and erasure with a tombstone that says what really went. */
import type { Sentence } from '../../contract.ts';
import { decideTombstone, placeOf } from '../../domain/erasure.ts';
import { contactStream } from '../../domain/events.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { type AccessExport, accessExport, portable as portablePurposes } from '../../domain/held.ts';
import { aboutPerson } from '../about-person.ts';
import { managedRolesOf, standingOf } from '../authority.ts';
import { erasePerson } from '../erasing.ts';
import type { House } from '../house.ts';
import { append } from '../ledger.ts';
import { byId, type Known, statusOf } from '../people.ts';
import { replan } from '../planning.ts';
import { type Rules, rulesOf } from '../rules.ts';
import type { ReadTx } from '../store/store.ts';
import { suppress } from '../suppression.ts';
import { type Handler, refused } from './handler.ts';

const everything = async (tx: ReadTx, known: Known, rules: Rules, now: string): Promise<AccessExport> => {
  const connection = known.connection ? ((await tx.get('connections', known.connection)) ?? null) : null;
  const held = await aboutPerson(tx, known);
  const contents = new Map<string, unknown>();
  const wordsOf = async (content: string | undefined): Promise<unknown> =>
    content === undefined ? null : ((await tx.get('contents', content))?.words ?? null);
  for (const content of held.contents) contents.set(content, await wordsOf(content));
  const logs: unknown[] = [];
  for (const { id, kind, when, account, words, private: kept, retracted, loggedAt } of held.activities)
    logs.push({ id, kind, when, account, words, private: await wordsOf(kept?.content), retracted, loggedAt });
  const crossed: unknown[] = [];
  const receipts = held.rows.filter(({ state }) => state === 'settled');
  for (const { key, connection: to, fields, words } of receipts)
    crossed.push({ key, to, fields, words: await wordsOf(words?.content) });
  return accessExport({
    contact: known.contact ?? known.id,
    state: known.state,
    status: statusOf(known, connection, now, rules),
    policy: rules.policyFor(known),
    entries: held.entries,
    contents,
    logs,
    waiting: [
      ...held.rows
        .filter(({ state }) => state !== 'settled')
        .map(({ key, step, state, because }) => ({ key, step, state, because })),
      ...held.directory.map((copy) => ({ copyOfCrmRecord: copy })),
    ],
    crossed,
  });
};

/** What the person gave us themselves, for purposes that rest on consent or contract (Art. 20). */
const given = (all: AccessExport, purposes: readonly string[]): unknown => ({
  about: all.about,
  name: all.name,
  purposes: all.purposes.filter(({ purpose }) => purposes.includes(purpose)),
  consents: all.consents,
  facts: all.facts.filter(({ type }) => type.startsWith('consent.') || type === 'contact.obtained'),
});

export const exportAccess: Handler<'exportAccess'> = async (house, { commandId, contact, portable = false }) => {
  const { store, platform } = house;
  const answer = await store.write(async (tx) => {
    const known = await byId(tx, contact);
    if (!known) return refused('refusePersonGone');
    const rules = await rulesOf(tx, platform);
    const now = new Date(platform.now()).toISOString();
    const all = await everything(tx, known, rules, now);
    const purposes = portablePurposes({ bases: all.purposes as never });
    if (portable && purposes.length === 0) return refused('refuseNothingPortable', known.name);
    const text = `${JSON.stringify(portable ? given(all, purposes) : all, null, 2)}\n`;
    const hash = sha256Hex(text);
    const what = portable ? 'portability' : 'access';
    const [repeated] = await tx.all('facts', { index: 'id', prefix: commandId });
    if (known.contact && !repeated) {
      await append(tx, platform, { actor: 'this-device', role: 'manager' }, [
        {
          id: commandId,
          stream: contactStream(known.contact),
          type: 'export.made',
          occurredAt: now,
          payload: { what, about: known.contact, hash },
        },
      ]);
    }
    const name = `candor-${what}-${known.contact ?? 'person'}-${now.slice(0, 10)}.json`;
    return { name, type: 'application/json', text, hash };
  });
  if (!('is' in answer)) house.changed();
  return answer;
};

const PLACES: Readonly<Record<string, string>> = {
  facts: 'erasedFacts',
  contents: 'erasedContents',
  logs: 'erasedLogs',
  outbox: 'erasedOutbox',
  directory: 'erasedDirectory',
  drafts: 'erasedDrafts',
  shared_logs: 'erasedShared',
  disk: 'erasedDisk',
};

const placeSentence = (house: House, place: string, found: number, destroyed: number): Sentence => {
  if (!place.startsWith('crm ')) return { key: PLACES[place] ?? 'erasedFacts', args: [destroyed, found] };
  const crm = house.abouts.find(({ id }) => place.startsWith(`crm ${id}@`));
  return { key: 'erasedCrm', args: [crm?.name ?? place.slice('crm '.length)] };
};

export const erase: Handler<'erase'> = async (house, { commandId, contact, ground }) => {
  const { store, platform } = house;
  const managed = await managedRolesOf(platform);
  const answer = await store.write(async (tx) => {
    const known = await byId(tx, contact);
    if (!known) return refused('refusePersonGone');
    const rules = await rulesOf(tx, platform);
    const standing = standingOf(rules, managed);
    const now = new Date(platform.now()).toISOString();
    const key = known.contact ?? platform.id();
    const command = { contact: key, commandId, now, ground, standing };
    // Asked before anything is touched: who may not erase destroys nothing.
    const may = decideTombstone({
      ...command,
      results: [{ place: 'facts', found: 0, destroyed: 0 }],
      suppression: null,
    });
    if ('refused' in may) return refused('refuseOfficerOnly');
    const inFlight = (await aboutPerson(tx, known)).rows.some(({ state }) => state === 'in_flight');
    if (inFlight) return refused('refuseNotKnownYet');
    const shared = (await aboutPerson(tx, known)).activities.filter(({ attendees }) => attendees.length > 1);
    const suppression = await suppress(tx, platform, known.email);
    const results = await erasePerson(tx, known);
    const decision = decideTombstone({ ...command, results, suppression });
    if ('refused' in decision) throw new Error('a tombstone that was allowed is refused');
    await append(tx, platform, { actor: 'this-device', role: decision.role }, [decision.fact]);
    for (const { id } of shared) await replan(tx, platform, { actor: 'this-device', role: 'manager' }, id, rules);
    return {
      is: 'done' as const,
      complete: decision.complete,
      places: results.map((one) => ({
        state: placeOf(one).state,
        sentence: placeSentence(house, one.place, one.found, one.destroyed),
      })),
    };
  });
  if (answer.is === 'done') {
    house.changed();
    house.wake();
  }
  return answer;
};
