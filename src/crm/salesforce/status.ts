/**
 * A person's status on their contact: opt-out booleans that every organisation has, the `Individual` where data
 * protection is switched on and the contact has one, fields that an administrator made, and consents by channel.
 *
 * Consents by channel that are there are closed, whatever they are for. Opened again are only those for the purpose that
 * somebody said is direct marketing, after a fresh act of the person. None is made: such a row says when, how and for
 * what somebody agreed, and that is only in the ledger.
 */
import * as v from 'valibot';
import { type Api, Refused, type Send, type StatusField, type StatusMap } from '../adapter.ts';
import { get, orUnknown, type Refusal } from '../exchange.ts';
import { usual } from '../reconcile.ts';
import { fieldsFor, fieldsIn, type Held, placed, type StatusHands, seenIn, statusWriter } from '../status.ts';
import { type Consent, consentsOf, placesOf, purposesOf, toClose, toOpen } from './consents.ts';
import { BASE } from './fields.ts';
import { exchange, refusalOfResponse } from './outcome.ts';
import { oneOf, quoted, rowsOf } from './query.ts';
import { Id, Instant } from './read.ts';
import { canonicalId } from './record-id.ts';

/** Fields of the person's `Individual`, as a mapping names them. */
const INDIVIDUAL = 'Individual.';
const NATIVE = new Set([
  'HasOptedOutOfEmail',
  'DoNotCall',
  'HasOptedOutOfFax',
  'Individual.HasOptedOutProcessing',
  'Individual.HasOptedOutSolicit',
]);

const USUAL: Parameters<typeof usual>[1] = {
  email: [/^HasOptedOutOfEmail$/],
  phone: [/^DoNotCall$/],
  post: [/^Candor_No_Post__c$/],
  message: [/^Candor_No_Messages__c$/],
  processing: [/^Candor_Restricted__c$/, /^Individual\.HasOptedOutProcessing$/],
  disclosure: [/^Candor_Disclosure__c$/],
  told_on: [/^Candor_Told_On__c$/],
  line: [/^Candor_Status__c$/],
};

const Description = v.object({
  fields: v.array(
    v.object({
      name: v.string(),
      label: v.nullish(v.string(), ''),
      type: v.string(),
      length: v.nullish(v.number(), 0),
      updateable: v.boolean(),
      custom: v.nullish(v.boolean(), false),
    }),
  ),
});

/** The line is up to this long; a shorter field would cut it. */
const LINE_LENGTH = 160;
const TEXTS = new Set(['string', 'textarea', 'picklist']);

const holds = ({ type, length }: { type: string; length: number }): StatusField['holds'] | null =>
  type === 'boolean' ? 'flag' : type === 'date' ? 'day' : TEXTS.has(type) && length >= LINE_LENGTH ? 'text' : null;

const Gone = v.object({ Id, IsDeleted: v.boolean(), MasterRecordId: v.nullish(Id, null) });

interface SalesforceHeld extends Held {
  readonly individual: string | null;
  readonly consents: readonly Consent[];
}

