/** What a log cost its person: kept here, shown to them, and in nothing that leaves. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openHouse, say, type TestHouse, tell } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
  await tell(house, 'Dana Reyes');
});
afterEach(() => house.close());

const EFFORT = { keys: 987_651, beyond: 9, clicks: 0, seconds: 34 };
const save = async (text: string) => {
  house.platform.tabUrl = house.contactUrl('Dana Reyes');
  const { formId } = await house.ask('openForm');
  const saved = await house.ask('commit', { formId, text, armed: true, effort: EFFORT });
  if (saved.is !== 'saved') throw new Error('not saved');
  return saved.log.activity;
};
const sentence = async (activity: string | null): Promise<string | null> => {
  const said = await house.ask('burden', { activity });
  return said && say(said);
};

it('is one line after saving, against the form of the CRM it went to', async () => {
  const activity = await save('met @dana and @li yesterday 3pm 45m, she wants pricing');
  expect(await sentence(activity)).toMatch(
    /^34 s, 9 keys beyond the note, 0 clicks: about \d\d s less than in Salesforce’s own form\. Only you see this\.$/u,
  );
});

it('is a week together, without logs that were taken back or are older', async () => {
  expect(await sentence(null)).toBeNull();
  await save('met @dana, first');
  house.platform.time += 8 * 86_400_000;
  await save('met @dana, second');
  const undone = await save('met @dana and @li, third');
  await house.ask('undo', { activity: undone });
  expect(await sentence(null)).toMatch(/^Seven days: 1 log, 9 keys beyond the note, 0 clicks/u);
});

it('is in no fact, in no payload and in no request', async () => {
  await save('met @dana, she wants pricing');
  await house.sendAll();
  expect(house.org.records.all('Event')).toHaveLength(1);
  const kept = await house.store.read(async (tx) => [
    ...(await tx.all('facts')),
    ...(await tx.all('payloads')),
    ...(await tx.all('contents')),
    ...(await tx.all('outbox')),
  ]);
  expect(JSON.stringify(kept)).not.toContain('987651');
  expect(JSON.stringify(house.platform.sent)).not.toContain('987651');
  expect(JSON.stringify(await house.store.read((tx) => tx.all('meta')))).toContain('987651');
});

it('is nothing for a log that was not measured', async () => {
  expect(await sentence(await house.log('Dana Reyes', 'met @dana'))).toBeNull();
});
