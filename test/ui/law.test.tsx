// @vitest-environment happy-dom
/** What can be recorded about a person: every form makes an act that the door takes, in words of `_locales`. */

import { act as acting } from 'preact/test-utils';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ASKS } from '../../src/background/asks.ts';
import type { ContactMay, DeskView, RequestView, TimelineView } from '../../src/contract.ts';
import { Rights } from '../../src/dashboard/contact/rights.tsx';
import { ActForm } from '../../src/dashboard/law/act-form.tsx';
import type { Values } from '../../src/dashboard/law/fields.ts';
import { beginning, KINDS, type Kind, type KindName, missingIn } from '../../src/dashboard/law/kinds.ts';
import { useLawActs } from '../../src/dashboard/law/law-acts.ts';
import type { OnRequest } from '../../src/dashboard/law/requests.tsx';
import { RequestsView } from '../../src/dashboard/requests/requests-view.tsx';
import { MISSING } from '../../src/words.ts';
import { dashboardHands, when } from './hands.ts';
import { buttonNamed, catalogue, click, draw, li, outsideWords, pseudo, sayIn, sentence } from './stage.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const names = Object.keys(KINDS) as KindName[];
const kindOf = (name: KindName): Kind => KINDS[name];
const on = (): OnRequest => ({ open: vi.fn(), plain: vi.fn(async () => {}), export: vi.fn(async () => {}) });

describe('each kind of act', () => {
  it.each(names)('%s has all its words in both languages', (name) => {
    const { title, means, button, fields } = kindOf(name);
    const keys = [
      title,
      means,
      button,
      ...fields.flatMap(({ label, of = [], prefix }) => [label, ...of.map((one) => `${prefix}${one}`)]),
    ];
    for (const language of ['en', 'de']) {
      const words = catalogue(language);
      expect(keys.filter((key) => !words[key])).toEqual([]);
    }
  });

  it.each(names.filter((name) => kindOf(name).act))('%s becomes an act that the door takes', (name) => {
    const kind = kindOf(name);
    const said = { ...beginning(kind) };
    for (const { name: field, is } of kind.fields)
      if (is !== 'choice') said[field as keyof typeof said] = is === 'day' ? '2026-03-01' : 'said';
    expect(missingIn(kind, said)).toEqual([]);
    const asked = { commandId: 'c', contact: 'k', act: kind.act?.(said, 'the-fact') };
    expect(v.safeParse(ASKS.act, asked).issues).toBeUndefined();
  });

  it('an act that nobody knows, or with another shape, is refused at the door', () => {
    const ask = (act: unknown) => v.safeParse(ASKS.act, { commandId: 'c', contact: 'k', act }).success;
    expect(ask({ type: 'contact.befriended', payload: {} })).toBe(false);
    expect(ask({ type: 'erasure.executed', payload: { ground: 'objection', places: [], suppression: null } })).toBe(
      false,
    );
    expect(ask({ type: 'record.merged', payload: { from: 'a', into: 'b' } })).toBe(false);
    expect(ask({ type: 'restriction.set', payload: { ground: 'weather' } })).toBe(false);
    expect(ask({ type: 'restriction.set', payload: { ground: 'claims' }, occurredAt: '2026-03-01 09:00' })).toBe(false);
  });
});

