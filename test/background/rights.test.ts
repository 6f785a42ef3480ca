/** The officer's acts, requests, exports and erasures, through the product's own messages. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act, Consented } from '../../src/domain/decide.ts';
import type { Payloads } from '../../src/domain/events.ts';
import { sha256Hex } from '../../src/domain/hash.ts';
import { openHouse, say, type TestHouse, tell } from '../support/house.ts';

let house: TestHouse;
let ids = 0;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const workAlone = async (): Promise<void> => {
  const settings = await house.ask('settings');
  expect(await house.ask('saveSettings', { ...settings, worksAlone: true })).toEqual({ is: 'done' });
};
const keyOf = async (name: string): Promise<string> =>
  (await house.store.read((tx) => tx.all('contacts'))).find((row) => row.name === name)?.contact ?? '';
const act = (contact: string, doing: Act) => {
  ids += 1;
  return house.ask('act', { commandId: `act-${ids}`, contact, act: doing });
};
const refusalOf = (answer: unknown): string =>
  (answer as { is: string; why?: { key: string } }).why?.key ?? (answer as { is: string }).is;
const timelineOf = async (contact: string) => {
  const timeline = await house.ask('timeline', { contact });
  if (!timeline) throw new Error('nobody there');
  return timeline;
};
const factsOf = (contact: string) => house.store.read((tx) => tx.all('facts', { prefix: [`contact/${contact}`] }));

describe('roles', () => {
  it('a manager may take an objection, a request or a withdrawal, but not lift a restriction', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    expect(await act(dana, { type: 'restriction.set', payload: { ground: 'accuracy' } })).toEqual({ is: 'done' });
    const { may } = await timelineOf(dana);
    expect(may).toMatchObject({ officer: false, liftRestriction: null, erase: false });
    const [restriction] = (await factsOf(dana)).filter(({ type }) => type === 'restriction.set');
    const lift: Act = {
      type: 'restriction.lifted',
      payload: { ref: restriction?.id ?? '', informedAt: '2026-11-18T10:00:00Z' },
    };
    expect(refusalOf(await act(dana, lift))).toBe('refuseOfficerOnly');
    expect((await timelineOf(dana)).person.status.badge).toBe('restricted');
  });

  it('who works alone holds both roles, and every officer’s act says that they confirmed it themselves', async () => {
    await workAlone();
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    await act(dana, { type: 'restriction.set', payload: { ground: 'accuracy' } });
    const { may } = await timelineOf(dana);
    expect(may).toMatchObject({ officer: true, selfConfirmed: true });
    // At the same moment the restriction would win.
    house.platform.time += 60_000;
    const lift: Act = {
      type: 'restriction.lifted',
      payload: { ref: may?.liftRestriction ?? '', informedAt: '2026-11-18T10:00:00Z' },
    };
    expect(await act(dana, lift)).toEqual({ is: 'done' });
    const [lifted] = (await factsOf(dana)).filter(({ type }) => type === 'restriction.lifted');
    expect(lifted?.role).toBe('officer');
    const payload = await house.store.read((tx) => tx.get('payloads', lifted?.id ?? ''));
    expect(payload?.payload).toMatchObject({ selfConfirmed: true });
    expect((await timelineOf(dana)).person.status.badge).toBe('told');
  });

  it('working alone is itself a fact, and nobody’s to choose where the organisation sets the roles', async () => {
    await workAlone();
    const types = (await house.store.read((tx) => tx.all('facts'))).map(({ type }) => type);
    expect(types).toContain('roles.alone');
    house.platform.policies = { roles: ['manager'] };
    const settings = await house.ask('settings');
    expect(refusalOf(await house.ask('saveSettings', { ...settings, worksAlone: false }))).toBe('refuseManaged');
    expect((await house.ask('desk')).roles).toEqual(['manager']);
  });

  it('managed roles that cannot be read give the least, never an officer', async () => {
    house.platform.policies = { roles: ['Officer'] };
    expect(await house.ask('desk')).toMatchObject({ roles: ['manager'], managed: true });
  });
});

describe('a request', () => {
  it('runs a month from its receipt, can be extended within it, and is closed by its answer', async () => {
    await workAlone();
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    const received: Act = { type: 'request.received', payload: { kind: 'access', via: 'mail', words: null } };
    await house.ask('act', { commandId: 'request', contact: dana, act: received, words: 'Please send me everything.' });
    const [open] = (await house.ask('desk')).requests;
    expect(open).toMatchObject({ kind: 'access', state: 'received', due: '2026-12-18', unacknowledged: true });
    expect(say(open?.sentence ?? '')).toContain('30 days left');
    await act(dana, { type: 'request.acknowledged', payload: { ref: 'request' } });
    const toldAt = '2026-11-18T10:00:00Z';
    await act(dana, { type: 'request.extended', payload: { ref: 'request', reason: 'complex', toldAt } });
    expect((await house.ask('desk')).requests[0]).toMatchObject({
      state: 'extended',
      due: '2027-02-18',
      extendBy: null,
    });
    await act(dana, { type: 'request.fulfilled', payload: { ref: 'request', how: 'sent by mail' } });
    expect((await house.ask('desk')).requests[0]).toMatchObject({ state: 'fulfilled', closed: true });
    expect(refusalOf(await act(dana, { type: 'request.started', payload: { ref: 'request' } }))).toBe(
      'refuseRequestClosed',
    );
  });

  it('that is extended after its deadline stays overdue, and says so', async () => {
    await workAlone();
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    const received: Act = { type: 'request.received', payload: { kind: 'access', via: 'mail', words: null } };
    await house.ask('act', { commandId: 'request', contact: dana, act: received });
    house.platform.time += 40 * 86_400_000;
    const toldAt = new Date(house.platform.time).toISOString();
    const late = await act(dana, { type: 'request.extended', payload: { ref: 'request', reason: 'complex', toldAt } });
    expect(refusalOf(late)).toBe('refuseExtensionLate');
    expect((await house.ask('desk')).requests[0]).toMatchObject({ overdue: true });
  });

  it('of somebody whom nobody logged yet begins their record', async () => {
    house.platform.tabUrl = house.contactUrl('Li Wei');
    const contact = (await house.ask('openForm')).pageContact?.id ?? '';
    const received: Act = { type: 'request.received', payload: { kind: 'erasure', via: 'phone', words: null } };
    expect(await house.ask('act', { commandId: 'request', contact, act: received })).toEqual({ is: 'done' });
    expect((await factsOf(await keyOf('Li Wei'))).map(({ type }) => type)).toEqual([
      'contact.obtained',
      'request.received',
    ]);
  });
});

describe('a second proof', () => {
  it('is kept as content, and the delivery says that it has one', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    const ref = (await timelineOf(dana)).may?.attach ?? '';
    const attached = {
      commandId: 'proof',
      contact: dana,
      ref,
      kind: 'mail',
      name: 'mail.eml',
      text: 'Dear Dana …',
    } as const;
    expect(await house.ask('attachEvidence', attached)).toEqual({ is: 'done' });
    expect(await house.ask('attachEvidence', attached)).toEqual({ is: 'done' });
    const contents = await house.store.read((tx) => tx.all('contents'));
    expect(contents.filter(({ words }) => JSON.stringify(words).includes('Dear Dana'))).toHaveLength(1);
    expect((await timelineOf(dana)).entries.map(({ sentence }) => sentence.key)).toContain(
      'timelineLaw_evidence_attached',
    );
  });

  it('of a delivery that never was is refused', async () => {
    await tell(house, 'Dana Reyes');
    const contact = await keyOf('Dana Reyes');
    const proof = { commandId: 'proof', contact, ref: 'nothing', kind: 'mail', name: 'x', text: 'y' } as const;
    expect(refusalOf(await house.ask('attachEvidence', proof))).toBe('refuseUnknownRef');
  });
});

describe('an access export', () => {
  it('holds everything about a person, what is withheld and private included, and is itself a fact', async () => {
    await house.log('Li Wei', 'met @li, she wants pricing by region >send pricing fri ~~may move to a rival');
    await house.sendAll();
    const li = await keyOf('Li Wei');
    const file = await house.ask('exportAccess', { commandId: 'export', contact: li });
    if ('is' in file) throw new Error('refused');
    const said = JSON.parse(file.text);
    expect(said).toMatchObject({
      name: { name: 'Li Wei' },
      logs: [{ words: { note: 'she wants pricing by region' } }],
    });
    expect(file.text).toContain('may move to a rival');
    expect(JSON.stringify(said.waiting)).toContain('not_told');
    expect(file.name).toMatch(/^candor-access-.*-2026-11-18\.json$/);
    expect((await factsOf(li)).map(({ type }) => type)).toContain('export.made');
  });

  it('for portability holds only what rests on consent or contract', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    const none = await house.ask('exportAccess', { commandId: 'e1', contact: dana, portable: true });
    expect(refusalOf(none)).toBe('refuseNothingPortable');
    const basis = { purpose: 'account_management', basis: 'contract', assessment: null, reviewBy: null } as const;
    await act(dana, { type: 'basis.set', payload: basis });
    const file = await house.ask('exportAccess', { commandId: 'e2', contact: dana, portable: true });
    expect('is' in file).toBe(false);
  });
});

describe('erasure', () => {
  const erase = (contact: string) => house.ask('erase', { commandId: 'erase', contact, ground: 'objection' });

  it('is an officer’s: a manager’s attempt destroys nothing', async () => {
    await house.log('Li Wei', 'met @li, she wants pricing');
    const li = await keyOf('Li Wei');
    expect(refusalOf(await erase(li))).toBe('refuseOfficerOnly');
    expect((await timelineOf(li)).person.name).toBe('Li Wei');
  });

  it('destroys payloads, words, salts, links, drafts, rows and search entries, and the chain still verifies', async () => {
    await workAlone();
    await house.log('Li Wei', 'met @li, she wants pricing by region ~~may move to a rival');
    await house.sendAll();
    house.platform.tabUrl = house.contactUrl('Li Wei');
    const form = await house.ask('openForm');
    await house.ask('saveDraft', { formId: form.formId, text: 'called about the rumour' });
    const li = await keyOf('Li Wei');
    const erased = await erase(li);
    if (erased.is !== 'done') throw new Error(refusalOf(erased));
    const all = await house.store.read(async (tx) =>
      JSON.stringify([
        await tx.all('payloads'),
        await tx.all('contents'),
        await tx.all('contacts'),
        await tx.all('activities'),
        await tx.all('people').then((rows) => rows.filter(({ name }) => name === 'Li Wei')),
        await tx.all('drafts'),
        await tx.all('forms'),
      ]),
    );
    expect(all).not.toMatch(/Li Wei|pricing|rival|rumour/);
    expect((await house.ask('verify')).verdict).toBe('intact');
    expect(await house.store.read(async (tx) => (await tx.get('contacts', li))?.state.erasure.executedAt)).toBeTruthy();
  });

  it('says place by place what it did, and what it cannot know', async () => {
    await workAlone();
    await house.log('Li Wei', 'met @li and @dana, they want pricing');
    const li = await keyOf('Li Wei');
    const erased = await erase(li);
    if (erased.is !== 'done') throw new Error(refusalOf(erased));
    const words = Object.fromEntries(
      erased.places.map(({ state, sentence }) => [sentence.key, [state, say(sentence)]]),
    );
    expect(words.erasedFacts).toEqual(['done', 'Facts: 2 of 2 destroyed, with their salts']);
    expect(words.erasedShared?.[0]).toBe('kept');
    expect(words.erasedShared?.[1]).toMatch(/^Logs with others in them: 1 kept/);
    expect(words.erasedDisk?.[0]).toBe('out_of_reach');
    expect(words.erasedCrm?.[1]).toMatch(/^The record in Salesforce: out of reach/);
    expect(erased.complete).toBe(true);
    // The log with Dana in it is still there; nothing of it leaves that names the erased person.
    house.platform.sent.length = 0;
    await house.sendAll();
    const id = String(house.org.records.contact('Li Wei').Id);
    const naming = house.platform.sent.filter(({ method, url, body }) => method !== 'GET' && (url + body).includes(id));
    expect(naming.every(({ url }) => url.endsWith(`/sobjects/Contact/${id}`))).toBe(true);
    expect(JSON.parse(naming[0]?.body ?? '')).toMatchObject({ HasOptedOutOfEmail: true, DoNotCall: true });
    expect(naming.map(({ body }) => body).join()).not.toMatch(/pricing|Wei/);
    // Once it is told, nothing here links the tombstone to the CRM's record any more.
    const left = await house.store.read(async (tx) =>
      JSON.stringify([await tx.all('outbox'), await tx.all('payloads')]),
    );
    expect(left).not.toContain(id);
  });

  it('keeps a fingerprint, so that the person does not silently return with the next page that is opened', async () => {
    await workAlone();
    await house.log('Li Wei', 'met @li, she wants pricing');
    await erase(await keyOf('Li Wei'));
    house.platform.time += 2 * 3_600_000;
    house.platform.tabUrl = house.contactUrl('Li Wei');
    const form = await house.ask('openForm');
    expect(form.pageContact).toBeNull();
    const people = await house.store.read((tx) => tx.all('people'));
    expect(people.map(({ name }) => name)).not.toContain('Li Wei');
    expect(people.map(({ name }) => name)).toContain('Dana Reyes');
    const kept = await house.store.read((tx) => tx.get('meta', 'suppressed'));
    expect(kept?.value).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });
});

describe('whose contact it is', () => {
  it('a claim keeps everything here until an officer confirms or rejects it, and a rejection opens it again', async () => {
    await workAlone();
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    await act(dana, {
      type: 'ownership.claimed',
      payload: { basisOfClaim: 'at school together', preExistingSince: null },
    });
    const { person, may } = await timelineOf(dana);
    expect(person.owner).toBe('claimed');
    await house.log('Dana Reyes', 'met @dana, she wants pricing');
    await house.sendAll();
    expect(house.org.records.all('Event')).toEqual([]);
    const ref = may?.confirmClaim ?? '';
    house.platform.time += 60_000;
    expect(await act(dana, { type: 'ownership.rejected', payload: { ref, reason: 'met at work' } })).toEqual({
      is: 'done',
    });
    expect((await timelineOf(dana)).person.owner).toBe('company');
    await house.sendAll();
    expect(house.org.records.all('Event')).toHaveLength(1);
  });
});

describe('a consent', () => {
  const consent: Consented = {
    purposes: ['direct_marketing'],
    channels: ['email', 'phone'],
    method: 'reply',
    affirmative: true,
    givenOn: '2026-11-18',
    text: { name: 'Autumn letter', words: 'May we write to you about prices?', shownOn: '2026-11-17' },
    proof: { name: 'reply', text: 'Yes, please.' },
    validUntil: null,
  };
  const give = (contact: string, over: Partial<Consented> = {}) => {
    ids += 1;
    return house.ask('recordConsent', { commandId: `consent-${ids}`, contact, consent: { ...consent, ...over } });
  };
  const given = async (contact: string) => (await factsOf(contact)).filter(({ type }) => type === 'consent.given');

  it('is a fact for each purpose and channel, with the words shown and the proof kept as one content', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    expect(await give(dana)).toEqual({ is: 'done' });
    const facts = await given(dana);
    expect(facts).toHaveLength(2);
    const payloads = await house.store.read((tx) => Promise.all(facts.map(({ id }) => tx.get('payloads', id))));
    const [first, second] = payloads.map((row) => row?.payload as Payloads['consent.given']);
    expect([first?.channel, second?.channel]).toEqual(['email', 'phone']);
    expect(first).toMatchObject({ evidence: 'artefact', indicatedBy: 'person', text: { noticeId: 'Autumn letter' } });
    expect(first?.text?.textHash).toBe(sha256Hex(consent.text.words));
    expect(second?.words).toEqual(first?.words);
    const content = await house.store.read((tx) => tx.get('contents', first?.words?.content ?? ''));
    expect(content?.words).toEqual({ text: consent.text, proof: consent.proof });
    const timeline = await timelineOf(dana);
    const said = timeline.entries.filter(({ type }) => type === 'consent.given').map(({ sentence }) => say(sentence));
    expect(said).toContain('Dana Reyes gave consent: Direct marketing, by e-mail.');
    expect(timeline.standing?.map(({ sentence }) => say(sentence)).join()).toContain('Direct marketing');
  });

  it('is never taken for being told: whoever was not told stays untold', async () => {
    await house.log('Li Wei', 'met, words');
    const li = await keyOf('Li Wei');
    const before = (await timelineOf(li)).person.status;
    expect(await give(li)).toEqual({ is: 'done' });
    const after = (await timelineOf(li)).person.status;
    expect(after.flag).toBe(before.flag);
    expect(after.flag).not.toBe('told');
  });

  it('is refused whole where the words were shown after it, or where it was no act of theirs', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    const late = { text: { ...consent.text, shownOn: '2026-11-19' } };
    expect(refusalOf(await give(dana, { givenOn: '2026-11-18', ...late }))).toBe('refuseTextNotShown');
    expect(refusalOf(await give(dana, { affirmative: false }))).toBe('refuseNotAffirmative');
    expect(refusalOf(await give(dana, { givenOn: '2027-01-01' }))).toBe('refuseInTheFuture');
    expect(await given(dana)).toEqual([]);
  });

  it('after a withdrawal needs a proof of its own', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    await give(dana);
    house.platform.time += 86_400_000;
    await act(dana, { type: 'consent.withdrawn', payload: { purpose: null, channel: null, via: 'phone' } });
    house.platform.time += 2 * 86_400_000;
    const today = new Date(house.platform.time).toISOString().slice(0, 10);
    expect(refusalOf(await give(dana, { givenOn: today, proof: null }))).toBe('refuseNoEvidenceOfItsOwn');
    expect(await give(dana, { givenOn: today })).toEqual({ is: 'done' });
    const standing = (await timelineOf(dana)).standing?.map(({ sentence }) => say(sentence)) ?? [];
    expect(standing.join()).toContain('Consent to Direct marketing by e-mail: given again');
  });

  it('of which only the day is known begins with that day: a withdrawal on it came later', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    house.platform.time += 5 * 86_400_000;
    await give(dana, { givenOn: '2026-11-19' });
    const [fact] = await given(dana);
    // Midnight in Berlin.
    expect(fact).toMatchObject({ precision: 'day', occurredAt: '2026-11-18T23:00:00Z' });
  });

  it('asked for twice under one command is recorded once', async () => {
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    const ask = { commandId: 'twice', contact: dana, consent };
    expect([await house.ask('recordConsent', ask), await house.ask('recordConsent', ask)]).toEqual([
      { is: 'done' },
      { is: 'done' },
    ]);
    expect(await given(dana)).toHaveLength(2);
  });

  it('and its words go with the person when they are erased', async () => {
    await workAlone();
    await tell(house, 'Dana Reyes');
    const dana = await keyOf('Dana Reyes');
    await give(dana);
    expect(await house.ask('erase', { commandId: 'erase', contact: dana, ground: 'objection' })).toMatchObject({
      is: 'done',
    });
    const contents = await house.store.read((tx) => tx.all('contents'));
    expect(JSON.stringify(contents)).not.toContain(consent.text.words);
  });
});
