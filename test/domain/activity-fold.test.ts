/** What an activity is, from its facts: as it was last put right, taken back or not, and what of it crossed. */
import { describe, expect, it } from 'vitest';
import { foldActivity, publicWords } from '../../src/domain/activity-fold.ts';
import type { Entry, Payloads } from '../../src/domain/events.ts';
import { fact, voided } from './facts.ts';

const at = (minute: number): string => `2026-11-20T10:${String(minute).padStart(2, '0')}:00Z`;
const ref = (content: string) => ({ content, commit: 'c' });
const when = { start: at(0), end: at(30), zone: 'Europe/Berlin' };
const logged = (more: Partial<Payloads['activity.logged']> = {}): Entry =>
  fact(
    'activity.logged',
    at(31),
    {
      kind: 'meeting',
      when,
      connection: 'crm',
      user: 'u1',
      account: 'acc',
      attendees: ['dana', 'li'],
      words: ref('words'),
      private: null,
      ...more,
    },
    'a1',
  );
const corrected = (minute: number, more: Partial<Payloads['activity.corrected']> = {}): Entry =>
  fact('activity.corrected', at(minute), {
    reason: 'corrected',
    when,
    words: ref(`words at ${minute}`),
    private: ref('private'),
    line: ref(`line at ${minute}`),
    record: true,
    steps: [],
    ...more,
  });
const marked = (minute: number, step: number, done: boolean): Entry => fact('step.marked', at(minute), { step, done });
const stored = (step: string, remoteId: string, people: readonly string[] = [], words: 'words' | null = null): Entry =>
  fact('delivery.stored', at(40), { step, remoteId, fields: [], people, words: words && ref(words) });
const fold = (...entries: readonly Entry[]) => foldActivity('a1', entries);

describe('a log', () => {
  it('is what was said, until something is put right', () => {
    expect(fold(logged())).toMatchObject({
      id: 'a1',
      kind: 'meeting',
      words: { content: 'words' },
      private: null,
      hasPrivate: false,
      line: null,
      corrections: 0,
      retracted: false,
      retractedAt: null,
      crossed: { remoteId: null },
    });
    expect(fold(logged())).not.toHaveProperty('amended');
  });

  it('is none without its own fact, or once that fact’s words were erased', () => {
    expect(fold(marked(32, 0, true))).toBeNull();
    expect(fold({ ...logged(), payload: null } as Entry)).toBeNull();
  });

  it('that was undone is none; a fact that arrives twice counts once', () => {
    expect(fold(logged(), voided(at(31), 'a1'))).toBeNull();
    expect(fold(logged(), corrected(33), logged())?.corrections).toBe(1);
  });

  it('taken back says when', () => {
    const back = fact('activity.retracted', at(45), { reason: 'taken_back' });
    expect(fold(logged(), back)).toMatchObject({ retracted: true, retractedAt: at(45) });
  });
});

describe('a correction', () => {
  it('stands for the whole log, the last one whatever the order of arrival', () => {
    const [first, second] = [corrected(33), corrected(34, { line: ref('the last line') })];
    for (const entries of [
      [logged(), first, second],
      [second, first, logged()],
    ])
      expect(fold(...entries)).toMatchObject({
        words: { content: 'words at 34' },
        line: { content: 'the last line' },
        hasPrivate: true,
        corrections: 2,
      });
  });

  it('is numbered, for the record and for each next step it changed', () => {
    const entries = [
      logged(),
      corrected(33, { steps: [0, 1] }),
      corrected(34, { record: false, steps: [1] }),
      corrected(35, { record: false }),
    ];
    expect(fold(...entries)?.amended).toEqual({ record: 1, tasks: { 0: 1, 1: 2 } });
  });
});

describe('a next step', () => {
  it('is done as last marked', () => {
    expect(fold(logged(), marked(32, 1, true), marked(33, 0, true))?.doneSteps).toEqual([0, 1]);
    expect(fold(logged(), marked(32, 1, true), marked(33, 1, false))?.doneSteps).toEqual([]);
  });

  it('that was put right is open again', () => {
    expect(fold(logged(), marked(32, 0, true), corrected(33, { steps: [0] }))?.doneSteps).toEqual([]);
  });
});

describe('what crossed', () => {
  it('is what the CRM answered: its record, who went with it, links and tasks', () => {
    const entries = [
      logged(),
      stored('record', 'e1', ['dana'], 'words'),
      stored('link/li', 'l1', ['li']),
      stored('task/0', 't1', [], 'words'),
    ];
    expect(fold(...entries)?.crossed).toMatchObject({
      remoteId: 'e1',
      who: 'dana',
      words: true,
      links: ['li'],
      tasks: [0],
      taskIds: { 0: 't1' },
    });
  });

  it('names nobody where nobody went with the record, nor words where none did; the completion adds both', () => {
    const neutral = stored('record', 'e1');
    expect(fold(logged(), neutral)?.crossed).toMatchObject({ remoteId: 'e1', who: null, words: false });
    expect(fold(logged(), neutral, stored('completion', 'e1', ['li'], 'words'))?.crossed).toMatchObject({
      who: 'li',
      words: true,
    });
  });
});

describe('public words', () => {
  it('are as they were sealed, and nothing once they were erased', () => {
    expect(publicWords({ note: 'pricing' })).toMatchObject({ note: 'pricing', subject: null, nextSteps: [] });
    expect(publicWords(undefined)).toEqual({ subject: null, note: '', nextSteps: [], promises: [], matters: [] });
  });
});
