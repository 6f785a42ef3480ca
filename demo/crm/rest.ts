import { json, type RecordedRequest, type Reply } from './core/requests.ts';
import { ApiError, type ErrorItem, notFound } from './errors.ts';
import { normaliseId } from './ids.ts';
import type { OAuth, Where } from './oauth.ts';
import { Ambiguous, type Org, parseDateTime, type Row } from './org.ts';
import { describeField, type ObjectType } from './schema.ts';
import { type Found, resolveFields, runSoql, show } from './soql.ts';
import { runSosl } from './sosl.ts';

const VERSIONS = Array.from({ length: 16 }, (_, index) => 52 + index);
const CAP = 200;
const QUERY_BATCH = 2000;

interface Call {
  readonly request: RecordedRequest;
  readonly url: URL;
  /** /services/data/vNN.0 */
  readonly base: string;
  readonly userId: string;
}

type ItemResult =
  | { readonly id: string; readonly success: true; readonly created?: boolean; readonly errors: readonly never[] }
  | { readonly id?: string; readonly success: false; readonly errors: readonly ItemError[] };

interface ItemError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export interface RestOptions {
  readonly apiMax: number;
  /** Whether one record's unknown field fails that record or the whole collection: not observed, so it can be chosen. */
  readonly unknownFieldFails: 'item' | 'request';
}

function parseBody(request: RecordedRequest): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch {
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'Unexpected character at [line:1, column:1]');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      'The HTTP entity body is required, but this request has no entity body.',
    );
  }
  return body as Record<string, unknown>;
}

const itemError = (item: ErrorItem): ItemError => ({
  statusCode: item.errorCode,
  message: item.message,
  fields: item.fields ?? [],
});

/** The REST door of the org, under any version. */
export class Rest {
  private readonly org: Org;
  private readonly oauth: OAuth;
  private readonly options: RestOptions;
  private cursors = new Map<string, { records: readonly Found[]; total: number; size: number }>();
  used = 0;

  constructor(org: Org, oauth: OAuth, options: RestOptions) {
    this.org = org;
    this.oauth = oauth;
    this.options = options;
  }

  /** `uiSession` tells a page's session cookie from an API token: the former has no right here. */
  handle(request: RecordedRequest, url: URL, where: Where, uiSession: (token: string) => boolean): Reply {
    try {
      return this.withLimits(this.route(request, url, where, uiSession));
    } catch (error) {
      if (error instanceof ApiError) return this.withLimits(json(error.status, error.items));
      throw error;
    }
  }

  private withLimits(reply: Reply): Reply {
    return {
      ...reply,
      headers: { ...reply.headers, 'Sforce-Limit-Info': `api-usage=${this.used}/${this.options.apiMax}` },
    };
  }

  private route(request: RecordedRequest, url: URL, where: Where, uiSession: (token: string) => boolean): Reply {
    const path = url.pathname.replace(/\/+$/, '');
    if (path === '/services/data') {
      return json(
        200,
        VERSIONS.map((version) => ({
          label: `Demo ${version}`,
          url: `/services/data/v${version}.0`,
          version: `${version}.0`,
        })),
      );
    }
    const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const userId = this.oauth.userOf(token);
    if (userId === undefined) {
      const message = uiSession(token)
        ? 'This session is not valid for use with the REST API'
        : 'Session expired or invalid';
      throw new ApiError(401, 'INVALID_SESSION_ID', message);
    }
    const [, version, rest = ''] = /^\/services\/data\/v(\d+)\.0(\/.*)?$/.exec(path) ?? [];
    if (version === undefined || !VERSIONS.includes(Number(version))) throw notFound();
    if (this.used >= this.options.apiMax)
      throw new ApiError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    this.used += 1;
    const call: Call = { request, url, base: `/services/data/v${version}.0`, userId };
    const parts = rest
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    const verb =
      request.method === 'POST' && url.searchParams.get('_HttpMethod') === 'PATCH' ? 'PATCH' : request.method;

    switch (parts[0]) {
      case undefined:
        return this.resources(call, where);
      case 'limits':
        return json(200, {
          DailyApiRequests: { Max: this.options.apiMax, Remaining: this.options.apiMax - this.used },
        });
      case 'query':
      case 'queryAll':
        return this.query(call, parts[0] === 'queryAll', parts[1]);
      case 'search':
        return json(200, { searchRecords: runSosl(this.org, call.base, url.searchParams.get('q') ?? '') });
      case 'sobjects':
        return this.sobjects(call, verb, parts.slice(1));
      case 'composite':
        if (parts[1] === 'sobjects') return this.collection(call, verb, parts.slice(2));
        throw notFound();
      default:
        throw notFound();
    }
  }

