/** Fields that an organisation demands of its own: asked for once, kept, and never sent where they do not fit. */
import { describe, expect, it } from 'vitest';
import { accepts, asksOf, isWaitedFor, type OwnField, ownFor, renewed } from '../../src/domain/own-fields.ts';

const field = (name: string, more: Partial<OwnField> = {}): OwnField => ({
  name,
  label: name,
  of: ['meeting'],
  holds: 'text',
  choices: [],
  ...more,
});
const region = field('region', { holds: 'choice', choices: [{ value: 'n', label: 'North' }] });

describe('a value fits', () => {
  it('what the field holds, and nothing else', () => {
    const flag = field('f', { holds: 'flag' });
    expect([accepts(flag, true), accepts(flag, 'true')]).toEqual([true, false]);
    const number = field('n', { holds: 'number' });
    expect([accepts(number, 3), accepts(number, Number.NaN), accepts(number, '3')]).toEqual([true, false, false]);
    expect([accepts(region, 'n'), accepts(region, 's')]).toEqual([true, false]);
    const day = field('d', { holds: 'day' });
    expect(['2026-11-20', '2026-13-20', '20 November', 3].map((value) => accepts(day, value))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    const text = field('t');
    expect(['words', ' ', 'x'.repeat(255), 'x'.repeat(256), 3].map((value) => accepts(text, value))).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });
});

describe('what goes along with a record', () => {
  const own = {
    required: [field('topic'), region, field('of a call', { of: ['call'] })],
    values: { topic: 'pricing' },
  };

  it('is what was answered; what was not, or no longer fits, is asked for first', () => {
    expect(ownFor(own, 'meeting')).toEqual({ values: { topic: 'pricing' }, missing: [region] });
    expect(ownFor({ ...own, values: { topic: 'pricing', region: 's' } }, 'meeting').missing).toEqual([region]);
    expect(ownFor({ ...own, values: { topic: 'pricing', region: 'n' } }, 'meeting')).toEqual({
      values: { topic: 'pricing', region: 'n' },
      missing: [],
    });
  });

  it('waits for what nobody can say here only where the CRM takes no record without it', () => {
    const strict = field('owner', { holds: 'other' });
    const lenient = field('approver', { holds: 'other', lenient: true });
    const demands = { required: [strict, lenient], values: { owner: 'me' } };
    expect(accepts(strict, 'me')).toBe(false);
    expect(ownFor(demands, 'meeting')).toEqual({ values: {}, missing: [strict] });
    expect(isWaitedFor(demands)).toBe(true);
    expect(isWaitedFor({ required: [lenient], values: {} })).toBe(false);
  });

  it('is nothing where the organisation demands nothing', () => {
    expect(ownFor(undefined, 'meeting')).toEqual({ values: {}, missing: [] });
    expect(ownFor(own, 'email')).toEqual({ values: {}, missing: [] });
  });
});

describe('demands that changed', () => {
  it('keep the answers that still fit', () => {
    const own = { required: [], values: { topic: 'pricing', region: 's', gone: 'x' } };
    expect(renewed(own, [field('topic'), region])).toEqual({
      required: [field('topic'), region],
      values: { topic: 'pricing' },
    });
    expect(renewed(undefined, [region])).toEqual({ required: [region], values: {} });
  });

  it('of one name are asked for once, for everything they are demanded of', () => {
    const own = { required: [field('topic'), field('topic', { of: ['task'] }), region], values: {} };
    expect(asksOf(own)).toEqual([field('topic', { of: ['meeting', 'task'] }), region]);
    expect(asksOf(undefined)).toEqual([]);
  });
});
