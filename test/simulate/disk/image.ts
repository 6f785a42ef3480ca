/** What a database holds, and how it is read. */
import { type Key, SCHEMA, TABLES, type Table } from '../../../src/background/store/schema.ts';
import { compareKeys, frozen, keyOf, type Range, type Row, within } from './keys.ts';

export interface Change {
  readonly table: Table;
  readonly id: string;
  readonly key: Key;
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

interface Held {
  readonly key: Key;
  readonly row: Row;
}

export class Image {
  readonly tables: Map<Table, Map<string, Held>>;

  constructor(from?: Image) {
    this.tables = new Map(TABLES.map((table) => [table, new Map(from?.tables.get(table))]));
  }

  private table(table: Table): Map<string, Held> {
    const held = this.tables.get(table);
    if (!held) throw new Error(`no table ${table}`);
    return held;
  }

  get(table: Table, key: Key): Row | undefined {
    return this.table(table).get(JSON.stringify(key))?.row;
  }

  rows(table: Table): Row[] {
    return [...this.table(table).values()].map(({ row }) => row);
  }

  apply({ table, id, key, after }: Change): void {
    if (after === undefined) this.table(table).delete(id);
    else this.table(table).set(id, { key, row: after });
  }

  revert({ table, id, key, before }: Change): void {
    if (before === undefined) this.table(table).delete(id);
    else this.table(table).set(id, { key, row: before });
  }

  /** Puts a row; null when a unique index refuses it. */
  put(table: Table, row: object): Change | null {
    const after = frozen(row) as Row;
    const { key: path, indexes } = SCHEMA[table];
    const key = keyOf(path, after);
    if (key === undefined) throw new DOMException('the row has no valid key', 'DataError');
    const id = JSON.stringify(key);
    for (const { path: indexed, unique } of Object.values(indexes)) {
      if (!unique) continue;
      const wanted = keyOf(indexed, after);
      for (const [other, held] of this.table(table)) {
        if (other === id || wanted === undefined) continue;
        const theirs = keyOf(indexed, held.row);
        if (theirs !== undefined && compareKeys(theirs, wanted) === 0) return null;
      }
    }
    const change: Change = { table, id, key, before: this.table(table).get(id)?.row, after };
    this.apply(change);
    return change;
  }

  remove(table: Table, key: Key): Change | null {
    const id = JSON.stringify(key);
    const before = this.table(table).get(id)?.row;
    if (!before) return null;
    const change: Change = { table, id, key, before, after: undefined };
    this.apply(change);
    return change;
  }

  /** Rows of a range in the order of the table's key, or of an index. */
  all(table: Table, index: string | null, range: Range | null | undefined): Row[] {
    const shape = index === null ? { path: SCHEMA[table].key } : SCHEMA[table].indexes[index];
    if (!shape) throw new DOMException(`no index ${index}`, 'NotFoundError');
    const found: { readonly key: Key; readonly primary: Key; readonly row: Row }[] = [];
    for (const { key: primary, row } of this.table(table).values()) {
      if (index === null) {
        if (within(primary, range)) found.push({ key: primary, primary, row });
        continue;
      }
      const key = keyOf(shape.path, row);
      if (key === undefined) continue;
      const keys = 'many' in shape && shape.many ? [...new Set(key as Key[])] : [key];
      for (const one of keys) if (within(one, range)) found.push({ key: one, primary, row });
    }
    if (found.length > 1) {
      found.sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.primary, b.primary));
    }
    return found.map(({ row }) => row);
  }
}
