/** The ledger is gone: its person begins an empty one, knowingly. */
import { done, type Handler } from './handler.ts';

export const startAnew: Handler<'startAnew'> = async (house) => {
  await house.store.startAnew?.();
  house.changed();
  return done;
};
