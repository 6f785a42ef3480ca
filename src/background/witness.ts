/** The ledger's witness in the extension's small storage: one mark, and no fact. */
import browser from 'webextension-polyfill';
import type { Witness } from './store/store.ts';

const MARK = 'ledger.was.here';

export const witness: Witness = {
  hasSeen: async () => (await browser.storage.local.get(MARK))[MARK] === true,
  sees: () => browser.storage.local.set({ [MARK]: true }),
  forgets: () => browser.storage.local.remove(MARK),
};
