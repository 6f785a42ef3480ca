/** Which of all CRMs takes an address for its own: at most one may, and none that organisations host themselves. */
import { abouts } from '../../src/crm/abouts.ts';
import type { About, RecordRef } from '../../src/crm/adapter.ts';

const proving = abouts.filter(({ selfHosted }) => !selfHosted);
const only = <T>(found: readonly T[]): T | null => {
  if (found.length > 1) throw new Error('two CRMs take one address for their own');
  return found[0] ?? null;
};

export const aboutByUrl = (url: string): About | null =>
  only(proving.filter((about) => about.tenantFromUrl(url) !== null));

export const recordByUrl = (url: string): { readonly about: About; readonly record: RecordRef } | null =>
  only(
    proving.flatMap((about) => {
      const record = about.recordFromUrl(url);
      return record ? [{ about, record }] : [];
    }),
  );