  private resources({ base, userId }: Call, where: Where): Reply {
    return json(200, {
      limits: `${base}/limits`,
      query: `${base}/query`,
      queryAll: `${base}/queryAll`,
      search: `${base}/search`,
      sobjects: `${base}/sobjects`,
      composite: `${base}/composite`,
      identity: `${where.identityOrigin}/id/${this.org.orgId}/${userId}`,
    });
  }

  // ---- query -------------------------------------------------------------------------------------------------------

  private query({ url, base, request }: Call, deleted: boolean, cursor: string | undefined): Reply {
    if (cursor !== undefined) {
      const [name = '', from = '0'] = cursor.split('-');
      const open = this.cursors.get(name);
      if (open === undefined) throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      return json(200, this.page(base, name, open, Number(from)));
    }
    const answer = runSoql(this.org, base, url.searchParams.get('q') ?? '', deleted);
    const size = Number(/batchSize=(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1] ?? QUERY_BATCH);
    const open = { ...answer, size: Math.max(size, 200) };
    const name = `0r8Hd${String(this.cursors.size + 1).padStart(10, '0')}`;
    if (answer.records.length > open.size) this.cursors.set(name, open);
    return json(200, this.page(base, name, open, 0));
  }

  private page(
    base: string,
    name: string,
    open: { records: readonly Found[]; total: number; size: number },
    from: number,
  ): unknown {
    const until = from + open.size;
    const done = until >= open.records.length;
    return {
      totalSize: open.total,
      done,
      ...(done ? {} : { nextRecordsUrl: `${base}/query/${name}-${until}` }),
      records: open.records.slice(from, until),
    };
  }

  // ---- one record --------------------------------------------------------------------------------------------------

  private sobjects(call: Call, verb: string, parts: readonly string[]): Reply {
    const { org } = this;
    const [typeName, second, third] = parts;
    if (typeName === undefined) {
      return json(200, {
        encoding: 'UTF-8',
        maxBatchSize: CAP,
        sobjects: org.types.map((type) => this.about(call.base, type)),
      });
    }
    const type = org.type(typeName);
    if (second === undefined) {
      if (verb === 'GET') return json(200, { objectDescribe: this.about(call.base, type), recentItems: [] });
      if (verb !== 'POST') throw methodNotAllowed(verb);
      return json(201, { id: org.create(type, parseBody(call.request), call.userId), success: true, errors: [] });
    }
    if (second === 'describe') {
      return json(200, {
        ...this.about(call.base, type),
        fields: type.fields.map(describeField),
        childRelationships: [],
        recordTypeInfos: [],
      });
    }
    if (second === 'updated' || second === 'deleted') return this.changes(call, type, second);
    if (third !== undefined) return this.byKey(call, verb, type, second, third);

    const row = org.live(type, second);
    switch (verb) {
      case 'GET': {
        if (stale(call.request, row) === 'unchanged') return { status: 304 };
        const fields = call.url.searchParams.get('fields')?.split(',') ?? type.fields.map((each) => each.name);
        return json(200, show(org, call.base, type, row, resolveFields(org, type, fields)), {
          'Last-Modified': new Date(instantOf(row)).toUTCString(),
        });
      }
      case 'PATCH':
        if (stale(call.request, row) === 'changed') throw preconditionFailed();
        org.update(type, row, parseBody(call.request), call.userId);
        return { status: 204 };
      case 'DELETE':
        org.delete(type, row, call.userId);
        return { status: 204 };
      default:
        throw methodNotAllowed(verb);
    }
  }

