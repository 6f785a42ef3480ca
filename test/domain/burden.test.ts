import { describe, expect, it } from 'vitest';
import { type NativeForm, nativeSteps, ownSteps, savedSeconds, secondsOf } from '../../src/domain/burden.ts';

const form: NativeForm = {
  whole: { keys: 1, clicks: 3, fields: 3 },
  when: { keys: 30, clicks: 4, fields: 4 },
  person: { keys: 4, clicks: 2, fields: 1 },
  nextStep: { keys: 10, clicks: 4, fields: 2 },
};
const nothing = { whenTyped: false, people: 0, nextSteps: 0 };

describe('the keystroke-level model', () => {
  it('is keys, clicks with the way of the hand, and a thought per place', () => {
    expect(secondsOf({ keys: 10, clicks: 0, fields: 0 })).toBeCloseTo(2.8);
    expect(secondsOf({ keys: 0, clicks: 1, fields: 0 })).toBeCloseTo(1.1 + 0.2 + 0.8);
    expect(secondsOf({ keys: 0, clicks: 0, fields: 2 })).toBeCloseTo(2.7);
  });

  it("makes the CRM's form longer with each person, each step and a day of its own", () => {
    expect(nativeSteps(form, nothing)).toEqual(form.whole);
    expect(nativeSteps(form, { whenTyped: true, people: 2, nextSteps: 1 })).toEqual({
      keys: 49,
      clicks: 15,
      fields: 11,
    });
  });

  it('thinks about the same things in the line, so that only the handling differs', () => {
    const load = { whenTyped: true, people: 2, nextSteps: 1 };
    expect(ownSteps({ beyond: 6, clicks: 0 }, load)).toEqual({ keys: 6, clicks: 0, fields: 5 });
    expect(savedSeconds(form, { keys: 60, beyond: 6, clicks: 0, seconds: 20 }, load)).toBeCloseTo(60.07 - 8.43, 1);
  });

  it('says so where the form would have been quicker', () => {
    expect(savedSeconds(form, { keys: 200, beyond: 90, clicks: 4, seconds: 90 }, nothing)).toBeLessThan(0);
  });
});
