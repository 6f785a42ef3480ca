/** What the model organisation answers: the calls the real adapter makes, and no others. */
import type { FetchAnswer } from '../../../src/background/platform.ts';
import type { OAuth } from './oauth.ts';
import { type CrmRecord, KEY, type Kind, type Org, Refusal } from './org.ts';

export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface Result {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; message: string; fields: readonly string[] }[];
}

export const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): FetchAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text: JSON.stringify(body),
});
export const problem = (status: number, errorCode: string, message: string): FetchAnswer =>
  json(status, [{ errorCode, message }]);

const BASE = '/services/data/v60.0';

export const answer = (
  org: Org,
  oauth: OAuth,
  { method, url, headers, body }: Call,
  lockedRow: boolean,
): FetchAnswer => {
  const at = new URL(url);
  if (at.pathname === '/services/oauth2/token') return oauth.token(body);
  const user = oauth.userOf(headers.authorization);
  if (!user) return problem(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  if (at.pathname === '/services/oauth2/userinfo') {
    return json(200, { user_id: user, organization_id: '00D000000000001EAA', name: `user ${user.slice(10)}` });
  }
  const path = at.pathname.slice(BASE.length);
  if (method === 'GET' && path === '/queryAll')
    return json(200, { totalSize: 0, done: true, records: removed(org, soqlOf(at)) });
  if (method === 'GET' && path === '/query') return query(org, soqlOf(at));
  if (method === 'GET' && path === '/search')
    return json(200, { searchRecords: org.live('Contact').map(contact(org)) });
  const described = /^\/sobjects\/(\w+)\/describe$/u.exec(path)?.[1];
  if (described) return json(200, describe(org, described));
  const [, , , type, key] = path.split('/');
  if (!path.startsWith('/composite/sobjects')) throw new Error(`the model CRM does not know ${method} ${path}`);
  const records = (JSON.parse(body) as { records: Record<string, unknown>[] }).records;
  if (type && key === KEY && !org.keyField) return problem(404, 'NOT_FOUND', 'The requested resource does not exist');
  return json(
    200,
    records.map((record, index) => one(org, method, type as Kind | undefined, record, user, lockedRow && index === 0)),
  );
};

const soqlOf = (at: URL): string => at.searchParams.get('q') ?? '';

/** Later than the moment a question names. */
const since = (soql: string): number =>
  Date.parse(/SystemModstamp > (\S+?)[\s)]/u.exec(`${soql} `)?.[1] ?? '1970-01-01');

const removed = (org: Org, soql: string): unknown[] =>
  [...org.records.values()]
    .filter(({ type, deleted }) => type === 'Contact' && deleted)
    .map(({ Id, fields }) => ({ Id, SystemModstamp: fields.SystemModstamp }))
    .filter(({ SystemModstamp }) => Date.parse(String(SystemModstamp)) > since(soql));

/** One item of a collection, on its own. */
const one = (
  org: Org,
  method: string,
  upserts: Kind | undefined,
  record: Readonly<Record<string, unknown>>,
  user: string,
  locked: boolean,
): Result => {
  const { attributes, id, ...fields } = record as Record<string, unknown> & { attributes: { type: Kind } };
  try {
    if (locked) throw new Refusal('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
    if (!org.keyField && KEY in fields) throw new Refusal('INVALID_FIELD', `No such column '${KEY}'`, [KEY]);
    if (upserts) {
      const { record: made, created } = org.upsert(upserts, fields, user);
      return { id: made.Id, success: true, created, errors: [] };
    }
    if (method === 'POST') return { id: org.create(attributes.type, fields, user).Id, success: true, errors: [] };
    const target = org.find(id);
    if (!target) throw new Refusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    org.update(target, fields, user);
    return { id: target.Id, success: true, errors: [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { success: false, errors: [{ statusCode: error.code, message: error.message, fields: error.fields }] };
  }
};

const describe = (org: Org, type: string): unknown => {
  const field = (name: string) => ({ name, createable: true, updateable: true, externalId: true, unique: true });
  const key = org.keyField && (type === 'Event' || type === 'Task') ? [field(KEY)] : [];
  return { createable: true, updateable: true, fields: [field('Subject'), field('IsParent'), ...key] };
};

const contact =
  (org: Org) =>
  ({ Id, fields }: CrmRecord): unknown => ({
    Id,
    ...fields,
    Account: { Name: org.find(fields.AccountId)?.fields.Name ?? '' },
  });

const listIn = (soql: string, field: string): string[] => {
  const list = new RegExp(`\\b${field} (?:IN \\(([^)]*)\\)|= ('[^']*'))`, 'u').exec(soql);
  return [...(list?.[1] ?? list?.[2] ?? '').matchAll(/'([^']*)'/gu)].map((match) => match[1] ?? '');
};

const query = (org: Org, soql: string): FetchAnswer => {
  const type = /FROM (\w+)/u.exec(soql)?.[1] as Kind;
  const rows = (records: readonly unknown[]): FetchAnswer =>
    json(200, { totalSize: records.length, done: true, records });
  if (type === 'Contact' && /COUNT\(\)|ORDER BY (?:SystemModstamp|LastViewedDate)/u.test(soql)) {
    const found = soql.includes('LastViewedDate,')
      ? []
      : (org.live('Contact').map(contact(org)) as { SystemModstamp: string }[]);
    return rows(found.filter(({ SystemModstamp }) => Date.parse(SystemModstamp) > since(soql)));
  }
  if (type === 'Contact' || type === 'Account') {
    const field = soql.includes('WHERE AccountId') ? 'AccountId' : 'Id';
    const wanted = listIn(soql, field).map((id) => org.find(id)?.Id);
    const found = org
      .live(type)
      .filter((record) => wanted.includes(field === 'Id' ? record.Id : org.find(record.fields.AccountId)?.Id));
    return rows(type === 'Contact' ? found.map(contact(org)) : found.map(({ Id, fields }) => ({ Id, ...fields })));
  }
  if (type === 'EventRelation' || type === 'TaskRelation') {
    const name = type === 'EventRelation' ? 'EventId' : 'TaskId';
    const people = listIn(soql, 'RelationId').map((id) => org.find(id)?.Id);
    return rows(
      listIn(soql, name).flatMap((activity) =>
        org
          .related(type, org.find(activity)?.Id ?? '')
          .filter(({ who }) => people.includes(who))
          .map(({ id, who }) => ({ Id: id, [name]: activity, RelationId: who })),
      ),
    );
  }
  if (soql.includes('WHERE Id IN')) {
    const wanted = listIn(soql, 'Id').map((id) => org.find(id)?.Id);
    const found = org.live(type).filter(({ Id }) => wanted.includes(Id));
    return rows(found.map(({ Id, fields }) => ({ Id, Description: fields.Description ?? null })));
  }
  const keys = listIn(soql, KEY).map((key) => key.toLowerCase());
  if (!soql.includes(`WHERE ${KEY} IN`)) throw new Error(`the model CRM does not know ${soql}`);
  if (!org.keyField) return problem(400, 'INVALID_FIELD', `No such column '${KEY}'`);
  return rows(
    org
      .live(type)
      .filter(({ fields }) => keys.includes(String(fields[KEY]).toLowerCase()))
      .map(({ Id, fields }) => ({ Id, [KEY]: fields[KEY] })),
  );
};
