// The quick look before a commit: types, format, lint and unit tests, at once.
import { ready } from './ready.mjs';
import { printTable, readings, step } from './steps.mjs';

ready();
const steps = await Promise.all([
  ...readings.map(([name, program, args]) => step(name, program, args, { quiet: true })),
  step('unit tests', 'vitest', ['run', '--reporter=default', '--silent', '--color=false'], { quiet: true }),
]);
printTable(steps);
process.exitCode = steps.every(({ ok }) => ok) ? 0 : 1;
