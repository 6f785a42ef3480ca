/**
 * How long a keystroke takes in the people search, beside a plain scan over an array with prepared words.
 *
 *   npm run bench:people
 *
 * Both are asked the same words in turns, in one process, on one machine: read the ratios, not the milliseconds.
 */
import v8 from 'node:v8';
import vm from 'node:vm';
import { wordsOf } from '../src/domain/people/folding.ts';
import { buildIndex, type PeopleIndex, type Person } from '../src/domain/people/people-index.ts';
import { type SearchScope, search } from '../src/domain/people/search.ts';
import { crowd, keystrokes } from './crowd.ts';

const LIMIT = 8;
const ROUNDS = 7;

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

interface Prepared {
  readonly person: Person;
  readonly words: readonly string[];
}

/** What anybody would write first: filter, sort, cut. It knows no slips, no initials, no inside. */
function scan(people: readonly Prepared[], words: string, scope: SearchScope): readonly Person[] {
  const typed = wordsOf(words);
  const near = ({ person: { id, account } }: Prepared) =>
    id === scope.page ? 0 : account === scope.account ? 1 : scope.recent.includes(id) ? 2 : 3;
  return people
    .filter((one) => typed.length > 0 && typed.every((word) => one.words.some((other) => other.startsWith(word))))
    .sort((a, b) => near(a) - near(b) || (a.person.name < b.person.name ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ person }) => person);
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const median = (values: readonly number[]) =>
  percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
const timed = (run: () => unknown) => {
  const before = performance.now();
  run();
  return performance.now() - before;
};

function built(people: readonly Person[]): PeopleIndex {
  collect();
  const empty = process.memoryUsage().heapUsed;
  const began = performance.now();
  const index = buildIndex(people);
  const took = performance.now() - began;
  collect();
  const memory = (process.memoryUsage().heapUsed - empty) / 2 ** 20;
  console.log(
    `\n${people.length} people: index of ${index.words.length} words in ${took.toFixed(0)} ms, ${memory.toFixed(1)} MB beside the people`,
  );
  return index;
}

function compare(title: string, people: readonly Person[], index: PeopleIndex, typed: readonly string[]): void {
  const prepared = people.map((person) => ({
    person,
    words: [...wordsOf(person.name), ...wordsOf(person.company ?? '')],
  }));
  const scope = { page: 'p7', account: people[7]?.account ?? null, recent: people.slice(100, 150).map(({ id }) => id) };
  for (const words of typed.slice(0, 100)) {
    search(index, words, scope, LIMIT);
    scan(prepared, words, scope);
  }
  // each keystroke's median over the rounds, so that another program's turn on the machine is not counted
  const ours: number[][] = typed.map(() => []);
  const theirs: number[][] = typed.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    typed.forEach((words, at) => {
      ours[at]?.push(timed(() => search(index, words, scope, LIMIT)));
      theirs[at]?.push(timed(() => scan(prepared, words, scope)));
    });
  }
  const sorted = (all: readonly number[][], of: (times: readonly number[]) => number) =>
    all.map(of).sort((a, b) => a - b);
  const [mine, plain] = [sorted(ours, median), sorted(theirs, median)];
  const least = sorted(ours, (times) => Math.min(...times));
  const cell = (value: number) => value.toFixed(2).padStart(8);
  const row = (name: string, share: number) => {
    const [a, b] = [percentile(mine, share), percentile(plain, share)];
    console.log(
      `  ${name.padEnd(6)}${cell(a)} ms${cell(b)} ms   1 : ${(b / a).toFixed(1).padEnd(6)}${cell(percentile(least, share))} ms`,
    );
  };
  console.log(`\n${title}: ${people.length} people, ${typed.length} keystrokes, ${ROUNDS} rounds in turns`);
  console.log('             index        scan   ratio   index, least of all rounds');
  row('p50', 0.5);
  row('p95', 0.95);
  row('p99', 0.99);
  row('most', 1);
}

for (const [count, without, withSlip] of [
  [10_000, 600, 600],
  [100_000, 150, 60],
] as const) {
  const people = crowd(count);
  const index = built(people);
  compare('By beginning', people, index, keystrokes(people, false, without));
  compare('With slips', people, index, keystrokes(people, true, withSlip));
}