  private about(base: string, type: ObjectType): Record<string, unknown> {
    const url = `${base}/sobjects/${type.name}`;
    const system = type.name === 'Organization' || type.name === 'User';
    return {
      name: type.name,
      label: type.label,
      labelPlural: `${type.label}s`,
      keyPrefix: type.prefix,
      custom: false,
      createable: !system,
      updateable: !system,
      deletable: !system,
      queryable: true,
      retrieveable: true,
      searchable: !type.name.endsWith('Relation'),
      urls: { sobject: url, describe: `${url}/describe`, rowTemplate: `${url}/{ID}` },
    };
  }

  private changes({ url }: Call, type: ObjectType, which: 'updated' | 'deleted'): Reply {
    const [start, end] = ['start', 'end'].map((name) => parseDateTime(url.searchParams.get(name) ?? ''));
    if (start === undefined || end === undefined) {
      throw new ApiError(400, 'MALFORMED_QUERY', 'start and end must be valid date-times');
    }
    // Seconds are ignored, and only the last thirty days are kept: both documented.
    const from = floorMinute(start);
    const until = floorMinute(end);
    if (from < this.org.now().getTime() - 30 * 86_400_000 - 60_000) {
      throw new ApiError(400, 'INVALID_REPLICATION_DATE', 'startDate before org replication enabled date');
    }
    if (until <= from)
      throw new ApiError(400, 'INVALID_REPLICATION_DATE', 'endDate must be at least one minute greater than startDate');
    const rows = this.org
      .rows(type.name, true)
      .filter(
        (row) => (row.IsDeleted === true) === (which === 'deleted') && instantOf(row) >= from && instantOf(row) < until,
      );
    const latestDateCovered = new Date(until).toISOString().replace('Z', '+0000');
    if (which === 'updated') return json(200, { ids: rows.map((row) => row.Id), latestDateCovered });
    return json(200, {
      deletedRecords: rows.map((row) => ({ id: row.Id, deletedDate: row.SystemModstamp })),
      earliestDateAvailable: new Date(this.org.now().getTime() - 30 * 86_400_000).toISOString().replace('Z', '+0000'),
      latestDateCovered,
    });
  }

  private byKey(call: Call, verb: string, type: ObjectType, fieldName: string, value: string): Reply {
    const { org } = this;
    if (fieldName.toLowerCase() === 'id') {
      if (verb !== 'PATCH') throw methodNotAllowed(verb);
      org.update(type, org.live(type, value), parseBody(call.request), call.userId);
      return { status: 204 };
    }
    const key = org.keyField(type, fieldName);
    const ambiguous = (ids: readonly string[]) =>
      json(
        300,
        ids.map((id) => `${call.base}/sobjects/${type.name}/${id}`),
      );
    if (verb === 'PATCH') {
      const body = parseBody(call.request);
      const inBody = Object.keys(body).find((name) => name.toLowerCase() === key.name.toLowerCase());
      if (inBody !== undefined) {
        throw new ApiError(400, 'INVALID_FIELD', `The ${key.name} field should not be specified in the sobject data.`);
      }
      try {
        const { id, created } = org.upsert(type, key, value, body, call.userId);
        // The body on update is what versions from 46 on send; older ones answered 204 without one.
        return json(created ? 201 : 200, { id, success: true, errors: [], created });
      } catch (error) {
        if (error instanceof Ambiguous) return ambiguous(error.ids);
        throw error;
      }
    }
    const matches = org.byKey(type, key, value);
    const [row] = matches;
    if (row === undefined) throw notFound();
    if (matches.length > 1) return ambiguous(matches.map((each) => String(each.Id)));
    if (verb === 'GET') {
      const fields = call.url.searchParams.get('fields')?.split(',') ?? type.fields.map((each) => each.name);
      return json(200, show(org, call.base, type, row, resolveFields(org, type, fields)));
    }
    if (verb !== 'DELETE') throw methodNotAllowed(verb);
    org.delete(type, row, call.userId);
    return { status: 204 };
  }

