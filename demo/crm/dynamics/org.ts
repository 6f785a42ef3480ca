import { createHash } from 'node:crypto';
import {
  badPayload,
  badRequest,
  doesNotExist,
  exists,
  noPrivilege,
  otherVersion,
  ServiceError,
  twinFound,
} from './errors.ts';
import { ACTIVITIES, type Column, navOf, privilegeOf, type Table, tableByName, tableBySet } from './schema.ts';

export type Value = string | number | boolean | null;
/** Columns by their names; lookups as `_<name>_value`, with the table they lead to as `_<name>_table`. */
export type Row = Record<string, Value>;

/** One change to the organisation's data, in the order in which it was committed. */
export interface Effect {
  readonly at: string;
  readonly kind: 'create' | 'update' | 'delete' | 'invite';
  readonly table: string;
  readonly id: string;
  readonly fields: readonly string[];
  readonly by: string;
}

export interface Condition {
  /** `If-Match`: `*` or an ETag. */
  readonly match?: string | undefined;
  /** `If-None-Match`: `*`. */
  readonly noneMatch?: string | undefined;
  /** `MSCRM.SuppressDuplicateDetection: false`. */
  readonly detectTwins?: boolean | undefined;
}

interface Snapshot {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, Row>>;
  readonly effects: number;
  readonly version: number;
}

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;
export const guidIn = (text: string): string | undefined => GUID.exec(text)?.[1]?.toLowerCase();
export const etagOf = (row: Row): string => `W/"${row.versionnumber}"`;
export const lookupValue = (name: string): string => `_${name}_value`;
const lookupTable = (name: string): string => `_${name}_table`;

/** Required and optional attendees: who a mail server writes to. */
const ATTENDS = new Set([5, 6]);

/** The organisation's data and the rules that a write must pass. No HTTP in here. */
export class Org {
  readonly effects: Effect[] = [];
  readonly organizationId: string;
  readonly now: () => Date;
  /** Columns that this organisation made and demands, by table. */
  readonly demands = new Map<string, Column>();
  /** Privileges that everybody lacks. */
  readonly revoked = new Set<string>();
  /** The code beside "a record with matching key values already exists": older services leave it empty. */
  existsCode = '0x80060892';
  private tables = new Map<string, Map<string, Row>>();
  private made = 0;
  private version = 470_000;

  constructor(now: () => Date) {
    this.now = now;
    this.organizationId = this.nextId('organization');
  }

