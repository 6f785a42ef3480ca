/** How this CRM is read and written: small files, put together. */
import type { MakeApi } from '../adapter.ts';
import { changes } from './changes.ts';
import { pusher } from './push.ts';
import { reader } from './read.ts';
import { setupReader } from './setup.ts';
import { statusDoors } from './status.ts';

export const makeApi: MakeApi = (send) => ({
  ...reader(send),
  changedSince: changes(send),
  setup: setupReader(send),
  push: pusher(send),
  ...statusDoors(send),
});
