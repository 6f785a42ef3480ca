/**
 * Consents by contact point, as the marketing applications keep them, in one of two tables.
 *
 * **The same number means opposite things in them**: 534120001 is *opted out* in the older table and *opted in* in the
 * newer one. So the meanings stand with their table, and are never looked up by number alone.
 */
import type { Limit, Send, StatusField } from '../adapter.ts';
import type { Refusal } from '../exchange.ts';
import { type Least, leastPermissive } from '../reconcile.ts';
import { query, quoted } from './read.ts';
import { canonicalId } from './record-id.ts';
import { anyOf, type Row, rowsOf } from './rows.ts';

interface ConsentTable {
  readonly set: string;
  readonly key: string;
  readonly column: string;
  readonly means: Readonly<Record<number, 'in' | 'out'>>;
  readonly in: number;
  readonly out: number;
  /** The lookup of the purpose a row is for; the older table has none. */
  readonly purpose: string | null;
}

const POINT = 'msdynmkt_contactpointvalue';

const TABLES: readonly ConsentTable[] = [
  {
    set: 'msdynmkt_contactpointconsent4s',
    key: 'msdynmkt_contactpointconsent4id',
    column: 'msdynmkt_value',
    // 534120000: not set.
    means: { 534120001: 'in', 534120002: 'out' },
    in: 534120001,
    out: 534120002,
    purpose: '_msdynmkt_purposeid_value',
  },
  {
    set: 'msdynmkt_contactpointconsents',
    key: 'msdynmkt_contactpointconsentid',
    column: 'msdynmkt_consentstatus',
    means: { 534120000: 'in', 534120001: 'out' },
    in: 534120000,
    out: 534120001,
    purpose: null,
  },
];

/** Kinds of contact point, the same in both. Custom ones are nobody's channel here. */
const CHANNELS: Readonly<Record<number, Limit>> = { 534120000: 'email', 534120001: 'message', 534120003: 'phone' };

export interface Consent {
  readonly table: ConsentTable;
  readonly id: string;
  /** Whose it is; the service compares without regard to case. */
  readonly address: string;
  readonly limit: Limit;
  readonly is: 'in' | 'out';
  /** When it was last changed, and its version; both only of a row for the purpose that may be opened. */
  readonly opens: { readonly changedAt: string; readonly version: string } | null;
}

/** May not be asked for, or is not there: of a table, or of a column. */
const isShut = ({ is }: Refusal): boolean => is === 'forbidden' || is === 'invalid' || is === 'gone';

/** What may not be read of a purpose must not keep a row from being closed: then it is asked for without. */
const rowsIn = async (send: Send, table: ConsentTable, filter: string, purpose: string | undefined) => {
  const columns = `${table.key},${POINT},msdynmkt_contactpointtype,${table.column}`;
  const asked = (more: string) => rowsOf(send, query(table.set, `$select=${columns}${more}`, `$filter=${filter}`));
  if (!purpose || !table.purpose) return asked('');
  const answer = await asked(`,modifiedon,${table.purpose}`);
  return 'is' in answer && isShut(answer) ? asked('') : answer;
};

/** Consents of addresses; none where no marketing application is installed, or this person may not read them. */
export const consentsAbout = async (
  send: Send,
  addresses: readonly (string | null)[],
  purpose: string | undefined,
): Promise<readonly Consent[] | Refusal> => {
  const asked = anyOf(addresses.flatMap((address) => (address ? [`${POINT} eq ${quoted(address)}`] : [])));
  const found: Consent[] = [];
  for (const table of TABLES) {
    for (const filter of asked) {
      const answer = await rowsIn(send, table, filter, purpose);
      if ('is' in answer && isShut(answer)) break;
      if ('is' in answer) return answer;
      for (const row of answer.value) {
        const [id, address] = [row[table.key], row[POINT]];
        const limit = CHANNELS[Number(row.msdynmkt_contactpointtype)];
        const is = table.means[Number(row[table.column])];
        if (typeof id === 'string' && typeof address === 'string' && limit && is)
          found.push({ table, id, address, limit, is, opens: opening(row, table, purpose) });
      }
    }
  }
  return found;
};

const opening = (row: Row, table: ConsentTable, purpose: string | undefined): Consent['opens'] => {
  const mine = table.purpose === null ? null : canonicalId(String(row[table.purpose] ?? ''));
  if (!purpose || mine === null || mine !== canonicalId(purpose)) return null;
  const at = Date.parse(String(row.modifiedon));
  const version = row['@odata.etag'];
  return Number.isNaN(at) || typeof version !== 'string' ? null : { changedAt: new Date(at).toISOString(), version };
};

/** Those of one address. */
export const consentsOf = (consents: readonly Consent[], address: string | null): readonly Consent[] =>
  consents.filter((one) => one.address.toLowerCase() === address?.toLowerCase());

export const placesOf = (flags: Readonly<Partial<Record<Limit, boolean>>>, consents: readonly Consent[]): Least =>
  leastPermissive(
    flags,
    consents.map(({ limit, is, opens }) => ({ limit, stops: is === 'out', opens: opens?.changedAt ?? null })),
  );

/** What closes the consents that are still open. */
export const closings = (
  consents: readonly Consent[],
  values: Readonly<Partial<Record<Limit, unknown>>>,
): readonly { readonly entity: string; readonly body: Readonly<Record<string, number>> }[] =>
  consents
    .filter(({ limit, is }) => is === 'in' && values[limit] === true)
    .map(({ table, id }) => ({ entity: `${table.set}(${id})`, body: { [table.column]: table.out } }));

/** What opens those that are closed, for the purpose only, each over the version that was read. */
export const openings = (
  consents: readonly Consent[],
  since: Readonly<Partial<Record<Limit, string>>>,
): readonly {
  readonly entity: string;
  readonly body: Readonly<Record<string, number>>;
  readonly version: string;
}[] =>
  consents.flatMap(({ table, id, limit, is, opens }) =>
    is === 'out' && opens && since[limit] !== undefined
      ? [{ entity: `${table.set}(${id})`, body: { [table.column]: table.in }, version: opens.version }]
      : [],
  );

const PURPOSES = 'msdynmkt_purposes';

/** Purposes of the marketing application; none where there is no such application, or they may not be read. */
export const purposesOf = async (send: Send): Promise<readonly StatusField[] | Refusal> => {
  const answer = await rowsOf(send, query(PURPOSES, '$select=msdynmkt_purposeid,msdynmkt_name'));
  if ('is' in answer) return isShut(answer) ? [] : answer;
  return answer.value.flatMap(({ msdynmkt_purposeid: raw, msdynmkt_name: label }): StatusField[] => {
    const name = canonicalId(String(raw ?? ''));
    return name ? [{ name, label: typeof label === 'string' ? label : name, holds: 'purpose', native: false }] : [];
  });
};
