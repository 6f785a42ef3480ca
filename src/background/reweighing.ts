/**
 * When the rules are others (a policy change, another country, another day) everything that waits is put before the gate
 * again. What was released stays released: a settled or leased step is never planned a second time.
 */
import type { House } from './house.ts';
import { authorOf } from './lease.ts';
import { replan } from './planning.ts';
import { rulesOf } from './rules.ts';

const LOCK = 'candor.reweigh';
const META = 'weighedUnder';
const BATCH = 25;

export const reweigher =
  ({ store, platform, changed }: House) =>
  async (): Promise<void> => {
    await platform.alone(LOCK, async () => {
      const found = await store.read(async (tx) => {
        const { mark } = await rulesOf(tx, platform);
        if ((await tx.get('meta', META))?.value === mark) return null;
        const waiting: { readonly connection: string; readonly activity: string }[] = [];
        for (const { id } of await tx.all('connections')) {
          const activities = new Set<string>();
          for (const state of ['withheld', 'queued'] as const)
            for (const row of await tx.all('outbox', { index: 'state', prefix: [id, state] }))
              activities.add(row.activity);
          for (const activity of activities) waiting.push({ connection: id, activity });
        }
        return { mark, waiting };
      });
      if (!found) return;
      for (let from = 0; from < found.waiting.length; from += BATCH) {
        await store.write(async (tx) => {
          const rules = await rulesOf(tx, platform);
          for (const { connection, activity } of found.waiting.slice(from, from + BATCH)) {
            const row = await tx.get('connections', connection);
            if (row) await replan(tx, platform, authorOf(row), activity, rules);
          }
        });
      }
      // Rules that changed meanwhile have another mark, so the next run looks again.
      await store.write((tx) => tx.put('meta', { name: META, value: found.mark }));
      if (found.waiting.length > 0) changed();
    });
  };
