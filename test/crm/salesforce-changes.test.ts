/** What changed since a cursor: pages in order, nothing skipped, removals named, and no sign of a query let through. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Changes, DirectoryScope } from '../../src/crm/adapter.ts';
import { changes } from '../../src/crm/salesforce/changes.ts';
import { scripted } from './adapter-contract.ts';
import { type DemoWorld, demoWorld } from './salesforce-world.ts';

let world: DemoWorld;
beforeEach(async () => {
  world = await demoWorld();
});
afterEach(() => world.close());

const user = (): string => world.org.issueToken().userId;
const all = (): readonly string[] => world.org.records.all('Contact').map(({ Id }) => String(Id));
const round = async (after: string | null, most = 200, scope: DirectoryScope = 'all_visible') => {
  const pages: Changes[] = [];
  let cursor = after;
  do {
    pages.push(await changes(world.send)({ scope, user: user(), after: cursor, most }));
    cursor = pages.at(-1)?.next ?? null;
  } while (!pages.at(-1)?.done && pages.length < 100);
  return {
    pages,
    next: cursor,
    ids: pages.flatMap(({ contacts }) => contacts.map(({ id }) => id)),
    removed: pages.flatMap(({ removed }) => removed),
  };
};
const patch = (id: string | undefined, body: unknown) =>
  world.send({ method: 'PATCH', path: `/services/data/v60.0/sobjects/Contact/${id}`, body });

it('meets everybody once, in pages, and says about how many they are', async () => {
  const { pages, ids } = await round(null);
  expect(ids.toSorted()).toEqual(all().toSorted());
  expect(pages[0]?.about).toBe(all().length);
  expect(pages.slice(1).every(({ about }) => about === null)).toBe(true);
  expect(pages[0]?.accounts.length).toBeGreaterThan(0);
});

it('does not skip people who share a stamp at the end of a page', async () => {
  const { ids } = await round(null, 7);
  expect(new Set(ids)).toEqual(new Set(all()));
});

it('meets afterwards who changed, and names who was deleted', async () => {
  const first = await round(null);
  const [changed, gone] = world.people;
  await patch(changed, { Title: 'Head of Fleet' });
  await world.send({ method: 'DELETE', path: `/services/data/v60.0/sobjects/Contact/${gone}` });
  const second = await round(first.next);
  expect(second.ids).toContain(changed);
  expect(second.ids.length).toBeLessThan(all().length);
  expect(second.removed).toEqual([gone]);
  // A little of the past is read again, on purpose; the round after that stands where this one stood.
  const third = await round(second.next);
  expect(third.ids.length).toBeLessThanOrEqual(second.ids.length);
});

it('lets in who was opened of late although somebody else owns them', async () => {
  const me = user();
  const other = world.org.records.all('Contact').find(({ OwnerId }) => OwnerId !== me);
  const before = await round(null, 200, 'mine_and_recent');
  expect(before.ids).not.toContain(other?.Id);
  if (other) other.LastViewedDate = new Date().toISOString().replace('Z', '+0000');
  const after = await round(before.next, 200, 'mine_and_recent');
  expect(after.ids).toContain(other?.Id);
});

it('begins again with a cursor that cannot be read, and keeps what it is given inside quotes', async () => {
  const { send, asked } = scripted({ text: '{"records":[],"totalSize":0}' });
  const answer = await changes(send)({ scope: 'mine_and_recent', user: "x' OR Id != '", after: '{', most: 200 });
  expect(answer).toMatchObject({ contacts: [], removed: [] });
  expect(decodeURIComponent(asked[0]?.path ?? '')).toContain("OwnerId = 'x\\' OR Id != \\''");
});
