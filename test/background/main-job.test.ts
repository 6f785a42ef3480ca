/** The main job in Node: a line typed on a contact's page reaches the CRM through the gate. */
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
const relations = () => house.org.records.all('EventRelation');
const bodies = () => house.platform.sent.map(({ body }) => body).join('\n');

describe('a meeting with one person told and one untold', () => {
  it('reaches the CRM as a neutral event with the time, the account and the person told, and nothing else', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect(events()).toHaveLength(1);
    const [event] = events();
    expect(event).toMatchObject({
      Subject: 'Meeting',
      WhoId: house.org.records.contact('Dana Reyes').Id,
      WhatId: house.org.records.account('Halden Freight AG').Id,
    });
    expect(String(event?.StartDateTime)).toMatch(/^2026-11-17T14:00:00/);
    expect(String(event?.EndDateTime)).toMatch(/^2026-11-17T14:45:00/);
    expect(event?.Description ?? null).toBeNull();
    expect(tasks()).toHaveLength(0);
    const log = await house.ask('progress', { activity });
    expect(log?.progress).toBe('in_crm');
    expect(say(log?.sentence ?? '')).toBe('In CRM. Li Wei and the note withheld until told.');
    expect(bodies()).not.toMatch(/pricing|rival/);
  });

  it('completes the same record by its id once the second person is told, with one task due on Friday', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    const id = events()[0]?.Id;
    await tell(house, 'Li Wei');
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({
      Id: id,
      Subject: 'Meeting: she wants pricing by region',
      Description: 'she wants pricing by region',
    });
    expect(relations().map(({ RelationId }) => RelationId)).toContain(house.org.records.contact('Li Wei').Id);
    expect(tasks()).toHaveLength(1);
    expect(tasks()[0]).toMatchObject({ Subject: 'send pricing', ActivityDate: '2026-11-20' });
    expect(say((await house.ask('progress', { activity }))?.sentence ?? '')).toBe('In CRM.');
    expect(bodies()).not.toMatch(/rival/);
  });

  it('sends nothing before the ten-second undo is over, and nothing at all when it was taken back', async () => {
    const activity = await house.log('Dana Reyes', LINE);
    await house.sender.run();
    expect(events()).toHaveLength(0);
    expect(await house.ask('undo', { activity })).toEqual({ is: 'done' });
    await house.sendAll();
    expect(events()).toHaveLength(0);
    expect((await house.ask('verify')).verdict).toBe('intact');
  });

  it('verifies as an intact ledger, and names an edit', async () => {
    await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect((await house.ask('verify')).verdict).toBe('intact');
    await house.store.write(async (tx) => {
      const [fact] = await tx.all('facts', { prefix: [] });
      if (fact) await tx.put('facts', { ...fact, actor: 'somebody else' });
    });
    const after = await house.ask('verify');
    expect(after.verdict).toBe('damaged');
    expect(after.findings.map(({ key }) => key)).toContain('findingEdited');
  });
});

describe('the gate between queueing and sending', () => {
  it('lets nothing about a person leave who objects after the log was queued, but the objection itself', async () => {
    await tell(house, 'Li Wei');
    await house.log('Dana Reyes', LINE);
    const li = (await house.ask('contacts')).rows.find(({ name }) => name === 'Li Wei')?.id ?? '';
    await house.ask('raiseObjection', { commandId: 'objection-1', contact: li, scope: 'general' });
    house.platform.sent.length = 0;
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect(events()[0]).toMatchObject({ Subject: 'Meeting' });
    const id = String(house.org.records.contact('Li Wei').Id);
    const naming = house.platform.sent.filter(({ method, url, body }) => method !== 'GET' && (url + body).includes(id));
    expect(naming.every(({ url }) => url.endsWith(`/sobjects/Contact/${id}`))).toBe(true);
    expect(JSON.parse(naming[0]?.body ?? '')).toMatchObject({ HasOptedOutOfEmail: true, DoNotCall: true });
    expect(bodies()).not.toMatch(/pricing/);
  });
});

describe('nothing twice', () => {
  it('makes one fact and one record of a double Enter', async () => {
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const form = await house.ask('openForm');
    const [first, second] = await Promise.all([
      house.ask('commit', { formId: form.formId, text: LINE, armed: true }),
      house.ask('commit', { formId: form.formId, text: LINE, armed: true }),
    ]);
    expect([first.is, second.is].sort()).toEqual(['already_saved', 'saved']);
    await house.sendAll();
    expect(events()).toHaveLength(1);
  });

  it('binds two panels on one record to one form, and keeps other words as the draft of a new one', async () => {
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const first = await house.ask('openForm');
    await house.ask('saveDraft', { formId: first.formId, text: 'met @dana' });
    const second = await house.ask('openForm');
    expect(second.formId).toBe(first.formId);
    await house.ask('commit', { formId: first.formId, text: 'met @dana, all well', armed: true });
    const other = await house.ask('commit', { formId: first.formId, text: 'called @dana, other words', armed: true });
    expect(other.is).toBe('already_saved');
    const reopened = await house.ask('openForm');
    expect(reopened.draft).toBe('called @dana, other words');
    await house.sendAll();
    expect(events()).toHaveLength(1);
  });

  it('keeps what is typed in one window after another has saved the form', async () => {
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const { formId } = await house.ask('openForm');
    await house.ask('commit', { formId, text: 'met @dana, all well', armed: true });
    await house.ask('saveDraft', { formId, text: 'met @dana, all well and more' });
    const reopened = await house.ask('openForm');
    expect(reopened.formId).not.toBe(formId);
    expect(reopened.draft).toBe('met @dana, all well and more');
  });

  it('adopts the record when the answer was lost after the CRM had committed', async () => {
    house.org.faults.add({ match: { method: 'PATCH', pathIncludes: '/composite/sobjects/Event' }, do: 'drop_after' });
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect((await house.ask('progress', { activity }))?.progress).toBe('queued');
    house.platform.time += 60_000;
    await house.reboot().sender.run();
    expect(events()).toHaveLength(1);
    expect((await house.ask('progress', { activity }))?.progress).toBe('in_crm');
  });

  it('loses nothing and sends nothing twice when the worker is stopped at any request', async () => {
    for (let stopAt = 1; stopAt <= 4; stopAt++) {
      await house.close();
      house = await openHouse();
      await tell(house, 'Dana Reyes');
      await tell(house, 'Li Wei');
      await house.log('Dana Reyes', LINE);
      let requests = 0;
      house.platform.beforeFetch = () => {
        requests += 1;
        if (requests === stopAt) throw new TypeError('worker stopped');
      };
      await house.sendAll();
      house.platform.beforeFetch = () => {};
      for (let round = 0; round < 4; round++) {
        house.platform.time += 10 * 60_000;
        await house.reboot().sender.run();
      }
      expect(events(), `stopped at request ${stopAt}`).toHaveLength(1);
      expect(tasks(), `stopped at request ${stopAt}`).toHaveLength(1);
      expect(await house.ask('held')).toEqual([]);
    }
  });
});