export const statusDoors = (send: Send): Pick<Api, 'statusFields' | 'readStatus' | 'writeStatus'> => {
  const describe = async (object: string): Promise<v.InferOutput<typeof Description> | null> => {
    const answer = await exchange(send, get(`${BASE}/sobjects/${object}/describe`), Description);
    if (!('is' in answer)) return answer.value;
    if (answer.is === 'gone' || answer.is === 'forbidden') return null;
    throw new Refused(answer);
  };

  const offered = async (): Promise<readonly StatusField[]> => {
    const contact = await describe('Contact');
    const linked = contact?.fields.some(({ name }) => name === 'IndividualId') ?? false;
    const individual = linked ? await describe('Individual') : null;
    const of = (fields: v.InferOutput<typeof Description>['fields'], before: string): readonly StatusField[] =>
      fields.flatMap((field) => {
        const kind = field.updateable ? holds(field) : null;
        const name = `${before}${field.name}`;
        if (!kind || !(field.custom || NATIVE.has(name))) return [];
        return [{ name, label: field.label || field.name, holds: kind, native: !field.custom }];
      });
    // Consents hang on the individual: without one nobody keeps purposes either.
    const purposes = linked ? await purposesOf(send) : [];
    return [...of(contact?.fields ?? [], ''), ...of(individual?.fields ?? [], INDIVIDUAL), ...purposes];
  };

  const heldOf = (
    row: Readonly<Record<string, unknown>>,
    map: StatusMap,
    consents: readonly Consent[],
  ): SalesforceHeld | null => {
    const head = v.safeParse(v.object({ Id, LastModifiedDate: Instant, IndividualId: v.nullish(Id, null) }), row);
    if (!head.success) return null;
    const { Id: id, LastModifiedDate: changedAt, IndividualId: individual } = head.output;
    const own = (row.Individual ?? null) as Readonly<Record<string, unknown>> | null;
    const value = (name: string): unknown =>
      name.startsWith(INDIVIDUAL) ? own?.[name.slice(INDIVIDUAL.length)] : row[name];
    const ownChanged = own ? v.safeParse(Instant, own.LastModifiedDate) : null;
    const seen = seenIn(map, {
      id,
      value,
      changedAt: ownChanged?.success && ownChanged.output > changedAt ? ownChanged.output : changedAt,
    });
    const version = new Date(changedAt).toUTCString();
    return { ...placed(seen, placesOf(seen.stops, consents)), version, individual, consents };
  };

  const select = (map: StatusMap): string => {
    const names = fieldsIn(map);
    const individual = names.some((name) => name.startsWith(INDIVIDUAL))
      ? ['IndividualId', 'Individual.LastModifiedDate']
      : [];
    return [...new Set(['Id', 'LastModifiedDate', ...individual, ...names])].join(', ');
  };

  let individuals = true;
  const rows = async (ids: readonly string[], map: StatusMap) => {
    const schema = v.record(v.string(), v.unknown());
    // The person's `Individual` is asked for even where none of its fields is mapped: consents by channel hang on it.
    const more = individuals && !select(map).includes('IndividualId') ? ', IndividualId' : '';
    const ask = (fields: string) => rowsOf(send, `SELECT ${fields} FROM Contact WHERE Id IN ${oneOf(ids)}`, schema);
    const all = await ask(`${select(map)}${more}`);
    if (!('is' in all) || all.is !== 'invalid' || !/IndividualId/.test(all.why)) return all;
    // Without data protection there is no such field at all.
    individuals = false;
    return ask(select(map));
  };

  const readAll = async (
    ids: readonly string[],
    map: StatusMap,
  ): Promise<readonly (SalesforceHeld | null)[] | Refusal> => {
    const canonical = ids.map((id) => canonicalId(id));
    const wanted = canonical.filter((id) => id !== null);
    if (wanted.length === 0) return ids.map(() => null);
    const found = await rows(wanted, map);
    if ('is' in found) return found;
    const people = found.value.flatMap((row) => {
      const one = heldOf(row, map, []);
      return one ? [{ row, one }] : [];
    });
    const consents = await consentsOf(
      send,
      people.flatMap(({ one }) => (one.individual ? [one.individual] : [])),
      map.purpose,
    );
    const byId = new Map(
      people.map(({ row, one }) => [
        one.seen.id,
        heldOf(
          row,
          map,
          consents.filter(({ PartyId }) => PartyId === one.individual),
        ),
      ]),
    );
    return canonical.map((id) => (id === null ? null : (byId.get(id) ?? null)));
  };

  /** Deleted, and into whom where it was merged: a deleted record names its master. */
  const gone = async (id: string): Promise<Refusal> => {
    const soql = `SELECT Id, IsDeleted, MasterRecordId FROM Contact WHERE Id = ${quoted(id)}`;
    const path = `${BASE}/queryAll?q=${encodeURIComponent(soql)}`;
    const answer = await orUnknown(exchange(send, get(path), v.object({ records: v.array(Gone) })));
    const mergedInto = 'is' in answer ? null : (answer.value.records[0]?.MasterRecordId ?? null);
    return { is: 'gone', mergedInto, why: 'the contact is not there' };
  };

  const write = async (
    path: string,
    body: Readonly<Record<string, unknown>>,
    version: string | null,
  ): Promise<Refusal | null> => {
    const response = await orUnknown(
      send({
        method: 'PATCH',
        path: `${BASE}/sobjects/${path}`,
        headers: version === null ? {} : { 'If-Unmodified-Since': version },
        body,
      }),
    );
    if ('is' in response) return response;
    return response.status === 204 ? null : refusalOfResponse(response);
  };

  const put: StatusHands['put'] = async (id, values, map, version, held, since) => {
    const { individual, consents } = held as SalesforceHeld;
    // The contact is opened last: whatever happens in between, something is closed, and the next try sees the rest.
    for (const { id: row, version: read, capturedAt } of toOpen(consents, since)) {
      const body = { PrivacyConsentStatus: 'OptIn', CaptureDate: capturedAt, CaptureSource: 'Candor' };
      const refused = await write(`ContactPointTypeConsent/${row}`, body, read);
      if (refused) return refused;
    }
    const contact: Record<string, unknown> = {};
    const person: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fieldsFor(values, map))) {
      if (name.startsWith(INDIVIDUAL)) person[name.slice(INDIVIDUAL.length)] = value;
      else contact[name] = value;
    }
    // What asks for the version comes first: refused, nothing else was closed.
    if (Object.keys(contact).length > 0) {
      const refused = await write(`Contact/${id}`, contact, version);
      if (refused) return refused;
    }
    if (individual && Object.keys(person).length > 0) {
      const refused = await write(`Individual/${individual}`, person, null);
      if (refused) return refused;
    }
    for (const row of toClose(consents, values)) {
      const refused = await write(`ContactPointTypeConsent/${row.Id}`, { PrivacyConsentStatus: 'OptOut' }, null);
      if (refused) return refused;
    }
    return null;
  };

  return {
    statusFields: async () => {
      const fields = await offered();
      return { offered: fields, usual: usual(fields, USUAL) };
    },
    readStatus: async (ids, map) => {
      const all = await readAll(ids, map);
      if ('is' in all) throw new Refused(all);
      return all.map((one) => one?.seen ?? null);
    },
    writeStatus: statusWriter({
      read: async (id, map) => {
        if (!canonicalId(id)) return { is: 'invalid', field: null, why: 'not the id of a contact' };
        const all = await readAll([id], map);
        return 'is' in all ? all : (all[0] ?? gone(id));
      },
      put,
    }),
  };
};
