/**
 * Storage trouble at every place where something is written: the transaction is aborted after its last success. Nothing
 * of it is stored, the answer names the trouble, and the same again works as if nothing had happened.
 */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handlers } from '../../src/background/handlers/index.ts';
import { router } from '../../src/background/router.ts';
import { openStore } from '../../src/background/store/idb.ts';
import { TABLES } from '../../src/background/store/schema.ts';
import type { Store, Witness } from '../../src/background/store/store.ts';
import type { Message } from '../../src/contract.ts';
import { openHouse, type TestHouse } from '../support/house.ts';

const never = (): Promise<void> => new Promise(() => {});
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

const transaction = IDBDatabase.prototype.transaction;
const put = IDBObjectStore.prototype.put;
const remove = IDBObjectStore.prototype.delete;
const open = IDBFactory.prototype.open;

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  IDBDatabase.prototype.transaction = transaction;
  IDBObjectStore.prototype.put = put;
  IDBObjectStore.prototype.delete = remove;
  IDBFactory.prototype.open = open;
});

/** Counts the writes of each transaction; aborts the `at`-th that writes, once, when the last of them has succeeded. */
const fuse = (at: number, writesOf: readonly number[] | null) => {
  const writes = new Map<IDBTransaction, number>();
  const order: IDBTransaction[] = [];
  let blown = false;
  const watch = <A extends unknown[]>(real: (...args: A) => IDBRequest) =>
    function (this: IDBObjectStore, ...args: A): IDBRequest {
      const request = real.apply(this, args);
      const tx = this.transaction;
      if (!writes.has(tx)) order.push(tx);
      const count = (writes.get(tx) ?? 0) + 1;
      writes.set(tx, count);
      if (!blown && writesOf && order.indexOf(tx) === at && count === writesOf[at]) {
        blown = true;
        request.addEventListener('success', () => tx.abort());
      }
      return request;
    };
  IDBObjectStore.prototype.put = watch(put) as typeof put;
  IDBObjectStore.prototype.delete = watch(remove as never) as unknown as typeof remove;
  return {
    get blown() {
      return blown;
    },
    counts: () => order.map((tx) => writes.get(tx) ?? 0),
  };
};

const everything = async (store: Store): Promise<unknown> =>
  store.read(async (tx) =>
    Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await tx.all(table)]))),
  );

/** Everything that writes, in an order in which each can. A step that fails is done once more. */
type Step = readonly [Message, (house: TestHouse, seen: Seen) => unknown];
interface Seen {
  form: string;
  contact: string;
  attempt: string;
  activity: string;
}
const DANA = 'Dana Reyes';
const STEPS: readonly Step[] = [
  ['openForm', () => null],
  ['saveDraft', (_h, { form }) => ({ formId: form, text: 'met @dana, words' })],
  ['choosePerson', (_h, { form, contact }) => ({ formId: form, mention: 'dana', person: contact })],
  ['attemptNotice', (_h, { contact }) => ({ commandId: 'c1', contact, route: 'mail', language: 'en' })],
  ['confirmTold', (_h, { contact, attempt }) => ({ commandId: 'c2', contact, attempt })],
  ['commit', (_h, { form }) => ({ formId: form, text: 'met @dana, words >send prices fri ~~mine', armed: true })],
  ['undo', (_h, { activity }) => ({ activity })],
  ['raiseObjection', (_h, { contact }) => ({ commandId: 'c3', contact, scope: 'direct_marketing' })],
  [
    'saveSettings',
    () => ({
      controller: { name: 'N', privacyContact: 'p@example.com', zone: 'Europe/Berlin' },
      zoneAssumed: false,
      worksAlone: true,
    }),
  ],
  ['disconnect', ({ connection }) => ({ connection })],
];

/** Plays the steps through the door, as a surface would. Answers how many transactions wrote, and each failed answer. */
const play = async (at: number, writesOf: readonly number[] | null) => {
  const store = openStore({ after: never });
  const house = await openHouse({}, store);
  house.platform.tabUrl = house.contactUrl(DANA);
  const { answer } = router(
    handlers,
    () => house.house,
    { id: 'candor', origin: 'chrome-extension://candor' },
    () => {},
  );
  const sender = { id: 'candor', url: 'chrome-extension://candor/src/dashboard/index.html', frameId: 0 };
  const seen: Seen = { form: '', contact: '', attempt: '', activity: '' };
  const failed: unknown[] = [];
  // The page's people are a copy of the CRM's: where it cannot be kept, the form opens without them and nothing is lost.
  await house.ask('openForm');
  const watched = fuse(at, writesOf);
  try {
    for (const [message, given] of STEPS) {
      for (let tries = 1; ; tries += 1) {
        const before = watched.blown ? null : JSON.stringify(await everything(store));
        const reply = (await answer({ candor: 1, ask: message, with: given(house, seen) }, sender)) as {
          ok?: Record<string, never>;
          error?: string;
        };
        const trouble = reply.error ?? (reply.ok?.is === 'refused' ? JSON.stringify(reply.ok.why) : null);
        if (trouble === null) {
          if (message === 'openForm')
            Object.assign(seen, {
              form: reply.ok?.formId,
              contact: (reply.ok?.pageContact as unknown as { id: string })?.id,
            });
          if (message === 'attemptNotice')
            Object.assign(seen, { attempt: reply.ok?.attempt, contact: reply.ok?.contact ?? seen.contact });
          if (message === 'commit')
            Object.assign(seen, { activity: (reply.ok?.log as unknown as { activity: string })?.activity });
          break;
        }
        failed.push(trouble);
        expect(tries, `${message}: ${trouble}`).toBe(1);
        if (before !== null)
          expect(JSON.stringify(await everything(store)), `${message} left something behind`).toBe(before);
      }
    }
    return { failed, counts: watched.counts(), blown: watched.blown };
  } finally {
    await house.close();
    await store.close();
  }
};

