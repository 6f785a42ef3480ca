/** `api/v1`: create, read, list, change, remove, relate. What it does and does not do is §7 and §13b of crm-protocols.md. */
import { json, type RecordedRequest, type Reply } from '../core/requests.ts';
import { ENTITIES, type EntityName, FIELDS, NEVER_TAKEN, type Records, type Row } from './records.ts';
import { Refusal } from './refusal.ts';
import { page, type Query, readQuery } from './search.ts';

const failure = (field: string, type: string): Refusal =>
  new Refusal(400, `Field validation failure; field: ${field}, type: ${type}.`, {
    messageTranslation: { label: 'validationFailure', scope: null, data: { field, type } },
  });

const notThere = (entity: string, link: string): Refusal =>
  new Refusal(403, `Can't relate with non-existing record. entity type: ${entity}, link: ${link}.`, {
    messageTranslation: { label: 'cannotRelateNonExisting', scope: null, data: { foreignEntityType: link } },
  });

/** `YYYY-MM-DD HH:MM:SS` is UTC; ISO with T and Z is taken and normalised. */
const time = (field: string, value: unknown): string => {
  const text = String(value);
  const iso = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?$/.exec(text);
  if (!iso) throw failure(field, 'valid');
  return `${iso[1]} ${iso[2]}${iso[3] ?? ':00'}`;
};

export interface RestSettings {
  nameLength: number | null;
  /** Entities this organisation's roles shut. */
  readonly shut: Set<string>;
  /** A field demanded for meetings, calls and tasks, and what may be chosen. */
  demands?: { readonly name: string; readonly choices: readonly string[] } | undefined;
  /** An administrator's own check: a meeting of the same mark is a duplicate. */
  duplicateMarks: boolean;
}

export interface Effect {
  readonly what: 'invitation';
  readonly meeting: string;
}

const NOTE_EDIT_MS = 7 * 86_400_000;

export class Rest {
  readonly effects: Effect[] = [];

  constructor(
    private readonly records: Records,
    readonly settings: RestSettings,
  ) {}

  handle(request: RecordedRequest, url: URL, user: Row): Reply {
    const [entityName = '', id, link] = url.pathname.replace(/^.*?\/api\/v1\//, '').split('/');
    if (entityName === 'Metadata') return this.metadata(url.searchParams.get('key') ?? '');
    const entity = ENTITIES.find((one) => one === entityName);
    if (!entity) throw new Refusal(404, '');
    if (this.settings.shut.has(entity)) throw new Refusal(403, `No access to ${entity}.`);
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Record<string, unknown>);
    if (id === 'action') {
      if (link !== 'sendInvitations') throw new Refusal(404, '');
      this.effects.push({ what: 'invitation', meeting: String(body.id) });
      return json(200, true);
    }
    switch (request.method) {
      case 'GET':
        if (id === undefined) return json(200, page(this.records.all(entity), readQuery(url)));
        return link === undefined
          ? json(200, this.row(entity, id))
          : json(200, this.linked(entity, id, link, readQuery(url)));
      case 'POST':
        return id === undefined ? this.create(entity, body, user, request) : this.relate(entity, id, link ?? '', body);
      case 'PUT':
      case 'PATCH':
        return this.update(entity, id ?? '', body, user);
      case 'DELETE':
        this.row(entity, id ?? '').deleted = true;
        return json(200, true);
      default:
        throw new Refusal(405, 'Method not allowed');
    }
  }

  private row(entity: EntityName, id: string): Row {
    const row = this.records.live(entity, id);
    if (row === undefined) throw new Refusal(404, '');
    return row;
  }

  private metadata(key: string): Reply {
    const described = /^entityDefs\.(\w+)\.fields$/.exec(key)?.[1];
    const entity = ENTITIES.find((one) => one === described);
    if (entity) return json(200, this.definitions(entity));
    const length = /^entityDefs\.\w+\.fields\.name\.maxLength$/.test(key) ? this.settings.nameLength : null;
    return json(200, length);
  }

  /** The fields of an entity in this organisation. */
  private fieldsOf(entity: EntityName): (typeof FIELDS)[EntityName] {
    const { demands } = this.settings;
    const activity = entity === 'Meeting' || entity === 'Call' || entity === 'Task';
    if (!demands || !activity) return FIELDS[entity];
    return { ...FIELDS[entity], [demands.name]: { required: true, custom: true, options: demands.choices } };
  }

