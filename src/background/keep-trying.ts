/** What the CRM told us once, a wait above all, is not forgotten because storage stumbled. */
import type { Platform } from './platform.ts';
import { StorageRefused } from './store/store.ts';

const TRIES = 5;

/** Writes again for a few seconds when storage refuses; any other error is the caller's at once. */
export const keepTrying = async <T>({ after }: Pick<Platform, 'after'>, write: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StorageRefused) || tries === TRIES) throw error;
      await after(tries * 500);
    }
  }
};
