/** Which objects and fields this org has. Two things an administrator can change shape it: the key field and Shared Activities. */

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'boolean'
  | 'datetime'
  | 'date'
  | 'int'
  | 'reference'
  | 'picklist';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly length: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly required: boolean;
  readonly nillable: boolean;
  readonly filterable: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly custom: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  readonly picklist: readonly string[] | undefined;
  readonly defaultValue: string | number | boolean | undefined;
}

export interface ObjectType {
  readonly name: string;
  readonly label: string;
  readonly prefix: string;
  readonly fields: readonly Field[];
  /** Lower-cased name to field: Salesforce does not care about case in field names. */
  readonly byName: ReadonlyMap<string, Field>;
}

export type Schema = ReadonlyMap<string, ObjectType>;

export interface SchemaOptions {
  readonly keyField: string | undefined;
  readonly keyUnique: boolean;
  readonly sharedActivities: boolean;
  /** Candor's own fields on contacts, from the set-up package. */
  readonly statusFields: boolean;
  /** *Data Protection and Privacy*: individuals and consents by channel. */
  readonly dataProtection: boolean;
  /** A field that this organisation demands for events and tasks, and what may be chosen. */
  readonly demands?:
    | { readonly name: string; readonly label: string; readonly choices: readonly string[]; readonly refers?: boolean }
    | undefined;
}

type Extra = Partial<Omit<Field, 'name' | 'type'>>;

const CANDOR: readonly (readonly [name: string, type: FieldType, extra: Extra])[] = [
  ['Candor_Disclosure__c', 'string', { label: 'Told about their data' }],
  ['Candor_Told_On__c', 'date', { label: 'Told on' }],
  ['Candor_Restricted__c', 'boolean', { label: 'Data not to be used' }],
  ['Candor_No_Post__c', 'boolean', { label: 'No marketing by post' }],
  ['Candor_No_Messages__c', 'boolean', { label: 'No marketing by message' }],
  ['Candor_Status__c', 'string', { label: 'Candor status' }],
];

const LENGTHS: Partial<Record<FieldType, number>> = {
  id: 18,
  reference: 18,
  email: 80,
  phone: 40,
  textarea: 32_000,
  picklist: 255,
};

function field(name: string, type: FieldType, extra: Extra = {}): Field {
  return {
    name,
    type,
    label: name
      .replace(/Id$/, ' ID')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replace(/__c$/, ''),
    length: LENGTHS[type] ?? (type === 'string' ? 255 : 0),
    createable: true,
    updateable: true,
    required: false,
    nillable: type !== 'boolean' && extra.required !== true,
    // Long text cannot stand in a WHERE clause.
    filterable: type !== 'textarea',
    externalId: false,
    unique: false,
    custom: name.endsWith('__c'),
    referenceTo: [],
    relationshipName: null,
    picklist: undefined,
    defaultValue: type === 'boolean' ? false : undefined,
    ...extra,
  };
}

const READ_ONLY: Extra = { createable: false, updateable: false };

const SYSTEM: readonly Field[] = [
  field('Id', 'id', READ_ONLY),
  field('IsDeleted', 'boolean', READ_ONLY),
  field('CreatedDate', 'datetime', READ_ONLY),
  field('CreatedById', 'reference', { ...READ_ONLY, referenceTo: ['User'], relationshipName: 'CreatedBy' }),
  field('LastModifiedDate', 'datetime', READ_ONLY),
  field('LastModifiedById', 'reference', { ...READ_ONLY, referenceTo: ['User'], relationshipName: 'LastModifiedBy' }),
  field('SystemModstamp', 'datetime', READ_ONLY),
];

const OWNER = field('OwnerId', 'reference', { label: 'Owner ID', referenceTo: ['User'], relationshipName: 'Owner' });
const WHO = field('WhoId', 'reference', {
  label: 'Contact/Lead ID',
  referenceTo: ['Contact', 'Lead'],
  relationshipName: 'Who',
});
const WHAT = field('WhatId', 'reference', {
  label: 'Related To ID',
  referenceTo: ['Account'],
  relationshipName: 'What',
});
/** Derived from WhatId, otherwise from the contact's account. Nobody can write it. */
const DERIVED_ACCOUNT = field('AccountId', 'reference', {
  ...READ_ONLY,
  label: 'Account ID',
  referenceTo: ['Account'],
  relationshipName: 'Account',
});

function objectType(name: string, prefix: string, fields: readonly Field[]): ObjectType {
  const all = [...SYSTEM.slice(0, 2), ...fields, ...SYSTEM.slice(2)];
  return {
    name,
    label: name,
    prefix,
    fields: all,
    byName: new Map(all.map((each) => [each.name.toLowerCase(), each])),
  };
}

