/** Leaves out events for as long as the same rule still breaks. */
import { type Played, play } from './run.ts';
import type { Schedule } from './schedule.ts';
import type { Beginning } from './world.ts';

const MOST_TRIES = 200;

export const shrunk = (
  schedule: Schedule,
  from: Beginning,
  rule: string,
): { readonly schedule: Schedule; readonly played: Played } => {
  let best = schedule;
  let played = play(schedule, from);
  let tries = 0;
  for (let less = true; less && tries < MOST_TRIES; ) {
    less = false;
    for (const event of best.events) {
      const fewer: Schedule = { ...best, events: best.events.filter((each) => each !== event) };
      tries += 1;
      const again = play(fewer, from);
      if (again.violations[0]?.rule !== rule) continue;
      best = fewer;
      played = again;
      less = true;
    }
  }
  return { schedule: best, played };
};
