/**
 * One lane per connection: while the CRM asked us to wait nothing goes out, and a read that was told to wait closes the
 * lane as a push does. The wait is stored, so that it outlives the worker.
 */
import { type Api, type MakeApi, Refused } from '../crm/adapter.ts';
import { keepTrying } from './keep-trying.ts';
import { PAUSE_CAP_MS } from './lease.ts';
import { sendFor } from './send.ts';
import type { Wire } from './wire.ts';

/** Told to wait, but not how long. */
const PAUSE_MS = 10_000;

type Reading<Given extends readonly unknown[], Read> = (...given: Given) => Promise<Read>;

/**
 * The CRM behind a connection. What a person asks for by name (sign in, test) goes even now, and so does what looks at
 * the pause itself (push, directory); looking somebody up waits.
 */
export const apiFor = (wire: Wire, makeApi: MakeApi): Api => {
  const { store, platform, connection } = wire;
  const api = makeApi(
    sendFor(wire, (send) => makeApi(send).whoAmI()),
    connection.userId,
  );

  const pause = (after: number | null): Promise<void> =>
    keepTrying(platform, () =>
      store.write(async (tx) => {
        const row = await tx.get('connections', connection.id);
        const until = platform.now() + Math.min(after ?? PAUSE_MS, PAUSE_CAP_MS);
        if (row && row.pausedUntil < until) await tx.put('connections', { ...row, pausedUntil: until });
      }),
    );

  const heeding =
    <Given extends readonly unknown[], Read>(read: Reading<Given, Read>): Reading<Given, Read> =>
    async (...given) => {
      try {
        return await read(...given);
      } catch (error) {
        if (error instanceof Refused && error.outcome.is === 'throttled') await pause(error.outcome.after);
        throw error;
      }
    };

  const waiting =
    <Given extends readonly unknown[], Read>(read: Reading<Given, Read>): Reading<Given, Read> =>
    async (...given) => {
      const until = (await store.read((tx) => tx.get('connections', connection.id)))?.pausedUntil ?? 0;
      const wait = until - platform.now();
      if (wait > 0) throw new Refused({ is: 'throttled', after: wait });
      return heeding(read)(...given);
    };

  return {
    ...api,
    whoAmI: heeding(api.whoAmI),
    setup: heeding(api.setup),
    readContact: waiting(api.readContact),
    readAccount: waiting(api.readAccount),
    contactsOfAccount: waiting(api.contactsOfAccount),
    findContacts: waiting(api.findContacts),
    push: heeding(api.push),
    statusFields: heeding(api.statusFields),
    readStatus: heeding(api.readStatus),
    writeStatus: heeding(api.writeStatus),
    ...(api.find ? { find: heeding(api.find) } : {}),
  };
};
