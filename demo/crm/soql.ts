import { ApiError, invalidField, malformedQuery } from './errors.ts';
import { normaliseId } from './ids.ts';
import { type Org, parseDateTime, type Row, type Value } from './org.ts';
import type { Field, ObjectType } from './schema.ts';

/** The part of SOQL that clients of this demo need, parsed for real: a typing error is a refusal, as on the real server. */

type Token = { readonly kind: 'word' | 'string' | 'literal' | 'symbol'; readonly text: string; readonly at: number };

type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'LIKE' | 'IN' | 'NOT IN';

interface Literal {
  readonly quoted: boolean;
  readonly text: string;
}

type Condition =
  | { readonly is: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly is: 'not'; readonly part: Condition }
  | {
      readonly is: 'compare';
      readonly path: string;
      readonly operator: Operator;
      readonly literals: readonly Literal[];
    };

interface Ordering {
  readonly path: string;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export interface Query {
  readonly fields: readonly string[];
  readonly count: boolean;
  readonly from: string;
  readonly where: Condition | undefined;
  readonly orderBy: readonly Ordering[];
  readonly limit: number | undefined;
  readonly offset: number;
}

const TOKEN =
  /\s+|'((?:[^'\\]|\\.)*)'|(\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}))?|[+-]?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*(?::\d+)?)|(<=|>=|!=|<>|[=<>(),])/y;

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescapeText(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_all, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return ESCAPES[code] ?? code;
  });
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw malformedQuery(`line 1:${at} no viable alternative at character '${text.charAt(at)}'`);
    const [, string, literal, word, symbol] = match;
    if (string !== undefined) tokens.push({ kind: 'string', text: unescapeText(string), at });
    else if (literal !== undefined) tokens.push({ kind: 'literal', text: literal, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
  }
  return tokens;
}

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(text: string) {
    this.tokens = tokenise(text);
  }

  query(): Query {
    this.keyword('SELECT');
    const fields: string[] = [];
    let count = false;
    do {
      const name = this.word();
      if (name.toUpperCase() === 'COUNT' && this.isSymbol('(')) {
        this.symbol('(');
        this.symbol(')');
        count = true;
      } else {
        fields.push(name);
      }
    } while (this.take(','));
    this.keyword('FROM');
    const from = this.word();
    const where = this.takeKeyword('WHERE') ? this.condition() : undefined;
    const orderBy: Ordering[] = [];
    if (this.takeKeyword('ORDER')) {
      this.keyword('BY');
      do {
        orderBy.push(this.ordering());
      } while (this.take(','));
    }
    const limit = this.takeKeyword('LIMIT') ? this.number() : undefined;
    const offset = this.takeKeyword('OFFSET') ? this.number() : 0;
    const rest = this.tokens[this.position];
    if (rest !== undefined) throw malformedQuery(`unexpected token: '${rest.text}'`);
    return { fields, count, from, where, orderBy, limit, offset };
  }

  condition(): Condition {
    const parts = [this.term()];
    let joiner: 'and' | 'or' | undefined;
    for (;;) {
      const next = this.isKeyword('AND') ? 'and' : this.isKeyword('OR') ? 'or' : undefined;
      if (next === undefined) break;
      // Salesforce refuses AND and OR side by side without parentheses.
      if (joiner !== undefined && joiner !== next) throw malformedQuery(`unexpected token: '${next.toUpperCase()}'`);
      joiner = next;
      this.position += 1;
      parts.push(this.term());
    }
    return joiner === undefined ? (parts[0] as Condition) : { is: joiner, parts };
  }

  private term(): Condition {
    if (this.takeKeyword('NOT')) return { is: 'not', part: this.term() };
    if (this.take('(')) {
      const inner = this.condition();
      this.symbol(')');
      return inner;
    }
    const path = this.word();
    const operator = this.operator();
    if (operator === 'IN' || operator === 'NOT IN') {
      const literals: Literal[] = [];
      this.symbol('(');
      do {
        literals.push(this.literal());
      } while (this.take(','));
      this.symbol(')');
      return { is: 'compare', path, operator, literals };
    }
    return { is: 'compare', path, operator, literals: [this.literal()] };
  }

  private ordering(): Ordering {
    const path = this.word();
    const descending = this.takeKeyword('DESC');
    if (!descending) this.takeKeyword('ASC');
    let nullsLast = false;
    if (this.takeKeyword('NULLS')) {
      nullsLast = this.takeKeyword('LAST');
      if (!nullsLast) this.keyword('FIRST');
    }
    return { path, descending, nullsLast };
  }

  private operator(): Operator {
    const token = this.next();
    const text = token.text.toUpperCase();
    if (token.kind === 'symbol' && ['=', '!=', '<', '>', '<=', '>='].includes(text)) return text as Operator;
    if (text === '<>') return '!=';
    if (token.kind === 'word' && (text === 'LIKE' || text === 'IN')) return text;
    if (token.kind === 'word' && text === 'NOT' && this.takeKeyword('IN')) return 'NOT IN';
    throw malformedQuery(`unexpected token: '${token.text}'`);
  }

  private literal(): Literal {
    const token = this.next();
    if (token.kind === 'string') return { quoted: true, text: token.text };
    if (token.kind === 'symbol') throw malformedQuery(`unexpected token: '${token.text}'`);
    return { quoted: false, text: token.text };
  }

  private number(): number {
    const token = this.next();
    if (token.kind !== 'literal' || !/^\d+$/.test(token.text))
      throw malformedQuery(`unexpected token: '${token.text}'`);
    return Number(token.text);
  }

  private next(): Token {
    const token = this.tokens[this.position];
    if (token === undefined) throw malformedQuery("unexpected token: '<EOF>'");
    this.position += 1;
    return token;
  }

  private word(): string {
    const token = this.next();
    if (token.kind !== 'word') throw malformedQuery(`unexpected token: '${token.text}'`);
    return token.text;
  }

  private isKeyword(word: string): boolean {
    const token = this.tokens[this.position];
    return token?.kind === 'word' && token.text.toUpperCase() === word;
  }

  private takeKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false;
    this.position += 1;
    return true;
  }

  private keyword(word: string): void {
    if (!this.takeKeyword(word))
      throw malformedQuery(`unexpected token: '${this.tokens[this.position]?.text ?? '<EOF>'}'`);
  }

  private isSymbol(symbol: string): boolean {
    const token = this.tokens[this.position];
    return token?.kind === 'symbol' && token.text === symbol;
  }

  private take(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.position += 1;
    return true;
  }

  private symbol(symbol: string): void {
    if (!this.take(symbol))
      throw malformedQuery(`expecting '${symbol}', found '${this.tokens[this.position]?.text ?? '<EOF>'}'`);
  }
}

