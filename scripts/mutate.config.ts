/** What mutants and coverage run against: the domain's own tests, which name the policy. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const mutant = process.env.STRYKER_MUTATOR_WORKER !== undefined;

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/domain/**/*.test.ts'],
    // other rooms than those that are mutated, and a case of ten thousand facts
    exclude: mutant ? ['test/domain/{quick-log,people,hash,replay,burden}*.test.ts'] : [],
    setupFiles: ['scripts/mutate.setup.ts'],
    isolate: !mutant,
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['src/domain/**/*.ts'],
      reporter: ['text', 'json-summary', 'json'],
      thresholds: { branches: 100 },
      reportsDirectory: 'bench/out/coverage',
    },
  },
});
