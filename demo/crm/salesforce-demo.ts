import { makeCertificate } from './core/certificate.ts';
import type { DemoActivity, DemoCrm } from './demo-crm.ts';
import type { Row } from './org.ts';
import { DEMO_CLIENT_ID, type DemoOrg, type DemoOrgOptions, startDemoOrg, WILDCARD_HOSTS } from './server.ts';

export interface SalesforceDemo extends DemoCrm {
  readonly org: DemoOrg;
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function whatOf(table: string, row: Row): DemoActivity['what'] {
  if (table === 'Event') return 'meeting';
  if (row.Status !== 'Completed') return 'todo';
  return row.TaskSubtype === 'Call' ? 'call' : row.TaskSubtype === 'Email' ? 'email' : 'note';
}

export async function startSalesforceDemo(options: DemoOrgOptions = {}): Promise<SalesforceDemo> {
  const certificate = await makeCertificate(WILDCARD_HOSTS);
  const org = await startDemoOrg({ tls: certificate, ...options });
  const peopleOn = (table: string, row: Row): string[] => {
    const related = org.records
      .all(`${table}Relation`)
      .filter((link) => link[`${table}Id`] === row.Id && text(link.RelationId).startsWith('003'))
      .map((link) => text(link.RelationId));
    return [...new Set([...(row.WhoId ? [text(row.WhoId)] : []), ...related])];
  };
  return {
    org,
    id: 'salesforce',
    signIn: { clientId: DEMO_CLIENT_ID },
    marks: { name: 'h1[data-record-name]', activity: '[data-activity-id]' },
    address: org.origins.ui,
    origins: [org.origins.ui, org.origins.api],
    hostMap: { [org.hosts.ui]: org.port, [org.hosts.api]: org.port },
    spki: certificate.spki,
    requests: org.requests,
    faults: org.faults,
    isApi: ({ path }) => path.startsWith('/services'),
    contact: (name, account) => {
      const row = org.records.contact(name, account);
      return { id: text(row.Id), account: text(row.AccountId) };
    },
    contactUrl: (name, account) => org.recordUrl(text(org.records.contact(name, account).Id)),
    teams: () =>
      org.records.all('Account').map((account) => ({
        account: text(account.Name),
        people: org.records
          .all('Contact')
          .filter(({ AccountId }) => AccountId === account.Id)
          .sort((a, b) => (text(a.CreatedDate) < text(b.CreatedDate) ? 1 : -1))
          .map(({ FirstName, LastName }) => [FirstName, LastName].filter(Boolean).join(' ')),
      })),
    activities: () =>
      ['Event', 'Task'].flatMap((table) =>
        org.records
          .all(table)
          .filter(({ Candor_Key__c }) => Candor_Key__c !== null && Candor_Key__c !== undefined)
          .map((row) => {
            const what = whatOf(table, row);
            return {
              id: text(row.Id),
              what,
              subject: text(row.Subject),
              note: text(row.Description),
              start: text(row.StartDateTime) || null,
              due: what === 'todo' ? text(row.ActivityDate) || null : null,
              account: text(row.WhatId) || null,
              people: peopleOn(table, row),
            };
          }),
      ),
    close: () => org.close(),
  };
}
