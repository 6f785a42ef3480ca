/**
 * A hundred schedules, so that every check plays some; `npm test` plays 5,000 (`npm run simulate -- --seeds 5000`).
 * A failing seed says which events are enough and how to play it again.
 */
import { describe, expect, it } from 'vitest';
import { bundle } from './bundle.ts';
import { simulate } from './crew.ts';
import { failureText } from './print.ts';

const SEEDS = 100;

describe('the whole engine in a world played from a seed', () => {
  it('keeps every rule, whatever happens, and plays each seed twice alike', async () => {
    const report = await simulate(await bundle(), { first: 1, seeds: SEEDS });
    expect(report.failures.map(failureText).join('\n')).toBe('');
    expect(report.schedules).toBe(SEEDS);
    expect(report.requests).toBeGreaterThan(SEEDS);
  }, 300_000);
});
