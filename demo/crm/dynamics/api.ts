import type { RecordedRequest, Reply } from '../core/requests.ts';
import { type Answered, batchReply, type Call, entriesOf } from './batch.ts';
import { badRequest, noSegment, ServiceError } from './errors.ts';
import { contextOf, filterOf, orderOf, type Shape, shapeOf, shown } from './odata.ts';
import { type Condition, etagOf, guidIn, type Org, type Row } from './org.ts';
import { describeChoice, describeColumn, type Table, tableByName, tableBySet } from './schema.ts';

const PATH = /^\/api\/data\/(v9\.\d)\/(.*)$/;
const MOST_IN_BATCH = 1000;
/** What one page holds when nobody asks for less. */
const MOST_IN_PAGE = 5000;

interface Asked extends Call {
  readonly user: string;
  readonly origin: string;
}

const JSON_TYPE = 'application/json; odata.metadata=minimal';

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers: { 'Content-Type': JSON_TYPE, 'OData-Version': '4.0', ...headers },
  body: JSON.stringify(body),
});

export const refused = (error: ServiceError): Reply => ({
  status: error.status,
  headers: { 'Content-Type': JSON_TYPE, 'OData-Version': '4.0', ...error.headers },
  body: error.body,
});

/** The Web API of one organisation. */
export class Api {
  private readonly org: Org;
  private batches = 0;

  constructor(org: Org) {
    this.org = org;
  }

  /** `user`: whose token it was; undefined where there was none. */
  handle(request: RecordedRequest, origin: string, user: string | undefined): Reply {
    if (user === undefined) {
      return {
        status: 401,
        headers: {
          'WWW-Authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/organizations/oauth2/authorize, resource_id=${origin}/`,
        },
        body: '',
      };
    }
    const asked: Asked = { ...request, contentId: undefined, user, origin };
    try {
      if (/^\/api\/data\/v9\.\d\/\$batch$/.test(request.path)) {
        if (request.method !== 'POST') throw new ServiceError(405, '0x80060888', 'A batch is posted.');
        return this.batch(asked);
      }
      return this.one(asked);
    } catch (error) {
      if (error instanceof ServiceError) return refused(error);
      throw error;
    }
  }

  private batch(asked: Asked): Reply {
    const entries = entriesOf(asked.headers['content-type'], asked.body);
    const calls = entries.flatMap((entry) => ('call' in entry ? [entry.call] : entry.changeSet));
    if (calls.length > MOST_IN_BATCH) throw badRequest('The batch holds more than 1000 operations.', '0x80060888');
    const goesOn = /odata\.continue-on-error/.test(asked.headers.prefer ?? '');
    const answers: (Answered | readonly Answered[])[] = [];
    let status = 200;
    for (const entry of entries) {
      const answer = 'call' in entry ? this.answer(entry.call, asked) : this.changeSet(entry.changeSet, asked);
      answers.push(answer);
      const failed = 'reply' in answer && answer.reply.status >= 400;
      if (failed && !goesOn) {
        status = (answer as Answered).reply.status;
        break;
      }
    }
    this.batches += 1;
    return batchReply(answers, status, String(this.batches).padStart(8, '0'));
  }

  private answer(call: Call, asked: Asked): Answered {
    try {
      return { reply: this.one({ ...call, user: asked.user, origin: asked.origin }), contentId: call.contentId };
    } catch (error) {
      if (error instanceof ServiceError) return { reply: refused(error), contentId: call.contentId };
      throw error;
    }
  }

  /** Every answer, or the one of the operation that failed. */
  private changeSet(calls: readonly Call[], asked: Asked): readonly Answered[] | Answered {
    let failing: Call | undefined;
    try {
      return this.org.together(() =>
        calls.map((call) => {
          failing = call;
          if (call.method === 'GET') throw badRequest('A change set changes: GET is not part of it.', '0x80060888');
          return {
            reply: this.one({ ...call, user: asked.user, origin: asked.origin }),
            contentId: call.contentId,
          };
        }),
      );
    } catch (error) {
      if (error instanceof ServiceError) return { reply: refused(error), contentId: failing?.contentId };
      throw error;
    }
  }

