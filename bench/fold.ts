/**
 * `npx tsx bench/fold.ts`: the fold of 1,000 facts about one person (at most 5 ms), one more fact added to it (at most
 * 0.1 ms), against a plain fold of all again. Medians.
 */
import type { Entry } from '../src/domain/events.ts';
import { advance, fold, statusAt } from '../src/domain/status.ts';
import { fact, logged, obtained, told } from '../test/domain/facts.ts';
import { EU, NOW } from '../test/domain/people.ts';

const FROM = Date.parse('2020-02-01T00:00:00Z');
const KINDS = ['meeting', 'call', 'email', 'note'] as const;
const text = {
  noticeId: 'n',
  version: '1',
  textHash: 'h',
  purposes: ['direct_marketing'],
  shownAt: '2020-01-01T00:00:00Z',
};

/** A busy relationship: mostly logs, now and then a consent, a withdrawal, a second notice, a review. */
const someFact = (n: number): Entry => {
  const at = new Date(FROM + n * 72_000_000).toISOString();
  const about = { purpose: 'direct_marketing', channel: 'email' } as const;
  if (n % 20 === 3) {
    const act = { method: 'form', indicatedBy: 'person', affirmative: true, evidence: 'artefact' } as const;
    return fact('consent.given', at, { ...about, ...act, text, evidenceAt: null, validUntil: null });
  }
  if (n % 20 === 7) return fact('consent.withdrawn', at, { ...about, via: 'mail' });
  if (n % 20 === 13) return told(at, `told-${n}`);
  return logged(at, KINDS[n % KINDS.length]);
};
const facts = [
  obtained('2020-01-02T09:00:00Z'),
  told('2020-01-03T09:00:00Z', 'told'),
  ...Array.from({ length: 998 }, (_, n) => someFact(n)),
];
const state = fold(facts);
const next = logged('2026-11-20T09:00:00Z', 'call');

const median = (runs: number, run: () => unknown): number => {
  for (let warm = 0; warm < 20; warm += 1) run();
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
};

console.table({
  'fold of 1,000 facts': { ms: median(300, () => fold(facts)), 'at most': 5 },
  'the same, newest first': { ms: median(300, () => fold([...facts].reverse())), 'at most': 5 },
  'one more fact': { ms: median(3000, () => advance(state, next, () => facts)), 'at most': 0.1 },
  'one more fact, all folded again': { ms: median(300, () => fold([...facts, next])), 'at most': null },
  'status at a moment': { ms: median(300, () => statusAt(state, NOW, EU)), 'at most': null },
});
