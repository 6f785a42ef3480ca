/**
 * What each log cost its person. It stays on this device, in rows of its own: no fact, no delivery and no export holds
 * it, and nobody but the manager is shown it.
 */
import type { Sentence } from '../contract.ts';
import { type Effort, type Load, type NativeForm, savedSeconds } from '../domain/burden.ts';
import type { House } from './house.ts';
import type { Line } from './line.ts';
import type { ActivityRow } from './store/schema.ts';
import type { ReadTx, WriteTx } from './store/store.ts';

interface Cost {
  readonly effort: Effort;
  readonly load: Load;
}

const WEEK_MS = 7 * 24 * 60 * 60_000;
const MOST_LOGS = 500;
const nameOf = (activity: string): string => `effort/${activity}`;

const loadOf = ({ draft, named }: Line): Load => ({
  whenTyped: draft.whenTyped,
  people: named.filter(({ mention }) => mention !== null).length,
  nextSteps: draft.nextSteps.length,
});

export const keepEffort = (tx: WriteTx, activity: string, effort: Effort, line: Line): Promise<void> => {
  const value: Cost = { effort, load: loadOf(line) };
  return tx.put('meta', { name: nameOf(activity), value });
};

const costOf = async (tx: ReadTx, activity: string): Promise<Cost | null> =>
  ((await tx.get('meta', nameOf(activity)))?.value as Cost | undefined) ?? null;

const formFor = async (
  tx: ReadTx,
  { abouts }: Pick<House, 'abouts'>,
  activity: ActivityRow,
): Promise<{ readonly crm: string; readonly form: NativeForm } | null> => {
  const connection = activity.connection ? await tx.get('connections', activity.connection) : undefined;
  const about = abouts.find(({ id }) => id === connection?.crm);
  return about?.burden ? { crm: about.name, form: about.burden } : null;
};

/** "34 s, 5 keys beyond the note, 0 clicks: about 41 s less than the CRM's form." */
export const burdenOf = async (
  tx: ReadTx,
  house: Pick<House, 'abouts'>,
  activity: ActivityRow,
): Promise<Sentence | null> => {
  const cost = await costOf(tx, activity.id);
  if (!cost) return null;
  const { beyond, clicks, seconds } = cost.effort;
  const native = await formFor(tx, house, activity);
  if (!native) return { key: 'burdenMeasured', args: [seconds, beyond, clicks] };
  const saved = Math.round(savedSeconds(native.form, cost.effort, cost.load));
  return {
    key: saved >= 0 ? 'burdenLess' : 'burdenMore',
    args: [seconds, beyond, clicks, Math.abs(saved), native.crm],
  };
};

/** The last seven days; null before the first log that was measured. */
export const burdenOfWeek = async (tx: ReadTx, house: Pick<House, 'abouts' | 'platform'>): Promise<Sentence | null> => {
  const from = new Date(house.platform.now() - WEEK_MS).toISOString();
  const rows = await tx.all('activities', { index: 'loggedAt', from: 'last', limit: MOST_LOGS });
  const beyond: number[] = [];
  let clicks = 0;
  let saved = 0;
  for (const row of rows) {
    if (row.retracted || row.loggedAt < from) continue;
    const cost = await costOf(tx, row.id);
    if (!cost) continue;
    const native = await formFor(tx, house, row);
    beyond.push(cost.effort.beyond);
    clicks += cost.effort.clicks;
    saved += native ? savedSeconds(native.form, cost.effort, cost.load) : 0;
  }
  if (beyond.length === 0) return null;
  const median = beyond.sort((a, b) => a - b)[Math.floor(beyond.length / 2)] ?? 0;
  const minutes = Math.round(saved / 60);
  return {
    key: minutes > 0 ? 'burdenWeek' : 'burdenWeekShort',
    args: [beyond.length, median, clicks, Math.max(0, minutes)],
    count: beyond.length,
  };
};
