/**
 * As many schedules as fit into a quick look; `npm run simulate -- --seeds 5000` is the long one, and `npm test` runs it.
 * A failing seed says which events are enough and how to play it again.
 */
import { describe, expect, it } from 'vitest';
import { bundle } from './bundle.ts';
import { simulate } from './crew.ts';
import { failureText } from './print.ts';
import type { Report } from './thread.ts';

const SECONDS = 15;
const AT_ONCE = 100;
const LEAST = 100;

describe('the whole engine in a world played from a seed', () => {
  it('keeps every rule, whatever happens, and plays each seed twice alike', async () => {
    const thread = await bundle();
    const began = performance.now();
    const reports: Report[] = [];
    while (performance.now() - began < SECONDS * 1_000) {
      const report = await simulate(thread, { first: 1 + reports.length * AT_ONCE, seeds: AT_ONCE });
      reports.push(report);
      expect(report.failures.map(failureText).join('\n')).toBe('');
    }
    const played = reports.reduce((sum, { schedules }) => sum + schedules, 0);
    console.log(`${played} schedules in ${Math.round((performance.now() - began) / 1_000)} s`);
    expect(played).toBeGreaterThanOrEqual(LEAST);
  }, 300_000);
});
