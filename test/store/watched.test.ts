/** What is kept in memory beside the store hears of each write once it is complete, and of none that failed. */
import { expect, it } from 'vitest';
import { memoryStore } from '../../src/background/store/memory.ts';
import { type Change, watched } from '../../src/background/store/watched.ts';

const open = () => {
  const store = watched(memoryStore());
  const heard: (readonly Change[])[] = [];
  store.watch(['meta'], (changes) => heard.push(changes));
  return { store, heard };
};

it('tells puts and removals of the tables followed, in order, before the writer goes on', async () => {
  const { store, heard } = open();
  const row = { name: 'a', value: 1 };
  await store.write(async (tx) => {
    await tx.put('meta', row);
    await tx.put('accounts', { connection: 'c', remoteId: 'r', name: 'Halden', readAt: '' });
    expect(heard).toEqual([]);
    await tx.remove('meta', 'a');
  });
  expect(heard).toEqual([
    [
      { table: 'meta', put: row },
      { table: 'meta', gone: 'a' },
    ],
  ]);
  await store.write((tx) => tx.put('accounts', { connection: 'c', remoteId: 'r', name: 'Halden', readAt: '' }));
  expect(heard).toHaveLength(1);
});

it('tells nothing of a write that failed', async () => {
  const { store, heard } = open();
  const failing = store.write(async (tx) => {
    await tx.put('meta', { name: 'a', value: 1 });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(heard).toEqual([]);
});
