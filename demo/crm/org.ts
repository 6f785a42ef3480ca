import { ApiError, invalidField, notFound } from './errors.ts';
import { makeId, normaliseId } from './ids.ts';
import { type Field, makeSchema, type ObjectType, type Schema, type SchemaOptions } from './schema.ts';

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;

/** One change to the org's data, in the order in which it was committed. */
export interface Effect {
  readonly at: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly sobject: string;
  readonly id: string;
  readonly fields: readonly string[];
  readonly by: string;
}

export interface Upserted {
  readonly id: string;
  readonly created: boolean;
}

/** Several records carry one key: what Salesforce answers with 300 and a list of addresses. */
export class Ambiguous extends Error {
  readonly ids: readonly string[];

  constructor(ids: readonly string[]) {
    super('several records carry this key');
    this.ids = ids;
  }
}

export interface Snapshot {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, Row>>;
  readonly effects: number;
}

const ACTIVITIES = new Set(['Event', 'Task']);

export const formatDateTime = (at: Date) => at.toISOString().replace('Z', '+0000');

/** The org's data and the rules that a write must pass. No HTTP in here. */
export class Org {
  readonly effects: Effect[] = [];
  readonly orgId: string;
  readonly now: () => Date;
  private options: SchemaOptions;
  private shape: Schema;
  private tables = new Map<string, Map<string, Row>>();
  private counters = new Map<string, number>();

  constructor(now: () => Date, options: SchemaOptions) {
    this.now = now;
    this.options = options;
    this.shape = makeSchema(options);
    this.orgId = makeId('00D', 1);
  }

  // ---- shape -------------------------------------------------------------------------------------------------------

  get settings(): SchemaOptions {
    return this.options;
  }

  get types(): readonly ObjectType[] {
    return [...this.shape.values()];
  }

  reshape(change: Partial<SchemaOptions>): void {
    this.options = { ...this.options, ...change };
    this.shape = makeSchema(this.options);
  }

  findType(name: string): ObjectType | undefined {
    return this.shape.get(name.toLowerCase());
  }

  type(name: string): ObjectType {
    const found = this.findType(name);
    if (found === undefined) throw notFound();
    return found;
  }

  field(type: ObjectType, name: string): Field {
    const found = type.byName.get(name.toLowerCase());
    if (found === undefined) throw invalidField(`No such column '${name}' on sobject of type ${type.name}`);
    return found;
  }

  /** The external id field of an upsert path, or Salesforce's own words for "there is none". */
  keyField(type: ObjectType, name: string): Field {
    const found = type.byName.get(name.toLowerCase());
    if (found?.externalId !== true)
      throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
    return found;
  }

  // ---- reading -----------------------------------------------------------------------------------------------------

  private table(name: string): Map<string, Row> {
    let table = this.tables.get(name);
    if (table === undefined) {
      table = new Map();
      this.tables.set(name, table);
    }
    return table;
  }

  /** Every stored row, the deleted and the invisible ones too. */
  raw(name: string): Row[] {
    return [...this.table(name).values()];
  }

  /** What a query sees: relation rows that only Shared Activities shows stay hidden without it. */
  rows(name: string, deleted = false): Row[] {
    const hidden = name === 'EventRelation' && !this.options.sharedActivities;
    return this.raw(name).filter((row) => (deleted || row.IsDeleted !== true) && !(hidden && row.IsInvitee !== true));
  }

  /** The record behind any id, whatever its type. */
  find(id: Value | undefined): { type: ObjectType; row: Row } | undefined {
    if (typeof id !== 'string') return undefined;
    const type = this.types.find((each) => each.prefix === id.slice(0, 3));
    const row = type === undefined ? undefined : this.table(type.name).get(id);
    return type === undefined || row === undefined ? undefined : { type, row };
  }

