/** The demo org as a world for the adapter contract: real HTTP on the loopback. */

import { type DemoOrg, type DemoOrgOptions, type Row, startDemoOrg } from '../../demo/crm/index.ts';
import { type Send, type StatusPart, Unanswered } from '../../src/crm/adapter.ts';
import type { World } from './adapter-contract.ts';

export interface DemoWorld extends World {
  readonly org: DemoOrg;
}

const sendTo = (org: DemoOrg): Send => {
  const { accessToken } = org.issueToken();
  return async ({ method, path, headers, body }) => {
    try {
      const answer = await fetch(new URL(path, org.origins.loopback), {
        method,
        headers: { ...headers, authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    } catch (cause) {
      throw new Unanswered('no answer', { cause });
    }
  };
};

const LOST = { lost_before: 'drop_before', lost_after: 'drop_after' } as const;

export const FIELDS: Readonly<Record<StatusPart, string>> = {
  email: 'HasOptedOutOfEmail',
  phone: 'DoNotCall',
  post: 'Candor_No_Post__c',
  message: 'Candor_No_Messages__c',
  processing: 'Candor_Restricted__c',
  disclosure: 'Candor_Disclosure__c',
  told_on: 'Candor_Told_On__c',
  line: 'Candor_Status__c',
};

export const demoWorld = async (options: DemoOrgOptions = {}): Promise<DemoWorld> => {
  const org = await startDemoOrg(options);
  const dana = org.records.contact('Dana Reyes');
  const li = org.records.contact('Li Wei');
  const text = (row: Row, field: string): string | null => (typeof row[field] === 'string' ? String(row[field]) : null);
  const people = (row: Row): string[] => [
    ...new Set([
      ...(text(row, 'WhoId') ? [String(row.WhoId)] : []),
      ...['Event', 'Task'].flatMap((name) =>
        org.records
          .all(`${name}Relation`)
          .filter((link) => link[`${name}Id`] === row.Id && String(link.RelationId).startsWith('003'))
          .map((link) => String(link.RelationId)),
      ),
    ]),
  ];
  return {
    org,
    send: sendTo(org),
    account: String(dana.AccountId),
    stranger: (at) => `003${String(at).padStart(12, '0')}`,
    people: [String(dana.Id), String(li.Id)],
    activities: () =>
      ['Event', 'Task']
        .flatMap((name) => org.records.all(name))
        .map((row) => ({
          id: String(row.Id),
          subject: String(row.Subject),
          note: text(row, 'Description'),
          people: people(row),
        })),
    written: () => org.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body),
    removeActivity: (id) => org.remove(id),
    scribble: (id, words) => org.change(id, { Description: words }),
    invitations: () => org.records.raw('EventRelation').filter((link) => link.IsInvitee === true).length,
    fail: (how) =>
      void org.faults.add({
        do: { lost_before: 'drop_before', lost_after: 'drop_after', expired: 'expire' }[how] as never,
      }),
    status: {
      shown: (person) => {
        const row = org.records.byId(person) ?? {};
        return Object.fromEntries(Object.entries(FIELDS).map(([part, name]) => [part, row[name] ?? null]));
      },
      set: (person, part, value) => org.change(person, { [FIELDS[part]]: value }),
      remove: (person) => org.remove(person),
      merge: (into, person) => org.mergeContacts(into, person),
      versioned: true,
      loseWrite: (how) => org.faults.add({ do: LOST[how], match: ({ method }) => method === 'PATCH' }),
    },
    close: () => org.close(),
  };
};
