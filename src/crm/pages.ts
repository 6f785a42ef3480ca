/** What each CRM's own pages add: one line each. Bundled into web pages, so never together with `apis.ts`. */
import type { Page } from './adapter.ts';
import { page as dynamics } from './dynamics/page.ts';
import { page as espocrm } from './espocrm/page.ts';
import { page as salesforce } from './salesforce/page.ts';

export const pages: Readonly<Record<string, Page>> = { salesforce, dynamics, espocrm };
