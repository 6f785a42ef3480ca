/** The subset of OData that a client of contacts and activities needs: `$filter`, `$orderby`, `$select`, `$expand`. */
import { badRequest } from './errors.ts';
import { etagOf, lookupValue, type Org, type Row, type Value } from './org.ts';
import { navOf, type Table, tableByName } from './schema.ts';

type Test = (row: Row) => boolean;
type Operand = { readonly value: Value } | { readonly column: string };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(\d{4}-\d\d-\d\dT[\d:.]+Z)|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|([(),]))/iy;

interface Token {
  readonly kind: 'text' | 'guid' | 'date' | 'number' | 'word' | 'sign';
  readonly text: string;
}
const KINDS = ['text', 'guid', 'date', 'number', 'word', 'sign'] as const;

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(source);
    const kind = found ? found.slice(1).findIndex((group) => group !== undefined) : -1;
    if (!found || kind < 0) throw badRequest(`Syntax error at position ${from} in '${source}'.`, '0x80060888');
    tokens.push({ kind: KINDS[kind] as Token['kind'], text: found[kind + 1] as string });
  }
  return tokens;
}

const comparable = (value: Value): Value =>
  typeof value === 'string' ? (/^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value.toLowerCase()) : value;

const COMPARE: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a !== null && b !== null && a > b,
  ge: (a, b) => a !== null && b !== null && a >= b,
  lt: (a, b) => a !== null && b !== null && a < b,
  le: (a, b) => a !== null && b !== null && a <= b,
};
const FUNCTIONS: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  contains: (a, b) => a.includes(b),
  startswith: (a, b) => a.startsWith(b),
  endswith: (a, b) => a.endsWith(b),
};

/** Columns of a table as a reader names them: lookups by their value. */
export function isReadable(table: Table, name: string): boolean {
  return table.columns.has(name) || [...table.lookups.keys()].some((lookup) => lookupValue(lookup) === name);
}

