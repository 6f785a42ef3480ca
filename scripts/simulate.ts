/**
 * `npm run simulate -- --seeds N [--seed S] [--focus a,b]`: plays N schedules from seed S on, and prints what they met.
 * With a focus those acts and faults are in every schedule.
 * `npm run simulate -- --bugs [name]`: plants each bug in turn and says after how many schedules it was caught.
 */
import { BUGS, catchIt } from '../test/simulate/bugs/catch.ts';
import { stale } from '../test/simulate/bugs/planted.ts';
import { bundle } from '../test/simulate/bundle.ts';
import { simulate } from '../test/simulate/crew.ts';
import { idleFaults } from '../test/simulate/landings.ts';
import { failureText, tableOf } from '../test/simulate/print.ts';

/** From so many schedules on, each fault must have struck while work was under way. */
const ENOUGH = 2_000;

const given = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  const value = at > 0 ? Number(process.argv[at + 1]) : otherwise;
  if (!Number.isSafeInteger(value)) throw new Error(`--${name} takes a whole number`);
  return value;
};

const focus = (): string[] => {
  const at = process.argv.indexOf('--focus');
  return at > 0 ? (process.argv[at + 1] ?? '').split(',') : [];
};

const schedules = async (): Promise<boolean> => {
  const seeds = given('seeds', process.argv.includes('--seed') ? 1 : 500);
  const watched = focus();
  const began = performance.now();
  const thread = await bundle();
  const built = performance.now();
  const report = await simulate(thread, { first: given('seed', 1), seeds, focus: watched });
  console.log(tableOf(report, (performance.now() - built) / 1000, (built - began) / 1000));
  for (const failure of report.failures.slice(0, 10)) console.log(failureText(failure));
  const idle = seeds >= ENOUGH && watched.length === 0 ? idleFaults(report.landed) : [];
  if (idle.length > 0) console.log(`These faults struck nothing, so nothing is proved of them: ${idle.join(', ')}`);
  return report.failures.length === 0 && idle.length === 0;
};

const bugs = async (only: string): Promise<boolean> => {
  const wanted = BUGS.filter(({ name }) => name.includes(only));
  let caught = 0;
  for (const bug of wanted) {
    const old = stale(bug);
    if (old.length > 0) {
      console.log(old.join('\n'));
      continue;
    }
    const failure = await catchIt(bug);
    if (failure) caught += 1;
    const name = bug.name.padEnd(28);
    console.log(
      failure
        ? `caught  ${name} by seed ${String(failure.seed).padStart(4)}  ${failure.rule}: ${failure.says.slice(0, 100)}`
        : `MISSED  ${name} in ${bug.within} seeds  ${bug.says}`,
    );
  }
  console.log(`${caught} of ${wanted.length} planted bugs caught`);
  return caught === wanted.length;
};

const at = process.argv.indexOf('--bugs');
const ok = at > 0 ? await bugs(process.argv[at + 1] ?? '') : await schedules();
process.exitCode = ok ? 0 : 1;
