/** Which CRM a connection is with. */
import { abouts } from './abouts.ts';
import type { About } from './adapter.ts';

export const aboutById = (id: string): About | null => abouts.find((about) => about.id === id) ?? null;