  // ---- collections -------------------------------------------------------------------------------------------------

  private collection(call: Call, verb: string, parts: readonly string[]): Reply {
    const { org } = this;
    const [typeName, keyName] = parts;
    if (verb === 'DELETE' && typeName === undefined) {
      const ids = (call.url.searchParams.get('ids') ?? '').split(',').filter((id) => id !== '');
      tooMany(ids.length);
      return this.run(ids, call.url.searchParams.get('allOrNone') === 'true', (id) => {
        const target = this.target(id);
        org.delete(target.type, target.row, call.userId);
        return { id: String(target.row.Id), success: true, errors: [] };
      });
    }
    if (typeName !== undefined && keyName === undefined && (verb === 'POST' || verb === 'GET'))
      return this.retrieve(call, verb, typeName);

    const body = parseBody(call.request);
    const records = body.records;
    if (!Array.isArray(records)) throw new ApiError(400, 'JSON_PARSER_ERROR', "The 'records' parameter is required");
    tooMany(records.length);
    const allOrNone = body.allOrNone === true;
    const typed = records.map((record: unknown) => this.typed(record));

    if (typeName === undefined) {
      if (verb !== 'POST' && verb !== 'PATCH') throw methodNotAllowed(verb);
      this.unknownFieldsFirst(typed);
      return this.run(typed, allOrNone, ({ type, record }) => {
        if (verb === 'POST') return { id: org.create(type, record, call.userId), success: true, errors: [] };
        const { id, Id, ...rest } = record;
        const given = id ?? Id;
        if (typeof given !== 'string')
          throw new ApiError(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
        const target = this.target(given);
        org.update(type, target.row, rest, call.userId);
        return { id: String(target.row.Id), success: true, errors: [] };
      });
    }
    if (verb !== 'PATCH' || keyName === undefined) throw methodNotAllowed(verb);
    const type = org.type(typeName);
    const key = org.keyField(type, keyName);
    if (typed.some((each) => each.type.name !== type.name)) {
      throw new ApiError(400, 'INVALID_FIELD', 'All records in a collection upsert must be of the type in the path');
    }
    this.unknownFieldsFirst(typed);
    const keyOf = (record: Record<string, unknown>) => {
      const value = record[Object.keys(record).find((name) => name.toLowerCase() === key.name.toLowerCase()) ?? ''];
      return value === undefined || value === null || value === '' ? undefined : String(value);
    };
    const counts = new Map<string, number>();
    for (const { record } of typed) {
      const value = keyOf(record)?.toLowerCase();
      if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return this.run(typed, allOrNone, ({ record }) => {
      const value = keyOf(record);
      if (value === undefined) throw new ApiError(400, 'MISSING_ARGUMENT', `${key.name} not specified`, []);
      // A key given twice in one call fails on every row that carries it.
      if ((counts.get(value.toLowerCase()) ?? 0) > 1) {
        throw new ApiError(400, 'DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, [key.name]);
      }
      const rest = Object.fromEntries(
        Object.entries(record).filter(([name]) => name.toLowerCase() !== key.name.toLowerCase()),
      );
      try {
        const { id, created } = org.upsert(type, key, value, rest, call.userId);
        return { id, success: true, created, errors: [] };
      } catch (error) {
        if (!(error instanceof Ambiguous)) throw error;
        throw new ApiError(
          400,
          'DUPLICATE_EXTERNAL_ID',
          `${key.name}: more than one record found for external id field: [${error.ids.join(', ')}]`,
          [],
        );
      }
    });
  }

  private typed(record: unknown): { type: ObjectType; record: Record<string, unknown> } {
    const body = (typeof record === 'object' && record !== null ? record : {}) as Record<string, unknown>;
    const name = (body.attributes as { type?: unknown } | undefined)?.type;
    if (typeof name !== 'string') throw new ApiError(400, 'INVALID_TYPE', 'attributes.type is required on each record');
    const type = this.org.findType(name);
    if (type === undefined) throw new ApiError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
    const { attributes: _attributes, ...rest } = body;
    return { type, record: rest };
  }

  private unknownFieldsFirst(typed: readonly { type: ObjectType; record: Record<string, unknown> }[]): void {
    if (this.options.unknownFieldFails === 'item') return;
    for (const { type, record } of typed) {
      for (const name of Object.keys(record)) if (name.toLowerCase() !== 'id') this.org.field(type, name);
    }
  }

  private target(idText: string): { type: ObjectType; row: Row } {
    const id = normaliseId(idText);
    if (id === undefined) throw new ApiError(400, 'MALFORMED_ID', `bad id ${idText}`);
    const target = this.org.find(id);
    if (target === undefined) throw new ApiError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    if (target.row.IsDeleted === true) throw new ApiError(400, 'ENTITY_IS_DELETED', 'entity is deleted');
    return target;
  }

  /** Each item on its own; with allOrNone one refusal takes all of them back. */
  private run<Item>(items: readonly Item[], allOrNone: boolean, one: (item: Item) => ItemResult): Reply {
    const before = allOrNone ? this.org.snapshot() : undefined;
    const results = items.map((item): ItemResult => {
      try {
        return one(item);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { success: false, errors: error.items.map(itemError) };
      }
    });
    if (before === undefined || results.every((result) => result.success)) return json(200, results);
    this.org.restore(before);
    const rolledBack: ItemError = {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    };
    return json(
      200,
      results.map((result) => (result.success ? { success: false, errors: [rolledBack] } : result)),
    );
  }

  private retrieve({ url, request, base }: Call, verb: string, typeName: string): Reply {
    const { org } = this;
    const type = org.type(typeName);
    let ids: unknown = url.searchParams.get('ids')?.split(',');
    let fields: unknown = url.searchParams.get('fields')?.split(',');
    if (verb === 'POST') ({ ids, fields } = parseBody(request));
    if (!Array.isArray(ids) || !Array.isArray(fields))
      throw new ApiError(400, 'MISSING_ARGUMENT', 'ids and fields are required');
    tooMany(ids.length, 2000);
    const paths = resolveFields(org, type, fields.map(String));
    return json(
      200,
      ids.map((id) => {
        const normal = normaliseId(String(id));
        if (normal === undefined) throw new ApiError(400, 'MALFORMED_ID', `malformed id ${id}`);
        const target = org.find(normal);
        return target === undefined || target.type !== type || target.row.IsDeleted === true
          ? null
          : show(org, base, type, target.row, paths);
      }),
    );
  }
}

function tooMany(count: number, cap = CAP): void {
  if (count > cap) {
    throw new ApiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${cap} records into this call`,
    );
  }
}

const methodNotAllowed = (verb: string) =>
  new ApiError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${verb}' not allowed.`);
const preconditionFailed = () =>
  new ApiError(412, 'PRECONDITION_FAILED', 'One or more of the conditions in the request headers was not met');
const instantOf = (row: Row) => Date.parse(String(row.SystemModstamp).replace('+0000', 'Z'));
const floorMinute = (text: string) => Math.floor(Date.parse(text.replace('+0000', 'Z')) / 60_000) * 60_000;

/** If-Unmodified-Since and If-Modified-Since, in whole seconds as HTTP dates are. */
function stale(request: RecordedRequest, row: Row): 'changed' | 'unchanged' | undefined {
  const seconds = Math.floor(instantOf(row) / 1000) * 1000;
  const unmodified = request.headers['if-unmodified-since'];
  const modified = request.headers['if-modified-since'];
  for (const text of [unmodified, modified]) {
    if (text !== undefined && Number.isNaN(Date.parse(text))) {
      throw new ApiError(400, 'INVALID_HEADER', 'Malformed date in conditional header');
    }
  }
  if (unmodified !== undefined && seconds > Date.parse(unmodified)) return 'changed';
  if (modified !== undefined && request.method === 'GET' && seconds <= Date.parse(modified)) return 'unchanged';
  return undefined;
}
