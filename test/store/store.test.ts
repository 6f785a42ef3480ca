/** The contract on both stores, and what only IndexedDB can get wrong. */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/background/store/idb.ts';
import { memoryStore } from '../../src/background/store/memory.ts';
import { storeContract } from './store-contract.ts';

const never = (): Promise<void> => new Promise(() => {});
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

const transaction = IDBDatabase.prototype.transaction;
const put = IDBObjectStore.prototype.put;
type Transaction = typeof transaction;

/** Stands between the store and the engine for one test. */
const instead = (
  made: (real: () => IDBTransaction, args: Parameters<Transaction>, db: IDBDatabase) => IDBTransaction,
): void => {
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args: Parameters<Transaction>) {
    return made(() => transaction.apply(this, args), args, this);
  };
};

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  IDBDatabase.prototype.transaction = transaction;
  IDBObjectStore.prototype.put = put;
});

storeContract('memory', async () => memoryStore());
storeContract('IndexedDB', async () => openStore({ after: never }));

describe('IndexedDB, when it says no', () => {
  it('begins every transaction with strict durability', async () => {
    const store = openStore({ after: never });
    await store.write(async () => {});
    const asked: unknown[] = [];
    instead((real, args) => {
      asked.push([args[1], args[2]?.durability]);
      return real();
    });
    await store.write((tx) => tx.put('meta', { name: 'a', value: 1 }));
    expect(asked).toEqual([['readwrite', 'strict']]);
    await store.close();
  });

  it('does not say saved when the transaction aborts after its last success', async () => {
    const store = openStore({ after: never });
    await store.write(async () => {});
    instead((real, args) => {
      const tx = real();
      if (args[1] === 'readwrite') {
        tx.objectStore('meta')
          .put({ name: 'probe', value: 0 })
          .addEventListener('success', () => tx.abort());
      }
      return tx;
    });
    const refused = { name: 'StorageRefused', reason: 'aborted' };
    await expect(store.write((tx) => tx.put('meta', { name: 'a', value: 1 }))).rejects.toMatchObject(refused);
    expect(await store.read((tx) => tx.get('meta', 'a'))).toBeUndefined();
    await store.close();
  });

  it('says that there is no room when the quota is exceeded', async () => {
    const store = openStore({ after: never });
    await store.write(async () => {});
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    await expect(store.write((tx) => tx.put('meta', { name: 'a', value: 1 }))).rejects.toMatchObject({
      reason: 'quota',
    });
  });

  it('answers with a named state when the database never opens', async () => {
    indexedDB.open = () => new IDBOpenDBRequest();
    await expect(openStore({ after: soon }).read((tx) => tx.get('meta', 'a'))).rejects.toMatchObject({
      reason: 'cannot_open',
    });
  });

  it('refuses to open what a newer Candor has written, instead of starting empty', async () => {
    await new Promise<void>((resolve) => {
      const open = indexedDB.open('candor', 99);
      open.onsuccess = () => {
        open.result.close();
        resolve();
      };
    });
    await expect(openStore({ after: never }).read((tx) => tx.get('meta', 'a'))).rejects.toMatchObject({
      reason: 'cannot_open',
    });
  });

  it('opens again by itself when the connection was closed underneath', async () => {
    const store = openStore({ after: never });
    await store.write((tx) => tx.put('meta', { name: 'a', value: 1 }));
    let closed = false;
    instead((real, _args, db) => {
      if (!closed) {
        closed = true;
        db.close();
      }
      return real();
    });
    expect((await store.read((tx) => tx.get('meta', 'a')))?.value).toBe(1);
    await store.close();
  });
});
