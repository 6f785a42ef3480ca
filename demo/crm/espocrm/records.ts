/** What an instance holds: entities as rows of attributes, links kept in the rows. Facts from crm-protocols.md §7 and §13b. */
import type { Seed } from '../../seed.ts';

export const ENTITIES = ['Account', 'Contact', 'Meeting', 'Call', 'Task', 'Note', 'User'] as const;
export type EntityName = (typeof ENTITIES)[number];
export type Row = { id: string; deleted: boolean; [attribute: string]: unknown };

interface Field {
  /** As its description names it; plain text unless told. */
  readonly type?: 'bool' | 'varchar' | 'date';
  /** Made by the organisation. */
  readonly custom?: true;
  readonly required?: true;
  readonly options?: readonly string[];
  readonly date?: true;
  /** Only then may it be written. */
  readonly readOnly?: true;
}

const WHEN: Record<string, Field> = {
  dateStart: { required: true, date: true },
  dateEnd: { required: true, date: true },
};
const OWN: Record<string, Field> = { assignedUserId: { required: true } };

export const FIELDS: Record<EntityName, Record<string, Field>> = {
  Account: { name: { required: true } },
  Contact: {
    lastName: { required: true },
    doNotCall: { type: 'bool' },
    cCandorDisclosure: { type: 'varchar', custom: true },
    cCandorToldOn: { type: 'date', custom: true },
    cCandorRestricted: { type: 'bool', custom: true },
    cCandorNoPost: { type: 'bool', custom: true },
    cCandorNoMessages: { type: 'bool', custom: true },
    cCandorStatus: { type: 'varchar', custom: true },
  },
  Meeting: {
    name: { required: true },
    status: { options: ['Planned', 'Held', 'Not Held'] },
    ...WHEN,
    ...OWN,
    uid: { readOnly: true },
    accountId: { readOnly: true },
  },
  Call: {
    name: { required: true },
    status: { options: ['Planned', 'Held', 'Not Held'] },
    direction: { options: ['Outbound', 'Inbound'] },
    ...WHEN,
    ...OWN,
    accountId: { readOnly: true },
  },
  Task: {
    name: { required: true },
    status: { options: ['Not Started', 'Started', 'Completed', 'Canceled', 'Deferred'] },
    dateStart: { date: true },
    dateEnd: { date: true },
    ...OWN,
    contactId: { readOnly: true },
    accountId: { readOnly: true },
  },
  Note: { post: { required: true }, type: { options: ['Post'] } },
  User: { userName: { required: true } },
};

/** Never taken from a body: among them the id, so that the same body twice makes two records. */
export const NEVER_TAKEN = ['id', 'deleted', 'createdAt', 'createdById', 'modifiedAt', 'modifiedById', 'versionNumber'];

export const crmTime = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

export class Records {
  private readonly tables = new Map<EntityName, Map<string, Row>>();
  private count = 0;

  constructor(readonly now: () => Date) {
    this.clear();
  }

  clear(): void {
    this.count = 0;
    for (const name of ENTITIES) this.tables.set(name, new Map());
  }

  /** 17 hex digits, as the product makes them; repeatable. */
  private freshId(): string {
    this.count += 1;
    return `6${((this.count * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, '0')}${this.count.toString(16).padStart(8, '0')}`;
  }

  add(entity: EntityName, attributes: Record<string, unknown>, by: string | null, at = this.now()): Row {
    const when = crmTime(at);
    const row: Row = {
      ...attributes,
      id: this.freshId(),
      deleted: false,
      createdAt: when,
      modifiedAt: when,
      createdById: by,
      modifiedById: by,
    };
    this.tables.get(entity)?.set(row.id, row);
    return row;
  }

  live(entity: EntityName, id: unknown): Row | undefined {
    const row = this.tables.get(entity)?.get(String(id));
    return row?.deleted ? undefined : row;
  }

  all(entity: EntityName): Row[] {
    return [...(this.tables.get(entity)?.values() ?? [])].filter(({ deleted }) => !deleted);
  }

  named(entity: EntityName, name: string, account?: string): Row {
    const row = this.all(entity).find(
      (one) => one.name === name && (account === undefined || one.accountName === account),
    );
    if (row === undefined) throw new Error(`No ${entity} is called ${name}`);
    return row;
  }

  /** The people of an activity. */
  people(row: Row): string[] {
    const ids = Array.isArray(row.contactsIds) ? row.contactsIds.map(String) : [];
    return [...new Set([...ids, ...(row.parentType === 'Contact' && !row.contactsIds ? [String(row.parentId)] : [])])];
  }

  /** The parent decides the account, and for a task the contact. */
  follow(entity: EntityName, row: Row): void {
    if (entity === 'Contact') row.accountName = this.live('Account', row.accountId)?.name ?? null;
    if (entity !== 'Meeting' && entity !== 'Call' && entity !== 'Task') return;
    const contact = row.parentType === 'Contact' ? this.live('Contact', row.parentId) : undefined;
    row.accountId = row.parentType === 'Account' ? row.parentId : (contact?.accountId ?? null);
    if (entity === 'Task') row.contactId = contact?.id ?? null;
    row.parentName = (contact ?? this.live('Account', row.parentId))?.name ?? null;
  }
}

/** Puts the demo's people in and answers with the one in front of the browser. */
export const plant = (records: Records, seed: Seed): Row => {
  const users = seed.users.map(({ fields, created }) =>
    records.add(
      'User',
      {
        userName: fields.Username,
        firstName: fields.FirstName,
        lastName: fields.LastName,
        name: `${fields.FirstName} ${fields.LastName}`,
        type: 'regular',
      },
      null,
      created,
    ),
  );
  const owner = (at: number): string => users[at]?.id ?? '';
  const accounts = seed.accounts.map(({ fields, owner: at, created }) =>
    records.add(
      'Account',
      { name: fields.Name, industry: fields.Industry, website: fields.Website, assignedUserId: owner(at) },
      owner(at),
      created,
    ),
  );
  for (const { fields, account, owner: at, created } of seed.contacts) {
    const firm = accounts[account];
    records.add(
      'Contact',
      {
        firstName: fields.FirstName ?? null,
        lastName: fields.LastName,
        name: [fields.FirstName, fields.LastName].filter(Boolean).join(' '),
        title: fields.Title ?? null,
        emailAddress: fields.Email ?? null,
        emailAddressIsOptedOut: fields.HasOptedOutOfEmail ?? false,
        phoneNumber: fields.Phone ?? null,
        phoneNumberIsOptedOut: false,
        doNotCall: fields.DoNotCall ?? false,
        cCandorDisclosure: null,
        cCandorToldOn: null,
        cCandorRestricted: false,
        cCandorNoPost: false,
        cCandorNoMessages: false,
        cCandorStatus: null,
        addressCity: fields.MailingCity ?? null,
        addressCountry: fields.MailingCountry,
        accountId: firm?.id ?? null,
        accountName: firm?.name ?? null,
        assignedUserId: owner(at),
      },
      owner(at),
      created,
    );
  }
  return users[0] as Row;
};
