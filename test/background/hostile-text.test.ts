/** Hostile names and notes on their way: what was typed is what is kept, hashed and sent, and a name changes no sentence. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/background/handlers/handler.ts';
import { LONGEST_LINE } from '../../src/domain/form.ts';
import { HOSTILE } from '../support/hostile.ts';
import { openHouse, type TestHouse, tell } from '../support/house.ts';

const DANA = 'Dana Reyes';
let house: TestHouse;
beforeAll(async () => {
  house = await openHouse();
  await tell(house, DANA);
});
afterAll(() => house.close());

const sent = () => house.org.records.all('Event').map(({ Description }) => String(Description ?? ''));

describe('a note', () => {
  for (const [kind, text] of Object.entries(HOSTILE)) {
    it(`with ${kind} in it is kept and sent letter by letter`, async () => {
      const before = sent().length;
      const words = `about ${text} and so on`;
      const id = await house.log(DANA, `met @dana, ${words}`);
      const row = await house.store.read((tx) => tx.get('activities', id));
      expect(row?.words.note.replace(/\s+/gu, ' ')).toBe(words.replace(/\s+/gu, ' '));
      await house.sendAll();
      const written = sent();
      expect(written).toHaveLength(before + 1);
      expect(written.some((one) => one.includes(row?.words.note ?? '?'))).toBe(true);
      expect(({} as Record<string, unknown>).candorWasHere).toBeUndefined();
    });
  }

  it('of 100,000 letters is kept whole', async () => {
    const words = 'abcdefghi '.repeat(LONGEST_LINE / 10 - 2).trim();
    const id = await house.log(DANA, `met @dana, ${words}`);
    expect((await house.store.read((tx) => tx.get('activities', id)))?.words.note).toBe(words);
  });

  it('leaves the ledger intact', async () => {
    expect((await house.ask('verify')).verdict).toBe('intact');
  });
});

describe('a name in the CRM', () => {
  const page = (): Asker => ({ caller: 'page', tab: { id: 1, url: house.platform.tabUrl } });

  for (const [kind, text] of Object.entries(HOSTILE)) {
    it(`with ${kind} in it is on the badge and in the form, and turns nothing around`, async () => {
      const { org, platform } = house;
      const row = org.records.contact(DANA);
      const named = { FirstName: null, LastName: text, Name: text };
      const was = { FirstName: row.FirstName, LastName: row.LastName, Name: row.Name };
      platform.tabUrl = house.contactUrl(DANA);
      Object.assign(row, named);
      // Read anew.
      platform.time += 2 * 3_600_000;
      try {
        const badge = await house.ask('badge', undefined, page());
        expect(badge?.name).toBe(text);
        const turned = badge?.label.replace(/\u2068[^\u2069]*\u2069/gu, '') ?? '';
        expect(turned).not.toMatch(/[\u0590-\u08ff\u202a-\u202e\u2066\u2067]/u);
        const form = await house.ask('openForm');
        expect(form.pageContact?.name).toBe(text);
        const preview = await house.ask('preview', { formId: form.formId, text: 'met them, a note' });
        expect(preview.people[0]?.person.name).toBe(text);
      } finally {
        Object.assign(row, was);
      }
    });
  }

  it('as a mention is a name and never a key of an object', async () => {
    for (const name of ['constructor', 'toString', 'then', 'hasOwnProperty', 'valueOf']) {
      house.platform.tabUrl = null;
      const form = await house.ask('openForm');
      const text = `met @${name}, a note`;
      const preview = await house.ask('preview', { formId: form.formId, text });
      expect(preview.people.at(-1), name).toMatchObject({ isNew: true });
      const [somebody] = form.people;
      await house.ask('choosePerson', { formId: form.formId, mention: name, person: somebody?.id ?? '' });
      const chosen = await house.ask('preview', { formId: form.formId, text });
      expect(chosen.people.at(-1)?.person.id, name).toBe(somebody?.id);
      await house.ask('commit', { formId: form.formId, text, armed: true });
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