  /** The row that a path names; refuses as Salesforce does. */
  live(type: ObjectType, idText: string): Row {
    if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(idText)) {
      throw notFound(`Provided external ID field does not exist or is not accessible: ${idText}`);
    }
    const id = normaliseId(idText);
    if (id === undefined) throw new ApiError(400, 'MALFORMED_ID', `malformed id ${idText}`);
    const row = this.table(type.name).get(id);
    if (row === undefined) throw notFound();
    if (row.IsDeleted === true) throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    return row;
  }

  /** The value a reader gets: stored, or derived. */
  value(type: ObjectType, row: Row, each: Field): Value {
    if (each.name === 'Name' && (type.name === 'Contact' || type.name === 'User')) {
      return [row.FirstName, row.LastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
    }
    if (each.name === 'AccountId' && type.name !== 'Contact') return this.derivedAccount(type, row);
    if (each.name === 'IsClosed') return row.Status === 'Completed';
    return row[each.name] ?? (each.type === 'boolean' ? false : null);
  }

  private derivedAccount(type: ObjectType, row: Row): Value {
    const relation = type.name.endsWith('Relation') ? row.RelationId : undefined;
    for (const id of relation === undefined ? [row.WhatId, row.WhoId] : [relation]) {
      const target = this.find(id);
      if (target?.type.name === 'Account') return target.row.Id ?? null;
      if (target?.type.name === 'Contact') return target.row.AccountId ?? null;
    }
    return null;
  }

  // ---- writing -----------------------------------------------------------------------------------------------------

  snapshot(): Snapshot {
    return {
      tables: new Map(
        [...this.tables].map(([name, table]) => [name, new Map([...table].map(([id, row]) => [id, { ...row }]))]),
      ),
      effects: this.effects.length,
    };
  }

  restore(to: Snapshot): void {
    this.tables = new Map(
      [...to.tables].map(([name, table]) => [name, new Map([...table].map(([id, row]) => [id, { ...row }]))]),
    );
    this.effects.length = to.effects;
  }

  clear(): void {
    this.tables.clear();
    this.counters.clear();
    this.effects.length = 0;
  }

  nextId(type: ObjectType): string {
    const count = (this.counters.get(type.name) ?? 0) + 1;
    this.counters.set(type.name, count);
    return makeId(type.prefix, count);
  }

  /** Puts a row as it is, with its dates: for seeds only. */
  plant(typeName: string, row: Row, created: Date): string {
    const type = this.type(typeName);
    const id = typeName === 'Organization' ? this.orgId : this.nextId(type);
    const stamp = formatDateTime(created);
    const owner = this.raw('User')[0]?.Id ?? null;
    const full: Row = {
      ...(type.byName.has('ownerid') ? { OwnerId: owner } : {}),
      ...row,
      Id: id,
      IsDeleted: false,
      CreatedDate: stamp,
      CreatedById: row.OwnerId ?? owner,
      LastModifiedDate: stamp,
      LastModifiedById: row.OwnerId ?? owner,
      SystemModstamp: stamp,
    };
    this.table(type.name).set(id, full);
    if (ACTIVITIES.has(type.name)) this.keepRelations(type, full, created);
    return id;
  }

  create(type: ObjectType, body: Record<string, unknown>, userId: string): string {
    const given = this.parse(type, body, 'create');
    const row: Row = {};
    for (const each of type.fields) if (each.defaultValue !== undefined) row[each.name] = each.defaultValue;
    if (type.byName.has('ownerid')) row.OwnerId = userId;
    Object.assign(row, given);
    if (type.name === 'EventRelation') this.completeRelation(row, given);
    if (type.name === 'TaskRelation') row.IsWhat = String(row.RelationId).startsWith('001');
    if (type.name === 'Event') completeTimes(row, given);
    this.check(type, row, given, undefined);

    const id = this.nextId(type);
    const at = this.now();
    const stamp = formatDateTime(at);
    Object.assign(row, {
      Id: id,
      IsDeleted: false,
      CreatedDate: stamp,
      CreatedById: userId,
      LastModifiedDate: stamp,
      LastModifiedById: userId,
      SystemModstamp: stamp,
    });
    this.table(type.name).set(id, row);
    if (ACTIVITIES.has(type.name)) this.keepRelations(type, row, at);
    this.note('create', type, id, Object.keys(given), userId);
    return id;
  }

  update(type: ObjectType, row: Row, body: Record<string, unknown>, userId: string): void {
    const given = this.parse(type, body, 'update');
    const next: Row = { ...row, ...given };
    if (type.name === 'Event') completeTimes(next, given);
    this.check(type, next, given, row);
    const stamp = formatDateTime(this.now());
    Object.assign(row, next, { LastModifiedDate: stamp, LastModifiedById: userId, SystemModstamp: stamp });
    if (ACTIVITIES.has(type.name)) this.keepRelations(type, row, this.now());
    this.note('update', type, String(row.Id), Object.keys(given), userId);
  }

  delete(type: ObjectType, row: Row, userId: string): void {
    const stamp = formatDateTime(this.now());
    Object.assign(row, { IsDeleted: true, SystemModstamp: stamp, LastModifiedDate: stamp });
    if (ACTIVITIES.has(type.name)) {
      for (const relation of this.raw(`${type.name}Relation`)) {
        if (relation[`${type.name}Id`] === row.Id) Object.assign(relation, { IsDeleted: true, SystemModstamp: stamp });
      }
    }
    this.note('delete', type, String(row.Id), [], userId);
  }

  /** The merged record is deleted and names its master; what belonged to it belongs to the master. */
  merge(masterId: string, mergedId: string, userId: string): void {
    const type = this.type('Contact');
    const [master, merged] = [this.live(type, masterId), this.live(type, mergedId)];
    const stamp = formatDateTime(this.now());
    for (const name of ACTIVITIES) {
      for (const row of this.rows(name)) {
        if (row.WhoId !== merged.Id) continue;
        Object.assign(row, { WhoId: master.Id ?? null, SystemModstamp: stamp });
        this.keepRelations(this.type(name), row, this.now());
      }
    }
    this.delete(type, merged, userId);
    merged.MasterRecordId = master.Id ?? null;
    Object.assign(master, { SystemModstamp: stamp, LastModifiedDate: stamp });
  }

  /** The rows that carry a key; a deleted row is not one of them, which is why an upsert brings a deleted log back as a new one. */
  byKey(type: ObjectType, key: Field, value: string): Row[] {
    const wanted = value.toLowerCase();
    return this.rows(type.name).filter(
      (row) => typeof row[key.name] === 'string' && String(row[key.name]).toLowerCase() === wanted,
    );
  }

  upsert(type: ObjectType, key: Field, value: string, body: Record<string, unknown>, userId: string): Upserted {
    const matches = this.byKey(type, key, value);
    if (matches.length > 1) throw new Ambiguous(matches.map((row) => String(row.Id)));
    const found = matches[0];
    if (found === undefined) return { id: this.create(type, { ...body, [key.name]: value }, userId), created: true };
    this.update(type, found, body, userId);
    return { id: String(found.Id), created: false };
  }

  private note(kind: Effect['kind'], type: ObjectType, id: string, fields: readonly string[], by: string): void {
    this.effects.push({ at: this.now().toISOString(), kind, sobject: type.name, id, fields, by });
  }

  // ---- rules -------------------------------------------------------------------------------------------------------

  /** Names, rights and types of what was given; ids come out with 18 characters. */
  private parse(type: ObjectType, body: Record<string, unknown>, act: 'create' | 'update'): Row {
    const row: Row = {};
    for (const [name, given] of Object.entries(body)) {
      if (name === 'attributes') continue;
      if (name.toLowerCase() === 'id') throw invalidField('The Id field should not be specified in the sobject data.');
      const each = this.field(type, name);
      if (act === 'create' ? !each.createable : !each.updateable) {
        throw new ApiError(
          400,
          'INVALID_FIELD_FOR_INSERT_UPDATE',
          `Unable to create/update fields: ${each.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
          [each.name],
        );
      }
      row[each.name] = parseValue(each, given);
    }
    return row;
  }

  private check(type: ObjectType, row: Row, given: Row, before: Row | undefined): void {
    const missing = type.fields
      .filter((each) => each.required && (row[each.name] ?? '') === '')
      .map((each) => each.name);
    if (missing.length > 0) {
      throw new ApiError(
        400,
        'REQUIRED_FIELD_MISSING',
        `Required fields are missing: [${missing.join(', ')}]`,
        missing,
      );
    }
    for (const each of type.fields) {
      const value = given[each.name];
      if (typeof value !== 'string') continue;
      if (each.type !== 'reference' && each.length > 0 && value.length > each.length) {
        const message = `${each.label}: data value too large: ${value.slice(0, 80)} (max length=${each.length})`;
        throw new ApiError(400, 'STRING_TOO_LONG', message, [each.name]);
      }
      if (each.type === 'reference') this.checkReference(each, value);
      if (each.picklist !== undefined && !each.picklist.includes(value)) {
        const message = `${each.label}: bad value for restricted picklist field: ${value}`;
        throw new ApiError(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [each.name]);
      }
      if (each.externalId && each.unique) this.checkUnique(each, value, before);
    }
    if (type.name === 'EventRelation' && before === undefined) this.checkRelation(row);
  }

  private checkReference(each: Field, id: string): void {
    const prefixes = this.types.filter((type) => each.referenceTo.includes(type.name)).map((type) => type.prefix);
    if (each.referenceTo.includes('Lead')) prefixes.push('00Q');
    if (!prefixes.includes(id.slice(0, 3))) {
      throw new ApiError(400, 'MALFORMED_ID', `${each.label}: id value of incorrect type: ${id}`, [each.name]);
    }
    const target = this.find(id);
    if (target === undefined)
      throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [each.name]);
    if (target.row.IsDeleted === true) throw new ApiError(400, 'ENTITY_IS_DELETED', 'entity is deleted', [each.name]);
  }

  /**
   * The key is one custom field of Activity, so an Event and a Task share it. Whether Salesforce's unique index spans both
   * was not observed; this org takes the stricter reading.
   */
  private checkUnique(each: Field, value: string, before: Row | undefined): void {
    for (const name of ACTIVITIES) {
      const twin = this.rows(name).find((row) => String(row[each.name] ?? '').toLowerCase() === value.toLowerCase());
      if (twin !== undefined && twin !== before) throw duplicateValue(each.name, String(twin.Id));
    }
  }

  /** The documentation: a row given neither IsWhat, IsParent nor IsInvitee is an invitee. */
  private completeRelation(row: Row, given: Row): void {
    row.IsWhat = typeof row.RelationId === 'string' && row.RelationId.startsWith('001');
    row.IsInvitee = given.IsInvitee ?? given.IsParent !== true;
    row.IsParent = given.IsParent ?? false;
  }

  private checkRelation(row: Row): void {
    const twin = this.raw('EventRelation').find(
      (each) => each.IsDeleted !== true && each.EventId === row.EventId && each.RelationId === row.RelationId,
    );
    // That a second row for one person is refused is documented; this code and sentence are a guess.
    if (twin !== undefined) {
      throw new ApiError(
        400,
        'DUPLICATE_VALUE',
        `duplicate value found: RelationId duplicates value on record with id: ${short(twin.Id)}`,
        [],
      );
    }
    const people = this.raw('EventRelation').filter(
      (each) =>
        each.IsDeleted !== true && each.EventId === row.EventId && each.IsParent === true && each.IsWhat !== true,
    );
    if (row.IsParent === true && row.IsWhat !== true && people.length >= 50) {
      throw new ApiError(400, 'LIMIT_EXCEEDED', 'An event can have up to 50 contacts', ['RelationId']);
    }
  }

  /** Who and what of an activity are relation rows too; a changed WhoId replaces its row. */
  private keepRelations(activity: ObjectType, row: Row, at: Date): void {
    const name = `${activity.name}Relation`;
    const idField = `${activity.name}Id`;
    const stamp = formatDateTime(at);
    for (const [target, isWhat] of [
      [row.WhoId, false],
      [row.WhatId, true],
    ] as const) {
      const mine = this.raw(name).filter(
        (each) => each[idField] === row.Id && each.IsDeleted !== true && each.IsWhat === isWhat,
      );
      const primary = mine.find((each) => each._primary === true);
      if (primary?.RelationId === (target ?? null)) continue;
      if (primary !== undefined) Object.assign(primary, { IsDeleted: true, SystemModstamp: stamp });
      if (typeof target !== 'string') continue;
      const already = mine.find((each) => each.RelationId === target && each.IsDeleted !== true);
      if (already !== undefined) {
        already._primary = true;
        continue;
      }
      const type = this.findType(name);
      const id = makeId(name === 'EventRelation' ? '0RE' : '0RT', this.bump(name));
      this.table(type?.name ?? name).set(id, {
        Id: id,
        [idField]: row.Id ?? null,
        RelationId: target,
        Status: 'New',
        IsWhat: isWhat,
        IsParent: true,
        IsInvitee: false,
        IsDeleted: false,
        CreatedDate: stamp,
        LastModifiedDate: stamp,
        SystemModstamp: stamp,
        CreatedById: row.LastModifiedById ?? null,
        LastModifiedById: row.LastModifiedById ?? null,
        _primary: true,
      });
    }
  }

  private bump(name: string): number {
    const count = (this.counters.get(name) ?? 0) + 1;
    this.counters.set(name, count);
    return count;
  }
}

const short = (id: Value | undefined) => String(id).slice(0, 15);

export function duplicateValue(fieldName: string, id: string): ApiError {
  return new ApiError(
    400,
    'DUPLICATE_VALUE',
    `duplicate value found: ${fieldName} duplicates value on record with id: ${short(id)}`,
    [],
  );
}

function jsonError(kind: string, value: unknown): ApiError {
  return new ApiError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${kind} from value ${JSON.stringify(value) ?? 'undefined'}`,
  );
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** A date-time as the API writes it, in UTC. */
export function parseDateTime(text: string): string | undefined {
  if (!DATE_TIME.test(text)) return undefined;
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at.getTime()) ? undefined : formatDateTime(at);
}

function parseValue(each: Field, given: unknown): Value {
  if (given === null) return each.type === 'boolean' ? false : null;
  switch (each.type) {
    case 'boolean':
      if (typeof given !== 'boolean') throw jsonError('boolean', given);
      return given;
    case 'int': {
      const number = typeof given === 'string' ? Number(given) : given;
      if (typeof number !== 'number' || !Number.isInteger(number)) throw jsonError('int', given);
      return number;
    }
    case 'datetime': {
      const at = typeof given === 'string' ? parseDateTime(given) : undefined;
      if (at === undefined) throw jsonError('datetime', given);
      return at;
    }
    case 'date':
      if (typeof given !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(Date.parse(given)))
        throw jsonError('date', given);
      return given;
    case 'reference': {
      if (typeof given !== 'string') throw jsonError('reference', given);
      if (given === '') return null;
      const id = normaliseId(given);
      if (id === undefined) {
        throw new ApiError(400, 'MALFORMED_ID', `${each.label}: id value of incorrect type: ${given}`, [each.name]);
      }
      return id;
    }
    case 'email':
      if (typeof given !== 'string') throw jsonError('string', given);
      if (given !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given)) {
        throw new ApiError(400, 'INVALID_EMAIL_ADDRESS', `${each.label}: invalid email address: ${given}`, [each.name]);
      }
      return given === '' ? null : given;
    default:
      if (typeof given === 'object') throw jsonError('string', given);
      return given === '' ? null : String(given);
  }
}

/** Start and end, or start and minutes, or a whole day: whatever was given, the others follow. */
function completeTimes(row: Row, given: Row): void {
  if (row.IsAllDayEvent === true && typeof row.ActivityDate === 'string') {
    row.StartDateTime = `${row.ActivityDate}T00:00:00.000+0000`;
    row.ActivityDateTime = row.StartDateTime;
    row.DurationInMinutes = typeof given.DurationInMinutes === 'number' ? given.DurationInMinutes : 1440;
    row.EndDateTime = row.StartDateTime;
    return;
  }
  const start = given.StartDateTime ?? given.ActivityDateTime ?? row.StartDateTime ?? row.ActivityDateTime;
  if (typeof start !== 'string') {
    throw new ApiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [StartDateTime/ActivityDateTime]', [
      'ActivityDateTime',
    ]);
  }
  const from = Date.parse(start.replace('+0000', 'Z'));
  const minutesGiven = typeof given.DurationInMinutes === 'number' && given.EndDateTime === undefined;
  const moved = given.StartDateTime !== undefined || given.ActivityDateTime !== undefined;
  let until: number | undefined;
  if (minutesGiven || (moved && given.EndDateTime === undefined && typeof row.DurationInMinutes === 'number')) {
    until = from + Number(row.DurationInMinutes) * 60_000;
  } else if (typeof row.EndDateTime === 'string') {
    until = Date.parse(row.EndDateTime.replace('+0000', 'Z'));
  }
  if (until === undefined) {
    throw new ApiError(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [DurationInMinutes/EndDateTime]', [
      'DurationInMinutes',
    ]);
  }
  if (until < from) {
    throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', 'Event duration cannot be negative', ['DurationInMinutes']);
  }
  if (until - from > 14 * 86_400_000) {
    throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', 'Event duration cannot be more than 14 days', [
      'DurationInMinutes',
    ]);
  }
  row.StartDateTime = start;
  row.ActivityDateTime = start;
  row.EndDateTime = formatDateTime(new Date(until));
  row.DurationInMinutes = Math.round((until - from) / 60_000);
  row.ActivityDate = start.slice(0, 10);
}