it('at every write site: aborted after success is said by name, leaves nothing, and works the second time', async () => {
  const plain = await play(-1, null);
  expect(plain.failed).toEqual([]);
  expect(plain.counts.length).toBeGreaterThanOrEqual(STEPS.length);
  for (let at = 0; at < plain.counts.length; at += 1) {
    globalThis.indexedDB = new IDBFactory();
    const { failed, blown } = await play(at, plain.counts);
    expect(blown, `transaction ${at}`).toBe(true);
    expect(failed, `transaction ${at}`).toHaveLength(1);
    expect(String(failed[0]), `transaction ${at}`).toMatch(/^storage:aborted$|refuseStorage_aborted/u);
  }
}, 60_000);

describe('a ledger that vanished', () => {
  const witnessed = (): Witness & { mark: boolean } => ({
    mark: false,
    async hasSeen() {
      return this.mark;
    },
    async sees() {
      this.mark = true;
    },
    async forgets() {
      this.mark = false;
    },
  });
  const fact = { v: 1, id: 'f', stream: 'contact/a', device: 'd', seq: 1, type: 'contact.logged', hash: 'f' } as never;

  it('is no new one: reads and writes say that it is gone, until its person starts anew', async () => {
    const witness = witnessed();
    const first = openStore({ after: never, witness });
    await first.write((tx) => tx.put('meta', { name: 'a', value: 1 }));
    expect(witness.mark, 'nothing in the ledger yet').toBe(false);
    await first.write((tx) => tx.put('facts', fact));
    expect(witness.mark).toBe(true);
    await first.close();

    globalThis.indexedDB = new IDBFactory();
    const second = openStore({ after: never, witness });
    const gone = { name: 'StorageRefused', reason: 'ledger_gone' };
    await expect(second.read((tx) => tx.all('facts'))).rejects.toMatchObject(gone);
    await expect(second.write((tx) => tx.put('facts', fact))).rejects.toMatchObject(gone);
    await expect(second.write((tx) => tx.put('facts', fact))).rejects.toMatchObject(gone);
    await second.startAnew?.();
    await second.write((tx) => tx.put('facts', fact));
    expect(witness.mark).toBe(true);
    await second.close();
  });

  it('fails no write because its mark could not be set, and sets it with the next one', async () => {
    const witness = witnessed();
    let failing = true;
    const moody: Witness = {
      hasSeen: () => witness.hasSeen(),
      forgets: () => witness.forgets(),
      sees: () => (failing ? Promise.reject(new Error('storage is full')) : witness.sees()),
    };
    const store = openStore({ after: never, witness: moody });
    await store.write((tx) => tx.put('facts', fact));
    expect(await store.read((tx) => tx.all('facts'))).toHaveLength(1);
    expect(witness.mark).toBe(false);
    failing = false;
    await store.write((tx) => tx.put('meta', { name: 'a', value: 1 }));
    expect(witness.mark).toBe(true);
    await store.close();
  });

  it('is told also when the database is there and empty, and when it vanishes under a running worker', async () => {
    const witness = witnessed();
    const store = openStore({ after: never, witness });
    await store.write((tx) => tx.put('facts', fact));
    await store.write((tx) => tx.remove('facts', ['contact/a', 'd', 1]));
    await store.close();
    await expect(openStore({ after: never, witness }).read((tx) => tx.all('meta'))).rejects.toMatchObject({
      reason: 'ledger_gone',
    });
  });

  it('is not told of a profile from before there was a witness: that ledger is seen at the next opening', async () => {
    const before = openStore({ after: never });
    await before.write((tx) => tx.put('facts', fact));
    await before.close();
    const witness = witnessed();
    const store = openStore({ after: never, witness });
    expect(await store.read((tx) => tx.all('facts'))).toHaveLength(1);
    expect(witness.mark).toBe(true);
    await store.close();
  });

  it('a witness that never answers is storage that cannot be opened', async () => {
    const witness: Witness = { hasSeen: () => new Promise(() => {}), sees: never, forgets: never };
    await expect(openStore({ after: soon, witness }).read((tx) => tx.all('meta'))).rejects.toMatchObject({
      reason: 'cannot_open',
    });
  });
});

describe('opening', () => {
  it('blocked by another window is said at once, and works when that one has gone', async () => {
    const other = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('blocked', 0.5 * 2);
      opening.onsuccess = () => resolve(opening.result);
    });
    // It neither closes nor hears: an older Candor that hangs.
    IDBFactory.prototype.open = function (this: IDBFactory, name: string) {
      return open.call(this, name, 2);
    };
    const store = openStore({ name: 'blocked', after: never });
    await expect(store.read((tx) => tx.all('meta'))).rejects.toMatchObject({ reason: 'blocked' });
    other.close();
    await store.close();
  });

  it('that fails is said by name, and tried again by the next who asks', async () => {
    let broken = true;
    IDBFactory.prototype.open = function (this: IDBFactory, ...args: Parameters<typeof open>) {
      if (broken) throw new DOMException('disk', 'UnknownError');
      return open.apply(this, args);
    };
    const store = openStore({ after: never });
    await expect(store.read((tx) => tx.all('meta'))).rejects.toMatchObject({ reason: 'cannot_open' });
    broken = false;
    expect(await store.read((tx) => tx.all('meta'))).toEqual([]);
    await store.close();
  });
});
