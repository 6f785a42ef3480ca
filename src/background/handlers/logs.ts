/** What was logged, what waits and why, what needs its person. */

import { Temporal } from 'temporal-polyfill';
import type { ConnectionState, FollowUp, LogView } from '../../contract.ts';
import type { House } from '../house.ts';
import { byId } from '../people.ts';
import type { ReadTx } from '../store/store.ts';
import { logLight } from '../views/light.ts';
import { logView } from '../views/log.ts';
import type { Handler } from './handler.ts';
import { done, refused } from './handler.ts';

const RECENT = 50;

/** The state to show when there are several connections: the one that needs somebody most. */
export const overallConnection = async (tx: ReadTx): Promise<ConnectionState> => {
  const states = (await tx.all('connections')).map(({ state }) => state);
  const worst = (['permission_missing', 'sign_in_needed', 'waiting_for_setup', 'connected'] as const).find((state) =>
    states.includes(state),
  );
  return worst ?? 'none';
};

const views = async (tx: ReadTx, house: House, limit?: number): Promise<readonly LogView[]> => {
  const rows = await tx.all('activities', { index: 'loggedAt', from: 'last', ...(limit ? { limit } : {}) });
  const shown: LogView[] = [];
  for (const row of rows)
    if (!row.retracted || (await isLeaving(tx, row.id))) shown.push(await logView(tx, row, logLight(house)));
  return shown;
};

/** Taken back, and the CRM has not done it yet: it stays in sight until it has. */
const isLeaving = async (tx: ReadTx, activity: string): Promise<boolean> =>
  (await tx.all('outbox', { index: 'activity', prefix: activity })).some(
    ({ step, state }) => step.startsWith('retract') && state !== 'settled',
  );

const FOLLOW_UPS_FROM = 500;
const SOON_DAYS = 7;

/** Next steps with a day: overdue, due, or due within the week; and what was done, until it was due. */
const followUpsOf = async (tx: ReadTx, { platform }: House): Promise<readonly FollowUp[]> => {
  const today = Temporal.Instant.fromEpochMilliseconds(platform.now())
    .toZonedDateTimeISO(platform.zone())
    .toPlainDate();
  const [from, until] = [today.toString(), today.add({ days: SOON_DAYS }).toString()];
  const found: FollowUp[] = [];
  for (const row of await tx.all('activities', { index: 'loggedAt', from: 'last', limit: FOLLOW_UPS_FROM })) {
    if (row.retracted) continue;
    for (const [step, { text, due }] of row.words.nextSteps.entries()) {
      const done = row.doneSteps?.includes(step) ?? false;
      if (due === null || due > until || (done && due < from)) continue;
      const people: string[] = [];
      for (const contact of row.attendees) people.push((await byId(tx, contact))?.name ?? '');
      const account =
        row.connection && row.account ? await tx.get('accounts', [row.connection, row.account]) : undefined;
      const overdue = !done && due < from;
      found.push({ activity: row.id, step, text, due, overdue, done, people, account: account?.name ?? null });
    }
  }
  return found.sort((a, b) => Number(a.done) - Number(b.done) || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
};

export const today: Handler<'today'> = (house) =>
  house.store.read(async (tx) => {
    const logs = await views(tx, house, RECENT);
    return {
      logs,
      waiting: logs.filter(({ progress }) => progress === 'saved' || progress === 'queued' || progress === 'sending')
        .length,
      now: new Date(house.platform.now()).toISOString(),
      followUps: await followUpsOf(tx, house),
      needsYou: logs.filter(({ progress }) => progress === 'needs_you').length,
      connection: await overallConnection(tx),
      offline: !house.platform.online(),
    };
  });

/** Everything that is not wholly in the CRM: withheld, waiting, or refused. */
export const held: Handler<'held'> = (house) =>
  house.store.read(async (tx) => {
    const waiting = new Set<string>();
    for (const row of await tx.all('outbox')) if (row.state !== 'settled') waiting.add(row.activity);
    return (await views(tx, house)).filter((log) => waiting.has(log.activity) || log.progress === 'saved');
  });

export const retry: Handler<'retry'> = async (house, { activity }) => {
  const tried = await house.store.write(async (tx) => {
    let found = false;
    for (const row of await tx.all('outbox', { index: 'activity', prefix: activity })) {
      if (row.state !== 'needs_you') continue;
      found = true;
      await tx.put('outbox', {
        ...row,
        state: 'queued',
        attempts: 0,
        failures: 0,
        notBefore: house.platform.now(),
        why: null,
      });
    }
    return found;
  });
  if (!tried) return refused('refuseNothingToRetry');
  house.changed();
  house.wake();
  return done;
};

export const syncNow: Handler<'syncNow'> = (house) => {
  house.wake();
  return null;
};
