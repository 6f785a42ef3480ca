/** A page that hides the frame at the very moment: its styles are looked at when something would save or open. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/background/handlers/handler.ts';
import { openHouse, type TestHouse } from '../support/house.ts';

const DANA = 'Dana Reyes';
let house: TestHouse;
let guest: Asker;
let page: Asker;
beforeEach(async () => {
  house = await openHouse();
  const tab = { id: 7, url: house.contactUrl(DANA) };
  guest = { caller: 'guest', tab };
  page = { caller: 'page', tab };
});
afterEach(() => house.close());

const click = () => house.ask('badgeClicked', { visible: true }, page);
const saved = async () => (await house.store.read((tx) => tx.all('activities'))).length;

describe('a page whose root is not drawn as it is', () => {
  it('keeps the frame from saving, and the popup goes on with the words', async () => {
    await click();
    const form = await house.ask('openForm', undefined, guest);
    expect(form.mayCommit).toBe(true);
    house.platform.isPlain = false;
    const commit = { formId: form.formId, text: 'met @dana, a note', armed: true };
    expect(await house.ask('commit', commit, guest)).toMatchObject({ is: 'not_here' });
    expect(await saved()).toBe(0);
    house.platform.isPlain = true;
    expect(await house.ask('commit', commit, guest)).toMatchObject({ is: 'saved' });
    expect(await saved()).toBe(1);
  });

  it('gets the popup from a click on its badge, and a plain one the frame', async () => {
    house.platform.isPlain = false;
    await click();
    expect(house.platform.popups).toHaveLength(1);
    expect(house.platform.told).not.toContain('7:show');
    house.platform.isPlain = true;
    await click();
    expect(house.platform.told).toContain('7:show');
  });

  it('that nobody may look at counts as not plain', async () => {
    house.platform.plain = async () => {
      throw new Error('Cannot access contents of the page');
    };
    await click();
    expect(house.platform.popups).toHaveLength(1);
  });

  it('has nothing to say about a window of the browser’s own', async () => {
    house.platform.isPlain = false;
    await house.log(DANA, 'met @dana, from the popup');
    expect(await saved()).toBe(1);
  });
});

it('a badge that was taken away points to the toolbar of that tab', async () => {
  await house.ask('badgeTaken', undefined, page);
  expect(house.platform.told).toContain('7:toolbar');
});
