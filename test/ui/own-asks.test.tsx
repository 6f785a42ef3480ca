// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnAsk } from '../../src/contract.ts';
import { parse } from '../../src/domain/quick-log/parse.ts';
import { OwnAsks } from '../../src/ui/quick-log/own-asks.tsx';
import { draw, formOf, outsideWords, pass, pseudo, sayIn } from './stage.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const region: OwnAsk = {
  name: 'Region__c',
  label: '‹Region›',
  of: ['meeting', 'visit'],
  holds: 'choice',
  choices: [
    { value: 'n', label: '‹North›' },
    { value: 's', label: '‹South›' },
  ],
  lenient: false,
  value: null,
};
const ask = (over: Partial<OwnAsk>): OwnAsk => ({ ...region, choices: [], ...over });
const context = { now: '2026-03-12T08:00:00Z', zone: 'Europe/Zurich', names: [] };

const stage = async (asks: readonly OwnAsk[], line = 'met 45m', answer: object | null = null) => {
  const onAnswer = vi.fn(async () => answer as never);
  const view = (say = sayIn('en')) => (
    <OwnAsks form={formOf({ asks })} draft={line ? parse(line, context) : null} say={say} onAnswer={onAnswer} />
  );
  return { root: await draw(view()), onAnswer, view };
};
const set = async (control: Element | null, value: string): Promise<void> => {
  await act(async () => {
    (control as HTMLInputElement).value = value;
    control?.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await pass(0);
};

describe('What the CRM demands', () => {
  it('is asked for by the label the CRM has for it, beside the line it is about', async () => {
    const { root, onAnswer } = await stage([region]);
    expect(root.querySelector('legend')?.textContent).toBe('Acme also asks for');
    expect(root.querySelector('label')?.textContent).toBe('‹Region›');
    await set(root.querySelector('select'), 's');
    expect(onAnswer).toHaveBeenCalledWith('Region__c', 's');
    expect((root.querySelector('select') as HTMLSelectElement).value).toBe('s');
    await set(root.querySelector('select'), '');
    expect(onAnswer).toHaveBeenLastCalledWith('Region__c', null);
  });

  it('is not asked for before there is a line, nor for another kind of log', async () => {
    expect((await stage([region], '')).root.querySelector('fieldset')).toBeNull();
    expect((await stage([region], 'called 15m')).root.querySelector('fieldset')).toBeNull();
  });

  it('is asked for where only a next step needs it', async () => {
    const task = ask({ name: 't', of: ['task'], holds: 'text' });
    expect((await stage([task], 'called 15m')).root.querySelector('fieldset')).toBeNull();
    expect((await stage([task], 'called 15m >send pricing')).root.querySelector('input')).not.toBeNull();
  });

  it('takes numbers, days, words, and yes or no as what they are', async () => {
    const { root, onAnswer } = await stage([
      ask({ name: 'n', holds: 'number' }),
      ask({ name: 'd', holds: 'day' }),
      ask({ name: 'w', holds: 'text' }),
      ask({ name: 'f', holds: 'flag' }),
    ]);
    await set(root.querySelector('input[type=number]'), '12');
    await set(root.querySelector('input[type=date]'), '2026-03-12');
    await set(root.querySelector('input[type=text]'), 'North');
    await set(root.querySelector('select'), 'no');
    expect(onAnswer.mock.calls).toEqual([
      ['n', 12],
      ['d', '2026-03-12'],
      ['w', 'North'],
      ['f', false],
    ]);
  });

  it('says why an answer was not kept', async () => {
    const { root } = await stage([region], 'met', { key: 'refuseOwnValue' });
    await set(root.querySelector('select'), 'n');
    expect(root.querySelector('[role=alert]')?.textContent).toBe('The CRM would not take this value.');
  });

  it('has every word from _locales', async () => {
    const { view } = await stage([region, ask({ name: 'f', holds: 'flag', label: '‹Flag›' })]);
    expect(outsideWords(await draw(view(pseudo)))).toEqual([]);
  });
});
