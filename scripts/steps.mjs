// Runs the project's tools as named, timed steps.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './ready.mjs';

const programs = {
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  tsx: 'node_modules/tsx/dist/cli.mjs',
};

/** @typedef {{ name: string, ok: boolean, seconds: number }} Step */

/** The three checks that read the code without running it. */
export const readings = /** @type {const} */ ([
  ['types', 'tsc', ['-p', '.']],
  ['types: domain', 'tsc', ['-p', 'src/domain']],
  ['format and lint', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']],
]);

/**
 * Output is held back when `quiet`, and printed in one piece if the step fails.
 * @param {string} name
 * @param {keyof typeof programs} program
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} [how]
 * @returns {Promise<Step>}
 */
export function step(name, program, args, how = {}) {
  const began = performance.now();
  return new Promise((settle) => {
    const child = spawn(process.execPath, [join(root, programs[program]), ...args], {
      cwd: root,
      stdio: ['ignore', how.quiet ? 'pipe' : 'inherit', how.quiet ? 'pipe' : 'inherit'],
    });
    /** @type {Buffer[]} */
    const said = [];
    child.stdout?.on('data', (chunk) => said.push(chunk));
    child.stderr?.on('data', (chunk) => said.push(chunk));
    const end = (/** @type {boolean} */ ok) => {
      if (!ok && said.length > 0) console.log(`\n${name}:\n${Buffer.concat(said).toString()}`);
      settle({ name, ok, seconds: (performance.now() - began) / 1000 });
    };
    child.on('error', (error) => {
      said.push(Buffer.from(error.message));
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/** @param {readonly (Step & { note?: string })[]} steps */
export function printTable(steps) {
  const width = Math.max(...steps.map(({ name }) => name.length));
  console.log('');
  for (const { name, ok, seconds, note } of steps) {
    console.log(
      `${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${note ?? ''}`.trimEnd(),
    );
  }
}