  private one(asked: Asked): Reply {
    const url = new URL(asked.path.replace(/^(?!\/)/, '/api/data/v9.2/'), 'http://localhost');
    const found = PATH.exec(decodeURIComponent(url.pathname));
    if (!found) throw noSegment(url.pathname);
    const [, version = 'v9.2', rest = ''] = found;
    const special = this.special(asked, rest);
    if (special !== undefined) return special;

    const [, set = '', key] = /^(\w+)(?:\(([^()]*)\))?$/.exec(rest) ?? [];
    const table = tableBySet.get(set);
    if (table === undefined) throw noSegment(rest);
    const id = key === undefined ? undefined : guidIn(key);
    if (key !== undefined && id === undefined)
      throw badRequest(`Bad Request - Error in query syntax: '${key}'.`, '0x80060888');
    switch (asked.method) {
      case 'GET':
        this.org.need('Read', table, asked.user);
        return id === undefined ? this.list(asked, table, url, version) : this.read(asked, table, id, url, version);
      case 'POST':
        if (id !== undefined) break;
        return this.write(asked, table, this.org.nextId(table.name), version, (given, condition, made) => {
          this.org.create(table, made, given, condition, asked.user);
          return true;
        });
      case 'PATCH':
        if (id === undefined) break;
        return this.write(asked, table, id, version, (given, condition, made) =>
          this.org.upsert(table, made, given, condition, asked.user),
        );
      case 'DELETE': {
        if (id === undefined) break;
        this.org.delete(table, this.org.live(table, id), conditionOf(asked), asked.user);
        return { status: 204, headers: { 'OData-Version': '4.0' } };
      }
    }
    throw new ServiceError(405, '0x80060888', `The requested resource does not support http method '${asked.method}'.`);
  }

