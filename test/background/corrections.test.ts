/** A log put right: edited before it leaves, kept private, deleted, corrected and taken back in the CRM. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, say, type TestHouse, tell } from '../support/house.ts';

const LINE = 'met @dana and @li 45m yesterday 3pm, she wants pricing by region >send pricing fri ~~may move to a rival';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
  await tell(house, 'Dana Reyes');
});
afterEach(() => house.close());

const events = () => house.org.records.all('Event');
const tasks = () => house.org.records.all('Task');
const bodies = () => house.platform.sent.map(({ body }) => body).join('\n');
const intact = async () => expect((await house.ask('verify')).verdict).toBe('intact');
const shown = async (activity: string) => {
  const log = await house.ask('progress', { activity });
  if (!log) throw new Error('no such log');
  return log;
};
const openAgain = async (activity: string) => {
  const form = await house.ask('reopen', { activity });
  if ('is' in form) throw new Error(form.why.key);
  return form;
};
const saveAgain = async (activity: string, change: (line: string) => string) => {
  const form = await openAgain(activity);
  return house.ask('commit', { formId: form.formId, text: change(form.draft), armed: true });
};
let commands = 0;
const command = () => `command-${++commands}`;

describe('a log of which nothing has left', () => {
  it('opens again with exactly the line that was typed, its private words too', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    expect((await openAgain(activity)).draft).toBe(LINE);
    expect((await shown(activity)).may).toMatchObject({ open: 'edit', remove: 'delete', keepPrivate: true });
  });

  it('does not leave while its line is open, and leaves once it was closed', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    await openAgain(activity);
    await house.sendAll();
    expect(events()).toHaveLength(0);
    expect(say((await shown(activity)).sentence)).toBe('Saved on this device. It waits while its line is open.');
    await house.ask('closeAgain', { activity });
    await house.sendAll();
    expect(events()).toHaveLength(1);
  });

  it('is replaced in one step by what was saved: one record, with the later words only', async () => {
    await tell(house, 'Li Wei');
    const activity = await house.log('Dana Reyes', LINE);
    const saved = await saveAgain(activity, (line) => line.replace('by region', 'by country'));
    expect(saved.is).toBe('saved');
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({ Description: 'she wants pricing by country' });
    expect(bodies()).not.toMatch(/by region|rival/);
    expect((await house.ask('today')).logs).toHaveLength(1);
    await intact();
  });

  it('counts yesterday from the day it was first typed', async () => {
    house.platform.isOnline = false;
    const activity = await house.log('Dana Reyes', LINE);
    house.platform.time += 26 * 3_600_000;
    await saveAgain(activity, (line) => line.replace('45m', '30m'));
    expect((await house.ask('today')).logs[0]?.start).toMatch(/^2026-11-17T14:00/);
  });

  it('holds somebody named by mistake no longer, and tells nobody twice', async () => {
    const activity = await house.log('Dana Reyes', 'met @Ada Lovelace told, all well');
    await saveAgain(activity, () => 'met @dana, all well');
    expect((await house.ask('contacts')).rows.map(({ name }) => name)).not.toContain('Ada Lovelace');
    await intact();
  });

  it('keeps its words private when it is told to, and sends who and when all the same', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    expect(await house.ask('keepPrivate', { commandId: command(), activity })).toEqual({ is: 'done' });
    await tell(house, 'Li Wei');
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect(tasks()).toHaveLength(0);
    expect(bodies()).not.toMatch(/pricing|rival/);
    const log = await shown(activity);
    expect([log.title, log.hasPrivate]).toEqual(['Meeting', true]);
    const form = await openAgain(activity);
    expect(form.draft).toContain('~~she wants pricing by region >send pricing');
    expect(form.draft).toContain('@dana');
    await intact();
  });

  it('loses no promise and nothing that matters when its words become private', async () => {
    const activity = await house.log('Dana Reyes', 'met @dana, all well !send the draft *delivery on time ~~mine');
    await house.ask('keepPrivate', { commandId: command(), activity });
    const form = await openAgain(activity);
    expect(form.draft).toContain('~~all well !send the draft *delivery on time mine');
  });

  it('is deleted, and given back whole within ten seconds', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    expect(await house.ask('takeBack', { commandId: command(), activity })).toEqual({ is: 'done' });
    expect((await house.ask('today')).logs).toEqual([]);
    expect(await house.ask('restore', { commandId: command(), activity })).toEqual({ is: 'done' });
    expect((await house.ask('today')).logs).toHaveLength(1);
    expect((await house.ask('contacts')).rows.map(({ name }) => name)).toContain('Li Wei');
    await house.sendAll();
    expect(events()).toHaveLength(1);
    await intact();
  });

  it('is deleted for good after ten seconds, and nothing of it leaves', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    await house.ask('takeBack', { commandId: command(), activity });
    house.platform.sent.length = 0;
    await house.sendAll();
    expect(await house.ask('restore', { commandId: command(), activity })).toMatchObject({ is: 'refused' });
    // What Dana's being told makes of her contact is no part of it.
    expect(house.platform.sent.filter(({ url }) => url.includes('/composite/'))).toEqual([]);
    expect(house.platform.sent.map(({ body }) => body).join()).not.toMatch(/pricing|rival|Meeting/);
    expect((await house.ask('contacts')).rows.map(({ name }) => name)).not.toContain('Li Wei');
    await intact();
  });
});

describe('a log that is in the CRM', () => {
  let activity: string;
  beforeEach(async () => {
    await tell(house, 'Li Wei');
    activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect(tasks()).toHaveLength(1);
  });

  it('is corrected by its id: words, time and next step, and no second record', async () => {
    const [event] = events();
    const [task] = tasks();
    const saved = await saveAgain(activity, (line) =>
      line.replace('by region', 'by country').replace('3pm', '4pm').replace('send pricing', 'send the list'),
    );
    expect(saved.is === 'saved' && say(saved.log.sentence)).toBe(
      'In CRM. Your correction is on its way to Salesforce.',
    );
    await house.sender.run();
    expect(events()[0]?.Description).toBe('she wants pricing by region');
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({ Id: event?.Id, Description: 'she wants pricing by country' });
    expect(String(events()[0]?.StartDateTime)).toMatch(/^2026-11-17T15:00/);
    expect(tasks().map(({ Id, Subject }) => [Id, Subject])).toEqual([[task?.Id, 'send the list']]);
    expect(say((await shown(activity)).sentence)).toBe('In CRM.');
    const contents = await house.store.read((tx) => tx.all('contents'));
    expect(JSON.stringify(contents)).toMatch(/by region/);
    await intact();
  });

  it('loses its note and its next step in the CRM when the correction has none', async () => {
    await saveAgain(activity, (line) => line.slice(0, line.indexOf(', she')));
    await house.sendAll();
    expect(events()[0]).toMatchObject({ Subject: 'Meeting' });
    expect(events()[0]?.Description ?? null).toBeNull();
    expect(tasks()).toEqual([]);
  });

  it('keeps what was promised and what matters when it is corrected, and takes a new promise along', async () => {
    await saveAgain(activity, (line) => line.replace(' >', ' !a draft by then *delivery on time >'));
    await house.sendAll();
    const first = String(events()[0]?.Description);
    expect(first.split('\n')).toHaveLength(3);
    expect(first).toMatch(/^she wants pricing by region\n.*a draft by then\n.*delivery on time$/u);
    await saveAgain(activity, (line) => line.replace('by region', 'by country'));
    await house.sendAll();
    expect(events()[0]?.Description).toBe(first.replace('by region', 'by country'));
  });

  it('is corrected twice and then equals the last text, also when the first answer was lost', async () => {
    await saveAgain(activity, (line) => line.replace('by region', 'by country'));
    house.org.faults.add({ match: { pathIncludes: '/composite/' }, do: { status: 503, retryAfter: '30' } });
    await house.sendAll();
    await saveAgain(activity, (line) => line.replace('by country', 'by city'));
    for (let round = 0; round < 3; round++) {
      house.platform.time += 60_000;
      await house.reboot().sender.run();
    }
    expect(events()).toHaveLength(1);
    expect(events()[0]?.Description).toBe('she wants pricing by city');
  });

  it('sends no corrected word while somebody in it objects', async () => {
    const li = (await house.ask('contacts')).rows.find(({ name }) => name === 'Li Wei')?.id ?? '';
    await house.ask('raiseObjection', { commandId: command(), contact: li, scope: 'general' });
    await saveAgain(activity, (line) => line.replace('by region', 'by hearsay'));
    await house.sendAll();
    expect(bodies()).not.toMatch(/hearsay/);
    expect((await shown(activity)).reasons.map(({ key }) => key)).toContain('reasonObjected');
  });

  it('is never brought back by a correction after somebody deleted it there', async () => {
    const [event] = events();
    const row = await house.store.read((tx) => tx.get('connections', house.connection));
    if (!row) throw new Error('no connection');
    const remoteId = String(event?.Id);
    await house.house
      .api(row)
      .push([{ key: 'x', kind: 'meeting', step: 'retract', remoteId, subject: 'Meeting', of: 'record' }]);
    await saveAgain(activity, (line) => line.replace('by region', 'by country'));
    await house.sendAll();
    expect(events()).toHaveLength(0);
    const log = await shown(activity);
    expect([log.progress, log.sentence.key]).toEqual(['needs_you', 'progressGone']);
  });

  it('keeps its kind and its people: another kind or person is refused, and the text stays', async () => {
    const form = await openAgain(activity);
    const kind = await house.ask('commit', { formId: form.formId, text: LINE.replace('met', 'called'), armed: true });
    expect(kind).toMatchObject({ is: 'refused', why: { key: 'refuseCorrectKind' } });
    const people = await house.ask('commit', { formId: form.formId, text: 'met @dana, alone', armed: true });
    expect(people).toMatchObject({ is: 'refused', why: { key: 'refuseCorrectPeople' } });
  });

  it('has no way back to private once its words left', async () => {
    expect((await shown(activity)).may).toMatchObject({ open: 'correct', remove: 'take_back', keepPrivate: false });
    expect(await house.ask('keepPrivate', { commandId: command(), activity })).toMatchObject({ is: 'refused' });
  });

  it('is deleted there with its task when it is taken back, after ten seconds, and stays in sight until then', async () => {
    await house.ask('takeBack', { commandId: command(), activity });
    await house.sender.run();
    expect(events()).toHaveLength(1);
    expect(say((await house.ask('today')).logs[0]?.sentence ?? '')).toBe(
      'Taken back. Salesforce is being asked to delete it.',
    );
    await house.sendAll();
    expect([events(), tasks()]).toEqual([[], []]);
    expect((await house.ask('today')).logs).toEqual([]);
    expect((await house.ask('contacts')).rows.map(({ name }) => name)).toContain('Li Wei');
    await intact();
  });

  it('stays where it is when taking back was undone within ten seconds', async () => {
    await house.ask('takeBack', { commandId: command(), activity });
    expect(await house.ask('restore', { commandId: command(), activity })).toEqual({ is: 'done' });
    await house.sendAll();
    await house.sendAll();
    expect(events()).toHaveLength(1);
    await intact();
  });
});

describe('follow-ups', () => {
  it('are the next steps of my logs with their day, and are done and undone here only', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    const due = async () =>
      ((await house.ask('today')).followUps ?? []).map(({ text, due, done }) => [text, due, done]);
    expect(await due()).toEqual([['send pricing', '2026-11-20', false]]);
    await house.ask('markStep', { commandId: command(), activity, step: 0, done: true });
    expect(await due()).toEqual([['send pricing', '2026-11-20', true]]);
    await house.ask('markStep', { commandId: command(), activity, step: 0, done: false });
    house.platform.time += 4 * 86_400_000;
    expect((await house.ask('today')).followUps?.[0]).toMatchObject({ overdue: true, done: false });
    await intact();
  });
});