/** The second prefix is made up: only that there is one matters here. */
const PRIVACY: readonly ObjectType[] = [
  objectType('Individual', '0PK', [
    field('FirstName', 'string', { length: 40 }),
    field('LastName', 'string', { length: 80, required: true }),
    field('HasOptedOutProcessing', 'boolean', { label: "Don't Process" }),
    field('HasOptedOutSolicit', 'boolean', { label: "Don't Market" }),
    field('HasOptedOutTracking', 'boolean', { label: "Don't Track" }),
    field('ShouldForget', 'boolean', { label: 'Forget this Individual' }),
  ]),
  objectType('DataUsePurpose', '0ZW', [field('Name', 'string', { required: true })]),
  objectType('ContactPointTypeConsent', '0ZY', [
    field('Name', 'string', { required: true }),
    field('PartyId', 'reference', {
      required: true,
      updateable: false,
      referenceTo: ['Individual'],
      relationshipName: 'Party',
    }),
    field('ContactPointType', 'picklist', { picklist: ['Email', 'MailingAddress', 'Phone', 'Social', 'Web'] }),
    field('PrivacyConsentStatus', 'picklist', { picklist: ['OptIn', 'OptOut', 'Seen', 'NotSeen'] }),
    field('CaptureContactPointType', 'picklist', { picklist: ['Email', 'MailingAddress', 'Phone', 'Social', 'Web'] }),
    field('CaptureDate', 'datetime'),
    field('DataUsePurposeId', 'reference', { referenceTo: ['DataUsePurpose'], relationshipName: 'DataUsePurpose' }),
    field('CaptureSource', 'string'),
  ]),
];

