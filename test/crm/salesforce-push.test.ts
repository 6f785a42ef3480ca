import { afterEach, describe, expect, it } from 'vitest';
import { type Delivery, type Request, type Send, Unanswered } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { canonicalId } from '../../src/crm/salesforce/record-id.ts';
import { answer, scripted } from './adapter-contract.ts';
import { type DemoWorld, demoWorld } from './salesforce-world.ts';

const id = (prefix: string, n: number): string => canonicalId(`${prefix}Hd0${String(n).padStart(9, '0')}`) ?? '';
const event = (n: number): string => id('00U', n);

const meeting = (key: string, more: object = {}): Delivery => ({
  key,
  kind: 'meeting',
  step: 'record',
  start: '2026-11-19T14:00:00.000Z',
  end: '2026-11-19T14:45:00.000Z',
  day: '2026-11-19',
  subject: 'Meeting',
  ...more,
});

interface Sent {
  readonly records: readonly Record<string, unknown>[];
  readonly allOrNone: boolean;
}
const bodyOf = (request: Request | undefined): Sent => request?.body as Sent;

/** Answers every collection with one success per record. */
const storing = (refuse: (call: number) => Error | null = () => null): { send: Send; asked: Request[] } => {
  const asked: Request[] = [];
  let made = 0;
  return {
    asked,
    send: async (request) => {
      // What is there is asked for before a completion; nothing is.
      if (request.method === 'GET') return answer({ text: '{"records":[]}' });
      asked.push(request);
      const error = refuse(asked.length);
      if (error) throw error;
      const results = bodyOf(request).records.map((record) => {
        made += 1;
        const type = (record.attributes as { type: string }).type;
        return { success: true, id: record.id ?? id(type === 'Event' ? '00U' : '00T', made), errors: [] };
      });
      return answer({ text: JSON.stringify(results) });
    },
  };
};

