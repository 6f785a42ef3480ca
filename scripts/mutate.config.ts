/** What mutants and coverage run against: the domain's own tests, which name the policy. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const mutant = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** One failing test ends a mutant: those with the most examples of the policy go first, properties last. */
const FIRST = ['regions', 'leaving', 'status-corners', 'gate', 'clocks', 'decide', 'corners', 'deadline'];
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = FIRST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return moduleId.endsWith('/fold.test.ts') ? FIRST.length + 1 : at < 0 ? FIRST.length : at;
    };
    return [...files].sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/domain/**/*.test.ts'],
    // other rooms than those that are mutated, and a case of ten thousand facts
    exclude: mutant ? ['test/domain/{quick-log,people,hash,replay,burden}*.test.ts'] : [],
    isolate: !mutant,
    ...(mutant ? { sequence: { sequencer: ExamplesFirst } } : {}),
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
