/** What fills a form without typing: the last attendees, and the people of an invitation; and where the frame stands. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const namesOf = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name);
const openOn = (name: string) => {
  house.platform.tabUrl = house.contactUrl(name);
  return house.ask('openForm');
};
const emailOf = (name: string) => String(house.org.records.contact(name).Email);

describe('a form asked for again before a word is kept', () => {
  it('is the same form with the moment of now, so that keys on their way to it are not lost', async () => {
    const first = await openOn('Dana Reyes');
    house.platform.time += 60_000;
    const again = await openOn('Dana Reyes');
    expect(again.formId).toBe(first.formId);
    expect(Date.parse(again.now) - Date.parse(first.now)).toBe(60_000);
    expect(await house.ask('saveDraft', { formId: first.formId, text: 'typed meanwhile' })).toEqual({ is: 'done' });
    expect((await openOn('Dana Reyes')).draft).toBe('typed meanwhile');
  });
});

describe('the last attendees', () => {
  it('are those of the last log of this account that was not taken back', async () => {
    expect((await openOn('Dana Reyes')).lastPeople).toEqual([]);
    await house.log('Dana Reyes', 'met @dana and @li, first');
    house.platform.time += 60_000;
    const second = await house.log('Dana Reyes', 'met @dana, second');
    expect(namesOf((await openOn('Li Wei')).lastPeople)).toEqual(['Dana Reyes']);
    await house.ask('undo', { activity: second });
    expect(namesOf((await openOn('Li Wei')).lastPeople)).toEqual(['Dana Reyes', 'Li Wei']);
  });

  it('of another account are not offered; away from any account the last of all are', async () => {
    await house.log('Dana Reyes', 'met @dana and @li');
    const elsewhere = house.org.records
      .all('Contact')
      .find(({ AccountId }) => AccountId !== house.org.records.contact('Dana Reyes').AccountId);
    house.platform.tabUrl = `${house.org.origins.ui}/lightning/r/Contact/${String(elsewhere?.Id)}/view`;
    expect((await house.ask('openForm')).lastPeople).toEqual([]);
    house.platform.tabUrl = 'https://elsewhere.example/';
    expect(namesOf((await house.ask('openForm')).lastPeople)).toEqual(['Dana Reyes', 'Li Wei']);
  });
});

describe('the people of an invitation', () => {
  it('are found by address whatever the invitation calls them, and in the order asked', async () => {
    const { formId } = await openOn('Dana Reyes');
    const answers = await house.ask('findByEmail', {
      formId,
      people: [
        { email: 'nobody@nowhere.example', name: 'Nobody Known' },
        { email: emailOf('Dana Reyes').toUpperCase(), name: 'D.' },
      ],
    });
    expect(answers.map(({ person }) => person?.name ?? null)).toEqual([null, 'Dana Reyes']);
  });

  it('are asked for in the CRM by name before they count as unknown', async () => {
    house.platform.tabUrl = 'https://elsewhere.example/';
    await openOn('Dana Reyes');
    const stranger = house.org.records
      .all('Contact')
      .find(
        ({ AccountId, Email, FirstName, LastName }) =>
          Email &&
          /^[A-Z][a-z]+ [A-Z][a-z]+$/u.test(`${FirstName} ${LastName}`) &&
          AccountId !== house.org.records.contact('Dana Reyes').AccountId,
      );
    const { formId } = await openOn('Dana Reyes');
    const ask = { email: String(stranger?.Email), name: `${stranger?.FirstName} ${stranger?.LastName}` };
    const [answer] = await house.ask('findByEmail', { formId, people: [ask] });
    expect(answer?.person?.name).toBe(ask.name);
  });

  it('leave out the person in front of the screen', async () => {
    const { formId } = await openOn('Dana Reyes');
    const [{ userName = '' } = {}] = await house.store.read((tx) => tx.all('connections'));
    const [answer] = await house.ask('findByEmail', {
      formId,
      people: [{ email: 'me@x.example', name: userName ?? '' }],
    });
    expect(answer).toEqual({ person: null, isMe: true });
  });
});

describe('the side of the page', () => {
  const guest = { caller: 'guest', tab: { id: 7, url: null } } as const;
  const page = { caller: 'page', tab: { id: 7, url: null } } as const;
  const free = { controls: 0, taken: false };
  const side = async () => (await house.platform.session.get('dock/7')) as { side: string; height: number };

  it('is right at first, where the person moved it afterwards, and remembered', async () => {
    await house.ask('badgeClicked', { visible: true }, page);
    expect((await side()).side).toBe('right');
    await house.ask('dockPanel', undefined, guest);
    await house.ask('frameReady', { height: 300 }, guest);
    expect(await side()).toEqual({ side: 'left', height: 300 });
    await house.ask('badgeClicked', { visible: true }, { ...page, tab: { id: 8, url: null } });
    expect(await house.platform.session.get('dock/8')).toMatchObject({ side: 'left' });
  });

  it('is the other one while the CRM has its buttons there, and the wish stays', async () => {
    house.platform.roomThere = { left: free, right: { controls: 2, taken: false } };
    await house.ask('badgeClicked', { visible: true }, page);
    expect((await side()).side).toBe('left');
    house.platform.roomThere = { left: free, right: free };
    await house.ask('badgeClicked', { visible: true }, page);
    expect((await side()).side).toBe('right');
  });
});
