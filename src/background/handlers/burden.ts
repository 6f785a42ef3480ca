/** The manager's own burden, one log or a week. */
import { burdenOf, burdenOfWeek } from '../burden.ts';
import type { Handler } from './handler.ts';

export const burden: Handler<'burden'> = (house, { activity }) =>
  house.store.read(async (tx) => {
    if (activity === null) return burdenOfWeek(tx, house);
    const row = await tx.get('activities', activity);
    return row ? burdenOf(tx, house, row) : null;
  });
