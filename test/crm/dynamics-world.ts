/** The demo Dataverse as a world for the adapter contract: real HTTP on the loopback. */

import { type DataverseOptions, type DemoDataverse, startDataverse } from '../../demo/crm/dynamics/index.ts';
import { type Send, Unanswered } from '../../src/crm/adapter.ts';
import type { World } from './adapter-contract.ts';

export interface DataverseWorld extends World {
  readonly org: DemoDataverse;
}

const sendTo = (org: DemoDataverse): Send => {
  const { accessToken } = org.issueToken();
  return async ({ method, path, headers, body, raw }) => {
    const content = body === undefined ? raw : { type: 'application/json', text: JSON.stringify(body) };
    try {
      const answer = await fetch(new URL(path, org.origins.loopback), {
        method,
        headers: {
          accept: 'application/json',
          ...(content ? { 'content-type': content.type } : {}),
          ...headers,
          authorization: `Bearer ${accessToken}`,
        },
        ...(content ? { body: content.text } : {}),
      });
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    } catch (cause) {
      throw new Unanswered('no answer', { cause });
    }
  };
};

export const dataverseWorld = async (options: DataverseOptions = {}): Promise<DataverseWorld> => {
  const org = await startDataverse(options);
  const dana = org.records.contact('Dana Reyes');
  const li = org.records.contact('Li Wei');
  return {
    org,
    send: sendTo(org),
    account: String(dana._parentcustomerid_value),
    people: [String(dana.contactid), String(li.contactid)],
    activities: () =>
      ['appointment', 'phonecall', 'task'].flatMap((table) =>
        org.records.all(table).map((row) => ({
          id: `${table}:${row.activityid}`,
          subject: String(row.subject),
          note: typeof row.description === 'string' ? row.description : null,
          people: org.records.peopleOn(String(row.activityid)),
        })),
      ),
    written: () => org.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body),
    invitations: () => org.records.effects.filter(({ kind }) => kind === 'invite').length,
    fail: (how) =>
      void org.faults.add({
        do: ({ lost_before: 'drop_before', lost_after: 'drop_after', expired: 'expire' } as const)[how],
      }),
    close: () => org.close(),
  };
};
