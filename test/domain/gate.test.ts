import { describe, expect, it } from 'vitest';
import { gate } from '../../src/domain/gate.ts';
import { euPolicy, type Policy } from '../../src/domain/policy/policy.ts';

const redact = euPolicy('Europe/Berlin');
const allow: Policy = { ...redact, gate: { untold: 'allow' } };
type Status = Parameters<typeof gate>[0][number]['status'];

const person = (contact: string, status: Partial<Status> = {}) => ({
  contact,
  status: { flag: 'due', told: null, objection: 'none', ...status } as Status,
});
const TOLD = { flag: 'told', told: {} as Status['told'] } as const;

describe('redact to the minimum', () => {
  it('lets the told attendee go and withholds the untold one and every word', () => {
    expect(gate([person('dana', TOLD), person('li')], redact)).toEqual({
      mode: 'redact_to_minimum',
      released: ['dana'],
      withheld: [{ contact: 'li', reason: 'not_told' }],
      words: false,
    });
  });

  it('lets everything go once everybody is told', () => {
    expect(gate([person('dana', TOLD), person('li', TOLD)], redact)).toMatchObject({ withheld: [], words: true });
  });

  it('lets words about nobody go', () => {
    expect(gate([], redact).words).toBe(true);
  });

  it.each([
    ['overdue', 'overdue'],
    ['backlog', 'backlog'],
    ['due', 'not_told'],
    ['not_told', 'not_told'],
  ] as const)('names the reason: %s is withheld as %s', (flag, reason) => {
    expect(gate([person('li', { flag })], redact).withheld).toEqual([{ contact: 'li', reason }]);
  });
});

describe('allow', () => {
  it('lets the untold go', () => {
    expect(gate([person('li')], allow)).toMatchObject({ released: ['li'], words: true });
  });

  it('still withholds who objected', () => {
    expect(gate([person('li', { objection: 'general', flag: 'objected' })], allow)).toMatchObject({
      released: [],
      words: false,
    });
  });
});

describe('objections', () => {
  it('close the gate for a person who was told', () => {
    expect(gate([person('li', { ...TOLD, flag: 'objected', objection: 'general' })], redact).withheld).toEqual([
      { contact: 'li', reason: 'objected' },
    ]);
  });

  it('to direct marketing do not stop account management', () => {
    expect(gate([person('li', { ...TOLD, flag: 'objected', objection: 'direct_marketing' })], redact).words).toBe(true);
  });
});
