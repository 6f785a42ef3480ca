/** What every CRM's adapter must keep, said once. A CRM's own test calls it with its pages, its errors and its world. */
import { Window } from 'happy-dom';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type About,
  type Api,
  type Delivery,
  type MakeApi,
  type Outcome,
  type Page,
  type RecordRef,
  type Request,
  type Response,
  type Send,
  type StatusPart,
  Unanswered,
} from '../../src/crm/adapter.ts';
import { changesContract } from './changes-contract.ts';
import { lossContract } from './loss-contract.ts';
import { statusContract } from './status-contract.ts';

export interface StatusWorld {
  /** The fields of a contact as its page shows them, by the part they hold. */
  shown(person: string): Readonly<Partial<Record<StatusPart, boolean | string | null>>>;
  /** Somebody changes one of them in the CRM, now. */
  set(person: string, part: StatusPart, value: boolean | string): void;
  remove(person: string): void;
  /** Absent where the CRM leaves no trace of whom a person became. */
  merge?(into: string, person: string): void;
  /** Plays on the next call that writes. */
  loseWrite(how: 'lost_before' | 'lost_after'): void;
  /** Whether a write can demand that the record is still as it was read. */
  readonly versioned: boolean;
}

/** One activity as the CRM shows it to its own people, whatever it calls it there. */
export interface SeenActivity {
  readonly id: string;
  readonly subject: string;
  readonly note: string | null;
  readonly people: readonly string[];
}

/** A CRM to write to: empty of activities at the start, with faults that can be played on its next call. */
export interface World {
  readonly send: Send;
  readonly account: string;
  /** Two people of that account. */
  readonly people: readonly [string, string];
  /** The id of a person who is not there, another one for each number. */
  stranger(at: number): string;
  activities(): readonly SeenActivity[];
  /** Everything that was written, as it went over the wire. */
  written(): readonly string[];
  /** Somebody deletes an activity in the CRM. */
  removeActivity(activity: string): void;
  /** A colleague writes into the description of an activity. */
  scribble(activity: string, words: string): void;
  /** How many invitations the CRM would have mailed. */
  invitations(): number;
  /** What its own people see and do to a person's status. */
  readonly status: StatusWorld;
  fail(how: 'lost_before' | 'lost_after' | 'expired'): void;
  close(): Promise<void>;
}

export interface AdapterUnderTest {
  readonly about: About;
  readonly page: Page;
  readonly makeApi: MakeApi;
  readonly foreign: readonly string[];
  readonly records: readonly (readonly [url: string, record: RecordRef, html: string])[];
  /** A page that shows another record than its address says. */
  readonly contradiction: readonly [url: string, html: string];
  /** Whole answers of the CRM to a call with one record, and the class each must land in. */
  readonly refusals: readonly (readonly [title: string, answer: Partial<Response>, is: Outcome['is']])[];
  /** Whom the credentials belong to, where the adapter would have to ask first. */
  readonly userId?: string;
  /** The answer that asks to wait, without the header that says how long. */
  readonly busy: Partial<Response>;
  world(): Promise<World>;
}

export const answer = (given: Partial<Response>): Response => ({ status: 200, headers: {}, text: '', ...given });

/** A `send` that plays answers in order and keeps what it was asked. */
export const scripted = (...answers: readonly (Partial<Response> | Error)[]): { send: Send; asked: Request[] } => {
  const asked: Request[] = [];
  return {
    asked,
    send: async (request) => {
      const next = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(request);
      if (next instanceof Error) throw next;
      return answer(next ?? {});
    },
  };
};

const documentOf = (html: string): Document => {
  const { document } = new Window();
  document.write(html);
  return document as unknown as Document;
};

/**
 * As the sender does once something may have been stored: where the CRM takes no key of ours it is looked for first,
 * and only what is certainly not there is sent again.
 */
export const pushAgain = async (
  about: About,
  api: Api,
  deliveries: readonly Delivery[],
): Promise<readonly Outcome[]> => {
  if (about.idempotency !== 'read_back' || !api.find) return api.push(deliveries);
  const found = await api.find(deliveries);
  const sent = [...(await api.push(deliveries.filter((_, index) => found[index] === null)))];
  return found.map((outcome) => outcome ?? sent.shift() ?? { is: 'unknown', why: 'no outcome' });
};

