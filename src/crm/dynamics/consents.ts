/**
 * Consents by contact point, as the marketing applications keep them, in one of two tables.
 *
 * **The same number means opposite things in them**: 534120001 is *opted out* in the older table and *opted in* in the
 * newer one. So the meanings stand with their table, and are never looked up by number alone.
 */
import type { Limit, Send } from '../adapter.ts';
import type { Refusal } from '../exchange.ts';
import { type Least, leastPermissive } from '../reconcile.ts';
import { query, quoted } from './read.ts';
import { anyOf, rowsOf } from './rows.ts';

interface ConsentTable {
  readonly set: string;
  readonly key: string;
  readonly column: string;
  readonly means: Readonly<Record<number, 'in' | 'out'>>;
  readonly out: number;
}

const POINT = 'msdynmkt_contactpointvalue';

const TABLES: readonly ConsentTable[] = [
  {
    set: 'msdynmkt_contactpointconsent4s',
    key: 'msdynmkt_contactpointconsent4id',
    column: 'msdynmkt_value',
    // 534120000: not set.
    means: { 534120001: 'in', 534120002: 'out' },
    out: 534120002,
  },
  {
    set: 'msdynmkt_contactpointconsents',
    key: 'msdynmkt_contactpointconsentid',
    column: 'msdynmkt_consentstatus',
    means: { 534120000: 'in', 534120001: 'out' },
    out: 534120001,
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
}

/** Consents of addresses; none where no marketing application is installed, or this person may not read them. */
export const consentsAbout = async (
  send: Send,
  addresses: readonly (string | null)[],
): Promise<readonly Consent[] | Refusal> => {
  const asked = addresses.flatMap((address) => (address ? [`${POINT} eq ${quoted(address)}`] : []));
  const found: Consent[] = [];
  for (const table of TABLES) {
    const select = `$select=${table.key},${POINT},msdynmkt_contactpointtype,${table.column}`;
    for (const filter of anyOf(asked)) {
      const answer = await rowsOf(send, query(table.set, select, `$filter=${filter}`));
      if ('is' in answer) {
        if (answer.is === 'forbidden' || answer.is === 'invalid' || answer.is === 'gone') break;
        return answer;
      }
      for (const row of answer.value) {
        const [id, address] = [row[table.key], row[POINT]];
        const limit = CHANNELS[Number(row.msdynmkt_contactpointtype)];
        const is = table.means[Number(row[table.column])];
        if (typeof id === 'string' && typeof address === 'string' && limit && is)
          found.push({ table, id, address, limit, is });
      }
    }
  }
  return found;
};

/** Those of one address. */
export const consentsOf = (consents: readonly Consent[], address: string | null): readonly Consent[] =>
  consents.filter((one) => one.address.toLowerCase() === address?.toLowerCase());

export const placesOf = (flags: Readonly<Partial<Record<Limit, boolean>>>, consents: readonly Consent[]): Least =>
  leastPermissive(
    flags,
    consents.map(({ limit, is }) => ({ limit, stops: is === 'out' })),
  );

/** What closes the consents that are still open. */
export const closings = (
  consents: readonly Consent[],
  values: Readonly<Partial<Record<Limit, unknown>>>,
): readonly { readonly entity: string; readonly body: Readonly<Record<string, number>> }[] =>
  consents
    .filter(({ limit, is }) => is === 'in' && values[limit] === true)
    .map(({ table, id }) => ({ entity: `${table.set}(${id})`, body: { [table.column]: table.out } }));
