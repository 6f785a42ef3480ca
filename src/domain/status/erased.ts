/** Erasure absorbs: of an erased person only the tombstone is read, whatever else is held or arrives. */
import type { Entry, Payloads } from '../events.ts';
import { mayRecord } from '../who.ts';
import { sorted } from './order.ts';
import { type ContactState, type Erasure, NOTHING } from './state.ts';

type Tombstone = Payloads['erasure.executed'];

/** Streams that an erasure covers: its own, and those merged with it before. */
const covered = (entries: readonly Entry[], tombstones: readonly Entry[]): ReadonlySet<string> => {
  const erased = new Set(tombstones.map(({ fact }) => fact.stream as string));
  const merges = entries.flatMap(({ fact, payload }) => {
    const said = payload as Payloads['record.merged'] | null;
    return fact.type === 'record.merged' && said
      ? [{ at: fact.occurredAt, ends: [`contact/${said.from}`, `contact/${said.into}`] }]
      : [];
  });
  for (let grew = true; grew; ) {
    grew = false;
    for (const { at, ends } of merges) {
      const touches =
        tombstones.some(({ fact }) => Date.parse(fact.occurredAt) >= Date.parse(at)) &&
        ends.some((end) => erased.has(end));
      for (const end of touches ? ends : []) {
        if (erased.has(end)) continue;
        erased.add(end);
        grew = true;
      }
    }
  }
  return erased;
};

/** The tombstones together: what one device could not reach another one reports. */
const tombstone = (tombstones: readonly Entry[]): Erasure => {
  const places = new Map<string, Tombstone['places'][number]>();
  let ground: Erasure['ground'] = null;
  let suppression: string | null = null;
  let executedAt: string | null = null;
  for (const { fact, payload } of sorted(tombstones)) {
    executedAt ??= fact.occurredAt;
    const said = payload as Tombstone | null;
    if (!said) continue;
    ground ??= said.ground;
    suppression ??= said.suppression;
    for (const place of said.places) places.set(place.place, place);
  }
  return { requestedAt: null, executedAt, ground, places: [...places.values()], suppression };
};

export type Absorbed =
  | { readonly state: ContactState; readonly entries?: never }
  | { readonly state?: never; readonly entries: readonly Entry[] };

/** The tombstone's state where everything is erased, otherwise the entries that are left. */
export const absorb = (entries: readonly Entry[]): Absorbed => {
  const tombstones = entries.filter(({ fact }) => fact.type === 'erasure.executed' && mayRecord(fact.type, fact.role));
  if (tombstones.length === 0) return { entries };
  const erased = covered(entries, tombstones);
  const left = entries.filter(({ fact }) => !erased.has(fact.stream));
  return left.length > 0 ? { entries: left } : { state: { ...NOTHING, erasure: tombstone(tombstones) } };
};
