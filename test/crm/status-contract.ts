/** What every CRM's adapter must keep when it writes and reads a person's status. Called with the adapter contract. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Api,
  type Limit,
  Refused,
  type Request,
  type Send,
  type StatusMap,
  type StatusWrite,
  Unanswered,
} from '../../src/crm/adapter.ts';
import { fits, LIMITS, readStatusLine, STATUS_PARTS, statusLine } from '../../src/domain/crm-status.ts';
import { type AdapterUnderTest, scripted, type World } from './adapter-contract.ts';

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
const stop = { is: 'stop' } as const;
const may = (since: string) => ({ is: 'may', since }) as const;
const all = <T>(ruling: T): Readonly<Record<Limit, T>> =>
  Object.fromEntries(LIMITS.map((limit) => [limit, ruling])) as Record<Limit, T>;

const LINE = { id: 'k-1', state: 'told', stops: ['email'], head: 'ab'.repeat(8) };

export const statusContract = ({ about, makeApi, refusals, userId, world: open }: AdapterUnderTest): void => {
  describe(`${about.name} as a place for a person's status`, () => {
    let world: World;
    let api: Api;
    let map: StatusMap;
    let person: string;
    let other: string;
    beforeEach(async () => {
      world = await open();
      api = makeApi(world.send, userId);
      map = (await api.statusFields()).usual;
      [person, other] = world.people;
    });
    afterEach(() => world.close());

    const status = (more: Partial<StatusWrite> = {}): StatusWrite => ({
      remoteId: person,
      limits: {},
      disclosure: 'told',
      toldOn: '2026-11-19',
      line: statusLine(LINE),
      ...more,
    });
    const shownLimits = () => LIMITS.map((limit) => world.status.shown(person)[limit]);
    /** Every request of the adapter, and what it wrote. */
    const watched = (): { api: Api; writes: () => readonly Request[] } => {
      const asked: Request[] = [];
      const send: Send = (request) => {
        asked.push(request);
        return world.send(request);
      };
      return { api: makeApi(send, userId), writes: () => asked.filter(({ method }) => method !== 'GET') };
    };

    it('finds a field for every part in an organisation that has them, each of the kind it needs', async () => {
      const { offered, usual } = await api.statusFields();
      expect(Object.keys(usual).sort()).toEqual([...STATUS_PARTS].sort());
      for (const part of STATUS_PARTS) {
        const field = offered.find(({ name }) => name === usual[part]);
        expect(field && fits(part, field), `${part} → ${usual[part]}`).toBe(true);
      }
    });

    it('reads what the CRM says of people, and nothing of whom it does not hold', async () => {
      world.status.set(other, 'email', true);
      world.status.set(other, 'disclosure', 'not_told');
      world.status.remove(person);
      const [gone, seen] = await api.readStatus([person, other], map);
      expect(gone).toBeNull();
      expect(seen).toMatchObject({
        id: other,
        stops: { email: true, phone: false },
        disclosure: 'not_told',
        line: null,
      });
      expect(Math.abs(Date.parse(seen?.changedAt ?? '') - Date.now())).toBeLessThan(60_000);
    });

    it('asks about many people in as many calls as about one, by addresses that every proxy lets through', async () => {
      const asked: Request[] = [];
      const send: Send = (request) => {
        asked.push(request);
        return world.send(request);
      };
      await makeApi(send, userId).readStatus([person], map);
      const one = asked.splice(0).length;
      const strangers = Array.from({ length: 18 }, (_, at) => world.stranger(at));
      const all = await makeApi(send, userId).readStatus([person, ...strangers, other, person], map);
      expect(all.map((seen) => seen?.id ?? null)).toEqual([person, ...strangers.map(() => null), other, person]);
      expect(asked).toHaveLength(one);
      for (const { path } of asked) expect(path.length).toBeLessThan(2_000);
    });

    it('writes a status, the same twice without a further call, and touches nobody else', async () => {
      const before = world.status.shown(other);
      const outcome = await api.writeStatus(status({ limits: all(stop) }), map);
      expect(outcome).toMatchObject({ is: 'stored', remoteId: person, kept: [] });
      expect(world.status.shown(person)).toEqual({
        ...all(true),
        disclosure: 'told',
        told_on: '2026-11-19',
        line: statusLine(LINE),
      });
      const again = watched();
      expect(await again.api.writeStatus(status({ limits: all(stop) }), map)).toEqual(outcome);
      expect(again.writes()).toEqual([]);
      expect(world.status.shown(other)).toEqual(before);
    });

    it('carries one line that leads an officer back to the ledger', async () => {
      await api.writeStatus(status(), map);
      const [seen] = await api.readStatus([person], map);
      expect(readStatusLine(seen?.line ?? '')).toEqual(LINE);
    });

    it('leaves alone what the status does not name, and every field that nothing is mapped to', async () => {
      world.status.set(person, 'phone', true);
      const { email, line } = map;
      const seen = watched();
      await seen.api.writeStatus(status({ limits: { email: stop, post: stop } }), {
        ...(email ? { email } : {}),
        ...(line ? { line } : {}),
      });
      expect(world.status.shown(person)).toMatchObject({ email: true, phone: true, disclosure: null });
      expect(world.status.shown(person).post).not.toBe(true);
      const names = seen.writes().flatMap(({ body }) => Object.keys(Object(body)));
      expect([...new Set(names)].sort()).toEqual([email, line].sort());
    });

    it('never permits what somebody stopped in the CRM after the person’s act', async () => {
      const consent = ago(5);
      for (const limit of LIMITS) world.status.set(person, limit, true);
      const outcome = await api.writeStatus(status({ limits: all(may(consent)) }), map);
      expect(outcome).toMatchObject({ is: 'stored', kept: LIMITS });
      expect(shownLimits()).toEqual(LIMITS.map(() => true));
    });

    it('permits again after a fresh act of the person', async () => {
      for (const limit of LIMITS) world.status.set(person, limit, true);
      const later = new Date(Date.now() + 2_000).toISOString();
      const outcome = await api.writeStatus(status({ limits: all(may(later)) }), map);
      expect(outcome).toMatchObject({ is: 'stored', kept: [], seen: { stops: all(false) } });
      expect(shownLimits()).toEqual(LIMITS.map(() => false));
    });

    it('writes restrictions before permissions, in a call of their own', async () => {
      world.status.set(person, 'phone', true);
      const later = new Date(Date.now() + 2_000).toISOString();
      const seen = watched();
      await seen.api.writeStatus(status({ limits: { phone: may(later), email: stop } }), map);
      const [first, second, ...more] = seen.writes().map(({ body }) => body);
      expect(first).toEqual({ [map.email ?? '']: true });
      expect(second).toMatchObject({ [map.phone ?? '']: false });
      expect(more).toEqual([]);
    });

    it('keeps the restriction when the permission after it is lost on its way', async () => {
      world.status.set(person, 'phone', true);
      const later = new Date(Date.now() + 2_000).toISOString();
      let writes = 0;
      const cut: Send = (request) => {
        if (request.method !== 'GET') writes += 1;
        return writes === 2 && request.method !== 'GET' ? Promise.reject(new Unanswered()) : world.send(request);
      };
      const write = status({ limits: { phone: may(later), email: stop } });
      expect(await makeApi(cut, userId).writeStatus(write, map)).toMatchObject({ is: 'unknown' });
      expect(world.status.shown(person)).toMatchObject({ email: true, phone: true });
    });

    it.each(['lost_before', 'lost_after'] as const)(
      'says that it does not know when the answer was %s, and the next try settles it',
      async (how) => {
        world.status.loseWrite(how);
        const write = status({ limits: all(stop) });
        expect(await api.writeStatus(write, map)).toMatchObject({ is: 'unknown' });
        expect(await api.writeStatus(write, map)).toMatchObject({ is: 'stored' });
        expect(world.status.shown(person)).toMatchObject({ ...all(true), line: statusLine(LINE) });
      },
    );

    it('takes no sign-in page for a receipt, served with status 200 to a write', async () => {
      const page = {
        status: 200,
        headers: { 'content-type': 'text/html' },
        text: '<!doctype html><title>Sign in</title>',
      };
      const send: Send = async (request) => (request.method === 'GET' ? world.send(request) : page);
      expect((await makeApi(send, userId).writeStatus(status({ limits: all(stop) }), map)).is).not.toBe('stored');
      expect(world.status.shown(person).line).not.toBe(statusLine(LINE));
    });

    it('restricts over a change that somebody makes in between, and permits nothing then', async () => {
      world.status.set(person, 'phone', true);
      const later = new Date(Date.now() + 2_000).toISOString();
      let raced = false;
      const between: Send = async (request) => {
        if (request.method !== 'GET' && !raced) {
          raced = true;
          await new Promise((resolve) => setTimeout(resolve, 1_100));
          world.status.set(person, 'disclosure', 'exempt');
        }
        return world.send(request);
      };
      const write = status({ limits: { phone: may(later), email: stop } });
      const outcome = await makeApi(between, userId).writeStatus(write, map);
      expect(world.status.shown(person).email).toBe(true);
      if (world.status.versioned) {
        expect(outcome).toMatchObject({ is: 'stored', kept: ['phone'] });
        expect(world.status.shown(person).phone).toBe(true);
      }
    });

    it('says that a deleted person is gone, and writes to nobody', async () => {
      world.status.remove(person);
      const seen = watched();
      expect(await seen.api.writeStatus(status(), map)).toMatchObject({ is: 'gone', mergedInto: null });
      expect(seen.writes()).toEqual([]);
    });

    it('names whom a merged person became, where the CRM does, and writes to neither', async () => {
      const merge = world.status.merge ?? ((_: string, who: string) => world.status.remove(who));
      merge(other, person);
      const before = world.status.shown(other);
      const outcome = await api.writeStatus(status({ limits: all(stop) }), map);
      expect(outcome).toMatchObject({ is: 'gone', mergedInto: world.status.merge ? other : null });
      expect(world.status.shown(other)).toEqual(before);
    });

    it('has the class of every refusal it meets while reading, and has sent nothing then', async () => {
      const whole = refusals.filter(([, given]) => (given.status ?? 200) >= 400);
      expect(whole.length).toBeGreaterThan(4);
      for (const [title, given, is] of whole) {
        const { send, asked } = scripted(given);
        const outcome = await makeApi(send, userId).writeStatus(status(), map);
        if (is !== 'forbidden' && is !== 'gone') expect(outcome.is, title).toBe(is);
        expect(
          asked.every(({ method }) => method === 'GET'),
          title,
        ).toBe(true);
        const read = await makeApi(scripted(given).send, userId)
          .readStatus([person], map)
          .catch((error: unknown) => error);
        expect(read instanceof Refused || (Array.isArray(read) && read[0] === null), title).toBe(true);
      }
      expect(await makeApi(scripted(new Unanswered()).send, userId).writeStatus(status(), map)).toMatchObject({
        is: 'unknown',
      });
    });
  });
};