describe('the network', () => {
  it('keeps a log made offline and sends it by itself later', async () => {
    house.platform.isOnline = false;
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect(say((await house.ask('progress', { activity }))?.sentence ?? '')).toBe(
      'Saved on this device. Waiting for the network.',
    );
    house.platform.isOnline = true;
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('refreshes an expired token once and goes on', async () => {
    await house.log('Dana Reyes', LINE);
    house.org.expireTokens();
    await house.sendAll();
    expect(events()).toHaveLength(1);
    expect(house.platform.sent.filter(({ url }) => url.includes('/oauth2/token'))).toHaveLength(2);
  });

  it('refreshes once for many requests that meet an expired token together', async () => {
    const connection = await house.store.read((tx) => tx.get('connections', house.connection));
    if (!connection) throw new Error('not connected');
    house.org.expireTokens();
    const before = house.platform.sent.length;
    const api = house.house.api(connection);
    await Promise.all(Array.from({ length: 8 }, () => api.findContacts('Dana')));
    const sent = house.platform.sent.slice(before);
    expect(sent.filter(({ url }) => url.includes('/oauth2/token'))).toHaveLength(1);
  });

  it('sends no request inside the wait that the CRM asked for, across a restart of the worker', async () => {
    house.org.faults.add({ match: { pathIncludes: '/composite/' }, do: { status: 503, retryAfter: '120' } });
    await house.log('Dana Reyes', LINE);
    await house.sendAll();
    const before = house.platform.sent.length;
    house.platform.time += 60_000;
    await house.reboot().sender.run();
    expect(house.platform.sent).toHaveLength(before);
    house.platform.time += 61_000;
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('reaches no origin but the connected CRM', async () => {
    await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect(new Set(house.platform.sent.map(({ url }) => new URL(url).origin))).toEqual(
      new Set([house.org.origins.api]),
    );
  });
});

describe('set-up that is missing', () => {
  it('keeps logs and says what the administrator must do when the key field is gone', async () => {
    house.org.setKeyField(false);
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    const [connection] = await house.ask('connections');
    expect(connection?.state).toBe('waiting_for_setup');
    expect(connection?.missing.map(({ forAdministrator }) => say(forAdministrator)).join()).toContain('Candor_Key__c');
    expect((await house.ask('progress', { activity }))?.progress).toBe('queued');
    house.org.setKeyField(true);
    await house.ask('testConnection', { connection: house.connection });
    house.platform.time += 10 * 60_000;
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('blames nobody when the set-up could not be looked at: the log waits and goes by itself', async () => {
    house.org.setKeyField(false);
    house.org.faults.add({ match: { pathIncludes: '/describe' }, do: { status: 503, retryAfter: '30' } });
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    expect((await house.ask('progress', { activity }))?.progress).toBe('queued');
    house.org.setKeyField(true);
    house.platform.time += 10 * 60_000;
    await house.sender.run();
    expect(events()).toHaveLength(1);
  });

  it('attaches the first person told and says so where the organisation takes one attendee only', async () => {
    await tell(house, 'Li Wei');
    house.org.setSharedActivities(false);
    await house.ask('testConnection', { connection: house.connection });
    const activity = await house.log('Dana Reyes', LINE);
    await house.sendAll();
    const log = await house.ask('progress', { activity });
    expect(say(log?.sentence ?? '')).toBe('In CRM without Li Wei.');
    expect(log?.reasons.map((reason) => say(reason)).join()).toContain('one attendee');
  });
});

describe('navigation', () => {
  it('saves for the contact the form was opened for when the tab shows another by then, and says so', async () => {
    house.platform.tabUrl = house.contactUrl('Dana Reyes');
    const form = await house.ask('openForm');
    house.platform.tabUrl = house.contactUrl('Li Wei');
    const saved = await house.ask(
      'commit',
      { formId: form.formId, text: 'met, all well', armed: true },
      { caller: 'own', tab: { id: 1, url: house.platform.tabUrl } },
    );
    expect(saved.is === 'saved' && say(saved.boundElsewhere ?? '')).toBe(
      'Saved for Dana Reyes, whose page this form was opened on.',
    );
    await house.sendAll();
    expect(events()[0]?.WhoId).toBe(house.org.records.contact('Dana Reyes').Id);
  });
});
