/** Lists: `where[0][type]=…`, `select`, `maxSize`, `orderBy`, as addresses spell them. */
import type { Row } from './records.ts';
import { Refusal } from './refusal.ts';

interface Condition {
  type?: string;
  attribute?: string;
  value?: unknown;
}
export interface Query {
  readonly where: readonly Condition[];
  readonly select: readonly string[] | null;
  readonly maxSize: number;
  readonly offset: number;
  readonly orderBy: string | null;
  readonly descending: boolean;
}

const LIMIT = 200;

/** PHP's brackets: `where[0][value][1][type]` is a place in a nested structure. */
const nested = (url: URL, under: string): readonly Condition[] => {
  const root: Record<string, unknown> = {};
  for (const [name, value] of url.searchParams) {
    const keys = [...name.matchAll(/\[(\w+)\]/g)].map(([, key]) => key ?? '');
    if (!name.startsWith(`${under}[`) || keys.length === 0) continue;
    let at = root;
    for (const key of keys.slice(0, -1)) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[keys.at(-1) ?? ''] = value;
  }
  return Object.values(root) as Condition[];
};

export const readQuery = (url: URL): Query => {
  const asked = Number(url.searchParams.get('maxSize') ?? LIMIT);
  if (asked > LIMIT) throw new Refusal(403, `Max size should not exceed ${LIMIT}. Use offset and limit.`);
  return {
    where: [...nested(url, 'where'), ...nested(url, 'whereGroup')],
    select: (url.searchParams.get('attributeSelect') ?? url.searchParams.get('select'))?.split(',') ?? null,
    maxSize: asked,
    offset: Number(url.searchParams.get('offset') ?? 0),
    orderBy: url.searchParams.get('orderBy'),
    descending: url.searchParams.get('order')?.toLowerCase() === 'desc',
  };
};

/** Text is compared as the database does: without regard to case. */
const folded = (value: unknown): string => String(value ?? '').toLowerCase();

export const matching = (row: Row, condition: Condition): boolean => {
  const { type, attribute, value } = condition;
  const held = row[attribute ?? ''];
  switch (type) {
    case 'and':
      return Object.values(Object(value) as Record<string, Condition>).every((one) => matching(row, one));
    case 'or':
      return Object.values(Object(value) as Record<string, Condition>).some((one) => matching(row, one));
    case 'equals':
      return folded(held) === folded(value);
    case 'in':
      return Object.values(Object(value) as Record<string, unknown>).some((one) => folded(held) === folded(one));
    case 'contains':
      return folded(held).includes(folded(value));
    case 'after':
      return folded(held) > folded(value);
    case 'greaterThanOrEquals':
      return folded(held) >= folded(value);
    case 'textFilter':
      return folded(value)
        .split(' ')
        .every((word) => folded(row.name).includes(word) || folded(row.emailAddress).startsWith(word));
    default:
      throw new Refusal(400, `Bad where item type: ${type}.`);
  }
};

export const page = (rows: readonly Row[], query: Query): { list: unknown[]; total: number } => {
  const { orderBy, descending, select } = query;
  const found = rows.filter((row) => query.where.every((condition) => matching(row, condition)));
  if (orderBy) found.sort((a, b) => String(a[orderBy] ?? '').localeCompare(String(b[orderBy] ?? '')));
  if (orderBy && descending) found.reverse();
  const shown = found.slice(query.offset, query.offset + query.maxSize);
  const picked = shown.map((row) =>
    select ? Object.fromEntries(['id', ...select].map((name) => [name, row[name] ?? null])) : row,
  );
  return { list: picked, total: found.length };
};
