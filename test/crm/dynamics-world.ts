/** The demo Dataverse as a world for the adapter contract: real HTTP on the loopback. */

import { type DataverseOptions, type DemoDataverse, startDataverse } from '../../demo/crm/dynamics/index.ts';
import { type Send, type StatusPart, Unanswered } from '../../src/crm/adapter.ts';
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

const LOST = { lost_before: 'drop_before', lost_after: 'drop_after' } as const;

export const COLUMNS: Readonly<Record<StatusPart, string>> = {
  email: 'donotbulkemail',
  phone: 'donotphone',
  post: 'donotbulkpostalmail',
  message: 'hal_candornomessages',
  processing: 'hal_candorrestricted',
  disclosure: 'hal_candordisclosure',
  told_on: 'hal_candortoldon',
  line: 'hal_candorstatus',
};

export const dataverseWorld = async (options: DataverseOptions = {}): Promise<DataverseWorld> => {
  const org = await startDataverse(options);
  const dana = org.records.contact('Dana Reyes');
  const li = org.records.contact('Li Wei');
  return {
    org,
    send: sendTo(org),
    account: String(dana._parentcustomerid_value),
    stranger: (at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
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
    removeActivity: (id) => {
      const [table = '', guid = ''] = id.split(':');
      org.remove(table, guid);
    },
    scribble: (id, words) => {
      const [table = '', guid = ''] = id.split(':');
      org.change(table, guid, { description: words });
    },
    invitations: () => org.records.effects.filter(({ kind }) => kind === 'invite').length,
    fail: (how) =>
      void org.faults.add({
        do: ({ lost_before: 'drop_before', lost_after: 'drop_after', expired: 'expire' } as const)[how],
      }),
    status: {
      shown: (person) => {
        const row = org.records.byId('contact', person) ?? {};
        const value = (part: string, name: string) =>
          (part === 'told_on' ? row[name] && String(row[name]).slice(0, 10) : row[name]) ?? null;
        return Object.fromEntries(
          Object.entries(COLUMNS).map(([part, name]) => [part, value(part, name) as boolean | string | null]),
        );
      },
      set: (person, part, value) => org.change('contact', person, { [COLUMNS[part]]: value }),
      remove: (person) => org.remove('contact', person),
      merge: (into, person) => org.mergeContacts(into, person),
      versioned: true,
      loseWrite: (how) => org.faults.add({ do: LOST[how], match: ({ method }) => method === 'PATCH' }),
    },
    close: () => org.close(),
  };
};
