/**
 * What of a status is written, given what the CRM holds: restrictions first, in a call of their own; everything else
 * after it, permissions among it. A permission never replaces a restriction that somebody made in the CRM after the
 * person's act: which of the two came last the CRM cannot say of one field, so any later change of the record counts.
 */
import type { Limit, StatusFields, StatusMap, StatusPart, StatusSeen, StatusWrite } from './adapter.ts';

export interface Plan {
  /** Limits that are set now. */
  readonly stop: readonly Limit[];
  readonly open: readonly Limit[];
  /** Stricter in the CRM than here, and left so. */
  readonly kept: readonly Limit[];
  /** What the record says of the person, where that is other than it should. */
  readonly entries: Readonly<Partial<Record<'disclosure' | 'told_on' | 'line', string | null>>>;
}

/** Where a CRM holds one limit in several places. */
export interface Places {
  /** Closed in one place and open in another: closed to whoever reads, and still to be closed. */
  readonly mixed?: readonly Limit[];
  /** Closed in a place that Candor never opens. */
  readonly fixed?: readonly Limit[];
  /** When a place that it may open was last closed, where that place says so itself. */
  readonly closedAt?: Readonly<Partial<Record<Limit, string>>>;
}

export interface Least extends Required<Places> {
  readonly stops: StatusSeen['stops'];
}

/** `opens`: when a row was last changed that may be opened again by an act of the person after that. */
export interface RowSaying {
  readonly limit: Limit;
  readonly stops: boolean;
  readonly opens: string | null;
}

/** The least permissive of a record's own flags and of rows that say the same elsewhere. */
export const leastPermissive = (flags: StatusSeen['stops'], rows: readonly RowSaying[]): Least => {
  const stops: Partial<Record<Limit, boolean>> = { ...flags };
  const mixed: Limit[] = [];
  const fixed: Limit[] = [];
  const closedAt: Partial<Record<Limit, string>> = {};
  for (const limit of new Set(rows.map((row) => row.limit))) {
    const mine = rows.filter((row) => row.limit === limit);
    const said = mine.map((row) => row.stops);
    const closed = mine.filter((row) => row.stops).map((row) => row.opens);
    const all = [...said, ...(flags[limit] === undefined ? [] : [flags[limit]])];
    stops[limit] = all.includes(true);
    if (new Set(all).size > 1) mixed.push(limit);
    if (closed.includes(null)) fixed.push(limit);
    const last = closed
      .flatMap((opens) => opens ?? [])
      .sort()
      .at(-1);
    if (last !== undefined) closedAt[limit] = last;
  }
  return { stops, mixed, fixed, closedAt };
};

export const reconcile = (
  write: StatusWrite,
  seen: StatusSeen,
  map: StatusMap,
  { mixed = [], fixed = [], closedAt = {} }: Places = {},
): Plan => {
  const stop: Limit[] = [];
  const open: Limit[] = [];
  const kept: Limit[] = [];
  for (const [limit, ruling] of Object.entries(write.limits) as [Limit, StatusWrite['limits'][Limit]][]) {
    const there = seen.stops[limit];
    if (ruling?.is === 'stop' && (there === false || mixed.includes(limit))) stop.push(limit);
    if (ruling?.is === 'may' && there === true) {
      const acted = Date.parse(ruling.since);
      const after = [seen.changedAt, closedAt[limit] ?? seen.changedAt].every((at) => acted > Date.parse(at));
      if (!fixed.includes(limit) && after) open.push(limit);
      else kept.push(limit);
    }
  }
  return {
    stop,
    open,
    kept,
    entries: {
      ...(map.disclosure && seen.disclosure !== write.disclosure ? { disclosure: write.disclosure } : {}),
      ...(map.told_on && seen.toldOn !== write.toldOn ? { told_on: write.toldOn } : {}),
      ...(map.line && seen.line !== write.line ? { line: write.line } : {}),
    },
  };
};

/** Without the fields that the organisation has not got, or no longer: a mapping may be older than its schema. */
export const known = (map: StatusMap, { offered }: Pick<StatusFields, 'offered'>): StatusMap => {
  const names = new Set(offered.map(({ name }) => name));
  return Object.fromEntries(Object.entries(map).filter(([, name]) => names.has(name)));
};

/** The first offered field for each part, by the names it usually has. */
export const usual = (
  offered: StatusFields['offered'],
  names: Readonly<Partial<Record<StatusPart, readonly RegExp[]>>>,
): StatusMap =>
  Object.fromEntries(
    Object.entries(names).flatMap(([part, patterns]) => {
      const field = patterns
        .map((pattern) => offered.find(({ name }) => pattern.test(name)))
        .find((each) => each !== undefined);
      return field ? [[part, field.name]] : [];
    }),
  );
