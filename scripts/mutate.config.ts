/** What mutants and coverage run against: the domain's own tests, which name the policy. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const mutant = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** One failing test ends a mutant: those with the most examples of the policy go first. */
const FIRST = ['status-edges', 'regions', 'leaving', 'status-corners', 'gate', 'clocks', 'decide', 'deadline'];
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = FIRST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? FIRST.length : at;
    };
    return [...files].sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/domain/**/*.test.ts'],
    // other rooms than those that are mutated, a case of ten thousand facts, and what draws its facts by chance: a mutant
    // is killed by an example or not at all
    exclude: mutant ? ['test/domain/{quick-log,people,hash,replay,burden,fold}*.test.ts'] : [],
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
