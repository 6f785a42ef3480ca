/** The demo EspoCRM as a world for the adapter contract: real HTTP on the loopback, signed in with an API key. */
import { type DemoEspo, type DemoEspoOptions, type Row, startDemoEspo } from '../../demo/crm/espocrm/index.ts';
import { type Send, type StatusPart, Unanswered } from '../../src/crm/adapter.ts';
import type { World } from './adapter-contract.ts';

export interface EspoWorld extends World {
  readonly espo: DemoEspo;
}

export const sendTo = (origin: string, headers: Readonly<Record<string, string>>): Send => {
  return async ({ method, path, headers: own, body }) => {
    try {
      const answer = await fetch(`${origin}${path}`, {
        method,
        headers: { ...own, ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    } catch (cause) {
      throw new Unanswered('no answer', { cause });
    }
  };
};

const LOST = { lost_before: 'drop_before', lost_after: 'drop_after' } as const;

const ATTRIBUTES: Readonly<Record<StatusPart, string>> = {
  email: 'emailAddressIsOptedOut',
  phone: 'doNotCall',
  post: 'cCandorNoPost',
  message: 'cCandorNoMessages',
  processing: 'cCandorRestricted',
  disclosure: 'cCandorDisclosure',
  told_on: 'cCandorToldOn',
  line: 'cCandorStatus',
};

const MARK = /\[candor:\w+\]/g;

export const espoWorld = async (options: DemoEspoOptions = {}): Promise<EspoWorld> => {
  const espo = await startDemoEspo(options);
  const dana = espo.named('Contact', 'Dana Reyes');
  const li = espo.named('Contact', 'Li Wei');
  const note = (row: Row): string | null =>
    String(row.description ?? '')
      .replace(MARK, '')
      .trim() || null;
  return {
    espo,
    send: sendTo(espo.origins.loopback, { 'x-api-key': espo.issueKey() }),
    account: String(dana.accountId),
    stranger: (at) => String(at).padStart(17, 'f'),
    people: [dana.id, li.id],
    activities: () =>
      (['Meeting', 'Call', 'Task'] as const)
        .flatMap((entity) => espo.all(entity))
        .map((row) => ({ id: row.id, subject: String(row.name), note: note(row), people: espo.people(row) })),
    written: () => espo.requests.filter(({ method }) => method !== 'GET').map(({ body }) => body),
    removeActivity: (id) => {
      for (const entity of ['Meeting', 'Call', 'Task'] as const) espo.remove(entity, id);
    },
    scribble: (id, words) => {
      for (const entity of ['Meeting', 'Call', 'Task'] as const) {
        const row = espo.all(entity).find((one) => one.id === id);
        const mark = /\[candor:\w+\]/.exec(String(row?.description))?.[0] ?? '';
        if (row) espo.change(entity, id, { description: `${words}\n\n${mark}` });
      }
    },
    invitations: () => espo.effects.length,
    fail: (how) => {
      const act = { lost_before: 'drop_before', lost_after: 'drop_after', expired: 'expire' } as const;
      // Only what writes can be lost with consequences; a question is asked before it.
      espo.faults.add({ do: act[how], ...(how === 'expired' ? {} : { match: { method: 'POST' } }) });
    },
    status: {
      shown: (person) => {
        const row = espo.all('Contact').find(({ id }) => id === person);
        return Object.fromEntries(
          Object.entries(ATTRIBUTES).map(([part, name]) => [part, (row?.[name] ?? null) as boolean | string | null]),
        );
      },
      set: (person, part, value) => espo.change('Contact', person, { [ATTRIBUTES[part]]: value }),
      remove: (person) => espo.remove('Contact', person),
      versioned: false,
      loseWrite: (how) => espo.faults.add({ do: LOST[how], match: ({ method }) => method === 'PATCH' }),
    },
    close: () => espo.close(),
  };
};
