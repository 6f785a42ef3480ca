/**
 * A person's status on their contact: opt-out booleans that every organisation has, the `Individual` where data
 * protection is switched on and the contact has one, fields that an administrator made, and consents by channel.
 *
 * Of consents by channel only those that are there are closed; none is made and none is opened, since such a row names
 * when, how and for which purpose somebody agreed, and that is only in the ledger.
 */
import * as v from 'valibot';
import {
  type Api,
  type Limit,
  Refused,
  type Send,
  type StatusField,
  type StatusMap,
  type StatusSeen,
} from '../adapter.ts';
import { usual } from '../reconcile.ts';
import { type Held, statusWriter, type Values } from '../status.ts';
import { BASE } from './fields.ts';
import { exchange, orUnknown, type Refusal, refusalOfResponse } from './outcome.ts';
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

/** A consent by channel; the names of its kinds of contact point. */
const CHANNELS: Readonly<Record<string, Limit>> = {
  Email: 'email',
  Phone: 'phone',
  MailingAddress: 'post',
  Social: 'message',
};
const Consent = v.object({ Id, ContactPointType: v.string(), PrivacyConsentStatus: v.nullish(v.string(), '') });
type Consent = v.InferOutput<typeof Consent>;

const Gone = v.object({ Id, IsDeleted: v.boolean(), MasterRecordId: v.nullish(Id, null) });

interface SalesforceHeld extends Held {
  readonly individual: string | null;
  readonly consents: readonly Consent[];
}

/** The least permissive counts, as in the vendor's own reading of several preferences. */
const placesOf = (flags: Readonly<Partial<Record<Limit, boolean>>>, consents: readonly Consent[]) => {
  const stops: Partial<Record<Limit, boolean>> = { ...flags };
  const mixed: Limit[] = [];
  const fixed: Limit[] = [];
  for (const limit of Object.values(CHANNELS)) {
    const said = consents
      .filter(
        ({ ContactPointType }) => Object.hasOwn(CHANNELS, ContactPointType) && CHANNELS[ContactPointType] === limit,
      )
      .flatMap(({ PrivacyConsentStatus: status }) =>
        status === 'OptOut' ? [true] : status === 'OptIn' ? [false] : [],
      );
    if (said.length === 0) continue;
    const all = [...said, ...(flags[limit] === undefined ? [] : [flags[limit]])];
    stops[limit] = all.includes(true);
    if (new Set(all).size > 1) mixed.push(limit);
    if (said.includes(true)) fixed.push(limit);
  }
  return { stops, mixed, fixed };
};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export const statusDoors = (send: Send): Pick<Api, 'statusFields' | 'readStatus' | 'writeStatus'> => {
  const describe = async (object: string): Promise<v.InferOutput<typeof Description> | null> => {
    const answer = await exchange(send, { method: 'GET', path: `${BASE}/sobjects/${object}/describe` }, Description);
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
    return [...of(contact?.fields ?? [], ''), ...of(individual?.fields ?? [], INDIVIDUAL)];
  };

  /** Rows by the person's id; none where the organisation has no such object. */
  const consentsOf = async (individuals: readonly string[]): Promise<readonly (Consent & { party: string })[]> => {
    if (individuals.length === 0) return [];
    const Row = v.object({ ...Consent.entries, PartyId: Id });
    const soql = `SELECT Id, PartyId, ContactPointType, PrivacyConsentStatus FROM ContactPointTypeConsent WHERE PartyId IN ${oneOf(individuals)}`;
    const rows = await rowsOf(send, soql, Row);
    if (!('is' in rows)) return rows.value.map(({ PartyId, ...row }) => ({ ...row, party: PartyId }));
    if (rows.is === 'invalid' || rows.is === 'forbidden' || rows.is === 'gone') return [];
    throw new Refused(rows);
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
    const value = (name: string | undefined): unknown =>
      name === undefined
        ? undefined
        : name.startsWith(INDIVIDUAL)
          ? (own?.[name.slice(INDIVIDUAL.length)] ?? undefined)
          : row[name];
    const stops: Partial<Record<Limit, boolean>> = {};
    for (const limit of ['email', 'phone', 'post', 'message', 'processing'] as const) {
      const flag = value(map[limit]);
      if (typeof flag === 'boolean') stops[limit] = flag;
    }
    const places = placesOf(stops, consents);
    const ownChanged = own ? v.safeParse(Instant, own.LastModifiedDate) : null;
    const seen: StatusSeen = {
      id,
      stops: places.stops,
      disclosure: text(value(map.disclosure)),
      toldOn: text(value(map.told_on)),
      line: text(value(map.line)),
      changedAt: ownChanged?.success && ownChanged.output > changedAt ? ownChanged.output : changedAt,
    };
    return { ...places, seen, version: new Date(changedAt).toUTCString(), individual, consents };
  };

  const select = (map: StatusMap): string => {
    const names = Object.values(map);
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
    const consents = await consentsOf(people.flatMap(({ one }) => (one.individual ? [one.individual] : [])));
    const byId = new Map(
      people.map(({ row, one }) => [
        one.seen.id,
        heldOf(
          row,
          map,
          consents.filter(({ party }) => party === one.individual),
        ),
      ]),
    );
    return canonical.map((id) => (id === null ? null : (byId.get(id) ?? null)));
  };

  /** Deleted, and into whom where it was merged: a deleted record names its master. */
  const gone = async (id: string): Promise<Refusal> => {
    const soql = `SELECT Id, IsDeleted, MasterRecordId FROM Contact WHERE Id = ${quoted(id)}`;
    const path = `${BASE}/queryAll?q=${encodeURIComponent(soql)}`;
    const answer = await orUnknown(exchange(send, { method: 'GET', path }, v.object({ records: v.array(Gone) })));
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

  const put = async (
    id: string,
    values: Values,
    map: StatusMap,
    version: string | null,
    held: Held,
  ): Promise<Refusal | null> => {
    const { individual, consents } = held as SalesforceHeld;
    const contact: Record<string, unknown> = {};
    const person: Record<string, unknown> = {};
    for (const [part, value] of Object.entries(values)) {
      const name = map[part as keyof StatusMap];
      if (name?.startsWith(INDIVIDUAL)) person[name.slice(INDIVIDUAL.length)] = value;
      else if (name) contact[name] = value;
    }
    // What asks for the version comes first: refused, nothing else was written.
    if (Object.keys(contact).length > 0) {
      const refused = await write(`Contact/${id}`, contact, version);
      if (refused) return refused;
    }
    if (individual && Object.keys(person).length > 0) {
      const refused = await write(`Individual/${individual}`, person, null);
      if (refused) return refused;
    }
    for (const row of consents) {
      const limit = CHANNELS[row.ContactPointType];
      if (!limit || values[limit] !== true || row.PrivacyConsentStatus !== 'OptIn') continue;
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
        const all = await orUnknown(readAll([id], map));
        if ('is' in all) return all;
        return all[0] ?? (canonicalId(id) ? gone(id) : { is: 'invalid', field: null, why: 'not the id of a contact' });
      },
      put,
    }),
  };
};
