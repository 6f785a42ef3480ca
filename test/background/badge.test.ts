import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHouse, type TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const badgeOn = (url: string | null) => house.ask('badge', undefined, { caller: 'page', tab: { id: 1, url } });

it('says that a record was not read yet, instead of guessing, and what is known once it was', async () => {
  const url = house.contactUrl('Dana Reyes');
  house.platform.isOnline = false;
  expect(await badgeOn(url)).toMatchObject({ flag: 'unread', label: 'not read yet', name: '' });
  house.platform.isOnline = true;
  expect(await badgeOn(url)).toMatchObject({ name: 'Dana Reyes' });
  house.platform.isOnline = false;
  expect(await badgeOn(url)).toMatchObject({ name: 'Dana Reyes' });
});

it('the form says the same, and takes nobody for an attendee whom it cannot name', async () => {
  house.platform.tabUrl = house.contactUrl('Dana Reyes');
  house.platform.isOnline = false;
  const form = await house.ask('openForm');
  expect(form).toMatchObject({ record: null, unread: true, pageContact: null });
  const { people } = await house.ask('preview', { formId: form.formId, text: 'met, all well' });
  expect(people).toEqual([]);
  house.platform.isOnline = true;
  expect(await house.ask('openForm')).toMatchObject({ record: { name: 'Dana Reyes' } });
  expect(await house.ask('openForm')).not.toHaveProperty('unread');
});

it('says the same of an account', async () => {
  house.platform.isOnline = false;
  const id = String(house.org.records.account('Halden Freight AG').Id);
  const view = await badgeOn(`${house.org.origins.ui}/lightning/r/Account/${id}/view`);
  expect(view).toMatchObject({ flag: 'unread', label: 'not read yet' });
});

it('stays away where no record is, and where no CRM is connected', async () => {
  expect(await badgeOn(null)).toBeNull();
  expect(await badgeOn('https://other.lightning.force.com/lightning/r/Contact/003000000000001AAA/view')).toBeNull();
});
