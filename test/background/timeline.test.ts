/** The timeline of one contact: what happened, in the order in which it happened. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHouse, type TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

it('tells what happened latest first, also where it was written down in another order', async () => {
  house.platform.tabUrl = house.contactUrl('Li Wei');
  const contact = (await house.ask('openForm')).pageContact?.id ?? '';
  // Two meetings, the later one logged first; both after the day on which the CRM made Li's record.
  await house.log('Li Wei', 'met @li 45m yesterday 3pm, the later one');
  await house.sendAll();
  await house.log('Li Wei', 'met @li 45m 3 days ago 3pm, the earlier one');
  await house.sendAll();

  const entries = (await house.ask('timeline', { contact }))?.entries ?? [];
  const times = entries.map(({ occurredAt }) => Date.parse(occurredAt));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(entries.at(-1)?.type).toBe('contact.obtained');
  const meetings = entries.filter(({ type }) => type === 'contact.logged');
  expect(meetings).toHaveLength(2);
  expect(Date.parse(meetings[0]?.recordedAt ?? '')).toBeLessThan(Date.parse(meetings[1]?.recordedAt ?? ''));
});