export function makeSchema(options: SchemaOptions): Schema {
  const key =
    options.keyField === undefined
      ? []
      : [
          field(options.keyField, 'string', {
            label: 'Candor Key',
            externalId: true,
            unique: options.keyUnique,
            length: 64,
          }),
        ];

  const { demands } = options;
  const demanded = demands
    ? [
        demands.refers
          ? field(demands.name, 'reference', { label: demands.label, required: true, referenceTo: ['Account'] })
          : field(demands.name, 'picklist', { label: demands.label, required: true, picklist: demands.choices }),
      ]
    : [];

  const types: ObjectType[] = [
    objectType('Account', '001', [
      field('Name', 'string', { label: 'Account Name', required: true }),
      field('Industry', 'picklist'),
      field('Type', 'picklist'),
      field('Phone', 'phone'),
      field('Website', 'string'),
      field('BillingStreet', 'string'),
      field('BillingCity', 'string', { length: 40 }),
      field('BillingPostalCode', 'string', { length: 20 }),
      field('BillingCountry', 'string', { length: 80 }),
      field('NumberOfEmployees', 'int'),
      field('Description', 'textarea'),
      OWNER,
    ]),
    objectType('Contact', '003', [
      field('Name', 'string', { ...READ_ONLY, label: 'Full Name', length: 121 }),
      field('FirstName', 'string', { length: 40 }),
      field('LastName', 'string', { length: 80, required: true }),
      field('Title', 'string', { length: 128 }),
      field('Department', 'string', { length: 80 }),
      field('Email', 'email'),
      field('Phone', 'phone'),
      field('MobilePhone', 'phone'),
      field('AccountId', 'reference', { label: 'Account ID', referenceTo: ['Account'], relationshipName: 'Account' }),
      OWNER,
      field('MailingStreet', 'string'),
      field('MailingCity', 'string', { length: 40 }),
      field('MailingPostalCode', 'string', { length: 20 }),
      field('MailingCountry', 'string', { length: 80 }),
      field('MailingState', 'string', { length: 80 }),
      field('HasOptedOutOfEmail', 'boolean', { label: 'Email Opt Out' }),
      field('DoNotCall', 'boolean'),
      field('LeadSource', 'picklist'),
      field('Description', 'textarea'),
      field('LastViewedDate', 'datetime', READ_ONLY),
      field('MasterRecordId', 'reference', {
        ...READ_ONLY,
        referenceTo: ['Contact'],
        relationshipName: 'MasterRecord',
      }),
      ...(options.statusFields ? CANDOR.map(([name, type, extra]) => field(name, type, extra)) : []),
      ...(options.dataProtection
        ? [field('IndividualId', 'reference', { referenceTo: ['Individual'], relationshipName: 'Individual' })]
        : []),
    ]),
    objectType('User', '005', [
      field('Name', 'string', { ...READ_ONLY, length: 121 }),
      field('FirstName', 'string', { length: 40 }),
      field('LastName', 'string', { length: 80, required: true }),
      field('Username', 'string', { length: 80 }),
      field('Email', 'email'),
      field('Title', 'string', { length: 80 }),
      field('IsActive', 'boolean'),
      field('TimeZoneSidKey', 'picklist'),
      field('LocaleSidKey', 'picklist'),
      field('LanguageLocaleKey', 'picklist'),
    ]),
    objectType('Organization', '00D', [
      field('Name', 'string', READ_ONLY),
      field('IsSandbox', 'boolean', READ_ONLY),
      field('InstanceName', 'string', READ_ONLY),
      field('TimeZoneSidKey', 'picklist', READ_ONLY),
    ]),
    objectType('Event', '00U', [
      field('Subject', 'string'),
      WHO,
      WHAT,
      DERIVED_ACCOUNT,
      OWNER,
      field('StartDateTime', 'datetime'),
      field('EndDateTime', 'datetime'),
      field('ActivityDateTime', 'datetime', { label: 'Due Date Time' }),
      field('ActivityDate', 'date', { label: 'Due Date Only' }),
      field('DurationInMinutes', 'int', { label: 'Duration' }),
      field('IsAllDayEvent', 'boolean', { label: 'All-Day Event' }),
      field('Location', 'string'),
      field('Description', 'textarea'),
      field('EventSubtype', 'picklist', { updateable: false, defaultValue: 'Event', picklist: ['Event'] }),
      field('ShowAs', 'picklist', { defaultValue: 'Busy', picklist: ['Busy', 'OutOfOffice', 'Free'] }),
      field('IsPrivate', 'boolean'),
      field('IsChild', 'boolean', READ_ONLY),
      ...key,
      ...demanded,
    ]),
    objectType('Task', '00T', [
      field('Subject', 'string'),
      WHO,
      WHAT,
      DERIVED_ACCOUNT,
      OWNER,
      field('Status', 'picklist', {
        defaultValue: 'Not Started',
        picklist: ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'],
      }),
      field('Priority', 'picklist', { defaultValue: 'Normal', picklist: ['High', 'Normal', 'Low'] }),
      field('ActivityDate', 'date', { label: 'Due Date Only' }),
      field('TaskSubtype', 'picklist', {
        updateable: false,
        defaultValue: 'Task',
        picklist: ['Task', 'Email', 'ListEmail', 'Call', 'Cadence', 'LinkedIn'],
      }),
      field('CallDurationInSeconds', 'int', { label: 'Call Duration' }),
      field('CallType', 'picklist', { picklist: ['Internal', 'Inbound', 'Outbound'] }),
      field('CallDisposition', 'string', { label: 'Call Result' }),
      field('IsClosed', 'boolean', READ_ONLY),
      field('Description', 'textarea'),
      ...key,
      ...demanded,
    ]),
    objectType('EventRelation', '0RE', [
      field('EventId', 'reference', {
        updateable: false,
        required: true,
        referenceTo: ['Event'],
        relationshipName: 'Event',
      }),
      field('RelationId', 'reference', {
        required: true,
        referenceTo: ['Contact', 'Lead', 'Account', 'User'],
        relationshipName: 'Relation',
      }),
      field('Status', 'picklist', { defaultValue: 'New', picklist: ['New', 'Declined', 'Accepted'] }),
      field('Response', 'string'),
      // The documentation lists these four as visible only while Shared Activities is on; without it a row is an invitee.
      ...(options.sharedActivities
        ? [
            field('IsWhat', 'boolean', { updateable: false }),
            field('IsParent', 'boolean'),
            field('IsInvitee', 'boolean'),
            DERIVED_ACCOUNT,
          ]
        : []),
    ]),
  ];
  if (options.dataProtection) types.push(...PRIVACY);
  if (options.sharedActivities) {
    types.push(
      objectType('TaskRelation', '0RT', [
        field('TaskId', 'reference', {
          updateable: false,
          required: true,
          referenceTo: ['Task'],
          relationshipName: 'Task',
        }),
        field('RelationId', 'reference', {
          required: true,
          referenceTo: ['Contact', 'Lead', 'Account'],
          relationshipName: 'Relation',
        }),
        field('IsWhat', 'boolean', { updateable: false }),
        DERIVED_ACCOUNT,
      ]),
    );
  }
  return new Map(types.map((type) => [type.name.toLowerCase(), type]));
}

/** What `describe` says about one field. */
export function describeField(each: Field): Record<string, unknown> {
  return {
    name: each.name,
    label: each.label,
    type: each.type,
    length: each.length,
    byteLength: each.length * 3,
    createable: each.createable,
    updateable: each.updateable,
    nillable: each.nillable,
    defaultedOnCreate: each.defaultValue !== undefined || each.name === 'OwnerId',
    defaultValue: each.defaultValue ?? null,
    externalId: each.externalId,
    unique: each.unique,
    idLookup: each.externalId || each.name === 'Id',
    caseSensitive: false,
    custom: each.custom,
    filterable: each.filterable,
    sortable: each.filterable,
    groupable: each.filterable,
    referenceTo: each.referenceTo,
    relationshipName: each.relationshipName,
    polymorphicForeignKey: each.referenceTo.length > 1,
    picklistValues: (each.picklist ?? []).map((value) => ({
      active: true,
      defaultValue: value === each.defaultValue,
      label: value,
      value,
    })),
    restrictedPicklist: each.picklist !== undefined,
    autoNumber: false,
    calculated: false,
    permissionable: !each.required,
  };
}
