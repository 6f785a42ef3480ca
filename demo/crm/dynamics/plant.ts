import type { Seed, SeedFields } from '../../seed.ts';
import type { Org, Row, Value } from './org.ts';

/** The seed's people under the names that Dataverse has for their fields. */

const renamed = (fields: SeedFields, names: Readonly<Record<string, string>>): Row =>
  Object.fromEntries(
    Object.entries(names).flatMap(([from, to]) => (fields[from] === undefined ? [] : [[to, fields[from] as Value]])),
  );

const ACCOUNT = {
  Name: 'name',
  Phone: 'telephone1',
  Website: 'websiteurl',
  BillingStreet: 'address1_line1',
  BillingCity: 'address1_city',
  BillingCountry: 'address1_country',
  Industry: 'industry',
  NumberOfEmployees: 'numberofemployees',
};
const CONTACT = {
  FirstName: 'firstname',
  LastName: 'lastname',
  Title: 'jobtitle',
  Department: 'department',
  Email: 'emailaddress1',
  Phone: 'telephone1',
  MailingStreet: 'address1_line1',
  MailingCity: 'address1_city',
  MailingCountry: 'address1_country',
  HasOptedOutOfEmail: 'donotemail',
  DoNotCall: 'donotphone',
};

/** Puts the seed into the organisation and answers who sits in front of the browser. */
export function plantSeed(org: Org, seed: Seed, history: boolean): string {
  const users = seed.users.map(({ fields, created }) =>
    org.plant(
      'systemuser',
      {
        ...renamed(fields, {
          FirstName: 'firstname',
          LastName: 'lastname',
          Username: 'domainname',
          Email: 'internalemailaddress',
          Title: 'title',
        }),
        isdisabled: false,
      },
      created,
    ),
  );
  const owner = (at: number): readonly [string, string] => ['systemuser', users[at] ?? users[0] ?? ''];
  const accounts = seed.accounts.map((each) =>
    org.plant('account', renamed(each.fields, ACCOUNT), each.created, { ownerid: owner(each.owner) }),
  );
  const contacts = new Map<string, readonly [contact: string, account: string]>();
  for (const each of seed.contacts) {
    const account = accounts[each.account] ?? '';
    const id = org.plant('contact', { ...renamed(each.fields, CONTACT), merged: false }, each.created, {
      parentcustomerid: ['account', account],
      ownerid: owner(each.owner),
    });
    const name = [each.fields.FirstName, each.fields.LastName].filter(Boolean).join(' ');
    if (!contacts.has(name)) contacts.set(name, [id, account]);
  }
  if (history) plantHistory(org, seed, contacts, owner(0));
  return users[0] ?? '';
}

const instant = (value: Value | undefined): Value =>
  typeof value === 'string' ? new Date(value.replace('+0000', 'Z')).toISOString().replace(/\.\d{3}Z$/, 'Z') : null;

function plantHistory(
  org: Org,
  seed: Seed,
  contacts: ReadonlyMap<string, readonly [string, string]>,
  owner: readonly [string, string],
): void {
  for (const { kind, contact, fields, created } of seed.history) {
    const known = contacts.get(contact);
    if (!known) continue;
    const [table, row]: [string, Row] =
      kind === 'Event'
        ? [
            'appointment',
            {
              scheduledstart: instant(fields.StartDateTime),
              scheduledend: instant(fields.EndDateTime),
              location: fields.Location ?? null,
              statecode: 1,
              statuscode: 3,
            },
          ]
        : ['task', { scheduledend: instant(`${String(fields.ActivityDate)}T12:00:00Z`), statecode: 1, statuscode: 5 }];
    org.plant(table, { ...row, subject: fields.Subject ?? null, description: fields.Description ?? null }, created, {
      regardingobjectid: ['contact', known[0]],
      ownerid: owner,
    });
  }
}
