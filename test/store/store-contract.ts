/** What every store must do, in sentences. Run by the memory store and by IndexedDB. */
import { describe, expect, it } from 'vitest';
import type { FactRow, OutboxRow } from '../../src/background/store/schema.ts';
import type { Store } from '../../src/background/store/store.ts';

const fact = (id: string, stream: string, seq: number, device = 'd1'): FactRow =>
  ({ v: 1, id, stream, device, seq, type: 'contact.logged', hash: id }) as unknown as FactRow;

const row = (key: string, state: OutboxRow['state'], connection = 'c'): OutboxRow =>
  ({ key, state, connection, activity: key.split('/')[0] }) as unknown as OutboxRow;

export const storeContract = (name: string, open: () => Promise<Store>): void => {
  describe(`${name} keeps the store's promise`, () => {
    it('writes all of a transaction or none of it', async () => {
      const store = await open();
      await expect(
        store.write(async (tx) => {
          await tx.put('meta', { name: 'a', value: 1 });
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      expect(await store.read((tx) => tx.get('meta', 'a'))).toBeUndefined();
      await store.close();
    });

    it('shows a body its own writes, and others only what completed', async () => {
      const store = await open();
      const seen = await store.write(async (tx) => {
        await tx.put('meta', { name: 'a', value: 1 });
        return tx.get('meta', 'a');
      });
      expect(seen?.value).toBe(1);
      expect((await store.read((tx) => tx.get('meta', 'a')))?.value).toBe(1);
      await store.close();
    });

    it('runs writes one after the other, so that none is lost', async () => {
      const store = await open();
      await Promise.all(
        Array.from({ length: 20 }, () =>
          store.write(async (tx) => {
            const before = ((await tx.get('meta', 'n'))?.value as number | undefined) ?? 0;
            await tx.put('meta', { name: 'n', value: before + 1 });
          }),
        ),
      );
      expect((await store.read((tx) => tx.get('meta', 'n')))?.value).toBe(20);
      await store.close();
    });

    it('refuses a second fact with the id of another, and writes nothing of that transaction', async () => {
      const store = await open();
      await store.write((tx) => tx.put('facts', fact('f1', 'contact/a', 1)));
      await expect(
        store.write(async (tx) => {
          await tx.put('meta', { name: 'beside', value: true });
          await tx.put('facts', fact('f1', 'contact/b', 1));
        }),
      ).rejects.toThrow();
      expect(await store.read((tx) => tx.get('meta', 'beside'))).toBeUndefined();
      await store.close();
    });

    it('lists one stream in order of device and number, and no other stream', async () => {
      const store = await open();
      await store.write(async (tx) => {
        await tx.put('facts', fact('f3', 'contact/a', 2));
        await tx.put('facts', fact('f4', 'contact/a', 10));
        await tx.put('facts', fact('f2', 'contact/a', 1));
        await tx.put('facts', fact('f1', 'contact/ab', 1));
        await tx.put('facts', fact('f5', 'contact/a', 1, 'd2'));
      });
      const found = await store.read((tx) => tx.all('facts', { prefix: ['contact/a'] }));
      expect(found.map(({ id }) => id)).toEqual(['f2', 'f3', 'f4', 'f5']);
      expect((await store.read((tx) => tx.all('facts', { prefix: [] }))).length).toBe(5);
      await store.close();
    });

    it('finds rows by index, in order, limited, from either end', async () => {
      const store = await open();
      await store.write(async (tx) => {
        for (const key of ['b/x', 'a/x', 'c/x']) await tx.put('outbox', row(key, 'queued'));
        await tx.put('outbox', row('d/x', 'settled'));
        await tx.put('outbox', row('e/x', 'queued', 'other'));
      });
      const keys = async (query: object) =>
        (await store.read((tx) => tx.all('outbox', { index: 'state', ...query }))).map(({ key }) => key);
      expect(await keys({ prefix: ['c', 'queued'] })).toEqual(['a/x', 'b/x', 'c/x']);
      expect(await keys({ prefix: ['c', 'queued'], limit: 2 })).toEqual(['a/x', 'b/x']);
      expect(await keys({ prefix: ['c', 'queued'], from: 'last', limit: 2 })).toEqual(['c/x', 'b/x']);
      const after = await store.read((tx) => tx.all('outbox', { after: 'a/x', limit: 1 }));
      expect(after.map(({ key }) => key)).toEqual(['b/x']);
      expect(await store.read((tx) => tx.count('outbox', { index: 'state', prefix: ['c', 'queued'] }))).toBe(3);
      await store.close();
    });

    it('finds a row under each of several values of one index', async () => {
      const store = await open();
      const contact = { contact: 'k', state: {} as never, name: 'N', links: ['c|1', 'c|2'] };
      await store.write((tx) => tx.put('contacts', contact));
      for (const link of ['c|1', 'c|2']) {
        expect(await store.read((tx) => tx.all('contacts', { index: 'link', prefix: link }))).toHaveLength(1);
      }
      expect(await store.read((tx) => tx.all('contacts', { index: 'link', prefix: 'c|3' }))).toHaveLength(0);
      await store.close();
    });

    it('copies rows in and out: changing one afterwards changes nothing stored', async () => {
      const store = await open();
      const value = { list: [1] };
      await store.write((tx) => tx.put('meta', { name: 'a', value }));
      value.list.push(2);
      const out = (await store.read((tx) => tx.get('meta', 'a')))?.value as { list: number[] };
      out.list.push(3);
      expect((await store.read((tx) => tx.get('meta', 'a')))?.value).toEqual({ list: [1] });
      await store.close();
    });

    it('keeps every character of a text, lone surrogates and NUL among them', async () => {
      const store = await open();
      const text = 'a\u0000b\ud800c\u202ed\u{1f600}';
      await store.write((tx) => tx.put('drafts', { formId: 'f', text, private: text, savedAt: '' }));
      expect((await store.read((tx) => tx.get('drafts', 'f')))?.text).toBe(text);
      await store.close();
    });

    it('removes what was put, and removing nothing is no error', async () => {
      const store = await open();
      await store.write((tx) => tx.put('meta', { name: 'a', value: 1 }));
      await store.write(async (tx) => {
        await tx.remove('meta', 'a');
        await tx.remove('meta', 'never');
      });
      expect(await store.read((tx) => tx.get('meta', 'a'))).toBeUndefined();
      await store.close();
    });
  });
};