describe('many deliveries', () => {
  const many = Array.from({ length: 450 }, (_, n) => meeting(`k-${n}`));

  it('go in calls of at most 200, each item on its own', async () => {
    const { send, asked } = storing();
    const outcomes = await makeApi(send).push(many);
    expect(asked.map((request) => bodyOf(request).records.length)).toEqual([200, 200, 50]);
    for (const request of asked) {
      expect(request.method).toBe('PATCH');
      expect(request.path).toBe('/services/data/v60.0/composite/sobjects/Event/Candor_Key__c');
      expect(bodyOf(request).allOrNone).toBe(false);
    }
    expect(outcomes).toHaveLength(450);
    expect(outcomes.every(({ is }) => is === 'stored')).toBe(true);
    expect(new Set(outcomes.map((outcome) => outcome.is === 'stored' && outcome.remoteId)).size).toBe(450);
  });

  it('are unknown only where no answer came', async () => {
    const { send } = storing((call) => (call === 2 ? new Unanswered() : null));
    const outcomes = await makeApi(send).push(many);
    expect(outcomes.map(({ is }) => is)).toEqual([
      ...Array<string>(200).fill('stored'),
      ...Array<string>(200).fill('unknown'),
      ...Array<string>(50).fill('stored'),
    ]);
  });

  it('stop where the CRM asks to wait or to sign in: the rest is not tried', async () => {
    for (const [status, is] of [
      [429, 'throttled'],
      [401, 'sign_in_needed'],
    ] as const) {
      const { send, asked } = scripted({ status });
      const outcomes = await makeApi(send).push(many);
      expect(asked).toHaveLength(1);
      expect(outcomes.every((outcome) => outcome.is === is)).toBe(true);
    }
  });

  it('keep records of one account in one call, and outcomes in the order given', async () => {
    const mixed = Array.from({ length: 300 }, (_, n) => meeting(`k-${n}`, { account: id('001', n % 2) }));
    const { send, asked } = storing();
    await makeApi(send).push(mixed);
    const accounts = bodyOf(asked[0]).records.map((record) => record.WhatId);
    expect(new Set(accounts.slice(0, 150)).size).toBe(1);
  });

  it('go by kind: events and tasks by key, completions by id', async () => {
    const { send, asked } = storing();
    const outcomes = await makeApi(send).push([
      { key: 't', kind: 'meeting', step: 'task', text: 'send pricing', due: null },
      { key: 'c', kind: 'call', step: 'completion', remoteId: id('00T', 7).slice(0, 15), note: 'n' },
      meeting('m'),
      meeting('p', { kind: 'call' }),
    ]);
    expect(asked.map(({ path }) => path.replace('/services/data/v60.0/composite/sobjects', ''))).toEqual([
      '/Event/Candor_Key__c',
      '',
      '/Task/Candor_Key__c',
    ]);
    expect(outcomes.map(({ is }) => is)).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(outcomes[1]).toEqual({ is: 'stored', remoteId: id('00T', 7) });
  });

  it('never carry one key or one record twice in one call', async () => {
    const { send, asked } = storing();
    const done = (note: string): Delivery => ({
      key: note,
      kind: 'meeting',
      step: 'completion',
      remoteId: event(1),
      note,
    });
    await makeApi(send).push([meeting('k'), meeting('k'), meeting('l'), done('first'), done('second')]);
    expect(asked.map((request) => bodyOf(request).records.length)).toEqual([2, 1, 1, 1]);
  });

  it('are none: nothing is asked', async () => {
    const { send, asked } = storing();
    expect(await makeApi(send).push([])).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('one item', () => {
  const push = async (text: string, deliveries: readonly Delivery[] = [meeting('k')], ...more: string[]) =>
    makeApi(scripted(...[text, ...more].map((each) => ({ text: each }))).send).push(deliveries);

  it('fails alone: the others of its call are stored', async () => {
    const outcomes = await push(
      JSON.stringify([
        { success: true, id: event(1), errors: [] },
        {
          success: false,
          errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'Say it', fields: ['Region__c'] }],
        },
        'nonsense',
      ]),
      [meeting('a'), meeting('b'), meeting('c')],
    );
    expect(outcomes).toEqual([
      { is: 'stored', remoteId: event(1) },
      { is: 'invalid', field: 'Region__c', why: 'Say it' },
      { is: 'unknown', why: 'the answer could not be read' },
    ]);
  });

  it('is in doubt with all others when their number is not the one sent: positions mean nothing then', async () => {
    const outcomes = await push(JSON.stringify([{ success: true, id: event(1) }]), [meeting('a'), meeting('b')]);
    expect(outcomes.map(({ is }) => is)).toEqual(['unknown', 'unknown']);
  });

  it.each([
    ["No such column 'Region__c' on sobject of type Event", [], 'Region__c'],
    ['Required fields are missing: [Region__c, Other__c]', [], 'Region__c'],
    ['Something else', ['Region__c'], 'Region__c'],
    ['Something else', [], null],
  ])('names the field it was refused for: %s', async (message, fields, field) => {
    const [outcome] = await push(JSON.stringify([{ success: false, errors: [{ statusCode: 'X', message, fields }] }]));
    expect(outcome).toEqual({ is: 'invalid', field, why: message });
  });

  it('shows a refusal in one line of bounded length', async () => {
    const message = `a\n\tb ${'x'.repeat(5000)}`;
    const [outcome] = await push(JSON.stringify([{ success: false, errors: [{ statusCode: 'X', message }] }]));
    expect(outcome?.is === 'invalid' && outcome.why).toMatch(/^a b x{296}$/);
  });

  it('is stored when its key is there already, by the id that is named', async () => {
    const message = `duplicate value found: Candor_Key__c duplicates value on record with id: ${event(5).slice(0, 15)}`;
    const outcomes = await push(
      JSON.stringify([{ success: false, errors: [{ errorCode: 'DUPLICATE_VALUE', message }] }]),
    );
    expect(outcomes).toEqual([{ is: 'stored', remoteId: event(5) }]);
  });

  const nameless = JSON.stringify([
    {
      success: false,
      errors: [
        {
          statusCode: 'DUPLICATE_VALUE',
          message: 'duplicate value found: <unknown> duplicates value on record with id: <unknown>',
        },
      ],
    },
  ]);

  it('is looked up when its key is there already and no id is named', async () => {
    const found = JSON.stringify({ records: [{ Id: event(6), Candor_Key__c: 'K' }], done: true });
    expect(await push(nameless, undefined, found)).toEqual([{ is: 'stored', remoteId: event(6) }]);
    expect(await push(nameless, undefined, JSON.stringify({ records: [] }))).toMatchObject([{ is: 'transient' }]);
  });

  it('is updated without the field that can only be given at its creation', async () => {
    const refused = JSON.stringify([
      { success: false, errors: [{ statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE', fields: ['TaskSubtype'] }] },
    ]);
    const { send, asked } = scripted(
      { text: refused },
      { text: JSON.stringify([{ success: true, id: id('00T', 1), errors: [] }]) },
    );
    const outcomes = await makeApi(send).push([meeting('k', { kind: 'call' })]);
    expect(outcomes).toEqual([{ is: 'stored', remoteId: id('00T', 1) }]);
    expect(bodyOf(asked[1]).records[0]).not.toHaveProperty('TaskSubtype');
    expect(bodyOf(asked[1]).records[0]).toHaveProperty('Candor_Key__c', 'k');
  });

  it('is not sent to what is not an activity', async () => {
    const { send, asked } = scripted({});
    const outcomes = await makeApi(send).push([
      { key: 'k', kind: 'meeting', step: 'completion', remoteId: "x' OR Id != '", note: 'n' },
      { key: 'l', kind: 'meeting', step: 'link', remoteId: id('001', 1), who: id('003', 1) },
      { key: 'm', kind: 'meeting', step: 'link', remoteId: event(1), who: "x') OR (Id != '" },
    ]);
    expect(outcomes.map(({ is }) => is)).toEqual(['invalid', 'invalid', 'invalid']);
    expect(asked).toEqual([]);
  });

  it('is completed only by an answer about itself', async () => {
    const completion: Delivery = { key: 'k', kind: 'meeting', step: 'completion', remoteId: event(1), note: 'n' };
    const another = JSON.stringify([{ success: true, id: event(2), errors: [] }]);
    expect(await push('{"records":[]}', [completion], another)).toMatchObject([{ is: 'unknown' }]);
  });

  it('is not completed while nobody knows what people wrote in it', async () => {
    const completion: Delivery = { key: 'k', kind: 'meeting', step: 'completion', remoteId: event(1), note: 'n' };
    const { send, asked } = scripted(new Unanswered());
    expect(await makeApi(send).push([completion])).toMatchObject([{ is: 'transient' }]);
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('a link', () => {
  const link = (n: number, who: number): Delivery => ({
    key: `${n}/${who}`,
    kind: 'meeting',
    step: 'link',
    remoteId: event(n),
    who: id('003', who),
  });
  const row = (n: number, who: number) => ({
    Id: id('0RE', n * 10 + who),
    EventId: event(n),
    RelationId: id('003', who),
  });

  it('is read before it is made, and only what is missing is made', async () => {
    const { send, asked } = scripted(
      { text: JSON.stringify({ records: [row(1, 1)], done: true }) },
      { text: JSON.stringify([{ success: true, id: id('0RE', 99), errors: [] }]) },
    );
    const outcomes = await makeApi(send).push([link(1, 1), link(1, 2)]);
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(bodyOf(asked[1]).records).toMatchObject([{ RelationId: id('003', 2), IsParent: true, IsInvitee: false }]);
    expect(outcomes).toEqual([
      { is: 'stored', remoteId: id('0RE', 11) },
      { is: 'stored', remoteId: id('0RE', 99) },
    ]);
  });

  it('is read through every page of the answer, and from nowhere else', async () => {
    const more = { records: [], nextRecordsUrl: '/services/data/v60.0/query/01g-2000' };
    const { send, asked } = scripted(
      { text: JSON.stringify(more) },
      { text: JSON.stringify({ records: [row(1, 1)] }) },
    );
    expect(await makeApi(send).push([link(1, 1)])).toMatchObject([{ is: 'stored' }]);
    expect(asked[1]?.path).toBe('/services/data/v60.0/query/01g-2000');
    const away = scripted({ text: JSON.stringify({ ...more, nextRecordsUrl: 'https://evil.test/query/1' }) });
    expect(await makeApi(away.send).push([link(1, 1)])).toMatchObject([{ is: 'transient' }]);
    expect(away.asked).toHaveLength(1);
  });

  it('that could not be read leaves nothing in doubt: nothing was made', async () => {
    const { send, asked } = scripted(new Unanswered());
    expect(await makeApi(send).push([link(1, 1)])).toMatchObject([{ is: 'transient' }]);
    expect(asked).toHaveLength(1);
  });

  it('that another writer made meanwhile is adopted', async () => {
    const { send } = scripted(
      { text: JSON.stringify({ records: [] }) },
      { text: JSON.stringify([{ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE', message: 'duplicate' }] }]) },
      { text: JSON.stringify({ records: [row(1, 1)] }) },
    );
    expect(await makeApi(send).push([link(1, 1)])).toEqual([{ is: 'stored', remoteId: id('0RE', 11) }]);
  });
});

describe('against the demo organisation', () => {
  let world: DemoWorld;
  afterEach(() => world.close());

  it('adopts the record that a slower twin lost to', async () => {
    world = await demoWorld();
    world.org.faults.add({ do: 'race' });
    const [outcome] = await makeApi(world.send).push([meeting('k')]);
    expect(outcome).toEqual({ is: 'stored', remoteId: world.activities()[0]?.id });
    expect(world.activities()).toHaveLength(1);
  });

  it('does not know what became of an answer that was cut', async () => {
    world = await demoWorld();
    world.org.faults.add({ do: { cutAfter: 20 } });
    expect(await makeApi(world.send).push([meeting('k')])).toMatchObject([{ is: 'unknown' }]);
  });

  it('makes no second person an invitee where activities cannot be shared', async () => {
    world = await demoWorld({ sharedActivities: false });
    const api = makeApi(world.send);
    const [first] = await api.push([meeting('k', { who: world.people[0] })]);
    const remoteId = first?.is === 'stored' ? first.remoteId : '';
    const [outcome] = await api.push([{ key: 'l', kind: 'meeting', step: 'link', remoteId, who: world.people[1] }]);
    expect(outcome?.is).toBe('invalid');
    expect(world.invitations()).toBe(0);
  });

  it('does not bring back a log that somebody deleted, when it is completed', async () => {
    world = await demoWorld();
    const api = makeApi(world.send);
    const [first] = await api.push([meeting('k')]);
    const remoteId = first?.is === 'stored' ? first.remoteId : '';
    await world.send({ method: 'DELETE', path: `/services/data/v60.0/sobjects/Event/${remoteId}` });
    const completion: Delivery = { key: 'c', kind: 'meeting', step: 'completion', remoteId, note: 'n' };
    expect(await api.push([completion])).toMatchObject([{ is: 'gone' }]);
    expect(world.activities()).toHaveLength(0);
  });

  it('stores 450 logs with three calls', async () => {
    world = await demoWorld();
    const outcomes = await makeApi(world.send).push(Array.from({ length: 450 }, (_, n) => meeting(`k-${n}`)));
    expect(outcomes.every(({ is }) => is === 'stored')).toBe(true);
    expect(world.written()).toHaveLength(3);
    expect(world.activities()).toHaveLength(450);
  });
});
