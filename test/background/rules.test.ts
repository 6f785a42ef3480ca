/** Each person under their own law; a change of the rules is a fact, and what waits is weighed again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refolder } from '../../src/background/refolding.ts';
import { reweigher } from '../../src/background/reweighing.ts';
import { unknownContact } from '../../src/domain/status.ts';
import { openHouse, type TestHouse, tell } from '../support/house.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const set = async (more: { country?: string; holidays?: string[]; worksAlone?: boolean }) => {
  const { controller, ...settings } = await house.ask('settings');
  const { worksAlone = settings.worksAlone, ...changed } = more;
  return house.ask('saveSettings', { ...settings, worksAlone, controller: { ...controller, ...changed } });
};
const why = (answer: unknown): string => (answer as { why?: { key: string } }).why?.key ?? 'done';
const change = (value: unknown, parameter = 'gate.untold', jurisdiction = 'EU', commandId = 'change') =>
  house.ask('changePolicy', {
    commandId,
    reason: 'Counsel asked for it.',
    changes: [{ jurisdiction, parameter, value, source: 'own policy', mark: 'approved' }],
  });
const becauseOf = async (activity: string) =>
  (await house.store.read((tx) => tx.all('outbox', { index: 'activity', prefix: activity }))).map(
    ({ step, state, because }) => [step.split('/')[0], state, because.map(({ reason }) => reason).join()],
  );
const gateFacts = async (activity: string) => {
  const facts = await house.store.read((tx) => tx.all('facts', { prefix: [`activity/${activity}`] }));
  const decided = facts.filter(({ type }) => type === 'gate.decided');
  return Promise.all(
    decided.map(async (fact) => ({
      fact,
      payload: (await house.store.read((tx) => tx.get('payloads', fact.id)))?.payload as {
        mode: string;
        policy?: { key: string };
      },
    })),
  );
};

describe('the law of a person', () => {
  it('is that of their place of work and of the controller’s establishment together', async () => {
    await set({ country: 'CH' });
    const { standing } = (await openTimeline('Dana Reyes')) ?? {};
    expect(standing?.map(({ sentence }) => sentence)).toContainEqual({
      key: 'standingLaw',
      args: [expect.stringMatching(/Switzerland/)],
    });
  });

  it('is the strict default while nobody has said where the company is', async () => {
    expect(await house.ask('policy')).toMatchObject({ house: 'EU', assumed: true });
    expect(why(await set({ country: 'Atlantis' }))).toBe('refuseCountry');
    await set({ country: 'Germany' });
    expect(await house.ask('policy')).toMatchObject({ house: 'EU-DE', assumed: false });
  });

  it('is that of a part of a country, where it has a law of its own', async () => {
    await set({ country: 'Canada' });
    const person = (await openTimeline('Dana Reyes'))?.person.id ?? '';
    const lawOf = async (region: string) => {
      await house.store.write(async (tx) => {
        for (const row of await tx.all('people')) await tx.put('people', { ...row, country: 'Canada', region });
      });
      const { standing = [] } = (await house.ask('timeline', { contact: person })) ?? {};
      return standing.find(({ sentence }) => sentence.key === 'standingLaw')?.sentence.args;
    };
    expect(await lawOf('Ontario')).toEqual(['Canada']);
    expect(await lawOf('QC')).toEqual(['Quebec']);
  });

  it('a change of the establishment or of the holidays is a fact', async () => {
    await set({ country: 'DE', holidays: ['2026-12-25', '2026-12-24'] });
    await set({ country: 'DE', holidays: ['2026-12-24', '2026-12-25'] });
    const facts = await house.store.read((tx) => tx.all('facts', { prefix: ['policy/company'] }));
    expect(facts.map(({ type }) => type)).toEqual(['controller.changed']);
  });
});

const openTimeline = async (name: string) => {
  house.platform.tabUrl = house.contactUrl(name);
  const contact = (await house.ask('openForm')).pageContact?.id ?? '';
  return house.ask('timeline', { contact });
};

describe('a change of policy', () => {
  it('is for officers and administrators, with a reason, and a bad one names its place and changes nothing', async () => {
    expect(why(await change('hold'))).toBe('refuseOfficerOnly');
    await set({ worksAlone: true });
    expect(why(await house.ask('changePolicy', { commandId: 'x', reason: ' ', changes: [] }))).toBe('refuseNoReason');
    const bad = await change('sometimes');
    expect(bad).toMatchObject({
      why: { key: 'refusePolicy', args: ['EU.parameters.gate.untold', expect.any(String)] },
    });
    expect((await house.ask('policy')).laws.find(({ key }) => key === 'EU')?.untold).toBe('redact_to_minimum');
  });

  it('is a fact with its reason, and everything that waits is weighed again under it', async () => {
    await set({ worksAlone: true });
    const activity = await house.log('Li Wei', 'met @li, she wants pricing');
    expect(await becauseOf(activity)).toContainEqual(['record', 'queued', '']);
    expect(await change('hold')).toEqual({ is: 'done' });
    await reweigher(house.house)();
    expect(await becauseOf(activity)).toContainEqual(['record', 'withheld', 'not_told']);
    await house.sendAll();
    expect(house.org.records.all('Event')).toEqual([]);
    const { history } = await house.ask('policy');
    expect(history).toMatchObject([{ reason: 'Counsel asked for it.', sentence: { key: 'policyChangedAlone' } }]);
    const decisions = await gateFacts(activity);
    expect(decisions.map(({ payload }) => payload.mode)).toEqual(['redact_to_minimum', 'hold']);
    expect(decisions.every(({ payload }) => payload.policy?.key.startsWith('EU'))).toBe(true);
  });

  it('never sends again what was released before', async () => {
    await set({ worksAlone: true });
    await tell(house, 'Li Wei');
    await house.log('Li Wei', 'met @li, she wants pricing');
    await house.sendAll();
    const before = house.platform.sent.length;
    await change('hold');
    await reweigher(house.house)();
    await change('allow', 'gate.untold', 'EU', 'change-2');
    await reweigher(house.house)();
    await house.sendAll();
    expect(house.org.records.all('Event')).toHaveLength(1);
    expect(house.platform.sent.length).toBe(before);
  });

  it('each gate decision names the heads it saw', async () => {
    const activity = await house.log('Li Wei', 'met @li, she wants pricing');
    await house.sendAll();
    const heads = await house.store.read((tx) => tx.all('heads'));
    const li = heads.filter(({ stream }) => stream.startsWith('contact/')).map(({ hash }) => hash);
    for (const { fact } of await gateFacts(activity)) expect(fact.parents).toEqual(li);
  });
});

describe('facts of another device', () => {
  it('are named by whoever writes after having seen them', async () => {
    await tell(house, 'Li Wei');
    const [row] = await house.store.read((tx) => tx.all('contacts'));
    const stream = `contact/${row?.contact}` as const;
    await house.store.write((tx) => tx.put('heads', { stream, device: 'phone', seq: 1, hash: 'f'.repeat(64) }));
    await house.ask('raiseObjection', { commandId: 'o', contact: row?.contact ?? '', scope: 'general' });
    const facts = await house.store.read((tx) => tx.all('facts', { prefix: [stream] }));
    expect(facts.find(({ id }) => id === 'o')?.parents).toEqual(['f'.repeat(64)]);
  });
});

describe('states of an older fold', () => {
  it('are folded again in parts, from where the last run stopped', async () => {
    await house.log('Li Wei', 'met @li and @dana and @Ada Lovelace, they want pricing');
    const before = await house.store.read((tx) => tx.all('contacts'));
    await house.store.write(async (tx) => {
      for (const row of before) await tx.put('contacts', { ...row, state: { ...unknownContact, v: 1 } });
      await tx.remove('meta', 'refolding');
    });
    expect((await house.ask('desk')).refolding).toEqual({ looked: 0, of: 3 });
    await refolder(house.house)();
    expect(await house.store.read((tx) => tx.all('contacts'))).toEqual(before);
    expect((await house.ask('desk')).refolding).toBeNull();
  });
});

describe('a notice that is prepared', () => {
  const prepared = async (route: 'spoken' | 'link' | 'mail', language = 'en') => {
    house.platform.tabUrl = house.contactUrl('Li Wei');
    const contact = (await house.ask('openForm')).pageContact?.id ?? '';
    const draft = await house.ask('prepareNotice', { contact, route, language });
    if ('is' in draft) throw new Error(draft.why.key);
    return draft;
  };

  it('to be spoken has a sentence to say, and the hash is of the whole notice all the same', async () => {
    const spoken = await prepared('spoken', 'de');
    expect(spoken.language).toBe('de');
    expect(spoken.spoken).toMatch(/^Ich halte für Norrland Instruments fest/);
    expect(spoken.textHash).toBe((await prepared('mail', 'de')).textHash);
  });

  it('to be shown has the page that the company named, or none', async () => {
    expect((await prepared('link')).link).toBeNull();
    const { controller, ...settings } = await house.ask('settings');
    const page = (noticePage: string) =>
      house.ask('saveSettings', { ...settings, controller: { ...controller, noticePage } });
    expect(why(await page('http://www.example.com/privacy'))).toBe('refuseNoticePage');
    expect(why(await page('javascript:alert(1)'))).toBe('refuseNoticePage');
    expect(why(await page('https://www.example.com/privacy'))).toBe('done');
    expect((await prepared('link')).link).toBe('https://www.example.com/privacy');
  });
});

describe('before saving', () => {
  const preview = async (text: string) => {
    house.platform.tabUrl = house.contactUrl('Li Wei');
    const form = await house.ask('openForm');
    return house.ask('preview', { formId: form.formId, text });
  };

  it('a held log says that not even the neutral record leaves', async () => {
    await set({ worksAlone: true });
    await change('hold');
    const { leaves, withheld } = await preview('met @li, she wants pricing');
    expect(leaves).toEqual([]);
    expect(withheld[0]?.key).toBe('previewHeld');
  });

  it('a person who is restricted never leaves, and telling them changes nothing about it', async () => {
    await tell(house, 'Li Wei');
    const [row] = await house.store.read((tx) => tx.all('contacts'));
    await house.ask('act', {
      commandId: 'restrict',
      contact: row?.contact ?? '',
      act: { type: 'restriction.set', payload: { ground: 'claims' } },
    });
    const { people, withheld } = await preview('met @li and @dana, they want pricing');
    expect(people.find(({ person }) => person.name === 'Li Wei')?.leaves).toBe('never');
    expect(withheld.map(({ key }) => key)).toContain('previewWithheldWordsClosed');
  });
});
