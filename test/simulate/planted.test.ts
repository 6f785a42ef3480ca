/** The test of the tests: bugs on purpose. Some are caught here; all of them: `npm run simulate -- --bugs`. */
import { describe, expect, it } from 'vitest';
import { BUGS, catchIt } from './bugs/catch.ts';
import { stale } from './bugs/planted.ts';

/** Caught at once, one of each kind: storage, sending, deciding. */
const QUICK = ['01-relaxed-commit', '10-id-minted-at-send', '25-withheld-sent-empty'];

describe('planted bugs', () => {
  it('are thirty-five, each under its own name', () => {
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(35);
  });

  it.each(BUGS)('$name still fits the product', (bug) => {
    expect(stale(bug)).toEqual([]);
  });

  it.each(BUGS.filter(({ name }) => QUICK.includes(name)))(
    '$name is caught: $says',
    async (bug) => {
      expect(await catchIt(bug)).not.toBeNull();
    },
    120_000,
  );
});
