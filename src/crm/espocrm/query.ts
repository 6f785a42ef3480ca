/** Lists: conditions and paging as the CRM's address takes them. */
import { BASE, MOST } from './fields.ts';

export type Where =
  | { readonly type: 'or'; readonly value: readonly Where[] }
  | { readonly type: 'in'; readonly attribute: string; readonly value: readonly string[] }
  | { readonly type: 'textFilter'; readonly value: string }
  | {
      readonly type: 'contains' | 'equals' | 'greaterThanOrEquals';
      readonly attribute: string;
      readonly value: string;
    };

/** `where[0][type]=or&where[0][value][0][type]=…`: the form that every version reads. */
const spelled = (where: readonly Where[], under: string): readonly (readonly [string, string])[] =>
  where.flatMap((one, index) => {
    const at = `${under}[${index}]`;
    const value =
      one.type === 'or'
        ? spelled(one.value, `${at}[value]`)
        : one.type === 'in'
          ? one.value.map((each, place) => [`${at}[value][${place}]`, each] as const)
          : [[`${at}[value]`, one.value] as const];
    return [
      [`${at}[type]`, one.type] as const,
      ...('attribute' in one ? [[`${at}[attribute]`, one.attribute] as const] : []),
      ...value,
    ];
  });

export const listPath = (
  of: string,
  {
    select,
    where = [],
    orderBy,
    most = MOST,
    offset = 0,
  }: { select: string; where?: readonly Where[]; orderBy?: string; most?: number; offset?: number },
): string => {
  const query = new URLSearchParams([
    ['select', select],
    ['maxSize', String(most)],
    ...(offset > 0 ? [['offset', String(offset)] as [string, string]] : []),
    ...(orderBy ? [['orderBy', orderBy] as [string, string], ['order', 'asc'] as [string, string]] : []),
    ...spelled(where, 'where').map(([name, value]) => [name, value] as [string, string]),
  ]);
  return `${BASE}/${of}?${query}`;
};
