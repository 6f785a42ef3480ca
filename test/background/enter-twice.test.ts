/** Enter and the draft that saves itself cross on their way: one line stays one log. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/background/handlers/handler.ts';
import { openHouse, type TestHouse } from '../support/house.ts';

const LINE = 'met @dana, all well ~~may move to a rival';
const SHOWN = 'met @dana, all well';

let house: TestHouse;
beforeEach(async () => {
  house = await openHouse();
  house.platform.tabUrl = house.contactUrl('Dana Reyes');
});
afterEach(() => house.close());

const drafts = () => house.store.read((tx) => tx.all('drafts'));

describe('a line that was saved', () => {
  it('is no draft again when its draft arrives after Enter', async () => {
    const { formId } = await house.ask('openForm');
    await house.ask('commit', { formId, text: LINE, armed: true });
    await house.ask('saveDraft', { formId, text: LINE });
    expect(await drafts()).toEqual([]);
    expect((await house.ask('openForm')).draft).toBe('');
  });

  it('is no draft again when a frame that never had its private words sends it twice', async () => {
    const { formId } = await house.ask('openForm');
    await house.ask('saveDraft', { formId, text: LINE });
    const guest: Asker = { caller: 'guest', tab: { id: 1, url: house.platform.tabUrl } };
    await house.platform.session.set(`mayCommit/1/${formId}`, true);
    const first = await house.ask('commit', { formId, text: SHOWN, armed: true }, guest);
    const again = await house.ask('commit', { formId, text: SHOWN, armed: true }, guest);
    expect([first.is, again.is]).toEqual(['saved', 'already_saved']);
    expect(again.is === 'already_saved' && again.nextFormId).toBeNull();
    await house.ask('saveDraft', { formId, text: SHOWN }, guest);
    expect(await drafts()).toEqual([]);
  });

  it('keeps other private words that a frame typed to the same line', async () => {
    const { formId } = await house.ask('openForm');
    await house.ask('commit', { formId, text: LINE, armed: true });
    const guest: Asker = { caller: 'guest', tab: { id: 1, url: house.platform.tabUrl } };
    await house.platform.session.set(`mayCommit/1/${formId}`, true);
    await house.ask('commit', { formId, text: `${SHOWN} ~~or retire`, armed: true }, guest);
    expect((await drafts()).map((draft) => draft.private)).toEqual(['or retire']);
  });
});