export const parseSoql = (text: string): Query => new Parser(text).query();

// ---- names ----------------------------------------------------------------------------------------------------------

/** What may be asked of a Who, What, Owner or Relation, whose type is known only per record. */
const NAME_FIELDS = ['Id', 'Name', 'Type', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'Username', 'IsActive'];

interface Hop {
  readonly field: Field;
  readonly name: string;
}

interface Path {
  readonly hops: readonly Hop[];
  readonly last: string;
  /** Known unless the last step leaves a reference that may point to several types. */
  readonly field: Field | undefined;
}

function resolvePath(org: Org, from: ObjectType, path: string): Path {
  const parts = path.split('.');
  // "Contact.Name FROM Contact" is allowed: the object's own name may lead.
  if (parts.length > 1 && parts[0]?.toLowerCase() === from.name.toLowerCase()) parts.shift();
  const last = parts.pop() ?? '';
  const hops: Hop[] = [];
  let type: ObjectType | undefined = from;
  for (const part of parts) {
    const step: Field | undefined = type?.fields.find(
      (each) => each.relationshipName?.toLowerCase() === part.toLowerCase(),
    );
    if (step === undefined) {
      throw invalidField(
        `Didn't understand relationship '${part}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name.`,
      );
    }
    hops.push({ field: step, name: step.relationshipName ?? part });
    const only: string | undefined =
      step.referenceTo.length === 1 && step.name !== 'WhatId' ? step.referenceTo[0] : undefined;
    type = only === undefined ? undefined : org.findType(only);
  }
  if (type === undefined) {
    const name = NAME_FIELDS.find((each) => each.toLowerCase() === last.toLowerCase());
    if (name === undefined) throw invalidField(`No such column '${last}' on entity 'Name'.`);
    return { hops, last: name, field: undefined };
  }
  const found = type.byName.get(last.toLowerCase());
  if (found === undefined) {
    throw invalidField(
      `No such column '${last}' on entity '${type.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
    );
  }
  return { hops, last: found.name, field: found };
}

function readPath(org: Org, type: ObjectType, row: Row, path: Path): Value {
  let at: { type: ObjectType; row: Row } | undefined = { type, row };
  for (const hop of path.hops) {
    at = org.find(org.value(at.type, at.row, hop.field));
    if (at === undefined) return null;
  }
  if (path.field === undefined && path.last === 'Type') return at.type.name;
  const each = at.type.byName.get(path.last.toLowerCase());
  return each === undefined ? null : org.value(at.type, at.row, each);
}

// ---- comparing ------------------------------------------------------------------------------------------------------

type Compare = (value: Value) => boolean;

const DAY = 86_400_000;

/** Date words as a span of days in UTC. */
function dateWord(org: Org, text: string): [number, number] | undefined {
  const today = Math.floor(org.now().getTime() / DAY) * DAY;
  const [word, count] = text.toUpperCase().split(':');
  const days = Number(count ?? 0);
  switch (word) {
    case 'TODAY':
      return [today, today + DAY];
    case 'YESTERDAY':
      return [today - DAY, today];
    case 'TOMORROW':
      return [today + DAY, today + 2 * DAY];
    case 'LAST_N_DAYS':
      return [today - days * DAY, today + DAY];
    case 'NEXT_N_DAYS':
      return [today + DAY, today + (days + 1) * DAY];
    default:
      return undefined;
  }
}

function compareNumbers(operator: Operator, [from, until]: readonly [number, number]): (value: number) => boolean {
  switch (operator) {
    case '=':
      return (value) => value >= from && value < until;
    case '!=':
      return (value) => value < from || value >= until;
    case '<':
      return (value) => value < from;
    case '<=':
      return (value) => value < until;
    case '>':
      return (value) => value >= until;
    default:
      return (value) => value >= from;
  }
}

const instant = (value: string) => Date.parse(value.replace('+0000', 'Z'));

function likePattern(text: string): RegExp {
  const source = text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '[\\s\\S]*')
    .replace(/_/g, '[\\s\\S]');
  return new RegExp(`^${source}$`, 'iu');
}

function mustBe(fieldName: string, type: string, quoted: boolean): ApiError {
  return invalidField(
    `value of filter criterion for field '${fieldName}' must be of type ${type} and should${quoted ? '' : ' not'} be enclosed in quotes`,
  );
}

function comparison(org: Org, each: Field | undefined, name: string, operator: Operator, literal: Literal): Compare {
  const type = each?.type ?? 'string';
  if (!literal.quoted && literal.text.toUpperCase() === 'NULL') {
    if (operator === '=') return (value) => value === null;
    if (operator === '!=') return (value) => value !== null;
    throw invalidField('invalid operator on null');
  }
  if (type === 'boolean') {
    const text = literal.text.toUpperCase();
    if (literal.quoted || (text !== 'TRUE' && text !== 'FALSE')) throw mustBe(name, 'boolean', false);
    const wanted = text === 'TRUE';
    return (value) => (value === wanted) === (operator === '=');
  }
  if (type === 'int') {
    if (literal.quoted || Number.isNaN(Number(literal.text))) throw mustBe(name, 'int', false);
    const test = compareNumbers(operator, [Number(literal.text), Number(literal.text) + 1e-9]);
    return (value) => typeof value === 'number' && test(value);
  }
  if (type === 'datetime' || type === 'date') {
    if (literal.quoted) throw mustBe(name, type === 'date' ? 'date' : 'dateTime', false);
    let span = dateWord(org, literal.text);
    if (span === undefined && type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(literal.text)) {
      span = [Date.parse(literal.text), Date.parse(literal.text) + DAY];
    }
    if (span === undefined && type === 'datetime') {
      const at = parseDateTime(literal.text);
      if (at !== undefined) span = [instant(at), instant(at) + 1];
    }
    if (span === undefined) throw mustBe(name, type === 'date' ? 'date' : 'dateTime', false);
    const test = compareNumbers(operator, span);
    return (value) =>
      typeof value === 'string' ? test(type === 'date' ? Date.parse(value) : instant(value)) : operator === '!=';
  }
  if (!literal.quoted) throw mustBe(name, 'string', true);
  if (operator === 'LIKE') {
    if (type === 'id' || type === 'reference') throw invalidField(`invalid operator on id field`);
    const pattern = likePattern(literal.text);
    return (value) => typeof value === 'string' && pattern.test(value);
  }
  if (type === 'id' || type === 'reference') {
    const id = literal.text === '' ? null : normaliseId(literal.text);
    if (id === undefined) throw new ApiError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${literal.text}`);
    // Ids are in the order of their letters, capitals before small ones: pages by id rely on it.
    if (operator === '<' || operator === '<=')
      return (value) => typeof value === 'string' && id !== null && (value < id || (operator === '<=' && value === id));
    if (operator === '>' || operator === '>=')
      return (value) => typeof value === 'string' && id !== null && (value > id || (operator === '>=' && value === id));
    return (value) => (value === id) === (operator !== '!=');
  }
  const wanted = literal.text.toLowerCase();
  return (value) => {
    const text = String(value ?? '').toLowerCase();
    switch (operator) {
      case '=':
        return text === wanted;
      case '!=':
        return text !== wanted;
      case '<':
        return text < wanted;
      case '<=':
        return text <= wanted;
      case '>':
        return text > wanted;
      default:
        return text >= wanted;
    }
  };
}

