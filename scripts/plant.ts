/** `npm run simulate -- --bugs`: plants each bug in turn and says after how many schedules the simulator caught it. */
import { BUGS, catchIt } from '../test/simulate/bugs/catch.ts';
import { stale } from '../test/simulate/bugs/planted.ts';

const only = process.argv[2];
let missed = 0;
for (const bug of BUGS.filter(({ name }) => !only || name.includes(only))) {
  const old = stale(bug);
  if (old.length > 0) {
    missed += 1;
    console.log(old.join('\n'));
    continue;
  }
  const { failure, schedules } = await catchIt(bug);
  if (!failure) missed += 1;
  console.log(
    failure
      ? `caught  ${bug.name.padEnd(28)} ${String(schedules).padStart(5)} schedules, seed ${failure.seed}  ${failure.rule}: ${failure.says.slice(0, 110)}`
      : `MISSED  ${bug.name.padEnd(28)} ${String(schedules).padStart(5)} schedules  ${bug.says}`,
  );
}
process.exitCode = missed > 0 ? 1 : 0;
