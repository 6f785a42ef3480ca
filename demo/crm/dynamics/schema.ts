/** The part of Dataverse that Candor, its pages and its tests touch: tables, columns, lookups, states. Data only. */

export type ColumnType = 'string' | 'memo' | 'int' | 'boolean' | 'datetime' | 'guid';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly max: number;
  /** False: given by the service alone. */
  readonly writable: boolean;
  /** Demanded by the organisation's forms and by its rules. */
  readonly required?: boolean;
  /** A choice: what it may be. */
  readonly choices?: readonly { readonly value: number; readonly label: string }[];
  /** The choice that forms begin with. */
  readonly preset?: number;
  /** A reference to another record, which no value can stand for. */
  readonly refers?: boolean;
}

/** A reference to one record of one of several tables; each has its own single-valued navigation property. */
export interface Lookup {
  /** Read as `_<name>_value`. */
  readonly name: string;
  readonly navs: Readonly<Record<string, string>>;
}

export interface Table {
  /** Logical name, as error texts say it. */
  readonly name: string;
  /** As paths say it. */
  readonly set: string;
  readonly key: string;
  readonly title: string;
  /** The word in privilege names: all activity tables share one. */
  readonly privilege: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly lookups: ReadonlyMap<string, Lookup>;
  /** Which reasons each state has; the first is what a new record gets, and what a state alone means. */
  readonly states: Readonly<Record<number, readonly number[]>>;
  /** The navigation property of activity parties, on activities. */
  readonly parties: string | null;
}

const LENGTHS: Readonly<Record<ColumnType, number>> = {
  string: 100,
  memo: 2000,
  int: 0,
  boolean: 0,
  datetime: 0,
  guid: 0,
};

const column = (name: string, type: ColumnType, max = LENGTHS[type], writable = true): Column => ({
  name,
  type,
  max,
  writable,
});
const read = (name: string, type: ColumnType): Column => column(name, type, LENGTHS[type], false);

const OWNER: Lookup = { name: 'ownerid', navs: { ownerid: 'systemuser' } };

interface Made extends Pick<Table, 'name' | 'set' | 'key' | 'title'> {
  readonly privilege?: string;
  readonly columns: readonly Column[];
  readonly lookups?: readonly Lookup[];
  readonly states?: Table['states'];
  readonly parties?: string;
}

const table = ({ columns, lookups = [], states = { 0: [1], 1: [2] }, parties, privilege, ...names }: Made): Table => ({
  ...names,
  privilege: privilege ?? names.name,
  columns: new Map(
    [
      read(names.key, 'guid'),
      ...columns,
      column('statecode', 'int'),
      column('statuscode', 'int'),
      read('createdon', 'datetime'),
      read('modifiedon', 'datetime'),
      read('versionnumber', 'int'),
    ].map((each) => [each.name, each]),
  ),
  lookups: new Map([OWNER, ...lookups].map((each) => [each.name, each])),
  states,
  parties: parties ?? null,
});

export const ACTIVITIES = ['appointment', 'phonecall', 'task'] as const;

const activity = (name: (typeof ACTIVITIES)[number], states: Table['states'], more: readonly Column[]): Table =>
  table({
    name,
    set: `${name}s`,
    key: 'activityid',
    title: 'subject',
    privilege: 'activity',
    columns: [
      column('subject', 'string', 200),
      column('description', 'memo'),
      column('scheduledstart', 'datetime'),
      column('scheduledend', 'datetime'),
      column('actualdurationminutes', 'int'),
      column('prioritycode', 'int'),
      column('category', 'string', 250),
      read('actualend', 'datetime'),
      ...more,
    ],
    lookups: [
      {
        name: 'regardingobjectid',
        navs: Object.fromEntries(['contact', 'account'].map((to) => [`regardingobjectid_${to}_${name}`, to])),
      },
    ],
    states,
    parties: `${name}_activity_parties`,
  });

const CONNECTABLE = ['contact', 'account', ...ACTIVITIES];
const connected = (end: string): Lookup => ({
  name: end,
  navs: Object.fromEntries(CONNECTABLE.map((to) => [`${end}_${to}`, to])),
});

