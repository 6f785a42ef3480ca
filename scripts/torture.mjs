// A real browser stopped 100 times at random moments; `node scripts/torture.mjs 500` for more.
import { ready } from './ready.mjs';
import { printTable, step } from './steps.mjs';

ready({ browser: true });
process.env.CANDOR_TORTURE = process.argv[2] ?? '100';
const built = await step('build', 'vite', ['build', '--mode', 'test', '--logLevel', 'warn']);
const ran = built.ok
  ? [built, await step('torture', 'vitest', ['run', '--mode', 'e2e', 'test/e2e/torture.test.ts'])]
  : [built];
printTable(ran);
process.exitCode = ran.every(({ ok }) => ok) ? 0 : 1;
