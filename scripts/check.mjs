// The quick look before a commit: types, format, lint, the rules of the house, and the unit tests that what changed can
// reach. `npm run check -- --all` runs every unit test.
import { execFileSync } from 'node:child_process';
import { ready, root } from './ready.mjs';
import { printTable, readings, step } from './steps.mjs';

ready();

/** @param {string[]} args */
const git = (...args) => {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return null; // Not a repository, or without that commit: then everything is run.
  }
};

/** Since when: the last commit while something is not committed, else the one before it. */
const since = () => {
  const open = git('status', '--porcelain');
  if (open === null) return null;
  return open === '' ? git('rev-parse', '--verify', 'HEAD~1') : 'HEAD';
};

const quiet = ['--reporter=default', '--silent', '--color=false'];
const from = process.argv.includes('--all') ? null : since();
const tests =
  from === null
    ? [step('unit tests', 'vitest', ['run', ...quiet], { quiet: true })]
    : [
        step('house', 'vitest', ['run', 'test/house', ...quiet], { quiet: true }),
        step('unit tests it reaches', 'vitest', ['run', '--changed', from, '--passWithNoTests', ...quiet], {
          quiet: true,
        }),
      ];

const steps = await Promise.all([
  ...readings.map(([name, program, args]) => step(name, program, args, { quiet: true })),
  ...tests,
]);
printTable(steps);
process.exitCode = steps.every(({ ok }) => ok) ? 0 : 1;
