/** People and what is typed to find them: the same in every run. */
import type { Person } from '../src/domain/people/people-index.ts';

/** The same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const FIRST =
  'Dana Li Anna Bob Zoë Jürgen Marie Louis Paul Emma Lucas Sofia Hugo Chloé Noah Mia Ben Lea Tom Eva Jan Piet Sanne Daan Giulia Marco Luca Sara Carlos Lucía Pablo Ana José Inés Łukasz Agnieszka Işıl Mehmet Søren Astrid Oliver Amelia Harry Isla Rajesh Priya Wei Mei Kenji Yuki Omar Fatima Noa David Olga Ivan'.split(
    ' ',
  );
const SYLLABLES =
  'an ber car dor el fen gar hol in jer kal lin mor nas or pet quin ros sch tan ul ven wal xan yor zim ström mann berg sen ski ova escu ini etti ez dijk hof feld hart'.split(
    ' ',
  );
const FIRMS =
  'Acme Borealis Nordlicht Vega Helios Kranich Delta Orion Maple Cedar Atlas Condor Lumen Rivet Sable'.split(' ');
const TRADES = 'Robotics Logistics Foods Textiles Software Energy Pharma Steel Media Insurance'.split(' ');

export function crowd(count: number): Person[] {
  const next = generator(count);
  const pick = <V>(of: readonly V[]) => of[Math.floor(next() * of.length)] as V;
  const surname = () => {
    const parts = Array.from({ length: 2 + Math.floor(next() * 2) }, () => pick(SYLLABLES)).join('');
    return parts.charAt(0).toUpperCase() + parts.slice(1);
  };
  return Array.from({ length: count }, (_, at) => {
    const firm = Math.floor(next() * (count / 12));
    return {
      id: `p${at}`,
      name: `${pick(FIRST)} ${surname()}`,
      company: `${FIRMS[firm % FIRMS.length]} ${TRADES[firm % TRADES.length]} ${firm}`,
      account: `a${firm}`,
    };
  });
}

/** What people type: names letter by letter, two words, initials; and the same with one slip. */
export function keystrokes(people: readonly Person[], slips: boolean, count: number): string[] {
  const next = generator(count + (slips ? 1 : 0));
  const typed: string[] = [];
  while (typed.length < count) {
    const { name } = people[Math.floor(next() * people.length)] as Person;
    const [first = '', last = ''] = name.split(' ');
    const whole = next() < 0.4 ? `${first} ${last}` : next() < 0.5 ? last : first;
    const written = slips ? slipped(whole, next) : whole;
    for (let end = 1; end <= written.length && typed.length < count; end += 1) typed.push(written.slice(0, end));
  }
  return typed;
}

function slipped(word: string, next: () => number): string {
  const at = 1 + Math.floor(next() * (word.length - 1));
  const kind = Math.floor(next() * 4);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return `${word.slice(0, at)}x${word.slice(at + 1)}`;
  if (kind === 2) return `${word.slice(0, at)}x${word.slice(at)}`;
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
}
