import { describe, expect, it } from 'vitest';
import { type Arming, type ArmingEvent, after, mayCommit, OPENED } from '../../src/panel/arming.ts';

const through = (...events: ArmingEvent[]): Arming => events.reduce(after, OPENED);
const seen = { is: 'visible_for_a_second', canTell: true } as const;
const seenSomehow = { is: 'visible_for_a_second', canTell: false } as const;
const own = { is: 'own_focus' } as const;
const foreign = { is: 'foreign_focus' } as const;
const blur = { is: 'blur' } as const;
const show = { is: 'show' } as const;
const pointer = { is: 'pointer' } as const;
const hidden = { is: 'hidden' } as const;
const typed = { is: 'typed', empty: false } as const;
const cleared = { is: 'typed', empty: true } as const;

describe('Enter in the frame', () => {
  it('may save when it was opened by the background and seen for a second', () => {
    expect(mayCommit(through(own, typed, seen))).toBe(true);
  });
  it('may not save before it was visible for a second', () => {
    expect(mayCommit(through(own, typed))).toBe(false);
  });
  it('may not save while something covers it, nor right after', () => {
    expect(mayCommit(through(own, seen, hidden))).toBe(false);
    expect(mayCommit(through(own, seen, hidden, seen))).toBe(true);
  });
  it('may not save after the focus left it', () => {
    expect(mayCommit(through(own, seen, blur))).toBe(false);
  });
  it('may not save when the page steered the first focus into it', () => {
    expect(mayCommit(through(foreign, seen))).toBe(false);
    expect(mayCommit(through(seen, own, blur, foreign))).toBe(false);
  });
  it('may save again when the command is pressed again', () => {
    expect(mayCommit(through(own, seen, blur, show))).toBe(true);
  });
  it('may save again after a click inside while it was seen for a second', () => {
    expect(mayCommit(through(own, seen, blur, pointer))).toBe(true);
    expect(mayCommit(through(own, blur, pointer, seen))).toBe(false);
  });
  it('is not armed by a click where the browser cannot tell whether it is covered', () => {
    expect(mayCommit(through(own, seenSomehow, blur, pointer))).toBe(false);
    expect(mayCommit(through(own, seenSomehow, blur, show))).toBe(true);
  });
  it('does not save words that were typed while it was not armed, even after a click', () => {
    expect(mayCommit(through(own, seen, blur, typed, pointer))).toBe(false);
    expect(mayCommit(through(own, seen, blur, typed, pointer, cleared, typed))).toBe(true);
    expect(mayCommit(through(own, seen, blur, typed, show))).toBe(true);
  });
});
