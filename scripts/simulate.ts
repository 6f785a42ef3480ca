/** `npm run simulate -- --seeds N [--seed S]`: plays N schedules from seed S on, and prints what they met. */
import { bundle } from '../test/simulate/bundle.ts';
import { simulate } from '../test/simulate/crew.ts';
import { failureText, tableOf } from '../test/simulate/print.ts';

const given = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  const value = at > 0 ? Number(process.argv[at + 1]) : otherwise;
  if (!Number.isSafeInteger(value)) throw new Error(`--${name} takes a whole number`);
  return value;
};

const seeds = given('seeds', process.argv.includes('--seed') ? 1 : 500);
const first = given('seed', 1);
const began = performance.now();
const thread = await bundle();
const built = performance.now();
const report = await simulate(thread, { first, seeds });
console.log(tableOf(report, (performance.now() - built) / 1000, (built - began) / 1000));
for (const failure of report.failures.slice(0, 10)) console.log(failureText(failure));
process.exitCode = report.failures.length > 0 ? 1 : 0;
