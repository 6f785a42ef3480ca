/** What the CRM told us once, a wait above all, is not forgotten because storage stumbled. */
import type { Platform } from './platform.ts';
import { StorageRefused } from './store/store.ts';

const STEP_MS = 500;
const LONGEST_MS = 5_000;
/** Nearly a minute: a database that is blocked or cannot be opened often comes back. */
const TRIES = 16;

/** Writes again when storage refuses, later each time; any other error is the caller's at once. */
export const keepTrying = async <T>({ after }: Pick<Platform, 'after'>, write: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StorageRefused) || tries === TRIES) throw error;
      await after(Math.min(tries * STEP_MS, LONGEST_MS));
    }
  }
};