  private definitions(entity: EntityName): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.fieldsOf(entity)).map(([name, { type, custom, required, options, readOnly, date }]) => [
        // A link is one field there, whatever attributes it has.
        name.replace(/Id$/, ''),
        {
          type: name.endsWith('Id') ? 'link' : (type ?? (options ? 'enum' : date ? 'datetime' : 'varchar')),
          ...(custom ? { isCustom: true } : {}),
          ...(required ? { required: true } : {}),
          ...(options ? { options } : {}),
          ...(readOnly ? { readOnly: true } : {}),
        },
      ]),
    );
  }

  private checked(entity: EntityName, body: Record<string, unknown>, isNew: boolean): Record<string, unknown> {
    const taken = Object.entries(body).filter(
      ([name]) => !NEVER_TAKEN.includes(name) && !this.fieldsOf(entity)[name]?.readOnly && name !== 'duration',
    );
    const values = Object.fromEntries(taken);
    for (const [name, field] of Object.entries(this.fieldsOf(entity))) {
      const value = values[name];
      if (field.required && (isNew || name in values) && (value === undefined || value === null || value === '')) {
        throw failure(name.replace(/Id$/, ''), 'required');
      }
      if (field.date && typeof value === 'string') values[name] = time(name, value);
      if (field.options && value !== undefined && !field.options.includes(String(value))) throw failure(name, 'valid');
    }
    if (typeof values.name === 'string') {
      if (/[<>=]/.test(values.name)) throw failure('name', 'pattern');
      if ([...values.name].length > (this.settings.nameLength ?? 255)) throw failure('name', 'maxLength');
    }
    this.linksExist(entity, values);
    return values;
  }

  private linksExist(entity: EntityName, values: Record<string, unknown>): void {
    const { parentType, parentId, contactsIds, assignedUserId } = values;
    if (parentId) {
      if (parentType !== 'Account' && parentType !== 'Contact') throw failure('parent', 'valid');
      if (!this.records.live(parentType, parentId)) throw notThere(entity, 'parent');
    }
    for (const one of Array.isArray(contactsIds) ? contactsIds : []) {
      if (!this.records.live('Contact', one)) throw notThere(entity, 'contacts');
    }
    if (assignedUserId && !this.records.live('User', assignedUserId)) throw notThere(entity, 'assignedUser');
  }

  private create(entity: EntityName, body: Record<string, unknown>, user: Row, { headers }: RecordedRequest): Reply {
    const values = this.checked(entity, body, true);
    if (entity === 'Contact') {
      values.name = [values.firstName, values.lastName].filter(Boolean).join(' ');
      // The opt-out is the address's: without one there is none.
      if (values.emailAddress) values.emailAddressIsOptedOut ??= false;
    }
    const twins = headers['x-skip-duplicate-check'] === 'true' ? [] : this.twins(entity, values);
    if (twins.length > 0) throw new Refusal(409, 'duplicate', twins);
    const row = this.records.add(entity, values, user.id);
    this.records.follow(entity, row);
    // The answer shows the default, whatever was sent; a later read shows what is stored.
    return json(200, entity === 'Meeting' || entity === 'Call' ? { ...row, duration: 3600 } : row);
  }

  private twins(entity: EntityName, values: Record<string, unknown>): readonly Row[] {
    if (entity === 'Contact') {
      return this.records
        .all('Contact')
        .filter((row) => row.name === values.name || (values.emailAddress && row.emailAddress === values.emailAddress));
    }
    const mark = /\[\w+:\w+\]/.exec(String(values.description ?? ''))?.[0];
    if (!this.settings.duplicateMarks || !mark) return [];
    return this.records.all(entity).filter((row) => String(row.description ?? '').includes(mark));
  }

  private update(entity: EntityName, id: string, body: Record<string, unknown>, user: Row): Reply {
    const row = this.row(entity, id);
    const age = this.records.now().getTime() - Date.parse(`${String(row.createdAt).replace(' ', 'T')}Z`);
    if (entity === 'Note' && age > NOTE_EDIT_MS) throw new Refusal(403, 'No edit access.');
    Object.assign(row, this.checked(entity, body, false));
    row.modifiedAt = this.records.now().toISOString().slice(0, 19).replace('T', ' ');
    row.modifiedById = user.id;
    this.records.follow(entity, row);
    return json(200, row);
  }

  private linked(entity: EntityName, id: string, link: string, query: Query): unknown {
    const row = this.row(entity, id);
    const of = ({ contacts: 'Contact', meetings: 'Meeting', calls: 'Call', tasks: 'Task' } as const)[link];
    if (of === undefined) throw new Refusal(404, '');
    const mine = (one: Row): boolean =>
      entity === 'Account'
        ? one.accountId === id
        : entity === 'Contact'
          ? this.records.people(one).includes(id)
          : this.records.people(row).includes(one.id);
    return page(this.records.all(of).filter(mine), query);
  }

  /** Relating somebody who is there already changes nothing. */
  private relate(entity: EntityName, id: string, link: string, body: Record<string, unknown>): Reply {
    const row = this.row(entity, id);
    if (link !== 'contacts' || (entity !== 'Meeting' && entity !== 'Call')) throw new Refusal(404, '');
    const ids = [body.id, ...(Array.isArray(body.ids) ? body.ids : [])].filter((one) => one !== undefined).map(String);
    for (const one of ids) if (!this.records.live('Contact', one)) throw new Refusal(404, '');
    row.contactsIds = [...new Set([...(Array.isArray(row.contactsIds) ? row.contactsIds.map(String) : []), ...ids])];
    return json(200, true);
  }
}
