/** Project code as one script that runs in a page of a real browser. */
import { join, resolve } from 'node:path';
import { build } from 'vite';

export const root = resolve(import.meta.dirname, '../..');
/** A module of the project, for an `import` in the code that is bundled. */
export const from = (path: string): string => JSON.stringify(join(root, path));

export const bundled = async (code: string, alias: Readonly<Record<string, string>> = {}): Promise<string> => {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias },
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? '\0entry' : null),
        load: (id) => (id === '\0entry' ? code : null),
      },
    ],
    build: {
      write: false,
      target: 'chrome130',
      modulePreload: false,
      rolldownOptions: { input: 'entry', output: { format: 'iife', codeSplitting: false } },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  const chunk = first && 'output' in first ? first.output[0] : null;
  if (!chunk) throw new Error('nothing was bundled');
  return chunk.code;
};
