import type { Page } from '../adapter.ts';

/**
 * The document names the kind of the record it shows, but not its id. A record opened beside the page, in a drawer
 * over more than half of it, leaves the address as it is: whom the person is looking at is then uncertain, so null.
 */
export const page: Page = {
  confirm: (document, record) =>
    !document.querySelector('.dialog-record') &&
    document.querySelector<HTMLElement>('#main .detail')?.dataset.scope?.toLowerCase() === record.type
      ? { record }
      : null,
};
