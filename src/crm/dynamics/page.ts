import type { Page } from '../adapter.ts';

/**
 * Here the address decides: every navigation of the app goes through it. What makes it uncertain is a second record
 * form beside the first, in a side pane or a dialog: opening one leaves the address as it was, and nobody can say which
 * of the two the person means. Pages without a form that we know are taken at their address.
 */
export const page: Page = {
  confirm: (document, record) => (document.querySelectorAll('[data-id=editFormRoot]').length > 1 ? null : { record }),
};
