import { describe, expect, it } from 'vitest';
import { complete, completions, fits, mentionAt } from '../../src/ui/quick-log/completion.ts';
import { dana, li, person } from './stage.tsx';

describe('@', () => {
  it('looks people up from the sign to the caret', () => {
    expect(mentionAt('met @li w', 9)).toEqual({ at: 4, words: 'li w' });
    expect(mentionAt('met @', 5)).toEqual({ at: 4, words: '' });
  });
  it('is left alone in an address, in private words and after the name is done', () => {
    expect(mentionAt('mail a@b', 8)).toBeNull();
    expect(mentionAt('~~ @li', 6)).toBeNull();
    expect(mentionAt('met @Li Wei ', 12)).toBeNull();
  });
  it('finds names by the beginning of any word, accents and capitals aside', () => {
    expect(fits('jose', person('Ana José', 'told'))).toBe(true);
    expect(fits('ber ann', person('Anna Berg', 'told'))).toBe(true);
    expect(fits('nna', person('Anna Berg', 'told'))).toBe(false);
  });
  it('offers nobody twice, and nothing once the name is written out', () => {
    expect(completions('', [dana, li], { people: [li], whole: false })).toEqual([dana, li]);
    expect(completions('Li Wei', [dana, li], { people: [], whole: true })).toEqual([]);
  });
  it('keeps the order of the search once it answered for all that is typed', () => {
    const lin = person('Linus Okafor', 'due');
    expect(completions('li', [li], { people: [lin, li], whole: true })).toEqual([lin, li]);
    expect(completions('li', [li], { people: [lin], whole: false })).toEqual([li, lin]);
  });
  it('writes the full name and keeps what follows', () => {
    expect(complete('met @da 45m', 7, { at: 4, words: 'da' }, 'Dana Reyes')).toEqual({
      text: 'met @Dana Reyes 45m',
      caret: 16,
    });
  });
});
