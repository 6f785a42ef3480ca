/** How each CRM is read and written: one line each. For the background only. */
import type { MakeApi } from './adapter.ts';
import { makeApi as dynamics } from './dynamics/api.ts';
import { makeApi as espocrm } from './espocrm/api.ts';
import { makeApi as salesforce } from './salesforce/api.ts';

export const apis: Readonly<Record<string, MakeApi>> = { salesforce, dynamics, espocrm };
