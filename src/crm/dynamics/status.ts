/**
 * A person's status on their contact: the `donot…` columns, which say *not allowed* when they are true, columns that an
 * administrator made, and consents by contact point where a marketing application keeps them.
 *
 * Consents that are there are closed, whatever they are for. Opened again are only those for the purpose that somebody
 * said is direct marketing, after a fresh act of the person. None is made: such a row says where and how somebody agreed,
 * and that is only in the ledger. `msgdpr_gdprconsent` is not read at all: its default says *consent*, so it proves nothing.
 */
import * as v from 'valibot';
import { type Api, Refused, type Send, type StatusField, type StatusMap, type StatusSeen } from '../adapter.ts';
import { orUnknown, type Refusal } from '../exchange.ts';
import { usual } from '../reconcile.ts';
import { fieldsFor, fieldsIn, type Held, placed, type StatusHands, seenIn, statusWriter } from '../status.ts';
import { type Consent, closings, consentsAbout, consentsOf, openings, placesOf, purposesOf } from './consents.ts';
import { BASE } from './fields.ts';
import { ask, exchange, reading, refusalOf } from './outcome.ts';
import { query } from './read.ts';
import { canonicalId } from './record-id.ts';
import { anyOf, type Row, rowsOf } from './rows.ts';

const NATIVE = new Set([
  'donotemail',
  'donotbulkemail',
  'donotphone',
  'donotpostalmail',
  'donotbulkpostalmail',
  'donotsendmm',
]);

/** Marketing is what a person stops by channel: the bulk columns, where there is one. */
const USUAL: Parameters<typeof usual>[1] = {
  email: [/^donotbulkemail$/, /^donotemail$/],
  phone: [/^donotphone$/],
  post: [/^donotbulkpostalmail$/, /^donotpostalmail$/],
  message: [/^[a-z\d]+_candor_?nomessages$/],
  processing: [/^[a-z\d]+_candor_?restricted$/],
  disclosure: [/^[a-z\d]+_candor_?disclosure$/],
  told_on: [/^[a-z\d]+_candor_?toldon$/],
  line: [/^[a-z\d]+_candor_?status$/],
};

const Attributes = v.object({
  value: v.array(
    v.object({
      LogicalName: v.string(),
      AttributeType: v.string(),
      IsCustomAttribute: v.nullish(v.boolean(), false),
      IsValidForUpdate: v.nullish(v.boolean(), false),
      DisplayName: v.nullish(
        v.object({ UserLocalizedLabel: v.nullish(v.object({ Label: v.nullish(v.string()) }), null) }),
        null,
      ),
    }),
  ),
});
const KINDS: Readonly<Record<string, StatusField['holds']>> = {
  Boolean: 'flag',
  String: 'text',
  Memo: 'text',
  DateTime: 'day',
};

const Shown = v.looseObject({
  contactid: v.string(),
  modifiedon: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
    v.transform((text) => new Date(Date.parse(text)).toISOString()),
  ),
  merged: v.nullish(v.boolean(), false),
  _masterid_value: v.nullish(v.string(), null),
  emailaddress1: v.nullish(v.string(), null),
  '@odata.etag': v.nullish(v.string(), null),
});

interface DataverseHeld extends Held {
  readonly consents: readonly Consent[];
}

