/** One slip of the finger: a letter too many, too few, another, or two exchanged. Words are given folded. */
const SHORTEST = 4;

export const isOneSlip = (typed: string, word: string): boolean => {
  if (typed === word || Math.min(typed.length, word.length) < SHORTEST) return false;
  const [short, long] = typed.length <= word.length ? [typed, word] : [word, typed];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  const exchanged = short[at] === long[at + 1] && short[at + 1] === long[at];
  return short.slice(at + 1) === long.slice(at + 1) || (exchanged && short.slice(at + 2) === long.slice(at + 2));
};
