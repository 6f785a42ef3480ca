/** The order of writing a status, the same for every CRM: read, restrict, then the rest; each write only over what was read. */
import type { Api, Limit, Outcome, StatusMap, StatusPart, StatusSeen, StatusWrite } from './adapter.ts';
import { type Places, type Plan, reconcile } from './reconcile.ts';

type Refusal = Exclude<Outcome, { is: 'stored' }>;

/** What was read, and the mark by which a write can demand that it is still so. */
export interface Held extends Places {
  readonly seen: StatusSeen;
  readonly version: string | null;
}

export type Values = Readonly<Partial<Record<StatusPart, boolean | string | null>>>;

/** What a CRM brings to it. */
export interface StatusHands {
  read(id: string, map: StatusMap): Promise<Held | Refusal>;
  /** Null when it was written. Without a version it is written over whatever is there. */
  put(id: string, values: Values, map: StatusMap, version: string | null, held: Held): Promise<Refusal | null>;
}

const flags = (limits: readonly Limit[], value: boolean): Values =>
  Object.fromEntries(limits.map((limit) => [limit, value]));

export const statusWriter =
  ({ read, put }: StatusHands): Api['writeStatus'] =>
  async (write: StatusWrite, map: StatusMap) => {
    const { remoteId } = write;
    let held = await read(remoteId, map);
    if ('is' in held) return held;
    let plan: Plan = reconcile(write, held.seen, map, held);
    if (plan.stop.length > 0) {
      const stops = flags(plan.stop, true);
      let refused = await put(remoteId, stops, map, held.version, held);
      if (refused?.is === 'conflict') {
        // Somebody changed the record just now. A restriction is never delayed for that; a permission waits.
        refused = await put(remoteId, stops, map, null, held);
        plan = { ...plan, open: [], kept: [...plan.kept, ...plan.open] };
      }
      if (refused) return refused;
      const again = await read(remoteId, map);
      if ('is' in again) return again;
      held = again;
    }
    const rest: Values = { ...flags(plan.open, false), ...plan.entries };
    if (Object.keys(rest).length > 0) {
      const refused = await put(remoteId, rest, map, held.version, held);
      if (refused) return refused;
      const after = await read(remoteId, map);
      if ('is' in after) return after;
      held = after;
    }
    return { is: 'stored', remoteId, kept: plan.kept, seen: held.seen };
  };
