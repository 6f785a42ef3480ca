/** The CRMs Candor knows, by what an address says of them: one line each. */
import type { About } from './adapter.ts';
import { about as dynamics } from './dynamics/about.ts';
import { about as espocrm } from './espocrm/about.ts';
import { about as salesforce } from './salesforce/about.ts';

export const abouts: readonly About[] = [salesforce, dynamics, espocrm];
