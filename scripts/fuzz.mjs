// The one-line grammar against random lines of six languages: npm run fuzz [-- 100000]
import { ready } from './ready.mjs';
import { step } from './steps.mjs';

ready();
const lines = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(lines) || lines < 1) {
  console.error(`How many lines? A whole number, not ${process.argv[2]}.`);
  process.exit(1);
}
process.env.QUICK_LOG_RUNS = String(lines);
const done = await step('fuzz', 'vitest', ['run', 'test/domain/quick-log-random.test.ts', '--color=false']);
console.log(`${lines} random lines, ${done.ok ? 'no fault' : 'a fault'}, ${done.seconds.toFixed(0)} s`);
process.exitCode = done.ok ? 0 : 1;
