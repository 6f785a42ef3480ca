/** Where an organisation keeps a person's status: looked at once, kept with the connection, looked at again when it no longer fits. */
import type { StatusFields, StatusMap } from '../crm/adapter.ts';
import { fits, MAP_PARTS } from '../domain/crm-status.ts';
import type { House } from './house.ts';
import type { ConnectionRow } from './store/schema.ts';

export type Kept = NonNullable<ConnectionRow['status']>;

/** What people chose stays, as long as the organisation has it; the rest is as usual. */
const mapFor = ({ offered, usual }: StatusFields, chosen: Kept['chosen'] = {}): StatusMap =>
  Object.fromEntries(
    MAP_PARTS.flatMap((part) => {
      const wanted = part in chosen ? chosen[part] : usual[part];
      const field = offered.find(({ name }) => name === wanted);
      return field && fits(part, field) ? [[part, field.name]] : [];
    }),
  );

/** What an organisation offers, with what people chose before. */
export const keptFrom = ({ offered, usual }: StatusFields, chosen: Kept['chosen']): Kept => ({
  offered,
  usual,
  map: mapFor({ offered, usual }, chosen),
  ...(chosen ? { chosen } : {}),
});

/** The fields of a connection. Rejects as reads do. */
export const fieldsOf = async (
  { store, api }: House,
  { id }: ConnectionRow,
  when: 'once' | 'again' = 'once',
): Promise<Kept> => {
  const row = await store.read((tx) => tx.get('connections', id));
  if (!row) throw new Error('this connection is gone');
  if (row.status && when === 'once') return row.status;
  const fields = await api(row).statusFields();
  return store.write(async (tx) => {
    const now = await tx.get('connections', id);
    if (!now) throw new Error('this connection is gone');
    const status = keptFrom(fields, now.status?.chosen);
    await tx.put('connections', { ...now, status });
    return status;
  });
};
