/** The order of writing a status, the same for every CRM: read, restrict, then the rest; each write only over what was read. */
import type { Api, Limit, StatusMap, StatusPart, StatusSeen, StatusWrite } from './adapter.ts';
import { orRefused, type Refusal } from './exchange.ts';
import { type Least, type Places, type Plan, reconcile } from './reconcile.ts';

/** What was read, and the mark by which a write can demand that it is still so. */
export interface Held extends Places {
  readonly seen: StatusSeen;
  readonly version: string | null;
}

export type Values = Readonly<Partial<Record<StatusPart, boolean | string | null>>>;

export type Since = Readonly<Partial<Record<Limit, string>>>;

/** What a CRM brings to it. */
export interface StatusHands {
  read(id: string, map: StatusMap): Promise<Held | Refusal>;
  /**
   * Null when it was written. Without a version it is written over whatever is there. `since`: from when the person
   * permits what is opened.
   */
  put(
    id: string,
    values: Values,
    map: StatusMap,
    version: string | null,
    held: Held,
    since: Since,
  ): Promise<Refusal | null>;
}

const LIMITS: readonly Limit[] = ['email', 'phone', 'post', 'message', 'processing'];

/** A record as the CRM shows it. */
export interface Shown {
  readonly id: string;
  readonly changedAt: string;
  /** What a field holds; undefined where the record has no such field. */
  value(field: string): unknown;
  /** Whether an empty flag says that nobody ever stopped it, and not that there is nothing to stop. */
  neverSet?(field: string): boolean;
}

/** What it says of the person, by the fields that the mapping names. */
export const seenIn = (map: StatusMap, { id, changedAt, value, neverSet }: Shown): StatusSeen => {
  const stops: Partial<Record<Limit, boolean>> = {};
  for (const limit of LIMITS) {
    const field = map[limit];
    if (field === undefined) continue;
    const flag = value(field);
    if (typeof flag === 'boolean') stops[limit] = flag;
    else if (flag === null && neverSet?.(field)) stops[limit] = false;
  }
  const text = (field: string | undefined): string | null => {
    const said = field === undefined ? null : value(field);
    return typeof said === 'string' && said !== '' ? said : null;
  };
  return {
    id,
    stops,
    disclosure: text(map.disclosure),
    // A day may come with a time of day.
    toldOn: text(map.told_on)?.slice(0, 10) ?? null,
    line: text(map.line),
    changedAt,
  };
};

/** The same, where rows elsewhere say something of a limit as well. */
export const placed = (seen: StatusSeen, { stops, ...places }: Least): Omit<Held, 'version'> => ({
  seen: { ...seen, stops },
  ...places,
});

/** The fields that a mapping names; a purpose is none. */
export const fieldsIn = ({ purpose: _, ...map }: StatusMap): readonly string[] => [...new Set(Object.values(map))];

/** What is written, by the fields that hold it; a part without a field is not written. */
export const fieldsFor = (values: Values, map: StatusMap): Readonly<Record<string, Values[StatusPart]>> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([part, value]) => {
      const field = map[part as StatusPart];
      return field ? [[field, value]] : [];
    }),
  );

const flags = (limits: readonly Limit[], value: boolean): Values =>
  Object.fromEntries(limits.map((limit) => [limit, value]));

export const statusWriter =
  ({ read: ask, put }: StatusHands): Api['writeStatus'] =>
  async (write: StatusWrite, map: StatusMap) => {
    const read: StatusHands['read'] = (id) => orRefused(ask(id, map));
    const { remoteId } = write;
    let held = await read(remoteId, map);
    if ('is' in held) return held;
    let plan: Plan = reconcile(write, held.seen, map, held);
    if (plan.stop.length > 0) {
      const stops = flags(plan.stop, true);
      let refused = await put(remoteId, stops, map, held.version, held, {});
      if (refused?.is === 'conflict') {
        // Somebody changed the record just now. A restriction is never delayed for that; a permission waits.
        refused = await put(remoteId, stops, map, null, held, {});
        plan = { ...plan, open: [], kept: [...plan.kept, ...plan.open] };
      }
      if (refused) return refused;
      const again = await read(remoteId, map);
      if ('is' in again) return again;
      held = again;
    }
    const rest: Values = { ...flags(plan.open, false), ...plan.entries };
    if (Object.keys(rest).length > 0) {
      const since = Object.fromEntries(
        plan.open.flatMap((limit) => {
          const ruling = write.limits[limit];
          return ruling?.is === 'may' ? [[limit, ruling.since]] : [];
        }),
      );
      const refused = await put(remoteId, rest, map, held.version, held, since);
      if (refused) return refused;
      const after = await read(remoteId, map);
      if ('is' in after) return after;
      held = after;
    }
    return { is: 'stored', remoteId, kept: plan.kept, seen: held.seen };
  };
