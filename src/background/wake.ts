/** When to look at the outbox again. The alarm is only a reminder: all that is due is in the store. */
import type { Platform } from './platform.ts';

export const ALARM = 'candor.wake';
/** A timer serves only while the worker surely lives; beyond that the alarm does. */
const TIMER_AT_MOST_MS = 25_000;

export interface Wake {
  /** Runs soon, once, however often it is called. */
  now(): void;
  /** Called with the moment (epoch ms) at which the next row is due; null when nothing is on its way. */
  at(due: number | null): void;
}

export const wake = (platform: Platform, run: () => Promise<void>, failed: (error: unknown) => void): Wake => {
  let cancel: (() => void) | null = null;
  let _running: Promise<void> | null = null;

  // One after the other: two that look at the same time would both find none, and the second would put off the first.
  let alarms: Promise<void> = Promise.resolve();
  const remind = (): void => {
    alarms = alarms.then(() => platform.ensureAlarm(ALARM, 0.5)).catch(failed);
  };
  const start = (): void => {
    cancel = null;
    _running ??= run()
      .catch((error: unknown) => {
        failed(error);
        // What was due is due still, and nobody else knows.
        remind();
      })
      .finally(() => {
        _running = null;
      });
  };
  const inMs = (ms: number): void => {
    cancel?.();
    cancel = platform.later(ms, start);
  };

  return {
    now: () => {
      // Before anything else: a worker that is stopped on the way is woken again.
      remind();
      inMs(0);
    },
    at: (due) => {
      if (due === null) {
        alarms = alarms.then(() => platform.clearAlarm(ALARM)).catch(failed);
        return;
      }
      remind();
      const wait = due - platform.now();
      // Offline, the alarm and the `online` event wake us; a timer would only spin.
      if (platform.online() && wait < TIMER_AT_MOST_MS) inMs(Math.max(wait, 1_000));
    },
  };
};