export const statusDoors = (send: Send): Pick<Api, 'statusFields' | 'readStatus' | 'writeStatus'> => {
  const select = (map: StatusMap): string =>
    `$select=contactid,${[...new Set(['modifiedon', 'merged', '_masterid_value', 'emailaddress1', ...fieldsIn(map)])].join(',')}`;

  const heldOf = (
    id: string,
    row: v.InferOutput<typeof Shown> & Row,
    map: StatusMap,
    all: readonly Consent[],
  ): DataverseHeld => {
    const consents = consentsOf(all, row.emailaddress1);
    const seen = seenIn(map, { id, changedAt: row.modifiedon, value: (name) => row[name], neverSet: () => true });
    return { ...placed(seen, placesOf(seen.stops, consents)), version: row['@odata.etag'] ?? null, consents };
  };

  const read = async (raw: string, map: StatusMap): Promise<DataverseHeld | Refusal> => {
    const id = canonicalId(raw);
    if (!id) return { is: 'invalid', field: null, why: 'not the id of a contact' };
    const answer = await exchange(send, ask(`${BASE}/contacts(${id})?${select(map)}`), Shown);
    if ('is' in answer) return answer;
    const row = answer.value;
    // A merged record stays, inactive, and names the one it became.
    if (row.merged) return { is: 'gone', mergedInto: canonicalId(row._masterid_value ?? ''), why: 'merged' };
    const consents = await consentsAbout(send, [row.emailaddress1], map.purpose);
    return 'is' in consents ? consents : heldOf(id, row, map, consents);
  };

  /** Many at once: as many in one question as an address may carry. */
  const readAll = async (ids: readonly string[], map: StatusMap): Promise<readonly (StatusSeen | null)[] | Refusal> => {
    const wanted = ids.map(canonicalId);
    const shown = new Map<string, v.InferOutput<typeof Shown>>();
    for (const filter of anyOf(wanted.flatMap((id) => (id ? [`contactid eq ${id}`] : [])))) {
      const answer = await rowsOf(send, query('contacts', select(map), `$filter=${filter}`));
      if ('is' in answer) return answer;
      for (const row of answer.value) {
        const one = v.safeParse(Shown, row);
        const id = one.success ? canonicalId(one.output.contactid) : null;
        if (one.success && id && !one.output.merged) shown.set(id, one.output);
      }
    }
    const consents = await consentsAbout(
      send,
      [...shown.values()].map(({ emailaddress1 }) => emailaddress1),
      map.purpose,
    );
    if ('is' in consents) return consents;
    return wanted.map((id) => {
      const row = id ? shown.get(id) : undefined;
      return id && row ? heldOf(id, row, map, consents).seen : null;
    });
  };

  const patch = async (
    entity: string,
    body: Readonly<Record<string, unknown>>,
    version: string | null,
  ): Promise<Refusal | null> => {
    const headers = { 'OData-MaxVersion': '4.0', 'OData-Version': '4.0', 'If-Match': version ?? '*' };
    const path = `${BASE}/${entity}`;
    const response = await orUnknown(send({ method: 'PATCH', path, headers, body }));
    if ('is' in response) return response;
    return response.status === 204 ? null : refusalOf(response);
  };

  const put: StatusHands['put'] = async (id, values, map, version, held, since) => {
    const { consents } = held as DataverseHeld;
    // The column is opened last: whatever happens in between, something is closed, and the next try sees the rest.
    for (const { entity, body, version: row } of openings(consents, since)) {
      const refused = await patch(entity, body, row);
      if (refused) return refused;
    }
    const body = fieldsFor(values, map);
    if (Object.keys(body).length > 0) {
      const refused = await patch(`contacts(${canonicalId(id)})`, body, version);
      if (refused) return refused;
    }
    for (const { entity, body: closed } of closings(consents, values)) {
      const refused = await patch(entity, closed, null);
      if (refused) return refused;
    }
    return null;
  };

  return {
    statusFields: async () => {
      const select = '$select=LogicalName,AttributeType,IsCustomAttribute,IsValidForUpdate,DisplayName';
      const path = `${BASE}/EntityDefinitions(LogicalName='contact')/Attributes?${select}`;
      const { value } = await reading(send, ask(path), Attributes);
      const offered = value.flatMap((one): StatusField[] => {
        const holds = Object.hasOwn(KINDS, one.AttributeType) ? KINDS[one.AttributeType] : undefined;
        const usable = one.IsValidForUpdate && (one.IsCustomAttribute || NATIVE.has(one.LogicalName));
        if (!holds || !usable) return [];
        const label = one.DisplayName?.UserLocalizedLabel?.Label || one.LogicalName;
        return [{ name: one.LogicalName, label, holds, native: !one.IsCustomAttribute }];
      });
      const purposes = await purposesOf(send);
      if ('is' in purposes) throw new Refused(purposes);
      return { offered: [...offered, ...purposes], usual: usual(offered, USUAL) };
    },
    readStatus: async (ids, map) => {
      const all = await readAll(ids, map);
      if ('is' in all) throw new Refused(all);
      return all;
    },
    writeStatus: statusWriter({ read, put }),
  };
};