type Test = (row: Row) => boolean;

function compile(org: Org, type: ObjectType, condition: Condition): Test {
  if (condition.is === 'not') {
    const inner = compile(org, type, condition.part);
    return (row) => !inner(row);
  }
  if (condition.is !== 'compare') {
    const tests = condition.parts.map((part) => compile(org, type, part));
    return condition.is === 'and'
      ? (row) => tests.every((test) => test(row))
      : (row) => tests.some((test) => test(row));
  }
  const path = resolvePath(org, type, condition.path);
  if (path.field?.filterable === false) throw invalidField(`field '${path.last}' can not be filtered in a query call`);
  const { operator } = condition;
  const many = operator === 'IN' || operator === 'NOT IN';
  const tests = condition.literals.map((literal) =>
    comparison(org, path.field, path.last, many ? '=' : operator, literal),
  );
  return (row) => tests.some((test) => test(readPath(org, type, row, path))) === (operator !== 'NOT IN');
}

// ---- answering ------------------------------------------------------------------------------------------------------

export type Found = Record<string, unknown>;

/** The row as REST shows it: attributes, the fields asked for, relationships nested. */
export function show(org: Org, base: string, type: ObjectType, row: Row, paths: readonly Path[]): Found {
  const attributes = { type: type.name, url: `${base}/sobjects/${type.name}/${row.Id}` };
  const found: Found = { attributes };
  for (const path of paths) {
    let place = found;
    let at: { type: ObjectType; row: Row } | undefined = { type, row };
    for (const hop of path.hops) {
      at = org.find(org.value(at.type, at.row, hop.field));
      if (at === undefined) {
        place[hop.name] = null;
        break;
      }
      place[hop.name] ??= { attributes: { type: at.type.name, url: `${base}/sobjects/${at.type.name}/${at.row.Id}` } };
      place = place[hop.name] as Found;
    }
    if (at !== undefined) place[path.last] = readPath(org, at.type, at.row, { ...path, hops: [] });
  }
  return found;
}

