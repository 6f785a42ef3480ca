/**
 * Which CRM an address belongs to, and which record it shows. Pure: nothing is asked of anybody. An address alone never
 * proves a CRM that organisations host themselves; those are known by their connections (`background/directory.ts`).
 */
import { abouts } from './abouts.ts';
import type { About, RecordRef } from './adapter.ts';

export const aboutById = (id: string): About | null => abouts.find((about) => about.id === id) ?? null;

export const aboutByUrl = (url: string): About | null =>
  abouts.find((about) => !about.selfHosted && about.tenantFromUrl(url) !== null) ?? null;

export const recordByUrl = (url: string): { readonly about: About; readonly record: RecordRef } | null => {
  for (const about of abouts) {
    const record = about.selfHosted ? null : about.recordFromUrl(url);
    if (record) return { about, record };
  }
  return null;
};
