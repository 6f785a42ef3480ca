import type { Page } from '../adapter.ts';

/**
 * Here the address decides: every navigation of the app goes through it, and tabs that are kept behind the shown one
 * stay in the document with ids of their own. What can contradict it is a main region that says which record it
 * shows, for instance the last one while the next is loading. Pages without such a region are taken at their address.
 */
export const page: Page = {
  confirm: (document, record) =>
    record.id.startsWith(document.querySelector<HTMLElement>('main>[data-record-id]')?.dataset.recordId ?? '')
      ? { record }
      : null,
};
