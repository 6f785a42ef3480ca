import { makeCertificate } from '../core/certificate.ts';
import type { DemoActivity, DemoCrm, DemoCrmOptions } from '../demo-crm.ts';
import type { Row } from './records.ts';
import { type DemoEspo, isEspoApi, startDemoEspo } from './server.ts';

export interface EspoDemo extends DemoCrm {
  readonly espo: DemoEspo;
}

const ENTITIES = ['Meeting', 'Call', 'Task'] as const;
const MARK = /\[candor:\w+\]/;

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** A finished task is an e-mail or a note: this CRM does not tell them apart. */
const whatOf = (entity: (typeof ENTITIES)[number], row: Row): DemoActivity['what'] =>
  entity === 'Meeting' ? 'meeting' : entity === 'Call' ? 'call' : row.status === 'Completed' ? 'note' : 'todo';

export async function startEspoDemo({ orgName = 'halden', now }: DemoCrmOptions = {}): Promise<EspoDemo> {
  const host = `${orgName}.crm.example`;
  const certificate = await makeCertificate([host]);
  const espo = await startDemoEspo({ tls: certificate, host, now });
  return {
    espo,
    id: 'espocrm',
    signIn: { user: text(espo.user.userName), password: espo.password },
    marks: { name: '.header-title .title', activity: '.panel .list-row[data-scope]' },
    address: espo.origins.ui,
    origins: [espo.origins.ui],
    hostMap: { [host]: espo.port },
    spki: certificate.spki,
    requests: espo.requests,
    faults: espo.faults,
    // The pages read the same API, with their cookie; Candor sends a header of its own.
    isApi: ({ path, headers }) => isEspoApi(path) && headers['espo-authorization'] !== undefined,
    contact: (name, account) => {
      const row = espo.named('Contact', name, account);
      return { id: row.id, account: text(row.accountId) };
    },
    contactUrl: (name, account) => espo.recordUrl('Contact', espo.named('Contact', name, account).id),
    teams: () =>
      espo.all('Account').map((account) => ({
        account: text(account.name),
        people: espo
          .all('Contact')
          .filter(({ accountId }) => accountId === account.id)
          .sort((a, b) => (text(a.createdAt) < text(b.createdAt) ? 1 : -1))
          .map(({ name }) => text(name)),
      })),
    activities: () =>
      ENTITIES.flatMap((entity) =>
        espo
          .all(entity)
          .filter(({ description }) => MARK.test(text(description)))
          .map((row) => {
            const what = whatOf(entity, row);
            return {
              id: row.id,
              what,
              subject: text(row.name),
              note: text(row.description).replace(MARK, '').trim(),
              start: text(row.dateStart) || null,
              due: what === 'todo' ? text(row.dateEndDate ?? row.dateEnd).slice(0, 10) || null : null,
              account: text(row.accountId) || null,
              people: espo.people(row),
            };
          }),
      ),
    close: () => espo.close(),
  };
}