const TABLES: readonly Table[] = [
  table({
    name: 'account',
    set: 'accounts',
    key: 'accountid',
    title: 'name',
    columns: [
      column('name', 'string', 160),
      column('telephone1', 'string', 50),
      column('websiteurl', 'string', 200),
      column('address1_line1', 'string', 250),
      column('address1_city', 'string', 80),
      column('address1_country', 'string', 80),
      column('industry', 'string'),
      column('numberofemployees', 'int'),
      column('description', 'memo'),
    ],
  }),
  table({
    name: 'contact',
    set: 'contacts',
    key: 'contactid',
    title: 'fullname',
    columns: [
      read('fullname', 'string'),
      column('firstname', 'string', 50),
      column('lastname', 'string', 50),
      column('jobtitle', 'string'),
      column('department', 'string'),
      column('emailaddress1', 'string'),
      column('telephone1', 'string', 50),
      column('address1_line1', 'string', 250),
      column('address1_city', 'string', 80),
      column('address1_country', 'string', 80),
      column('address1_stateorprovince', 'string', 50),
      column('donotemail', 'boolean'),
      column('donotphone', 'boolean'),
      column('donotbulkemail', 'boolean'),
      column('donotpostalmail', 'boolean'),
      column('donotbulkpostalmail', 'boolean'),
      column('donotsendmm', 'boolean'),
      // Made by the organisation, under its publisher's prefix.
      column('hal_candordisclosure', 'string'),
      column('hal_candortoldon', 'datetime'),
      column('hal_candorrestricted', 'boolean'),
      column('hal_candornomessages', 'boolean'),
      column('hal_candorstatus', 'string', 200),
      column('description', 'memo'),
      read('merged', 'boolean'),
    ],
    lookups: [
      {
        name: 'parentcustomerid',
        navs: { parentcustomerid_account: 'account', parentcustomerid_contact: 'contact' },
      },
      { name: 'masterid', navs: { masterid: 'contact' } },
    ],
  }),
  table({
    name: 'systemuser',
    set: 'systemusers',
    key: 'systemuserid',
    title: 'fullname',
    privilege: 'user',
    columns: [
      read('fullname', 'string'),
      column('firstname', 'string', 64),
      column('lastname', 'string', 64),
      column('domainname', 'string', 1024),
      column('internalemailaddress', 'string'),
      column('title', 'string', 128),
      column('isdisabled', 'boolean'),
    ],
  }),
  activity('appointment', { 0: [1, 2], 1: [3], 2: [4], 3: [5, 6] }, [column('location', 'string', 200)]),
  activity('phonecall', { 0: [1], 1: [2, 4], 2: [3] }, [
    column('directioncode', 'boolean'),
    column('phonenumber', 'string', 200),
  ]),
  activity('task', { 0: [2, 3, 4, 7], 1: [5], 2: [6] }, [column('percentcomplete', 'int')]),
  table({
    name: 'connection',
    set: 'connections',
    key: 'connectionid',
    title: 'name',
    columns: [read('name', 'string'), column('description', 'memo'), read('ismaster', 'boolean')],
    lookups: [connected('record1id'), connected('record2id'), { name: 'relatedconnectionid', navs: {} }],
  }),
  table({
    name: 'msdynmkt_purpose',
    set: 'msdynmkt_purposes',
    key: 'msdynmkt_purposeid',
    title: 'msdynmkt_name',
    columns: [column('msdynmkt_name', 'string', 100)],
  }),
  // Of the marketing applications: the newer table, and the older, whose numbers mean the opposite.
  table({
    name: 'msdynmkt_contactpointconsent4',
    set: 'msdynmkt_contactpointconsent4s',
    key: 'msdynmkt_contactpointconsent4id',
    title: 'msdynmkt_contactpointvalue',
    columns: [
      column('msdynmkt_contactpointvalue', 'string', 320),
      column('msdynmkt_contactpointtype', 'int'),
      column('msdynmkt_contactpointconsenttype', 'int'),
      column('msdynmkt_value', 'int'),
    ],
    lookups: [{ name: 'msdynmkt_purposeid', navs: { msdynmkt_purposeid: 'msdynmkt_purpose' } }],
  }),
  table({
    name: 'msdynmkt_contactpointconsent',
    set: 'msdynmkt_contactpointconsents',
    key: 'msdynmkt_contactpointconsentid',
    title: 'msdynmkt_contactpointvalue',
    columns: [
      column('msdynmkt_contactpointvalue', 'string', 320),
      column('msdynmkt_contactpointtype', 'int'),
      column('msdynmkt_consentstatus', 'int'),
    ],
  }),
  table({
    name: 'annotation',
    set: 'annotations',
    key: 'annotationid',
    title: 'subject',
    privilege: 'note',
    columns: [column('subject', 'string', 500), column('notetext', 'memo', 100_000)],
    lookups: [{ name: 'objectid', navs: Object.fromEntries(CONNECTABLE.map((to) => [`objectid_${to}`, to])) }],
  }),
];

export const tableByName: ReadonlyMap<string, Table> = new Map(TABLES.map((each) => [each.name, each]));
export const tableBySet: ReadonlyMap<string, Table> = new Map(TABLES.map((each) => [each.set, each]));

/** The lookup and the table that a navigation property leads to. */
export function navOf(from: Table, nav: string): { readonly lookup: Lookup; readonly to: Table } | undefined {
  for (const lookup of from.lookups.values()) {
    const to = Object.hasOwn(lookup.navs, nav) ? tableByName.get(lookup.navs[nav] ?? '') : undefined;
    if (to !== undefined) return { lookup, to };
  }
  return undefined;
}

export const privilegeOf = (act: 'Create' | 'Write' | 'Read' | 'Delete', of: Table): string =>
  `prv${act}${of.privilege.slice(0, 1).toUpperCase()}${of.privilege.slice(1)}`;

const TYPE_NAMES: Readonly<Record<ColumnType, string>> = {
  string: 'String',
  memo: 'Memo',
  int: 'Integer',
  boolean: 'Boolean',
  datetime: 'DateTime',
  guid: 'Uniqueidentifier',
};

/** `…/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata`, with its options expanded. */
export const describeChoice = ({ name, choices = [], preset = -1 }: Column): Record<string, unknown> => ({
  LogicalName: name,
  DefaultFormValue: preset,
  OptionSet: {
    Options: choices.map(({ value, label }) => ({ Value: value, Label: { UserLocalizedLabel: { Label: label } } })),
  },
});

/** What the definition of a table says about one of its columns. */
export const describeColumn = ({
  name,
  type,
  writable,
  max,
  required,
  choices,
  refers,
}: Column): Record<string, unknown> => ({
  LogicalName: name,
  AttributeType: refers ? 'Lookup' : choices ? 'Picklist' : TYPE_NAMES[type],
  IsCustomAttribute: /^(?!msdyn)[a-z\d]+_/.test(name),
  IsValidForCreate: writable,
  IsValidForUpdate: writable,
  MaxLength: max || null,
  RequiredLevel: { Value: required ? 'ApplicationRequired' : 'None' },
  DisplayName: { UserLocalizedLabel: { Label: name.replace(/^[a-z\d]+_/, '') } },
});
