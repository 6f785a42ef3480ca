/**
 * As much of the test runner as the store's contract uses, for a real browser's page: the same sentences are run there.
 * Bundled in the place of `vitest`; whatever a contract uses that is not here fails to bundle or to run.
 */
interface Told {
  readonly name: string;
  readonly error: string | null;
}
const tests: { readonly name: string; readonly body: () => Promise<void> | void }[] = [];
let under = '';

export const describe = (name: string, body: () => void): void => {
  const before = under;
  under = `${before}${name} > `;
  body();
  under = before;
};
export const it = (name: string, body: () => Promise<void> | void): void => {
  tests.push({ name: under + name, body });
};

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => (each === undefined ? '⟨undefined⟩' : each));
const fail = (value: unknown, how: string, wanted?: unknown): never => {
  throw new Error(`${text(value)} ${how} ${text(wanted)}`);
};
const thrown = async (given: Promise<unknown>): Promise<unknown> => {
  try {
    await given;
  } catch (error) {
    return error;
  }
  throw new Error('it did not reject');
};

export const expect = (value: unknown) => ({
  toBe: (wanted: unknown) => Object.is(value, wanted) || fail(value, 'is not', wanted),
  toEqual: (wanted: unknown) => text(value) === text(wanted) || fail(value, 'does not equal', wanted),
  toBeUndefined: () => value === undefined || fail(value, 'is not', undefined),
  toHaveLength: (wanted: number) => (value as unknown[]).length === wanted || fail(value, 'has not the length', wanted),
  rejects: {
    toThrow: async (words = '') => {
      const error = await thrown(value as Promise<unknown>);
      return String(error).includes(words) || fail(String(error), 'does not say', words);
    },
  },
});

/** Runs what was described, in order, and tells of each. */
export const run = async (): Promise<readonly Told[]> => {
  const told: Told[] = [];
  for (const { name, body } of tests) {
    try {
      await body();
      told.push({ name, error: null });
    } catch (error) {
      told.push({ name, error: String(error) });
    }
  }
  return told;
};
