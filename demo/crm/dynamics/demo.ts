import { makeCertificate } from '../core/certificate.ts';
import type { DemoActivity, DemoCrm } from '../demo-crm.ts';
import type { Row } from './org.ts';
import { ACTIVITIES } from './schema.ts';
import {
  DATAVERSE_CLIENT_ID,
  DATAVERSE_HOSTS,
  type DataverseOptions,
  type DemoDataverse,
  startDataverse,
} from './server.ts';

export interface DynamicsDemo extends DemoCrm {
  readonly org: DemoDataverse;
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function whatOf(table: string, row: Row): DemoActivity['what'] {
  if (table === 'appointment') return 'meeting';
  if (table === 'phonecall') return 'call';
  if (row.statecode !== 1) return 'todo';
  return row.category === 'Email' ? 'email' : 'note';
}

export async function startDynamicsDemo(options: DataverseOptions = {}): Promise<DynamicsDemo> {
  const certificate = await makeCertificate(DATAVERSE_HOSTS);
  const org = await startDataverse({ tls: certificate, ...options });
  /** Of a person the account is her company, as the app's own timelines gather it. */
  const accountOf = (row: Row): string | null => {
    const regarded = text(row._regardingobjectid_value);
    const person = org.records.byId('contact', regarded);
    return text(person ? person._parentcustomerid_value : regarded) || null;
  };
  /** GUIDs that Candor chose say so by their version. */
  const ours = (row: Row): boolean => text(row.activityid).charAt(14) === '8';
  return {
    org,
    id: 'dynamics',
    signIn: { clientId: DATAVERSE_CLIENT_ID },
    marks: { name: 'h1[data-record-name]', activity: '[data-activity-id]' },
    address: org.origins.ui,
    origins: [org.origins.ui, org.origins.signIn],
    hostMap: { [org.hosts.org]: org.port, [org.hosts.signIn]: org.port },
    spki: certificate.spki,
    requests: org.requests,
    faults: org.faults,
    isApi: ({ path }) => path.startsWith('/api/'),
    contact: (name, account) => {
      const row = org.records.contact(name, account);
      return { id: text(row.contactid), account: text(row._parentcustomerid_value) };
    },
    contactUrl: (name, account) => org.recordUrl('contact', text(org.records.contact(name, account).contactid)),
    teams: () =>
      org.records.all('account').map((account) => ({
        account: text(account.name),
        people: org.records
          .all('contact')
          .filter(({ _parentcustomerid_value }) => _parentcustomerid_value === account.accountid)
          .sort((a, b) => (text(a.createdon) < text(b.createdon) ? 1 : -1))
          .map(({ fullname }) => text(fullname)),
      })),
    activities: () =>
      ACTIVITIES.flatMap((table) =>
        org.records
          .all(table)
          .filter(ours)
          .map((row) => {
            const what = whatOf(table, row);
            return {
              id: text(row.activityid),
              what,
              subject: text(row.subject),
              note: text(row.description),
              start: text(row.scheduledstart) || null,
              due: what === 'todo' ? text(row.scheduledend).slice(0, 10) || null : null,
              account: accountOf(row),
              people: org.records.peopleOn(text(row.activityid)),
            };
          }),
      ),
    close: () => org.close(),
  };
}