describe('the form', () => {
  const open = async (kind: KindName, over: Partial<Parameters<typeof ActForm>[0]> = {}) => {
    const onAct = vi.fn(async () => null);
    const root = await draw(
      <ActForm
        say={sayIn('en')}
        name="Li Wei"
        wanted={{ kind, ref: 'the-fact' }}
        selfConfirmed={false}
        onAct={onAct}
        onFile={async () => 'text'}
        onClose={() => {}}
        {...over}
      />,
    );
    return { root, onAct };
  };
  const submit = (root: Element) =>
    acting(async () => {
      root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    });

  it('asks for what is missing before anything is recorded', async () => {
    const { root, onAct } = await open('lift');
    await submit(root);
    expect(root.querySelector('[role=alert]')?.textContent).toBe('Something is missing.');
    expect(root.querySelector('input')?.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(root.querySelector('input'));
    expect(onAct).not.toHaveBeenCalled();
  });

  it('says why an act was refused and stays open', async () => {
    const why = { key: 'refuseOfficerOnly' };
    const { root } = await open('confirm', { onAct: async () => ({ why }) });
    await submit(root);
    expect(root.querySelector('[role=alert]')?.textContent).toBe(sayIn('en')(why));
  });

  it('shows what an erasure did, place by place', async () => {
    const lines = [{ key: 'erasedFacts', args: [3, 3] }, { key: 'erasedDisk' }];
    const { root } = await open('erase', { onAct: async () => ({ lines }) });
    await submit(root);
    expect([...root.querySelectorAll('.places li')].map(({ textContent }) => textContent)).toEqual([
      'Facts: 3 of 3 destroyed, with their salts',
      'Old bytes on this disk and in backups: out of reach. Candor cannot know whether they are gone.',
    ]);
  });

  it('keeps what is ticked of several, and asks where none is', async () => {
    const { root, onAct } = await open('consent');
    await submit(root);
    const boxes = [...root.querySelectorAll<HTMLInputElement>('.several input')];
    expect(boxes.map((box) => box.getAttribute('aria-invalid'))).toEqual(boxes.map(() => 'true'));
    expect(onAct).not.toHaveBeenCalled();
    await click(boxes[1]);
    await click(boxes[2]);
    await click(boxes[5]);
    await click(boxes[2]);
    expect(boxes.map(({ checked }) => checked)).toEqual([false, true, false, false, false, true]);
    const shown = root.querySelectorAll('[aria-invalid=true]');
    expect([...shown].some((one) => one.matches('.several input'))).toBe(false);
  });

  it('tells who gave themselves the role that the act will say so', async () => {
    const { root } = await open('erase', { selfConfirmed: true });
    expect(root.textContent).toContain('will say that you confirmed it yourself');
    const request = await open('request', { selfConfirmed: true });
    expect(request.root.textContent).not.toContain('will say that you confirmed it yourself');
  });

  it.each(names)('%s: every word comes from _locales', async (kind) => {
    const { root } = await open(kind, { say: pseudo, name: '‹Li›' });
    expect(outsideWords(root)).toEqual([]);
    expect(root.textContent).not.toMatch(MISSING);
  });
});

const request = (over: Partial<RequestView> = {}): RequestView => ({
  id: 'r',
  contact: 'k',
  name: '‹Li Wei›',
  kind: 'access',
  state: 'received',
  receivedAt: '2026-03-01T08:00:00Z',
  due: '2026-04-01',
  sentence: sentence('‹20 days left›'),
  overdue: false,
  closed: false,
  extendBy: '2026-04-01',
  waitsForPerson: false,
  unacknowledged: true,
  ...over,
});
const may: ContactMay = {
  officer: false,
  selfConfirmed: false,
  resolveObjection: null,
  liftRestriction: null,
  claim: true,
  confirmClaim: null,
  transfer: false,
  review: false,
  acknowledge: null,
  attach: null,
  consent: true,
  withdraw: true,
  exempt: false,
  erase: false,
  portable: [],
};
const view = (over: Partial<TimelineView> = {}): TimelineView =>
  ({
    person: li,
    deadline: [],
    entries: [],
    crossed: [],
    logs: [],
    pendingAttempt: null,
    standing: [{ is: 'stop', sentence: sentence('‹restricted›') }],
    requests: [request()],
    may,
    ...over,
  }) as TimelineView;

describe('a consent', () => {
  const said: Values = {
    purposes: 'direct_marketing',
    channels: 'phone email',
    givenOn: '2026-03-02',
    method: 'reply',
    affirmative: 'yes',
    textName: 'Spring letter',
    text: 'May we write to you about prices?',
    shownOn: '2026-03-01',
    words: 'Yes, please do.',
    validUntil: '',
  };
  const recorded = async (over: Values = {}) => {
    const asked = vi.fn(async (..._: unknown[]) => ({ is: 'done' }));
    const shown: string[] = [];
    const acts = useLawActs(
      dashboardHands(asked),
      (words) => shown.push(words),
      () => {},
    );
    const became = await acts.onAct(
      { contact: 'k', name: 'Li Wei' },
      { kind: 'consent', ref: '' },
      { ...said, ...over },
    );
    return { asked, shown, became };
  };
  /** Hooks need a component around them. */
  const inComponent = async <T,>(run: () => Promise<T>): Promise<T> => {
    let answer: Promise<T> | undefined;
    const Component = () => {
      answer ??= run();
      return null;
    };
    await draw(<Component />);
    return answer as Promise<T>;
  };

  it('is asked to be kept as it was said: purposes, ways, words shown, proof; and nothing about being told', async () => {
    const { asked, shown } = await inComponent(recorded);
    const ask = asked.mock.calls[0]?.[1];
    expect(asked).toHaveBeenCalledExactlyOnceWith('recordConsent', {
      commandId: 'command',
      contact: 'k',
      consent: {
        purposes: ['direct_marketing'],
        channels: ['phone', 'email'],
        method: 'reply',
        affirmative: true,
        givenOn: '2026-03-02',
        text: { name: 'Spring letter', words: 'May we write to you about prices?', shownOn: '2026-03-01' },
        proof: { name: 'in a reply', text: 'Yes, please do.' },
        validUntil: null,
      },
    });
    expect(v.safeParse(ASKS.recordConsent, ask).issues).toBeUndefined();
    expect(shown).toEqual(['Recorded: Li Wei gave consent.']);
  });

  it('without a proof is kept as our own word only, and a box that was not ticked is not ticked', async () => {
    const { asked } = await inComponent(() => recorded({ words: ' ', affirmative: '' }));
    expect(asked.mock.calls[0]?.[1]).toMatchObject({ consent: { proof: null, affirmative: false } });
  });

  it('is no consent at the door without words, a day or a way', () => {
    const consent = {
      purposes: ['direct_marketing'],
      channels: ['phone'],
      method: 'reply',
      affirmative: true,
      givenOn: '2026-03-02',
      text: { name: 'Spring letter', words: 'May we?', shownOn: '2026-03-01' },
      proof: null,
      validUntil: null,
    };
    const passes = (over: object) =>
      v.safeParse(ASKS.recordConsent, { commandId: 'c', contact: 'k', consent: { ...consent, ...over } }).success;
    expect(passes({})).toBe(true);
    expect(passes({ channels: [] })).toBe(false);
    expect(passes({ purposes: [] })).toBe(false);
    expect(passes({ givenOn: '2026-02-30' })).toBe(false);
    expect(passes({ text: { ...consent.text, words: '' } })).toBe(false);
  });
});

describe('a person’s page', () => {
  it('offers a manager what people say, and leaves decisions to an officer', async () => {
    const root = await draw(<Rights say={sayIn('en')} when={when} view={view()} on={on()} />);
    expect(root.textContent).toContain('Decisions about it are an officer’s.');
    const words = [...root.querySelectorAll('button')].map(({ textContent }) => textContent);
    expect(words).toContain('Withdraws consent');
    expect(words).not.toContain('Erase');
    expect(words).not.toContain('Refuse');
  });

  it('offers an officer each decision with the fact it is about', async () => {
    const acts = on();
    const officer = { ...may, officer: true, liftRestriction: 'fact-1', erase: true };
    const root = await draw(<Rights say={sayIn('en')} when={when} view={view({ may: officer })} on={acts} />);
    await click(buttonNamed(root, 'Lift the restriction'));
    expect(acts.open).toHaveBeenCalledExactlyOnceWith({ contact: li.id, name: li.name }, 'lift', 'fact-1', false);
  });

  it('hands out what is held where somebody asked for it', async () => {
    const acts = on();
    const root = await draw(<Rights say={sayIn('en')} when={when} view={view()} on={acts} />);
    await click(buttonNamed(root, 'Export everything'));
    expect(acts.export).toHaveBeenCalledWith({ contact: 'k', name: '‹Li Wei›' }, false);
  });
});

const desk = (over: Partial<DeskView> = {}): DeskView => ({
  now: '2026-03-12T08:00:00Z',
  roles: ['manager', 'officer'],
  managed: false,
  selfConfirmed: true,
  requests: [request({ overdue: true }), request({ id: 'done', closed: true, state: 'fulfilled' })],
  queue: [
    {
      contact: 'k',
      name: '‹Li Wei›',
      is: 'consent',
      conflict: 'consent:a+b',
      facts: [{ id: 'a', sentence: sentence('‹gave consent›') }],
      sentence: { key: 'queueConsent' },
    },
  ],
  counts: [{ is: 'overdue', sentence: { key: 'desk_overdue' }, count: 3 }],
  refolding: { looked: 50, of: 200 },
  stuck: [{ contact: 'k', name: '‹Li Wei›', sentence: { key: 'deskStuck', args: ['‹CRM›', '‹why›'] } }],
  ...over,
});

describe('the desk', () => {
  it('says what is overdue, how far a reading is, and lets an officer settle a contradiction', async () => {
    const acts = on();
    const retry = vi.fn();
    const root = await draw(<RequestsView say={sayIn('en')} when={when} desk={desk()} on={acts} onRetry={retry} />);
    expect(root.querySelector('h1')?.textContent).toBe('1 request is overdue.');
    expect(root.textContent).toContain('50 of 200 people');
    await click(buttonNamed(root, 'Try again'));
    expect(retry).toHaveBeenCalledExactlyOnceWith('contact/k');
    await click(buttonNamed(root, 'Settle'));
    expect(acts.open).toHaveBeenCalledWith({ contact: 'k', name: '‹Li Wei›' }, 'settle', 'consent:a+b', true);
  });

  it('with nothing open says how a request gets here', async () => {
    const root = await draw(
      <RequestsView say={sayIn('en')} when={when} desk={desk({ requests: [] })} on={on()} onRetry={vi.fn()} />,
    );
    expect(root.querySelector('h1')?.textContent).toBe('No requests are open.');
    expect(root.textContent).toContain('record it on their page');
  });

  it('every word comes from _locales', async () => {
    const root = await draw(<RequestsView say={pseudo} when={when} desk={desk()} on={on()} onRetry={vi.fn()} />);
    expect(outsideWords(root)).toEqual([]);
    expect(root.textContent).not.toMatch(MISSING);
  });
});