function checkColumn(table: Table, name: string): void {
  if (!isReadable(table, name)) {
    throw badRequest(
      `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
      '0x80060888',
    );
  }
}

export function filterOf(table: Table, source: string): Test {
  const tokens = tokensOf(source);
  let at = 0;
  const peek = () => tokens[at];
  const is = (text: string) => peek()?.text.toLowerCase() === text && peek()?.kind !== 'text';
  const take = (): Token => {
    const token = tokens[at];
    if (token === undefined) throw badRequest(`Expression expected at the end of '${source}'.`, '0x80060888');
    at += 1;
    return token;
  };
  const expect = (text: string) => {
    if (!is(text)) throw badRequest(`'${text}' expected in '${source}'.`, '0x80060888');
    at += 1;
  };
  const operand = (): Operand => {
    const { kind, text } = take();
    if (kind === 'text') return { value: text.slice(1, -1).replaceAll("''", "'") };
    if (kind === 'number') return { value: Number(text) };
    if (kind === 'guid' || kind === 'date') return { value: text };
    if (text === 'null') return { value: null };
    if (text === 'true' || text === 'false') return { value: text === 'true' };
    checkColumn(table, text);
    return { column: text };
  };
  const valueIn = (of: Operand, row: Row): Value => comparable('value' in of ? of.value : (row[of.column] ?? null));
  const primary = (): Test => {
    if (is('(')) {
      at += 1;
      const inner = either();
      expect(')');
      return inner;
    }
    if (is('not')) {
      at += 1;
      const inner = primary();
      return (row) => !inner(row);
    }
    const word = peek()?.text.toLowerCase() ?? '';
    if (Object.hasOwn(FUNCTIONS, word) && tokens[at + 1]?.text === '(') {
      at += 2;
      const left = operand();
      expect(',');
      const right = operand();
      expect(')');
      const test = FUNCTIONS[word] as (a: string, b: string) => boolean;
      return (row) => test(String(valueIn(left, row) ?? ''), String(valueIn(right, row) ?? ''));
    }
    const left = operand();
    const compare = COMPARE[take().text.toLowerCase()];
    if (compare === undefined) throw badRequest(`Operator expected in '${source}'.`, '0x80060888');
    const right = operand();
    return (row) => compare(valueIn(left, row), valueIn(right, row));
  };
  const both = (): Test => {
    let test = primary();
    while (is('and')) {
      at += 1;
      const [left, right] = [test, primary()];
      test = (row) => left(row) && right(row);
    }
    return test;
  };
  const either = (): Test => {
    let test = both();
    while (is('or')) {
      at += 1;
      const [left, right] = [test, both()];
      test = (row) => left(row) || right(row);
    }
    return test;
  };
  const whole = either();
  if (at < tokens.length) throw badRequest(`Syntax error at '${peek()?.text}' in '${source}'.`, '0x80060888');
  return whole;
}

export function orderOf(table: Table, source: string): (a: Row, b: Row) => number {
  const keys = source.split(',').map((part) => {
    const [name = '', way = 'asc'] = part.trim().split(/\s+/);
    checkColumn(table, name);
    return { name, sign: way === 'desc' ? -1 : 1 };
  });
  return (a, b) => {
    for (const { name, sign } of keys) {
      const [left, right] = [comparable(a[name] ?? null), comparable(b[name] ?? null)];
      if (left !== right) return (left === null || (right !== null && left < right) ? -1 : 1) * sign;
    }
    return 0;
  };
}

export interface Shape {
  readonly select: readonly string[] | null;
  readonly expand: readonly { readonly nav: string; readonly select: readonly string[] | null }[];
  /** Formatted values and the tables of lookups, when `odata.include-annotations` asks for them. */
  readonly annotated: boolean;
}

const names = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

export function shapeOf(table: Table, params: URLSearchParams, annotated: boolean): Shape {
  const select = params.has('$select') ? names(params.get('$select') ?? '') : null;
  for (const name of select ?? []) checkColumn(table, name);
  const expand = [...(params.get('$expand') ?? '').matchAll(/(\w+)(?:\(([^()]*)\))?/g)].map(([, nav = '', options]) => {
    const to = navOf(table, nav)?.to ?? (nav === table.parties ? null : undefined);
    if (to === undefined) {
      throw badRequest(
        `Could not find a property named '${nav}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
        '0x80060888',
      );
    }
    const inner = new URLSearchParams((options ?? '').replaceAll(';', '&')).get('$select');
    return { nav, select: inner === null ? null : names(inner) };
  });
  return { select, expand, annotated };
}

/** A row as the API shows it: the key and the ETag always, the rest as it was asked for. */
export function shown(org: Org, table: Table, row: Row, shape: Shape): Record<string, unknown> {
  const body: Record<string, unknown> = { '@odata.etag': etagOf(row) };
  const all = [...table.columns.keys(), ...[...table.lookups.keys()].map(lookupValue)];
  for (const name of new Set([...(shape.select ?? all), table.key])) {
    body[name] = row[name] ?? (table.columns.get(name)?.type === 'boolean' ? false : null);
    const lookup = /^_(\w+)_value$/.exec(name)?.[1];
    if (shape.annotated && lookup && row[name]) {
      const to = String(row[`_${lookup}_table`]);
      body[`${name}@OData.Community.Display.V1.FormattedValue`] = org.titleOf(to, row[name]);
      body[`${name}@Microsoft.Dynamics.CRM.lookuplogicalname`] = to;
    }
  }
  for (const { nav, select } of shape.expand) body[nav] = expanded(org, table, row, nav, select);
  return body;
}

function expanded(org: Org, table: Table, row: Row, nav: string, select: readonly string[] | null): unknown {
  if (nav === table.parties) {
    return org.partiesOf(String(row[table.key])).map((party) => ({
      activitypartyid: party.activitypartyid,
      participationtypemask: party.participationtypemask,
      _partyid_value: party._partyid_value,
    }));
  }
  const found = navOf(table, nav);
  const target = found && org.follow(row, found.lookup.name);
  if (!found || !target || target.table !== found.to) return null;
  return shown(org, found.to, target.row, { select, expand: [], annotated: false });
}

export const contextOf = (origin: string, version: string, table: Table, select: readonly string[] | null): string =>
  `${origin}/api/data/${version}/$metadata#${table.set}${select ? `(${select.join(',')})` : ''}`;

export const tableNamed = (name: string): Table => tableByName.get(name) as Table;
