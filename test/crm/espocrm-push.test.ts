/** What goes over the wire, word for word, and what the organisation's own rules change. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, Refused, type Response, Unanswered } from '../../src/crm/adapter.ts';
import { makeApi } from '../../src/crm/espocrm/api.ts';
import { fromCrm, toCrm } from '../../src/crm/espocrm/dates.ts';
import { markIn, markOf, withMark, wordsIn } from '../../src/crm/espocrm/mark.ts';
import { completionBody, recordBody } from '../../src/crm/espocrm/payload.ts';
import { scripted } from './adapter-contract.ts';
import { type EspoWorld, espoWorld } from './espocrm-world.ts';

const meeting: Extract<Delivery, { step: 'record' }> = {
  key: 'k-1',
  kind: 'meeting',
  step: 'record',
  start: '2026-11-19T14:00:00.000Z',
  end: '2026-11-19T14:45:00.000Z',
  day: '2026-11-19',
  subject: 'Meeting',
};
const MARK = markOf('k-1');

describe('a time', () => {
  it.each([
    ['2026-11-19T14:00:00.000Z', '2026-11-19 14:00:00'],
    ['2026-03-29T01:59:59.999Z', '2026-03-29 01:59:59'],
    ['2026-11-19T00:30:00+01:00', '2026-11-18 23:30:00'],
  ])('%s is written %s', (instant, text) => {
    expect(toCrm(instant)).toBe(text);
  });

  it('is read as UTC, and what is no time of this CRM is none', () => {
    expect(fromCrm('2026-11-19 14:00:00')).toBe('2026-11-19T14:00:00.000Z');
    expect(fromCrm('2026-11-19 14:00')).toBe('2026-11-19T14:00:00.000Z');
    for (const text of ['2026-11-19', '2026-11-19T14:00:00Z', '2026-13-19 14:00:00', 'today', ''])
      expect(fromCrm(text)).toBeNull();
  });
});

describe('a mark', () => {
  it('is short, says whose it is, differs with the key, and survives a database without capitals', () => {
    expect(MARK).toMatch(/^\[candor:[0-9a-f]{24}\]$/);
    expect(new Set(Array.from({ length: 1000 }, (_, n) => markOf(`k-${n}`))).size).toBe(1000);
    expect(MARK.toLowerCase()).toBe(MARK);
  });

  it('stands in the last line, and the words around it are whole without it', () => {
    expect(withMark('', MARK)).toBe(MARK);
    expect(withMark('A note.', MARK)).toBe(`A note.\n\n${MARK}`);
    expect(markIn(`A note.\n\n${MARK}`)).toBe(MARK);
    expect(wordsIn(`A note.\n\n${MARK}`)).toBe('A note.');
    expect(markIn(null)).toBeNull();
  });
});

describe('a record', () => {
  it('belongs to the account, with the person beside it, is over, and reminds nobody', () => {
    expect(recordBody({ ...meeting, who: 'c-1', account: 'a-1' }, 'u-1')).toEqual({
      name: 'Meeting',
      description: MARK,
      status: 'Held',
      reminders: [],
      dateStart: '2026-11-19 14:00:00',
      dateEnd: '2026-11-19 14:45:00',
      parentType: 'Account',
      parentId: 'a-1',
      contactsIds: ['c-1'],
      assignedUserId: 'u-1',
    });
  });

  it('of no account belongs to its person; of nobody to nobody', () => {
    expect(recordBody({ ...meeting, who: 'c-1' }, 'u-1')).toMatchObject({
      parentType: 'Contact',
      contactsIds: ['c-1'],
    });
    expect(recordBody(meeting, 'u-1')).not.toHaveProperty('parentId');
  });

  it('that is a task belongs to its person, whose account the CRM knows', () => {
    const note = recordBody({ ...meeting, kind: 'note', who: 'c-1', account: 'a-1' }, 'u-1');
    expect(note).toMatchObject({
      status: 'Completed',
      parentType: 'Contact',
      parentId: 'c-1',
      dateEnd: '2026-11-19 14:45:00',
    });
    expect(note).not.toHaveProperty('contactsIds');
    expect(recordBody({ key: 'k', kind: 'call', step: 'task', text: 'send', due: '2026-11-27' }, 'u-1')).toEqual({
      name: 'send',
      description: markOf('k'),
      status: 'Not Started',
      reminders: [],
      dateEndDate: '2026-11-27',
      assignedUserId: 'u-1',
    });
  });

  it('has a name without the signs this CRM refuses, cut where it is shown and kept whole below', () => {
    const subject = `a <b> = ${'ü'.repeat(300)}`;
    const body = recordBody({ ...meeting, subject, note: 'Note.' }, 'u-1', 40);
    expect(body.name).toMatch(/^a ‹b› ＝ ü+…$/);
    expect([...String(body.name)]).toHaveLength(40);
    expect(body.description).toBe(`${subject}\n\nNote.\n\n${MARK}`);
  });

  it('is completed without losing what people wrote, however often', () => {
    const completion = { key: 'k-2', kind: 'meeting', step: 'completion', remoteId: 'm-1', note: 'Note.' } as const;
    const once = completionBody(completion, `Room 4.\n\n${MARK}`);
    expect(once).toEqual({ description: `Note.\n\nRoom 4.\n\n${MARK}` });
    expect(completionBody(completion, String(once.description))).toEqual(once);
    expect(completionBody({ ...completion, kind: 'note', who: 'c-1' }, null)).toEqual({
      description: 'Note.',
      parentType: 'Contact',
      parentId: 'c-1',
    });
    const { note: _note, ...only } = completion;
    expect(completionBody({ ...only, who: 'c-1' }, MARK)).toEqual({});
  });
});

describe('an organisation', () => {
  let world: EspoWorld;
  beforeEach(async () => {
    world = await espoWorld();
  });
  afterEach(() => world.close());

  it('that takes shorter names says so in its metadata: cut and sent once more', async () => {
    world.espo.setNameLength(20);
    const [outcome] = await makeApi(world.send).push([{ ...meeting, subject: 'Meeting: she wants pricing by region' }]);
    expect(outcome?.is).toBe('stored');
    expect(world.activities()).toMatchObject([
      { subject: 'Meeting: she wants …', note: 'Meeting: she wants pricing by region' },
    ]);
  });

  it('whose own check finds our record as a duplicate has stored it', async () => {
    await world.close();
    world = await espoWorld({ duplicateMarks: true });
    const api = makeApi(world.send);
    const [first] = await api.push([meeting]);
    expect(await api.push([meeting])).toEqual([first]);
    expect(world.activities()).toHaveLength(1);
  });

  it('shows another duration in its first answer than it stored: nothing but the id is taken from it', async () => {
    const [outcome] = await makeApi(world.send).push([meeting]);
    expect(Object.keys(outcome ?? {})).toEqual(['is', 'remoteId']);
  });

  it('is asked once who we are, and not at all where that is known', async () => {
    await makeApi(world.send).push([meeting, { ...meeting, key: 'k-2' }]);
    const asked = () => world.espo.requests.filter(({ path }) => path.endsWith('/App/user')).length;
    expect(asked()).toBe(1);
    await makeApi(world.send, world.espo.user.id).push([{ ...meeting, key: 'k-3' }]);
    expect(asked()).toBe(1);
  });

  it('reads people, accounts and searches, at most 200 at a time', async () => {
    const api = makeApi(world.send);
    const [dana] = world.people;
    expect(await api.readContact(dana)).toMatchObject({
      id: dana,
      name: 'Dana Reyes',
      email: 'dana.reyes.halden@example.com',
      accountName: 'Halden Freight AG',
      country: 'Germany',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
    });
    expect(await api.readContact('64f1a2b3c4d5e6f70')).toBeNull();
    expect(await api.readContact('../User/1')).toBeNull();
    expect(await api.readAccount(world.account)).toEqual({ id: world.account, name: 'Halden Freight AG' });
    expect(await api.contactsOfAccount(world.account)).toHaveLength(24);
    expect((await api.findContacts('li wei')).map(({ name }) => name)).toEqual(['Li Wei']);
    expect(await api.findContacts(' % ')).toEqual([]);
    expect(await api.whoAmI()).toMatchObject({
      userName: 'Mara Lindqvist',
      organisation: 'https://crm.halden.example',
    });
    for (const { path } of world.espo.requests) {
      expect(Number(new URL(path, 'http://x').searchParams.get('maxSize') ?? 0)).toBeLessThanOrEqual(200);
    }
  });

  it('that shuts meetings lacks something an administrator can give', async () => {
    expect(await makeApi(world.send).setup()).toEqual({ missing: [], attendeeLinks: true, required: [] });
    world.espo.setAccess('Call', false);
    expect((await makeApi(world.send).setup()).missing).toEqual(['activity_access']);
    world.espo.expireTokens();
    await expect(makeApi(world.send).setup()).rejects.toBeInstanceOf(Refused);
  });

  it('links a second person to a meeting, never to a task', async () => {
    const api = makeApi(world.send);
    const [stored] = await api.push([{ ...meeting, kind: 'note' }]);
    const remoteId = stored?.is === 'stored' ? stored.remoteId : '';
    const [linked] = await api.push([{ key: 'l', kind: 'note', step: 'link', remoteId, who: world.people[1] }]);
    expect(linked).toMatchObject({ is: 'invalid', field: 'parent' });
  });
});

describe('many in one push', () => {
  const many = Array.from({ length: 5 }, (_, n) => ({ ...meeting, key: `k-${n}` }));
  const ok = (id: string) => ({ text: JSON.stringify({ id }) });
  const is = async (...answers: readonly (Partial<Response> | Error)[]) => {
    const wire = scripted(...answers);
    const outcomes = await makeApi(wire.send, 'u-1').push(many);
    return [outcomes.map((one) => one.is).join(' '), wire.asked.length];
  };

  it('each has its own answer', async () => {
    expect(await is(ok('a'), { status: 400 }, ok('b'), { status: 500 }, ok('c'))).toEqual([
      'stored invalid stored transient stored',
      5,
    ]);
  });

  it('what was refused for all alike ends the rest unsent', async () => {
    expect(await is(ok('a'), { status: 401 })).toEqual([
      'stored sign_in_needed sign_in_needed sign_in_needed sign_in_needed',
      2,
    ]);
    expect(await is({ status: 503 })).toEqual(['throttled throttled throttled throttled throttled', 1]);
  });

  it('one that gets no answer does not hold up the others; a CRM that is silent twice is left alone', async () => {
    expect(await is(new Unanswered(), ok('b'))).toEqual(['unknown stored stored stored stored', 5]);
    expect(await is(ok('a'), new Unanswered())).toEqual(['stored unknown unknown unknown unknown', 3]);
  });
});