export function resolveFields(org: Org, type: ObjectType, fields: readonly string[]): Path[] {
  return fields.map((name) => resolvePath(org, type, name));
}

export interface Answer {
  readonly total: number;
  readonly records: readonly Found[];
}

function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string')
    return a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0;
  return Number(a) - Number(b);
}

export function selectRows(
  org: Org,
  query: Omit<Query, 'fields' | 'count'>,
  deleted: boolean,
): { type: ObjectType; rows: Row[] } {
  const type = org.findType(query.from);
  if (type === undefined) {
    throw new ApiError(
      400,
      'INVALID_TYPE',
      `sObject type '${query.from}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.`,
    );
  }
  const test = query.where === undefined ? () => true : compile(org, type, query.where);
  const orderings = query.orderBy.map((each) => ({ ...each, resolved: resolvePath(org, type, each.path) }));
  const rows = org.rows(type.name, deleted).filter(test);
  if (orderings.length > 0) {
    rows.sort((a, b) => {
      for (const each of orderings) {
        const left = readPath(org, type, a, each.resolved);
        const right = readPath(org, type, b, each.resolved);
        if (left === right) continue;
        if (left === null || right === null) return (left === null) === each.nullsLast ? 1 : -1;
        const isId = each.resolved.field?.type === 'id';
        const order = isId ? (String(left) < String(right) ? -1 : 1) : compareValues(left, right);
        if (order !== 0) return each.descending ? -order : order;
      }
      return 0;
    });
  }
  return { type, rows: rows.slice(query.offset, query.limit === undefined ? undefined : query.offset + query.limit) };
}

export function runSoql(org: Org, base: string, text: string, deleted = false): Answer {
  const query = parseSoql(text);
  const { type, rows } = selectRows(org, query, deleted);
  const paths = resolveFields(org, type, query.fields);
  if (query.count) return { total: rows.length, records: [] };
  return { total: rows.length, records: rows.map((row) => show(org, base, type, row, paths)) };
}

/** A condition on its own, for SOSL's RETURNING. */
export function parseTail(text: string, from: string): Omit<Query, 'fields' | 'count'> {
  const { where, orderBy, limit, offset } = parseSoql(`SELECT Id FROM ${from} ${text}`);
  return { from, where, orderBy, limit, offset };
}
