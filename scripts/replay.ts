/** `npm run -s replay -- case.json`: the extension's own rules over a case, as JSON. See docs/replay.md. */
import { readFileSync } from 'node:fs';
import { type Replay, replay } from '../src/domain/replay/replay.ts';

const words = JSON.parse(readFileSync(new URL('../_locales/en/messages.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, { readonly message: string } | undefined>
>;
const sentence = (key: string, args: readonly (string | number)[]): string =>
  (words[key]?.message ?? key).replace(/\$(\d)/gu, (_, gap: string) => String(args[Number(gap) - 1] ?? ''));

/** The answer as it is printed: problems with their sentences. */
export const answer = (given: unknown): object => {
  const replayed: Replay = replay(given);
  const problems = replayed.problems.map(({ path, why }) => ({
    path,
    is: why.key,
    sentence: sentence(why.key, why.args),
  }));
  return { ...replayed, problems };
};

const read = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8'));
  } catch (error) {
    console.error(`${path} cannot be read as JSON: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  }
};

const [path] = process.argv[1]?.endsWith('replay.ts') ? process.argv.slice(2) : [];
if (process.argv[1]?.endsWith('replay.ts')) {
  if (path === undefined) {
    console.error('Say which case: npm run -s replay -- case.json (or - for standard input). See docs/replay.md.');
    process.exit(2);
  }
  const said = answer(read(path)) as { readonly problems: readonly unknown[] };
  console.log(JSON.stringify(said, null, 2));
  process.exitCode = said.problems.length > 0 ? 1 : 0;
}
