/** A model organisation: records, who may do what, and every effect it had. Rules as demo/crm/org.ts has them. */
import { canonicalId as canonical } from '../../../src/crm/salesforce/record-id.ts';

const known = new Map<string, string | null>();

/** The product's own, its answers remembered: the model asks for each id many times. */
const canonicalId = (id: string): string | null => {
  const held = known.get(id);
  if (held !== undefined) return held;
  const made = canonical(id);
  if (known.size > 20_000) known.clear();
  known.set(id, made);
  return made;
};

export type Kind = 'Contact' | 'Account' | 'Event' | 'Task' | 'EventRelation' | 'TaskRelation';
export interface CrmRecord {
  readonly Id: string;
  readonly type: Kind;
  readonly by: string;
  deleted: boolean;
  mergedInto: string | null;
  readonly fields: Record<string, unknown>;
}
export interface Effect {
  readonly is: 'created' | 'updated';
  readonly record: CrmRecord;
  readonly user: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const PREFIX: Readonly<Record<Kind, string>> = {
  Contact: '003',
  Account: '001',
  Event: '00U',
  Task: '00T',
  EventRelation: '0RE',
  TaskRelation: '0RT',
};
export const KEY = 'Candor_Key__c';
export const USERS = { ann: '005000000000001', bob: '005000000000002' } as const;
export type UserName = keyof typeof USERS;
export const userId = (name: UserName): string => canonicalId(USERS[name]) ?? '';

/** What one item of a call is answered with instead of being done. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly fields: readonly string[] = [],
  ) {
    super(message);
  }
}

export class Org {
  readonly records = new Map<string, CrmRecord>();
  readonly effects: Effect[] = [];
  keyField = true;
  /** Its own clock, which has nothing to do with the device's. */
  now: () => number = () => 0;
  private count = 0;

  plant(type: Kind, fields: Record<string, unknown>, by = 'org'): CrmRecord {
    this.count += 1;
    const Id = canonicalId(`${PREFIX[type]}${String(this.count).padStart(12, '0')}`) ?? '';
    const record: CrmRecord = { Id, type, by, deleted: false, mergedInto: null, fields };
    this.records.set(Id, record);
    return record;
  }

  live(type: Kind): CrmRecord[] {
    return [...this.records.values()].filter((record) => record.type === type && !record.deleted);
  }

  find(id: unknown): CrmRecord | null {
    const long = typeof id === 'string' ? canonicalId(id) : null;
    return (long && this.records.get(long)) || null;
  }

  byKey(key: string): CrmRecord | null {
    for (const record of this.records.values()) {
      if (!record.deleted && String(record.fields[KEY] ?? '').toLowerCase() === key.toLowerCase()) return record;
    }
    return null;
  }

  private check(fields: Readonly<Record<string, unknown>>, self: CrmRecord | null): void {
    for (const name of ['WhoId', 'WhatId', 'RelationId', 'EventId', 'TaskId']) {
      if (!(name in fields)) continue;
      const target = this.find(fields[name]);
      if (!target) throw new Refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [name]);
      if (target.deleted) throw new Refusal('ENTITY_IS_DELETED', 'entity is deleted', [name]);
    }
    const key = fields[KEY];
    const twin = typeof key === 'string' ? this.byKey(key) : null;
    if (twin && twin !== self) throw duplicate(KEY, twin);
  }

  create(type: Kind, fields: Readonly<Record<string, unknown>>, user: string): CrmRecord {
    if (type === 'Event' && !(fields.StartDateTime && fields.EndDateTime))
      throw new Refusal('REQUIRED_FIELD_MISSING', 'Required fields are missing: [StartDateTime]', ['StartDateTime']);
    this.check(fields, null);
    if (type === 'EventRelation' || type === 'TaskRelation') this.checkRelation(type, fields);
    const record = this.plant(type, { ...fields }, user);
    this.effects.push({ is: 'created', record, user, fields });
    return record;
  }

  update(record: CrmRecord, fields: Readonly<Record<string, unknown>>, user: string): void {
    if (record.deleted) throw new Refusal('ENTITY_IS_DELETED', 'entity is deleted');
    if ('TaskSubtype' in fields)
      throw new Refusal('INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: TaskSubtype', [
        'TaskSubtype',
      ]);
    this.check(fields, record);
    Object.assign(record.fields, fields);
    this.touch(record);
    this.effects.push({ is: 'updated', record, user, fields });
  }

  /** Somebody changed it now. The CRM writes down whole seconds. */
  touch(record: CrmRecord): void {
    if (record.type !== 'Contact') return;
    const at = new Date(Math.floor(this.now() / 1000) * 1000).toISOString();
    Object.assign(record.fields, { LastModifiedDate: at, SystemModstamp: at });
  }

  upsert(type: Kind, fields: Readonly<Record<string, unknown>>, user: string): { record: CrmRecord; created: boolean } {
    const found = this.byKey(String(fields[KEY]));
    if (!found || found.type !== type) return { record: this.create(type, fields, user), created: true };
    this.update(found, fields, user);
    return { record: found, created: false };
  }

  private checkRelation(type: Kind, fields: Readonly<Record<string, unknown>>): void {
    // Documented for events; nobody says it of tasks, so here it is allowed.
    if (type === 'TaskRelation') return;
    const twin = this.related(type, this.find(fields.EventId)?.Id ?? '').find(
      ({ who }) => who === this.find(fields.RelationId)?.Id,
    );
    if (twin) throw new Refusal('DUPLICATE_VALUE', 'duplicate value found: RelationId duplicates value on record', []);
  }

  /** Everybody attached to an activity, the primary person among them. */
  related(type: Kind, activity: string): { readonly id: string; readonly who: string }[] {
    const name = type === 'EventRelation' ? 'EventId' : 'TaskId';
    const rows = this.live(type)
      .filter(({ fields }) => this.find(fields[name])?.Id === activity)
      .map(({ Id, fields }) => ({ id: Id, who: this.find(fields.RelationId)?.Id ?? '' }));
    const primary = this.find(this.records.get(activity)?.fields.WhoId)?.Id;
    return primary ? [...rows, { id: canonicalId(`0RP${activity.slice(3, 15)}`) ?? '', who: primary }] : rows;
  }
}

const duplicate = (field: string, { Id }: CrmRecord): Refusal =>
  new Refusal('DUPLICATE_VALUE', `duplicate value found: ${field} duplicates value on record with id: ${Id}`, []);
