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
    return json(200, { totalSize: 0, done: true, records: inTheBin(org, soqlOf(at)) });
  if (method === 'GET' && path === '/query') return query(org, soqlOf(at));
  if (method === 'GET' && path === '/search')
    return json(200, { searchRecords: org.live('Contact').map(contact(org)) });
  const described = /^\/sobjects\/(\w+)\/describe$/u.exec(path)?.[1];
  if (described) return json(200, describe(org, described));
  const person = /^\/sobjects\/Contact\/(\w+)$/u.exec(path)?.[1];
  if (person && method === 'PATCH') return change(org, person, { headers, body }, user, lockedRow);
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

const inTheBin = (org: Org, soql: string): unknown[] => {
  if (!soql.includes('MasterRecordId')) return removed(org, soql);
  const found = listIn(soql, 'Id').map((id) => org.find(id));
  return found.flatMap((one) => (one ? [{ Id: one.Id, IsDeleted: one.deleted, MasterRecordId: one.mergedInto }] : []));
};

const STATUS: Readonly<Record<string, number>> = { ENTITY_IS_DELETED: 404, NOT_FOUND: 404 };

/** One person by their own id; refused where somebody changed them since the moment the call names. */
const change = (
  org: Org,
  id: string,
  { headers, body }: Pick<Call, 'headers' | 'body'>,
  user: string,
  locked: boolean,
): FetchAnswer => {
  const record = org.find(id);
  const unless = Object.entries(headers).find(([name]) => name.toLowerCase() === 'if-unmodified-since')?.[1];
  try {
    if (locked) throw new Refusal('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record');
    if (!record) throw new Refusal('NOT_FOUND', 'The requested resource does not exist');
    if (record.deleted) throw new Refusal('ENTITY_IS_DELETED', 'entity is deleted');
    if (unless !== undefined && Date.parse(String(record.fields.LastModifiedDate)) > Date.parse(unless))
      return problem(412, 'PRECONDITION_FAILED', 'the record was changed since');
    const fields = JSON.parse(body) as Record<string, unknown>;
    const unknown = Object.keys(fields).find((name) => !STATUS_FIELDS.some((field) => field.name === name));
    if (unknown)
      throw new Refusal('INVALID_FIELD', `No such column '${unknown}' on sobject of type Contact`, [unknown]);
    org.update(record, fields, user);
    return { status: 204, headers: {}, text: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return problem(STATUS[error.code] ?? 400, error.code, error.message);
  }
};

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

const statusField = (name: string, type: string, length = 0) => ({
  name,
  label: name,
  type,
  length,
  updateable: true,
  custom: name.endsWith('__c'),
});
/** Where this organisation keeps a person's status. */
const STATUS_FIELDS = [
  statusField('HasOptedOutOfEmail', 'boolean'),
  statusField('DoNotCall', 'boolean'),
  statusField('Candor_Restricted__c', 'boolean'),
  statusField('Candor_Disclosure__c', 'string', 255),
  statusField('Candor_Told_On__c', 'date'),
  statusField('Candor_Status__c', 'string', 255),
];
/** Data protection is switched on; nobody here has a record of it. */
const INDIVIDUAL = statusField('IndividualId', 'reference', 18);

const describe = (org: Org, type: string): unknown => {
  if (type === 'Contact') return { createable: true, updateable: true, fields: [...STATUS_FIELDS, INDIVIDUAL] };
  if (type === 'Individual') return { createable: true, updateable: true, fields: [] };
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
  // Nobody made a purpose here.
  if (soql === 'SELECT Id, Name FROM DataUsePurpose') return rows([]);
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
