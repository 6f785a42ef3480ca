/** What every CRM's adapter must keep when it reads who changed. Called with the adapter contract. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Api, type Changes, type DirectoryScope, Refused, Unanswered } from '../../src/crm/adapter.ts';
import { type AdapterUnderTest, scripted, type World } from './adapter-contract.ts';

export const changesContract = ({
  about,
  makeApi,
  refusals,
  userId: user = '',
  world: open,
}: AdapterUnderTest): void => {
  describe(`${about.name} when asked who changed`, () => {
    let world: World;
    let api: Api;
    let me: string;
    beforeEach(async () => {
      world = await open();
      api = makeApi(world.send, user || undefined);
      me = (await api.whoAmI()).userId;
    });
    afterEach(() => world.close());

    const page = async (after: string | null, most: number, scope: DirectoryScope): Promise<Changes> => {
      if (!api.changedSince) throw new Error(`Write changedSince in src/crm/${about.id}/.`);
      return api.changedSince({ scope, user: me, after, most });
    };
    const round = async (from: string | null, most = 50, scope: DirectoryScope = 'all_visible') => {
      const pages: Changes[] = [];
      for (let after = from; pages.length < 100; after = pages.at(-1)?.next ?? null) {
        pages.push(await page(after, most, scope));
        if (pages.at(-1)?.done) break;
      }
      return {
        pages,
        ids: pages.flatMap(({ contacts }) => contacts.map(({ id }) => id)),
        removed: pages.flatMap(({ removed }) => removed),
        next: pages.at(-1)?.next ?? null,
      };
    };

    it('reads everybody in pages, each person once, and says about how many there are', async () => {
      const { pages, ids } = await round(null, 37);
      expect(pages.length).toBeGreaterThan(3);
      for (const each of pages) expect(each.contacts.length).toBeLessThanOrEqual(37);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThan(150);
      expect(pages[0]?.about).toBe(ids.length);
      const [first] = pages;
      const one = first?.contacts[0];
      expect(one).toEqual(await api.readContact(one?.id ?? ''));
      expect(first?.accounts).toContainEqual({ id: one?.accountId, name: one?.accountName });
    });

    it('answers the same page to the same cursor: one that was lost is asked for again', async () => {
      const first = await page(null, 37, 'all_visible');
      const second = await page(first.next, 37, 'all_visible');
      expect(await page(first.next, 37, 'all_visible')).toEqual(second);
      expect(second.contacts.some(({ id }) => first.contacts.some((one) => one.id === id))).toBe(false);
    });

    it('reads only mine where that is the scope', async () => {
      const all = await round(null);
      const mine = await round(null, 50, 'mine_and_recent');
      expect(mine.ids.length).toBeGreaterThan(0);
      expect(mine.ids.length).toBeLessThan(all.ids.length);
    });

    it('begins the next round with who changed since, and leaves out who did not', async () => {
      const { next, ids } = await round(null);
      const [person] = world.people;
      world.status.set(person, 'phone', true);
      const again = await round(next);
      expect(again.ids).toContain(person);
      expect(again.ids.length).toBeLessThan(ids.length / 2);
    });

    it('says who was merged or removed, where the CRM tells it; never that somebody is there who is not', async () => {
      const { next } = await round(null);
      const [into, person] = world.people;
      (world.status.merge ?? ((_: string, who: string) => world.status.remove(who)))(into, person);
      const again = await round(next);
      expect(again.ids).not.toContain(person);
      expect(again.removed).toEqual(world.status.merge ? [person] : []);
    });

    it('begins again from a cursor that it cannot read', async () => {
      expect((await page('not a cursor', 37, 'all_visible')).contacts).toHaveLength(37);
    });

    it('rejects with the class of a refusal, and moves no cursor', async () => {
      for (const [title, given, is] of refusals.filter(([, { status = 200 }]) => status === 429 || status === 401)) {
        const ask = { scope: 'all_visible', user: me, after: null, most: 5 } as const;
        const refused = await makeApi(scripted(given).send, me)
          .changedSince?.(ask)
          .catch((error: unknown) => error);
        expect(refused instanceof Refused && refused.outcome.is, title).toBe(is);
        const silent = await makeApi(scripted(new Unanswered()).send, me)
          .changedSince?.(ask)
          .catch((error: unknown) => error);
        expect(silent).toBeInstanceOf(Unanswered);
      }
    });
  });
};