  /** Repeatable, and spread: a real organisation's ids look like chance too. */
  nextId(table: string): string {
    this.made += 1;
    const hex = createHash('sha256').update(`${table}/${this.made}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-ed11-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  }

  // ---- reading -----------------------------------------------------------------------------------------------------

  private rowsOf(name: string): Map<string, Row> {
    let rows = this.tables.get(name);
    if (rows === undefined) {
      rows = new Map();
      this.tables.set(name, rows);
    }
    return rows;
  }

  rows(name: string): Row[] {
    return [...this.rowsOf(name).values()];
  }

  find(name: string, id: Value | undefined): Row | undefined {
    return typeof id === 'string' ? this.rowsOf(name).get(id) : undefined;
  }

  live(table: Table, id: string): Row {
    const row = this.find(table.name, id);
    if (row === undefined) throw doesNotExist(table.name, id);
    return row;
  }

  titleOf(name: string, id: Value | undefined): string {
    const table = tableByName.get(name);
    return String(this.find(name, id)?.[table?.title ?? ''] ?? '');
  }

  /** The record that a lookup leads to. */
  follow(row: Row, lookup: string): { readonly table: Table; readonly row: Row } | undefined {
    const table = tableByName.get(String(row[lookupTable(lookup)] ?? ''));
    const target = table && this.find(table.name, row[lookupValue(lookup)]);
    return table && target ? { table, row: target } : undefined;
  }

  partiesOf(activityId: string): Row[] {
    return this.rows('activityparty').filter((row) => row[lookupValue('activityid')] === activityId);
  }

  // ---- writing -----------------------------------------------------------------------------------------------------

  private snapshot(): Snapshot {
    return {
      tables: new Map(
        [...this.tables].map(([name, rows]) => [name, new Map([...rows].map(([id, row]) => [id, { ...row }]))]),
      ),
      effects: this.effects.length,
      version: this.version,
    };
  }

  /** All of it or nothing. */
  together<T>(work: () => T): T {
    const before = this.snapshot();
    try {
      return work();
    } catch (error) {
      this.tables = new Map(
        [...before.tables].map(([name, rows]) => [name, new Map([...rows].map(([id, row]) => [id, { ...row }]))]),
      );
      this.effects.length = before.effects;
      this.version = before.version;
      throw error;
    }
  }

  clear(): void {
    this.tables.clear();
    this.effects.length = 0;
    this.revoked.clear();
    this.made = 1;
  }

  /** Puts a row as it is: for seeds only. */
  plant(
    name: string,
    row: Row,
    created: Date,
    lookups: Readonly<Record<string, readonly [string, string]>> = {},
  ): string {
    const table = tableByName.get(name);
    if (table === undefined) throw new Error(`no table ${name}`);
    const id = this.nextId(name);
    const full: Row = { statecode: 0, statuscode: 1, ...row, [table.key]: id };
    for (const [lookup, [to, target]] of Object.entries(lookups)) point(full, lookup, to, target);
    this.derive(table, full);
    this.rowsOf(name).set(id, full);
    this.stamp(full, created, created);
    return id;
  }

  /** PATCH with a key: makes the record or changes it, within the conditions. Answers whether it was made. */
  upsert(table: Table, id: string, body: Record<string, unknown>, condition: Condition, user: string): boolean {
    const row = this.find(table.name, id);
    if (row === undefined) {
      if (condition.match !== undefined) throw doesNotExist(table.name, id);
      this.create(table, id, body, condition, user);
      return true;
    }
    if (condition.noneMatch === '*') throw exists(this.existsCode);
    this.check(row, condition);
    this.update(table, row, body, user);
    return false;
  }

  create(table: Table, id: string, body: Record<string, unknown>, condition: Condition, user: string): Row {
    this.need('Create', table, user);
    const { given, parties } = this.parse(table, body);
    if (condition.detectTwins) this.refuseTwins(table, given);
    const row: Row = { [table.key]: id, statecode: 0, statuscode: table.states[0]?.[0] ?? 1 };
    point(row, 'ownerid', 'systemuser', user);
    // A new record is in its first state: any other is set by an update, as the older services have it.
    if ('statecode' in given && given.statecode !== 0) {
      throw badRequest(
        `${given.statuscode ?? -1} is not a valid status code for state code Active on ${table.name} with Id ${id}.`,
        '0x80048408',
      );
    }
    Object.assign(row, given);
    this.derive(table, row);
    this.rowsOf(table.name).set(id, row);
    this.stamp(row, this.now(), this.now());
    if (parties !== undefined) this.setParties(table, row, parties);
    if (table.name === 'connection') this.reciprocate(row, user);
    this.note('create', table, id, Object.keys(body), user);
    this.inviteIfAttended(table, row, user);
    return row;
  }

  update(table: Table, row: Row, body: Record<string, unknown>, user: string): void {
    this.need('Write', table, user);
    const { given, parties } = this.parse(table, body);
    this.setState(table, row, given);
    Object.assign(row, given);
    this.derive(table, row);
    this.stamp(row, new Date(String(row.createdon)), this.now());
    if (parties !== undefined) this.setParties(table, row, parties);
    this.note('update', table, String(row[table.key]), Object.keys(body), user);
    this.inviteIfAttended(table, row, user);
  }

  delete(table: Table, row: Row, condition: Condition, user: string): void {
    this.need('Delete', table, user);
    this.check(row, condition);
    const id = String(row[table.key]);
    this.rowsOf(table.name).delete(id);
    for (const each of this.rows('connection')) {
      if ([each[lookupValue('record1id')], each[lookupValue('record2id')]].includes(id))
        this.rowsOf('connection').delete(String(each.connectionid));
    }
    for (const party of this.partiesOf(id)) this.rowsOf('activityparty').delete(String(party.activitypartyid));
    this.note('delete', table, id, [], user);
  }

  /** The subordinate becomes inactive and names its master; what regarded it regards the master. */
  merge(table: Table, master: Row, subordinate: Row, user: string): void {
    this.need('Write', table, user);
    const [to, from] = [String(master[table.key]), String(subordinate[table.key])];
    for (const name of [...ACTIVITIES, 'contact', 'connection', 'annotation', 'activityparty']) {
      for (const row of this.rows(name)) {
        for (const [key, value] of Object.entries(row)) if (key.endsWith('_value') && value === from) row[key] = to;
      }
    }
    Object.assign(subordinate, { merged: true, statecode: 1, statuscode: 2 });
    point(subordinate, 'masterid', table.name, to);
    this.stamp(subordinate, new Date(String(subordinate.createdon)), this.now());
    this.note('update', table, from, ['masterid'], user);
  }

  private note(kind: Effect['kind'], table: Table, id: string, fields: readonly string[], by: string): void {
    this.effects.push({ at: this.now().toISOString(), kind, table: table.name, id, fields, by });
  }

  private stamp(row: Row, created: Date, modified: Date): void {
    this.version += 1;
    const at = (date: Date) => date.toISOString().replace(/\.\d{3}Z$/, 'Z');
    Object.assign(row, { createdon: at(created), modifiedon: at(modified), versionnumber: this.version });
  }

  // ---- rules -------------------------------------------------------------------------------------------------------

  need(act: 'Create' | 'Write' | 'Read' | 'Delete', table: Table, user: string): void {
    const privilege = privilegeOf(act, table);
    if (this.revoked.has(privilege)) throw noPrivilege(privilege, user);
  }

  private check(row: Row, { match }: Condition): void {
    if (match !== undefined && match !== '*' && match !== etagOf(row)) throw otherVersion();
  }

  private refuseTwins(table: Table, given: Row): void {
    const mail = given.emailaddress1;
    if (table.name === 'contact' && mail && this.rows('contact').some((row) => row.emailaddress1 === mail))
      throw twinFound();
  }

  private derive(table: Table, row: Row): void {
    if (table.name === 'contact' || table.name === 'systemuser') {
      row.fullname = [row.firstname, row.lastname].filter(Boolean).join(' ');
    }
    if (table.name === 'connection') row.name = this.titleOf(String(row._record2id_table), row._record2id_value);
  }

  /** State and reason belong together; either alone brings the other's first. */
  private setState(table: Table, row: Row, given: Row): void {
    if (!('statecode' in given) && !('statuscode' in given)) return;
    const state =
      given.statecode ??
      Object.keys(table.states).find((each) => table.states[Number(each)]?.includes(Number(given.statuscode)));
    const reasons = table.states[Number(state)];
    const reason = given.statuscode ?? reasons?.[0];
    if (!reasons?.includes(Number(reason))) {
      throw badRequest(
        `${reason} is not a valid status code for state code ${state} on ${table.name} with Id ${row[table.key]}.`,
        '0x80048408',
      );
    }
    Object.assign(given, { statecode: Number(state), statuscode: Number(reason) });
    if (Number(state) === 1 && table.parties !== null)
      given.actualend = this.now()
        .toISOString()
        .replace(/\.\d{3}Z$/, 'Z');
  }

  private parse(table: Table, body: Record<string, unknown>): { given: Row; parties: unknown[] | undefined } {
    const given: Row = {};
    let parties: unknown[] | undefined;
    for (const [name, value] of Object.entries(body)) {
      if (name.startsWith('@odata.')) continue;
      if (name === table.parties && Array.isArray(value)) {
        parties = value;
        continue;
      }
      const bound = /^(\w+)@odata\.bind$/.exec(name)?.[1];
      if (bound !== undefined) {
        this.bind(table, given, bound, value);
        continue;
      }
      const column = table.columns.get(name) ?? this.demanded(table, name);
      if (column === undefined) {
        throw badPayload(
          table.set,
          `An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload.`,
        );
      }
      // The key may be repeated in the body; what the service gives is ignored, as it does.
      if (column.writable) given[name] = parseValue(table, column, value);
    }
    return { given, parties };
  }

  demanded(table: Table, name?: string): Column | undefined {
    const column = this.demands.get(table.name);
    return name === undefined || column?.name === name ? column : undefined;
  }

  private bind(table: Table, given: Row, nav: string, value: unknown): void {
    const found = navOf(table, nav);
    if (found === undefined) throw badPayload(table.set, `An undeclared property '${nav}' was found in the payload.`);
    const { lookup, to } = found;
    if (value === null) {
      given[lookupValue(lookup.name)] = null;
      return;
    }
    const target = referenceIn(value);
    if (target === undefined || target.table !== to) {
      throw badPayload(
        table.set,
        `The value '${String(value)}' of '${nav}@odata.bind' is not a reference to ${to.name}.`,
      );
    }
    if (this.find(to.name, target.id) === undefined) throw doesNotExist(to.name, target.id);
    point(given, lookup.name, to.name, target.id);
  }

  /** The list that is given replaces the one that was. */
  private setParties(table: Table, row: Row, list: readonly unknown[]): void {
    const id = String(row[table.key]);
    for (const party of this.partiesOf(id)) this.rowsOf('activityparty').delete(String(party.activitypartyid));
    for (const raw of list) {
      const given = (raw ?? {}) as Record<string, unknown>;
      const bound = Object.entries(given).find(([name]) => /^partyid_\w+@odata\.bind$/.test(name));
      const target = bound && referenceIn(bound[1]);
      if (!target || bound[0] !== `partyid_${target.table.name}@odata.bind`) {
        throw badPayload(table.set, 'An activity party names nobody.');
      }
      if (this.find(target.table.name, target.id) === undefined) throw doesNotExist(target.table.name, target.id);
      const party: Row = {
        activitypartyid: this.nextId('activityparty'),
        participationtypemask: Number(given.participationtypemask ?? 0),
      };
      point(party, 'activityid', table.name, id);
      point(party, 'partyid', target.table.name, target.id);
      this.rowsOf('activityparty').set(String(party.activitypartyid), party);
    }
  }

  /** Each connection has its mirror, made by the service. */
  private reciprocate(row: Row, user: string): void {
    const id = this.nextId('connection');
    const mirror: Row = { ...row, connectionid: id, ismaster: false };
    point(mirror, 'record1id', String(row._record2id_table), String(row._record2id_value));
    point(mirror, 'record2id', String(row._record1id_table), String(row._record1id_value));
    point(mirror, 'relatedconnectionid', 'connection', String(row.connectionid));
    point(mirror, 'ownerid', 'systemuser', user);
    Object.assign(row, { ismaster: true });
    point(row, 'relatedconnectionid', 'connection', id);
    this.derive(tableByName.get('connection') as Table, mirror);
    this.rowsOf('connection').set(id, mirror);
  }

  /**
   * What server-side synchronisation and the mail server would do, in the strictest reading: an appointment with an
   * attendee is an invitation, whatever its time and state.
   */
  private inviteIfAttended(table: Table, row: Row, user: string): void {
    if (table.name !== 'appointment') return;
    const guests = this.partiesOf(String(row.activityid)).filter(
      (party) => ATTENDS.has(Number(party.participationtypemask)) && party._partyid_table === 'contact',
    );
    if (guests.length > 0)
      this.note(
        'invite',
        table,
        String(row.activityid),
        guests.map((each) => String(each._partyid_value)),
        user,
      );
  }
}

function point(row: Row, lookup: string, to: string, id: string): void {
  row[lookupValue(lookup)] = id;
  row[lookupTable(lookup)] = to;
}

/** `/contacts(guid)`, `contacts(guid)` or the whole address. */
export function referenceIn(value: unknown): { readonly table: Table; readonly id: string } | undefined {
  const found = /(?:^|\/)(\w+)\(([^()]+)\)$/.exec(String(value));
  const table = tableBySet.get(found?.[1] ?? '');
  const id = guidIn(found?.[2] ?? '');
  return table && id ? { table, id } : undefined;
}

function parseValue(table: Table, column: Column, value: unknown): Value {
  if (value === null) return null;
  const wrong = () =>
    badPayload(
      table.set,
      `Cannot convert the literal '${String(value)}' to the expected type of attribute '${column.name}'.`,
    );
  switch (column.type) {
    case 'string':
    case 'memo':
      if (typeof value !== 'string') throw wrong();
      if ([...value].length > column.max) {
        throw new ServiceError(
          400,
          '0x80044331',
          `The length of the '${column.name}' attribute of the '${table.name}' entity exceeded the maximum allowed length of '${column.max}'.`,
        );
      }
      return value;
    case 'int':
      if (typeof value !== 'number' || !Number.isInteger(value)) throw wrong();
      if (column.choices && !column.choices.some((choice) => choice.value === value)) {
        throw badRequest(
          `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' is outside the valid range. Accepted Values: ${column.choices.map((choice) => choice.value).join(',')}`,
          '0x80048408',
        );
      }
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrong();
      return value;
    case 'datetime': {
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value)))
        throw wrong();
      return new Date(value).toISOString().replace(/\.\d{3}Z$/, 'Z');
    }
    case 'guid':
      return guidIn(String(value)) ?? null;
  }
}
