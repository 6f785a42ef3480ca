/** Views can be thrown away: contacts and activities are folds over the facts, and come back the same. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { refold } from '../../src/background/ledger.ts';
import type { ActivityRow } from '../../src/background/store/schema.ts';
import { openHouse, type TestHouse, tell } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

/** What is not a fact: how long the undo lasts, and which gate decision was recorded last. */
const withoutTimers = ({ heldUntil: _, gateSeen: __, ...row }: ActivityRow) => row;

it('rebuilds every contact and activity from the facts alone', async () => {
  await tell(house, 'Dana Reyes');
  await house.log('Dana Reyes', 'met @dana and @li and @Ada Lovelace, she wants pricing >send it fri ~~she may move');
  await house.sendAll();
  await tell(house, 'Li Wei');
  await house.sendAll();
  const undone = await house.log('Li Wei', 'called @li, wrong person');
  await house.ask('undo', { activity: undone });
  const before = await house.store.read(async (tx) => ({
    contacts: await tx.all('contacts'),
    activities: await tx.all('activities'),
  }));
  expect(before.activities).toHaveLength(2);

  await house.store.write(async (tx) => {
    for (const { contact } of before.contacts) await tx.remove('contacts', contact);
    for (const { id } of before.activities) await tx.remove('activities', id);
    for (const stream of new Set((await tx.all('facts')).map((fact) => fact.stream))) await refold(tx, stream);
  });

  const after = await house.store.read(async (tx) => ({
    contacts: await tx.all('contacts'),
    activities: await tx.all('activities'),
  }));
  expect(after.contacts).toEqual(before.contacts);
  expect(after.activities.map(withoutTimers)).toEqual(before.activities.map(withoutTimers));
});