  private special(asked: Asked, rest: string): Reply | undefined {
    const { user } = asked;
    if (rest === 'WhoAmI' || rest === 'WhoAmI()') {
      return json(200, {
        '@odata.context': `${asked.origin}/api/data/v9.2/$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
        BusinessUnitId: this.org.organizationId.replace(/^.{8}/, '00000001'),
        UserId: user,
        OrganizationId: this.org.organizationId,
      });
    }
    const privilege =
      /^systemusers\(([^()]+)\)\/Microsoft\.Dynamics\.CRM\.RetrieveUserPrivilegeByPrivilegeName\(PrivilegeName='(\w+)'\)$/.exec(
        rest,
      );
    if (privilege) {
      const has = !this.org.revoked.has(privilege[2] ?? '');
      return json(200, { RolePrivileges: has ? [{ Depth: 'Global', PrivilegeName: privilege[2] }] : [] });
    }
    const [, described, cast] =
      /^EntityDefinitions\(LogicalName='(\w+)'\)\/Attributes(\/Microsoft\.Dynamics\.CRM\.PicklistAttributeMetadata)?$/.exec(
        rest,
      ) ?? [];
    if (described !== undefined) {
      const table = tableByName.get(described);
      if (!table) throw noSegment(rest);
      const demanded = this.org.demanded(table);
      const columns = [...table.columns.values(), ...(demanded ? [demanded] : [])];
      if (cast) return json(200, { value: columns.filter(({ choices }) => choices).map(describeChoice) });
      return json(200, { value: columns.map(describeColumn) });
    }
    if (rest === 'Merge' && asked.method === 'POST') {
      const given = bodyOf(asked);
      const row = (of: unknown): { table: Table; row: Row } => {
        const each = (of ?? {}) as Record<string, unknown>;
        const type = String(each['@odata.type'] ?? '')
          .split('.')
          .at(-1);
        const table = [...tableBySet.values()].find(({ name }) => name === type);
        if (!table) throw badRequest('Merge needs a type.', '0x80048d19');
        return { table, row: this.org.live(table, guidIn(String(each[table.key] ?? '')) ?? '') };
      };
      const [target, subordinate] = [row(given.Target), row(given.Subordinate)];
      this.org.merge(target.table, target.row, subordinate.row, user);
      return { status: 204, headers: { 'OData-Version': '4.0' } };
    }
    return undefined;
  }

  private read(asked: Asked, table: Table, id: string, url: URL, version: string): Reply {
    const row = this.org.live(table, id);
    const unless = asked.headers['if-none-match'];
    if (unless === etagOf(row) && !url.searchParams.has('$expand')) return { status: 304 };
    const shape = shapeOf(table, url.searchParams, annotated(asked));
    return json(
      200,
      {
        '@odata.context': `${contextOf(asked.origin, version, table, shape.select)}/$entity`,
        ...shown(this.org, table, row, shape),
      },
      { ETag: etagOf(row) },
    );
  }

  private list(asked: Asked, table: Table, url: URL, version: string): Reply {
    const params = url.searchParams;
    for (const name of params.keys()) {
      if (!['$select', '$filter', '$orderby', '$top', '$expand', '$count', '$skiptoken'].includes(name)) {
        throw badRequest(`The query parameter '${name}' is not supported.`, '0x80060888');
      }
    }
    const shape = shapeOf(table, params, annotated(asked));
    let rows = this.org.rows(table.name);
    const filter = params.get('$filter');
    if (filter) rows = rows.filter(filterOf(table, filter));
    const order = params.get('$orderby');
    rows = order ? rows.toSorted(orderOf(table, order)) : rows;
    const count = rows.length;
    const preferred = Number(/odata\.maxpagesize=(\d+)/.exec(asked.headers.prefer ?? '')?.[1] ?? MOST_IN_PAGE);
    // Both together: `$top` is ignored, as documented.
    const top = preferred < MOST_IN_PAGE ? null : params.get('$top');
    const from = Number(params.get('$skiptoken')?.match(/\d+/)?.[0] ?? 0);
    const size = top === null ? Math.min(preferred, MOST_IN_PAGE) : Number(top);
    const page = rows.slice(from, from + size);
    const next = top === null && from + size < rows.length ? nextLink(asked, url, from + size) : null;
    return json(
      200,
      {
        '@odata.context': contextOf(asked.origin, version, table, shape.select),
        ...(params.get('$count') === 'true' ? { '@odata.count': count } : {}),
        value: page.map((row) => shown(this.org, table, row, shape)),
        ...(next === null ? {} : { '@odata.nextLink': next }),
      },
      preferred < MOST_IN_PAGE ? { 'Preference-Applied': `odata.maxpagesize=${preferred}` } : {},
    );
  }

  private write(
    asked: Asked,
    table: Table,
    id: string,
    version: string,
    work: (given: Record<string, unknown>, condition: Condition, id: string) => boolean,
  ): Reply {
    const given = bodyOf(asked);
    const made = this.org.together(() => work(given, conditionOf(asked), id));
    const address = `${asked.origin}/api/data/${version}/${table.set}(${id})`;
    if (/return=representation/.test(asked.headers.prefer ?? '')) {
      const row = this.org.live(table, id);
      const shape: Shape = { select: null, expand: [], annotated: false };
      return json(
        made ? 201 : 200,
        {
          '@odata.context': `${contextOf(asked.origin, version, table, null)}/$entity`,
          ...shown(this.org, table, row, shape),
        },
        { ETag: etagOf(row), 'OData-EntityId': address, 'Preference-Applied': 'return=representation' },
      );
    }
    return { status: 204, headers: { 'OData-Version': '4.0', Location: address, 'OData-EntityId': address } };
  }
}

function bodyOf({ body }: Asked): Record<string, unknown> {
  try {
    const given: unknown = JSON.parse(body);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw badRequest('An error occurred while validating input parameters: the body is not an object.', '0x80048d19');
}

function conditionOf({ headers }: Asked): Condition {
  return {
    match: headers['if-match'],
    noneMatch: headers['if-none-match'],
    detectTwins: headers['mscrm.suppressduplicatedetection'] === 'false',
  };
}

const annotated = ({ headers }: Asked): boolean => /odata\.include-annotations/.test(headers.prefer ?? '');

function nextLink(asked: Asked, url: URL, from: number): string {
  const next = new URL(`${url.pathname}${url.search}`, asked.origin);
  // The real one is a cookie in XML; that it is not to be read is all a client may know of it.
  next.searchParams.set('$skiptoken', `<cookie from="${from}" />`);
  return next.href;
}
