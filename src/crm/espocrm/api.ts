/** How this CRM is read and written: small files, put together. */
import type { MakeApi } from '../adapter.ts';
import { changes } from './changes.ts';
import { finder } from './find.ts';
import { pusher } from './push.ts';
import { reader } from './read.ts';
import { setupReader } from './setup.ts';
import { statusDoors } from './status.ts';

export const makeApi: MakeApi = (send, known) => {
  const reads = reader(send);
  let asked: Promise<string> | null = null;
  /** Every record needs somebody it is assigned to; asked for once, and again after a failure. */
  const userId = (): Promise<string> => {
    if (known) return Promise.resolve(known);
    asked ??= reads.whoAmI().then(
      ({ userId: id }) => id,
      (error: unknown) => {
        asked = null;
        throw error;
      },
    );
    return asked;
  };
  return {
    ...reads,
    changedSince: changes(send),
    setup: setupReader(send),
    push: pusher(send, userId),
    find: finder(send, userId),
    ...statusDoors(send),
  };
};