export const adapterContract = (crm: AdapterUnderTest): void => {
  const { about, page } = crm;
  const makeApi = (send: Send): Api => crm.makeApi(send, crm.userId);

  describe(`${about.name} as an address`, () => {
    it('has examples of a contact’s page, of an account’s page, and of pages that are neither', () => {
      const why = `Write addresses into "records" and "foreign" of test/crm/${about.id}.test.ts`;
      expect(new Set(crm.records.map(([, { type }]) => type)), why).toEqual(new Set(['contact', 'account']));
      expect(crm.foreign.length, why).toBeGreaterThan(2);
    });

    it.each(crm.foreign)('yields nothing for %s', (url) => {
      expect(about.recordFromUrl(url)).toBeNull();
    });

    it.each(crm.records)('yields the record of %s', (url, record) => {
      expect(about.recordFromUrl(url)).toEqual(record);
    });

    it('belongs to a tenant with two origins whenever it shows a record, and leads back to it', () => {
      for (const [url, record] of crm.records) {
        const tenant = about.tenantFromUrl(url);
        expect(tenant?.tenant).toBe(record.tenant);
        if (about.selfHosted) expect(about.hosts).toEqual(['https://*/*']);
        expect(new URL(tenant?.uiOrigin ?? '').protocol).toBe('https:');
        expect(new URL(tenant?.apiOrigin ?? '').protocol).toBe('https:');
        expect(about.recordFromUrl(about.recordUrl(record.tenant, record.type, record.id))).toEqual(record);
      }
    });
  });

  describe(`${about.name} as a page`, () => {
    it.each(crm.records)('is confirmed at %s, and left as it was', (_url, record, html) => {
      const document = documentOf(html);
      const before = document.documentElement.outerHTML;
      expect(page.confirm(document, record)).toEqual({ record });
      expect(document.documentElement.outerHTML).toBe(before);
    });

    it('is not confirmed when it shows another record than its address says', () => {
      const [url, html] = crm.contradiction;
      const record = about.recordFromUrl(url);
      expect(record).not.toBeNull();
      expect(page.confirm(documentOf(html), record as RecordRef)).toBeNull();
    });
  });

  describe(`${about.name} as a place to write`, () => {
    let world: World;
    beforeEach(async () => {
      world = await crm.world();
    });
    afterEach(() => world.close());

    const meeting = (key: string): Delivery => ({
      key,
      kind: 'meeting',
      step: 'record',
      start: '2026-11-19T14:00:00.000Z',
      end: '2026-11-19T14:45:00.000Z',
      day: '2026-11-19',
      subject: 'Meeting',
      who: world.people[0],
      account: world.account,
    });
    const remoteId = (outcome: Outcome | undefined): string => {
      expect(outcome).toMatchObject({ is: 'stored' });
      return outcome?.is === 'stored' ? outcome.remoteId : '';
    };

    it('leaves one record when the same delivery comes twice, also within one push', async () => {
      const api = crm.makeApi(world.send);
      const [first, twin] = await api.push([meeting('k-1'), meeting('k-1')]);
      const [again] = await pushAgain(about, api, [meeting('k-1')]);
      expect(new Set([first, twin, again].map(remoteId)).size).toBe(1);
      expect(world.activities()).toHaveLength(1);
    });

    it('leaves one record of every kind when the first answer was lost, and adopts its id', async () => {
      const api = crm.makeApi(world.send);
      for (const kind of ['meeting', 'call', 'email', 'visit', 'note'] as const) {
        const delivery = { ...meeting(`k-${kind}`), kind } as Delivery;
        const before = world.activities().length;
        world.fail('lost_after');
        expect(await api.push([delivery])).toMatchObject([{ is: 'unknown' }]);
        const id = remoteId((await pushAgain(about, api, [delivery]))[0]);
        expect(world.activities()).toHaveLength(before + 1);
        expect(world.activities().some((activity) => activity.id === id)).toBe(true);
      }
    });

    it('leaves one record when the call was lost on its way there', async () => {
      const api = crm.makeApi(world.send);
      world.fail('lost_before');
      expect(await api.push([meeting('k-1')])).toMatchObject([{ is: 'unknown' }]);
      expect(world.activities()).toHaveLength(0);
      remoteId((await pushAgain(about, api, [meeting('k-1')]))[0]);
      expect(world.activities()).toHaveLength(1);
    });

    it('asks for a sign-in when the token has expired, and stores nothing', async () => {
      world.fail('expired');
      expect(await crm.makeApi(world.send).push([meeting('k-1')])).toMatchObject([{ is: 'sign_in_needed' }]);
      expect(world.activities()).toHaveLength(0);
    });

    it('completes the same record, links a second person once, and invites nobody', async () => {
      const api = crm.makeApi(world.send);
      const id = remoteId((await api.push([meeting('k-1')]))[0]);
      expect(world.activities()[0]).toMatchObject({ subject: 'Meeting', note: null, people: [world.people[0]] });
      const completion: Delivery = {
        key: 'k-2',
        kind: 'meeting',
        step: 'completion',
        remoteId: id,
        subject: 'Pricing',
        note: 'She wants pricing by region.',
      };
      const link: Delivery = { key: 'k-3', kind: 'meeting', step: 'link', remoteId: id, who: world.people[1] };
      for (const delivery of [completion, link, link]) remoteId((await api.push([delivery]))[0]);
      const [activity, ...more] = world.activities();
      expect(more).toEqual([]);
      expect(activity).toMatchObject({ id, subject: 'Pricing', note: 'She wants pricing by region.' });
      expect([...(activity?.people ?? [])].sort()).toEqual([...world.people].sort());
      expect(world.invitations()).toBe(0);
    });

    it('completes above what a colleague wrote in the record meanwhile, and says it once', async () => {
      const api = crm.makeApi(world.send);
      for (const kind of ['meeting', 'call', 'note'] as const) {
        const id = remoteId((await api.push([{ ...meeting(`k-${kind}`), kind } as Delivery]))[0]);
        world.scribble(id, 'Written by a colleague.');
        const completion: Delivery = {
          key: `k-${kind}/c`,
          kind,
          step: 'completion',
          remoteId: id,
          subject: 'Pricing',
          note: 'She wants pricing by region.',
        };
        for (let time = 0; time < 2; time += 1) remoteId((await api.push([completion]))[0]);
        const there = world.activities().find((activity) => activity.id === id);
        expect(there).toMatchObject({ note: 'She wants pricing by region.\n\nWritten by a colleague.' });
      }
    });

    it('sends nothing that is not in the delivery', async () => {
      const secrets = { private: 'may move to a rival', attendees: ['Li Wei'] };
      const delivery: Delivery = { ...meeting('k-1'), ...secrets };
      await crm.makeApi(world.send).push([delivery]);
      expect(world.written().join('\n')).toContain('Meeting');
      expect(world.written().join('\n')).not.toMatch(/rival|Li Wei/);
    });

    it('stores a next step as one task, however often it is sent', async () => {
      const api = crm.makeApi(world.send);
      const task: Delivery = { key: 'k-t', kind: 'meeting', step: 'task', text: 'send pricing', due: '2026-11-27' };
      const ids = [await api.push([task]), await pushAgain(about, api, [task])].map(([outcome]) => remoteId(outcome));
      expect(new Set(ids).size).toBe(1);
      expect(world.activities()).toMatchObject([{ subject: 'send pricing' }]);
    });
  });

  describe.runIf(about.idempotency === 'read_back')(`${about.name}, which takes no key of ours, when asked`, () => {
    let world: World;
    beforeEach(async () => {
      world = await crm.world();
    });
    afterEach(() => world.close());
    const at = { start: '2026-11-19T14:00:00.000Z', end: '2026-11-19T14:45:00.000Z', day: '2026-11-19' };
    const record = (key: string, kind: Delivery['kind'] = 'meeting'): Delivery =>
      ({ key, kind, step: 'record', ...at, subject: 'Log', who: world.people[0], account: world.account }) as Delivery;
    const find = async (api: Api, ...sought: readonly Delivery[]) => (await api.find?.(sought)) ?? ['no way to find'];

    it('finds what is there by its key, each for itself, and says of the rest that it is not', async () => {
      const api = crm.makeApi(world.send);
      const kinds = ['meeting', 'call', 'email', 'visit', 'note'] as const;
      const there = kinds.map((kind) => record(`k-${kind}`, kind));
      const task: Delivery = { key: 'k-t', kind: 'meeting', step: 'task', text: 'send pricing', due: null };
      const stored = await api.push([...there, task]);
      const sought = [...there, task].flatMap((one) => [one, { ...one, key: `${one.key}-never` }]);
      expect(await find(api, ...sought)).toEqual(stored.flatMap((outcome) => [outcome, null]));
    });

    it('still finds a record that was completed and read by people since', async () => {
      const api = crm.makeApi(world.send);
      const [stored] = await api.push([record('k-1')]);
      const id = stored?.is === 'stored' ? stored.remoteId : '';
      await api.push([
        { key: 'k-2', kind: 'meeting', step: 'completion', remoteId: id, subject: 'Pricing', note: 'She wants it.' },
      ]);
      expect(await find(api, record('k-1'))).toEqual([stored]);
      expect(world.activities()).toMatchObject([{ note: 'She wants it.' }]);
    });

    it('has no answer when none comes, and none that would let it be sent again when it is refused', async () => {
      const api = crm.makeApi(world.send);
      const silent = crm.makeApi(scripted(new Unanswered()).send, 'u-1');
      expect(await find(silent, record('k-1'))).toMatchObject([{ is: 'unknown' }]);
      for (const [, given, is] of crm.refusals) {
        const [outcome] = await find(crm.makeApi(scripted(given).send, 'u-1'), record('k-1'));
        expect(outcome, is).not.toBeNull();
      }
      world.fail('expired');
      expect(await find(api, record('k-1'))).toMatchObject([{ is: 'sign_in_needed' }]);
    });

    it('says of what is written by id that it may always be written again', async () => {
      const ask: Delivery = { key: 'k-3', kind: 'meeting', step: 'link', remoteId: 'x', who: world.people[1] };
      expect(await find(crm.makeApi(world.send), ask)).toEqual([null]);
    });
  });

  statusContract(crm);
  changesContract(crm);
  lossContract(crm);

  describe(`${about.name} when it refuses`, () => {
    const one: Delivery = {
      key: 'k-1',
      kind: 'meeting',
      step: 'record',
      start: '2026-11-19T14:00:00.000Z',
      end: '2026-11-19T14:45:00.000Z',
      day: '2026-11-19',
      subject: 'Meeting',
    };

    it.each(crm.refusals)('says so in one of our words: %s', async (_title, given, is) => {
      const [outcome] = await makeApi(scripted(given).send).push([one]);
      expect(outcome?.is).toBe(is);
    });

    it('has an example of every class of refusal', () => {
      const classes = new Set(crm.refusals.map(([, , is]) => is));
      expect(
        [...classes].sort(),
        `Write an answer of each class into "refusals" of test/crm/${about.id}.test.ts`,
      ).toEqual(
        ['conflict', 'forbidden', 'gone', 'invalid', 'sign_in_needed', 'throttled', 'transient', 'unknown'].sort(),
      );
    });

    const now = 'Sun, 22 Nov 2026 10:00:00 GMT';
    it.each([
      ['seconds', { 'retry-after': '7' }, 7000],
      ['a date, by the clock of the CRM', { 'retry-after': 'Sun, 22 Nov 2026 10:02:00 GMT', date: now }, 120_000],
      ['the older form of a date', { 'retry-after': 'Sunday, 22-Nov-26 10:02:00 GMT', date: now }, 120_000],
      ['the oldest form of a date', { 'retry-after': 'Sun Nov 22 10:02:00 2026', date: now }, 120_000],
      ['a date that is over', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT', date: now }, 0],
      ['a date, and nothing to compare it with', { 'retry-after': 'Sun, 22 Nov 2026 10:02:00 GMT' }, null],
      ['nothing', {}, null],
      ['words', { 'retry-after': 'later', date: now }, null],
      ['a negative number', { 'retry-after': '-5', date: now }, null],
      ['an absurd number: a day at most', { 'retry-after': '9'.repeat(400) }, 86_400_000],
    ])('waits as long as it is told: %s', async (_title, headers, after) => {
      const [outcome] = await makeApi(scripted({ ...crm.busy, headers }).send).push([one]);
      expect(outcome).toEqual({ is: 'throttled', after });
    });

    it('has no outcome for what was never sent: what stops the sender reaches it', async () => {
      class NoPermission extends Error {}
      const push = makeApi(scripted(new NoPermission()).send).push([one]);
      const stopped = await push.catch((error: unknown) => error);
      if (stopped instanceof Error && !(stopped instanceof NoPermission)) throw stopped;
      expect(stopped).toBeInstanceOf(NoPermission);
      expect(await makeApi(scripted(new Unanswered()).send).push([one])).toMatchObject([{ is: 'unknown' }]);
    });
  });
};
