/** What was logged, what waits and why, what needs its person. */

import type { ConnectionState, LogView } from '../../contract.ts';
import type { House } from '../house.ts';
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
  for (const row of rows) if (!row.retracted) shown.push(await logView(tx, row, logLight(house)));
  return shown;
};

export const today: Handler<'today'> = (house) =>
  house.store.read(async (tx) => {
    const logs = await views(tx, house, RECENT);
    return {
      logs,
      waiting: logs.filter(({ progress }) => progress === 'saved' || progress === 'queued' || progress === 'sending')
        .length,
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
      await tx.put('outbox', { ...row, state: 'queued', attempts: 0, notBefore: house.platform.now(), why: null });
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
