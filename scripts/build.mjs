// Builds the extension: `npm run build`, or with `-- --mode test` the same into dist/test for the end-to-end tests.
import { ready } from './ready.mjs';
import { step } from './steps.mjs';

ready();
const at = process.argv.indexOf('--mode');
const mode = at > 0 ? (process.argv[at + 1] ?? 'chrome') : 'chrome';
const { ok } = await step('build', 'vite', ['build', '--mode', mode, '--logLevel', 'warn']);
if (ok) console.log(`Built: dist/${mode}`);
process.exitCode = ok ? 0 : 1;
